/* edge.c - the role that talks to readers: opens what it needs, gives up its rights, serves.
 *
 * Order matters. Everything that must be opened is opened first; then the
 * sandbox is entered, before any thread exists, so that each inherits it; then
 * threads start: workers, the channel's, event loops. The main thread waits
 * for signals.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/channel/channel.h"
#include "lib/http/bind.h"
#include "lib/web/site.h"
#include "src/counters.h"
#include "src/desk/notes.h"
#include "src/edge/access_log.h"
#include "src/edge/sandbox.h"
#include "src/events.h"
#include "src/routes.h"
#include "src/run/role.h"
#include "src/traffic/views.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

extern const struct embedded_file THEME_FILES[];

enum {
    SHARED_PARTS = 20000,
    WAITING = 4096,   /* requests for pages that are not ready */
    STOP_MS = 5000,   /* how long open requests may take when we are told to end */
    DRAIN_MS = 30000, /* ... when a successor is there already */
    FAILED_EVERY_MS = 1000,
    VIEWS_MOST_BYTES = 4 << 20, /* kept while the desk is away */
};

struct edge {
    struct role role;
    int loops, workers;
    int sockets[BIND_MOST];
    struct theme *theme;
    struct tag_table *changes;
    struct db *db;
    struct site *site;
    struct http_server *server;
    struct hearer *hearer;
    struct access_log *log; /* NULL: --no-log */
    struct view_tables *views;
    struct buf unsent; /* views not yet taken by the desk */
    uint64_t views_counted, views_lost;
    bool leased;               /* what the log was told */
    atomic_bool unreadable;    /* the database */
    _Atomic int64_t failed_ms; /* when the log was told of a page that could not be made */
};

/* --- what is no page -------------------------------------------------------------------- */

static const char JSON_HEADERS[] = "Content-Type: application/json; charset=utf-8\r\n"
                                   "Cache-Control: no-store\r\n"
                                   "X-Content-Type-Options: nosniff\r\n";

#define JSON_BODY(text)                                                                                                \
    {                                                                                                                  \
        (void *)(uintptr_t)text, sizeof(text) - 1                                                                      \
    }
static const struct iovec NOBODY = JSON_BODY("{\"signed_in\":false}\n"), WELL = JSON_BODY("{\"status\":\"ok\"}\n"),
                          UNWELL = JSON_BODY("{\"status\":\"the database cannot be read\"}\n");

static void answer_json(int status, const struct iovec *body, struct http_answer *answer)
{
    *answer = (struct http_answer){.status = status,
                                   .headers = str_of(JSON_HEADERS),
                                   .pieces = body,
                                   .piece_count = 1,
                                   .file = -1,
                                   .length = body->iov_len};
}

/* /me: who asks; nobody can sign in yet. /health: can this edge read? */
static bool other(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    const struct http_request *request = http_exchange_request(exchange);
    struct edge *edge = context;

    (void)loop;
    if (request->method != HTTP_GET && request->method != HTTP_HEAD)
        return false;
    if (str_equal(request->path, STR("/me")))
        answer_json(200, &NOBODY, answer);
    else if (!str_equal(request->path, STR("/health")))
        return false;
    else if (atomic_load_explicit(&edge->unreadable, memory_order_relaxed))
        answer_json(503, &UNWELL, answer);
    else
        answer_json(200, &WELL, answer);
    return true;
}

static void viewed(void *context, int loop, int64_t item, const struct http_request *request)
{
    struct edge *edge = context;

    if (view_counts(request))
        views_count(edge->views, loop, item);
}

/* One line a second says enough while a database is away; /metrics has the number. */
static void failed(void *context, struct str target, const char *problem)
{
    struct edge *edge = context;
    int64_t now_ms = clock_steady_ms(), before_ms = atomic_load(&edge->failed_ms);

    if (now_ms - before_ms < FAILED_EVERY_MS || !atomic_compare_exchange_strong(&edge->failed_ms, &before_ms, now_ms))
        return;
    LOG(page_failed, LOG_TEXT("target", target), LOG_TEXT("problem", str_of(problem)));
}

/* --- requests ------------------------------------------------------------------------------- */

static bool take_request(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    struct edge *edge = context;

    return site_request(edge->site, loop, exchange, answer);
}

static void answered(void *context, int loop, const struct http_request *request, int status, uint64_t sent,
                     int64_t microseconds)
{
    struct edge *edge = context;

    access_log_add(edge->log, loop, request, status, sent, microseconds);
}

/* --- the channel ------------------------------------------------------------------------------ */

/* A snapshot tells the table of changes everything it contains (db.h). */
static bool catch_up(void *context)
{
    struct edge *edge = context;
    struct arena *arena = arena_new();
    struct db_reader *db = db_read(edge->db, arena, NULL);
    bool sound = db_read_end(&db);

    arena_free(&arena);
    if (sound == atomic_exchange(&edge->unreadable, !sound)) {
        if (sound)
            LOG(database_readable);
        else
            LOG(database_unreadable);
    }
    return sound;
}

static bool change(void *context, uint64_t sequence, struct str tags)
{
    struct edge *edge = context;

    return tag_table_apply(edge->changes, sequence, tags);
}

static void lease(void *context, int64_t until_ms)
{
    struct edge *edge = context;

    site_lease(edge->site, until_ms);
    if (until_ms && !edge->leased)
        LOG(channel_open);
    if (!until_ms && edge->leased)
        LOG(channel_lost);
    edge->leased = until_ms != 0;
}

static void collect_views(void *context, struct views views)
{
    struct edge *edge = context;

    if (edge->unsent.n + VIEWS_SIZE <= VIEWS_MOST_BYTES) {
        views_write(&edge->unsent, views);
        edge->views_counted += (uint64_t)views.count;
    } else {
        edge->views_lost += (uint64_t)views.count;
    }
}

static void send_views(struct edge *edge, struct hearer *hearer)
{
    const size_t most = NOTE_MOST / VIEWS_SIZE * VIEWS_SIZE;
    struct str rest = buf_str(&edge->unsent);

    while (rest.n && hearer_note(hearer, NOTE_VIEWS, str_head(rest, most)))
        rest = str_from(rest, most);
    if (rest.n < edge->unsent.n) {
        memmove(edge->unsent.p, rest.p, rest.n);
        edge->unsent.n = rest.n;
    }
}

static void count(struct edge *edge, struct counts *out)
{
    struct http_counts wire;
    struct site_counts site;
    struct db_counts db;
    uint64_t *at = out->at;

    http_server_counts(edge->server, &wire);
    site_counts(edge->site, &site);
    db_counts(edge->db, &db);
    *out = (struct counts){{0}};
    at[COUNTER_connections_now] = wire.connections_now;
    at[COUNTER_connections_total] = wire.connections;
    at[COUNTER_requests_total] = wire.requests;
    at[COUNTER_bytes_sent_total] = wire.bytes_sent;
    at[COUNTER_requests_refused_total] = wire.refused_requests;
    at[COUNTER_connections_refused_total] = wire.refused_connections;
    at[COUNTER_timeouts_total] = wire.timed_out;
    at[COUNTER_tls_failures_total] = wire.tls_failures;
    at[COUNTER_pages_answered_total] = site.answered;
    at[COUNTER_pages_from_cache_total] = site.from_cache;
    at[COUNTER_pages_relinked_total] = site.relinked;
    at[COUNTER_pages_made_total] = site.pages_made;
    at[COUNTER_pages_failed_total] = site.failed;
    at[COUNTER_parts_rendered_total] = site.parts_rendered;
    at[COUNTER_pages_turned_away_total] = site.turned_away;
    at[COUNTER_pages_evicted_total] = site.pages_evicted;
    at[COUNTER_pages_kept] = site.pages_kept;
    at[COUNTER_page_bytes] = site.page_bytes;
    at[COUNTER_parts_kept] = site.shared_kept;
    at[COUNTER_part_bytes] = site.shared_bytes;
    at[COUNTER_pages_waiting] = site.waiting;
    at[COUNTER_views_total] = edge->views_counted;
    at[COUNTER_views_lost_total] = edge->views_lost;
    at[COUNTER_statements_total] = db.reads;
}

static void tick(void *context, struct hearer *hearer)
{
    struct edge *edge = context;
    struct counts counts;

    views_take(edge->views, collect_views, edge);
    edge->views_lost += views_lost(edge->views);
    send_views(edge, hearer);
    count(edge, &counts);
    hearer_note(hearer, NOTE_COUNTS, (struct str){(const char *)&counts, sizeof counts});
    catch_up(edge);
    if (edge->log)
        access_log_flush(edge->log);
}

/* --- opening ------------------------------------------------------------------------------------ */

static bool open_theme(struct edge *edge)
{
    struct role *role = &edge->role;
    struct db_problem problem = {{0}};
    struct theme_config config = {.files = THEME_FILES,
                                  .override_dir = app_file(role->arena, &role->app, "theme"),
                                  .pages = PAGES,
                                  .page_count = PAGE_COUNT,
                                  .parts = PARTS,
                                  .part_count = PART_COUNT};

    edge->theme = theme_load(&config, &problem);
    if (!edge->theme)
        role_failed(role, "theme: %s", problem.text);
    return edge->theme != NULL;
}

static bool open_database(struct edge *edge)
{
    struct role *role = &edge->role;
    struct db_problem problem = {{0}};
    struct db_config config = app_database(role->arena, &role->app, edge->workers + 1); /* one for the channel */

    edge->changes = tag_table_new();
    config.changes = edge->changes;
    edge->db = db_open(&config, &problem);
    role->app.db = edge->db;
    if (!edge->db)
        role_failed(role, "%s", problem.text);
    return edge->db != NULL;
}

static bool open_server(struct edge *edge)
{
    struct role *role = &edge->role;
    struct settings *settings = &role->app.settings;
    char problem[512];
    bool tls = settings->certificate.n > 0;
    struct http_config config = {
        .limits = http_default_limits,
        .loops = edge->loops,
        .trusted_proxies = settings->trusted_proxies,
        .certificate = tls ? str_cstr(role->arena, settings->certificate) : NULL,
        .private_key = tls ? str_cstr(role->arena, settings->private_key) : NULL,
    };
    struct http_handler handler = {.context = edge, .request = take_request, .answered = edge->log ? answered : NULL};

    edge->server = http_server_new(&config, &handler, problem, sizeof problem);
    if (!edge->server) {
        role_failed(role, "%s", problem);
        return false;
    }
    for (int i = 0; i < edge->loops; i++)
        http_server_listen(edge->server, i, edge->sockets[i], tls, false);
    return true;
}

static bool open_channel(struct edge *edge)
{
    struct role *role = &edge->role;
    struct hearer_config config = {
        .catch_up = catch_up, .change = change, .lease = lease, .tick = tick, .context = edge};

    role_run_dir(role);
    config.dir = app_file(role->arena, &role->app, "run/edges");
    edge->hearer = hearer_new(&config);
    if (!edge->hearer)
        role_failed(role, "%s: %s", config.dir, strerror(errno));
    return edge->hearer != NULL;
}

static bool open_all(struct edge *edge, const char *dir, const struct run_options *options)
{
    struct role *role = &edge->role;

    if (!role_begin(role, "edge", dir, options))
        return false;
    int wanted = role_loops(&role->app.settings);
    edge->loops = role_sockets(role, "site", role->app.settings.site, wanted, edge->sockets);
    if (!edge->loops)
        return false;
    role->app.settings.site = bind_address(role->arena, edge->sockets[0]);
    role->app.address = app_address(role->arena, &role->app.settings);
    edge->workers = role->app.settings.workers ? (int)role->app.settings.workers : 2 * wanted;
    edge->views = view_tables_new(edge->loops);
    edge->unsent = BUF(VIEWS_MOST_BYTES);
    edge->log = options->no_log ? NULL : access_log_new(edge->loops);
    return open_theme(edge) && open_database(edge) && open_channel(edge) && open_server(edge);
}

/* --- giving up rights ------------------------------------------------------------------------------ */

/* The port of "postgresql://user@host:port/name"; 0 for a Unix socket, -1 when it is not plain to see. */
static int database_port(struct str address)
{
    struct str rest = str_from(address, (size_t)str_find(address, STR("://"), 0) + 3);
    struct str server = str_cut(&rest, '/'), query = rest;
    int64_t port;

    str_cut(&query, '?');
    if (str_find(server, STR(","), 0) >= 0 || (query.p && str_find(query, STR("port="), 0) >= 0))
        return -1;
    if (str_find(server, STR("@"), 0) >= 0)
        str_cut(&server, '@');
    if (server.n == 0 || str_starts(server, STR("%2F")) || str_starts(server, STR("%2f")))
        return 0;
    ptrdiff_t colon = str_find(server, STR("]:"), 0);
    server = colon >= 0 ? str_from(server, (size_t)colon + 1) : server;
    str_cut(&server, ':');
    if (!server.p)
        return 5432;
    return str_to_int(server, &port) && port > 0 && port < 65536 ? (int)port : -1;
}

static void enter_sandbox(struct edge *edge)
{
    const struct app *app = &edge->role.app;
    struct arena *arena = edge->role.arena;
    const char *readable[] = {
        app_file(arena, app, "content.db"),
        app_file(arena, app, "content.db-wal"),
        app_file(arena, app, "content.db-shm"),
        app_file(arena, app, "media"),
        app_file(arena, app, "theme"),
        "/usr/share/zoneinfo",
        "/etc/localtime",
        "/dev/urandom",
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
    };
    struct sandbox sandbox = {.readable = readable, .connects = app->settings.database.n > 0};

    if (sandbox.connects) { /* to find its server again */
        static const char *const NEEDED[] = {"/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/services",
                                             "/etc/ssl"};
        for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++)
            readable[8 + i] = NEEDED[i];
        sandbox.port = database_port(app->settings.database);
    }
    int missing = sandbox_enter(&sandbox);
    if (missing & SANDBOX_LANDLOCK)
        LOG(sandbox_partial, LOG_TEXT("missing", STR("landlock")));
    if (missing & SANDBOX_SECCOMP)
        LOG(sandbox_partial, LOG_TEXT("missing", STR("seccomp")));
}

/* --- serving ------------------------------------------------------------------------------------------ */

/* Sent with every page. No inline script or style, nothing from elsewhere, no frames. */
static const char SECURITY_HEADERS[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src "
    "'self';"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: strict-origin-when-cross-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";
static const char ONLY_TLS[] = "Strict-Transport-Security: max-age=31536000\r\n";

static void open_site(struct edge *edge)
{
    struct role *role = &edge->role;
    const struct settings *settings = &role->app.settings;
    struct site_config config = {
        .theme = edge->theme,
        .routes = ROUTES,
        .route_count = ROUTE_COUNT,
        .fallback = redirect_page,
        .db = edge->db,
        .changes = edge->changes,
        .app = &role->app,
        .media = role->app.media,
        .workers = edge->workers,
        .page_cache = (size_t)settings->page_cache_mib << 20,
        .shared_parts = settings->page_cache_mib ? SHARED_PARTS : 0,
        .waiting = WAITING,
        .page_not_found = PAGE_NOT_FOUND,
        .page_gone = PAGE_GONE,
        .page_failed = "500.html",
        .page_busy = "503.html",
        .headers = str_of(SECURITY_HEADERS),
        .hosts = settings->hosts,
        .viewed = viewed,
        .other = other,
        .failed = failed,
        .context = edge,
    };

    if (settings->certificate.n)
        config.headers = str_join(role->arena, config.headers, str_of(ONLY_TLS));
    edge->site = site_new(&config);
}

static void close_all(struct edge *edge, int64_t deadline_ms)
{
    http_server_stop(edge->server, deadline_ms);
    hearer_free(&edge->hearer); /* sends the last views */
    site_stop(edge->site);
    http_server_free(&edge->server);
    site_free(&edge->site);
    db_close(&edge->db);
    tag_table_free(&edge->changes);
    theme_free(&edge->theme);
    view_tables_free(&edge->views);
    access_log_free(&edge->log);
    buf_free(&edge->unsent);
}

int edge_run(const char *dir, const struct run_options *options)
{
    struct arena *arena = arena_new();
    struct edge *edge = ARENA_NEW(arena, struct edge);

    if (!open_all(edge, dir, options))
        return 1;
    enter_sandbox(edge);
    open_site(edge);
    hearer_start(edge->hearer);
    http_server_start(edge->server);
    role_ready(&edge->role);
    int why = role_wait(&edge->role, -1);
    LOG(finishing);
    close_all(edge, why == SIGQUIT ? DRAIN_MS : STOP_MS);
    arena_free(&edge->role.arena);
    arena_free(&arena);
    return 0;
}
