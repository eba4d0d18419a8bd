/* jobs.c - what the desk does by itself: timers, views, hot lists, upkeep.
 *
 * One thread. It sleeps until the next timer is due, a second at most, and
 * looks at the wall clock when it wakes: a timer fires when that clock has
 * reached its moment, not when some time has passed, so a clock that is set
 * back or forward makes nobody early. Each timer is a transaction of its own;
 * what cannot be committed now (a full disk) is tried again a second later.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/web/operation.h"
#include "src/desk/desk.h"
#include "src/desk/timer_store.h"
#include "src/events.h"
#include "src/traffic/traffic.h"

enum {
    LOOK_MS = 1000,
    HOT_EVERY_MS = 3000,
    UPKEEP_EVERY_MS = 600 * 1000,
    CLOCK_STEP_MS = 5000,            /* more than any slewing */
    CHANGES_KEPT = 20000,            /* an edge that is further behind starts afresh */
    KEYS_KEPT_MS = 7 * 86400 * 1000, /* a request may be repeated that long */
};

struct jobs {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool look, stopping;
    int64_t merge_ms, hot_ms, upkeep_ms; /* when it is time, steady clock */
    bool viewed;                         /* views were merged since the hot lists were made */
    int64_t clock_offset;                /* wall clock minus steady clock */
};

/* --- timers --------------------------------------------------------------------------- */

struct firing {
    const struct timer *timer;
    struct moment now;
    bool gone; /* somebody took it away in between */
};

static bool fire(void *context, struct db_tx *tx)
{
    struct firing *firing = context;

    firing->gone = !timer_remove(tx, firing->timer);
    if (!firing->gone)
        timer_fire(tx, firing->timer, firing->now);
    return true;
}

/* A transaction outside of any request; false when it was not committed. */
static bool commit(struct desk *desk, const char *what, act_work *work, void *context)
{
    struct arena *arena = arena_new();
    bool unknown = false, done = act_quietly(desk->acting, arena, work, context, &unknown);

    if (!done)
        LOG(work_failed, LOG_TEXT("work", str_of(what)));
    if (unknown)
        desk_fail(desk);
    arena_free(&arena);
    return done;
}

static bool fire_one(struct desk *desk, const struct timer *timer)
{
    struct firing firing = {timer, clock_now(), false};
    int64_t late = firing.now.ms - timer->due.ms;

    if (!commit(desk, "timer", fire, &firing))
        return false;
    if (firing.gone)
        return true;
    atomic_fetch_add(&desk->timers_fired, 1);
    atomic_store(&desk->timers_late_ms, (uint64_t)late);
    LOG(timer_fired, LOG_TEXT("kind", timer->kind), LOG_INT("subject", timer->subject), LOG_INT("late_ms", late));
    return true;
}

/* Fires what is due; returns how long nothing will be. */
static int64_t fire_due(struct desk *desk)
{
    struct arena *arena = arena_new();
    struct db_reader *db = db_read(desk->db, arena, NULL);
    struct moment now = clock_now();
    timers due = {0};

    timers_due(db, now, &due);
    struct moment next = timer_next(db);
    bool good = db_read_end(&db);
    for (size_t i = 0; good && i < due.n; i++)
        good = fire_one(desk, &due.at[i]);
    int64_t wait = !good || next.ms == 0 ? LOOK_MS : due.n ? 0 : next.ms - clock_now().ms;
    arena_free(&arena);
    return wait < 0 ? 0 : wait;
}

static void watch_clock(struct jobs *jobs)
{
    int64_t offset = clock_now().ms - clock_steady_ms(), step = offset - jobs->clock_offset;

    if (jobs->clock_offset && (step > CLOCK_STEP_MS || step < -CLOCK_STEP_MS))
        LOG(clock_stepped, LOG_INT("ms", step));
    jobs->clock_offset = offset;
}

/* --- views ------------------------------------------------------------------------------ */

struct batch {
    struct views views[TRAFFIC_BATCH];
    size_t n;
    struct moment now;
    int64_t changed;
};

static bool merge(void *context, struct db_tx *tx)
{
    struct batch *batch = context;

    traffic_merge(tx, batch->now, batch->views, batch->n);
    return true;
}

static void keep_for_later(struct desk *desk, const struct batch *batch)
{
    pthread_mutex_lock(&desk->tally_lock);
    for (size_t i = 0; i < batch->n; i++)
        tally_add(&desk->tally, batch->views[i]);
    pthread_mutex_unlock(&desk->tally_lock);
}

static void merge_views(struct desk *desk)
{
    struct batch batch = {.now = clock_now()};
    size_t cursor = 0;

    pthread_mutex_lock(&desk->tally_lock);
    struct tally tally = desk->tally;
    desk->tally = (struct tally){0};
    pthread_mutex_unlock(&desk->tally_lock);
    while ((batch.n = tally_next(&tally, &cursor, batch.views, TRAFFIC_BATCH)) > 0) {
        if (!commit(desk, "views", merge, &batch)) {
            keep_for_later(desk, &batch);
            continue;
        }
        desk->jobs->viewed = true;
        for (size_t i = 0; i < batch.n; i++)
            atomic_fetch_add(&desk->views_merged, (uint64_t)batch.views[i].count);
    }
    tally_free(&tally);
}

static bool recompute(void *context, struct db_tx *tx)
{
    struct batch *batch = context;

    batch->changed = hot_recompute(tx, batch->now);
    return true;
}

static void make_hot_lists(struct desk *desk)
{
    struct batch batch = {.now = clock_now()};

    if (!desk->jobs->viewed || !commit(desk, "hot lists", recompute, &batch))
        return;
    desk->jobs->viewed = false;
    atomic_fetch_add(&desk->hot_changed, (uint64_t)batch.changed);
}

/* --- upkeep -------------------------------------------------------------------------------- */

static bool prune(void *context, struct db_tx *tx)
{
    (void)context;
    db_changes_prune(tx, CHANGES_KEPT);
    operations_prune(tx, (struct moment){clock_now().ms - KEYS_KEPT_MS});
    return true;
}

static void watch_disk(const struct desk *desk)
{
    int64_t free_bytes, size;

    if (desk_disk(desk, &free_bytes, &size) && free_bytes < size / 20)
        LOG(disk_low, LOG_INT("free_mib", free_bytes >> 20), LOG_INT("size_mib", size >> 20));
}

static void keep_up(struct desk *desk)
{
    struct arena *arena = arena_new();
    struct db_reader *db = db_read(desk->db, arena, NULL);
    int64_t unknown = timers_unknown(db);

    if (db_read_end(&db) && unknown)
        LOG(timer_unknown, LOG_INT("rows", unknown));
    arena_free(&arena);
    commit(desk, "upkeep", prune, NULL);
    watch_disk(desk);
}

/* --- the thread -------------------------------------------------------------------------------- */

static bool is_time(int64_t *at_ms, int64_t every_ms)
{
    int64_t now = clock_steady_ms();

    if (now < *at_ms)
        return false;
    *at_ms = now + every_ms;
    return true;
}

/* Sleeps; false when it is to end. */
static bool sleep_for(struct jobs *jobs, int64_t ms)
{
    int64_t until = clock_steady_ms() + (ms < LOOK_MS ? ms : LOOK_MS);
    struct timespec end = {until / 1000, until % 1000 * 1000000};

    pthread_mutex_lock(&jobs->lock);
    while (!jobs->look && !jobs->stopping && clock_steady_ms() < until)
        pthread_cond_timedwait(&jobs->woken, &jobs->lock, &end);
    jobs->look = false;
    bool stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return !stopping;
}

static void *run(void *context)
{
    struct desk *desk = context;
    struct jobs *jobs = desk->jobs;
    int64_t wait = 0;

    while (sleep_for(jobs, wait)) {
        watch_clock(jobs);
        wait = fire_due(desk);
        if (is_time(&jobs->merge_ms, LOOK_MS))
            merge_views(desk);
        if (is_time(&jobs->hot_ms, HOT_EVERY_MS))
            make_hot_lists(desk);
        if (is_time(&jobs->upkeep_ms, UPKEEP_EVERY_MS))
            keep_up(desk);
    }
    merge_views(desk);
    return NULL;
}

void jobs_start(struct desk *desk)
{
    struct jobs *jobs = ARENA_NEW(desk->role.arena, struct jobs);
    pthread_condattr_t steady;

    desk->jobs = jobs;
    jobs->upkeep_ms = clock_steady_ms() + LOOK_MS; /* not in the way of the start */
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&jobs->woken, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&jobs->thread, NULL, run, desk) != 0)
        die("cannot start a thread for the desk's jobs");
}

void jobs_look(struct desk *desk)
{
    struct jobs *jobs = desk->jobs;

    pthread_mutex_lock(&jobs->lock);
    jobs->look = true;
    pthread_cond_signal(&jobs->woken);
    pthread_mutex_unlock(&jobs->lock);
}

void jobs_stop(struct desk *desk)
{
    struct jobs *jobs = desk->jobs;

    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_signal(&jobs->woken);
    pthread_mutex_unlock(&jobs->lock);
    pthread_join(jobs->thread, NULL);
    pthread_mutex_destroy(&jobs->lock);
    pthread_cond_destroy(&jobs->woken);
    desk->jobs = NULL;
}
