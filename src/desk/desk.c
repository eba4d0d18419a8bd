/* desk.c - the role that writes: editors' actions, timers, what edges send.
 *
 * It holds the writer's lock of the paper, so there is one of them. Edges of an
 * earlier desk that still trust their caches are found first (teller_new);
 * nothing is answered "done" before they know (teller_tell).
 */
#include "src/desk/desk.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/actions.h"
#include "src/desk/vault.h"
#include "src/desk/writer_lock.h"
#include "src/events.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
    READERS = 4,
    LOCK_WAIT_MS = 8000, /* for a former desk that is finishing */
    STOP_MS = 3000,
    FAILED_STOP_MS = 500,
    STATUS_UNKNOWN = 3
};

void desk_fail(struct desk *desk)
{
    eventfd_write(desk->failure, 1);
}

static void tell(void *context, const struct db_change *change)
{
    struct desk *desk = context;

    teller_tell(desk->teller, change->sequence, change->tags);
}

static bool open_database(struct desk *desk)
{
    struct role *role = &desk->role;
    struct db_problem problem = {{0}};
    struct db_config config = app_database(role->arena, &role->app, READERS);

    if (!writer_lock(role_run_dir(role), LOCK_WAIT_MS, &problem)) {
        role_failed(role, "%s", problem.text);
        return false;
    }
    config.writer = true;
    desk->db = db_open(&config, &problem);
    role->app.db = desk->db;
    if (!desk->db || !db_claim(desk->db, &problem) || !vault_make(&role->app, &problem)) {
        role_failed(role, "%s", problem.text);
        return false;
    }
    return true;
}

static bool open_channel(struct desk *desk)
{
    struct role *role = &desk->role;
    struct teller_config config = {
        .dir = app_file(role->arena, &role->app, "run/edges"), .note = desk_note, .left = desk_left, .context = desk};

    pthread_mutex_init(&desk->edges.lock, NULL);
    pthread_mutex_init(&desk->tally_lock, NULL);
    desk->teller = teller_new(&config);
    if (!desk->teller)
        role_failed(role, "%s: %s", config.dir, strerror(errno));
    return desk->teller != NULL;
}

static bool open_all(struct desk *desk, const char *dir, const struct run_options *options)
{
    int board = -1;

    if (!role_begin(&desk->role, "desk", dir, options))
        return false;
    prctl(PR_SET_DUMPABLE, 0); /* no other process of ours looks into this one */
    inherited_find(&desk->role.inherited, "board", &board, 1);
    desk->board = board_open(board);
    desk->failure = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (!open_database(desk) || !open_channel(desk))
        return false;
    struct acting_config config = {
        .routes = ACTIONS, .db = desk->db, .app = &desk->role.app, .tell = tell, .context = desk};
    desk->acting = acting_new(&config);
    return desk_http_open(desk);
}

static void close_all(struct desk *desk)
{
    desk_http_stop(desk, STOP_MS);
    jobs_stop(desk);
    desk_http_free(desk);
    acting_free(&desk->acting);
    teller_free(&desk->teller);
    db_close(&desk->db);
    tally_free(&desk->tally);
    arena_free(&desk->role.arena);
}

int desk_run(const char *dir, const struct run_options *options)
{
    struct arena *arena = arena_new();
    struct desk *desk = ARENA_NEW(arena, struct desk);

    if (!open_all(desk, dir, options))
        return 1;
    jobs_start(desk);
    desk_http_start(desk);
    role_ready(&desk->role);
    if (role_wait(&desk->role, desk->failure) == 0) {
        LOG(outcome_unknown);
        desk_http_stop(desk, FAILED_STOP_MS); /* lets the answers out that say so */
        _exit(STATUS_UNKNOWN);                /* touching the database again might hide what happened */
    }
    LOG(finishing);
    close_all(desk);
    arena_free(&arena);
    return 0;
}
