/* oracle.c ENGINE OPERATIONS [SEED] - is every page, after every acknowledged change, what it would be without a cache?
 *
 * A real paper is served by the real program. Random operations of the desk are
 * done one after the other; after each acknowledgement every address that was
 * ever known is fetched, and the answer compared, status and bytes, with a page
 * rendered afresh in this process from the database, with nothing kept or
 * shared. Timers and hot lists go on meanwhile, and nobody acknowledges their
 * changes to us: between their commit and the edge's learning of it, which takes
 * microseconds, database and page may differ. So when the operation's own change
 * is the newest one, any difference counts; when another came after it, a
 * difference must go away by itself, with no further change, at the next look.
 *
 * The last line is "N passed, N failed": operations after which all was equal,
 * and those after which it was not. The seed is printed; the same seed does the same.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/random.h"
#include "lib/json/json.h"
#include "lib/web/site.h"
#include "src/app.h"
#include "src/desk/desk_call.h"
#include "src/routes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

extern const struct embedded_file THEME_FILES[];

enum {
    STORIES_KEPT = 24,
    KEYWORDS = 10,
    SECTIONS = 4,
    PEOPLE = 5,
    TRIES = 6,
    LARGEST = 8 << 20,
    SHOWN = 12,
    PAUSE_US = 20000
};

struct story {
    int64_t id;
    bool shown, withdrawn;
};

struct oracle {
    struct arena *arena; /* of the whole run: addresses */
    struct arena *round; /* of one operation */
    char dir[200], parent[160], site[32], desk[32];
    pid_t paper;
    struct app app;
    struct tag_table *changes;
    struct theme *theme;
    struct site *afresh;
    struct desk_link *link;
    int wire;
    LIST(struct str) addresses;
    LIST(struct story) stories;
    LIST(int64_t) flashes;
    int64_t topic, counter;
    uint64_t random;
    int64_t compared, retried;
    uint64_t acknowledged; /* the newest change, when that is the operation's own; else 0 */
};

/* --- chance ------------------------------------------------------------------------ */

static uint64_t next_random(struct oracle *oracle)
{
    /* xorshift64*, Vigna 2016: the same on every machine */
    oracle->random ^= oracle->random >> 12;
    oracle->random ^= oracle->random << 25;
    oracle->random ^= oracle->random >> 27;
    return oracle->random * 2685821657736338717u;
}

static int64_t below(struct oracle *oracle, int64_t n)
{
    return n > 0 ? (int64_t)(next_random(oracle) % (uint64_t)n) : 0;
}

/* --- the paper that is served ---------------------------------------------------------- */

static void must_run(const char *const words[])
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        execv(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die("%s %s failed", words[0], words[1]);
}

static int free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM, 0);

    CHECK(probe >= 0 && bind(probe, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(getsockname(probe, (struct sockaddr *)&address, &length) == 0);
    close(probe);
    return ntohs(address.sin_port);
}

static void make_paper(struct oracle *oracle, const char *engine)
{
    const char *pgsql = getenv("HAOWAI_TEST_PGSQL");
    const char *words[6] = {"build/haowai", "init", oracle->dir};

    snprintf(oracle->parent, sizeof oracle->parent, "/tmp/haowai-oracle-XXXXXX");
    CHECK(mkdtemp(oracle->parent) != NULL);
    snprintf(oracle->dir, sizeof oracle->dir, "%s/paper", oracle->parent);
    if (strcmp(engine, "pgsql") == 0) {
        if (!pgsql || !*pgsql)
            die("HAOWAI_TEST_PGSQL must name an empty database (tests/pgsql.sh starts a server)");
        words[3] = "--database";
        words[4] = pgsql;
    }
    must_run(words);
}

static void start_paper(struct oracle *oracle)
{
    char log[sizeof oracle->parent + 8];

    snprintf(oracle->site, sizeof oracle->site, "127.0.0.1:%d", free_port());
    snprintf(oracle->desk, sizeof oracle->desk, "127.0.0.1:%d", free_port());
    snprintf(log, sizeof log, "%s/log", oracle->parent);
    oracle->paper = fork();
    CHECK(oracle->paper >= 0);
    if (oracle->paper == 0) {
        CHECK(freopen(log, "a", stderr) != NULL && freopen(log, "a", stdout) != NULL);
        execl("build/haowai", "haowai", "run", oracle->dir, "--site", oracle->site, "--desk", oracle->desk, "--no-log",
              (char *)NULL);
        _exit(127);
    }
}

static void stop_paper(struct oracle *oracle)
{
    const char *words[] = {"/bin/rm", "-rf", oracle->parent, NULL};

    kill(oracle->paper, SIGTERM);
    waitpid(oracle->paper, NULL, 0);
    must_run(words);
}

/* --- asking it -------------------------------------------------------------------------- */

struct reply {
    int status;
    struct str location;
    struct buf body;
};

static bool wire_open(struct oracle *oracle)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int64_t port, one = 1;

    CHECK(str_to_int(str_of(strchr(oracle->site, ':') + 1), &port));
    address.sin_port = htons((uint16_t)port);
    oracle->wire = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(oracle->wire, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(int));
    if (connect(oracle->wire, (struct sockaddr *)&address, sizeof address) == 0)
        return true;
    close(oracle->wire);
    oracle->wire = -1;
    return false;
}

/* The value of a header line of the head, "" when absent. */
static struct str header_of(struct str head, struct str name)
{
    for (struct str rest = head; rest.p;) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        if (line.n > name.n && str_equal_nocase(str_head(line, name.n), name) && line.p[name.n] == ':')
            return str_trim(str_from(line, name.n + 1));
    }
    return STR("");
}

static void inflate_into(struct str packed, struct buf *out)
{
    z_stream z = {0};
    char room[16384];
    int status;

    CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)packed.p;
    z.avail_in = (unsigned)packed.n;
    do {
        z.next_out = (unsigned char *)room;
        z.avail_out = sizeof room;
        status = inflate(&z, Z_NO_FLUSH);
        CHECK(status == Z_OK || status == Z_STREAM_END);
        buf_add(out, room, sizeof room - z.avail_out);
    } while (status != Z_STREAM_END);
    inflateEnd(&z);
}

/* Reads until `n` bytes are there, or until the end of the head when n is 0. Returns the head's length. */
static size_t read_until(struct oracle *oracle, struct buf *in, size_t n)
{
    char room[65536];

    for (;;) {
        ptrdiff_t end = n ? -1 : str_find(buf_str(in), STR("\r\n\r\n"), 0);
        if (n ? in->n >= n : end >= 0)
            return n ? n : (size_t)end + 4;
        ssize_t got = read(oracle->wire, room, sizeof room);
        if (got <= 0)
            return 0;
        buf_add(in, room, (size_t)got);
    }
}

static bool fetch_once(struct oracle *oracle, struct str target, bool packed, const char *agent, struct reply *out)
{
    struct buf in = BUF(LARGEST);
    struct str request =
        str_printf(oracle->round, "GET %.*s HTTP/1.1\r\nHost: oracle\r\nUser-Agent: %s\r\nAccept-Encoding: %s\r\n\r\n",
                   STR_ARG(target), agent, packed ? "gzip" : "identity");
    int64_t length = 0;

    if (oracle->wire < 0 && !wire_open(oracle))
        return false;
    size_t head_size = 0;
    if (write(oracle->wire, request.p, request.n) == (ssize_t)request.n)
        head_size = read_until(oracle, &in, 0);
    struct str head = str_copy(oracle->round, str_head(buf_str(&in), head_size));
    bool done = head_size > 0 && str_to_int(header_of(head, STR("content-length")), &length) &&
                (length == 0 || read_until(oracle, &in, head_size + (size_t)length) > 0);
    if (done) {
        int64_t status = 0;
        CHECK(str_to_int((struct str){head.p + 9, 3}, &status));
        out->status = (int)status;
        out->location = header_of(head, STR("location"));
        struct str body = {in.p + head_size, (size_t)length};
        if (str_equal(header_of(head, STR("content-encoding")), STR("gzip")))
            inflate_into(body, &out->body);
        else
            buf_add_str(&out->body, body);
    }
    if (!done || str_equal_nocase(header_of(head, STR("connection")), STR("close"))) {
        close(oracle->wire);
        oracle->wire = -1;
    }
    buf_free(&in);
    return done;
}

/* The edge may have closed an idle connection: once more then. */
static bool fetch(struct oracle *oracle, struct str target, bool packed, const char *agent, struct reply *out)
{
    return fetch_once(oracle, target, packed, agent, out) || fetch_once(oracle, target, packed, agent, out);
}

static void wait_for_paper(struct oracle *oracle)
{
    for (int i = 0; i < 500; i++) {
        struct reply reply = {.body = BUF(LARGEST)};
        bool up = fetch_once(oracle, STR("/health"), false, "oracle", &reply) && reply.status == 200;
        buf_free(&reply.body);
        if (up)
            return;
        usleep(30000);
    }
    die("the paper did not start; see %s/log", oracle->parent);
}

/* --- what it should be --------------------------------------------------------------------- */

static void open_afresh(struct oracle *oracle)
{
    struct db_problem problem = {{0}};

    if (!app_load(oracle->dir, oracle->arena, &oracle->app, &problem))
        die("%s", problem.text);
    /* absolute addresses begin with what the served paper was told on its command line */
    oracle->app.address = str_printf(oracle->arena, "http://%s", oracle->site);
    oracle->changes = tag_table_new();
    struct db_config config = app_database(oracle->arena, &oracle->app, 3);
    config.changes = oracle->changes;
    oracle->app.db = db_open(&config, &problem);
    if (!oracle->app.db)
        die("%s", problem.text);
    struct theme_config theme = {
        .files = THEME_FILES, .pages = PAGES, .page_count = PAGE_COUNT, .parts = PARTS, .part_count = PART_COUNT};
    oracle->theme = theme_load(&theme, &problem);
    if (!oracle->theme)
        die("%s", problem.text);
    oracle->afresh = site_new(&(struct site_config){.theme = oracle->theme,
                                                    .routes = ROUTES,
                                                    .route_count = ROUTE_COUNT,
                                                    .fallback = redirect_page,
                                                    .db = oracle->app.db,
                                                    .changes = oracle->changes,
                                                    .app = &oracle->app,
                                                    .media = oracle->app.media,
                                                    .workers = 1,
                                                    .waiting = 1,
                                                    .page_not_found = PAGE_NOT_FOUND,
                                                    .page_gone = PAGE_GONE,
                                                    .headers = STR(""),
                                                    .hosts = STR("")});
}

static uint64_t changes_so_far(struct oracle *oracle)
{
    struct db_reader *reader = db_read(oracle->app.db, oracle->round, NULL);
    uint64_t sequence = db_sequence(reader);

    CHECK(db_read_end(&reader));
    return sequence;
}

enum verdict { EQUAL, DIFFERENT, DISTURBED };

static void show_difference(struct str target, const struct reply *got, int status, struct str body)
{
    size_t at = 0;

    while (at < got->body.n && at < body.n && got->body.p[at] == body.p[at])
        at++;
    size_t from = at > 60 ? at - 60 : 0;
    printf("DIFFERENT %.*s: served %d, %zu bytes; afresh %d, %zu bytes; from byte %zu:\n  served %.*s\n  afresh %.*s\n",
           STR_ARG(target), got->status, got->body.n, status, body.n, at,
           STR_ARG(str_head(str_from(buf_str(&got->body), from), 160)), STR_ARG(str_head(str_from(body, from), 160)));
}

static enum verdict compare_once(struct oracle *oracle, struct str target, bool last)
{
    struct reply got = {.body = BUF(LARGEST)};
    struct buf body = BUF(LARGEST), location = BUF(4096);
    uint64_t before = changes_so_far(oracle);
    enum verdict verdict = DISTURBED;

    if (fetch(oracle, target, oracle->compared % 2 == 0, "haowai-oracle (bot)", &got)) {
        int status = site_render_afresh(oracle->afresh, target, &body, &location);
        bool same = got.status == status && str_equal(buf_str(&got.body), buf_str(&body)) &&
                    (status != 301 || str_equal(got.location, buf_str(&location)));
        if (same)
            verdict = EQUAL;
        else if (before == oracle->acknowledged && changes_so_far(oracle) == before)
            verdict = DIFFERENT;
        if (verdict == DIFFERENT || (last && verdict == DISTURBED))
            show_difference(target, &got, status, buf_str(&body));
    }
    buf_free(&got.body);
    buf_free(&body);
    buf_free(&location);
    return verdict;
}

static bool compare(struct oracle *oracle, struct str target)
{
    enum verdict verdict = DISTURBED;

    oracle->compared++;
    for (int i = 0; i < TRIES && verdict == DISTURBED; i++) {
        if (i > 0) {
            oracle->retried++;
            usleep(PAUSE_US);
        }
        verdict = compare_once(oracle, target, i == TRIES - 1);
    }
    return verdict == EQUAL;
}

static bool compare_all(struct oracle *oracle)
{
    struct arena_mark mark = arena_mark(oracle->round);
    int different = 0;

    for (size_t i = 0; i < oracle->addresses.n && different < SHOWN; i++) {
        different += !compare(oracle, oracle->addresses.at[i]);
        arena_back(oracle->round, mark);
    }
    return different == 0;
}

static void know(struct oracle *oracle, struct str address)
{
    if (address.n == 0)
        return;
    for (size_t i = 0; i < oracle->addresses.n; i++)
        if (str_equal(oracle->addresses.at[i], address))
            return;
    *LIST_ADD(oracle->arena, &oracle->addresses) = str_copy(oracle->arena, address);
}

/* --- the desk ------------------------------------------------------------------------------ */

static const struct json *act(struct oracle *oracle, const char *method, struct str target, struct str body,
                              int *status)
{
    struct db_problem problem = {{0}};
    struct str answer = STR("");

    *status = desk_call(oracle->link, oracle->round, method, str_cstr(oracle->round, target), body, &answer, &problem);
    if (*status == 0)
        die("%s %.*s: %s", method, STR_ARG(target), problem.text);
    return json_parse(oracle->round, answer);
}

#define ACT(oracle, method, body, ...)                                                                                 \
    act((oracle), (method), str_printf((oracle)->round, __VA_ARGS__), (body), &status)
#define BODY(...) str_printf(oracle->round, __VA_ARGS__)

/* One of the stories in a list; NULL when there is none. */
static struct story *any_story(struct oracle *oracle, bool shown)
{
    size_t n = oracle->stories.n, from = (size_t)below(oracle, (int64_t)n);

    for (size_t i = 0; i < n; i++) {
        struct story *story = &oracle->stories.at[(from + i) % n];
        if (story->shown == shown)
            return story;
    }
    return NULL;
}

static const char *const NAMES[KEYWORDS] = {"港口", "燈塔", "颱風", "議會", "捷運",
                                            "球賽", "夜市", "衛星", "魚市", "老街"};
static const char *const WRITERS[PEOPLE] = {"林知夏", "許家寧", "張書維", "Ana Lee", "吳孟潔"};
static const char *const SECTION_SLUGS[SECTIONS] = {"news", "world", "life", "sports"};

/* "keywords":["a","b"] with up to three names */
static struct str some_names(struct oracle *oracle)
{
    struct str list = STR("");

    for (int64_t i = below(oracle, 4); i > 0; i--)
        list = BODY("%.*s%s\"%s\"", STR_ARG(list), list.n ? "," : "", NAMES[below(oracle, KEYWORDS)]);
    return list;
}

static struct str a_story(struct oracle *oracle, const char *more)
{
    int64_t number = ++oracle->counter;

    return BODY("{\"title\":\"第%lld則新聞　<b>&\\\"測試\",\"short_title\":\"短題%lld\",\"lead\":\"導言%lld\",\"body\":"
                "\"第一段%lld。\\n\\n"
                "## 小標\\n\\n第二段。\",\"keywords\":[%.*s],\"bylines\":[\"%s\"],\"section\":\"%s\"%s}",
                (long long)number, (long long)number, (long long)number, (long long)number, STR_ARG(some_names(oracle)),
                WRITERS[below(oracle, PEOPLE)], SECTION_SLUGS[0], more);
}

static bool publish_with(struct oracle *oracle, const char *more, bool shown)
{
    int status;
    const struct json *answer = ACT(oracle, "POST", a_story(oracle, more), "/desk/api/articles");

    if (status != 201)
        return false;
    *LIST_ADD(oracle->arena, &oracle->stories) = (struct story){.id = json_member_int(answer, "id", 0), .shown = shown};
    know(oracle, json_member_text(answer, "url", STR("")));
    return true;
}

static bool publish(struct oracle *oracle)
{
    static const char *const MORE[] = {"", ",\"kicker\":\"快訊\"", ",\"hide_from_latest\":true", ",\"adult\":true",
                                       ",\"kicker\":{\"text\":\"獨家\",\"hours\":5}"};

    return publish_with(oracle, MORE[below(oracle, 5)], true);
}

static bool draft(struct oracle *oracle)
{
    return publish_with(oracle, ",\"state\":\"draft\"", false);
}

/* Comes out while the next operations go on. */
static bool schedule(struct oracle *oracle)
{
    struct moment due = {clock_now().ms + 300 + below(oracle, 1500)};
    struct moment over = {due.ms + 500 + below(oracle, 1500)};
    struct str more = BODY(",\"published\":\"%.*s\",\"kicker\":{\"text\":\"快訊\",\"until\":\"%.*s\"}",
                           STR_ARG(moment_iso(oracle->round, due)), STR_ARG(moment_iso(oracle->round, over)));
    /* whole seconds only are written: it may be due in the past, which publishes it */
    return publish_with(oracle, str_cstr(oracle->round, more), true);
}

static bool change_story(struct oracle *oracle, const char *method, const char *verb, struct str body)
{
    struct story *story = any_story(oracle, true);
    int status = 0;

    if (story)
        ACT(oracle, method, body, "/desk/api/articles/%lld%s", (long long)story->id, verb);
    return status == 200;
}

static bool correct(struct oracle *oracle)
{
    return change_story(oracle, "POST", "/correct",
                        BODY("{\"title\":\"更正第%lld次\",\"note\":\"說明<i>\",\"kind\":\"correction\"}",
                             (long long)++oracle->counter));
}

static bool retitle(struct oracle *oracle)
{
    return change_story(oracle, "PUT", "",
                        BODY("{\"title\":\"改題第%lld次　換行\",\"short_title\":null}", (long long)++oracle->counter));
}

static bool move(struct oracle *oracle)
{
    int status;
    const struct json *list = json_member(ACT(oracle, "GET", STR(""), "/desk/api/sections"), "sections");
    const struct json *one = json_element(list, (size_t)below(oracle, (int64_t)json_count(list)));

    return change_story(oracle, "PUT", "",
                        BODY("{\"section\":\"%.*s\",\"keywords\":[%.*s]}",
                             STR_ARG(json_member_text(one, "slug", STR(""))), STR_ARG(some_names(oracle))));
}

static bool rebyline(struct oracle *oracle)
{
    struct story *other = any_story(oracle, true);

    return change_story(oracle, "PUT", "",
                        BODY("{\"bylines\":[{\"name\":\"%s\",\"role\":\"攝影\"}],\"related\":[%lld]}",
                             WRITERS[below(oracle, PEOPLE)], other ? (long long)other->id : 1));
}

static bool withdraw(struct oracle *oracle)
{
    struct story *story = any_story(oracle, true);
    int status = 0;

    if (!story)
        return false;
    ACT(oracle, "POST", STR("{\"reason\":\"測試\"}"), "/desk/api/articles/%lld/withdraw", (long long)story->id);
    if (status == 200)
        story->shown = false;
    return status == 200;
}

static bool release(struct oracle *oracle)
{
    struct story *story = any_story(oracle, false);
    int status = 0;

    if (!story)
        return false;
    const struct json *answer = ACT(oracle, "POST", STR("{}"), "/desk/api/articles/%lld/publish", (long long)story->id);
    if (status != 200)
        return false;
    story->shown = true;
    know(oracle, json_member_text(answer, "url", STR("")));
    return true;
}

static bool flash_on(struct oracle *oracle)
{
    struct story *story = below(oracle, 2) ? any_story(oracle, true) : NULL;
    int status;
    struct str to = story ? BODY(",\"article\":%lld", (long long)story->id) : STR("");
    const struct json *answer =
        ACT(oracle, "POST", BODY("{\"text\":\"快訊%lld\"%.*s}", (long long)++oracle->counter, STR_ARG(to)),
            "/desk/api/flash");

    if (status == 201)
        *LIST_ADD(oracle->arena, &oracle->flashes) = json_member_int(answer, "id", 0);
    return status == 201;
}

static bool flash_off(struct oracle *oracle)
{
    int status = 0;

    if (oracle->flashes.n == 0)
        return false;
    int64_t *flash = &oracle->flashes.at[below(oracle, (int64_t)oracle->flashes.n)];
    ACT(oracle, "DELETE", STR(""), "/desk/api/flash/%lld", (long long)*flash);
    *flash = oracle->flashes.at[--oracle->flashes.n];
    return status == 200;
}

/* A keyword, found by its place in the list. */
static const struct json *any_keyword(struct oracle *oracle)
{
    int status;
    const struct json *list = json_member(ACT(oracle, "GET", STR(""), "/desk/api/keywords?limit=100"), "keywords");

    for (size_t i = 0; i < json_count(list); i++)
        know(oracle, json_member_text(json_element(list, i), "url", STR("")));
    return json_count(list) ? json_element(list, (size_t)below(oracle, (int64_t)json_count(list))) : NULL;
}

static bool merge(struct oracle *oracle)
{
    const struct json *from = any_keyword(oracle), *into = any_keyword(oracle);
    int status = 0;

    if (!from || !into || json_member_int(from, "id", 0) == json_member_int(into, "id", 0))
        return false;
    ACT(oracle, "POST", BODY("{\"into\":%lld}", (long long)json_member_int(into, "id", 0)),
        "/desk/api/keywords/%lld/merge", (long long)json_member_int(from, "id", 0));
    return status == 200;
}

static bool rename_keyword(struct oracle *oracle)
{
    const struct json *keyword = any_keyword(oracle);
    int status = 0;

    if (!keyword)
        return false;
    const struct json *answer = ACT(oracle, "PUT",
                                    BODY("{\"name\":\"%s%lld\",\"description\":\"說明\"}",
                                         NAMES[below(oracle, KEYWORDS)], (long long)++oracle->counter),
                                    "/desk/api/keywords/%lld", (long long)json_member_int(keyword, "id", 0));
    know(oracle, json_member_text(answer, "url", STR("")));
    return status == 200;
}

static bool rename_section(struct oracle *oracle)
{
    int status;
    const struct json *list = json_member(ACT(oracle, "GET", STR(""), "/desk/api/sections"), "sections");
    const struct json *one = json_element(list, 1 + (size_t)below(oracle, (int64_t)json_count(list) - 1));
    int64_t number = ++oracle->counter;
    const struct json *answer =
        ACT(oracle, "PUT",
            BODY("{\"name\":\"頻道%lld\",\"slug\":\"section-%lld\"}", (long long)number, (long long)number % 12),
            "/desk/api/sections/%lld", (long long)json_member_int(one, "id", 0));

    if (status != 200)
        return false;
    struct str url = json_member_text(answer, "url", STR(""));
    know(oracle, url);
    know(oracle, BODY("%.*s/feed.xml", STR_ARG(url)));
    return true;
}

static bool reorder(struct oracle *oracle)
{
    int status;
    const struct json *list = json_member(ACT(oracle, "GET", STR(""), "/desk/api/sections"), "sections");
    size_t n = json_count(list), from = (size_t)below(oracle, (int64_t)n);
    struct str ids = STR("");

    for (size_t i = 0; i < n; i++)
        ids = BODY("%.*s%s%lld", STR_ARG(ids), i ? "," : "",
                   (long long)json_member_int(json_element(list, (from + i) % n), "id", 0));
    ACT(oracle, "PUT", BODY("{\"sections\":[%.*s]}", STR_ARG(ids)), "/desk/api/sections/order");
    return status == 200;
}

static bool place(struct oracle *oracle)
{
    static const char *const ZONES[] = {"lead", "secondary", "recommended"};
    struct story *story = any_story(oracle, true);
    int status = 0;

    if (!story)
        return false;
    ACT(oracle, "PUT", BODY("{\"stories\":[%lld]}", (long long)story->id), "/desk/api/front/%lld/%s",
        (long long)below(oracle, 3), ZONES[below(oracle, 3)]);
    return status == 200;
}

static bool topic(struct oracle *oracle)
{
    struct story *story = any_story(oracle, true);
    int status;
    int64_t number = ++oracle->counter;
    struct str stories = story ? BODY("%lld", (long long)story->id) : STR("");
    struct str body = BODY("{\"title\":\"專題%lld\",\"description\":\"說明\",\"stories\":[%.*s],\"listed\":%s}",
                           (long long)number, STR_ARG(stories), below(oracle, 4) ? "true" : "false");

    if (oracle->topic) {
        ACT(oracle, "PUT", body, "/desk/api/topics/%lld", (long long)oracle->topic);
        return status == 200;
    }
    const struct json *answer = ACT(oracle, "POST", body, "/desk/api/topics");
    oracle->topic = json_member_int(answer, "id", 0);
    know(oracle, json_member_text(answer, "url", STR("")));
    return status == 201;
}

static bool static_page(struct oracle *oracle)
{
    int status;

    ACT(oracle, "PUT",
        BODY("{\"title\":\"關於%lld\",\"body\":\"內容。\",\"place\":%lld}", (long long)++oracle->counter,
             (long long)below(oracle, 3)),
        "/desk/api/pages/about-%lld", (long long)below(oracle, 3));
    return status == 200 || status == 201;
}

static bool person(struct oracle *oracle)
{
    int status;
    const struct json *list = json_member(ACT(oracle, "GET", STR(""), "/desk/api/people"), "people");

    if (json_count(list) == 0) {
        const struct json *answer =
            ACT(oracle, "POST", BODY("{\"name\":\"%s\"}", WRITERS[below(oracle, PEOPLE)]), "/desk/api/people");
        know(oracle, json_member_text(answer, "url", STR("")));
        return status == 201;
    }
    const struct json *one = json_element(list, (size_t)below(oracle, (int64_t)json_count(list)));
    know(oracle, json_member_text(one, "url", STR("")));
    ACT(oracle, "PUT", BODY("{\"bio\":\"簡介%lld\"}", (long long)++oracle->counter), "/desk/api/people/%lld",
        (long long)json_member_int(one, "id", 0));
    return status == 200;
}

/* Readers come: the hot lists will move within seconds. */
static bool read_stories(struct oracle *oracle)
{
    struct story *story = any_story(oracle, true);
    int status;

    if (!story)
        return false;
    struct str url =
        json_member_text(ACT(oracle, "GET", STR(""), "/desk/api/articles/%lld", (long long)story->id), "url", STR(""));
    for (int64_t i = 1 + below(oracle, 20); i > 0; i--) {
        struct reply reply = {.body = BUF(LARGEST)};
        fetch(oracle, str_copy(oracle->arena, url), true, "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0", &reply);
        buf_free(&reply.body);
    }
    return true;
}

/* --- the run ---------------------------------------------------------------------------------- */

typedef bool operation(struct oracle *oracle);
static const struct {
    const char *name;
    operation *function;
    int weight;
    bool is_quiet; /* changes nothing readers see, so that another's change is not taken for its own */
} OPERATIONS[] = {{"publish", publish, 12},
                  {"draft", draft, 3, true},
                  {"schedule", schedule, 5, true},
                  {"correct", correct, 10},
                  {"retitle", retitle, 8},
                  {"move", move, 8},
                  {"byline", rebyline, 6},
                  {"withdraw", withdraw, 8},
                  {"release", release, 6},
                  {"flash on", flash_on, 8},
                  {"flash off", flash_off, 6},
                  {"merge", merge, 3},
                  {"rename", rename_keyword, 4},
                  {"section", rename_section, 4},
                  {"reorder", reorder, 3},
                  {"place", place, 6},
                  {"topic", topic, 4},
                  {"static page", static_page, 2},
                  {"person", person, 2},
                  {"readers", read_stories, 4, true}};
enum { OPERATION_COUNT = sizeof OPERATIONS / sizeof *OPERATIONS };

static int choose(struct oracle *oracle)
{
    int64_t total = 0, at;

    for (int i = 0; i < OPERATION_COUNT; i++)
        total += OPERATIONS[i].weight;
    at = below(oracle, total);
    for (int i = 0; i < OPERATION_COUNT; i++)
        if ((at -= OPERATIONS[i].weight) < 0)
            return oracle->stories.n > STORIES_KEPT && i < 3 ? 3 : i; /* the paper stays small: correct instead */
    return 0;
}

static void begin(struct oracle *oracle)
{
    static const char *const FIXED[] = {"/",
                                        "/latest",
                                        "/hot",
                                        "/hot/news",
                                        "/flash",
                                        "/video",
                                        "/topics",
                                        "/sitemap",
                                        "/section/news",
                                        "/feed.xml",
                                        "/atom.xml",
                                        "/feed.json",
                                        "/sitemap.xml",
                                        "/sitemap/0.xml",
                                        "/news-sitemap.xml",
                                        "/robots.txt",
                                        "/manifest.webmanifest",
                                        "/corrections.xml",
                                        "/nothing/here",
                                        "/section/news/feed.xml",
                                        "/section/news/atom.xml",
                                        "/section/news/feed.json",
                                        "/sitemap/keywords.xml",
                                        "/sitemap/pages.xml",
                                        "/sitemap/videos.xml",
                                        "/page/about-0",
                                        "/page/about-1",
                                        "/page/about-2",
                                        "/latest?page=2"};
    struct local_time now = moment_local(clock_now());
    int status;

    for (size_t i = 0; i < sizeof FIXED / sizeof *FIXED; i++)
        know(oracle, str_of(FIXED[i]));
    know(oracle, BODY("/news/%04d%02d%02d", now.year, now.month, now.day));
    know(oracle, BODY("/news/%04d%02d", now.year, now.month));
    for (int i = 1; i < SECTIONS; i++) {
        ACT(oracle, "POST", BODY("{\"name\":\"頻道%d\",\"slug\":\"%s\"}", i, SECTION_SLUGS[i]), "/desk/api/sections");
        know(oracle, BODY("/section/%s", SECTION_SLUGS[i]));
        know(oracle, BODY("/section/%s/feed.xml", SECTION_SLUGS[i]));
    }
}

int main(int argc, char **argv)
{
    struct oracle oracle = {.arena = arena_new(), .round = arena_new(), .wire = -1};
    int64_t operations, passed = 0, failed = 0, seed = (int64_t)(random_u64() >> 1);
    struct db_problem problem = {{0}};

    if (argc < 3 || !str_to_int(str_of(argv[2]), &operations) || (argc > 3 && !str_to_int(str_of(argv[3]), &seed)))
        die("usage: oracle sqlite|pgsql OPERATIONS [SEED]");
    oracle.random = (uint64_t)seed | 1;
    printf("seed %lld\n", (long long)seed);
    make_paper(&oracle, argv[1]);
    start_paper(&oracle);
    wait_for_paper(&oracle);
    open_afresh(&oracle);
    oracle.link = desk_link_open(oracle.dir, &problem);
    if (!oracle.link)
        die("%s", problem.text);
    begin(&oracle);
    while (passed + failed < operations && failed < SHOWN) {
        int chosen = choose(&oracle);
        uint64_t before = changes_so_far(&oracle);
        if (OPERATIONS[chosen].function(&oracle)) {
            uint64_t newest = changes_so_far(&oracle);
            oracle.acknowledged = newest <= before + !OPERATIONS[chosen].is_quiet ? newest : 0;
            bool equal = compare_all(&oracle);
            passed += equal;
            failed += !equal;
            if (!equal)
                printf("FAILED operation %lld: %s\n", (long long)(passed + failed), OPERATIONS[chosen].name);
        }
        arena_reset(oracle.round);
    }
    desk_link_close(&oracle.link);
    site_free(&oracle.afresh);
    db_close(&oracle.app.db);
    stop_paper(&oracle);
    printf("%lld answers compared at %zu addresses, %lld of them again because something changed meanwhile\n",
           (long long)oracle.compared, oracle.addresses.n, (long long)oracle.retried);
    printf("%lld passed, %lld failed\n", (long long)passed, (long long)failed);
    return failed > 0;
}
