/* health.c - how the paper is: /health for people, /metrics for machines. */
#include "lib/base/arena.h"
#include "src/desk/desk.h"
#include "src/desk/health_store.h"
#include "src/desk/timer_store.h"

#include <sys/statvfs.h>
#include <unistd.h>

/* --- /health ----------------------------------------------------------------------------- */

struct role_state {
    struct str role;
    int64_t pid, restarts;
    bool ready;
    struct moment since;
};
static const struct fields ROLE_STATE_FIELDS =
    FIELDS(struct role_state, FIELD(struct role_state, role), FIELD(struct role_state, pid),
           FIELD(struct role_state, ready), FIELD(struct role_state, since), FIELD(struct role_state, restarts));

struct edge_state {
    int64_t pid, lease_ms, change;
    bool waited_for;
};
static const struct fields EDGE_STATE_FIELDS =
    FIELDS(struct edge_state, FIELD(struct edge_state, pid), FIELD(struct edge_state, lease_ms),
           FIELD(struct edge_state, change), FIELD(struct edge_state, waited_for));

struct health {
    struct str status, version, database, problem;
    LIST(struct role_state) roles;
    LIST(struct edge_state) edges;
    int64_t change;
    struct moment changed, next_timer;
    int64_t disk_free, disk_size;
};
static const struct fields HEALTH_FIELDS = FIELDS(
    struct health, FIELD(struct health, status), FIELD(struct health, problem), FIELD(struct health, version),
    FIELD(struct health, database), FIELD_LIST(struct health, roles, ROLE_STATE_FIELDS),
    FIELD_LIST(struct health, edges, EDGE_STATE_FIELDS), FIELD(struct health, change), FIELD(struct health, changed),
    FIELD(struct health, next_timer), FIELD(struct health, disk_free), FIELD(struct health, disk_size));

static void add_roles(const struct desk *desk, struct arena *arena, struct health *health)
{
    if (!desk->board) {
        *LIST_ADD(arena, &health->roles) = (struct role_state){STR("desk"), getpid(), 0, true, {0}};
        return;
    }
    for (int i = 0; i < BOARD_ROLES; i++) {
        const struct board_entry *entry = &desk->board->at[i];
        struct role_state *state = LIST_ADD(arena, &health->roles);
        state->role = str_of(board_role_name(i));
        state->pid = atomic_load(&entry->pid);
        state->since.ms = atomic_load(&entry->since_ms);
        state->restarts = atomic_load(&entry->restarts);
        state->ready = atomic_load(&entry->ready);
    }
}

static void add_edges(struct desk *desk, struct arena *arena, struct health *health)
{
    struct hearer_state states[HEARERS_MOST];
    int n = teller_hearers(desk->teller, states, HEARERS_MOST);

    for (int i = 0; i < n; i++)
        *LIST_ADD(arena, &health->edges) =
            (struct edge_state){states[i].pid, states[i].lease_ms, (int64_t)states[i].applied, states[i].waited_for};
}

/* False when the database cannot be read. */
static bool add_database(struct desk *desk, struct arena *arena, struct health *health)
{
    struct db_reader *db = db_read(desk->db, arena, NULL);

    health->database = str_of(db_engine_name(desk->db));
    last_change(db, &health->change, &health->changed);
    health->next_timer = timer_next(db);
    health->problem = str_copy(arena, str_of(db_problem_text(db)));
    return db_read_end(&db);
}

bool desk_disk(const struct desk *desk, int64_t *free_bytes, int64_t *size)
{
    struct statvfs disk;

    if (statvfs(desk->role.app.dir, &disk) != 0)
        return false;
    *free_bytes = (int64_t)(disk.f_bavail * disk.f_frsize);
    *size = (int64_t)(disk.f_blocks * disk.f_frsize);
    return true;
}

int desk_health(struct desk *desk, struct arena *arena, struct buf *out)
{
    struct health health = {.version = STR(HAOWAI_VERSION)};

    add_roles(desk, arena, &health);
    add_edges(desk, arena, &health);
    bool sound = add_database(desk, arena, &health);
    desk_disk(desk, &health.disk_free, &health.disk_size);
    health.status = sound ? STR("ok") : STR("the database cannot be read");
    json_write(out, arena, &HEALTH_FIELDS, &health, FIELD_FOR_DESK);
    buf_add_char(out, '\n');
    return sound ? 200 : 503;
}

/* --- /metrics ------------------------------------------------------------------------------ */

static void count_desk(struct desk *desk, struct arena *arena, uint64_t *at)
{
    struct health health = {0};
    struct db_counts db;
    int64_t free_bytes = 0, size = 0;

    db_counts(desk->db, &db);
    add_edges(desk, arena, &health);
    add_database(desk, arena, &health);
    desk_disk(desk, &free_bytes, &size);
    at[COUNTER_actions_total] = atomic_load(&desk->actions);
    at[COUNTER_actions_failed_total] = atomic_load(&desk->actions_failed);
    at[COUNTER_action_microseconds_total] = atomic_load(&desk->action_us);
    at[COUNTER_writes_total] = db.writes;
    at[COUNTER_change] = (uint64_t)health.change;
    at[COUNTER_edges] = health.edges.n;
    for (size_t i = 0; i < health.edges.n; i++)
        at[COUNTER_edges_leased] += health.edges.at[i].lease_ms > 0;
    if (desk->board) {
        at[COUNTER_edge_restarts_total] = (uint64_t)atomic_load(&desk->board->at[BOARD_EDGE].restarts);
        at[COUNTER_desk_restarts_total] = (uint64_t)atomic_load(&desk->board->at[BOARD_DESK].restarts);
    }
    at[COUNTER_timers_fired_total] = atomic_load(&desk->timers_fired);
    at[COUNTER_timers_late_milliseconds] = atomic_load(&desk->timers_late_ms);
    at[COUNTER_views_merged_total] = atomic_load(&desk->views_merged);
    at[COUNTER_hot_lists_changed_total] = atomic_load(&desk->hot_changed);
    at[COUNTER_disk_free_bytes] = (uint64_t)free_bytes;
    at[COUNTER_disk_size_bytes] = (uint64_t)size;
}

void desk_metrics(struct desk *desk, struct arena *arena, struct buf *out)
{
    struct counts counts;

    edge_counts_sum(&desk->edges, &counts);
    count_desk(desk, arena, counts.at);
    for (int i = 0; i < COUNTER_COUNT; i++) {
        const struct counter *counter = &COUNTERS[i];
        buf_printf(out, "# HELP haowai_%s %s\n# TYPE haowai_%s %s\nhaowai_%s %llu\n", counter->name, counter->meaning,
                   counter->name, counter->kind == COUNTER_COUNTS ? "counter" : "gauge", counter->name,
                   (unsigned long long)counts.at[i]);
    }
}
