/* answer.c - answers become bytes.
 *
 * A connection's answers leave in the order of its requests. What lies in memory (heads and pieces of as many answers
 * as are ready) goes out in one gathering write; a file follows by sendfile; a stream's bytes as they come. Nothing is
 * copied together first: a page is some twenty parts that many readers are being sent at once.
 *
 * Invariant: only the first answer of the queue is ever partly sent.
 */
#include "lib/http/inside.h"

#define PIECES_AT_ONCE 128
#define FILE_AT_ONCE (1024 * 1024) /* then other connections have their turn */

static char *put(char *at, struct str s)
{
    memcpy(at, s.p, s.n);
    return at + s.n;
}

static char *put_number(char *at, uint64_t value)
{
    char digits[20];
    size_t start = sizeof digits;

    do
        digits[--start] = (char)('0' + value % 10);
    while (value /= 10);
    return put(at, (struct str){digits + start, sizeof digits - start});
}

static uint64_t pieces_length(const struct http_answer *answer)
{
    uint64_t length = 0;

    for (size_t i = 0; i < answer->piece_count; i++)
        length += answer->pieces[i].iov_len;
    return length;
}

void answer_measure(struct http_exchange *exchange)
{
    const struct http_answer *answer = &exchange->answer;

    CHECK(answer->status >= 200 && answer->status <= 599);
    exchange->is_stream = answer->length == HTTP_LENGTH_UNKNOWN;
    exchange->has_body = exchange->request.method != HTTP_HEAD && answer->status != 204 && answer->status != 304;
    if (exchange->is_stream) {
        pthread_mutex_lock(&exchange->connection->loop->mail_lock);
        exchange->stream_gone = !exchange->has_body;
        pthread_mutex_unlock(&exchange->connection->loop->mail_lock);
    } else if (exchange->has_body) {
        CHECK(answer->file >= 0 || pieces_length(answer) == answer->length);
        exchange->file_size = answer->file >= 0 ? answer->length : 0;
    }
}

/* Will the connection end behind this answer? */
static bool is_last(const struct http_exchange *exchange)
{
    const struct connection *connection = exchange->connection;

    return exchange->answer.close || !exchange->framing.keep_alive || connection->loop->stopping ||
           connection->requests >= connection_limits(connection)->requests_per_connection ||
           (exchange->is_stream && exchange->request.version == 10);
}

static char *put_status_line(char *at, int status)
{
    if (status == 200)
        return put(at, STR("HTTP/1.1 200 OK\r\nDate: "));
    at = put(at, STR("HTTP/1.1 "));
    at = put_number(at, (uint64_t)status);
    *at++ = ' ';
    at = put(at, str_of(http_reason(status)));
    return put(at, STR("\r\nDate: "));
}

static char *put_framing(char *at, const struct http_exchange *exchange)
{
    int status = exchange->answer.status;

    if (status == 204 || status == 304)
        return at;
    if (!exchange->is_stream) {
        at = put(at, STR("Content-Length: "));
        at = put_number(at, exchange->answer.length);
        return put(at, STR("\r\n"));
    }
    return exchange->request.version == 10 ? at : put(at, STR("Transfer-Encoding: chunked\r\n"));
}

void answer_prepare(struct http_exchange *exchange)
{
    struct connection *connection = exchange->connection;
    const struct http_answer *answer = &exchange->answer;
    char *at = put_status_line(exchange->prefix, answer->status);

    at = put(at, (struct str){connection->loop->date, sizeof connection->loop->date});
    at = put(at, STR("\r\n"));
    at = put_framing(at, exchange);
    exchange->last = is_last(exchange);
    if (exchange->last) {
        at = put(at, STR("Connection: close\r\n"));
        connection->closing = true;
    } else if (exchange->request.version == 10) {
        at = put(at, STR("Connection: keep-alive\r\n"));
    }
    exchange->prefix_size = (size_t)(at - exchange->prefix);
    exchange->memory_size = exchange->prefix_size + answer->headers.n + answer->more_headers.n + 2;
    if (exchange->has_body && answer->file < 0 && !exchange->is_stream)
        exchange->memory_size += answer->length;
}

/* --- gathering ---------------------------------------------------------------- */

/* Adds a part unless `*skip` bytes pass over it. */
static size_t add_part(struct iovec *out, const void *p, size_t n, uint64_t *skip)
{
    if (*skip >= n) {
        *skip -= n;
        return 0;
    }
    *out = (struct iovec){(char *)(uintptr_t)p + *skip, n - (size_t)*skip};
    *skip = 0;
    return 1;
}

size_t answer_body_pieces(const struct http_answer *answer, uint64_t skip, struct iovec *out, size_t room)
{
    size_t n = 0;

    for (size_t i = 0; i < answer->piece_count && n < room; i++)
        n += add_part(out + n, answer->pieces[i].iov_base, answer->pieces[i].iov_len, &skip);
    return n;
}

/* The unsent parts of what lies in memory; false in *all when there is no room for some of them. */
static size_t gather(const struct http_exchange *exchange, struct iovec *out, size_t room, bool *all)
{
    const struct http_answer *answer = &exchange->answer;
    uint64_t skip = exchange->memory_sent;
    uint64_t left = exchange->memory_size - exchange->memory_sent;
    size_t n = 0;

    *all = false;
    if (room < 4)
        return 0;
    n += add_part(out + n, exchange->prefix, exchange->prefix_size, &skip);
    n += add_part(out + n, answer->headers.p, answer->headers.n, &skip);
    n += add_part(out + n, answer->more_headers.p, answer->more_headers.n, &skip);
    n += add_part(out + n, "\r\n", 2, &skip);
    if (exchange->has_body && answer->file < 0 && !exchange->is_stream)
        n += answer_body_pieces(answer, skip, out + n, room - n);
    for (size_t i = 0; i < n; i++)
        left -= out[i].iov_len;
    *all = left == 0;
    return n;
}

bool answer_has_bytes(const struct http_exchange *exchange)
{
    return exchange->state == EXCHANGE_READY &&
           (exchange->memory_sent < exchange->memory_size || exchange->file_sent < exchange->file_size ||
            exchange->chunk_sent < exchange->chunk.n);
}

bool answer_is_done(const struct http_exchange *exchange)
{
    return exchange->state == EXCHANGE_READY && !answer_has_bytes(exchange) &&
           (!exchange->is_stream || exchange->stream_done);
}

/* --- streams -------------------------------------------------------------------- */

void stream_collect(struct http_exchange *exchange, bool framed)
{
    struct loop *loop = exchange->connection->loop;
    struct buf *chunk = &exchange->chunk;

    buf_clear(chunk);
    exchange->chunk_sent = 0;
    pthread_mutex_lock(&loop->mail_lock);
    exchange->chunk_bytes = exchange->has_body ? exchange->incoming.n : 0;
    if (exchange->chunk_bytes) {
        if (framed)
            buf_printf(chunk, "%zx\r\n", exchange->incoming.n);
        buf_add_str(chunk, buf_str(&exchange->incoming));
        if (framed)
            buf_add(chunk, "\r\n", 2);
    }
    buf_free(&exchange->incoming); /* thousands of quiet readers keep no buffers */
    exchange->stream_done = exchange->stream_ended;
    pthread_mutex_unlock(&loop->mail_lock);
    if (exchange->stream_done && framed && exchange->has_body)
        buf_add(chunk, "0\r\n\r\n", 5);
}

void stream_sent(struct http_exchange *exchange)
{
    struct loop *loop = exchange->connection->loop;

    pthread_mutex_lock(&loop->mail_lock);
    exchange->unsent -= exchange->chunk_bytes;
    pthread_mutex_unlock(&loop->mail_lock);
    exchange->chunk_bytes = 0;
    exchange->chunk_sent = 0;
    buf_free(&exchange->chunk);
}

/* --- sending -------------------------------------------------------------------- */

/* Shares out what the socket took among the answers it was gathered from. */
static void note_sent(struct connection *connection, uint64_t sent)
{
    for (struct http_exchange *exchange = connection->first; sent; exchange = exchange->next) {
        uint64_t left = exchange->memory_size - exchange->memory_sent;
        uint64_t taken = sent < left ? sent : left;
        exchange->memory_sent += taken;
        exchange->sent += (int64_t)taken;
        sent -= taken;
    }
}

static bool send_memory(struct connection *connection)
{
    struct iovec parts[PIECES_AT_ONCE];
    size_t n = 0;
    bool more = false; /* only if more follows at once: the kernel holds such bytes back */

    for (struct http_exchange *exchange = connection->first; exchange && !more; exchange = exchange->next) {
        bool all = false;
        if (exchange->state != EXCHANGE_READY)
            break;
        size_t added = gather(exchange, parts + n, PIECES_AT_ONCE - n, &all);
        n += added;
        more = added && (!all || exchange->file_size > 0);
        if (!added || exchange->is_stream)
            break;
    }
    ssize_t sent = link_write(connection, parts, n, more);
    if (sent > 0)
        note_sent(connection, (uint64_t)sent);
    return sent > 0;
}

static bool send_file(struct connection *connection, struct http_exchange *exchange, uint64_t *budget)
{
    uint64_t left = exchange->file_size - exchange->file_sent;

    if (*budget == 0) {
        loop_resume_later(connection);
        return false;
    }
    ssize_t sent = link_send_file(connection, exchange->answer.file, exchange->answer.file_offset + exchange->file_sent,
                                  left < *budget ? left : *budget);
    if (sent <= 0)
        return false;
    exchange->file_sent += (uint64_t)sent;
    exchange->sent += sent;
    *budget -= (uint64_t)sent;
    return true;
}

static bool send_stream(struct connection *connection, struct http_exchange *exchange)
{
    if (exchange->chunk_sent == exchange->chunk.n)
        stream_collect(exchange, exchange->request.version >= 11);
    if (exchange->chunk.n == 0)
        return exchange->stream_done;

    struct iovec part = {exchange->chunk.p + exchange->chunk_sent, exchange->chunk.n - exchange->chunk_sent};
    ssize_t sent = link_write(connection, &part, 1, false);
    if (sent <= 0)
        return false;
    exchange->chunk_sent += (size_t)sent;
    exchange->sent += sent;
    if (exchange->chunk_sent == exchange->chunk.n)
        stream_sent(exchange);
    return true;
}

/* One step with the first answer; false when it cannot go on now. */
static bool send_some(struct connection *connection, uint64_t *budget)
{
    struct http_exchange *exchange = connection->first;

    if (exchange->memory_sent < exchange->memory_size)
        return send_memory(connection);
    if (exchange->file_sent < exchange->file_size)
        return send_file(connection, exchange, budget);
    return send_stream(connection, exchange);
}

void answer_flush(struct connection *connection)
{
    uint64_t budget = FILE_AT_ONCE;

    while (!connection->closed && connection->first && connection->first->state == EXCHANGE_READY) {
        struct http_exchange *exchange = connection->first;
        if (answer_is_done(exchange)) {
            connection_unqueue(connection, exchange);
            exchange_finish(exchange);
        } else if (!connection->writable || !send_some(connection, &budget)) {
            return;
        }
    }
}
