/* hearer.c - waits for a teller, applies what it is told, renews its lease; see channel.h.
 *
 * One thread, one poll. A new connection ends the lease before it is answered,
 * and so does the end of one; between the two there is none, and whoever keeps
 * copies checks each against the database.
 */
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "lib/base/random.h"
#include "lib/channel/channel.h"
#include "lib/channel/local.h"
#include "lib/channel/message.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEARER_MAGIC 0x48454152u

/* Renewals under way; more than fit into a lease's time, so that a grant of one that was overwritten is worthless
 * anyway. */
enum { TICK_MS = 1000, RENEWALS = 16 };

struct hearer {
    uint32_t magic;
    struct hearer_config config;
    int listening, link, wake; /* link: -1 without a teller */
    pthread_t thread;
    bool started, welcome, caught_up;
    uint64_t renewal; /* number of the last one sent */
    int64_t sent_ms[RENEWALS];
    int64_t renew_ms, tick_ms; /* when to do it next */
};

/* --- talking --------------------------------------------------------------------------- */

static bool send_message(struct hearer *hearer, const struct message *message)
{
    char packet[MESSAGE_MOST];
    size_t n = message_write(packet, message);

    return send(hearer->link, packet, n, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)n;
}

bool hearer_note(struct hearer *hearer, int kind, struct str text)
{
    CHECK(kind >= 0 && kind <= 0xffff && text.n <= NOTE_MOST);
    return hearer->link >= 0 && hearer->welcome &&
           send_message(hearer, &(struct message){.kind = MESSAGE_NOTE, .number = (uint64_t)kind, .text = text});
}

static void hang_up(struct hearer *hearer)
{
    hearer->config.lease(hearer->config.context, 0);
    if (hearer->link >= 0)
        close(hearer->link);
    hearer->link = -1;
    hearer->welcome = hearer->caught_up = false;
}

static void pick_up(struct hearer *hearer)
{
    int fd = accept4(hearer->listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd < 0)
        return;
    hang_up(hearer); /* there is one teller; who calls now is the one that lives */
    hearer->link = fd;
    if (!send_message(hearer, &(struct message){.kind = MESSAGE_HELLO}))
        hang_up(hearer);
}

static void renew(struct hearer *hearer, int64_t now_ms)
{
    hearer->renew_ms = now_ms + LEASE_RENEW_MS;
    if (!hearer->welcome)
        return;
    /* A grant is worth nothing to who does not know all that was changed before it was told. */
    if (!hearer->caught_up)
        hearer->caught_up = hearer->config.catch_up(hearer->config.context);
    if (!hearer->caught_up)
        return;
    hearer->renewal++;
    hearer->sent_ms[hearer->renewal % RENEWALS] = clock_steady_ms();
    send_message(hearer, &(struct message){.kind = MESSAGE_RENEW, .number = hearer->renewal});
}

/* --- listening --------------------------------------------------------------------------- */

static bool take_grant(struct hearer *hearer, uint64_t number)
{
    if (number == 0 || number > hearer->renewal)
        return false;
    if (hearer->renewal - number < RENEWALS)
        hearer->config.lease(hearer->config.context, hearer->sent_ms[number % RENEWALS] + LEASE_MS);
    return true;
}

static bool take_change(struct hearer *hearer, const struct message *message)
{
    const struct hearer_config *config = &hearer->config;
    bool applied = message->kind == MESSAGE_CHANGE && config->change(config->context, message->number, message->text);

    if (!applied && !config->catch_up(config->context))
        return false;
    return send_message(hearer, &(struct message){.kind = MESSAGE_APPLIED, .number = message->number});
}

static bool take_message(struct hearer *hearer, const struct message *message)
{
    switch (message->kind) {
    case MESSAGE_WELCOME:
        hearer->welcome = true;
        renew(hearer, clock_steady_ms());
        return true;
    case MESSAGE_GRANTED: return take_grant(hearer, message->number);
    case MESSAGE_CHANGE:
    case MESSAGE_LOOK_UP: return take_change(hearer, message);
    default: return false;
    }
}

static bool hear(struct hearer *hearer)
{
    char packet[MESSAGE_MOST];
    struct message message;
    ssize_t n = recv(hearer->link, packet, sizeof packet, MSG_DONTWAIT | MSG_TRUNC);

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    return (size_t)n <= sizeof packet && message_read((struct str){packet, (size_t)n}, &message) &&
           take_message(hearer, &message);
}

/* False when it is to end. */
static bool turn(struct hearer *hearer)
{
    struct pollfd polled[] = {{.fd = hearer->wake, .events = POLLIN},
                              {.fd = hearer->listening, .events = POLLIN},
                              {.fd = hearer->link, .events = POLLIN}};
    int64_t next = hearer->renew_ms < hearer->tick_ms ? hearer->renew_ms : hearer->tick_ms;
    int64_t wait = next - clock_steady_ms();

    poll(polled, 3, wait > 0 ? (int)wait : 0);
    if (polled[0].revents)
        return false;
    if (polled[2].revents && !hear(hearer))
        hang_up(hearer);
    if (polled[1].revents)
        pick_up(hearer);
    int64_t now_ms = clock_steady_ms();
    if (now_ms >= hearer->renew_ms)
        renew(hearer, now_ms);
    if (now_ms >= hearer->tick_ms) {
        hearer->tick_ms = now_ms + TICK_MS;
        hearer->config.tick(hearer->config.context, hearer);
    }
    return true;
}

static void *run(void *argument)
{
    struct hearer *hearer = argument;

    while (turn(hearer)) {
    }
    hearer->config.tick(hearer->config.context, hearer);
    hang_up(hearer);
    return NULL;
}

/* --- from outside -------------------------------------------------------------------------- */

struct hearer *hearer_new(const struct hearer_config *config)
{
    struct hearer *hearer = calloc(1, sizeof *hearer);
    char name[64];

    if (!hearer)
        die("out of memory");
    *hearer = (struct hearer){.magic = HEARER_MAGIC, .config = *config, .link = -1};
    mkdir(config->dir, 0700);
    /* A name of its own: the teller removes those of the dead, and a process number may come again. */
    snprintf(name, sizeof name, "%d-%08x", (int)getpid(), (unsigned)random_u64());
    hearer->listening = local_listen(config->dir, name, SOCK_SEQPACKET);
    hearer->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (hearer->listening < 0 || hearer->wake < 0) {
        int error = errno;
        close(hearer->listening);
        close(hearer->wake);
        free(hearer);
        errno = error;
        return NULL;
    }
    return hearer;
}

void hearer_start(struct hearer *hearer)
{
    sigset_t all, before;

    CHECK_LIVE(hearer, HEARER_MAGIC);
    CHECK(!hearer->started);
    hearer->started = true;
    sigfillset(&all); /* signals are the main thread's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&hearer->thread, NULL, run, hearer) != 0)
        die("cannot start a thread for the channel");
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void hearer_free(struct hearer **out)
{
    struct hearer *hearer = *out;

    if (!hearer)
        return;
    CHECK_LIVE(hearer, HEARER_MAGIC);
    if (hearer->started) {
        eventfd_write(hearer->wake, 1);
        pthread_join(hearer->thread, NULL);
    }
    close(hearer->listening);
    close(hearer->wake);
    hearer->magic = 0;
    free(hearer);
    *out = NULL;
}
