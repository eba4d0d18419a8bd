/* loop.c - one thread, one epoll, many connections.
 *
 * Connections are registered once, edge-triggered, for everything; after that no epoll_ctl is needed, whatever they
 * wait for. Listeners are level-triggered, so a socket shared with a successor is never left with a forgotten reader.
 * Other threads reach the loop by mail: a list behind a lock and an eventfd that is written when the list was empty.
 */
#include "lib/http/inside.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 256
#define ACCEPTS_AT_ONCE 64
#define ACCEPT_REST_MS 200

struct loop *loop_new(struct http_server *server, int number)
{
    struct loop *loop = calloc(1, sizeof *loop);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};

    if (!loop)
        die("out of memory (%zu bytes)", sizeof *loop);
    loop->server = server;
    loop->number = number;
    loop->mail_event = EVENT_MAIL;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->mail_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    event.data.ptr = &loop->mail_event;
    if (loop->epoll < 0 || loop->mail_fd < 0 || epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->mail_fd, &event) != 0)
        die("cannot make an event loop: %s", strerror(errno));
    pthread_mutex_init(&loop->mail_lock, NULL);
    wheel_init(&loop->wheel, clock_steady_ms());
    return loop;
}

/* --- mail ----------------------------------------------------------------------------------- */

void loop_wake(struct loop *loop)
{
    uint64_t one = 1;

    CHECK(write(loop->mail_fd, &one, sizeof one) == sizeof one);
}

void loop_post_locked(struct loop *loop, struct http_exchange *exchange)
{
    if (exchange->is_posted)
        return;
    exchange->is_posted = true;
    exchange->mail_next = NULL;
    if (loop->mail_last)
        loop->mail_last->mail_next = exchange;
    else
        loop->mail_first = exchange;
    loop->mail_last = exchange;
    if (loop->mail_first == exchange)
        loop_wake(loop);
}

static struct http_exchange *take_mail(struct loop *loop)
{
    pthread_mutex_lock(&loop->mail_lock);
    struct http_exchange *exchange = loop->mail_first;
    if (exchange) {
        loop->mail_first = exchange->mail_next;
        if (!loop->mail_first)
            loop->mail_last = NULL;
        exchange->is_posted = false;
    }
    pthread_mutex_unlock(&loop->mail_lock);
    return exchange;
}

static void read_mail(struct loop *loop)
{
    struct http_exchange *exchange;

    while ((exchange = take_mail(loop)))
        exchange_mail(exchange);
}

/* --- accepting -------------------------------------------------------------------------------- */

static void listen_again(struct loop *loop, bool on)
{
    for (struct listener *listener = loop->listeners; listener; listener = listener->next) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = listener};
        epoll_ctl(loop->epoll, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, listener->fd, &event);
    }
}

/* No file descriptors left: an idle connection gives up its own, or the listeners rest a moment. The kernel says so
 * even if nobody is waiting. */
static void out_of_files(struct loop *loop, const struct listener *listener)
{
    struct pollfd waiting = {.fd = listener->fd, .events = POLLIN};

    if (poll(&waiting, 1, 0) <= 0 || connection_evict(loop))
        return;
    listen_again(loop, false);
    loop->accept_again_ms = loop->now_ms + ACCEPT_REST_MS;
}

static void accept_some(struct loop *loop, const struct listener *listener)
{
    for (int i = 0; i < ACCEPTS_AT_ONCE && !loop->stopping; i++) {
        struct sockaddr_storage peer = {0};
        socklen_t size = sizeof peer;
        int fd = accept4(listener->fd, (struct sockaddr *)&peer, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            connection_accept(loop, listener, fd, &peer);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
            out_of_files(loop, listener);
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

/* --- turns --------------------------------------------------------------------------------------- */

static void read_clocks(struct loop *loop)
{
    loop->now_us = clock_steady_us();
    loop->now_ms = loop->now_us / 1000;
    if (loop->now_ms >= loop->date_until_ms) {
        struct moment now = clock_now();
        moment_http(now, loop->date);
        loop->date_until_ms = loop->now_ms + 1000 - now.ms % 1000;
    }
}

void loop_resume_later(struct connection *connection)
{
    struct loop *loop = connection->loop;

    if (connection->in_resume)
        return;
    connection->in_resume = true;
    connection->next_resume = loop->resume;
    loop->resume = connection;
}

static void resume_all(struct loop *loop)
{
    struct connection *list = loop->resume;

    loop->resume = NULL;
    while (list) {
        struct connection *connection = list;
        list = connection->next_resume;
        connection->in_resume = false;
        if (!connection->closed)
            connection_drive(connection);
    }
}

static void expire_all(struct loop *loop)
{
    struct wheel_entry *entry;

    while ((entry = wheel_take_due(&loop->wheel, loop->now_ms)))
        connection_expire(connection_of_timer(entry));
}

static void bury(struct loop *loop)
{
    struct connection *list = loop->graves;

    loop->graves = NULL;
    while (list) {
        struct connection *connection = list;
        list = connection->next_grave;
        if (connection->in_resume) {
            connection->next_grave = loop->graves;
            loop->graves = connection;
        } else {
            connection_free(connection);
        }
    }
}

static int wait_ms(const struct loop *loop)
{
    int wait = wheel_wait(&loop->wheel, loop->now_ms);
    int64_t until = loop->stopping ? loop->stop_deadline_ms : loop->accept_again_ms;

    if (loop->resume)
        return 0;
    if (until && (wait < 0 || until - loop->now_ms < wait))
        wait = until > loop->now_ms ? (int)(until - loop->now_ms) : 0;
    return wait;
}

static void handle_event(struct loop *loop, const struct epoll_event *event)
{
    switch (*(enum event_kind *)event->data.ptr) {
    case EVENT_LISTENER: accept_some(loop, event->data.ptr); break;
    case EVENT_CONNECTION: connection_event(event->data.ptr, event->events); break;
    case EVENT_MAIL: break; /* read in every turn */
    }
}

void loop_turn(struct loop *loop)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    int n = epoll_wait(loop->epoll, events, EVENTS_AT_ONCE, wait_ms(loop));

    read_clocks(loop);
    for (int i = 0; i < n; i++)
        handle_event(loop, &events[i]);
    read_mail(loop);
    resume_all(loop);
    expire_all(loop);
    if (loop->accept_again_ms && loop->now_ms >= loop->accept_again_ms && !loop->stopping) {
        loop->accept_again_ms = 0;
        listen_again(loop, true);
    }
    bury(loop);
}

/* --- the end --------------------------------------------------------------------------------------- */

static void for_each_connection(struct loop *loop, void (*visit)(struct connection *connection))
{
    for (size_t i = 0; i < WHEEL_SLOTS; i++) {
        struct wheel_entry *slot = &loop->wheel.slots[i], *next;
        for (struct wheel_entry *entry = slot->next; entry != slot; entry = next) {
            next = entry->next;
            visit(connection_of_timer(entry));
        }
    }
}

static void begin_to_stop(struct loop *loop)
{
    loop->stopping = true;
    loop->stop_deadline_ms = atomic_load(&loop->server->stop_deadline_ms);
    if (!loop->accept_again_ms)
        listen_again(loop, false);
    for_each_connection(loop, connection_stop);
}

void *loop_run(void *argument)
{
    struct loop *loop = argument;
    sigset_t all;

    sigfillset(&all); /* signals are the main thread's; SIGPIPE is nobody's */
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    read_clocks(loop);
    listen_again(loop, true);
    while (!loop->stopping || (loop->connection_count && loop->now_ms < loop->stop_deadline_ms)) {
        loop_turn(loop);
        if (!loop->stopping && atomic_load(&loop->server->stopping))
            begin_to_stop(loop);
    }
    for_each_connection(loop, connection_close);
    bury(loop);
    return NULL;
}

void loop_free(struct loop **pointer)
{
    struct loop *loop = *pointer;

    if (!loop)
        return;
    read_mail(loop);
    resume_all(loop);
    bury(loop);
    CHECK(loop->exchange_count == 0); /* every exchange must have been answered */
    while (loop->spare) {
        struct http_exchange *exchange = loop->spare;
        loop->spare = exchange->next;
        free(exchange);
    }
    while (loop->listeners) {
        struct listener *listener = loop->listeners;
        loop->listeners = listener->next;
        free(listener);
    }
    close(loop->mail_fd);
    close(loop->epoll);
    pthread_mutex_destroy(&loop->mail_lock);
    free(loop);
    *pointer = NULL;
}
