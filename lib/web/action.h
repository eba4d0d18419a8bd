/* action.h - what an editor or a program does: JSON in, one transaction, JSON out.
 *
 * actions.def names every action with its method and address:
 *     ACTION(POST, "/desk/api/articles", article_publish_action)
 * A GET action reads through a->db (a->tx is NULL). Every other one has a
 * transaction: answering 2xx commits it, tells every edge what changed and
 * then answers; anything else rolls it back. Actions never commit themselves,
 * so "done" is said in one place and means done.
 *
 * A request may carry an Idempotency-Key: its answer is kept in the same
 * transaction, and asking again gives that answer and changes nothing.
 */
#ifndef HAOWAI_WEB_ACTION_H
#define HAOWAI_WEB_ACTION_H

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/db/db.h"
#include "lib/json/json.h"
#include "lib/web/pattern.h"

struct action_route;

struct action {
    struct arena *arena;
    void *app;
    struct db_reader *db; /* of the transaction when there is one */
    struct db_tx *tx;
    struct str who;    /* for revisions: "cli", later the editor */
    struct moment now; /* one moment for the whole transaction */
    const struct action_route *route;
    struct pattern_values values;
    struct str query;
    const struct json *body; /* the parsed request body, or NULL */

    int status;
    struct buf out; /* the JSON answer */
};

typedef void action_function(struct action *a);

struct action_route {
    const char *method; /* "GET", "POST", "PUT", "DELETE" */
    const char *pattern;
    action_function *function;
};

struct str action_param(const struct action *a, const char *name);
int64_t action_param_int(const struct action *a, const char *name);

/* An undeclared query value; "" when absent. */
struct str action_query(const struct action *a, const char *name);
int64_t action_query_int(const struct action *a, const char *name, int64_t otherwise);

/* Answers with a described struct as a JSON object. */
void action_answer(struct action *a, int status, const struct fields *fields, const void *data);

/* Answers {"error": {"message": ..., "field": ...}}: what is wrong and what to do. `field` may be NULL. */
void action_refuse(struct action *a, int status, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
