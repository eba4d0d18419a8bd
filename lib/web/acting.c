/* acting.c - one action, one transaction, one answer; see acting.h.
 *
 * Two locks keep the order. `turn` is held from the beginning of a transaction
 * to its commit; `telling` is taken before `turn` is given up, and held until
 * every edge knows. So changes are told in the order they were committed, and
 * the next transaction may already write while an edge still answers. An answer
 * that repeats an earlier one passes `telling` too: it must not overtake the
 * telling of what it repeats.
 */
#include "lib/web/acting.h"

#include "lib/base/check.h"
#include "lib/web/operation.h"

#include <pthread.h>
#include <stdatomic.h>

#define ACTING_MAGIC 0x41435447u

enum { ANSWER_MOST = 32 << 20 };

struct acting {
    uint32_t magic;
    struct acting_config config;
    pthread_mutex_t turn, telling;
    atomic_bool unknown; /* a commit ended without an outcome: nothing is done any more */
};

struct acting *acting_new(const struct acting_config *config)
{
    struct acting *acting = calloc(1, sizeof *acting);

    if (!acting)
        die("out of memory");
    acting->magic = ACTING_MAGIC;
    acting->config = *config;
    pthread_mutex_init(&acting->turn, NULL);
    pthread_mutex_init(&acting->telling, NULL);
    return acting;
}

void acting_free(struct acting **out)
{
    struct acting *acting = *out;

    if (!acting)
        return;
    CHECK_LIVE(acting, ACTING_MAGIC);
    pthread_mutex_destroy(&acting->turn);
    pthread_mutex_destroy(&acting->telling);
    acting->magic = 0;
    free(acting);
    *out = NULL;
}

/* --- a transaction ------------------------------------------------------------------ */

static const char UNKNOWN[] =
    "the disk or the database failed in the middle of writing: whether this was done is unknown. "
    "Ask again with the same Idempotency-Key; the desk is starting anew";

static struct db_tx *begin(struct acting *acting, struct arena *arena)
{
    pthread_mutex_lock(&acting->turn);
    return db_begin(acting->config.db, arena);
}

static void tell(struct acting *acting, const struct db_change *change)
{
    pthread_mutex_lock(&acting->telling);
    pthread_mutex_unlock(&acting->turn);
    if (acting->config.tell)
        acting->config.tell(acting->config.context, change);
    pthread_mutex_unlock(&acting->telling);
}

/* When it returns DB_COMMITTED everybody knows. */
static enum db_outcome commit(struct acting *acting, struct db_tx **tx, struct db_problem *problem)
{
    struct db_change change;
    enum db_outcome outcome = db_commit(tx, &change, problem);

    if (outcome == DB_UNKNOWN)
        atomic_store(&acting->unknown, true);
    if (outcome == DB_COMMITTED)
        tell(acting, &change);
    else
        pthread_mutex_unlock(&acting->turn);
    return outcome;
}

static void roll_back(struct acting *acting, struct db_tx **tx)
{
    db_rollback(tx);
    pthread_mutex_unlock(&acting->turn);
}

/* Gives up a transaction that found its work done already. */
static void done_before(struct acting *acting, struct db_tx **tx)
{
    db_rollback(tx);
    tell(acting, &(struct db_change){.tags = STR("")});
}

/* --- finding out what is asked ---------------------------------------------------------- */

/* NULL with the refusal in `a` when there is no such action. */
static const struct action_route *find_route(const struct acting *acting, struct action *a, const struct act *what)
{
    bool other_method = false;

    for (const struct action_route *route = acting->config.routes; route->pattern; route++) {
        struct pattern_values values = {{{0}}};
        if (!pattern_match(route->pattern, what->path, a->arena, &values))
            continue;
        other_method = true;
        if (str_equal(str_of(route->method), what->method)) {
            a->values = values;
            return route;
        }
    }
    if (other_method)
        action_refuse(a, 405, NULL, "this address does not know the method %.*s", STR_ARG(str_head(what->method, 20)));
    else
        action_refuse(a, 404, NULL, "there is no such action; look at the address");
    return NULL;
}

static bool parse_body(struct action *a, struct str body)
{
    char wrong[256];

    if (body.n == 0)
        return true;
    a->body = json_parse_explained(a->arena, body, wrong, sizeof wrong);
    if (!a->body)
        action_refuse(a, 400, NULL, "the body is no JSON: %s", wrong);
    return a->body != NULL;
}

static bool is_good_key(struct action *a, struct str key)
{
    bool good = key.n <= OPERATION_KEY_MOST;

    for (size_t i = 0; good && i < key.n; i++)
        good = key.p[i] > ' ' && key.p[i] < 0x7f;
    if (!good)
        action_refuse(a, 400, NULL, "an Idempotency-Key has at most %d visible ASCII characters", OPERATION_KEY_MOST);
    return good;
}

static int64_t request_hash(const struct act *what)
{
    const struct str parts[] = {what->method, what->path, what->query, what->body};
    uint64_t hash = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = str_hash(parts[i], hash);
    return (int64_t)(hash >> 1); /* fits a signed column */
}

/* --- doing it --------------------------------------------------------------------------- */

/* Every action answers, and in bounds. */
static void call(struct action *a)
{
    a->route->function(a);
    CHECK(a->status >= 200 && a->status <= 599);
    if (a->out.overflow)
        action_refuse(a, 500, NULL, "the answer is longer than %d MiB", ANSWER_MOST >> 20);
}

static void read_only(struct acting *acting, struct action *a)
{
    a->db = db_read(acting->config.db, a->arena, NULL);
    a->now = clock_now();
    call(a);
    struct str problem = str_copy(a->arena, str_of(db_problem_text(a->db)));
    if (!db_read_end(&a->db))
        action_refuse(a, 503, NULL, "the database cannot be read: %.*s", STR_ARG(problem));
}

/* Answers from what was kept under the key; false when nothing was. */
static bool answered_before(struct action *a, const struct act *what)
{
    struct operation kept;

    if (what->key.n == 0 || !operation_find(a->db, what->key, &kept))
        return false;
    if (kept.request_hash != request_hash(what)) {
        action_refuse(a, 422, NULL, "this Idempotency-Key was used for another request; take a new one");
        return true;
    }
    a->status = (int)kept.status;
    buf_add_str(&a->out, kept.answer);
    return true;
}

static bool says_done(const struct action *a)
{
    return a->status >= 200 && a->status <= 299;
}

static void write_in(struct acting *acting, struct action *a, const struct act *what, bool *unknown)
{
    struct db_problem problem = {{0}};

    a->tx = begin(acting, a->arena);
    a->db = db_tx_reader(a->tx);
    a->now = what->now.ms ? what->now : clock_now();
    if (answered_before(a, what)) {
        done_before(acting, &a->tx);
        return;
    }
    call(a);
    if (!says_done(a) && !db_failed(a->db)) { /* what failed is told by the commit */
        roll_back(acting, &a->tx);
        return;
    }
    if (what->key.n)
        operation_keep(a->tx, what->key, a->now, &(struct operation){request_hash(what), a->status, buf_str(&a->out)});
    switch (commit(acting, &a->tx, &problem)) {
    case DB_COMMITTED: break;
    case DB_REFUSED:
        action_refuse(a, 503, NULL, "nothing was changed, because the database failed: %s", problem.text);
        break;
    case DB_UNKNOWN:
        *unknown = true;
        action_refuse(a, 500, NULL, "%s (%s)", UNKNOWN, problem.text);
        break;
    }
}

static void run(struct acting *acting, struct action *a, const struct act *what, bool *unknown)
{
    a->route = find_route(acting, a, what);
    if (!a->route || !parse_body(a, what->body) || !is_good_key(a, what->key))
        return;
    if (strcmp(a->route->method, "GET") == 0)
        read_only(acting, a);
    else if (atomic_load(&acting->unknown))
        action_refuse(a, 503, NULL, "nothing was done: the desk is starting anew; ask again in a moment");
    else
        write_in(acting, a, what, unknown);
}

struct act_answer act(struct acting *acting, struct arena *arena, const struct act *what)
{
    CHECK_LIVE(acting, ACTING_MAGIC);
    struct action a = {
        .arena = arena, .app = acting->config.app, .who = what->who, .query = what->query, .out = BUF(ANSWER_MOST)};
    struct act_answer answer = {0};

    run(acting, &a, what, &answer.unknown);
    answer.status = a.status;
    answer.body = str_copy(arena, buf_str(&a.out));
    buf_free(&a.out);
    return answer;
}

bool act_quietly(struct acting *acting, struct arena *arena, act_work *work, void *context, bool *unknown)
{
    CHECK_LIVE(acting, ACTING_MAGIC);
    *unknown = atomic_load(&acting->unknown);
    if (*unknown)
        return false;
    struct db_tx *tx = begin(acting, arena);
    if (!work(context, tx)) {
        roll_back(acting, &tx);
        return false;
    }
    enum db_outcome outcome = commit(acting, &tx, NULL);
    *unknown = outcome == DB_UNKNOWN;
    return outcome == DB_COMMITTED;
}
