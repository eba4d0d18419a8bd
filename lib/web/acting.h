/* acting.h - the desk's side: runs actions (action.h), each in one transaction.
 *
 * One function does an action wherever it comes from: the desk's listener, the
 * command line through the desk's Unix socket, or the command line alone.
 */
#ifndef HAOWAI_WEB_ACTING_H
#define HAOWAI_WEB_ACTING_H

#include "lib/db/db.h"
#include "lib/web/action.h"

struct acting_config {
    const struct action_route *routes; /* ends with pattern == NULL */
    struct db *db;                     /* opened as writer */
    void *app;
    /* Tells every edge what was committed and waits until each has answered or lost its lease; called before the answer
     * is given, one change at a time and in order. Sequence 0 with an answer that says "done" and touched nothing now:
     * what was done before (by a desk that died, perhaps) must be known to everybody. NULL: nobody to tell. */
    void (*tell)(void *context, const struct db_change *change);
    void *context;
};

struct acting;

struct acting *acting_new(const struct acting_config *config);
void acting_free(struct acting **acting);

struct act {
    struct str method, path, query; /* path still encoded */
    struct str body;                /* JSON, or "" */
    struct str key;                 /* Idempotency-Key, or "" */
    struct str who;
    struct moment now; /* never set: what the clock says when the transaction has its turn */
};

struct act_answer {
    int status;
    struct str body; /* JSON, in the arena */
    /* The disk or the connection failed in the middle of a commit: nobody knows whether it was done. The answer says so
     * (500); the process must exit and start again. */
    bool unknown;
};

/* 404 and 405 for what no route knows, 400 for a body that is no JSON, 422 for a key that was used for another request,
 * 503 when nothing was done because the database failed. From any thread. */
struct act_answer act(struct acting *acting, struct arena *arena, const struct act *what);

/* The same for what is no request: timers, hot lists, merging of views. `work` returns whether to commit. False when
 * it was rolled back or failed. */
typedef bool act_work(void *context, struct db_tx *tx);
bool act_quietly(struct acting *acting, struct arena *arena, act_work *work, void *context, bool *unknown);

#endif
