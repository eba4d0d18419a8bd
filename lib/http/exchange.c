/* exchange.c - the life of one request and its answer.
 *
 *     READING --dispatch--> HANDLER --answer--> READY --all sent--> finished
 *
 * An exchange owns the bytes of its request, so it does not matter what becomes of the connection's input while a
 * worker holds it. Only the fields marked "mail" are touched by other threads, under the loop's mail lock; `answer` is
 * written by the handler's thread before it posts and read by the loop after it got the mail.
 *
 * Invariant: each exchange that reached the handler is finished exactly once, and its connection outlives it.
 */
#include "lib/http/inside.h"

#include <unistd.h>

#define SPARE_MAX 64

static struct http_exchange *allocate(struct loop *loop)
{
    size_t headers = sizeof(struct http_header) * loop->server->config.limits.header_count;
    struct http_exchange *exchange = loop->spare;

    if (exchange) {
        loop->spare = exchange->next;
        loop->spare_count--;
        return exchange;
    }
    exchange = malloc(sizeof *exchange + headers + HEAD_ROOM);
    if (!exchange)
        die("out of memory (%zu bytes)", sizeof *exchange + headers + HEAD_ROOM);
    exchange->head = (char *)exchange->headers + headers;
    return exchange;
}

struct http_exchange *exchange_new(struct connection *connection)
{
    struct http_exchange *exchange = allocate(connection->loop);

    memset(exchange, 0, offsetof(struct http_exchange, prefix));
    exchange->magic = EXCHANGE_MAGIC;
    exchange->connection = connection;
    exchange->started_us = connection->loop->now_us;
    exchange->body = body_new(connection_limits(connection));
    exchange->incoming = exchange->chunk = BUF(SIZE_MAX / 2); /* bounded by limits.stream_backlog */
    exchange->answer.file = -1;
    connection->exchanges++;
    connection->loop->exchange_count++;
    return exchange;
}

char *exchange_head(struct http_exchange *exchange, size_t n)
{
    if (n <= HEAD_ROOM)
        return exchange->head;
    exchange->large_head = malloc(n);
    if (!exchange->large_head)
        die("out of memory (%zu bytes)", n);
    return exchange->large_head;
}

static void recycle(struct http_exchange *exchange)
{
    struct connection *connection = exchange->connection;
    struct loop *loop = connection->loop;

    exchange->magic = 0;
    loop->exchange_count--;
    if (--connection->exchanges == 0 && connection->closed) {
        connection->next_grave = loop->graves;
        loop->graves = connection;
    }
    if (loop->spare_count == SPARE_MAX) {
        free(exchange);
        return;
    }
    exchange->next = loop->spare;
    loop->spare = exchange;
    loop->spare_count++;
}

static void free_memory(struct http_exchange *exchange)
{
    body_free(&exchange->body);
    free(exchange->large_head);
    free(exchange->joined);
    exchange->large_head = exchange->joined = NULL;
    if (exchange->chunk.p)
        buf_free(&exchange->chunk);
    if (exchange->incoming.p)
        buf_free(&exchange->incoming);
}

static void tell_handler(struct http_exchange *exchange)
{
    struct loop *loop = exchange->connection->loop;
    const struct http_handler *handler = &loop->server->handler;

    if (handler->answered && !exchange->is_silent)
        handler->answered(handler->context, loop->number, &exchange->request, exchange->answer.status,
                          (uint64_t)exchange->sent, loop->now_us - exchange->started_us);
    if (exchange->answer.release)
        exchange->answer.release(exchange->answer.owner);
}

void exchange_refuse(struct http_exchange *exchange, int status)
{
    const char *reason = http_reason(status);

    count(&exchange->connection->loop->counts.refused_requests, 1);
    exchange->is_silent = true;
    exchange->state = EXCHANGE_READY;
    exchange->request.method = HTTP_GET; /* so that the word is said, whatever was asked */
    exchange->request.version = 11;
    exchange->piece = (struct iovec){(char *)(uintptr_t)reason, strlen(reason)};
    exchange->answer = (struct http_answer){
        .status = status,
        .headers = STR("Content-Type: text/plain; charset=utf-8\r\n"),
        .pieces = &exchange->piece,
        .piece_count = 1,
        .file = -1,
        .length = exchange->piece.iov_len,
        .close = true,
    };
    answer_measure(exchange);
}

void exchange_finish(struct http_exchange *exchange)
{
    struct loop *loop = exchange->connection->loop;
    bool is_posted = false;

    CHECK_LIVE(exchange, EXCHANGE_MAGIC);
    count(&loop->counts.bytes_sent, (uint64_t)exchange->sent);
    if (exchange->state == EXCHANGE_READY) {
        if (exchange->answer.file >= 0)
            close(exchange->answer.file);
        tell_handler(exchange);
    }
    if (exchange->is_stream) {
        pthread_mutex_lock(&loop->mail_lock);
        is_posted = exchange->is_finished = exchange->is_posted;
        pthread_mutex_unlock(&loop->mail_lock);
    }
    free_memory(exchange);
    if (!is_posted)
        recycle(exchange);
}

void exchange_abandon(struct http_exchange *exchange)
{
    struct loop *loop = exchange->connection->loop;
    bool is_held = exchange->state == EXCHANGE_HANDLER;

    if (exchange->is_stream) {
        pthread_mutex_lock(&loop->mail_lock);
        exchange->stream_gone = true;
        is_held = !exchange->stream_ended;
        pthread_mutex_unlock(&loop->mail_lock);
    }
    if (!is_held)
        exchange_finish(exchange);
}

/* --- several headers of one name ------------------------------------------- */

/* A bit for each name; names that share one are compared. */
static uint64_t name_bit(struct str name)
{
    return 1ull << ((name.n * 7 + (unsigned char)name.p[0] * 3 + (unsigned char)name.p[name.n - 1]) & 63);
}

static bool has_repeated_name(const struct http_header *headers, size_t n)
{
    uint64_t seen = 0;

    for (size_t i = 0; i < n; i++) {
        uint64_t bit = name_bit(headers[i].name);
        for (size_t j = 0; (seen & bit) && j < i; j++)
            if (str_equal(headers[i].name, headers[j].name))
                return true;
        seen |= bit;
    }
    return false;
}

static char *put(char *at, struct str s)
{
    memcpy(at, s.p, s.n);
    return at + s.n;
}

/* The values of headers[i] and all later ones of its name, in `at`; the later ones lose their name. */
static char *join_name(struct http_header *headers, size_t n, size_t i, char *at)
{
    struct str separator = str_equal(headers[i].name, STR("cookie")) ? STR("; ") : STR(", "); /* RFC 9113, 8.2.3 */
    char *start = at;

    at = put(at, headers[i].value);
    for (size_t j = i + 1; j < n; j++)
        if (str_equal(headers[j].name, headers[i].name)) {
            at = put(put(at, separator), headers[j].value);
            headers[j].name.n = 0;
        }
    headers[i].value = (struct str){start, (size_t)(at - start)};
    return at;
}

void exchange_join_headers(struct http_exchange *exchange)
{
    struct http_header *headers = exchange->headers;
    size_t n = exchange->request.header_count, kept = 0, room = 0;

    if (!has_repeated_name(headers, n))
        return;
    for (size_t i = 0; i < n; i++)
        room += headers[i].value.n + 2;
    char *at = exchange->joined = malloc(room);
    if (!at)
        die("out of memory (%zu bytes)", room);
    for (size_t i = 0; i < n; i++)
        if (headers[i].name.n) {
            at = join_name(headers, n, i, at);
            headers[kept++] = headers[i];
        }
    exchange->request.header_count = kept;
}

struct str http_header(const struct http_request *request, struct str name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (str_equal(request->headers[i].name, name))
            return request->headers[i].value;
    return (struct str){NULL, 0};
}

/* --- to the handler and back ------------------------------------------------ */

bool exchange_dispatch(struct http_exchange *exchange)
{
    struct connection *connection = exchange->connection;
    struct loop *loop = connection->loop;
    const struct http_handler *handler = &loop->server->handler;
    struct http_request *request = &exchange->request;

    exchange_join_headers(exchange);
    request->client = str_of(connection->client);
    request->secure = connection->ssl != NULL;
    request->listener = connection->kind;
    request->headers = exchange->headers;
    request->body = body_result(&exchange->body);
    if (connection->is_trusted_proxy)
        proxies_apply(&loop->server->proxies, request);
    count(&loop->counts.requests, 1);
    exchange->state = EXCHANGE_HANDLER;
    if (!handler->request(handler->context, loop->number, exchange, &exchange->answer))
        return false;
    exchange->state = EXCHANGE_READY;
    return true;
}

const struct http_request *http_exchange_request(const struct http_exchange *exchange)
{
    CHECK_LIVE(exchange, EXCHANGE_MAGIC);
    return &exchange->request;
}

void http_answer(struct http_exchange *exchange, const struct http_answer *answer)
{
    struct loop *loop = exchange->connection->loop;

    CHECK_LIVE(exchange, EXCHANGE_MAGIC);
    CHECK(exchange->state == EXCHANGE_HANDLER);
    exchange->answer = *answer;
    pthread_mutex_lock(&loop->mail_lock);
    loop_post_locked(loop, exchange);
    pthread_mutex_unlock(&loop->mail_lock);
}

void exchange_mail(struct http_exchange *exchange)
{
    struct connection *connection = exchange->connection;
    bool is_answer = exchange->state == EXCHANGE_HANDLER;

    CHECK_LIVE(exchange, EXCHANGE_MAGIC);
    if (exchange->is_finished) {
        recycle(exchange);
        return;
    }
    exchange->state = EXCHANGE_READY;
    if (is_answer)
        answer_measure(exchange);
    if (connection->closed || (connection->h2 && !exchange->h2_open)) {
        exchange_abandon(exchange);
        return;
    }
    if (connection->h2)
        h2_answer(exchange);
    else if (is_answer)
        answer_prepare(exchange);
    connection_drive(connection);
}

/* --- streams ------------------------------------------------------------------ */

bool http_stream_write(struct http_exchange *exchange, struct str bytes)
{
    struct loop *loop = exchange->connection->loop;
    size_t backlog = loop->server->config.limits.stream_backlog;

    CHECK_LIVE(exchange, EXCHANGE_MAGIC);
    pthread_mutex_lock(&loop->mail_lock);
    bool taken = !exchange->stream_gone && bytes.n <= backlog && exchange->unsent <= backlog - bytes.n;
    if (taken && bytes.n) {
        buf_add_str(&exchange->incoming, bytes);
        exchange->unsent += bytes.n;
        loop_post_locked(loop, exchange);
    }
    pthread_mutex_unlock(&loop->mail_lock);
    return taken;
}

void http_stream_end(struct http_exchange *exchange)
{
    struct loop *loop = exchange->connection->loop;

    CHECK_LIVE(exchange, EXCHANGE_MAGIC);
    pthread_mutex_lock(&loop->mail_lock);
    exchange->stream_ended = true;
    loop_post_locked(loop, exchange); /* in one step with the above: the loop may finish it as soon as it sees that */
    pthread_mutex_unlock(&loop->mail_lock);
}
