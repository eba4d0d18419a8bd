/* record.c - a table of members; each is read, cleaned, fitted, and its losses noted. */
#include "src/importing/record.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/article_rules.h"
#include "src/article/body_blocks.h"
#include "src/importing/authors.h"
#include "src/importing/fit.h"
#include "src/importing/old_address.h"
#include "src/keyword/keyword.h"
#include "src/staff/staff.h"

enum { TITLE_OF_BODY = 40 };  /* characters of a first sentence that serves as title */
enum { ID_MOST = 300 };       /* bytes of an id; a longer one is known by its hash */
enum { ADDRESSES_MOST = 10 }; /* old addresses of one story */
enum { VIDEOS_OF_STORY = 10 };

struct reading {
    struct arena *arena;
    struct losses *losses;
    const char *member; /* the one being read */
    struct record *record;
    const struct json *body; /* read last, when everything else is known */
    struct str text;         /* of a body that is text */
    record_texts videos;
};

static void note(struct reading *reading, const char *what, struct str example)
{
    loss_note(reading->losses, reading->member, what, example);
}

static bool wrong_type(struct reading *reading)
{
    note(reading, "is of a type that is not expected", STR(""));
    return false;
}

/* --- texts -------------------------------------------------------------------------------- */

static struct str clean(struct reading *reading, struct str text, bool one_line)
{
    size_t removed = 0;
    struct str cleaned = utf8_clean(reading->arena, text, one_line, &removed);

    if (removed)
        note(reading, "characters that are none (controls, U+FFFD)",
             str_printf(reading->arena, "%zu of them", removed));
    return one_line ? str_trim(cleaned) : cleaned;
}

/* A text, or a number as a text. */
static bool read_line(struct reading *reading, const struct json *value, struct str *out)
{
    if (json_type(value) == JSON_INT)
        *out = str_of_int(reading->arena, json_int(value));
    else if (json_type(value) == JSON_TEXT)
        *out = clean(reading, json_text(value), true);
    else
        return wrong_type(reading);
    return out->n > 0;
}

/* [text ...], or one text divided by commas. */
static void read_texts(struct reading *reading, const struct json *value, record_texts *out)
{
    struct str text, wide = STR("，");

    if (json_type(value) == JSON_LIST) {
        for (size_t i = 0; i < json_count(value); i++)
            if (read_line(reading, json_element(value, i), &text))
                *LIST_ADD(reading->arena, out) = text;
        return;
    }
    if (!read_line(reading, value, &text))
        return;
    for (struct str rest = text; rest.p;) {
        struct str part = str_cut(&rest, ',');
        for (ptrdiff_t at; (at = str_find(part, wide, 0)) >= 0; part = str_from(part, (size_t)at + wide.n))
            *LIST_ADD(reading->arena, out) = str_trim(str_head(part, (size_t)at));
        *LIST_ADD(reading->arena, out) = str_trim(part);
    }
}

/* --- members ---------------------------------------------------------------------------------- */

static void read_id(struct reading *reading, const struct json *value)
{
    struct str id;

    if (!read_line(reading, value, &id))
        return;
    if (id.n > ID_MOST)
        id = str_printf(reading->arena, "#%016llx", (unsigned long long)str_hash(id, 0));
    reading->record->id = id;
}

static void read_title(struct reading *reading, const struct json *value)
{
    struct str title;

    if (read_line(reading, value, &title))
        reading->record->title = fit_width(reading->losses, "title", title, TITLE_WIDTH);
}

static void read_lead(struct reading *reading, const struct json *value)
{
    struct str lead;

    if (read_line(reading, value, &lead))
        reading->record->lead = fit_width(reading->losses, reading->member, lead, LEAD_WIDTH);
}

static void read_source(struct reading *reading, const struct json *value)
{
    struct str source;

    if (read_line(reading, value, &source))
        reading->record->source = fit_width(reading->losses, "source", source, LABEL_WIDTH);
}

static void read_origin(struct reading *reading, const struct json *value)
{
    read_line(reading, value, &reading->record->origin);
}

static void read_language(struct reading *reading, const struct json *value)
{
    struct str language;

    if (!read_line(reading, value, &language))
        return;
    if (language_is_tag(language))
        reading->record->language = language;
    else
        note(reading, "is no language tag; took the paper's", language);
}

static void read_moment(struct reading *reading, const struct json *value, struct moment *out)
{
    enum { MILLISECONDS_FROM = 100000000000 / 1000 };
    struct str text;

    if (json_type(value) == JSON_INT) {
        int64_t number = json_int(value);
        out->ms = number >= (int64_t)MILLISECONDS_FROM * 1000 ? number : number * 1000;
        if (number > 0 && out->ms < (int64_t)253402300800 * 1000)
            return;
        out->ms = 0;
        note(reading, "is no moment", str_of_int(reading->arena, number));
    } else if (read_line(reading, value, &text) && !moment_parse(text, out)) {
        *out = (struct moment){0};
        note(reading, "is no moment", text);
    }
}

static void read_published(struct reading *reading, const struct json *value)
{
    read_moment(reading, value, &reading->record->published);
}

static void read_updated(struct reading *reading, const struct json *value)
{
    read_moment(reading, value, &reading->record->updated);
}

static void read_sections(struct reading *reading, const struct json *value)
{
    read_texts(reading, value, &reading->record->sections);
}

static bool has_text(const record_texts *texts, struct str text)
{
    for (size_t i = 0; i < texts->n; i++)
        if (str_equal(texts->at[i], text))
            return true;
    return false;
}

static void read_keywords(struct reading *reading, const struct json *value)
{
    record_texts names = {0}, *kept = &reading->record->keywords;

    read_texts(reading, value, &names);
    for (size_t i = 0; i < names.n; i++) {
        struct str name = names.at[i];
        if (name.n == 0 || has_text(kept, name))
            continue;
        if (kept->n == KEYWORDS_OF_STORY)
            note(reading, "more than thirty of one story", name);
        else if (utf8_count(name) > KEYWORD_NAME_MOST)
            note(reading, "longer than sixty characters", name);
        else
            *LIST_ADD(reading->arena, kept) = name;
    }
}

/* Names nobody can be called stay as the free text of a byline. */
static void add_authors(struct reading *reading, struct str text)
{
    struct record *record = reading->record;
    struct authors authors;
    bool fits;

    authors_read(reading->arena, text, &authors);
    fits =
        record->bylines.n + authors.people.n <= BYLINES_OF_STORY && utf8_width(authors.report_type) <= 2 * LABEL_WIDTH;
    for (size_t i = 0; fits && i < authors.people.n; i++)
        fits = utf8_count(authors.people.at[i].name) <= PERSON_NAME_MOST &&
               utf8_count(authors.people.at[i].role) <= PERSON_ROLE_MOST;
    if (!fits) {
        note(reading, "are no names of people; kept as the text of the byline", text);
        record->byline_text = fit_width(reading->losses, reading->member, text, LABEL_WIDTH);
        return;
    }
    for (size_t i = 0; i < authors.people.n; i++)
        *LIST_ADD(reading->arena, &record->bylines) = authors.people.at[i];
    if (authors.report_type.n)
        record->report_type = authors.report_type;
}

static void read_authors(struct reading *reading, const struct json *value)
{
    struct str text;

    if (json_type(value) != JSON_LIST) {
        if (read_line(reading, value, &text))
            add_authors(reading, text);
        return;
    }
    for (size_t i = 0; i < json_count(value); i++)
        if (read_line(reading, json_element(value, i), &text))
            add_authors(reading, text);
}

static void add_address(struct reading *reading, struct str address)
{
    record_texts *addresses = &reading->record->addresses;

    if (addresses->n == ADDRESSES_MOST)
        note(reading, "more than ten old addresses", address);
    else if (!has_text(addresses, address))
        *LIST_ADD(reading->arena, addresses) = address;
}

static void read_url(struct reading *reading, const struct json *value)
{
    struct str url, link;

    if (!read_line(reading, value, &url))
        return;
    add_address(reading, url);
    if (old_link(reading->arena, STR(""), url, &link) && str_starts(link, STR("http")))
        reading->record->source_url = link;
}

static void read_urls(struct reading *reading, const struct json *value)
{
    record_texts urls = {0};

    if (json_type(value) != JSON_LIST) {
        wrong_type(reading);
        return;
    }
    read_texts(reading, value, &urls);
    for (size_t i = 0; i < urls.n; i++)
        add_address(reading, urls.at[i]);
}

static void read_state(struct reading *reading, const struct json *value)
{
    static const struct {
        const char *name;
        enum article_state state;
    } STATES[] = {
        {"draft", STATE_DRAFT},      {"private", STATE_DRAFT},       {"review", STATE_REVIEW},
        {"pending", STATE_REVIEW},   {"published", STATE_PUBLISHED}, {"publish", STATE_PUBLISHED},
        {"future", STATE_PUBLISHED}, {"scheduled", STATE_PUBLISHED}, {"corrected", STATE_PUBLISHED},
    };
    struct str name = STR("");

    if (read_line(reading, value, &name))
        for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
            if (str_equal(name, str_of(STATES[i].name))) {
                reading->record->state = STATES[i].state;
                return;
            }
    reading->record->state = STATE_DRAFT;
    note(reading, "is no known state; made a draft of it", name);
}

static void read_body(struct reading *reading, const struct json *value)
{
    if (json_type(value) == JSON_TEXT)
        reading->text = clean(reading, json_text(value), false);
    else if (json_type(value) == JSON_OBJECT || json_type(value) == JSON_LIST)
        reading->body = value;
    else
        wrong_type(reading);
}

static void read_videos(struct reading *reading, const struct json *value)
{
    if (json_type(value) == JSON_LIST)
        read_texts(reading, value, &reading->videos);
    else
        wrong_type(reading);
}

static void read_hero(struct reading *reading, const struct json *value)
{
    read_line(reading, value, &reading->record->hero);
}

static void read_slug(struct reading *reading, const struct json *value)
{
    read_line(reading, value, &reading->record->slug);
}

static void read_kind(struct reading *reading, const struct json *value)
{
    struct str kind;

    if (!read_line(reading, value, &kind))
        return;
    if (str_equal(kind, STR("page")))
        reading->record->kind = RECORD_PAGE;
    else if (!str_equal(kind, STR("story")))
        note(reading, "is neither story nor page; made a story of it", kind);
}

static void read_skip(struct reading *reading, const struct json *value)
{
    struct str why;

    if (!read_line(reading, value, &why))
        return;
    reading->record->kind = RECORD_SKIPPED;
    loss_note_of(reading->losses, STR("item"), why, STR(""));
}

/* What whoever made this line has lost already: [{"field", "what", "times"} ...]. */
static void read_losses(struct reading *reading, const struct json *value)
{
    losses_read(reading->losses, value);
}

static const struct {
    const char *name;
    void (*read)(struct reading *reading, const struct json *value);
} MEMBERS[] = {
    {"id", read_id},
    {"title", read_title},
    {"body", read_body},
    {"published", read_published},
    {"date", read_published},
    {"updated", read_updated},
    {"modified", read_updated},
    {"section", read_sections},
    {"sections", read_sections},
    {"sections_all", read_sections},
    {"tags", read_keywords},
    {"keywords", read_keywords},
    {"author", read_authors},
    {"authors", read_authors},
    {"source", read_source},
    {"origin", read_origin},
    {"url", read_url},
    {"urls", read_urls},
    {"lang", read_language},
    {"language", read_language},
    {"summary", read_lead},
    {"lead", read_lead},
    {"excerpt", read_lead},
    {"state", read_state},
    {"status", read_state},
    {"videos", read_videos},
    {"hero", read_hero},
    {"kind", read_kind},
    {"slug", read_slug},
    {"skip", read_skip},
    {"losses", read_losses},
};

/* --- unknown members ------------------------------------------------------------------------- */

static bool says_something(const struct json *value)
{
    switch (json_type(value)) {
    case JSON_NULL: return false;
    case JSON_TEXT: return json_text(value).n > 0;
    case JSON_LIST:
    case JSON_OBJECT: return json_count(value) > 0;
    default: return true;
    }
}

static void note_unknown(struct reading *reading, struct str name, const struct json *value)
{
    struct buf shown = BUF(4096);

    json_write_value(&shown, value);
    loss_note_of(reading->losses, name, STR("has no place in this paper"), buf_str(&shown));
    buf_free(&shown);
}

static void read_member(struct reading *reading, struct str name, const struct json *value)
{
    if (!says_something(value))
        return;
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++)
        if (str_equal(name, str_of(MEMBERS[i].name))) {
            reading->member = MEMBERS[i].name;
            MEMBERS[i].read(reading, value);
            return;
        }
    note_unknown(reading, name, value);
}

/* --- the body, and what is made from other members --------------------------------------------- */

static void add_videos(struct reading *reading, struct body *body)
{
    reading->member = "videos";
    for (size_t i = 0; i < reading->videos.n; i++) {
        struct block block = block_of(BLOCK_EMBED);
        struct old_embed embed;
        if (i >= VIDEOS_OF_STORY || !old_embed(reading->arena, reading->videos.at[i], &embed)) {
            note(reading, "is at no known address of films", reading->videos.at[i]);
            continue;
        }
        block.kind = embed.kind;
        block.href = embed.href;
        *LIST_ADD(reading->arena, &body->blocks) = block;
    }
}

/* The first sentence, or as much of it as a headline may hold. */
static struct str first_sentence(struct arena *arena, struct str text)
{
    static const struct str ENDS[] = {STR_INIT("。"), STR_INIT("！"), STR_INIT("？"),
                                      STR_INIT("\n"), STR_INIT(". "), STR_INIT("　")};
    size_t end = text.n;

    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        ptrdiff_t at = str_find(text, ENDS[i], 1);
        end = at >= 0 && (size_t)at < end ? (size_t)at : end;
    }
    struct str sentence = str_trim(str_head(text, end));
    return utf8_shorten(arena, utf8_clean(arena, sentence, true, NULL), TITLE_OF_BODY);
}

static void take_title(struct reading *reading, const struct body *body)
{
    struct str text = body_plain(reading->arena, body, 4 * TITLE_OF_BODY);

    if (text.n == 0)
        return;
    reading->record->title = first_sentence(reading->arena, text);
    loss_note(reading->losses, "title", "was missing; took the first sentence of the body", reading->record->title);
}

static void finish_body(struct reading *reading)
{
    struct record *record = reading->record;
    struct body body = {0};
    char wrong[200] = "";

    reading->member = "body";
    if (reading->body && !body_from_json(reading->arena, reading->body, &body, wrong, sizeof wrong)) {
        note(reading, "is no body v1", str_of(wrong));
        body = (struct body){0};
    }
    if (!reading->body)
        fit_paragraphs(reading->arena, reading->text, reading->losses, &body);
    if (reading->videos.n)
        add_videos(reading, &body);
    record->body = fit_body(reading->arena, &body, reading->losses);
    record->has_video = body_has_video(&body);
    record->words = body_words(&body);
    if (record->title.n == 0)
        take_title(reading, &body);
}

static void finish_identity(struct reading *reading)
{
    struct record *record = reading->record;

    if (record->origin.n == 0)
        record->origin = record->source.n ? record->source : old_host(reading->arena, record->source_url);
    record->origin = str_head(record->origin, ID_MOST);
    record->origin.n = utf8_valid_prefix(record->origin);
    if (record->id.n)
        return;
    if (record->addresses.n) {
        record->id = str_head(record->addresses.at[0], ID_MOST);
        record->id.n = utf8_valid_prefix(record->id);
        return;
    }
    uint64_t hash = str_hash(record->body, str_hash(record->title, (uint64_t)record->published.ms));
    record->id = str_printf(reading->arena, "#%016llx", (unsigned long long)hash);
    loss_note(reading->losses, "id", "was missing; told apart by its content", record->title);
}

static uint64_t hash_texts(const record_texts *texts, uint64_t hash)
{
    for (size_t i = 0; i < texts->n; i++)
        hash = str_hash(texts->at[i], hash + 1);
    return hash + 1;
}

static int64_t hash_of(const struct record *record)
{
    const struct str *const texts[] = {&record->title,       &record->lead, &record->language,    &record->source,
                                       &record->report_type, &record->hero, &record->byline_text, &record->slug,
                                       &record->source_url,  &record->body};
    uint64_t hash =
        (uint64_t)record->published.ms * 31 + (uint64_t)record->updated.ms * 7 + record->kind + record->state * 16u;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = str_hash(*texts[i], hash + 1);
    hash = hash_texts(&record->sections, hash);
    hash = hash_texts(&record->keywords, hash);
    hash = hash_texts(&record->addresses, hash);
    for (size_t i = 0; i < record->bylines.n; i++)
        hash = str_hash(record->bylines.at[i].role, str_hash(record->bylines.at[i].name, hash + 1));
    return (int64_t)hash;
}

/* --- all of it -------------------------------------------------------------------------------- */

enum { TEXTS = 12 };

/* Every text of a record. */
static void texts_of(struct record *record, struct str *out[TEXTS])
{
    struct str *const texts[TEXTS] = {&record->origin,      &record->id,     &record->title,      &record->lead,
                                      &record->language,    &record->source, &record->source_url, &record->report_type,
                                      &record->byline_text, &record->hero,   &record->slug,       &record->body};

    memcpy(out, texts, sizeof texts);
}

static void set_defaults(struct record *record)
{
    struct str *texts[TEXTS];

    *record = (struct record){.kind = RECORD_STORY, .state = STATE_PUBLISHED};
    texts_of(record, texts);
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i] = STR("");
}

static void keep_texts(struct arena *arena, record_texts *texts)
{
    struct str *kept = ARENA_ARRAY(arena, struct str, texts->n);

    for (size_t i = 0; i < texts->n; i++)
        kept[i] = str_copy(arena, texts->at[i]);
    *texts = (record_texts){kept, texts->n, texts->n};
}

void record_keep(struct arena *arena, struct record *record)
{
    struct draft_byline *bylines = ARENA_ARRAY(arena, struct draft_byline, record->bylines.n);
    struct str *texts[TEXTS];

    texts_of(record, texts);
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i] = str_copy(arena, *texts[i]);
    keep_texts(arena, &record->sections);
    keep_texts(arena, &record->keywords);
    keep_texts(arena, &record->addresses);
    for (size_t i = 0; i < record->bylines.n; i++) {
        bylines[i] = record->bylines.at[i];
        bylines[i].name = str_copy(arena, bylines[i].name);
        bylines[i].role = str_copy(arena, bylines[i].role);
    }
    record->bylines.at = bylines;
    record->bylines.capacity = record->bylines.n;
}

bool record_read(struct arena *arena, const struct json *json, struct losses *losses, struct record *out,
                 struct record_wrong *wrong)
{
    struct reading reading = {.arena = arena, .losses = losses, .record = out, .text = STR("")};

    set_defaults(out);
    out->line = losses->line;
    if (json_type(json) != JSON_OBJECT) {
        snprintf(wrong->text, sizeof wrong->text, "is no JSON object, {...}");
        return false;
    }
    for (size_t i = 0; i < json_count(json); i++)
        read_member(&reading, json_name(json, i), json_element(json, i));
    if (out->kind == RECORD_SKIPPED)
        return true;
    finish_body(&reading);
    if (out->title.n == 0) {
        snprintf(wrong->text, sizeof wrong->text, "has neither a title nor a body");
        return false;
    }
    finish_identity(&reading);
    out->hash = hash_of(out);
    return true;
}
