/* record.c - a table of members; each is read, cleaned, fitted, and its losses noted. */
#include "src/importing/record_inside.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/article_rules.h"
#include "src/importing/authors.h"
#include "src/importing/fit.h"
#include "src/importing/old_address.h"
#include "src/keyword/keyword.h"
#include "src/staff/staff.h"

enum { ADDRESSES_MOST = 10 }; /* old addresses of one story */

void record_note(struct reading *reading, const char *what, struct str example)
{
    loss_note(reading->losses, reading->member, what, example);
}

static bool wrong_type(struct reading *reading)
{
    record_note(reading, "is of a type that is not expected", STR(""));
    return false;
}

/* --- texts -------------------------------------------------------------------------------- */

static struct str clean(struct reading *reading, struct str text, bool one_line)
{
    size_t removed = 0;
    struct str cleaned = utf8_clean(reading->arena, text, one_line, &removed);

    if (removed)
        record_note(reading, "characters that are none (controls, U+FFFD)",
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
        record_note(reading, "is no language tag; took the paper's", language);
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
        record_note(reading, "is no moment", str_of_int(reading->arena, number));
    } else if (read_line(reading, value, &text) && !moment_parse(text, out)) {
        *out = (struct moment){0};
        record_note(reading, "is no moment", text);
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
            record_note(reading, "more than thirty of one story", name);
        else if (utf8_count(name) > KEYWORD_NAME_MOST)
            record_note(reading, "longer than sixty characters", name);
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
        record_note(reading, "are no names of people; kept as the text of the byline", text);
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
        record_note(reading, "more than ten old addresses", address);
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
    record_note(reading, "is no known state; made a draft of it", name);
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

static void read_hero_caption(struct reading *reading, const struct json *value)
{
    struct str text;

    if (read_line(reading, value, &text))
        reading->record->hero_caption = fit_width(reading->losses, "hero_caption", text, CAPTION_WIDTH);
}

static void read_hero_alt(struct reading *reading, const struct json *value)
{
    struct str text;

    if (read_line(reading, value, &text))
        reading->record->hero_alt = fit_width(reading->losses, "hero_alt", text, CAPTION_WIDTH);
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
        record_note(reading, "is neither story nor page; made a story of it", kind);
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
    {"hero_caption", read_hero_caption},
    {"hero_alt", read_hero_alt},
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

/* --- all of it -------------------------------------------------------------------------------- */

bool record_read(struct arena *arena, const struct json *json, struct losses *losses, struct record *out,
                 struct record_wrong *wrong)
{
    struct reading reading = {.arena = arena, .losses = losses, .record = out, .text = STR("")};

    record_set_defaults(out);
    out->line = losses->line;
    if (json_type(json) != JSON_OBJECT) {
        snprintf(wrong->text, sizeof wrong->text, "is no JSON object, {...}");
        return false;
    }
    for (size_t i = 0; i < json_count(json); i++)
        read_member(&reading, json_name(json, i), json_element(json, i));
    if (out->kind == RECORD_SKIPPED)
        return true;
    record_finish_body(&reading);
    if (out->title.n == 0) {
        snprintf(wrong->text, sizeof wrong->text, "has neither a title nor a body");
        return false;
    }
    record_finish_identity(&reading);
    return true;
}
