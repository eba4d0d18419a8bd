/* shortcode.c - WordPress's words in brackets, before the HTML around them is read.
 *
 * Only words that are known are touched: brackets are also just brackets. A
 * caption becomes a figure, an address to embed a frame, a gallery the pictures
 * whose numbers it names; what page builders use to lay out columns is dropped
 * and what stands in it stays.
 */
#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "src/importing/html_body.h"

enum { TEXT_MOST = 8 << 20, WORD_MOST = 30, CODE_MOST = 4000 };

struct code {
    struct str word, rest; /* "[caption id=5]": "caption", " id=5" */
    bool closes;           /* "[/caption]" */
    size_t end;            /* behind its ']' */
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The code that begins at `at`, where a '[' is. */
static bool read_code(struct str text, size_t at, struct code *out)
{
    size_t from = at + 1, n = 0;

    out->closes = from < text.n && text.p[from] == '/';
    from += out->closes;
    while (from + n < text.n && n < WORD_MOST && is_word(text.p[from + n]))
        n++;
    ptrdiff_t end = str_find_char(str_head(text, from + n + CODE_MOST), ']', from + n);
    if (n == 0 || end < 0)
        return false;
    out->word = (struct str){text.p + from, n};
    out->rest = (struct str){text.p + from + n, (size_t)end - from - n};
    out->end = (size_t)end + 1;
    return out->rest.n == 0 || out->rest.p[0] == ' ' || out->rest.p[0] == '=' || out->rest.p[0] == '/' ||
           out->rest.p[0] == '\n';
}

/* Where "[/word]" begins, from `at`; -1 without one. */
static ptrdiff_t find_end(struct str text, size_t at, struct str word)
{
    for (ptrdiff_t next; (next = str_find(text, STR("[/"), at)) >= 0; at = (size_t)next + 2) {
        struct code code;
        if (read_code(text, (size_t)next, &code) && str_equal(code.word, word))
            return next;
    }
    return -1;
}

/* name="value", name='value' or name=value. */
static struct str attribute(struct str rest, const char *name)
{
    struct str wanted = str_of(name);

    for (ptrdiff_t at = str_find(rest, wanted, 0); at >= 0; at = str_find(rest, wanted, (size_t)at + 1)) {
        struct str value = str_from(rest, (size_t)at + wanted.n);
        bool begins = at > 0 && !is_word(rest.p[at - 1]);
        if (!begins || value.n == 0 || value.p[0] != '=')
            continue;
        value = str_from(value, 1);
        if (value.n && (value.p[0] == '"' || value.p[0] == '\'')) {
            char quote = value.p[0];
            value = str_from(value, 1);
            return str_cut(&value, quote);
        }
        return str_cut(&value, ' ');
    }
    return STR("");
}

/* --- what they become ------------------------------------------------------------------------- */

enum { WORDS_MOST = 32 };

struct turning {
    struct arena *arena;
    struct losses *losses;
    const struct attachments *attachments;
    struct buf *out;
    size_t word;              /* the code's place in WORDS */
    bool endless[WORDS_MOST]; /* no end of that word follows: looked for once, however often the word comes */
};

/* Returns how much of the text behind the code it used up. */
typedef size_t turn_function(struct turning *turning, const struct code *code, struct str behind);

static void add_attribute(struct buf *out, struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == '"')
            buf_add_str(out, STR("&quot;"));
        else
            buf_add_char(out, value.p[i]);
}

/* The text inside, and what to go on behind in *used. Without an end all that follows is none of it. */
static struct str inside(struct turning *turning, const struct code *code, struct str behind, size_t *used)
{
    ptrdiff_t end = turning->endless[turning->word] ? -1 : find_end(behind, 0, code->word);
    struct code closing;

    *used = 0;
    turning->endless[turning->word] = end < 0;
    if (end < 0 || !read_code(behind, (size_t)end, &closing))
        return STR("");
    *used = closing.end;
    return str_head(behind, (size_t)end);
}

/* Where the picture with its link ends and the caption's words begin. */
static size_t end_of_picture(struct str s)
{
    ptrdiff_t image = str_find(s, STR("<img"), 0);
    ptrdiff_t end = image < 0 ? -1 : str_find_char(s, '>', (size_t)image);
    struct str link = STR("</a>");

    if (end < 0)
        return 0;
    struct str rest = str_trim(str_from(s, (size_t)end + 1));
    return str_starts(rest, link) ? (size_t)(rest.p - s.p) + link.n : (size_t)end + 1;
}

static size_t turn_caption(struct turning *turning, const struct code *code, struct str behind)
{
    size_t used;
    struct str text = inside(turning, code, behind, &used), said = attribute(code->rest, "caption");
    size_t picture = end_of_picture(text);

    buf_add_str(turning->out, STR("<figure>"));
    buf_add_str(turning->out, str_head(text, picture));
    buf_add_str(turning->out, STR("<figcaption>"));
    buf_add_str(turning->out, said);
    buf_add_str(turning->out, str_trim(str_from(text, picture)));
    buf_add_str(turning->out, STR("</figcaption></figure>"));
    return used;
}

static size_t add_frame(struct turning *turning, struct str address, size_t used)
{
    buf_add_str(turning->out, STR("<iframe src=\""));
    add_attribute(turning->out, str_trim(address));
    buf_add_str(turning->out, STR("\"></iframe>"));
    return used;
}

/* [embed]address[/embed], [youtube address], [youtube=address], [audio src=address] ... */
static size_t turn_embed(struct turning *turning, const struct code *code, struct str behind)
{
    static const char *const NAMES[] = {"src", "url", "mp4", "mp3", "m4v", "webm", "ogv", "href"};
    size_t used;
    struct str text = inside(turning, code, behind, &used), address = STR("");

    for (size_t i = 0; address.n == 0 && i < sizeof NAMES / sizeof *NAMES; i++)
        address = attribute(code->rest, NAMES[i]);
    if (address.n == 0)
        address = str_trim(text);
    if (address.n == 0) {
        struct str rest = str_trim(code->rest);
        address = str_starts(rest, STR("=")) ? str_trim(str_from(rest, 1)) : rest;
    }
    if (!str_starts(address, STR("http")) && str_equal_nocase(code->word, STR("youtube")))
        address = str_join(turning->arena, STR("https://youtu.be/"), address);
    return add_frame(turning, address, used);
}

static size_t turn_code(struct turning *turning, const struct code *code, struct str behind)
{
    size_t used;
    struct str text = inside(turning, code, behind, &used);

    buf_add_str(turning->out, STR("<pre>"));
    buf_add_str(turning->out, text);
    buf_add_str(turning->out, STR("</pre>"));
    return used;
}

static void add_picture(struct turning *turning, const struct attachment *picture)
{
    buf_add_str(turning->out, STR("<figure><img src=\""));
    add_attribute(turning->out, picture->url);
    buf_add_str(turning->out, STR("\" alt=\""));
    add_attribute(turning->out, picture->alt);
    buf_add_str(turning->out, STR("\"><figcaption>"));
    buf_add_str(turning->out, picture->caption);
    buf_add_str(turning->out, STR("</figcaption></figure>"));
}

static size_t turn_gallery(struct turning *turning, const struct code *code, struct str behind)
{
    struct str ids = attribute(code->rest, "ids");
    size_t found = 0;

    (void)behind;
    buf_add_str(turning->out, STR("<div class=\"gallery\">"));
    for (struct str rest = ids; rest.p && ids.n;) {
        const struct attachment *picture = attachments_find(turning->attachments, str_trim(str_cut(&rest, ',')));
        if (!picture)
            continue;
        add_picture(turning, picture);
        found++;
    }
    buf_add_str(turning->out, STR("</div>"));
    if (!found)
        loss_note(turning->losses, "body", "gallery whose pictures are not in the archive", code->rest);
    return 0;
}

static size_t drop(struct turning *turning, const struct code *code, struct str behind)
{
    (void)behind;
    loss_note_of(turning->losses, STR("body"),
                 str_printf(turning->arena, "shortcode %.*s was left out", STR_ARG(code->word)), STR(""));
    return 0;
}

static const struct {
    const char *word; /* with '*' behind it: whatever begins so */
    turn_function *turn;
} WORDS[] = {
    {"caption", turn_caption},
    {"wp_caption", turn_caption},
    {"embed", turn_embed},
    {"youtube", turn_embed},
    {"vimeo", turn_embed},
    {"video", turn_embed},
    {"audio", turn_embed},
    {"facebook", turn_embed},
    {"tweet", turn_embed},
    {"instagram", turn_embed},
    {"soundcloud", turn_embed},
    {"gallery", turn_gallery},
    {"code", turn_code},
    {"sourcecode", turn_code},
    {"contact-form*", drop},
    {"vc_*", drop},
    {"et_pb_*", drop},
    {"fusion_*", drop},
    {"su_*", drop},
    {"playlist", drop},
    {"rev_slider", drop},
    {"poll", drop},
    {"toc", drop},
    {"wpml*", drop},
    {"newsletter*", drop},
    {"mc4wp*", drop},
    {"adrotate", drop},
    {"ad", drop},
};

_Static_assert(sizeof WORDS / sizeof *WORDS <= WORDS_MOST, "endless has a place for each");

static turn_function *find_turn(struct str word, size_t *place)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        struct str known = str_of(WORDS[i].word);
        bool open = str_ends(known, STR("*"));
        known.n -= open;
        if (open ? str_starts(word, known) : str_equal(word, known))
            return WORDS[*place = i].turn;
    }
    return NULL;
}

struct str shortcodes_as_html(struct arena *arena, struct str text, const struct attachments *attachments,
                              struct losses *losses)
{
    struct buf out = BUF(TEXT_MOST);
    struct turning turning = {.arena = arena, .losses = losses, .attachments = attachments, .out = &out};
    size_t from = 0;

    if (str_find_char(text, '[', 0) < 0)
        return text;
    for (ptrdiff_t at; (at = str_find_char(text, '[', from)) >= 0;) {
        struct code code;
        turn_function *turn = read_code(text, (size_t)at, &code) ? find_turn(code.word, &turning.word) : NULL;
        size_t kept = turn ? (size_t)at : (size_t)at + 1;
        buf_add(&out, text.p + from, kept - from);
        from = kept;
        if (!turn)
            continue;
        from = code.end;
        if (!code.closes)
            from += turn(&turning, &code, str_from(text, from));
    }
    buf_add_str(&out, str_from(text, from));
    struct str html = out.overflow ? text : str_copy(arena, buf_str(&out));
    buf_free(&out);
    return html;
}
