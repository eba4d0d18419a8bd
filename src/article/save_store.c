/* save_store.c - inserting and changing stories, and the rows other tables keep about them.
 *
 * The invariant: `listed` in article, article_section, article_keyword and
 * article_person is the same moment, or 0 in all of them; keyword.stories is the
 * number of listed rows. Membership rows of a draft exist with listed 0, so
 * publishing is one more save and nothing else.
 *
 * Each statement exists twice, one that names the tags it touches and one that
 * touches none: a draft nobody sees must not make a page stale, and an import
 * must not collect a hundred thousand tags.
 */
#include "src/article/article_write.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/article/article.h"
#include "src/article/article_rules.h"
#include "src/article/draft_json.h"
#include "src/keyword/keyword.h"
#include "src/phrase/phrase.h"

/* TOLD: touches the tags of everything that changes. */
enum telling { UNTOLD, TOLD };

/* name[UNTOLD] and name[TOLD] */
#define SQL_BOTH(name, text, tags)                                                                                     \
    SQL(name##_untold, text, .touches = "-");                                                                          \
    SQL(name##_told, text, .touches = tags);                                                                           \
    static const struct db_statement *const name[] = {[UNTOLD] = &name##_untold, [TOLD] = &name##_told}

#define CONTENT                                                                                                        \
    "day, state, published, updated, title, title_breaks, short_title, short_breaks, kicker, section, hero,"           \
    " has_video, hide_from_latest, adult, lead, hero_caption, hero_alt, hero_credit, social_title, seo_title,"         \
    " report_type, byline_text, warning, source, source_url, licence, language, words, body"
#define CONTENT_VALUES                                                                                                 \
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,"   \
    " $25, $26, $27, $28, $29"
#define PLACES "day, day / 100 AS tag_month, id / 2000 AS tag_block"
_Static_assert(STORY_BLOCK == 2000, "PLACES names the size of a block");

SQL_BOTH(add_article,
         "INSERT INTO article (id, version, listed, " CONTENT ")"
         " SELECT coalesce(max(id), 0) + 1, 1, $30, " CONTENT_VALUES " FROM article"
         " RETURNING id, " PLACES,
         "story:{id} day:{day} month:{tag_month} block:{tag_block} archive");
SQL(add_article_as, "INSERT INTO article (id, version, listed, " CONTENT ") VALUES ($31, 1, $30, " CONTENT_VALUES ")",
    .touches = "-");
SQL(highest, "SELECT max(id) FROM article", .reads = "-");
SQL_BOTH(change_article,
         "UPDATE article SET (" CONTENT ", listed) = (" CONTENT_VALUES ", $30), version = version + 1"
         " WHERE id = $31"
         " RETURNING " PLACES,
         "story:$31 block:{tag_block}");
SQL_BOTH(list_article, "UPDATE article SET listed = $2 WHERE id = $1 RETURNING " PLACES,
         "story:$1 day:{day} month:{tag_month} block:{tag_block} archive");

SQL_BOTH(add_section,
         "INSERT INTO article_section (section, listed, article) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
         "section:$1");
SQL_BOTH(drop_sections, "DELETE FROM article_section WHERE article = $1 RETURNING section", "section:{section}");
SQL_BOTH(add_keyword,
         "INSERT INTO article_keyword (keyword, listed, article, place) VALUES ($1, $2, $3, $4)"
         " ON CONFLICT DO NOTHING",
         "keyword:$1 story:$3");
SQL_BOTH(drop_keywords, "DELETE FROM article_keyword WHERE article = $1 RETURNING keyword",
         "keyword:{keyword} story:$1");
SQL_BOTH(add_person,
         "INSERT INTO article_person (person, listed, article, place, name, role) VALUES ($1, $2, $3, $4, $5, $6)",
         "person:$1 story:$3");
SQL_BOTH(drop_people, "DELETE FROM article_person WHERE article = $1 RETURNING person", "person:{person} story:$1");
SQL_BOTH(add_related, "INSERT INTO article_related (article, place, related) VALUES ($1, $2, $3)", "story:$1");
SQL_BOTH(drop_related, "DELETE FROM article_related WHERE article = $1", "story:$1");

SQL(drop_timer, "DELETE FROM timer WHERE kind = $1 AND subject = $2", .touches = "-");
SQL(add_timer, "INSERT INTO timer (id, due, kind, subject) SELECT coalesce(max(id), 0) + 1, $1, $2, $3 FROM timer",
    .touches = "-");
SQL(add_revision, "INSERT INTO revision (article, version, at, who, reason, content) VALUES ($1, $2, $3, $4, $5, $6)",
    .touches = "-");
SQL(add_correction,
    "INSERT INTO correction (id, article, at, kind, note)"
    " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4 FROM correction"
    " RETURNING id",
    .touches = "story:$1 corrections");

static int64_t listed_of(const struct draft *draft)
{
    return article_state_is_shown(draft->state) ? draft->published.ms : 0;
}

/* --- the story's own row ----------------------------------------------------------------- */

/* Names a headline must not divide. */
static word_list words_kept_whole(struct arena *arena, const struct draft *draft)
{
    word_list words = {0};

    for (size_t i = 0; i < draft->keywords.n; i++)
        *LIST_ADD(arena, &words) = draft->keywords.at[i].name;
    for (size_t i = 0; i < draft->bylines.n; i++)
        *LIST_ADD(arena, &words) = draft->bylines.at[i].name;
    return words;
}

/* Runs a statement whose arguments are CONTENT_VALUES, the moment it is listed at and its number; returns its first
 * cell. */
static int64_t write_row(struct db_tx *tx, const struct db_statement *statement, const struct draft *draft)
{
    struct arena *arena = db_arena(db_tx_reader(tx));
    word_list whole = words_kept_whole(arena, draft);
    struct str breaks = phrase_breaks(arena, draft->title, &whole);
    struct str short_breaks = phrase_breaks(arena, draft->short_title, &whole);
    struct moment updated = draft->updated.ms ? draft->updated : draft->published;

    return db_exec_int(tx, statement,
                       ARGS(draft->day, article_state_name(draft->state), draft->published, updated, draft->title,
                            breaks, draft->short_title, short_breaks, draft->kicker, draft->section.id, draft->hero,
                            draft->has_video, draft->hide_from_latest, draft->adult, draft->lead, draft->hero_caption,
                            draft->hero_alt, draft->hero_credit, draft->social_title, draft->seo_title,
                            draft->report_type, draft->byline_text, draft->warning, draft->source, draft->source_url,
                            draft->licence, draft->language, draft->words, draft->body, listed_of(draft), draft->id),
                       0);
}

/* --- the lists it stands in ---------------------------------------------------------------- */

static void add_sections(struct db_tx *tx, const struct draft *draft, enum telling telling)
{
    int64_t listed = listed_of(draft);

    if (!draft->hide_from_latest)
        db_exec(tx, add_section[telling], ARGS(0, listed, draft->id));
    if (draft->section.id)
        db_exec(tx, add_section[telling], ARGS(draft->section.id, listed, draft->id));
    for (size_t i = 0; i < draft->sections.n; i++)
        db_exec(tx, add_section[telling], ARGS(draft->sections.at[i].id, listed, draft->id));
}

static void add_keywords(struct db_tx *tx, const struct draft *draft, enum telling telling)
{
    for (size_t i = 0; i < draft->keywords.n; i++)
        db_exec(tx, add_keyword[telling], ARGS(draft->keywords.at[i].id, listed_of(draft), draft->id, (int64_t)i + 1));
    if (telling == TOLD && draft->keywords.n && listed_of(draft))
        keywords_count_story(tx, draft->id, 1);
}

static void add_people(struct db_tx *tx, const struct draft *draft, enum telling telling)
{
    for (size_t i = 0; i < draft->bylines.n; i++) {
        const struct draft_byline *byline = &draft->bylines.at[i];
        db_exec(tx, add_person[telling],
                ARGS(byline->person, listed_of(draft), draft->id, (int64_t)i + 1, byline->name, byline->role));
    }
}

static void add_all_related(struct db_tx *tx, const struct draft *draft, enum telling telling)
{
    for (size_t i = 0; i < draft->related.n; i++)
        db_exec(tx, add_related[telling], ARGS(draft->id, (int64_t)i + 1, draft->related.at[i]));
}

static bool same_sections(const struct draft *a, const struct draft *b)
{
    bool same =
        a->hide_from_latest == b->hide_from_latest && a->section.id == b->section.id && a->sections.n == b->sections.n;

    for (size_t i = 0; same && i < a->sections.n; i++)
        same = a->sections.at[i].id == b->sections.at[i].id;
    return same;
}

static bool same_keywords(const struct draft *a, const struct draft *b)
{
    bool same = a->keywords.n == b->keywords.n;

    for (size_t i = 0; same && i < a->keywords.n; i++)
        same = a->keywords.at[i].id == b->keywords.at[i].id;
    return same;
}

static bool same_people(const struct draft *a, const struct draft *b)
{
    bool same = a->bylines.n == b->bylines.n;

    for (size_t i = 0; same && i < a->bylines.n; i++)
        same = a->bylines.at[i].person == b->bylines.at[i].person &&
               str_equal(a->bylines.at[i].name, b->bylines.at[i].name) &&
               str_equal(a->bylines.at[i].role, b->bylines.at[i].role);
    return same;
}

static bool same_related(const struct draft *a, const struct draft *b)
{
    return a->related.n == b->related.n &&
           (a->related.n == 0 || memcmp(a->related.at, b->related.at, a->related.n * sizeof *a->related.at) == 0);
}

/* Rows are rewritten where they differ; moving a listed story touches where it was and where it is. */
static void rewrite_lists(struct db_tx *tx, const struct draft *former, const struct draft *draft, enum telling telling)
{
    bool moved = listed_of(former) != listed_of(draft);

    if (moved || !same_sections(former, draft)) {
        db_exec(tx, drop_sections[telling], ARGS(draft->id));
        add_sections(tx, draft, telling);
    }
    if (moved || !same_keywords(former, draft)) {
        if (listed_of(former))
            keywords_count_story(tx, draft->id, -1);
        db_exec(tx, drop_keywords[telling], ARGS(draft->id));
        add_keywords(tx, draft, telling);
    }
    if (moved || !same_people(former, draft)) {
        db_exec(tx, drop_people[telling], ARGS(draft->id));
        add_people(tx, draft, telling);
    }
    if (!same_related(former, draft)) {
        db_exec(tx, drop_related[telling], ARGS(draft->id));
        add_all_related(tx, draft, telling);
    }
}

/* --- the clock -------------------------------------------------------------------------------- */

static void set_timer(struct db_tx *tx, struct str kind, int64_t id, struct moment former, struct moment due)
{
    if (former.ms == due.ms)
        return;
    if (former.ms)
        db_exec(tx, &drop_timer, ARGS(kind, id));
    if (due.ms)
        db_exec(tx, &add_timer, ARGS(due, kind, id));
}

static struct moment due_of(const struct draft *draft)
{
    return draft->state == STATE_SCHEDULED ? draft->published : (struct moment){0};
}

static void set_timers(struct db_tx *tx, const struct draft *former, const struct draft *draft)
{
    set_timer(tx, STR("publish_due"), draft->id, due_of(former), due_of(draft));
    set_timer(tx, STR("kicker_expiry"), draft->id, former->kicker_until, draft->kicker_until);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* All that belongs to a story whose own row is there. */
static void add_rest(struct db_tx *tx, const struct draft *draft, enum telling telling)
{
    static const struct draft nothing = {.state = STATE_DRAFT};

    add_sections(tx, draft, telling);
    add_keywords(tx, draft, telling);
    add_people(tx, draft, telling);
    add_all_related(tx, draft, telling);
    set_timers(tx, &nothing, draft);
}

int64_t article_insert(struct db_tx *tx, const struct draft *draft)
{
    struct draft added = *draft;
    enum telling telling = listed_of(draft) ? TOLD : UNTOLD;

    CHECK(draft->published.ms != 0);
    added.day = moment_day(draft->published);
    added.id = write_row(tx, add_article[telling], &added);
    add_rest(tx, &added, telling);
    return added.id;
}

int64_t article_next(struct db_reader *db)
{
    return db_int(db, &highest, NO_ARGS, 0) + 1;
}

void article_insert_untold(struct db_tx *tx, const struct draft *draft)
{
    struct draft added = *draft;

    CHECK(draft->published.ms != 0 && draft->id > 0);
    added.day = moment_day(draft->published);
    write_row(tx, &add_article_as, &added);
    add_rest(tx, &added, UNTOLD);
}

void article_save(struct db_tx *tx, const struct draft *former, const struct draft *draft, const struct change *change)
{
    struct draft saved = *draft;
    bool was_seen = listed_of(former) != 0, is_seen = listed_of(draft) != 0;
    enum telling telling = was_seen || is_seen ? TOLD : UNTOLD;

    CHECK(draft->id == former->id && draft->published.ms != 0);
    if (was_seen)
        db_exec(tx, &add_revision,
                ARGS(former->id, former->version, change->now, change->who, change->reason,
                     draft_text(db_arena(db_tx_reader(tx)), former)));
    /* an address that was public stays */
    saved.day = was_seen || former->state == STATE_WITHDRAWN ? former->day : moment_day(draft->published);
    write_row(tx, change_article[telling], &saved);
    if (listed_of(former) != listed_of(draft))
        db_exec(tx, list_article[telling], ARGS(saved.id, listed_of(draft)));
    rewrite_lists(tx, former, &saved, telling);
    set_timers(tx, former, &saved);
}

int64_t article_correction_add(struct db_tx *tx, int64_t id, struct moment at, struct str kind, struct str note)
{
    return db_exec_int(tx, &add_correction, ARGS(id, at, kind, note), 0);
}

void article_publish_due(struct db_tx *tx, int64_t id, struct moment now)
{
    struct draft former, draft;

    if (!article_load(db_tx_reader(tx), id, &former) || former.state != STATE_SCHEDULED || former.published.ms > now.ms)
        return;
    draft = former;
    draft.state = STATE_PUBLISHED;
    article_save(tx, &former, &draft, &(struct change){now, STR("timer"), STR("scheduled")});
}

void article_kicker_expired(struct db_tx *tx, int64_t id, struct moment now)
{
    struct draft former, draft;

    if (!article_load(db_tx_reader(tx), id, &former) || former.kicker.n == 0 || former.kicker_until.ms > now.ms)
        return;
    draft = former;
    draft.kicker = STR("");
    draft.kicker_until = (struct moment){0};
    article_save(tx, &former, &draft, &(struct change){now, STR("timer"), STR("kicker expired")});
}
