/* paper_store.c - see paper_store.h. */
#include "src/paper/paper_store.h"

#include "lib/base/arena.h"

const struct fields PAPER_STATS_FIELDS = FIELDS(
    struct paper_stats, FIELD(struct paper_stats, articles), FIELD(struct paper_stats, published),
    FIELD(struct paper_stats, scheduled), FIELD(struct paper_stats, drafts), FIELD(struct paper_stats, withdrawn),
    FIELD(struct paper_stats, corrections), FIELD(struct paper_stats, revisions), FIELD(struct paper_stats, sections),
    FIELD(struct paper_stats, people), FIELD(struct paper_stats, keywords), FIELD(struct paper_stats, media),
    FIELD(struct paper_stats, flashes), FIELD(struct paper_stats, videos), FIELD(struct paper_stats, topics),
    FIELD(struct paper_stats, pages), FIELD(struct paper_stats, redirects), FIELD(struct paper_stats, timers),
    FIELD(struct paper_stats, views), FIELD(struct paper_stats, newest), FIELD(struct paper_stats, change));
const struct fields MEDIA_NAME_FIELDS = FIELDS(struct media_name, FIELD(struct media_name, file));
const struct fields STORED_BODY_FIELDS =
    FIELDS(struct stored_body, FIELD(struct stored_body, id), FIELD(struct stored_body, body));

SQL(stats,
    "SELECT /*scan*/ (SELECT count(*) FROM article) AS articles,"
    "  (SELECT count(*) FROM article WHERE listed > 0) AS published,"
    "  (SELECT count(*) FROM article WHERE listed = 0 AND state = 'scheduled') AS scheduled,"
    "  (SELECT count(*) FROM article WHERE listed = 0 AND state IN ('draft', 'review')) AS drafts,"
    "  (SELECT count(*) FROM article WHERE listed = 0 AND state = 'withdrawn') AS withdrawn,"
    "  (SELECT count(*) FROM correction) AS corrections, (SELECT count(*) FROM revision) AS revisions,"
    "  (SELECT count(*) FROM section) AS sections, (SELECT count(*) FROM person) AS people,"
    "  (SELECT count(*) FROM keyword WHERE merged_into = 0) AS keywords, (SELECT count(*) FROM media) AS media,"
    "  (SELECT count(*) FROM flash WHERE listed = 1) AS flashes,"
    "  (SELECT count(*) FROM video WHERE listed > 0) AS videos,"
    "  (SELECT count(*) FROM topic WHERE listed > 0) AS topics, (SELECT count(*) FROM page) AS pages,"
    "  (SELECT count(*) FROM redirect) AS redirects, (SELECT count(*) FROM timer) AS timers,"
    "  (SELECT CAST(coalesce(sum(total), 0) AS BIGINT) FROM view_count) AS views,"
    "  (SELECT coalesce(max(listed), 0) FROM article) AS newest,"
    "  (SELECT coalesce(max(sequence), 0) FROM change) AS change",
    .reads = "-");

void paper_stats(struct db_reader *db, struct paper_stats *out)
{
    *out = (struct paper_stats){0};
    db_row(db, &stats, NO_ARGS, &PAPER_STATS_FIELDS, out);
}

/* --- rules ------------------------------------------------------------------------- */

SQL(shown_in_wrong_state,
    "SELECT /*scan*/ count(*) FROM article WHERE (listed > 0) <> (state IN ('published', 'corrected'))", .reads = "-");
SQL(missing_from_latest,
    "SELECT /*scan*/ count(*) FROM article a WHERE a.listed > 0 AND a.hide_from_latest = 0"
    "  AND NOT EXISTS (SELECT 1 FROM article_section s WHERE s.section = 0 AND s.listed = a.listed AND s.article = "
    "a.id)",
    .reads = "-");
SQL(section_rows_that_lie,
    "SELECT /*scan*/ count(*) FROM article_section s LEFT JOIN article a ON a.id = s.article"
    " WHERE a.id IS NULL OR a.listed <> s.listed",
    .reads = "-");
SQL(keyword_rows_that_lie,
    "SELECT /*scan*/ count(*) FROM article_keyword k LEFT JOIN article a ON a.id = k.article"
    " WHERE a.id IS NULL OR a.listed <> k.listed",
    .reads = "-");
SQL(person_rows_that_lie,
    "SELECT /*scan*/ count(*) FROM article_person p LEFT JOIN article a ON a.id = p.article"
    " WHERE a.id IS NULL OR a.listed <> p.listed",
    .reads = "-");
SQL(keyword_counts_that_lie,
    "SELECT /*scan*/ count(*) FROM keyword k WHERE k.merged_into = 0 AND k.stories <>"
    "  (SELECT count(*) FROM article_keyword a WHERE a.keyword = k.id AND a.listed > 0)",
    .reads = "-");
SQL(stories_without_section,
    "SELECT /*scan*/ count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM section s WHERE s.id = a.section)",
    .reads = "-");
SQL(timers_without_subject,
    "SELECT /*scan*/ count(*) FROM article a WHERE a.state = 'scheduled'"
    "  AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.kind = 'publish_due' AND t.subject = a.id)",
    .reads = "-");

static const struct {
    const struct db_statement *count;
    struct str rule;
} RULES[] = {
    {&shown_in_wrong_state, STR_INIT("a story is listed if and only if it is published or corrected")},
    {&missing_from_latest, STR_INIT("every listed story stands in the latest list unless it hides from it")},
    {&section_rows_that_lie, STR_INIT("section lists carry the story's own moment")},
    {&keyword_rows_that_lie, STR_INIT("keyword lists carry the story's own moment")},
    {&person_rows_that_lie, STR_INIT("byline lists carry the story's own moment")},
    {&keyword_counts_that_lie, STR_INIT("a keyword's number of stories is how many listed stories carry it")},
    {&stories_without_section, STR_INIT("every story's section exists")},
    {&timers_without_subject, STR_INIT("every scheduled story has its timer")},
};

void paper_faults_find(struct db_reader *db, paper_faults *out)
{
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        int64_t rows = db_int(db, RULES[i].count, NO_ARGS, 0);
        if (rows > 0)
            *LIST_ADD(db_arena(db), out) = (struct paper_fault){RULES[i].rule, rows};
    }
}

/* --- everything, bit by bit ---------------------------------------------------------- */

SQL(media_files,
    "SELECT file FROM (SELECT file FROM media UNION SELECT small_file AS file FROM media WHERE small_file <> ''"
    "  UNION SELECT file FROM video) AS files WHERE file > $1 ORDER BY file LIMIT 1000",
    .reads = "-");

void paper_media_files(struct db_reader *db, struct str after, media_names *out)
{
    db_rows(db, &media_files, ARGS(after), &MEDIA_NAME_FIELDS, out);
}

SQL(bodies, "SELECT id, body FROM article WHERE id >= $1 ORDER BY id LIMIT 500", .reads = "-");

void paper_bodies(struct db_reader *db, int64_t from, stored_bodies *out)
{
    db_rows(db, &bodies, ARGS(from), &STORED_BODY_FIELDS, out);
}
