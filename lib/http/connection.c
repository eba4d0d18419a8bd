/* connection.c - a connection from its acceptance to its end.
 *
 * Phases and their deadlines are totals from the moment the phase began, so a reader that sends a byte now and then
 * gains nothing. Each connection has one deadline, derived from its phase whenever that changes.
 *
 * Invariant: a closed connection's memory stays until its last exchange is finished and the loop's turn is over, so
 * nobody in the call stack or in a worker thread ever holds a stale pointer.
 */
#include "lib/http/inside.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <unistd.h>

#define LINGER_MS 2000
#define LINGER_BYTES (256 * 1024)
#define STOP_IDLE_MS 1000 /* for the idle readers of a stopping server */

/* --- birth ------------------------------------------------------------------------------- */

static struct address address_of(const struct sockaddr_storage *peer, char text[48])
{
    struct address address = {0};

    if (peer->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)peer;
        inet_ntop(AF_INET, &four->sin_addr, text, 48);
        address.bytes[10] = address.bytes[11] = 0xff;
        memcpy(address.bytes + 12, &four->sin_addr, 4);
    } else if (peer->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)peer;
        memcpy(address.bytes, &six->sin6_addr, 16);
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
            inet_ntop(AF_INET, address.bytes + 12, text, 48);
        else
            inet_ntop(AF_INET6, &six->sin6_addr, text, 48);
    } else {
        address.is_local = true;
        snprintf(text, 48, "local");
    }
    return address;
}

/* Room for one more, if need be by closing an idle one. */
static bool make_room(struct loop *loop)
{
    struct http_server *server = loop->server;

    if (atomic_load(&server->connections_now) < server->config.limits.connections)
        return true;
    return connection_evict(loop);
}

static struct connection *connection_new(struct loop *loop, const struct listener *listener, int fd)
{
    struct connection *connection = calloc(1, sizeof *connection);

    if (!connection)
        die("out of memory (%zu bytes)", sizeof *connection);
    connection->event = EVENT_CONNECTION;
    connection->magic = CONNECTION_MAGIC;
    connection->fd = fd;
    connection->loop = loop;
    connection->kind = listener->kind;
    connection->writable = true;
    connection->since_ms = loop->now_ms;
    return connection;
}

static void begin(struct connection *connection, bool tls)
{
    struct loop *loop = connection->loop;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = connection};

    loop->connection_count++;
    atomic_fetch_add(&loop->server->connections_now, 1);
    count(&loop->counts.connections, 1);
    if (tls)
        connection->ssl = tls_open(loop->server->tls, connection->fd);
    connection->phase = tls ? PHASE_HANDSHAKE : PHASE_IDLE;
    connection_set_deadline(connection);
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0)
        connection_close(connection);
}

void connection_accept(struct loop *loop, const struct listener *listener, int fd, const struct sockaddr_storage *peer)
{
    struct http_server *server = loop->server;
    char text[48];
    struct address address = address_of(peer, text);
    bool trusted = proxies_trust(&server->proxies, &address);
    uint64_t source = trusted ? 0 : source_of(&address); /* a proxy brings everybody */

    if (!make_room(loop) || !sources_enter(server->sources, source)) {
        count(&loop->counts.refused_connections, 1);
        close(fd);
        return;
    }
    struct connection *connection = connection_new(loop, listener, fd);
    memcpy(connection->client, text, sizeof text);
    connection->is_trusted_proxy = trusted;
    connection->source = source;
    begin(connection, listener->tls);
}

/* --- deadlines ----------------------------------------------------------------------------- */

void connection_enter(struct connection *connection, enum phase phase)
{
    connection->phase = phase;
    connection->since_ms = connection->loop->now_ms;
}

static int64_t deadline_of(const struct connection *connection)
{
    const struct http_limits *limits = connection_limits(connection);
    int64_t since = connection->since_ms;

    switch (connection->phase) {
    case PHASE_HANDSHAKE:
    case PHASE_HEAD: return since + limits->header_ms;
    case PHASE_LINGER: return since + LINGER_MS;
    case PHASE_BODY:
        return since + limits->body_grace_ms + (int64_t)connection->reading->body.length * 1000 / limits->body_rate;
    case PHASE_BUSY:
        return connection->first && answer_has_bytes(connection->first) ? since + limits->write_stall_ms : WHEEL_NEVER;
    case PHASE_IDLE:
        if (connection->loop->stopping && limits->idle_ms > STOP_IDLE_MS)
            return since + STOP_IDLE_MS;
        return since + limits->idle_ms;
    }
    return WHEEL_NEVER;
}

void connection_set_deadline(struct connection *connection)
{
    bool is_h2 = connection->h2 && connection->phase != PHASE_LINGER;

    connection->deadline_ms = is_h2 ? h2_deadline(connection) : deadline_of(connection);
    wheel_set(&connection->loop->wheel, &connection->timer, connection->deadline_ms);
}

void connection_expire(struct connection *connection)
{
    struct loop *loop = connection->loop;

    if (connection->deadline_ms > loop->now_ms) {
        wheel_set(&loop->wheel, &connection->timer, connection->deadline_ms);
        return;
    }
    if (connection->phase != PHASE_IDLE && connection->phase != PHASE_LINGER)
        count(&loop->counts.timed_out, 1);
    if (connection->h2 && connection->phase != PHASE_LINGER) {
        h2_expire(connection);
    } else if (connection->phase == PHASE_HEAD || connection->phase == PHASE_BODY) {
        http1_refuse(connection, 408);
        connection_drive(connection);
    } else {
        connection_close(connection);
    }
}

bool connection_evict(struct loop *loop)
{
    struct wheel *wheel = &loop->wheel;

    /* slots come in the order of deadlines, and idle deadlines in the order of last use, but for those moved since */
    for (int64_t tick = wheel->tick + 1; tick < wheel->tick + WHEEL_SLOTS; tick++) {
        struct wheel_entry *slot = &wheel->slots[(size_t)tick % WHEEL_SLOTS], *next;
        for (struct wheel_entry *entry = slot->next; entry != slot; entry = next) {
            struct connection *connection = connection_of_timer(entry);
            next = entry->next;
            if (connection->phase != PHASE_IDLE || (connection->h2 && connection->exchanges))
                continue;
            if (connection->deadline_ms < entry->due || tick == wheel->tick + WHEEL_SLOTS - 1) {
                connection_close(connection);
                return true;
            }
            wheel_remove(wheel, entry);
            wheel_set(wheel, entry, connection->deadline_ms);
        }
    }
    return false;
}

/* --- turns --------------------------------------------------------------------------------- */

static void discard_input(struct connection *connection)
{
    while (connection->readable && !connection->closed) {
        ssize_t got = link_read(connection, connection->loop->input, INPUT_SIZE);
        if (got > 0)
            connection->discarded += (size_t)got;
        if (got == 0 || connection->discarded > LINGER_BYTES)
            connection_close(connection);
    }
}

static void handshake(struct connection *connection)
{
    int result = tls_handshake(connection->ssl);

    if (result < 0) {
        count(&connection->loop->counts.tls_failures, 1);
        connection_close(connection);
    } else if (result > 0) {
        connection_enter(connection, PHASE_IDLE);
        if (tls_chose_h2(connection->ssl))
            h2_open(connection);
        connection_set_deadline(connection);
    }
}

void connection_drive(struct connection *connection)
{
    if (!connection->closed && connection->phase == PHASE_HANDSHAKE)
        handshake(connection);
    if (connection->closed || connection->phase == PHASE_HANDSHAKE)
        return;
    if (connection->phase == PHASE_LINGER)
        discard_input(connection);
    else if (connection->h2)
        h2_drive(connection);
    else
        http1_drive(connection);
}

void connection_event(struct connection *connection, uint32_t events)
{
    if (connection->closed)
        return;
    if (events & (EPOLLIN | EPOLLRDHUP))
        connection->readable = true;
    if (events & EPOLLOUT)
        connection->writable = true;
    if (events & EPOLLRDHUP)
        connection->reader_done = true;
    if (connection->ssl) /* to read it may have to write, and the other way round */
        connection->readable = connection->writable = true;
    bool is_streaming = connection->first && connection->first->is_stream;
    if ((events & (EPOLLERR | EPOLLHUP)) || (is_streaming && connection->reader_done))
        connection_close(connection);
    else
        connection_drive(connection);
}

/* --- the queue of answers -------------------------------------------------------------------- */

void connection_queue(struct connection *connection, struct http_exchange *exchange)
{
    exchange->next = NULL;
    if (connection->last)
        connection->last->next = exchange;
    else
        connection->first = exchange;
    connection->last = exchange;
    connection->queued++;
}

void connection_unqueue(struct connection *connection, struct http_exchange *exchange)
{
    CHECK(connection->first == exchange);
    connection->first = exchange->next;
    if (!connection->first)
        connection->last = NULL;
    connection->queued--;
}

/* --- the end ----------------------------------------------------------------------------------- */

void connection_linger(struct connection *connection)
{
    free(connection->kept);
    connection->kept = NULL;
    connection->kept_size = 0;
    link_shutdown(connection);
    connection_enter(connection, PHASE_LINGER);
    connection_set_deadline(connection);
    discard_input(connection);
}

/* Who has been idle gets STOP_IDLE_MS from now on: a request may be on its way. */
void connection_stop(struct connection *connection)
{
    if (connection->h2 && connection->phase != PHASE_LINGER) {
        h2_shutdown(connection);
        connection_drive(connection);
    } else if (connection->phase == PHASE_IDLE) {
        connection_enter(connection, PHASE_IDLE);
    }
    if (!connection->closed)
        connection_set_deadline(connection);
}

void connection_close(struct connection *connection)
{
    struct loop *loop = connection->loop;

    CHECK_LIVE(connection, CONNECTION_MAGIC);
    if (connection->closed)
        return;
    connection->closed = true;
    connection->exchanges++; /* holds the connection while its exchanges go */
    wheel_remove(&loop->wheel, &connection->timer);
    while (connection->first) {
        struct http_exchange *exchange = connection->first;
        connection_unqueue(connection, exchange);
        exchange_abandon(exchange);
    }
    if (connection->reading)
        exchange_finish(connection->reading);
    connection->reading = NULL;
    if (connection->h2)
        h2_free(connection);
    SSL_free(connection->ssl);
    close(connection->fd);
    free(connection->kept);
    connection->kept = NULL;
    sources_leave(loop->server->sources, connection->source);
    atomic_fetch_sub(&loop->server->connections_now, 1);
    loop->connection_count--;
    if (--connection->exchanges == 0) {
        connection->next_grave = loop->graves;
        loop->graves = connection;
    }
}

void connection_free(struct connection *connection)
{
    CHECK(connection->closed && connection->exchanges == 0);
    connection->magic = 0;
    free(connection);
}
