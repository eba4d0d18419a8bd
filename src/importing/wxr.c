/* wxr.c - expat reads; elements are known by their names with the prefixes every WordPress gives them.
 *
 * What comes before the parser is made fit for it (xml_text.h). After an error
 * expat can go no further, so a new parser goes on at the next "<item", as if
 * nothing but the frame of the file had been before it.
 */
#include "src/importing/wxr.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "src/importing/attachments.h"
#include "src/importing/frame.h"
#include "src/importing/html_body.h"
#include "src/importing/wxr_item.h"
#include "src/importing/xml_text.h"

#include <expat.h>
#include <unistd.h>

enum { TEXT_MOST = 8 << 20 }; /* bytes of one element */
enum { JSON_MOST = 4 << 20 }; /* bytes of a record */
enum { SECONDS_MOST = 30 };   /* for one item; its process dies then */
enum { ERRORS_MOST = 10000, AUTHORS_MOST = 5000, TERMS_MOST = 500, METAS_MOST = 500 };

static const char ITEM[] = "<item";
enum { ITEM_LENGTH = sizeof ITEM - 1 };

struct wxr {
    int out;
    int64_t skip, items;
    XML_Parser parser;
    struct xml_text *filter;
    struct arena *arena;      /* of the item */
    struct arena *site_arena; /* of the head */
    const struct attachments *attachments;
    struct attachments *gathered; /* not NULL: only gathering */
    struct wxr_site site;
    struct wxr_item item;
    struct buf text;                                                 /* since the last tag */
    enum { IN_HEAD, IN_AUTHOR, IN_ITEM, IN_META, IN_COMMENT } place; /* from IN_ITEM on: inside an item */
    struct wxr_author author;
    struct wxr_meta meta;
    struct str domain, nicename; /* of the category being read */

    int64_t line_base; /* lines before this parser's first */
    uint64_t fed;      /* bytes this parser was given before the piece at hand */
    bool lost;         /* after an error: looking for the next item */
    char tail[ITEM_LENGTH];
    size_t tail_n;
    int errors;
    bool refused; /* has a DOCTYPE */
    bool closed;  /* the root element has ended; or its end was passed over after an error */
    char problem[200];
};

/* --- elements ------------------------------------------------------------------------------- */

static const struct {
    const char *element;
    size_t offset;
} ITEM_TEXTS[] = {
    {"title", offsetof(struct wxr_item, title)},
    {"link", offsetof(struct wxr_item, link)},
    {"guid", offsetof(struct wxr_item, guid)},
    {"dc:creator", offsetof(struct wxr_item, creator)},
    {"content:encoded", offsetof(struct wxr_item, content)},
    {"excerpt:encoded", offsetof(struct wxr_item, excerpt)},
    {"pubDate", offsetof(struct wxr_item, pub_date)},
    {"wp:post_id", offsetof(struct wxr_item, id)},
    {"wp:post_date", offsetof(struct wxr_item, date)},
    {"wp:post_date_gmt", offsetof(struct wxr_item, date_gmt)},
    {"wp:post_modified", offsetof(struct wxr_item, modified)},
    {"wp:post_modified_gmt", offsetof(struct wxr_item, modified_gmt)},
    {"wp:post_name", offsetof(struct wxr_item, name)},
    {"wp:status", offsetof(struct wxr_item, status)},
    {"wp:post_type", offsetof(struct wxr_item, type)},
    {"wp:post_password", offsetof(struct wxr_item, password)},
    {"wp:attachment_url", offsetof(struct wxr_item, attachment)},
};

static bool is(const char *element, const char *name)
{
    return strcmp(element, name) == 0;
}

static int64_t line_of(const struct wxr *wxr)
{
    return wxr->line_base + (int64_t)XML_GetCurrentLineNumber(wxr->parser);
}

static struct str taken(struct wxr *wxr, struct arena *arena)
{
    return str_copy(arena, str_trim(buf_str(&wxr->text)));
}

static void begin_item(struct wxr *wxr)
{
    struct str *texts[sizeof ITEM_TEXTS / sizeof *ITEM_TEXTS];

    arena_reset(wxr->arena);
    wxr->item = (struct wxr_item){.line = line_of(wxr)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *(struct str *)(void *)((char *)&wxr->item + ITEM_TEXTS[i].offset) = STR("");
    wxr->place = IN_ITEM;
}

static void begin_category(struct wxr *wxr, const char **attributes)
{
    wxr->domain = wxr->nicename = STR("");
    for (; *attributes; attributes += 2) {
        if (is(attributes[0], "domain"))
            wxr->domain = str_copy(wxr->arena, str_of(attributes[1]));
        else if (is(attributes[0], "nicename"))
            wxr->nicename = str_copy(wxr->arena, str_of(attributes[1]));
    }
}

static void XMLCALL begin_element(void *context, const char *element, const char **attributes)
{
    struct wxr *wxr = context;

    buf_clear(&wxr->text);
    if (is(element, "item")) {
        begin_item(wxr);
    } else if (wxr->place == IN_HEAD && is(element, "wp:author")) {
        wxr->author = (struct wxr_author){STR(""), STR("")};
        wxr->place = IN_AUTHOR;
    } else if (wxr->place == IN_ITEM && is(element, "wp:postmeta")) {
        wxr->meta = (struct wxr_meta){STR(""), STR("")};
        wxr->place = IN_META;
    } else if (wxr->place == IN_ITEM && is(element, "wp:comment")) {
        wxr->item.comments++;
        wxr->place = IN_COMMENT;
    } else if (wxr->place == IN_ITEM && is(element, "category")) {
        begin_category(wxr, attributes);
    }
}

/* --- an item is complete ---------------------------------------------------------------------- */

static void tell_bad(struct wxr *wxr, int64_t line, const char *why)
{
    if (++wxr->items > wxr->skip && !wxr->gathered)
        frame_write(wxr->out, FRAME_BAD, line, str_of(why));
}

static void gather(struct wxr *wxr)
{
    struct attachment attachment = {wxr->item.id, wxr->item.attachment, STR(""), STR("")};

    attachment.caption = html_plain(wxr->arena, wxr->item.excerpt);
    for (size_t i = 0; i < wxr->item.metas.n; i++)
        if (str_equal(wxr->item.metas.at[i].key, STR("_wp_attachment_image_alt")))
            attachment.alt = html_plain(wxr->arena, wxr->item.metas.at[i].value);
    attachments_add(wxr->gathered, &attachment);
}

static void end_item(struct wxr *wxr)
{
    struct buf json = BUF(JSON_MOST);

    wxr->place = IN_HEAD;
    if (wxr->gathered && str_equal(wxr->item.type, STR("attachment")))
        gather(wxr);
    if (wxr->gathered || wxr->items + 1 <= wxr->skip) {
        wxr->items++;
        return;
    }
    alarm(SECONDS_MOST);
    wxr_item_write(&json, wxr->arena, &wxr->site, wxr->attachments, &wxr->item);
    alarm(0);
    if (json.overflow) {
        tell_bad(wxr, wxr->item.line, "is too large: more than 4 MiB");
    } else {
        wxr->items++;
        frame_write(wxr->out, FRAME_RECORD, wxr->item.line, buf_str(&json));
    }
    buf_free(&json);
}

static void end_in_item(struct wxr *wxr, const char *element)
{
    if (is(element, "item")) {
        end_item(wxr);
    } else if (is(element, "category")) {
        if (wxr->item.terms.n < TERMS_MOST)
            *LIST_ADD(wxr->arena, &wxr->item.terms) =
                (struct wxr_term){wxr->domain, wxr->nicename, taken(wxr, wxr->arena)};
    } else {
        for (size_t i = 0; i < sizeof ITEM_TEXTS / sizeof *ITEM_TEXTS; i++)
            if (is(element, ITEM_TEXTS[i].element))
                *(struct str *)(void *)((char *)&wxr->item + ITEM_TEXTS[i].offset) = taken(wxr, wxr->arena);
    }
}

static void end_in_meta(struct wxr *wxr, const char *element)
{
    if (is(element, "wp:meta_key"))
        wxr->meta.key = taken(wxr, wxr->arena);
    else if (is(element, "wp:meta_value"))
        wxr->meta.value = taken(wxr, wxr->arena);
    else if (is(element, "wp:postmeta"))
        wxr->place = IN_ITEM;
    if (wxr->place == IN_ITEM && wxr->item.metas.n < METAS_MOST)
        *LIST_ADD(wxr->arena, &wxr->item.metas) = wxr->meta;
}

static void end_in_author(struct wxr *wxr, const char *element)
{
    if (is(element, "wp:author_login"))
        wxr->author.login = taken(wxr, wxr->site_arena);
    else if (is(element, "wp:author_display_name"))
        wxr->author.name = taken(wxr, wxr->site_arena);
    else if (is(element, "wp:author"))
        wxr->place = IN_HEAD;
    if (wxr->place == IN_HEAD && wxr->site.authors.n < AUTHORS_MOST)
        *LIST_ADD(wxr->site_arena, &wxr->site.authors) = wxr->author;
}

static void end_in_head(struct wxr *wxr, const char *element)
{
    bool early = is(element, "link") && wxr->site.address.n == 0;

    if (is(element, "wp:base_blog_url") || early)
        wxr->site.address = taken(wxr, wxr->site_arena);
    else if (is(element, "language"))
        wxr->site.language = taken(wxr, wxr->site_arena);
    else if (is(element, "rss"))
        wxr->closed = true;
}

static void XMLCALL end_element(void *context, const char *element)
{
    struct wxr *wxr = context;

    switch (wxr->place) {
    case IN_HEAD: end_in_head(wxr, element); break;
    case IN_AUTHOR: end_in_author(wxr, element); break;
    case IN_ITEM: end_in_item(wxr, element); break;
    case IN_META: end_in_meta(wxr, element); break;
    case IN_COMMENT: wxr->place = is(element, "wp:comment") ? IN_ITEM : IN_COMMENT; break;
    }
    buf_clear(&wxr->text);
}

static void XMLCALL add_text(void *context, const char *bytes, int n)
{
    struct wxr *wxr = context;

    if (wxr->place != IN_COMMENT)
        buf_add(&wxr->text, bytes, (size_t)n);
}

/* "&nbsp;" and its like, which XML does not know: what HTML means by them. */
static void XMLCALL add_entity(void *context, const char *name, int is_parameter)
{
    struct wxr *wxr = context;

    if (is_parameter || strlen(name) > 40)
        return;
    struct str text = html_plain(wxr->arena, str_printf(wxr->arena, "&%s;", name));
    buf_add_str(&wxr->text, text.n ? text : STR(" "));
}

static void XMLCALL refuse_doctype(void *context, const char *name, const char *system_id, const char *public_id,
                                   int has_internal_subset)
{
    struct wxr *wxr = context;

    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    wxr->refused = true;
    snprintf(wxr->problem, sizeof wxr->problem, "the file has a DOCTYPE, which no export of WordPress has; refused");
    XML_StopParser(wxr->parser, XML_FALSE);
}

/* --- parsers -------------------------------------------------------------------------------------- */

static void start_parser(struct wxr *wxr)
{
    wxr->parser = XML_ParserCreate("UTF-8");
    if (!wxr->parser)
        die("out of memory");
    XML_SetUserData(wxr->parser, wxr);
    XML_SetElementHandler(wxr->parser, begin_element, end_element);
    XML_SetCharacterDataHandler(wxr->parser, add_text);
    XML_SetSkippedEntityHandler(wxr->parser, add_entity);
    XML_SetStartDoctypeDeclHandler(wxr->parser, refuse_doctype);
    XML_UseForeignDTD(wxr->parser, XML_TRUE); /* or an unknown entity would be an error; none is loaded */
    wxr->fed = 0;
    wxr->place = IN_HEAD;
    buf_clear(&wxr->text);
}

/* Where the next item begins in s, or -1. */
static ptrdiff_t find_item(struct str s)
{
    for (ptrdiff_t at = 0; (at = str_find(s, STR("<item"), (size_t)at)) >= 0; at++) {
        char next = (size_t)at + ITEM_LENGTH < s.n ? s.p[at + ITEM_LENGTH] : '>';
        if (next == '>' || next == ' ' || next == '\n' || next == '\r' || next == '\t')
            return at;
    }
    return -1;
}

static int64_t count_feeds(struct str s)
{
    int64_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

static void restart(struct wxr *wxr, struct str bytes)
{
    static const struct str FRAME = STR_INIT("<rss><channel>");

    XML_ParserFree(wxr->parser);
    start_parser(wxr);
    XML_Parse(wxr->parser, FRAME.p, (int)FRAME.n, 0);
    XML_Parse(wxr->parser, bytes.p, (int)bytes.n, 0);
    wxr->fed = FRAME.n + bytes.n;
    wxr->lost = false;
    wxr->tail_n = 0;
}

/* An item whose "<item" began in the piece before; was there one? */
static bool find_in_tail(struct wxr *wxr, struct str bytes)
{
    char joint[2 * ITEM_LENGTH + 1];
    struct str head = str_head(bytes, ITEM_LENGTH + 1);

    memcpy(joint, wxr->tail, wxr->tail_n);
    memcpy(joint + wxr->tail_n, head.p, head.n);
    ptrdiff_t at = find_item((struct str){joint, wxr->tail_n + head.n});
    if (at < 0 || (size_t)at >= wxr->tail_n)
        return false;
    restart(wxr, (struct str){joint + at, wxr->tail_n - (size_t)at});
    return true;
}

/* The last bytes of all that was passed over. */
static void keep_tail(struct wxr *wxr, struct str bytes)
{
    size_t fresh = bytes.n < ITEM_LENGTH ? bytes.n : ITEM_LENGTH;
    size_t kept = wxr->tail_n < ITEM_LENGTH - fresh ? wxr->tail_n : ITEM_LENGTH - fresh;

    memmove(wxr->tail, wxr->tail + wxr->tail_n - kept, kept);
    memcpy(wxr->tail + kept, bytes.p + bytes.n - fresh, fresh);
    wxr->tail_n = kept + fresh;
}

/* After an error: a new parser for what begins at the next item, which is returned; nothing when none begins here. */
static struct str look_for_item(struct wxr *wxr, struct str bytes)
{
    if (wxr->tail_n && find_in_tail(wxr, bytes))
        return bytes;
    ptrdiff_t at = find_item(bytes);
    struct str passed = str_head(bytes, at < 0 ? bytes.n : (size_t)at);
    wxr->line_base += count_feeds(passed);
    if (at >= 0) {
        restart(wxr, STR(""));
        return str_from(bytes, passed.n);
    }
    wxr->closed = wxr->closed || str_find(bytes, STR("</rss>"), 0) >= 0;
    keep_tail(wxr, bytes);
    return STR("");
}

/* Says what is wrong at the parser's place; returns what stands behind it. */
static struct str give_up_item(struct wxr *wxr, struct str bytes)
{
    int64_t at = XML_GetCurrentByteIndex(wxr->parser) - (int64_t)wxr->fed;
    char why[160];

    snprintf(why, sizeof why, "is damaged: %s at line %lld", XML_ErrorString(XML_GetErrorCode(wxr->parser)),
             (long long)line_of(wxr));
    tell_bad(wxr, wxr->place < IN_ITEM ? line_of(wxr) : wxr->item.line, why);
    wxr->line_base = line_of(wxr) - 1;
    wxr->lost = true;
    wxr->tail_n = 0;
    if (++wxr->errors > ERRORS_MOST) {
        wxr->refused = true;
        snprintf(wxr->problem, sizeof wxr->problem, "the file has more than %d errors; given up", ERRORS_MOST);
    }
    return str_from(bytes, at < 0 ? 0 : (size_t)at + 1);
}

static void parse(struct wxr *wxr, struct str bytes)
{
    while (bytes.n && !wxr->refused) {
        if (wxr->lost)
            bytes = look_for_item(wxr, bytes);
        if (bytes.n == 0 || (wxr->closed && str_trim(bytes).n == 0))
            return;
        if (XML_Parse(wxr->parser, bytes.p, (int)bytes.n, 0) == XML_STATUS_OK) {
            wxr->fed += bytes.n;
            return;
        }
        if (!wxr->refused)
            bytes = give_up_item(wxr, bytes);
    }
}

/* --- from outside ------------------------------------------------------------------------------------ */

struct wxr *wxr_open(int out, int64_t skip, const struct attachments *attachments)
{
    struct wxr *wxr = calloc(1, sizeof *wxr);

    if (!wxr)
        die("out of memory");
    wxr->out = out;
    wxr->skip = skip;
    wxr->attachments = attachments;
    wxr->arena = arena_new();
    wxr->site_arena = arena_new();
    wxr->site.address = wxr->site.language = STR("");
    wxr->text = BUF(TEXT_MOST);
    wxr->filter = xml_text_new();
    start_parser(wxr);
    return wxr;
}

struct wxr *wxr_open_gathering(struct attachments *attachments)
{
    struct wxr *wxr = wxr_open(-1, 0, NULL);

    wxr->gathered = attachments;
    return wxr;
}

void wxr_feed(struct wxr *wxr, struct str bytes)
{
    struct str piece;

    if (wxr->refused || !xml_text_add(wxr->filter, bytes, wxr->problem, sizeof wxr->problem))
        return;
    while (!wxr->refused && xml_text_next(wxr->filter, &piece))
        parse(wxr, piece);
}

/* An item that is cut off is bad; a file that just lacks its last tags is not complete either. */
static void end(struct wxr *wxr)
{
    if (wxr->problem[0] || wxr->closed)
        return;
    if (!wxr->lost && wxr->place >= IN_ITEM)
        tell_bad(wxr, wxr->item.line, "is cut off: the file ends in it");
    snprintf(wxr->problem, sizeof wxr->problem, "the file ends early: it was cut off");
}

void wxr_close(struct wxr **out, char *problem, size_t problem_size)
{
    struct wxr *wxr = *out;

    end(wxr);
    snprintf(problem, problem_size, "%s", wxr->problem);
    XML_ParserFree(wxr->parser);
    xml_text_free(&wxr->filter);
    buf_free(&wxr->text);
    arena_free(&wxr->arena);
    arena_free(&wxr->site_arena);
    free(wxr);
    *out = NULL;
}
