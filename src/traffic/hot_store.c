/* hot_store.c - the hot lists: chosen from ranks, stored in `hot`, read by pages.
 *
 * Choosing: of each section the CANDIDATES highest ranks are the end of one
 * index. Whoever is among the first HOT_MOST of the site is among the first of
 * the section it stands in, so these few thousand rows hold every list,
 * whatever the size of the archive. A story that stands in further sections is
 * offered to those too; it misses their lists only when its own section has
 * CANDIDATES stories that are hotter.
 *
 * Alternative rejected: a table of ranks per section and story, which makes
 * every view several rows to move.
 *
 * Storing: lists are compared with what is there, and a list that stayed as it
 * was writes and touches nothing. What every page of a section shows is only the
 * first HOT_TOP of the day; they have the tag "hot:", the whole lists "hot-list:".
 */
#include "src/traffic/traffic.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/section/section.h"

#define CANDIDATES "100"

const struct fields HOT_ROW_FIELDS = FIELDS(struct hot_row, FIELD(struct hot_row, article));

struct candidate {
    int64_t article, rank, section; /* one row for each section it stands in */
};
static const struct fields CANDIDATE_FIELDS = FIELDS(struct candidate, FIELD(struct candidate, article),
                                                     FIELD(struct candidate, rank), FIELD(struct candidate, section));

/* A story that was withdrawn or moved since its last view is not offered by its old section. */
SQL(most_viewed_of_day,
    "SELECT v.article, v.day_rank AS rank, s.section"
    "  FROM (SELECT article, day_rank FROM view_count WHERE section = $1 AND day_rank >= $2"
    "         ORDER BY day_rank DESC, article DESC LIMIT " CANDIDATES ") v"
    "  JOIN article a ON a.id = v.article AND a.listed > 0 AND a.section = $1"
    "  JOIN article_section s ON s.article = v.article",
    .reads = "-");
SQL(most_viewed_of_week,
    "SELECT v.article, v.week_rank AS rank, s.section"
    "  FROM (SELECT article, week_rank FROM view_count WHERE section = $1 AND week_rank >= $2"
    "         ORDER BY week_rank DESC, article DESC LIMIT " CANDIDATES ") v"
    "  JOIN article a ON a.id = v.article AND a.listed > 0 AND a.section = $1"
    "  JOIN article_section s ON s.article = v.article",
    .reads = "-");

SQL(top, "SELECT article FROM hot WHERE section = $1 AND span = 'day' AND place <= 20 ORDER BY place",
    .reads = "hot:$1");
SQL(whole, "SELECT article FROM hot WHERE section = $1 AND span = $2 ORDER BY place", .reads = "hot-list:$1");
SQL(clear, "DELETE FROM hot WHERE section = $1 AND span = $2", .touches = "hot-list:$1");
SQL(clear_with_top, "DELETE FROM hot WHERE section = $1 AND span = $2", .touches = "hot-list:$1 hot:$1");
SQL(add, "INSERT INTO hot (section, span, place, article) VALUES ($1, $2, $3, $4)", .touches = "-");

void hot_top(struct db_reader *db, int64_t section, hot_rows *out)
{
    db_rows(db, &top, ARGS(section), &HOT_ROW_FIELDS, out);
}

void hot_list(struct db_reader *db, int64_t section, enum span span, hot_rows *out)
{
    db_rows(db, &whole, ARGS(section, span_name(span)), &HOT_ROW_FIELDS, out);
}

/* --- choosing ---------------------------------------------------------------------- */

/* A list being made, hottest first. */
struct ranking {
    int64_t section;
    size_t n;
    struct {
        int64_t article, rank;
    } at[HOT_MOST];
};

static bool is_before(int64_t rank_a, int64_t article_a, int64_t rank_b, int64_t article_b)
{
    return rank_a != rank_b ? rank_a > rank_b : article_a > article_b;
}

static void offer(struct ranking *ranking, const struct candidate *candidate)
{
    size_t place = ranking->n;

    for (size_t i = 0; i < ranking->n; i++)
        if (ranking->at[i].article == candidate->article)
            return;
    while (place > 0 &&
           is_before(candidate->rank, candidate->article, ranking->at[place - 1].rank, ranking->at[place - 1].article))
        place--;
    if (place == HOT_MOST)
        return;
    if (ranking->n < HOT_MOST)
        ranking->n++;
    memmove(&ranking->at[place + 1], &ranking->at[place], (ranking->n - 1 - place) * sizeof ranking->at[0]);
    ranking->at[place].article = candidate->article;
    ranking->at[place].rank = candidate->rank;
}

/* The first of `rankings` is the site's. */
static void choose(struct db_reader *db, struct moment now, enum span span, struct ranking *rankings, size_t n)
{
    const struct db_statement *most_viewed = span == SPAN_DAY ? &most_viewed_of_day : &most_viewed_of_week;
    struct arena *arena = db_arena(db);

    for (size_t from = 0; from < n; from++) {
        struct arena_mark mark = arena_mark(arena);
        LIST(struct candidate) candidates = {0};
        db_rows(db, most_viewed, ARGS(rankings[from].section, rank_floor(now, span)), &CANDIDATE_FIELDS, &candidates);
        for (size_t i = 0; i < candidates.n; i++) {
            offer(&rankings[0], &candidates.at[i]);
            for (size_t to = 1; to < n; to++)
                if (rankings[to].section == candidates.at[i].section)
                    offer(&rankings[to], &candidates.at[i]);
        }
        arena_back(arena, mark);
    }
}

/* --- storing ------------------------------------------------------------------------ */

/* How many of the first rows are as they were; HOT_MOST when all are. */
static size_t same_rows(const struct ranking *ranking, const hot_rows *stored)
{
    size_t same = 0;

    while (same < ranking->n && same < stored->n && ranking->at[same].article == stored->at[same].article)
        same++;
    return same == ranking->n && same == stored->n ? HOT_MOST : same;
}

static bool store(struct db_tx *tx, enum span span, const struct ranking *ranking)
{
    hot_rows stored = {0};

    hot_list(db_tx_reader(tx), ranking->section, span, &stored);
    size_t same = same_rows(ranking, &stored);
    if (same == HOT_MOST)
        return false;
    db_exec(tx, span == SPAN_DAY && same < HOT_TOP ? &clear_with_top : &clear, ARGS(ranking->section, span_name(span)));
    for (size_t i = 0; i < ranking->n; i++)
        db_exec(tx, &add, ARGS(ranking->section, span_name(span), (int64_t)i + 1, ranking->at[i].article));
    return true;
}

int64_t hot_recompute(struct db_tx *tx, struct moment now)
{
    struct db_reader *db = db_tx_reader(tx);
    sections known = {0};
    int64_t changed = 0;

    sections_list(db, &known);
    for (enum span span = 0; span < SPAN_COUNT; span++) {
        size_t n = known.n + 1;
        struct ranking *rankings = ARENA_ARRAY(db_arena(db), struct ranking, n);
        rankings[0].section = SECTION_SITE;
        for (size_t i = 1; i < n; i++)
            rankings[i].section = known.at[i - 1].id;
        choose(db, now, span, rankings, n);
        for (size_t i = 0; i < n; i++)
            changed += store(tx, span, &rankings[i]);
    }
    return changed;
}
