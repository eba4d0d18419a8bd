/* load_store.c - what the desk reads: a whole story to work on, its former versions, lists of any state.
 *
 * None of it depends on tags: the desk always asks the database. Its usual
 * question, the drafts, has an index of its own that published stories do not
 * stand in, so it costs an archive of a million stories nothing.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/article/article.h"
#include "src/article/article_rules.h"
#include "src/article/article_write.h"

const struct fields REVISION_FIELDS =
    FIELDS(struct revision, FIELD(struct revision, version), FIELD(struct revision, at), FIELD(struct revision, who),
           FIELD(struct revision, reason), FIELD(struct revision, content));
const struct fields DESK_ROW_FIELDS =
    FIELDS(struct desk_row, FIELD(struct desk_row, id), FIELD(struct desk_row, day), FIELD(struct desk_row, version),
           FIELD(struct desk_row, state), FIELD(struct desk_row, title), FIELD(struct desk_row, section),
           FIELD(struct desk_row, published), FIELD(struct desk_row, updated), FIELD(struct desk_row, url));

/* A row of article as columns have it. */
struct row {
    struct draft draft;
    struct str state;
    int64_t section;
    struct str section_slug;
};
#define ROW_FIELD(member)                                                                                              \
    FIELD_MAKE(#member, FIELD_TYPE(struct draft, member), FIELD_FOR_DESK, offsetof(struct row, draft.member), NULL)
static const struct fields ROW_FIELDS =
    FIELDS(struct row, ROW_FIELD(id), ROW_FIELD(day), ROW_FIELD(version), ROW_FIELD(published), ROW_FIELD(updated),
           ROW_FIELD(kicker_until), ROW_FIELD(title), ROW_FIELD(short_title), ROW_FIELD(social_title),
           ROW_FIELD(seo_title), ROW_FIELD(kicker), ROW_FIELD(lead), ROW_FIELD(report_type), ROW_FIELD(byline_text),
           ROW_FIELD(warning), ROW_FIELD(source), ROW_FIELD(source_url), ROW_FIELD(licence), ROW_FIELD(language),
           ROW_FIELD(hero), ROW_FIELD(hero_name), ROW_FIELD(hero_caption), ROW_FIELD(hero_alt), ROW_FIELD(hero_credit),
           ROW_FIELD(adult), ROW_FIELD(hide_from_latest), ROW_FIELD(body), ROW_FIELD(has_video), ROW_FIELD(words),
           FIELD(struct row, state), FIELD(struct row, section), FIELD(struct row, section_slug));
static const struct fields SECTION_ROW_FIELDS =
    FIELDS(struct draft_section, FIELD(struct draft_section, id), FIELD(struct draft_section, slug));
static const struct fields KEYWORD_ROW_FIELDS =
    FIELDS(struct draft_keyword, FIELD(struct draft_keyword, id), FIELD(struct draft_keyword, name));
static const struct fields BYLINE_ROW_FIELDS =
    FIELDS(struct draft_byline, FIELD(struct draft_byline, person), FIELD(struct draft_byline, slug),
           FIELD(struct draft_byline, name), FIELD(struct draft_byline, role));
struct related_row {
    int64_t related;
};
static const struct fields RELATED_ROW_FIELDS = FIELDS(struct related_row, FIELD(struct related_row, related));

SQL(load,
    "SELECT a.id, a.day, a.version, a.state, a.published, a.updated, a.title, a.short_title, a.social_title,"
    "  a.seo_title, a.kicker, a.lead, a.report_type, a.byline_text, a.warning, a.source, a.source_url, a.licence,"
    "  a.language, a.section, s.slug AS section_slug, a.hero, m.name AS hero_name, a.hero_caption, a.hero_alt,"
    "  a.hero_credit, a.adult, a.hide_from_latest, a.has_video, a.words, a.body,"
    "  (SELECT min(due) FROM timer WHERE kind = 'kicker_expiry' AND subject = a.id) AS kicker_until"
    "  FROM article a LEFT JOIN section s ON s.id = a.section LEFT JOIN media m ON m.id = a.hero"
    " WHERE a.id = $1",
    .reads = "-");
SQL(load_sections,
    "SELECT s.id, s.slug FROM article_section c JOIN section s ON s.id = c.section"
    " WHERE c.article = $1 AND c.section <> $2 ORDER BY s.place, s.id",
    .reads = "-");
SQL(load_keywords,
    "SELECT k.id, k.name FROM article_keyword c JOIN keyword k ON k.id = c.keyword"
    " WHERE c.article = $1 ORDER BY c.place",
    .reads = "-");
SQL(load_bylines,
    "SELECT b.person, p.slug, b.name, b.role FROM article_person b LEFT JOIN person p ON p.id = b.person"
    " WHERE b.article = $1 ORDER BY b.place",
    .reads = "-");
SQL(load_related, "SELECT related FROM article_related WHERE article = $1 ORDER BY place", .reads = "-");

bool article_load(struct db_reader *db, int64_t id, struct draft *out)
{
    struct row row = {.section = 0};
    LIST(struct related_row) related = {0};

    if (!db_row(db, &load, ARGS(id), &ROW_FIELDS, &row))
        return false;
    *out = row.draft;
    CHECK(article_state_from_name(row.state, &out->state));
    out->section = (struct draft_section){row.section, row.section_slug};
    db_rows(db, &load_sections, ARGS(id, row.section), &SECTION_ROW_FIELDS, &out->sections);
    db_rows(db, &load_keywords, ARGS(id), &KEYWORD_ROW_FIELDS, &out->keywords);
    db_rows(db, &load_bylines, ARGS(id), &BYLINE_ROW_FIELDS, &out->bylines);
    db_rows(db, &load_related, ARGS(id), &RELATED_ROW_FIELDS, &related);
    for (size_t i = 0; i < related.n; i++)
        *LIST_ADD(db_arena(db), &out->related) = related.at[i].related;
    return !db_failed(db);
}

/* --- former versions ------------------------------------------------------------------ */

SQL(list_revisions,
    "SELECT version, at, who, reason, '' AS content FROM revision WHERE article = $1"
    " ORDER BY version DESC LIMIT 200",
    .reads = "-");
SQL(find_revision, "SELECT version, at, who, reason, content FROM revision WHERE article = $1 AND version = $2",
    .reads = "-");

void article_revisions(struct db_reader *db, int64_t id, revision_list *out)
{
    db_rows(db, &list_revisions, ARGS(id), &REVISION_FIELDS, out);
}

bool article_revision_find(struct db_reader *db, int64_t id, int64_t version, struct revision *out)
{
    return db_row(db, &find_revision, ARGS(id, version), &REVISION_FIELDS, out);
}

/* --- lists ------------------------------------------------------------------------------ */

#define DESK_ROWS                                                                                                      \
    "SELECT a.id, a.day, a.version, a.state, a.title, s.slug AS section, a.published, a.updated"                       \
    "  FROM article a LEFT JOIN section s ON s.id = a.section"                                                         \
    " WHERE a.id < $1 AND ($2 = 0 OR a.section = $2)"
#define NEWEST " ORDER BY a.id DESC LIMIT $3"

SQL(list_any, DESK_ROWS NEWEST, .reads = "-");
SQL(list_shown, DESK_ROWS " AND a.listed > 0 AND a.state = $4" NEWEST, .reads = "-");
SQL(list_unlisted, DESK_ROWS " AND a.listed = 0 AND a.state = $4" NEWEST, .reads = "-");

void articles_for_desk(struct db_reader *db, struct str state, int64_t section, int64_t before, int64_t limit,
                       desk_rows *out)
{
    size_t from = out->n;
    enum article_state known = STATE_DRAFT;
    int64_t most = limit < DESK_ROWS_MOST ? limit : DESK_ROWS_MOST, below = before > 0 ? before : INT64_MAX;

    if (state.n == 0)
        db_rows(db, &list_any, ARGS(below, section, most), &DESK_ROW_FIELDS, out);
    else if (article_state_from_name(state, &known))
        db_rows(db, article_state_is_shown(known) ? &list_shown : &list_unlisted, ARGS(below, section, most, state),
                &DESK_ROW_FIELDS, out);
    for (size_t i = from; i < out->n; i++)
        out->at[i].url = article_url(db_arena(db), out->at[i].day, out->at[i].id);
}
