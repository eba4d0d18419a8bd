/* desk.h - private to the desk's role: what its files share. */
#ifndef HAOWAI_DESK_DESK_H
#define HAOWAI_DESK_DESK_H

#include "lib/channel/channel.h"
#include "lib/http/http.h"
#include "lib/web/acting.h"
#include "src/counters.h"
#include "src/run/board.h"
#include "src/run/role.h"
#include "src/traffic/tally.h"

#include <pthread.h>
#include <stdatomic.h>

/* What edges count; those that ended are in the sum. */
struct edge_counts {
    pthread_mutex_t lock;
    struct counts ended;
    struct {
        int64_t pid; /* 0: free place */
        struct counts counts;
    } at[HEARERS_MOST];
};

struct desk {
    struct role role;
    struct board *board; /* NULL without a supervisor */
    struct db *db;
    struct teller *teller;
    struct acting *acting;
    int failure; /* eventfd: the process must exit, because an outcome is unknown */

    /* desk_http.c */
    struct http_server *server;
    struct work *work;
    _Atomic uint64_t actions, actions_failed, action_us;

    /* notes.c */
    struct edge_counts edges;
    pthread_mutex_t tally_lock;
    struct tally tally;

    /* jobs.c */
    struct jobs *jobs;
    _Atomic uint64_t timers_fired, timers_late_ms, views_merged, hot_changed;
};

/* An outcome is unknown: no more work, exit. From any thread. */
void desk_fail(struct desk *desk);

/* --- desk_http.c: the listeners. TCP: /health and /metrics; the Unix socket: actions, too --------- */

bool desk_http_open(struct desk *desk);
void desk_http_start(struct desk *desk);
void desk_http_stop(struct desk *desk, int64_t deadline_ms);
void desk_http_free(struct desk *desk);

/* --- health.c ------------------------------------------------------------------------------------- */

/* JSON for people and programs that watch; returns the status, 200 or 503. */
int desk_health(struct desk *desk, struct arena *arena, struct buf *out);

/* Prometheus text of counters.def. */
void desk_metrics(struct desk *desk, struct arena *arena, struct buf *out);

/* Free and whole space of the paper's disk, bytes; false when it cannot be told. */
bool desk_disk(const struct desk *desk, int64_t *free_bytes, int64_t *size);

/* --- notes.c: what edges tell (teller_config) -------------------------------------------------------- */

void desk_note(void *desk, int64_t pid, int kind, struct str text);
void desk_left(void *desk, int64_t pid);
void edge_counts_sum(struct edge_counts *edges, struct counts *out);

/* --- jobs.c: timers, views, hot lists, upkeep ---------------------------------------------------------- */

void jobs_start(struct desk *desk);

/* Something was written: there may be a timer that is due sooner. */
void jobs_look(struct desk *desk);

/* Writes the views down that are left, ends the thread. */
void jobs_stop(struct desk *desk);

#endif
