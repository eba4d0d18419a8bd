/* http2_answer.c - answers become frames.
 *
 * Frames are put into the loop's output buffer, which is one TLS record, and written when it is full: the pieces of an
 * answer are copied there once, by the writer of frames, as HTTP/1.1 over TLS copies them to encrypt. Data frames are
 * cut so that they end where the record ends.
 */
#include "lib/http/http2.h"

#include <unistd.h>

#define FRAME_HEAD 9
#define FRAME_LEAST 1024 /* a data frame is not squeezed into less of the record's rest */
#define LINES_MOST 64
#define NAMES_ROOM 2048
#define PARTS_AT_ONCE 32

/* --- heads ------------------------------------------------------------------------------ */

struct head {
    nghttp2_nv lines[LINES_MOST];
    size_t n;
    char names[NAMES_ROOM]; /* in lower case, as HTTP/2 wants them */
    size_t names_size;
    char length[24], status[4];
};

static void add_line(struct head *head, struct str name, struct str value)
{
    CHECK(head->n < LINES_MOST && head->names_size + name.n <= NAMES_ROOM);
    char *lower = head->names + head->names_size;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] | 0x20 : name.p[i]);
    head->names_size += name.n;
    head->lines[head->n++] = (nghttp2_nv){
        .name = (uint8_t *)lower, .namelen = name.n, .value = (uint8_t *)(uintptr_t)value.p, .valuelen = value.n};
}

/* "Name: value\r\n" over and over. */
static void add_lines(struct head *head, struct str text)
{
    for (struct str rest = text; rest.n;) {
        struct str value = str_cut(&rest, '\n');
        struct str name = str_cut(&value, ':');
        add_line(head, name, str_trim(value));
    }
}

static void compose(struct head *head, const struct http_exchange *exchange)
{
    const struct http_answer *answer = &exchange->answer;
    const struct loop *loop = exchange->connection->loop;

    head->n = head->names_size = 0;
    snprintf(head->status, sizeof head->status, "%d", answer->status);
    snprintf(head->length, sizeof head->length, "%llu", (unsigned long long)answer->length);
    add_line(head, STR(":status"), str_of(head->status));
    add_line(head, STR("date"), (struct str){loop->date, sizeof loop->date});
    if (!exchange->is_stream && answer->status != 204 && answer->status != 304)
        add_line(head, STR("content-length"), str_of(head->length));
    add_lines(head, answer->headers);
    add_lines(head, answer->more_headers);
}

/* --- bodies -------------------------------------------------------------------------------- */

static bool has_more(const struct http_exchange *exchange)
{
    return exchange->memory_sent < exchange->memory_size || exchange->file_sent < exchange->file_size ||
           exchange->chunk_sent < exchange->chunk.n;
}

static uint64_t bytes_ready(struct http_exchange *exchange)
{
    if (!exchange->is_stream)
        return exchange->memory_size - exchange->memory_sent + exchange->file_size - exchange->file_sent;
    if (exchange->chunk_sent == exchange->chunk.n) {
        stream_collect(exchange, false);
        exchange->since_ms = exchange->connection->loop->now_ms;
    }
    return exchange->chunk.n - exchange->chunk_sent;
}

/* How much of the body the next frame takes; the bytes are fetched by send_data. */
static ssize_t measure_data(nghttp2_session *session, int32_t stream_id, uint8_t *bytes, size_t n, uint32_t *flags,
                            nghttp2_data_source *source, void *user_data)
{
    struct http_exchange *exchange = source->ptr;
    uint64_t ready = bytes_ready(exchange);

    (void)session;
    (void)stream_id;
    (void)bytes;
    (void)user_data;
    exchange->h2_deferred = ready == 0 && exchange->is_stream && !exchange->stream_done;
    if (exchange->h2_deferred)
        return NGHTTP2_ERR_DEFERRED;
    *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    if (ready <= n && (!exchange->is_stream || exchange->stream_done))
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return (ssize_t)(ready < n ? ready : n);
}

static void copy_pieces(struct http_exchange *exchange, char *out, size_t n)
{
    struct iovec parts[PARTS_AT_ONCE];

    while (n) {
        size_t count = answer_body_pieces(&exchange->answer, exchange->memory_sent, parts, PARTS_AT_ONCE);
        CHECK(count > 0);
        for (size_t i = 0; i < count && n; i++) {
            size_t part = parts[i].iov_len < n ? parts[i].iov_len : n;
            memcpy(out, parts[i].iov_base, part);
            exchange->memory_sent += part;
            out += part;
            n -= part;
        }
    }
}

/* False: the file is shorter than its answer said. */
static bool copy_file(struct http_exchange *exchange, char *out, size_t n)
{
    while (n) {
        ssize_t got = pread(exchange->answer.file, out, n, (off_t)(exchange->answer.file_offset + exchange->file_sent));
        if (got <= 0)
            return false;
        exchange->file_sent += (uint64_t)got;
        out += got;
        n -= (size_t)got;
    }
    return true;
}

static void copy_chunk(struct http_exchange *exchange, char *out, size_t n)
{
    memcpy(out, exchange->chunk.p + exchange->chunk_sent, n);
    exchange->chunk_sent += n;
    if (exchange->chunk_sent == exchange->chunk.n)
        stream_sent(exchange);
}

static int send_data(nghttp2_session *session, nghttp2_frame *frame, const uint8_t *frame_head, size_t n,
                     nghttp2_data_source *source, void *user_data)
{
    struct connection *connection = connection_of(user_data);
    struct http_exchange *exchange = source->ptr;
    struct h2 *h2 = connection->h2;
    char *out = connection->loop->output + h2->staged;

    (void)session;
    (void)frame;
    if (OUTPUT_SIZE - h2->staged < FRAME_HEAD + n)
        return NGHTTP2_ERR_WOULDBLOCK;
    memcpy(out, frame_head, FRAME_HEAD);
    if (n && exchange->is_stream)
        copy_chunk(exchange, out + FRAME_HEAD, n);
    else if (exchange->file_size == 0)
        copy_pieces(exchange, out + FRAME_HEAD, n);
    else if (!copy_file(exchange, out + FRAME_HEAD, n))
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    h2->staged += FRAME_HEAD + n;
    exchange->sent += FRAME_HEAD + (int64_t)n;
    exchange->since_ms = connection->loop->now_ms;
    if (n >= FRAME_LEAST)
        h2_credit(connection, 4); /* the reader will say that it has taken it */
    return 0;
}

static ssize_t send_frame(nghttp2_session *session, const uint8_t *bytes, size_t n, int flags, void *user_data)
{
    struct connection *connection = connection_of(user_data);
    struct h2 *h2 = connection->h2;
    size_t room = OUTPUT_SIZE - h2->staged;

    (void)session;
    (void)flags;
    if (room == 0)
        return NGHTTP2_ERR_WOULDBLOCK;
    n = n < room ? n : room;
    memcpy(connection->loop->output + h2->staged, bytes, n);
    h2->staged += n;
    return (ssize_t)n;
}

static ssize_t limit_data(nghttp2_session *session, uint8_t type, int32_t stream_id, int32_t session_window,
                          int32_t stream_window, uint32_t frame_most, void *user_data)
{
    size_t room = OUTPUT_SIZE - connection_of(user_data)->h2->staged;

    (void)session;
    (void)type;
    (void)stream_id;
    (void)session_window;
    (void)stream_window;
    (void)frame_most;
    return (ssize_t)(room >= FRAME_HEAD + FRAME_LEAST ? room : OUTPUT_SIZE) - FRAME_HEAD;
}

/* An answer that went out before its request was complete ends the stream: nobody wants the rest. */
static int on_sent(nghttp2_session *session, const nghttp2_frame *frame, void *user_data)
{
    struct connection *connection = connection_of(user_data);
    const struct http_exchange *exchange = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);

    if (frame->hd.type == NGHTTP2_RST_STREAM)
        h2_charge(connection, 2); /* mostly for something the reader did wrong */
    if (exchange && (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA) &&
        (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) && !exchange->h2_complete)
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
    return 0;
}

/* --- answering --------------------------------------------------------------------------------- */

static void submit(struct http_exchange *exchange)
{
    struct h2 *h2 = exchange->connection->h2;
    struct head head;
    nghttp2_data_provider body = {.source.ptr = exchange, .read_callback = measure_data};

    if (exchange->has_body && exchange->answer.file < 0 && !exchange->is_stream)
        exchange->memory_size = exchange->answer.length;
    exchange->h2_answered = true;
    exchange->since_ms = exchange->connection->loop->now_ms;
    compose(&head, exchange);
    for (size_t i = 0; i < head.n; i++)
        exchange->sent += (int64_t)(head.lines[i].namelen + head.lines[i].valuelen);
    bool shows_body = exchange->has_body && (exchange->is_stream || has_more(exchange));
    int result =
        nghttp2_submit_response(h2->session, exchange->stream_id, head.lines, head.n, shows_body ? &body : NULL);
    CHECK(result != NGHTTP2_ERR_NOMEM && result != NGHTTP2_ERR_INVALID_ARGUMENT);
    if (exchange->answer.close)
        h2_shutdown(exchange->connection);
}

void h2_answer(struct http_exchange *exchange)
{
    if (!exchange->h2_answered)
        submit(exchange);
    else if (exchange->h2_deferred)
        nghttp2_session_resume_data(exchange->connection->h2->session, exchange->stream_id);
    exchange->h2_deferred = false;
}

void h2_answer_callbacks(nghttp2_session_callbacks *callbacks)
{
    nghttp2_session_callbacks_set_send_callback(callbacks, send_frame);
    nghttp2_session_callbacks_set_send_data_callback(callbacks, send_data);
    nghttp2_session_callbacks_set_data_source_read_length_callback(callbacks, limit_data);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_sent);
}
