/* desk_call.c - through the running desk, or instead of it; see desk_call.h.
 *
 * The client is libcurl's, on the Unix socket. When a desk ought to run (a
 * supervisor lives) but does not answer, it is starting anew: we wait for it.
 * Where none runs we take its place for the moment, lock and all. Edges may run
 * without a desk and trust what they kept for another LEASE_MS after it was
 * gone; so our first "done" waits until that is over (teller_tell
 * does the waiting, as for any new desk).
 */
#include "src/desk/desk_call.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/random.h"
#include "lib/channel/channel.h"
#include "lib/channel/local.h"
#include "lib/web/acting.h"
#include "src/actions.h"
#include "src/app.h"
#include "src/desk/writer_lock.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DESK_WAIT_MS = 8000, /* for a desk that is starting anew */
    TRY_AGAIN_US = 50000,
    ANSWER_MOST = 34 << 20,
    READERS = 2,
    LOCK_WAIT_MS = 2000, /* for another command */
};

struct desk_link {
    struct arena *arena;
    struct app app;
    const char *run_dir;
    int run; /* the directory, opened: a socket's path is short when it begins with its number */
    const char *socket;
    CURL *curl; /* NULL without a desk */
    struct db *db;
    struct acting *acting;
    struct teller *teller;
};

/* --- with a desk ------------------------------------------------------------------------ */

static bool desk_answers(const char *run_dir)
{
    int fd = local_connect(run_dir, "desk.sock", SOCK_STREAM);

    if (fd >= 0)
        close(fd);
    return fd >= 0 || errno == EAGAIN;
}

/* False when there is no desk, nor will be in a moment. */
static bool find_desk(const char *run_dir)
{
    int64_t until = clock_steady_ms() + DESK_WAIT_MS;

    while (!desk_answers(run_dir)) {
        if (!supervisor_lives(run_dir) || clock_steady_ms() >= until)
            return false;
        usleep(TRY_AGAIN_US);
    }
    return true;
}

static size_t take_bytes(char *bytes, size_t size, size_t n, void *context)
{
    struct buf *out = context;

    buf_add(out, bytes, size * n);
    return out->overflow ? 0 : size * n;
}

static struct curl_slist *headers_with_key(struct arena *arena)
{
    struct str key = str_printf(arena, "Idempotency-Key: cli-%016llx%016llx", (unsigned long long)random_u64(),
                                (unsigned long long)random_u64());
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");

    return curl_slist_append(curl_slist_append(headers, "Expect:"), str_cstr(arena, key));
}

static void set_up(struct desk_link *link, struct arena *arena, const char *method, const char *target, struct str body,
                   struct curl_slist *headers, struct buf *out)
{
    CURL *curl = link->curl;

    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, str_cstr(arena, str_printf(arena, "http://desk%s", target)));
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, link->socket);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, out);
    if (strcmp(method, "GET") != 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.n ? body.p : "");
    }
}

/* The key makes it safe to ask again when the desk went away in the middle. */
static int call_desk(struct desk_link *link, struct arena *arena, const char *method, const char *target,
                     struct str body, struct str *answer, struct db_problem *problem)
{
    struct curl_slist *headers = headers_with_key(arena);
    struct buf out = BUF(ANSWER_MOST);
    long status = 0;
    CURLcode code = CURLE_COULDNT_CONNECT;

    for (int attempt = 0; attempt < 2 && code != CURLE_OK; attempt++) {
        buf_clear(&out);
        if (attempt && !find_desk(link->run_dir))
            break;
        set_up(link, arena, method, target, body, headers, &out);
        code = curl_easy_perform(link->curl);
    }
    if (code == CURLE_OK)
        curl_easy_getinfo(link->curl, CURLINFO_RESPONSE_CODE, &status);
    else
        snprintf(problem->text, sizeof problem->text,
                 "the desk went away in the middle (%s); look whether it was done before you ask again",
                 curl_easy_strerror(code));
    *answer = str_copy(arena, buf_str(&out));
    buf_free(&out);
    curl_slist_free_all(headers);
    return (int)status;
}

/* --- instead of a desk ---------------------------------------------------------------------- */

static void hear_nothing(void *context, int64_t pid, int kind, struct str text)
{
    (void)context, (void)pid, (void)kind, (void)text;
}

static void tell(void *context, const struct db_change *change)
{
    struct desk_link *link = context;

    teller_tell(link->teller, change->sequence, change->tags);
}

static bool open_alone(struct desk_link *link, struct db_problem *problem)
{
    struct db_config config = app_database(link->arena, &link->app, READERS);
    struct teller_config channel = {.dir = app_file(link->arena, &link->app, "run/edges"), .note = hear_nothing};

    if (!writer_lock(link->run_dir, LOCK_WAIT_MS, problem))
        return false;
    config.writer = true;
    link->db = db_open(&config, problem);
    link->app.db = link->db;
    if (!link->db || !db_claim(link->db, problem))
        return false;
    link->teller = teller_new(&channel);
    if (!link->teller) {
        snprintf(problem->text, sizeof problem->text, "%s: %s", channel.dir, strerror(errno));
        return false;
    }
    struct acting_config acting = {.routes = ACTIONS, .db = link->db, .app = &link->app, .tell = tell, .context = link};
    link->acting = acting_new(&acting);
    return true;
}

static int call_alone(struct desk_link *link, struct arena *arena, const char *method, const char *target,
                      struct str body, struct str *answer)
{
    struct str rest = str_of(target), path = str_cut(&rest, '?');
    struct act what = {
        .method = str_of(method), .path = path, .query = rest.p ? rest : STR(""), .body = body, .who = STR("cli")};
    struct act_answer done = act(link->acting, arena, &what);

    *answer = done.body;
    return done.status;
}

/* --- both ------------------------------------------------------------------------------------- */

struct desk_link *desk_link_open(const char *dir, struct db_problem *problem)
{
    struct arena *arena = arena_new();
    struct desk_link *link = ARENA_NEW(arena, struct desk_link);

    link->arena = arena;
    if (!app_load(dir, arena, &link->app, problem)) {
        arena_free(&arena);
        return NULL;
    }
    link->run_dir = app_file(arena, &link->app, "run");
    mkdir(link->run_dir, 0700);
    link->run = open(link->run_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (find_desk(link->run_dir)) {
        struct db_config config = app_database(arena, &link->app, READERS);
        link->socket = str_cstr(arena, str_printf(arena, "/proc/self/fd/%d/desk.sock", link->run));
        curl_global_init(CURL_GLOBAL_NOTHING); /* no TLS on a Unix socket */
        link->curl = curl_easy_init();
        link->db = link->curl ? db_open(&config, problem) : NULL;
        link->app.db = link->db;
    } else if (!open_alone(link, problem)) {
        db_close(&link->db);
    }
    if (!link->db)
        desk_link_close(&link);
    return link;
}

void desk_link_close(struct desk_link **out)
{
    struct desk_link *link = *out;
    struct arena *arena = link->arena;

    acting_free(&link->acting);
    teller_free(&link->teller);
    db_close(&link->db);
    if (link->curl)
        curl_easy_cleanup(link->curl);
    if (link->run >= 0)
        close(link->run);
    if (link->app.media >= 0)
        close(link->app.media);
    arena_free(&arena);
    *out = NULL;
}

int desk_call(struct desk_link *link, struct arena *arena, const char *method, const char *target, struct str body,
              struct str *answer, struct db_problem *problem)
{
    if (link->curl)
        return call_desk(link, arena, method, target, body, answer, problem);
    return call_alone(link, arena, method, target, body, answer);
}

struct db *desk_link_db(struct desk_link *link)
{
    return link->db;
}

struct acting *desk_link_acting(struct desk_link *link)
{
    return link->acting;
}
