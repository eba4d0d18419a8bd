/* draft_json.c - a story goes out as it comes in, so what `show` prints can be sent back.
 *
 * Written by hand and not from a field description, because the members are
 * not those of the struct: a kicker with its end, a section by its slug, a body
 * that is JSON already. Empty fields are left out.
 */
#include "src/article/draft_json.h"

#include "lib/base/arena.h"
#include "lib/template/escape.h"
#include "src/article/article_rules.h"

enum { DRAFT_TEXT_MOST = 1 << 22 };

static void add_string(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    escape_add(out, text, ESCAPE_JSON);
    buf_add_char(out, '"');
}

/* A comma where something stands before. */
static void separate(struct buf *out)
{
    char before = out->n ? out->p[out->n - 1] : '{';

    if (before != '{' && before != '[')
        buf_add_char(out, ',');
}

static void add_name(struct buf *out, const char *name)
{
    separate(out);
    buf_printf(out, "\"%s\":", name);
}

void json_add_text(struct buf *out, const char *name, struct str text)
{
    add_name(out, name);
    add_string(out, text);
}

void json_add_int(struct buf *out, const char *name, int64_t number)
{
    add_name(out, name);
    buf_add_int(out, number);
}

void json_add_moment(struct buf *out, struct arena *arena, const char *name, struct moment moment)
{
    json_add_text(out, name, moment_iso(arena, moment));
}

static void add_filled(struct buf *out, const char *name, struct str text)
{
    if (text.n)
        json_add_text(out, name, text);
}

static void add_true(struct buf *out, const char *name, bool value)
{
    if (!value)
        return;
    add_name(out, name);
    buf_add_str(out, STR("true"));
}

static void add_kicker(struct buf *out, struct arena *arena, const struct draft *draft)
{
    if (!draft->kicker_until.ms) {
        add_filled(out, "kicker", draft->kicker);
        return;
    }
    add_name(out, "kicker");
    buf_add_char(out, '{');
    json_add_text(out, "text", draft->kicker);
    json_add_moment(out, arena, "until", draft->kicker_until);
    buf_add_char(out, '}');
}

static void add_hero(struct buf *out, const struct draft *draft)
{
    if (!draft->hero)
        return;
    add_name(out, "hero");
    buf_add_char(out, '{');
    json_add_text(out, "picture", draft->hero_name);
    add_filled(out, "caption", draft->hero_caption);
    add_filled(out, "alt", draft->hero_alt);
    add_filled(out, "credit", draft->hero_credit);
    buf_add_char(out, '}');
}

static void begin_list(struct buf *out, const char *name)
{
    add_name(out, name);
    buf_add_char(out, '[');
}

static void add_bylines(struct buf *out, const struct draft *draft)
{
    begin_list(out, "bylines");
    for (size_t i = 0; i < draft->bylines.n; i++) {
        separate(out);
        buf_add_char(out, '{');
        json_add_text(out, "name", draft->bylines.at[i].name);
        add_filled(out, "role", draft->bylines.at[i].role);
        add_filled(out, "person", draft->bylines.at[i].slug);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_lists(struct buf *out, const struct draft *draft)
{
    begin_list(out, "sections");
    for (size_t i = 0; i < draft->sections.n; i++) {
        separate(out);
        add_string(out, draft->sections.at[i].slug);
    }
    buf_add_char(out, ']');
    begin_list(out, "keywords");
    for (size_t i = 0; i < draft->keywords.n; i++) {
        separate(out);
        add_string(out, draft->keywords.at[i].name);
    }
    buf_add_char(out, ']');
    begin_list(out, "related");
    for (size_t i = 0; i < draft->related.n; i++) {
        separate(out);
        buf_add_int(out, draft->related.at[i]);
    }
    buf_add_char(out, ']');
}

void draft_write_members(struct buf *out, struct arena *arena, const struct draft *draft)
{
    json_add_text(out, "state", article_state_name(draft->state));
    json_add_moment(out, arena, "published", draft->published);
    json_add_text(out, "title", draft->title);
    add_filled(out, "short_title", draft->short_title);
    add_filled(out, "social_title", draft->social_title);
    add_filled(out, "seo_title", draft->seo_title);
    add_kicker(out, arena, draft);
    add_filled(out, "lead", draft->lead);
    add_bylines(out, draft);
    add_filled(out, "report_type", draft->report_type);
    add_filled(out, "byline_text", draft->byline_text);
    add_filled(out, "section", draft->section.slug);
    add_lists(out, draft);
    add_hero(out, draft);
    add_filled(out, "warning", draft->warning);
    add_true(out, "adult", draft->adult);
    add_true(out, "hide_from_latest", draft->hide_from_latest);
    add_filled(out, "source", draft->source);
    add_filled(out, "source_url", draft->source_url);
    add_filled(out, "licence", draft->licence);
    json_add_text(out, "language", draft->language);
    add_name(out, "body");
    buf_add_str(out, draft->body);
}

struct str draft_text(struct arena *arena, const struct draft *draft)
{
    struct buf out = BUF(DRAFT_TEXT_MOST);

    buf_add_char(&out, '{');
    draft_write_members(&out, arena, draft);
    buf_add_char(&out, '}');
    struct str text = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}
