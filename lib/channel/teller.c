/* teller.c - tells changes to every hearer and waits for their answers, see channel.h.
 *
 * A thread of its own finds hearers (the directory is watched), connects to
 * them and reads what they send. teller_tell runs on its caller's thread: it
 * sends, then waits on a condition until nobody is owed for any more. All
 * state is under one lock; nothing blocks while it is held but that wait.
 *
 * Who owes an answer gets no new lease, so every wait ends. Who cannot even be
 * sent to (its queue is full: it sleeps) is lost, and left alone from when
 * its lease is over.
 */
#include "lib/channel/channel.h"

#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "lib/channel/local.h"
#include "lib/channel/message.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define TELLER_MAGIC 0x54454c4cu

enum { NAME_MOST = 63, LOOK_AGAIN_MS = 1000 };

struct member {
    int fd; /* -1: free place */
    char name[NAME_MOST + 1];
    int64_t pid;
    bool welcome;         /* it has said hello: it is told changes, and holds no lease we did not grant */
    bool lost;            /* something could not be sent to it: it is told nothing any more */
    int64_t lease_end_ms; /* until then it may trust its copies */
    uint64_t told, applied;
    uint64_t asked; /* the renewal to grant when it owes nothing; 0: none */
    int64_t asked_ms;
};

struct teller {
    uint32_t magic;
    struct teller_config config;
    int watch, wake; /* inotify, eventfd */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* somebody answered or went */
    bool stopping;
    int64_t unreached_ms; /* until then a hearer we could not connect to may hold a lease of an earlier teller */
    struct member members[HEARERS_MOST];
};

/* --- one hearer (under the lock) ------------------------------------------------------- */

static bool owes(const struct member *member)
{
    return member->applied < member->told;
}

static bool send_message(struct member *member, const struct message *message)
{
    char packet[MESSAGE_MOST];
    size_t n = message_write(packet, message);

    if (member->lost)
        return false;
    member->lost = send(member->fd, packet, n, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)n;
    return !member->lost;
}

static void grant(struct member *member)
{
    if (member->asked == 0 || owes(member))
        return;
    if (send_message(member, &(struct message){.kind = MESSAGE_GRANTED, .number = member->asked}))
        member->lease_end_ms = member->asked_ms + LEASE_MS;
    member->asked = 0;
}

/* False when it broke the rules. */
static bool take_message(struct teller *teller, struct member *member, const struct message *message)
{
    switch (message->kind) {
    case MESSAGE_HELLO:
        member->welcome = true;
        member->lease_end_ms = 0;
        send_message(member, &(struct message){.kind = MESSAGE_WELCOME});
        break;
    case MESSAGE_RENEW:
        member->asked = message->number;
        member->asked_ms = clock_steady_ms();
        grant(member);
        break;
    case MESSAGE_APPLIED:
        if (message->number > member->told)
            return false;
        if (message->number > member->applied)
            member->applied = message->number;
        grant(member);
        break;
    default: return false;
    }
    pthread_cond_broadcast(&teller->moved);
    return true;
}

/* A closed connection means a dead hearer, or one that has given up its lease before it closed. */
static void leave(struct teller *teller, struct member *member)
{
    close(member->fd);
    member->fd = -1;
    pthread_cond_broadcast(&teller->moved);
}

/* --- finding hearers --------------------------------------------------------------------- */

static struct member *find_place(struct teller *teller, const char *name)
{
    struct member *place = NULL;

    for (int i = 0; i < HEARERS_MOST; i++) {
        struct member *member = &teller->members[i];
        if (member->fd >= 0 && strcmp(member->name, name) == 0)
            return NULL; /* known already */
        if (member->fd < 0 && !place)
            place = member;
    }
    return place;
}

/* The process that listens there. */
static int64_t peer_pid(int fd)
{
    struct ucred peer = {0};
    socklen_t size = sizeof peer;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : 0;
}

static void remove_name(const struct teller *teller, const char *name)
{
    char path[4096];

    if (snprintf(path, sizeof path, "%s/%s", teller->config.dir, name) < (int)sizeof path)
        unlink(path);
}

/* `lease_end_ms`: how long it may hold a lease that is not ours. */
static void dial(struct teller *teller, const char *name, int64_t lease_end_ms)
{
    struct member *place = name[0] == '.' || strlen(name) > NAME_MOST ? NULL : find_place(teller, name);

    if (!place)
        return;
    int fd = local_connect(teller->config.dir, name, SOCK_SEQPACKET);
    if (fd < 0 && errno == ECONNREFUSED) { /* its process is gone */
        remove_name(teller, name);
        return;
    }
    if (fd < 0) {
        teller->unreached_ms = lease_end_ms;
        return;
    }
    *place = (struct member){.fd = fd, .pid = peer_pid(fd), .lease_end_ms = lease_end_ms};
    memcpy(place->name, name, strlen(name) + 1);
}

static void look_around(struct teller *teller, int64_t lease_end_ms)
{
    DIR *dir = opendir(teller->config.dir);

    for (struct dirent *entry; dir && (entry = readdir(dir));)
        dial(teller, entry->d_name, lease_end_ms);
    if (dir)
        closedir(dir);
}

/* --- its own thread ------------------------------------------------------------------------ */

/* Reads one packet of a hearer; false when it is gone or broke the rules. */
static bool hear(struct teller *teller, struct member *member)
{
    char packet[MESSAGE_MOST];
    struct message message;
    ssize_t n = recv(member->fd, packet, sizeof packet, MSG_DONTWAIT | MSG_TRUNC);

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if ((size_t)n > sizeof packet || !message_read((struct str){packet, (size_t)n}, &message))
        return false;
    if (message.kind == MESSAGE_NOTE) {
        teller->config.note(teller->config.context, member->pid, (int)(message.number & 0xffff), message.text);
        return true;
    }
    pthread_mutex_lock(&teller->lock);
    bool good = take_message(teller, member, &message);
    pthread_mutex_unlock(&teller->lock);
    return good;
}

static void let_go(struct teller *teller, struct member *member)
{
    pthread_mutex_lock(&teller->lock);
    leave(teller, member);
    pthread_mutex_unlock(&teller->lock);
    if (teller->config.left)
        teller->config.left(teller->config.context, member->pid);
}

/* Only this thread adds and removes members, so it may read `fd` without the lock. */
static void serve(struct teller *teller, const struct pollfd *polled, struct member **who, nfds_t n)
{
    for (nfds_t i = 0; i < n; i++)
        if (polled[i].revents && !hear(teller, who[i]))
            let_go(teller, who[i]);
    for (int i = 0; i < HEARERS_MOST; i++) {
        struct member *member = &teller->members[i];
        pthread_mutex_lock(&teller->lock);
        bool over = member->fd >= 0 && member->lost && clock_steady_ms() >= member->lease_end_ms;
        pthread_mutex_unlock(&teller->lock);
        if (over)
            let_go(teller, member);
    }
}

static void drain(int fd)
{
    char bytes[4096];

    while (read(fd, bytes, sizeof bytes) > 0) {
    }
}

static bool is_stopping(struct teller *teller)
{
    pthread_mutex_lock(&teller->lock);
    bool stopping = teller->stopping;
    pthread_mutex_unlock(&teller->lock);
    return stopping;
}

static void *run(void *argument)
{
    struct teller *teller = argument;
    struct pollfd polled[HEARERS_MOST + 2];
    struct member *who[HEARERS_MOST];
    int64_t look_ms = 0;

    while (!is_stopping(teller)) {
        nfds_t n = 2;
        polled[0] = (struct pollfd){.fd = teller->watch, .events = POLLIN};
        polled[1] = (struct pollfd){.fd = teller->wake, .events = POLLIN};
        for (int i = 0; i < HEARERS_MOST; i++) {
            if (teller->members[i].fd < 0)
                continue;
            who[n - 2] = &teller->members[i];
            polled[n++] = (struct pollfd){.fd = teller->members[i].fd, .events = POLLIN};
        }
        poll(polled, n, LOOK_AGAIN_MS);
        serve(teller, polled + 2, who, n - 2);
        /* The watch may have missed something (its queue is bounded): once a second the directory is read anyway. */
        if (polled[0].revents || clock_steady_ms() >= look_ms) {
            drain(teller->watch);
            pthread_mutex_lock(&teller->lock);
            look_around(teller, 0);
            pthread_mutex_unlock(&teller->lock);
            look_ms = clock_steady_ms() + LOOK_AGAIN_MS;
        }
    }
    return NULL;
}

/* --- from outside ---------------------------------------------------------------------------- */

static void start_thread(pthread_t *thread, void *(*function)(void *), void *argument)
{
    sigset_t all, before;

    sigfillset(&all); /* signals are the main thread's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(thread, NULL, function, argument) != 0)
        die("cannot start a thread for the channel");
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct teller *teller_new(const struct teller_config *config)
{
    struct teller *teller = calloc(1, sizeof *teller);
    pthread_condattr_t steady;

    if (!teller)
        die("out of memory");
    *teller = (struct teller){.magic = TELLER_MAGIC, .config = *config};
    for (int i = 0; i < HEARERS_MOST; i++)
        teller->members[i].fd = -1;
    mkdir(config->dir, 0700);
    teller->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    teller->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (teller->watch < 0 || teller->wake < 0 || inotify_add_watch(teller->watch, config->dir, IN_MOVED_TO) < 0) {
        int error = errno;
        close(teller->watch);
        close(teller->wake);
        free(teller);
        errno = error;
        return NULL;
    }
    pthread_mutex_init(&teller->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&teller->moved, &steady);
    pthread_condattr_destroy(&steady);
    look_around(teller, clock_steady_ms() + LEASE_MS);
    start_thread(&teller->thread, run, teller);
    return teller;
}

void teller_free(struct teller **out)
{
    struct teller *teller = *out;

    if (!teller)
        return;
    CHECK_LIVE(teller, TELLER_MAGIC);
    pthread_mutex_lock(&teller->lock);
    teller->stopping = true;
    pthread_mutex_unlock(&teller->lock);
    eventfd_write(teller->wake, 1);
    pthread_join(teller->thread, NULL);
    for (int i = 0; i < HEARERS_MOST; i++)
        if (teller->members[i].fd >= 0)
            close(teller->members[i].fd);
    close(teller->watch);
    close(teller->wake);
    pthread_cond_destroy(&teller->moved);
    pthread_mutex_destroy(&teller->lock);
    teller->magic = 0;
    free(teller);
    *out = NULL;
}

static void send_change(struct teller *teller, uint64_t sequence, struct str tags)
{
    struct message message = {.kind = MESSAGE_CHANGE, .number = sequence, .text = tags};

    if (tags.n > MESSAGE_TEXT_MOST)
        message = (struct message){.kind = MESSAGE_LOOK_UP, .number = sequence};
    for (int i = 0; i < HEARERS_MOST; i++) {
        struct member *member = &teller->members[i];
        if (member->fd < 0 || !member->welcome)
            continue;
        member->told = sequence;
        send_message(member, &message);
    }
}

/* Until when somebody must be waited for; 0: for nobody. */
static int64_t wait_until(const struct teller *teller, int64_t now_ms)
{
    int64_t until = teller->unreached_ms > now_ms ? teller->unreached_ms : 0;

    for (int i = 0; i < HEARERS_MOST; i++) {
        const struct member *member = &teller->members[i];
        bool waited_for = member->fd >= 0 && (!member->welcome || owes(member)) && member->lease_end_ms > now_ms;
        if (waited_for && member->lease_end_ms > until)
            until = member->lease_end_ms;
    }
    return until;
}

void teller_tell(struct teller *teller, uint64_t sequence, struct str tags)
{
    CHECK_LIVE(teller, TELLER_MAGIC);
    pthread_mutex_lock(&teller->lock);
    if (sequence)
        send_change(teller, sequence, tags);
    for (int64_t until; (until = wait_until(teller, clock_steady_ms())) != 0;) {
        struct timespec end = {until / 1000, until % 1000 * 1000000};
        pthread_cond_timedwait(&teller->moved, &teller->lock, &end);
    }
    pthread_mutex_unlock(&teller->lock);
}

int teller_hearers(struct teller *teller, struct hearer_state *out, int most)
{
    int n = 0;

    CHECK_LIVE(teller, TELLER_MAGIC);
    pthread_mutex_lock(&teller->lock);
    int64_t now_ms = clock_steady_ms();
    for (int i = 0; i < HEARERS_MOST && n < most; i++) {
        const struct member *member = &teller->members[i];
        if (member->fd < 0)
            continue;
        out[n++] = (struct hearer_state){
            .pid = member->pid,
            .lease_ms = member->lease_end_ms > now_ms ? member->lease_end_ms - now_ms : 0,
            .applied = member->applied,
            .waited_for = owes(member) || !member->welcome,
        };
    }
    pthread_mutex_unlock(&teller->lock);
    return n;
}
