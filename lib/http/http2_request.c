/* http2_request.c - frames become requests.
 *
 * nghttp2 has looked at the order of things and at what RFC 9113 forbids; names and values are copied into the exchange
 * and then judged by the same rules as those of HTTP/1.1. A request that is refused costs its stream, not the
 * connection: here nobody can mistake where it ends. The head is judged as it comes, but the verdict waits for its
 * end, since the compression's state depends on all of it.
 */
#include "lib/http/http2.h"

#include "lib/http/grammar.h"

#define KEPT_MOST (1024 * 1024) /* bytes of unanswered requests in memory, of one connection */

static struct http_exchange *exchange_of(const struct connection *connection, int32_t stream_id)
{
    return nghttp2_session_get_stream_user_data(connection->h2->session, stream_id);
}

void h2_refuse(struct http_exchange *exchange, int status)
{
    exchange_refuse(exchange, status);
    exchange->answer.close = false;
    exchange->request.version = 20;
    h2_answer(exchange);
}

/* --- heads ---------------------------------------------------------------------------- */

static int begin_headers(nghttp2_session *session, const nghttp2_frame *frame, void *user_data)
{
    struct connection *connection = connection_of(user_data);
    struct h2 *h2 = connection->h2;

    if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
        return 0;
    if (h2->kept > KEPT_MOST)
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    struct http_exchange *exchange = exchange_new(connection);
    exchange->stream_id = frame->hd.stream_id;
    exchange->h2_open = true;
    exchange->request.version = 20;
    exchange->request.headers = exchange->headers;
    exchange->request.host = STR("");
    exchange->next = h2->open;
    h2->open = exchange;
    if (connection->phase == PHASE_IDLE)
        connection_enter(connection, PHASE_BUSY);
    CHECK(nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, exchange) == 0);
    return 0;
}

/* A copy that stays where it is. What does not fit the room of every exchange goes to one block for the largest. */
static struct str keep(struct http_exchange *exchange, const uint8_t *bytes, size_t n)
{
    size_t most = connection_limits(exchange->connection)->header_block;
    char *at;

    if (exchange->head_bytes + n <= HEAD_ROOM && !exchange->large_head) {
        at = exchange->head + exchange->head_bytes;
    } else {
        if (!exchange->large_head)
            exchange_head(exchange, most + HEAD_ROOM);
        at = exchange->large_head + exchange->head_bytes;
    }
    exchange->head_bytes += n;
    exchange->connection->h2->kept += n;
    memcpy(at, bytes, n);
    return (struct str){at, n};
}

static int note_pseudo(struct http_exchange *exchange, struct str name, struct str value)
{
    struct http_request *request = &exchange->request;

    if (str_equal(name, STR(":method")))
        return request_read_method(value, &request->method);
    if (str_equal(name, STR(":path")))
        return request_read_target(value, connection_limits(exchange->connection), request);
    if (str_equal(name, STR(":scheme")))
        return str_equal(value, STR("https")) || str_equal(value, STR("http")) ? 0 : 400;
    if (!str_equal(name, STR(":authority")))
        return 400; /* :protocol and the like were not offered */
    request->host = value;
    return authority_is_valid(value, false) ? 0 : 400;
}

/* The headers that mean something to us; :authority stands in for Host, so Host may only repeat it. */
static int note_header(struct http_exchange *exchange, struct str name, struct str value)
{
    struct request_framing *framing = &exchange->framing;

    if (str_equal(name, STR("host"))) {
        if (exchange->request.host.n)
            return str_equal(value, exchange->request.host) ? 0 : 400;
        exchange->request.host = value;
        return authority_is_valid(value, false) ? 0 : 400;
    }
    if (str_equal(name, STR("content-length"))) {
        bool is_first = !framing->has_length;
        framing->has_length = true;
        return is_first && request_read_length(value, &framing->length) ? 0 : 400;
    }
    if (str_equal(name, STR("expect"))) {
        framing->expects_continue = true;
        return str_equal_nocase(value, STR("100-continue")) ? 0 : 417;
    }
    return 0;
}

static int take_header(struct http_exchange *exchange, const uint8_t *name, size_t name_size, const uint8_t *value,
                       size_t value_size)
{
    const struct http_limits *limits = connection_limits(exchange->connection);
    struct http_request *request = &exchange->request;

    if (exchange->head_bytes + name_size + value_size + 4 * request->header_count > limits->header_block)
        return 431;
    struct http_header header = {.name = keep(exchange, name, name_size), .value = keep(exchange, value, value_size)};
    if (name_size && name[0] == ':')
        return note_pseudo(exchange, header.name, header.value);
    if (request->header_count == limits->header_count)
        return 431;
    if (!request_is_token(header.name) || !request_value_is_valid(header.value))
        return 400;
    exchange->headers[request->header_count++] = header;
    return note_header(exchange, header.name, header.value);
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name, size_t name_size,
                     const uint8_t *value, size_t value_size, uint8_t flags, void *user_data)
{
    struct http_exchange *exchange = exchange_of(connection_of(user_data), frame->hd.stream_id);

    (void)session;
    (void)flags;
    if (exchange && !exchange->h2_headed && !exchange->verdict) /* trailers are dropped */
        exchange->verdict = take_header(exchange, name, name_size, value, value_size);
    return 0;
}

static int on_invalid_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                             size_t name_size, const uint8_t *value, size_t value_size, uint8_t flags, void *user_data)
{
    struct http_exchange *exchange = exchange_of(connection_of(user_data), frame->hd.stream_id);

    (void)session;
    (void)name;
    (void)name_size;
    (void)value;
    (void)value_size;
    (void)flags;
    if (exchange && !exchange->verdict)
        exchange->verdict = 400;
    return 0;
}

/* --- requests ---------------------------------------------------------------------------- */

static void complete(struct http_exchange *exchange)
{
    struct connection *connection = exchange->connection;

    exchange->h2_complete = true;
    if (exchange->state != EXCHANGE_READING)
        return;              /* was refused */
    if (exchange->verdict) { /* for its trailers */
        h2_refuse(exchange, exchange->verdict);
        return;
    }
    connection->requests++;
    if (connection->requests >= connection_limits(connection)->requests_per_connection)
        h2_shutdown(connection);
    if (exchange_dispatch(exchange)) {
        answer_measure(exchange);
        h2_answer(exchange);
    }
}

static void say_continue(nghttp2_session *session, const struct http_exchange *exchange)
{
    nghttp2_nv status = {
        .name = (uint8_t *)(uintptr_t) ":status", .value = (uint8_t *)(uintptr_t) "100", .namelen = 7, .valuelen = 3};

    nghttp2_submit_headers(session, NGHTTP2_FLAG_NONE, exchange->stream_id, NULL, &status, 1, NULL);
}

static void end_of_head(nghttp2_session *session, struct http_exchange *exchange, bool has_body)
{
    struct connection *connection = exchange->connection;
    int verdict = exchange->verdict;

    exchange->h2_headed = true;
    exchange->since_ms = connection->loop->now_ms;
    exchange->framing.chunked = has_body && !exchange->framing.has_length; /* its length is known when it has come */
    if (!verdict && !exchange->request.host.n)
        verdict = 400;
    if (!verdict && has_body && !body_is_welcome(&exchange->framing, &connection->loop->server->config))
        verdict = 413;
    if (verdict)
        h2_refuse(exchange, verdict);
    else if (has_body && exchange->framing.expects_continue)
        say_continue(session, exchange);
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *user_data)
{
    struct connection *connection = connection_of(user_data);
    bool is_last = frame->hd.flags & NGHTTP2_FLAG_END_STREAM;

    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA)
        return 0;
    struct http_exchange *exchange = exchange_of(connection, frame->hd.stream_id);
    if (!exchange)
        return 0;
    if (!exchange->h2_headed)
        end_of_head(session, exchange, !is_last);
    if (is_last)
        complete(exchange);
    return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream_id, const uint8_t *bytes, size_t n,
                   void *user_data)
{
    struct connection *connection = connection_of(user_data);
    struct http_exchange *exchange = exchange_of(connection, stream_id);
    struct h2 *h2 = connection->h2;

    (void)session;
    (void)flags;
    if (!exchange || exchange->state != EXCHANGE_READING)
        return 0;
    size_t before = exchange->body.memory.n;
    int verdict = body_add(&exchange->body, (struct str){(const char *)bytes, n}, &connection->loop->server->config);
    h2->kept = h2->kept + exchange->body.memory.n - before;
    if (!verdict && h2->kept > KEPT_MOST)
        verdict = 503;
    if (verdict)
        h2_refuse(exchange, verdict);
    return 0;
}

/* --- the end of a stream -------------------------------------------------------------------- */

static void unlink_exchange(struct h2 *h2, struct http_exchange *exchange)
{
    struct http_exchange **at = &h2->open;

    while (*at != exchange)
        at = &(*at)->next;
    *at = exchange->next;
    exchange->h2_open = false;
    h2->kept -= exchange->head_bytes + exchange->body.memory.n;
}

static int on_close(nghttp2_session *session, int32_t stream_id, uint32_t error, void *user_data)
{
    struct connection *connection = connection_of(user_data);
    struct http_exchange *exchange = exchange_of(connection, stream_id);

    (void)session;
    if (!exchange)
        return 0;
    if (error == NGHTTP2_NO_ERROR && !exchange->is_silent)
        h2_credit(connection, 10);
    unlink_exchange(connection->h2, exchange);
    if (exchange->state == EXCHANGE_READING)
        exchange_finish(exchange);
    else
        exchange_abandon(exchange);
    if (!connection->h2->open)
        connection_enter(connection, PHASE_IDLE);
    return 0;
}

void h2_request_callbacks(nghttp2_session_callbacks *callbacks)
{
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, on_invalid_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
}
