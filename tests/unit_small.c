/* unit_small.c - the small site of unit_small.h. */
#include "tests/unit_small.h"

#include "lib/base/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* --- store --------------------------------------------------------------------------- */

static const struct db_migration STEPS[] = {
    {"0001_small_site.sql",
     "CREATE TABLE change (sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, tags TEXT NOT NULL);"
     "CREATE TABLE item (id BIGINT PRIMARY KEY, section BIGINT NOT NULL, title TEXT NOT NULL, removed BIGINT NOT NULL);"
     "CREATE INDEX item_section ON item (section, id);"
     "CREATE TABLE line (id BIGINT PRIMARY KEY, text TEXT NOT NULL);"
     "CREATE TABLE redirect (old TEXT NOT NULL UNIQUE, target TEXT NOT NULL);"},
};

SQL(put_item,
    "INSERT INTO item (id, section, title, removed) VALUES ($1, $2, $3, 0)"
    " ON CONFLICT (id) DO UPDATE SET section = $2, title = $3, removed = 0",
    .touches = "item:$1 section:$2");
SQL(leave_section, "UPDATE item SET removed = 1 WHERE id = $1 RETURNING section", .touches = "section:{section}");
SQL(drop_item, "UPDATE item SET removed = 1 WHERE id = $1 RETURNING section AS tag_section",
    .touches = "item:$1 section:{tag_section}");
SQL(put_line, "INSERT INTO line (id, text) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET text = $1", .touches = "line");
SQL(put_redirect, "INSERT INTO redirect (old, target) VALUES ($1, $2) ON CONFLICT (old) DO UPDATE SET target = $2",
    .touches = "redirects");
SQL(next_change, "SELECT coalesce(max(sequence), 0) + 1 FROM change", .reads = "-");
SQL(find_item, "SELECT id, section, title, removed FROM item WHERE id = $1", .reads = "item:$1");
SQL(find_rail,
    "SELECT id, section, title FROM item WHERE section = $1 AND id <> $2 AND removed = 0 ORDER BY id DESC LIMIT 5",
    .reads = "section:$1");
SQL(find_line, "SELECT text FROM line WHERE id = 1", .reads = "line");
SQL(find_redirect, "SELECT target FROM redirect WHERE old = $1", .reads = "redirects");

struct item {
    int64_t id, section, removed;
    struct str title;
};
static const struct fields ITEM_FIELDS = FIELDS(struct item, FIELD(struct item, id), FIELD(struct item, section),
                                                FIELD(struct item, removed), FIELD(struct item, title));

static uint64_t commit(struct small_site *site, struct db_tx **tx, struct str *tags)
{
    struct db_change change;
    struct db_problem problem = {{0}};

    if (db_commit(tx, &change, &problem) != DB_COMMITTED)
        die("commit: %s", problem.text);
    if (tags)
        *tags = change.tags;
    else
        CHECK(tag_table_apply(site->changes, change.sequence, change.tags));
    return change.sequence;
}

/* One statement, one transaction, told. */
static uint64_t write_one(struct small_site *site, const struct db_statement *statement, struct db_args args,
                          struct str *tags)
{
    struct arena *arena = tags ? site->arena : arena_new();
    struct db_tx *tx = db_begin(site->db, arena);

    db_exec(tx, statement, args);
    uint64_t sequence = commit(site, &tx, tags);
    if (!tags)
        arena_free(&arena);
    return sequence;
}

uint64_t small_set_item(struct small_site *site, int64_t id, int64_t section, const char *title)
{
    struct arena *arena = arena_new();
    struct db_tx *tx = db_begin(site->db, arena);

    db_exec(tx, &leave_section, ARGS(id));
    db_exec(tx, &put_item, ARGS(id, section, str_of(title)));
    uint64_t sequence = commit(site, &tx, NULL);
    arena_free(&arena);
    return sequence;
}

uint64_t small_set_many(struct small_site *site, const int64_t *items, size_t n, bool line, bool told, struct str *tags)
{
    struct arena *arena = told ? arena_new() : site->arena;
    struct db_tx *tx = db_begin(site->db, arena);
    int64_t next = db_int(db_tx_reader(tx), &next_change, NO_ARGS, 0);

    for (size_t i = 0; i < n; i++)
        db_exec(tx, &put_item,
                ARGS(items[i], items[i] / 10, str_printf(arena, "e%" PRId64 "v%" PRId64 ";", items[i], next)));
    if (line)
        db_exec(tx, &put_line, ARGS(str_printf(arena, "e0v%" PRId64 ";", next)));
    uint64_t sequence = commit(site, &tx, told ? NULL : tags);
    CHECK(sequence == (uint64_t)next);
    if (told)
        arena_free(&arena);
    return sequence;
}

uint64_t small_remove_item(struct small_site *site, int64_t id)
{
    return write_one(site, &drop_item, ARGS(id), NULL);
}

uint64_t small_set_line(struct small_site *site, const char *text)
{
    return write_one(site, &put_line, ARGS(str_of(text)), NULL);
}

uint64_t small_set_line_untold(struct small_site *site, const char *text, struct str *tags)
{
    return write_one(site, &put_line, ARGS(str_of(text)), tags);
}

uint64_t small_set_redirect(struct small_site *site, const char *old, const char *target)
{
    return write_one(site, &put_redirect, ARGS(str_of(old), str_of(target)), NULL);
}

static void rename_table(struct small_site *site, const char *from, const char *to)
{
    sqlite3 *db;
    const char *path = str_cstr(site->arena, str_printf(site->arena, "%s/small.db", site->dir));
    const char *sql = str_cstr(site->arena, str_printf(site->arena, "ALTER TABLE %s RENAME TO %s", from, to));

    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

void small_break_table(struct small_site *site, const char *table)
{
    rename_table(site, table, "taken_away");
}

void small_mend_table(struct small_site *site, const char *table)
{
    rename_table(site, "taken_away", table);
}

uint64_t small_touch(struct small_site *site, const char *tag)
{
    struct arena *arena = arena_new();
    struct db_tx *tx = db_begin(site->db, arena);

    db_touch(tx, str_of(tag));
    uint64_t sequence = commit(site, &tx, NULL);
    arena_free(&arena);
    return sequence;
}

/* --- parts ----------------------------------------------------------------------------- */

enum { ABOUT_ITEM, ABOUT_SECTION, ABOUT_NUMBER, ABOUT_WITHOUT };

struct number_view {
    int64_t number;
    struct str word;
};
static const struct fields NUMBER_FIELDS =
    FIELDS(struct number_view, FIELD(struct number_view, number), FIELD(struct number_view, word));

struct rail_view {
    LIST(struct item) items;
};
static const struct fields RAIL_FIELDS = FIELDS(struct rail_view, FIELD_LIST(struct rail_view, items, ITEM_FIELDS));

struct line_view {
    struct str text;
};
static const struct fields LINE_FIELDS = FIELDS(struct line_view, FIELD(struct line_view, text));

_Atomic int small_items_read;

static const void *read_item(struct db_reader *db, struct arena *arena, int64_t id)
{
    struct item *item = ARENA_NEW(arena, struct item);

    atomic_fetch_add(&small_items_read, 1);
    db_row(db, &find_item, ARGS(id), &ITEM_FIELDS, item);
    return item;
}

static const void *item_view(struct part *part)
{
    return part_once(part, read_item, part->about->at[ABOUT_ITEM]);
}

static const void *rail_view(struct part *part)
{
    struct rail_view *view = ARENA_NEW(part->arena, struct rail_view);

    db_rows(part->db, &find_rail, ARGS(part->about->at[ABOUT_SECTION], part->about->at[ABOUT_WITHOUT]), &ITEM_FIELDS,
            &view->items);
    for (size_t i = 0; i < view->items.n; i++)
        part_shows(part, view->items.at[i].id);
    return view;
}

static const void *line_view(struct part *part)
{
    struct small_site *site = part->app;
    struct line_view *view = ARENA_NEW(part->arena, struct line_view);

    atomic_fetch_add(&site->lines_rendered, 1);
    view->text = db_text(part->db, &find_line, NO_ARGS);
    if (atomic_load(&site->view_delay_us))
        usleep((unsigned)atomic_load(&site->view_delay_us));
    return view;
}

static const void *number_part_view(struct part *part)
{
    struct number_view *view = ARENA_NEW(part->arena, struct number_view);

    view->number = part->about->at[ABOUT_NUMBER];
    return view;
}

static const void *broken_view(struct part *part)
{
    struct line_view *view = ARENA_NEW(part->arena, struct line_view);
    char *text = arena_bytes(part->arena, 9 << 20);

    memset(text, 'x', 9 << 20);
    view->text = (struct str){text, 9 << 20};
    return view;
}

enum { PART_HEAD, PART_BODY, PART_ECHO, PART_RAIL, PART_LINE, PART_NUMBER, PART_BROKEN, PARTS_N };

static const struct part_kind PARTS[PARTS_N] = {
    [PART_HEAD] = {"head.html", &ITEM_FIELDS, item_view, 1u << ABOUT_ITEM, false, PART_NO_ITEM, 0},
    [PART_BODY] = {"body.html", &ITEM_FIELDS, item_view, 1u << ABOUT_ITEM, false, PART_NO_ITEM, 0},
    [PART_ECHO] = {"echo.html", &ITEM_FIELDS, item_view, 1u << ABOUT_ITEM, true, PART_NO_ITEM, 0},
    [PART_RAIL] = {"rail.html", &RAIL_FIELDS, rail_view, 1u << ABOUT_SECTION | 1u << ABOUT_WITHOUT, true, ABOUT_ITEM,
                   ABOUT_WITHOUT},
    [PART_LINE] = {"line.html", &LINE_FIELDS, line_view, 0, true, PART_NO_ITEM, 0},
    [PART_NUMBER] = {"number.html", &NUMBER_FIELDS, number_part_view, 1u << ABOUT_NUMBER, false, PART_NO_ITEM, 0},
    [PART_BROKEN] = {"broken.html", &LINE_FIELDS, broken_view, 0, false, PART_NO_ITEM, 0},
};

/* --- pages --------------------------------------------------------------------------------- */

enum { PAGE_HOME, PAGE_ITEM, PAGE_LIST, PAGE_NOT_FOUND, PAGE_GONE, PAGE_BROKEN, PAGE_FEED, PAGE_ECHO, PAGES_N };

#define HTML "text/html; charset=utf-8"
static const struct page_kind PAGES[PAGES_N] = {
    [PAGE_HOME] = {"home.html", 200, HTML, PART_NO_ITEM},
    [PAGE_ITEM] = {"item.html", 200, HTML, ABOUT_ITEM},
    [PAGE_LIST] = {"list.html", 200, HTML, PART_NO_ITEM},
    [PAGE_NOT_FOUND] = {"404.html", 404, HTML, PART_NO_ITEM},
    [PAGE_GONE] = {"410.html", 410, HTML, PART_NO_ITEM},
    [PAGE_BROKEN] = {"broken.html", 200, HTML, PART_NO_ITEM},
    [PAGE_FEED] = {"feed.xml", 200, "application/xml", PART_NO_ITEM},
    [PAGE_ECHO] = {"echo.html", 200, HTML, PART_NO_ITEM},
};

static enum answer home_page(struct request *req)
{
    return page(req, PAGE_HOME, ABOUT(0));
}

static enum answer item_page(struct request *req)
{
    struct small_site *site = req->app;
    struct item item = {0};

    atomic_fetch_add(&site->item_pages, 1);
    if (!db_row(req->db, &find_item, ARGS(param_int(req, "id")), &ITEM_FIELDS, &item))
        return not_found(req);
    if (item.removed)
        return gone(req);
    return page(req, PAGE_ITEM, ABOUT(item.id, item.section));
}

static enum answer list_page(struct request *req)
{
    int64_t number = query_int(req, "page", 1);

    if (number < 1)
        return ANSWER_BAD;
    if (number > 1000)
        return not_found(req);
    return page(req, PAGE_LIST, ABOUT(0, 1, number + (int64_t)query_text(req, "tag").n * 10000));
}

static enum answer word_page(struct request *req)
{
    req->text = param(req, "word");
    req->type = STR("text/plain; charset=utf-8");
    return ANSWER_TEXT;
}

static enum answer text_page(struct request *req)
{
    req->text = db_text(req->db, &find_line, NO_ARGS);
    req->type = STR("text/plain; charset=utf-8");
    return ANSWER_TEXT;
}

static enum answer broken_page(struct request *req)
{
    return page(req, PAGE_BROKEN, ABOUT(0));
}

static enum answer feed_page(struct request *req)
{
    return page(req, PAGE_FEED, ABOUT(0));
}

static enum answer old_address(struct request *req)
{
    struct str old =
        req->query.n ? str_printf(req->arena, "%.*s?%.*s", STR_ARG(req->path), STR_ARG(req->query)) : req->path;
    struct str target = db_text(req->db, &find_redirect, ARGS(old));

    return target.n ? moved(req, target) : not_found(req);
}

static enum answer echo_page(struct request *req)
{
    return page(req, PAGE_ECHO, ABOUT(param_int(req, "id")));
}

static const struct route ROUTES[] = {
    {"/echo/{id:int}", echo_page, ""},
    {"/", home_page, ""},
    {"/item/{id:int}", item_page, ""},
    {"/list", list_page, "page tag"},
    {"/word/{word}", word_page, ""},
    {"/text", text_page, ""},
    {"/broken", broken_page, ""},
    {"/feed.xml", feed_page, ""},
    {NULL, NULL, NULL},
};

/* --- theme ----------------------------------------------------------------------------------- */

#define FILE_OF(name, text)                                                                                            \
    {                                                                                                                  \
        name, text, sizeof text - 1                                                                                    \
    }
static const struct embedded_file FILES[] = {
    FILE_OF("pages/home.html", "<html>{{> line}}<p>home</p></html>"),
    FILE_OF("pages/item.html",
            "<html>{{> head}}<body>{{> line}}{{> body}}{{> rail}}{{> echo}}<p>end</p></body></html>"),
    FILE_OF("pages/list.html", "<html>{{> number}}{{> rail}}{{> line}}</html>"),
    FILE_OF("pages/404.html", "<html>{{> line}}<p>not found</p></html>"),
    FILE_OF("pages/410.html", "<html>{{> line}}<p>gone</p></html>"),
    FILE_OF("pages/500.html", "<html><link href=\"/assets/small.css\"><p>failed</p></html>"),
    FILE_OF("pages/503.html", "<html><p>busy</p></html>"),
    FILE_OF("pages/broken.html", "{{> broken}}"),
    FILE_OF("pages/echo.html", "<html>{{> echo}}</html>"),
    FILE_OF("pages/feed.xml", "<feed>{{> line}}</feed>"),
    FILE_OF("parts/head.html", "<title>{{title}}</title>"),
    FILE_OF("parts/body.html", "<h1>{{title}}</h1><p>item {{id}} of section {{section}}</p>"),
    FILE_OF("parts/echo.html", "<b>{{title}}</b>"),
    FILE_OF("parts/rail.html", "<ul>{{#items}}<li>{{title}}</li>{{/items}}</ul>"),
    FILE_OF("parts/line.html", "<p>line: {{text}}</p>"),
    FILE_OF("parts/number.html", "<p>number {{number}}</p>"),
    FILE_OF("parts/broken.html", "<p>{{text}}</p>"),
    FILE_OF("assets/small.css",
            "body { margin: 0; padding: 0 } h1 { margin: 0; padding: 0 } p { margin: 0; padding: 0 }"),
    {NULL, NULL, 0},
};

/* --- opening and closing ----------------------------------------------------------------------- */

static void note_viewed(void *context, int loop, int64_t item, const struct http_request *request)
{
    struct small_site *site = context;

    (void)loop;
    CHECK(request->method == HTTP_GET);
    atomic_store(&site->last_viewed, (int)item);
    atomic_fetch_add(&site->viewed, 1);
}

static void note_failed(void *context, struct str target, const char *problem)
{
    struct small_site *site = context;

    CHECK(target.n > 0 && problem[0]);
    atomic_fetch_add(&site->failed, 1);
}

static bool answer_other(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    (void)context, (void)loop;
    if (!str_equal(http_exchange_request(exchange)->path, STR("/me")))
        return false;
    *answer = (struct http_answer){.status = 204, .file = -1};
    return true;
}

static void open_database(struct small_site *unit, int readers)
{
    struct db_problem problem;
    struct db_config config = {.address = str_printf(unit->arena, "%s/small.db", unit->dir),
                               .migrations = STEPS,
                               .migration_count = 1,
                               .writer = true,
                               .readers = readers,
                               .changes = unit->changes};

    unit->db = db_open(&config, &problem);
    if (!unit->db)
        die("%s", problem.text);
}

static void open_server(struct small_site *unit, int loops)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    struct http_config config = {.limits = http_default_limits, .loops = loops, .trusted_proxies = STR("")};
    struct http_handler handler = {.context = unit->site, .request = site_request};
    char error[200];

    unit->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(unit->listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(unit->listener, 1024) != 0 ||
        getsockname(unit->listener, (struct sockaddr *)&address, &size) != 0)
        die("cannot listen: %s", strerror(errno));
    unit->port = ntohs(address.sin_port);
    unit->server = http_server_new(&config, &handler, error, sizeof error);
    if (!unit->server)
        die("%s", error);
    for (int i = 0; i < loops; i++)
        http_server_listen(unit->server, i, unit->listener, false, false);
    http_server_start(unit->server);
}

static size_t size_of(size_t asked, size_t otherwise)
{
    return asked == SMALL_NONE ? 0 : asked ? asked : otherwise;
}

static void open_site(struct small_site *unit, const struct small_options *options, int workers)
{
    struct db_problem problem;
    struct theme_config theme = {
        .files = FILES, .pages = PAGES, .page_count = PAGES_N, .parts = PARTS, .part_count = PARTS_N};
    const char *media = str_cstr(unit->arena, str_printf(unit->arena, "%s/media", unit->dir));

    unit->theme = theme_load(&theme, &problem);
    if (!unit->theme)
        die("%s", problem.text);
    mkdir(media, 0700);
    struct site_config config = {
        .theme = unit->theme,
        .routes = ROUTES,
        .route_count = sizeof ROUTES / sizeof *ROUTES - 1,
        .fallback = old_address,
        .db = unit->db,
        .changes = unit->changes,
        .app = unit,
        .media = open(media, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        .workers = workers,
        .page_cache = size_of(options->page_cache, 16 << 20),
        .shared_parts = size_of(options->shared_parts, 1000),
        .waiting = size_of(options->waiting, 1000),
        .page_not_found = PAGE_NOT_FOUND,
        .page_gone = PAGE_GONE,
        .page_failed = "500.html",
        .page_busy = "503.html",
        .headers = STR("X-Frame-Options: DENY\r\n"),
        .hosts = options->hosts,
        .viewed = note_viewed,
        .other = answer_other,
        .failed = note_failed,
        .context = unit,
    };
    unit->media = config.media;
    unit->site = site_new(&config);
    site_lease(unit->site, options->no_lease ? 0 : INT64_MAX);
}

struct small_site *small_open(const struct small_options *options)
{
    struct arena *arena = arena_new();
    struct small_site *unit = ARENA_NEW(arena, struct small_site);
    const char *parent = getenv("TMPDIR");
    int workers = options->workers ? options->workers : 2;

    unit->arena = arena;
    snprintf(unit->dir, sizeof unit->dir, "%s/haowai-site-XXXXXX", parent && *parent ? parent : P_tmpdir);
    if (!mkdtemp(unit->dir))
        die("%s: %s", unit->dir, strerror(errno));
    unit->changes = tag_table_new();
    open_database(unit, workers + 2);
    open_site(unit, options, workers);
    if (!options->no_server)
        open_server(unit, options->loops ? options->loops : 1);
    return unit;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

void small_close(struct small_site **out)
{
    struct small_site *unit = *out;
    struct arena *arena = unit->arena;

    if (unit->server) {
        http_server_stop(unit->server, 100);
        site_stop(unit->site);
        http_server_free(&unit->server);
        close(unit->listener);
    }
    site_free(&unit->site);
    close(unit->media);
    theme_free(&unit->theme);
    db_close(&unit->db);
    tag_table_free(&unit->changes);
    nftw(unit->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(&arena);
    *out = NULL;
}

/* --- a reader ------------------------------------------------------------------------------------ */

int small_connect(struct small_site *unit)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_port = htons((uint16_t)unit->port)};
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0)
        die("cannot connect: %s", strerror(errno));
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return connection;
}

static bool take_more(int connection, struct buf *in)
{
    char bytes[16384];
    ssize_t n = recv(connection, bytes, sizeof bytes, 0);

    if (n > 0)
        buf_add(in, bytes, (size_t)n);
    return n > 0;
}

void small_send(int connection, const char *method, const char *target, const char *headers)
{
    struct buf text = BUF(64 << 10);

    buf_printf(&text, "%s %s HTTP/1.1\r\n%s%s\r\n", method, target,
               strstr(headers, "Host:") ? "" : "Host: localhost\r\n", headers);
    if (send(connection, text.p, text.n, MSG_NOSIGNAL) != (ssize_t)text.n)
        die("cannot send: %s", strerror(errno));
    buf_free(&text);
}

struct small_reply small_receive(int connection, struct arena *arena, const char *method)
{
    struct buf in = BUF(64 << 20);
    struct small_reply reply = {.status = 0};
    ptrdiff_t end;

    while ((end = str_find(buf_str(&in), STR("\r\n\r\n"), 0)) < 0)
        if (!take_more(connection, &in))
            return reply;
    reply.head = str_copy(arena, str_head(buf_str(&in), (size_t)end + 2));
    int64_t status = 0, length = 0;
    str_to_int(str_head(str_from(reply.head, 9), 3), &status);
    bool bodiless = strcmp(method, "HEAD") == 0 || status == 304 || status == 204;
    if (!bodiless)
        str_to_int(small_header(&reply, "Content-Length"), &length);
    while (in.n < (size_t)end + 4 + (size_t)length)
        if (!take_more(connection, &in))
            return reply;
    reply.body = str_copy(arena, str_from(buf_str(&in), (size_t)end + 4));
    reply.status = (int)status;
    buf_free(&in);
    return reply;
}

struct small_reply small_ask(int connection, struct arena *arena, const char *method, const char *target,
                             const char *headers)
{
    small_send(connection, method, target, headers);
    return small_receive(connection, arena, method);
}

struct small_reply small_get(struct small_site *unit, const char *target, const char *headers)
{
    int connection = small_connect(unit);
    struct small_reply reply = small_ask(connection, unit->arena, "GET", target, headers);

    close(connection);
    return reply;
}

struct str small_header(const struct small_reply *reply, const char *name)
{
    for (struct str rest = reply->head; rest.p;) {
        struct str value = str_cut(&rest, '\n');
        struct str key = str_cut(&value, ':');
        if (value.p && str_equal_nocase(key, str_of(name)))
            return str_trim(value);
    }
    return (struct str){NULL, 0};
}

bool small_shows(const struct small_reply *reply, const char *text)
{
    return str_find(reply->body, str_of(text), 0) >= 0;
}

struct str small_unzip(struct arena *arena, struct str packed)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (unsigned)packed.n};
    enum { MOST = 1 << 20 };
    char *out = arena_bytes(arena, MOST);

    z.next_out = (unsigned char *)out;
    z.avail_out = MOST;
    CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
    int status = inflate(&z, Z_FINISH); /* checks CRC and length too */
    CHECK(status == Z_STREAM_END && z.avail_in == 0);
    inflateEnd(&z);
    return (struct str){out, MOST - z.avail_out};
}
