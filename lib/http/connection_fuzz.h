/* connection_fuzz.h - for fuzzers: a server in one thread, fed by hand through a pair of sockets.
 *
 * The same bytes are sent twice, cut differently; what the handler was asked must be the same both times.
 */
#ifndef HAOWAI_HTTP_CONNECTION_FUZZ_H
#define HAOWAI_HTTP_CONNECTION_FUZZ_H

#include "lib/http/inside.h"

#include <sys/socket.h>
#include <unistd.h>

/* What the handler was asked, and how it ended. */
struct outcome {
    uint64_t digest;
    int asked;
    bool closed;
};

static struct outcome *outcome_now;
static int fuzz_owners;

static void fuzz_release(void *owner)
{
    (void)owner;
    fuzz_owners--;
}

static void note(struct str part)
{
    outcome_now->digest = str_hash(part, outcome_now->digest + part.n);
}

static void note_request(const struct http_request *request)
{
    outcome_now->asked++;
    note(request->target);
    note(request->host);
    for (size_t i = 0; i < request->header_count; i++) {
        note(request->headers[i].name);
        note(request->headers[i].value);
    }
    CHECK(request->body.file < 0 && request->body.memory.n == request->body.length);
    note(request->body.memory);
}

static bool fuzz_answer(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    static char body[3000];
    static const struct iovec pieces[] = {{body, 1}, {body, 1000}, {body, 0}, {body, 1999}};
    const struct http_request *request = http_exchange_request(exchange);
    bool is_stream = request->method == HTTP_PUT, is_late = request->method == HTTP_PATCH;

    (void)context;
    (void)loop;
    note_request(request);
    fuzz_owners++;
    *answer = (struct http_answer){.status = request->method == HTTP_DELETE ? 204 : 200,
                                   .headers = STR("X: y\r\n"),
                                   .pieces = pieces,
                                   .piece_count = is_stream ? 0 : 4,
                                   .file = -1,
                                   .length = is_stream ? HTTP_LENGTH_UNKNOWN : 3000,
                                   .close = request->query.n == 7,
                                   .release = fuzz_release};
    if (!is_stream && !is_late)
        return true;
    struct http_answer late = *answer;
    http_answer(exchange, &late);
    if (is_stream) {
        http_stream_write(exchange, (struct str){body, 700});
        http_stream_write(exchange, request->query);
        http_stream_end(exchange);
    }
    return false;
}

static struct http_server *fuzz_server(void)
{
    static struct http_server *server;
    struct http_config config = {.limits = http_default_limits, .loops = 1, .trusted_proxies = STR("local")};
    struct http_handler handler = {.request = fuzz_answer};
    char error[200];

    if (server)
        return server;
    config.limits.body = 5000;
    config.limits.body_memory = 5000;
    config.limits.header_block = 2000;
    config.limits.target = 1000;
    config.limits.stream_backlog = 1000;
    server = http_server_new(&config, &handler, error, sizeof error);
    CHECK(server != NULL);
    return server;
}

static void fuzz_turn(struct loop *loop)
{
    loop_wake(loop);
    loop_turn(loop);
}

/* Reads what the server says; false when it has closed. */
static bool drain(int fd)
{
    static char bytes[65536];
    ssize_t got;

    while ((got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
        continue;
    return got < 0;
}

static void feed_pieces(struct loop *loop, int fd, struct str input, uint64_t cuts)
{
    bool open = true;

    while (input.n && open) {
        size_t step = cuts ? 1 + (size_t)(cuts >> 57) : input.n;
        struct str part = str_head(input, step < 4096 ? step : 4096);
        cuts = cuts * 6364136223846793005u + (cuts != 0) * 1442695040888963407u;
        open = send(fd, part.p, part.n, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)part.n;
        input = str_from(input, part.n);
        fuzz_turn(loop);
        open = open && drain(fd);
    }
    shutdown(fd, SHUT_WR);
    for (int i = 0; i < 100 && open && loop->connection_count; i++) {
        fuzz_turn(loop);
        open = drain(fd);
    }
    outcome_now->closed = !open;
}

/* The one connection there is. */
static struct connection *only_connection(struct loop *loop)
{
    for (size_t i = 0; i < WHEEL_SLOTS; i++)
        if (loop->wheel.slots[i].next != &loop->wheel.slots[i])
            return connection_of_timer(loop->wheel.slots[i].next);
    return NULL;
}

/* One connection from its beginning to its end. `begin` may be NULL. */
static struct outcome fuzz_connection(struct str input, uint64_t cuts, void (*begin)(struct connection *connection))
{
    struct loop *loop = fuzz_server()->loops[0];
    struct listener listener = {.event = EVENT_LISTENER};
    struct sockaddr_storage peer = {.ss_family = AF_UNIX};
    struct outcome outcome = {0};
    int pair[2];

    outcome_now = &outcome;
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) == 0);
    fuzz_turn(loop);
    connection_accept(loop, &listener, pair[0], &peer);
    if (begin)
        begin(only_connection(loop));
    feed_pieces(loop, pair[1], input, cuts);
    close(pair[1]);
    for (int i = 0; i < 100 && (loop->connection_count || loop->exchange_count); i++)
        fuzz_turn(loop);
    CHECK(loop->connection_count == 0 && loop->exchange_count == 0 && fuzz_owners == 0);
    return outcome;
}

#endif
