/* http2.c - a connection of HTTP/2, by libnghttp2.
 *
 * nghttp2 keeps the books of the protocol: frames, windows, compression. What it says is written here, what is read is
 * given to it. It is never called from two places at once and its callbacks never close a connection, since that would
 * take the session away under its feet; they leave a mark, and h2_drive acts on it afterwards.
 */
#include "lib/http/http2.h"

#define STREAMS_MOST 100
#define STREAM_WINDOW (256 * 1024)
#define CONNECTION_WINDOW (1024 * 1024)
#define GULP (16 * 1024)
#define GULPS_PER_TURN 16
#define RECORDS_PER_TURN 64 /* 1 MiB; then other connections have their turn */
#define FAREWELL_MS 1000    /* between "no more, please" and "no more" */

/* --- birth ---------------------------------------------------------------------------------- */

static nghttp2_session_callbacks *make_callbacks(void)
{
    nghttp2_session_callbacks *callbacks;

    if (nghttp2_session_callbacks_new(&callbacks) != 0)
        die("out of memory (HTTP/2)");
    h2_request_callbacks(callbacks);
    h2_answer_callbacks(callbacks);
    return callbacks;
}

static nghttp2_session *make_session(struct connection *connection)
{
    nghttp2_session_callbacks *callbacks = make_callbacks();
    nghttp2_session *session;
    nghttp2_option *option;

    if (nghttp2_option_new(&option) != 0)
        die("out of memory (HTTP/2)");
    nghttp2_option_set_max_deflate_dynamic_table_size(option,
                                                      0); /* our heads differ little from each other, but cost */
    if (nghttp2_session_server_new2(&session, callbacks, connection, option) != 0)
        die("out of memory (HTTP/2)");
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    return session;
}

void h2_open(struct connection *connection)
{
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS_MOST},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, STREAM_WINDOW},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, (uint32_t)connection_limits(connection)->header_block},
        {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1},
    };
    struct h2 *h2 = calloc(1, sizeof *h2);

    if (!h2)
        die("out of memory (%zu bytes)", sizeof *h2);
    connection->h2 = h2;
    h2->session = make_session(connection);
    h2->debt_ms = connection->loop->now_ms;
    h2->payload_left = NGHTTP2_CLIENT_MAGIC_LEN; /* is no frame */
    nghttp2_submit_settings(h2->session, NGHTTP2_FLAG_NONE, settings, sizeof settings / sizeof *settings);
    nghttp2_session_set_local_window_size(h2->session, NGHTTP2_FLAG_NONE, 0, CONNECTION_WINDOW);
}

/* --- writing ------------------------------------------------------------------------------------ */

static void keep_unsent(struct h2 *h2, const char *bytes, size_t n)
{
    h2->unsent = malloc(n);
    if (!h2->unsent)
        die("out of memory (%zu bytes)", n);
    memcpy(h2->unsent, bytes, n);
    h2->unsent_size = n;
    h2->unsent_at = 0;
}

/* True: nothing is left over from before. */
static bool send_unsent(struct connection *connection)
{
    struct h2 *h2 = connection->h2;

    while (h2->unsent && connection->writable) {
        struct iovec part = {h2->unsent + h2->unsent_at, h2->unsent_size - h2->unsent_at};
        ssize_t sent = link_write(connection, &part, 1, false);
        if (sent < 0)
            return false;
        h2->unsent_at += (size_t)sent;
        if (h2->unsent_at == h2->unsent_size) {
            free(h2->unsent);
            h2->unsent = NULL;
        }
    }
    return !h2->unsent;
}

/* Lets nghttp2 fill one record and writes it. False: it had nothing, or the connection is closed. */
static bool send_record(struct connection *connection)
{
    struct h2 *h2 = connection->h2;

    h2->staged = 0;
    if (nghttp2_session_send(h2->session) != 0)
        h2->failed = true;
    if (h2->staged == 0)
        return false;
    struct iovec part = {connection->loop->output, h2->staged};
    ssize_t sent = link_write(connection, &part, 1, false);
    if (connection->closed)
        return false;
    size_t done = sent > 0 ? (size_t)sent : 0;
    if (done < h2->staged)
        keep_unsent(h2, connection->loop->output + done, h2->staged - done);
    return true;
}

static void flush(struct connection *connection)
{
    for (int records = 0; !connection->closed && connection->writable; records++) {
        if (!send_unsent(connection))
            return;
        if (records == RECORDS_PER_TURN) {
            loop_resume_later(connection);
            return;
        }
        if (!send_record(connection))
            return;
    }
}

/* --- reading --------------------------------------------------------------------------------------- */

/* True: more may follow at once. */
static bool read_some(struct connection *connection)
{
    struct h2 *h2 = connection->h2;
    char *input = connection->loop->input;
    ssize_t got = link_read(connection, input, GULP);

    if (got == 0)
        connection_close(connection);
    if (got <= 0)
        return false;
    h2_meter(connection, (struct str){input, (size_t)got});
    if (h2_is_abused(h2))
        return false;
    if (nghttp2_session_mem_recv(h2->session, (const uint8_t *)input, (size_t)got) != got)
        h2->failed = true; /* nghttp2 has its GOAWAY ready, if it could make sense of anything */
    return !h2->failed;
}

/* At once: whoever does not listen to the GOAWAY is not listened to either. */
static void send_away(struct connection *connection)
{
    count(&connection->loop->counts.refused_requests, 1);
    nghttp2_session_terminate_session(connection->h2->session, NGHTTP2_ENHANCE_YOUR_CALM);
    flush(connection);
    connection_close(connection);
}

static bool is_over(const struct h2 *h2)
{
    if (h2->unsent)
        return false;
    return h2->failed || (h2->is_final && !h2->open) ||
           (!nghttp2_session_want_read(h2->session) && !nghttp2_session_want_write(h2->session));
}

void h2_drive(struct connection *connection)
{
    struct h2 *h2 = connection->h2;
    int gulps = 0;

    while (connection->readable && !h2->failed && gulps++ < GULPS_PER_TURN && read_some(connection)) {
        flush(connection);
        if (connection->closed)
            return; /* and h2 is gone */
    }
    if (!connection->closed)
        flush(connection);
    if (connection->closed)
        return;
    if (h2_is_abused(h2)) {
        send_away(connection);
        return;
    }
    if (is_over(h2)) {
        connection_linger(connection);
        return;
    }
    if (connection->readable && !h2->failed)
        loop_resume_later(connection);
    connection_set_deadline(connection);
}

/* --- deadlines ------------------------------------------------------------------------------------------ */

static int64_t exchange_deadline(const struct http_exchange *exchange)
{
    const struct http_limits *limits = connection_limits(exchange->connection);

    if (exchange->state == EXCHANGE_READING && exchange->h2_headed)
        return exchange->since_ms + limits->body_grace_ms + (int64_t)exchange->body.length * 1000 / limits->body_rate;
    return answer_has_bytes(exchange) ? exchange->since_ms + limits->write_stall_ms : WHEEL_NEVER;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* When to give the whole connection up: a head that does not end, or a reader that takes nothing. */
static int64_t stuck_deadline(const struct connection *connection)
{
    const struct http_limits *limits = connection_limits(connection);
    const struct h2 *h2 = connection->h2;

    return sooner(h2->heading_ms ? h2->heading_ms + limits->header_ms : WHEEL_NEVER,
                  h2->unsent ? connection->since_ms + limits->write_stall_ms : WHEEL_NEVER);
}

/* When to say goodbye. */
static int64_t farewell_deadline(const struct connection *connection)
{
    const struct h2 *h2 = connection->h2;

    if (h2->is_final)
        return WHEEL_NEVER;
    if (h2->final_ms)
        return h2->final_ms;
    return h2->open ? WHEEL_NEVER : connection->since_ms + connection_limits(connection)->idle_ms;
}

int64_t h2_deadline(const struct connection *connection)
{
    int64_t deadline = sooner(stuck_deadline(connection), farewell_deadline(connection));

    for (const struct http_exchange *exchange = connection->h2->open; exchange; exchange = exchange->next)
        deadline = sooner(deadline, exchange_deadline(exchange));
    return deadline;
}

void h2_shutdown(struct connection *connection)
{
    struct h2 *h2 = connection->h2;

    if (h2->final_ms)
        return;
    h2->final_ms = connection->loop->now_ms + FAREWELL_MS;
    nghttp2_submit_shutdown_notice(h2->session);
}

static void say_farewell(struct h2 *h2)
{
    h2->is_final = true;
    nghttp2_submit_goaway(h2->session, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(h2->session),
                          NGHTTP2_NO_ERROR, NULL, 0);
}

void h2_expire(struct connection *connection)
{
    struct h2 *h2 = connection->h2;
    int64_t now = connection->loop->now_ms;

    if (stuck_deadline(connection) <= now) {
        connection_close(connection);
        return;
    }
    for (struct http_exchange *exchange = h2->open; exchange; exchange = exchange->next)
        if (exchange_deadline(exchange) <= now) {
            nghttp2_submit_rst_stream(h2->session, NGHTTP2_FLAG_NONE, exchange->stream_id, NGHTTP2_CANCEL);
            exchange->since_ms = now; /* said once */
        }
    if (farewell_deadline(connection) <= now)
        say_farewell(h2);
    connection_drive(connection);
}

/* --- the end ------------------------------------------------------------------------------------------------ */

void h2_free(struct connection *connection)
{
    struct h2 *h2 = connection->h2;

    connection->h2 = NULL;
    while (h2->open) {
        struct http_exchange *exchange = h2->open;
        h2->open = exchange->next;
        exchange->h2_open = false;
        if (exchange->state == EXCHANGE_READING)
            exchange_finish(exchange);
        else
            exchange_abandon(exchange);
    }
    nghttp2_session_del(h2->session);
    free(h2->unsent);
    free(h2);
}
