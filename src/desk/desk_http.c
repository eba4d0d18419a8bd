/* desk_http.c - the desk's listeners and the threads that do what is asked.
 *
 * An action waits for the disk and for every edge, so none runs on the event
 * loop: requests are put into a queue that a few workers empty. Several, since
 * some only read; those that write take turns anyway (acting.h).
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/channel/local.h"
#include "src/actions.h"
#include "src/desk/desk.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>

enum { WORKERS = 4, QUEUE_MOST = 256, ANSWER_MOST = 33 << 20 };

struct job {
    struct http_exchange *exchange;
    struct desk *desk;
    struct arena *arena; /* for the answer */
    struct buf out;
    struct iovec body;
    struct job *next;
};

struct work {
    pthread_mutex_t lock;
    pthread_cond_t come;
    struct job *first, **end;
    int waiting;
    bool stopping;
    pthread_t workers[WORKERS];
};

static const char JSON_HEADERS[] = "Content-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\n"
                                   "X-Content-Type-Options: nosniff\r\n";
static const char TEXT_HEADERS[] =
    "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\nCache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n";

/* --- answering ------------------------------------------------------------------------- */

static void release(void *owner)
{
    struct job *job = owner;

    struct arena *arena = job->arena;

    buf_free(&job->out);
    arena_free(&arena); /* and the job with it */
}

static void answer(struct job *job, int status, const char *headers)
{
    struct http_answer answer = {.status = status,
                                 .headers = str_of(headers),
                                 .pieces = &job->body,
                                 .piece_count = 1,
                                 .file = -1,
                                 .length = job->out.n,
                                 .release = release,
                                 .owner = job};

    job->body = (struct iovec){job->out.p, job->out.n};
    http_answer(job->exchange, &answer);
}

static void refuse(struct job *job, int status, const char *message)
{
    buf_add_str(&job->out, STR("{\"error\":{\"message\":"));
    json_write_text(&job->out, str_of(message));
    buf_add_str(&job->out, STR("}}"));
    answer(job, status, JSON_HEADERS);
}

static struct str method_name(enum http_method method)
{
    switch (method) {
    case HTTP_GET: return STR("GET");
    case HTTP_HEAD: return STR("HEAD");
    case HTTP_POST: return STR("POST");
    case HTTP_PUT: return STR("PUT");
    case HTTP_PATCH: return STR("PATCH");
    case HTTP_DELETE: return STR("DELETE");
    case HTTP_OPTIONS: return STR("OPTIONS");
    }
    return STR("");
}

static void do_action(struct job *job, const struct http_request *request)
{
    struct desk *desk = job->desk;
    int64_t from = clock_steady_us();
    struct act what = {.method = method_name(request->method),
                       .path = request->path,
                       .query = request->query,
                       .body = request->body.memory,
                       .key = http_header(request, STR("idempotency-key")),
                       .who = STR("cli")};
    struct act_answer done = act(desk->acting, job->arena, &what);

    jobs_look(desk);
    atomic_fetch_add(&desk->actions, 1);
    atomic_fetch_add(&desk->action_us, (uint64_t)(clock_steady_us() - from));
    if (done.status >= 500)
        atomic_fetch_add(&desk->actions_failed, 1);
    buf_add_str(&job->out, done.body);
    answer(job, done.status, JSON_HEADERS); /* the job may be gone from here on */
    if (done.unknown)
        desk_fail(desk);
}

static void do_job(struct job *job)
{
    const struct http_request *request = http_exchange_request(job->exchange);
    bool reads = request->method == HTTP_GET || request->method == HTTP_HEAD;

    if (str_equal(request->path, STR("/health")) && reads) {
        answer(job, desk_health(job->desk, job->arena, &job->out), JSON_HEADERS);
    } else if (str_equal(request->path, STR("/metrics")) && reads) {
        desk_metrics(job->desk, job->arena, &job->out);
        answer(job, 200, TEXT_HEADERS);
    } else if (!request->listener) {
        refuse(job, 404, "here are only /health and /metrics; actions are done through the Unix socket run/desk.sock");
    } else if (request->body.file >= 0) {
        refuse(job, 413, "the body is too long");
    } else {
        do_action(job, request);
    }
}

/* --- queue ------------------------------------------------------------------------------- */

static void *run(void *context)
{
    struct work *work = context;

    for (;;) {
        pthread_mutex_lock(&work->lock);
        while (!work->first && !work->stopping)
            pthread_cond_wait(&work->come, &work->lock);
        struct job *job = work->first;
        if (job) {
            work->first = job->next;
            if (!work->first)
                work->end = &work->first;
            work->waiting--;
        }
        pthread_mutex_unlock(&work->lock);
        if (!job)
            return NULL;
        do_job(job);
    }
}

static bool take_request(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    static const char BUSY[] = "{\"error\":{\"message\":\"the desk is busy; try again\"}}";
    static const struct iovec busy = {(void *)(uintptr_t)BUSY, sizeof BUSY - 1};
    struct desk *desk = context;
    struct work *work = desk->work;
    struct arena *arena = arena_new();
    struct job *job = ARENA_NEW(arena, struct job);

    (void)loop;
    *job = (struct job){.exchange = exchange, .desk = desk, .arena = arena, .out = BUF(ANSWER_MOST)};
    pthread_mutex_lock(&work->lock);
    bool room = work->waiting < QUEUE_MOST;
    if (room) {
        *work->end = job;
        work->end = &job->next;
        work->waiting++;
        pthread_cond_signal(&work->come);
    }
    pthread_mutex_unlock(&work->lock);
    if (room)
        return false;
    release(job);
    *answer = (struct http_answer){.status = 503,
                                   .headers = str_of(JSON_HEADERS),
                                   .pieces = &busy,
                                   .piece_count = 1,
                                   .file = -1,
                                   .length = busy.iov_len};
    return true;
}

/* --- opening and closing ------------------------------------------------------------------- */

bool desk_http_open(struct desk *desk)
{
    struct role *role = &desk->role;
    const char *run_dir = role_run_dir(role);
    char problem[512];
    int tcp;

    if (role_sockets(role, "desk", role->app.settings.desk, 1, &tcp) != 1)
        return false;
    int local = local_listen(run_dir, "desk.sock", SOCK_STREAM);
    if (local < 0) {
        role_failed(role, "%s/desk.sock: %s", run_dir, strerror(errno));
        return false;
    }
    struct http_config config = {.limits = http_default_limits, .loops = 1};
    config.limits.body = JSON_LARGEST;
    config.limits.body_memory = JSON_LARGEST;
    config.limits.connections = 1000;
    desk->server = http_server_new(&config, &(struct http_handler){.context = desk, .request = take_request}, problem,
                                   sizeof problem);
    if (!desk->server) {
        role_failed(role, "%s", problem);
        return false;
    }
    http_server_listen(desk->server, 0, tcp, false, false);
    http_server_listen(desk->server, 0, local, false, true);
    return true;
}

void desk_http_start(struct desk *desk)
{
    struct work *work = ARENA_NEW(desk->role.arena, struct work);

    desk->work = work;
    work->end = &work->first;
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->come, NULL);
    for (int i = 0; i < WORKERS; i++)
        if (pthread_create(&work->workers[i], NULL, run, work) != 0)
            die("cannot start a thread for the desk");
    http_server_start(desk->server);
}

void desk_http_stop(struct desk *desk, int64_t deadline_ms)
{
    http_server_stop(desk->server, deadline_ms);
}

void desk_http_free(struct desk *desk)
{
    struct work *work = desk->work;

    pthread_mutex_lock(&work->lock);
    work->stopping = true;
    pthread_cond_broadcast(&work->come);
    pthread_mutex_unlock(&work->lock);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(work->workers[i], NULL);
    http_server_free(&desk->server);
    pthread_mutex_destroy(&work->lock);
    pthread_cond_destroy(&work->come);
    desk->work = NULL;
}
