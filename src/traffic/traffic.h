/* traffic.h - how often stories are read, and which are read most.
 *
 * Edges count views in memory and send batches; the desk merges each batch in
 * one transaction. A story's scores fade (traffic_rules.h), one within a day,
 * one within a week. Every few seconds the hot lists are made from them and
 * stored in the table `hot`; pages read only that table, so a view makes no
 * page stale, a change of a list's order does.
 *
 * Tags: "hot:{section}" on the first HOT_TOP of the day, which every page of the
 * section shows; "hot-list:{section}" on the whole lists. Section 0 is the site.
 */
#ifndef HAOWAI_TRAFFIC_TRAFFIC_H
#define HAOWAI_TRAFFIC_TRAFFIC_H

#include "lib/base/fields.h"
#include "lib/db/db.h"
#include "src/traffic/traffic_rules.h"

enum { HOT_MOST = 50, HOT_TOP = 20 };

struct views {
    int64_t story, count;
};

/* How many stories to merge in one transaction: more would keep an editor who publishes waiting for the one writer. */
enum { TRAFFIC_BATCH = 256 };

/* Adds views seen up to `at`. Stories that readers may not see, and counts below 1, are left out; above
 * VIEWS_MOST counts as VIEWS_MOST. Touches no tag. Returns how many stories were counted. */
int64_t traffic_merge(struct db_tx *tx, struct moment at, const struct views *views, size_t n);

/* Makes the hot lists of the site and of every section as of `now`; writes and touches those that changed.
 * Its cost depends on the number of sections, not on that of stories. Returns how many lists changed. */
int64_t hot_recompute(struct db_tx *tx, struct moment now);

/* All views a story ever had. Reads no tag: for the desk, not for pages. */
int64_t traffic_total(struct db_reader *db, int64_t story);

/* A row of a hot list; whether readers may see the story is asked when it is shown. */
struct hot_row {
    int64_t article;
};
extern const struct fields HOT_ROW_FIELDS;
typedef LIST(struct hot_row) hot_rows;

/* The first HOT_TOP of the day, hottest first. */
void hot_top(struct db_reader *db, int64_t section, hot_rows *out);

/* The whole list, at most HOT_MOST. */
void hot_list(struct db_reader *db, int64_t section, enum span span, hot_rows *out);

#endif
