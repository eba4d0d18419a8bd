/* http1.c - bytes become requests, one after the other.
 *
 * Bytes are read into the loop's one input buffer and used up from there: heads are copied into their exchange, bodies
 * to where bodies go. Only what cannot be used yet (half a head, or requests behind one that a worker is busy with)
 * is kept, in a block of just that size; so an idle connection owns no buffer, and one that sends its head a byte at a
 * time owns as much as it has sent.
 *
 * A connection stops reading while an answer is owed that cannot be sent at once: that is all of the back-pressure.
 */
#include "lib/http/inside.h"

#define QUEUE_MAX 32          /* pipelined answers that leave in one write */
#define GULPS_PER_TURN 16     /* then other connections have their turn */
#define HEAD_GULP (16 * 1024) /* read at once outside of bodies: most of what may have to be kept */

/* --- refusing --------------------------------------------------------------------- */

void http1_refuse(struct connection *connection, int status)
{
    struct http_exchange *exchange;

    if (connection->reading) {
        exchange_finish(connection->reading);
        connection->reading = NULL;
    }
    exchange = exchange_new(connection);
    exchange_refuse(exchange, status);
    answer_prepare(exchange);
    connection_queue(connection, exchange);
}

/* "Go on, send your body": an answer of its own, so that it keeps its place behind earlier ones. */
static void queue_continue(struct connection *connection)
{
    static const char line[] = "HTTP/1.1 100 Continue\r\n";
    struct http_exchange *exchange = exchange_new(connection);

    exchange->is_silent = true;
    exchange->state = EXCHANGE_READY;
    exchange->prefix_size = sizeof line - 1;
    memcpy(exchange->prefix, line, sizeof line - 1);
    exchange->memory_size = exchange->prefix_size + 2;
    connection_queue(connection, exchange);
}

/* --- reading ------------------------------------------------------------------------ */

static void dispatch(struct connection *connection, struct http_exchange *exchange)
{
    connection->reading = NULL;
    connection->line = 0;
    connection->blank_skipped = false;
    connection->requests++;
    connection_enter(connection, PHASE_BUSY);
    connection_queue(connection, exchange);
    if (exchange_dispatch(exchange)) {
        answer_measure(exchange);
        answer_prepare(exchange);
    }
}

static void begin_body(struct connection *connection, struct http_exchange *exchange)
{
    connection->reading = exchange;
    connection->body_left = exchange->framing.length;
    connection->chunked = (struct chunked){0};
    connection_enter(connection, PHASE_BODY);
    if (exchange->framing.expects_continue)
        queue_continue(connection);
}

static void begin_request(struct connection *connection, const char *bytes, size_t n)
{
    struct http_exchange *exchange = exchange_new(connection);
    const struct http_config *config = &connection->loop->server->config;
    char *head = exchange_head(exchange, n);

    memcpy(head, bytes, n);
    int verdict = request_parse(head, n, &config->limits, exchange->headers, &exchange->request, &exchange->framing);
    if (!verdict && !body_is_welcome(&exchange->framing, config))
        verdict = 413;
    if (verdict) {
        exchange_finish(exchange);
        http1_refuse(connection, verdict);
    } else if (exchange->framing.chunked || exchange->framing.length) {
        begin_body(connection, exchange);
    } else {
        dispatch(connection, exchange);
    }
}

/* Each of these uses up bytes from the front and says how many; 0 means it needs more. */

static size_t feed_head(struct connection *connection, const char *bytes, size_t n)
{
    size_t end;

    if (n && bytes[0] == '\r' && !connection->blank_skipped) { /* RFC 9112, 2.2: one is forgiven */
        if (n == 1)
            return 0;
        connection->blank_skipped = bytes[1] == '\n';
        if (connection->blank_skipped)
            return 2;
    }
    if (n == 0)
        return 0;
    int verdict = request_find_end(bytes, n, connection_limits(connection), &connection->line, &end);
    if (verdict) {
        http1_refuse(connection, verdict);
        return n;
    }
    if (end)
        begin_request(connection, bytes, end);
    return end;
}

static size_t feed_sized_body(struct connection *connection, struct str bytes)
{
    struct http_exchange *exchange = connection->reading;
    struct str part = str_head(bytes, connection->body_left < bytes.n ? (size_t)connection->body_left : bytes.n);
    int verdict = body_add(&exchange->body, part, &connection->loop->server->config);

    connection->body_left -= part.n;
    if (verdict)
        http1_refuse(connection, verdict);
    else if (connection->body_left == 0)
        dispatch(connection, exchange);
    return part.n;
}

static size_t feed_chunked_body(struct connection *connection, struct str bytes)
{
    struct http_exchange *exchange = connection->reading;
    struct str input = bytes, data;
    int verdict = 0;

    while (connection->reading && !verdict) {
        switch (chunked_next(&connection->chunked, &input, &data)) {
        case CHUNKED_MORE: return bytes.n;
        case CHUNKED_DATA: verdict = body_add(&exchange->body, data, &connection->loop->server->config); break;
        case CHUNKED_END: dispatch(connection, exchange); break;
        case CHUNKED_BAD: verdict = 400; break;
        }
    }
    if (verdict)
        http1_refuse(connection, verdict);
    return bytes.n - input.n;
}

/* May another request be begun or continued before answers are sent? */
static bool may_read(const struct connection *connection)
{
    return !connection->closing && !connection->closed && connection->queued < QUEUE_MAX &&
           (!connection->last || connection->last->state == EXCHANGE_READY);
}

static size_t feed(struct connection *connection, const char *bytes, size_t n)
{
    size_t used = 0, step = 1;

    while (step && used < n && may_read(connection)) {
        struct str rest = {bytes + used, n - used};
        if (!connection->reading)
            step = feed_head(connection, rest.p, rest.n);
        else if (connection->reading->framing.chunked)
            step = feed_chunked_body(connection, rest);
        else
            step = feed_sized_body(connection, rest);
        used += step;
    }
    return used;
}

/* --- the turn of a connection ----------------------------------------------------------- */

static size_t take_kept(struct connection *connection, char *input)
{
    if (connection->kept_size)
        memcpy(input, connection->kept, connection->kept_size);
    return connection->kept_size;
}

static void keep(struct connection *connection, const char *bytes, size_t n)
{
    if (n != connection->kept_size) {
        free(connection->kept);
        connection->kept = n ? malloc(n) : NULL;
        if (n && !connection->kept)
            die("out of memory (%zu bytes)", n);
    }
    connection->kept_size = n;
    if (n)
        memcpy(connection->kept, bytes, n);
}

static void settle(struct connection *connection, size_t kept)
{
    enum phase phase = connection->first     ? PHASE_BUSY
                       : connection->reading ? PHASE_BODY
                       : kept                ? PHASE_HEAD
                                             : PHASE_IDLE;

    if (phase != connection->phase)
        connection_enter(connection, phase);
    connection_set_deadline(connection);
}

/* Reads once behind what is there. False: nothing came, or the connection is closed. */
static bool read_more(struct connection *connection, char *input, size_t *have)
{
    size_t room = INPUT_SIZE - *have;
    ssize_t got = link_read(connection, input + *have, connection->reading || room < HEAD_GULP ? room : HEAD_GULP);

    if (got == 0)
        connection_close(connection);
    if (got > 0)
        *have += (size_t)got;
    return got > 0;
}

void http1_drive(struct connection *connection)
{
    char *input = connection->loop->input;
    size_t have = take_kept(connection, input);

    for (int gulps = 0;;) {
        size_t used = feed(connection, input, have);
        have -= used;
        if (used && have)
            memmove(input, input + used, have);
        answer_flush(connection);
        if (connection->closed)
            return;
        if (connection->closing && !connection->first) {
            connection_linger(connection);
            return;
        }
        if (connection->first)
            break;
        if (used && have)
            continue;
        if (!connection->readable)
            break;
        if (++gulps > GULPS_PER_TURN) {
            loop_resume_later(connection);
            break;
        }
        if (!read_more(connection, input, &have))
            break;
    }
    if (connection->closed)
        return;
    keep(connection, input, have);
    settle(connection, have);
}
