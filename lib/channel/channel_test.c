/* channel_test.c - leases, changes told and answered, hearers that sleep, die or come late. */
#include "lib/channel/channel.h"

#include "lib/base/clock.h"
#include "lib/channel/local.h"
#include "lib/channel/message.h"

#include <errno.h>
#include <ftw.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[256];

/* What a hearer did. */
struct ear {
    struct hearer *hearer;
    _Atomic int64_t lease, applied, caught_up, ticks;
    atomic_bool cannot_catch_up, gaps;
    _Atomic int64_t sleep_ms;
};

static bool catch_up(void *context)
{
    struct ear *ear = context;

    if (ear->cannot_catch_up)
        return false;
    ear->caught_up++;
    return true;
}

static bool change(void *context, uint64_t sequence, struct str tags)
{
    struct ear *ear = context;

    (void)tags;
    if (ear->sleep_ms)
        usleep((useconds_t)ear->sleep_ms * 1000);
    if (ear->gaps)
        return false;
    ear->applied = (int64_t)sequence;
    return true;
}

static void lease(void *context, int64_t until_ms)
{
    ((struct ear *)context)->lease = until_ms;
}

static void tick(void *context, struct hearer *hearer)
{
    struct ear *ear = context;

    ear->ticks++;
    hearer_note(hearer, 7, STR("\0\1views"));
}

static void open_ear(struct ear *ear)
{
    *ear = (struct ear){0};
    ear->hearer = hearer_new(&(struct hearer_config){dir, catch_up, change, lease, tick, ear});
    assert_non_null(ear->hearer);
    hearer_start(ear->hearer);
}

static _Atomic int64_t notes, gone;

static void note(void *context, int64_t pid, int kind, struct str text)
{
    (void)context;
    assert_int_equal(pid, getpid());
    assert_int_equal(kind, 7);
    assert_true(str_equal(text, STR("\0\1views")));
    notes++;
}

static void left(void *context, int64_t pid)
{
    (void)context, (void)pid;
    gone++;
}

static struct teller *open_teller(void)
{
    struct teller *teller = teller_new(&(struct teller_config){.dir = dir, .note = note, .left = left});

    assert_non_null(teller);
    return teller;
}

static int64_t tell(struct teller *teller, uint64_t sequence)
{
    int64_t from = clock_steady_ms();

    teller_tell(teller, sequence, STR("flash story:1"));
    return clock_steady_ms() - from;
}

#define WAIT_FOR(condition)                                                                                            \
    do {                                                                                                               \
        int patience = 400;                                                                                            \
        while (!(condition) && patience-- > 0)                                                                         \
            usleep(10000);                                                                                             \
        assert_true(patience >= 0);                                                                                    \
    } while (0)

static void told_and_answered(void **state)
{
    (void)state;
    struct teller *teller = open_teller();
    struct ear a, b;

    assert_true(tell(teller, 1) < 500); /* nobody there */
    open_ear(&a);
    open_ear(&b);
    WAIT_FOR(a.lease > clock_steady_ms() && b.lease > clock_steady_ms());
    assert_true(a.lease <= clock_steady_ms() + LEASE_MS);
    assert_int_equal(a.caught_up, 1);
    for (uint64_t i = 2; i < 200; i++) {
        tell(teller, i);
        assert_int_equal(a.applied, i);
        assert_int_equal(b.applied, i);
    }
    int64_t before = a.lease;
    WAIT_FOR(a.lease > before); /* renewed */
    WAIT_FOR(notes >= 2);
    struct hearer_state states[4];
    assert_int_equal(teller_hearers(teller, states, 4), 2);
    assert_int_equal(states[0].pid, getpid());
    assert_int_equal(states[0].applied, 199);
    assert_true(states[0].lease_ms > 0 && !states[0].waited_for);
    hearer_free(&a.hearer);
    assert_int_equal(a.lease, 0);
    WAIT_FOR(gone == 1);
    assert_true(tell(teller, 200) < 500);
    teller_free(&teller);
    WAIT_FOR(b.lease == 0);
    hearer_free(&b.hearer);
}

static void gaps_are_looked_up(void **state)
{
    (void)state;
    struct teller *teller = open_teller();
    struct ear ear;
    static char many[MESSAGE_TEXT_MOST + 1];

    memset(many, 'x', sizeof many);
    open_ear(&ear);
    WAIT_FOR(ear.lease > 0);
    ear.gaps = true;
    tell(teller, 5);
    assert_int_equal(ear.caught_up, 2);
    ear.gaps = false;
    teller_tell(teller, 6, (struct str){many, sizeof many}); /* too many to send */
    assert_int_equal(ear.caught_up, 3);
    assert_int_equal(ear.applied, 0);
    ear.gaps = ear.cannot_catch_up = true;
    tell(teller, 7); /* who cannot learn it hangs up, and is not waited for */
    assert_int_equal(ear.lease, 0);
    ear.cannot_catch_up = false;
    WAIT_FOR(ear.lease > 0); /* and comes again */
    hearer_free(&ear.hearer);
    teller_free(&teller);
}

static void sleepers_lose_their_lease(void **state)
{
    (void)state;
    struct teller *teller = open_teller();
    struct ear ear;

    open_ear(&ear);
    WAIT_FOR(ear.lease > 0);
    ear.sleep_ms = LEASE_MS + 1000;
    int64_t waited = tell(teller, 1);
    assert_true(ear.lease <= clock_steady_ms()); /* the lease it holds is over when we go on */
    assert_in_range(waited, LEASE_MS - LEASE_RENEW_MS - 100, LEASE_MS + 200);
    assert_true(tell(teller, 2) < 500); /* known to be asleep: not waited for again */
    ear.sleep_ms = 0;
    WAIT_FOR(ear.applied == 2);
    WAIT_FOR(ear.lease > clock_steady_ms());
    hearer_free(&ear.hearer);
    teller_free(&teller);
}

static void a_new_teller_waits_for_old_leases(void **state)
{
    (void)state;
    struct teller *teller = open_teller();
    struct ear ear;

    open_ear(&ear);
    WAIT_FOR(ear.lease > 0);
    teller_free(&teller);
    WAIT_FOR(ear.lease == 0);
    teller = open_teller();
    assert_true(tell(teller, 0) < 500); /* it said hello at once */
    WAIT_FOR(ear.lease > 0);
    teller_free(&teller);
    hearer_free(&ear.hearer);

    /* one that listens but never says a word may hold a lease from before */
    int silent = local_listen(dir, "silent", SOCK_SEQPACKET);
    assert_true(silent >= 0);
    teller = open_teller();
    assert_in_range(tell(teller, 0), LEASE_MS - 100, LEASE_MS + 200);
    assert_true(tell(teller, 1) < 500);
    /* and when its process is gone, so is its name */
    close(silent);
    teller_free(&teller);
    teller = open_teller();
    assert_true(tell(teller, 1) < 500);
    char path[300];
    snprintf(path, sizeof path, "%s/silent", dir);
    assert_int_equal(access(path, F_OK), -1);
    teller_free(&teller);
}

/* What is no message ends the connection, whichever side gets it. */
static void rules(void **state)
{
    (void)state;
    struct ear ear;
    open_ear(&ear);
    struct teller *teller = open_teller();
    WAIT_FOR(ear.lease > 0);

    int bad = local_listen(dir, "bad", SOCK_SEQPACKET);
    int64_t before = gone;
    int link = -1;
    WAIT_FOR((link = accept(bad, NULL, NULL)) >= 0);
    assert_int_equal(send(link, "nonsense", 8, 0), 8);
    WAIT_FOR(gone > before);
    close(bad);
    close(link);
    WAIT_FOR(ear.lease > clock_steady_ms()); /* others do not notice */
    teller_free(&teller);
    hearer_free(&ear.hearer);
}

static void messages(void **state)
{
    (void)state;
    char packet[MESSAGE_MOST];
    struct message message = {MESSAGE_CHANGE, 0x0102030405060708, STR("flash")}, read;
    size_t n = message_write(packet, &message);

    assert_int_equal(n, MESSAGE_HEAD + 5);
    assert_true(message_read((struct str){packet, n}, &read));
    assert_true(read.kind == message.kind && read.number == message.number && str_equal(read.text, message.text));
    assert_false(message_read((struct str){packet, MESSAGE_HEAD - 1}, &read));
    packet[1] = MESSAGE_HELLO; /* has neither */
    assert_false(message_read((struct str){packet, n}, &read));
    assert_false(message_read((struct str){packet, MESSAGE_HEAD}, &read));
    packet[1] = 0;
    assert_false(message_read((struct str){packet, n}, &read));
    packet[1] = MESSAGE_CHANGE;
    packet[0]++;
    assert_false(message_read((struct str){packet, n}, &read));
}

/* A paper may lie deeper than an address of a socket is long. */
static void long_paths(void **state)
{
    (void)state;
    char deep[512], part[100];

    memset(part, 'd', sizeof part - 1);
    part[sizeof part - 1] = '\0';
    snprintf(deep, sizeof deep, "%s/%s", dir, part);
    assert_int_equal(mkdir(deep, 0700), 0);
    assert_int_equal(local_connect(deep, "x", SOCK_STREAM), -1);
    assert_int_equal(errno, ENOENT);
    int fd = local_listen(deep, "x", SOCK_STREAM);
    assert_true(fd >= 0);
    int link = local_connect(deep, "x", SOCK_STREAM);
    assert_true(link >= 0);
    close(link);
    close(fd);
    assert_int_equal(local_connect(deep, "x", SOCK_STREAM), -1);
    assert_int_equal(errno, ECONNREFUSED);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static int set_up(void **state)
{
    const char *parent = getenv("TMPDIR");

    (void)state;
    notes = gone = 0;
    snprintf(dir, sizeof dir, "%s/haowai-channel-XXXXXX", parent && *parent ? parent : P_tmpdir);
    return mkdtemp(dir) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages),
        cmocka_unit_test_setup_teardown(told_and_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gaps_are_looked_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sleepers_lose_their_lease, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_teller_waits_for_old_leases, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_paths, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
