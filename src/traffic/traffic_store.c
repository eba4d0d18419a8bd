/* traffic_store.c - views merged into `view_count`.
 *
 * Two statements per viewed story, each a search by number: where the story
 * stands and what it has, then its new row. Only rank and section are indexed;
 * a story's row moves in these indexes when it is viewed and at no other time,
 * because ranks do not fade (traffic_rules.h).
 */
#include "src/traffic/traffic.h"

#include "src/traffic/traffic_rules.h"

struct counted {
    int64_t section, day_score, week_score;
    struct moment at;
};
static const struct fields COUNTED_FIELDS =
    FIELDS(struct counted, FIELD(struct counted, section), FIELD(struct counted, day_score),
           FIELD(struct counted, week_score), FIELD(struct counted, at));

SQL(find_counted,
    "SELECT a.section, coalesce(v.day_score, 0) AS day_score, coalesce(v.week_score, 0) AS week_score,"
    "       coalesce(v.at, 0) AS at"
    "  FROM article a LEFT JOIN view_count v ON v.article = a.id"
    " WHERE a.id = $1 AND a.listed > 0",
    .reads = "-");
SQL(put,
    "INSERT INTO view_count (article, section, at, day_score, week_score, day_rank, week_rank, total)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (article) DO UPDATE SET section = excluded.section, at = excluded.at,"
    "  day_score = excluded.day_score, week_score = excluded.week_score,"
    "  day_rank = excluded.day_rank, week_rank = excluded.week_rank, total = view_count.total + excluded.total",
    .touches = "-");
SQL(total, "SELECT total FROM view_count WHERE article = $1", .reads = "-");

static bool merge_one(struct db_tx *tx, struct moment at, int64_t story, int64_t count)
{
    struct counted was;

    if (count < 1 || !db_row(db_tx_reader(tx), &find_counted, ARGS(story), &COUNTED_FIELDS, &was))
        return false;
    if (at.ms < was.at.ms) /* a clock was set back: the views count as of the later moment */
        at = was.at;
    if (count > VIEWS_MOST)
        count = VIEWS_MOST;
    int64_t day = score_with_views(was.day_score, was.at, at, count, SPAN_DAY);
    int64_t week = score_with_views(was.week_score, was.at, at, count, SPAN_WEEK);
    db_exec(
        tx, &put,
        ARGS(story, was.section, at, day, week, score_rank(day, at, SPAN_DAY), score_rank(week, at, SPAN_WEEK), count));
    return true;
}

int64_t traffic_merge(struct db_tx *tx, struct moment at, const struct views *views, size_t n)
{
    int64_t counted = 0;

    for (size_t i = 0; i < n; i++)
        counted += merge_one(tx, at, views[i].story, views[i].count);
    return counted;
}

int64_t traffic_total(struct db_reader *db, int64_t story)
{
    return db_int(db, &total, ARGS(story), 0);
}
