/* views.h - views on their way from the edges to the desk.
 *
 * An event loop counts in a table of its own (views_count); once a second
 * somebody else takes what was counted (views_take). The loop never waits: it
 * marks itself busy while it counts, and the taker exchanges the table and
 * waits until the mark is gone.
 */
#ifndef HAOWAI_TRAFFIC_VIEWS_H
#define HAOWAI_TRAFFIC_VIEWS_H

#include "lib/base/buf.h"
#include "lib/http/http.h"
#include "src/traffic/traffic.h"

/* Is it a person who looks? Not: HEAD; a page fetched ahead of time (Sec-Purpose, Purpose, X-Purpose or X-Moz says
 * prefetch, prerender or preview); a user agent that calls itself bot, crawler, spider and the like. */
bool view_counts(const struct http_request *request);

struct view_tables;

struct view_tables *view_tables_new(int loops);
void view_tables_free(struct view_tables **tables);

/* On that loop's thread. */
void views_count(struct view_tables *tables, int loop, int64_t story);

/* Calls `take` for each story counted since the last time, once for each loop that counted it. From one thread. */
typedef void take_views(void *context, struct views views);
void views_take(struct view_tables *tables, take_views *take, void *context);

/* Views that found no room since the last time it was asked (more stories in a second than a table holds). */
uint64_t views_lost(struct view_tables *tables);

/* --- as bytes: 16 for each story, both numbers little endian -------------------------- */

enum { VIEWS_SIZE = 16 };

void views_write(struct buf *out, struct views views);

/* The i-th of `bytes`; false when it ends before, or a number is below 1. */
bool views_read(struct str bytes, size_t i, struct views *out);

#endif
