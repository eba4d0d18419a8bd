/* article_store.c - one story as readers see it: head, body, who made it, what it is about, what was corrected.
 *
 * A story with its section's name and its picture is one row; the lists that
 * belong to it are one question each, because every page part asks only for
 * those it shows. Columns named ..._url hold file names until `complete` makes
 * addresses of them.
 */
#include "src/article/article.h"

#include "lib/base/arena.h"
#include "src/article/card.h"
#include "src/keyword/keyword.h"
#include "src/phrase/phrase.h"
#include "src/staff/staff.h"

const struct fields ARTICLE_FIELDS = FIELDS(
    struct article, FIELD(struct article, id), FIELD(struct article, day), FIELD(struct article, version),
    FIELD(struct article, state), FIELD(struct article, listed), FIELD(struct article, published),
    FIELD(struct article, updated), FIELD(struct article, url), FIELD(struct article, title),
    FIELD(struct article, title_breaks), FIELD(struct article, short_title), FIELD(struct article, short_breaks),
    FIELD(struct article, kicker), FIELD(struct article, lead), FIELD(struct article, headline),
    FIELD(struct article, social_title), FIELD(struct article, seo_title), FIELD(struct article, report_type),
    FIELD(struct article, byline_text), FIELD(struct article, warning), FIELD(struct article, source),
    FIELD(struct article, source_url), FIELD(struct article, licence), FIELD(struct article, language),
    FIELD(struct article, section), FIELD(struct article, section_name), FIELD(struct article, section_slug),
    FIELD(struct article, section_url), FIELD(struct article, hero), FIELD(struct article, hero_name),
    FIELD(struct article, hero_url), FIELD(struct article, hero_small_url), FIELD(struct article, hero_width),
    FIELD(struct article, hero_height), FIELD(struct article, hero_small_width),
    FIELD(struct article, hero_small_height), FIELD(struct article, hero_caption), FIELD(struct article, hero_alt),
    FIELD(struct article, hero_credit), FIELD(struct article, has_video), FIELD_DESK(struct article, hide_from_latest),
    FIELD(struct article, adult), FIELD(struct article, words), FIELD(struct article, body));
const struct fields BYLINE_FIELDS =
    FIELDS(struct byline, FIELD(struct byline, person), FIELD(struct byline, name), FIELD(struct byline, role),
           FIELD(struct byline, slug), FIELD(struct byline, url));
const struct fields STORY_KEYWORD_FIELDS =
    FIELDS(struct story_keyword, FIELD(struct story_keyword, id), FIELD(struct story_keyword, slug),
           FIELD(struct story_keyword, name), FIELD(struct story_keyword, type), FIELD(struct story_keyword, url));
const struct fields CORRECTION_FIELDS =
    FIELDS(struct correction, FIELD(struct correction, id), FIELD(struct correction, at),
           FIELD(struct correction, kind), FIELD(struct correction, note));
const struct fields TOLD_CORRECTION_FIELDS =
    FIELDS(struct told_correction, FIELD(struct told_correction, id), FIELD(struct told_correction, article),
           FIELD(struct told_correction, day), FIELD(struct told_correction, at), FIELD(struct told_correction, listed),
           FIELD(struct told_correction, kind), FIELD(struct told_correction, note),
           FIELD(struct told_correction, title), FIELD(struct told_correction, url));

SQL(find_published,
    "SELECT a.id, a.day, a.version, a.state, a.listed, a.published, a.updated, a.title, a.title_breaks, a.short_title,"
    "  a.short_breaks, a.kicker, a.lead, a.social_title, a.seo_title, a.report_type, a.byline_text, a.warning,"
    "  a.source, a.source_url, a.licence, a.language, a.section, s.name AS section_name, s.slug AS section_slug,"
    "  a.hero, m.name AS hero_name, m.file AS hero_url, m.small_file AS hero_small_url, m.width AS hero_width,"
    "  m.height AS hero_height, m.small_width AS hero_small_width,"
    "  coalesce(nullif(a.hero_caption, ''), m.caption) AS hero_caption,"
    "  coalesce(nullif(a.hero_alt, ''), m.alt) AS hero_alt,"
    "  coalesce(nullif(a.hero_credit, ''), m.credit) AS hero_credit,"
    "  a.has_video, a.hide_from_latest, a.adult, a.words, a.body"
    "  FROM article a LEFT JOIN section s ON s.id = a.section LEFT JOIN media m ON m.id = a.hero"
    " WHERE a.id = $1 AND a.listed > 0",
    .reads = "story:$1 sections media:{hero}");
SQL(find_standing, "SELECT day, section, state, listed FROM article WHERE id = $1", .reads = "story:$1");
SQL(find_bylines,
    "SELECT b.person, b.name, b.role, p.slug"
    "  FROM article_person b LEFT JOIN person p ON p.id = b.person"
    " WHERE b.article = $1 AND b.listed > 0 ORDER BY b.place",
    .reads = "story:$1 person:{person}");
SQL(find_keywords,
    "SELECT k.id, k.slug, k.name, k.type"
    "  FROM article_keyword c JOIN keyword k ON k.id = c.keyword"
    " WHERE c.article = $1 AND c.listed > 0 ORDER BY c.place",
    .reads = "story:$1 keyword-names:{id}");
SQL(find_corrections,
    "SELECT id, at, kind, note FROM correction WHERE article = $1 ORDER BY at DESC, id DESC LIMIT 100",
    .reads = "story:$1");
/* Those of withdrawn stories too: they may come back. */
SQL(latest_corrections,
    "SELECT c.id, c.article, c.at, c.kind, c.note, a.day, a.title, a.listed"
    "  FROM correction c LEFT JOIN article a ON a.id = c.article ORDER BY c.id DESC LIMIT $1",
    .reads = "corrections story:{article}");

static void complete(struct arena *arena, struct article *story)
{
    struct picture picture = {story->hero_url,    story->hero_small_url,   story->hero_width,
                              story->hero_height, story->hero_small_width, 0};

    picture_complete(arena, &picture);
    story->hero_url = picture.url;
    story->hero_small_url = picture.small_url;
    story->hero_small_width = picture.small_width;
    story->hero_small_height = picture.small_height;
    story->url = article_url(arena, story->day, story->id);
    story->section_url = card_section_url(arena, story->section_slug);
    story->headline = phrase_html_clauses(arena, story->title, story->title_breaks);
}

bool article_find_published(struct db_reader *db, int64_t id, struct article *out)
{
    *out = (struct article){0};
    if (!db_row(db, &find_published, ARGS(id), &ARTICLE_FIELDS, out))
        return false;
    complete(db_arena(db), out);
    return true;
}

struct standing {
    int64_t day, section;
    struct str state;
    struct moment listed;
};
static const struct fields STANDING_FIELDS =
    FIELDS(struct standing, FIELD(struct standing, day), FIELD(struct standing, section), FIELD(struct standing, state),
           FIELD(struct standing, listed));

enum article_standing article_place_of(struct db_reader *db, int64_t id, int64_t *day, int64_t *section)
{
    struct standing standing;
    bool shown, gone;

    *day = *section = 0;
    if (!db_row(db, &find_standing, ARGS(id), &STANDING_FIELDS, &standing))
        return ARTICLE_UNKNOWN;
    shown = standing.listed.ms > 0;
    gone = str_equal(standing.state, STR("withdrawn"));
    if (shown || gone)
        *day = standing.day;
    *section = standing.section;
    return shown ? ARTICLE_SHOWN : gone ? ARTICLE_GONE : ARTICLE_UNKNOWN;
}

enum article_standing article_state_of(struct db_reader *db, int64_t id, int64_t *day)
{
    int64_t section;

    return article_place_of(db, id, day, &section);
}

void article_bylines(struct db_reader *db, int64_t id, byline_list *out)
{
    size_t from = out->n;

    db_rows(db, &find_bylines, ARGS(id), &BYLINE_FIELDS, out);
    for (size_t i = from; i < out->n; i++) {

        out->at[i].url = out->at[i].slug.n ? person_url(db_arena(db), out->at[i].slug) : STR("");
    }
}

void article_keywords(struct db_reader *db, int64_t id, story_keywords *out)
{
    size_t from = out->n;

    db_rows(db, &find_keywords, ARGS(id), &STORY_KEYWORD_FIELDS, out);
    for (size_t i = from; i < out->n; i++)
        out->at[i].url = keyword_url(db_arena(db), out->at[i].slug);
}

void article_corrections(struct db_reader *db, int64_t id, correction_list *out)
{
    db_rows(db, &find_corrections, ARGS(id), &CORRECTION_FIELDS, out);
}

void corrections_latest(struct db_reader *db, size_t limit, told_corrections *out)
{
    told_corrections all = {0};
    size_t added = 0;

    db_rows(db, &latest_corrections, ARGS(CORRECTIONS_LOOKED_AT), &TOLD_CORRECTION_FIELDS, &all);
    for (size_t i = 0; i < all.n && added < limit; i++) {
        if (!all.at[i].listed.ms)
            continue;
        all.at[i].url = article_url(db_arena(db), all.at[i].day, all.at[i].article);
        *LIST_ADD(db_arena(db), out) = all.at[i];
        added++;
    }
}
