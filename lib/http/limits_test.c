/* limits_test.c - every limit and deadline, made small enough to wait for. */
#include "lib/base/clock.h"
#include "lib/http/inside.h"
#include "tests/unit_wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: x\r\n\r\n"
#define POST(framing) "POST /echo HTTP/1.1\r\nHost: x\r\n" framing "\r\n"
#define READERS 8

static struct wire *open_with(struct http_limits limits)
{
    return wire_open(&(struct wire_options){.limits = limits});
}

/* Says `text` over and over, `step_ms` apart, until the server answers or closes; how long that took. */
static int64_t drip(struct client *client, const char *text, int step_ms, struct reply *reply)
{
    int64_t began = clock_steady_ms();
    char byte;

    while (clock_steady_ms() - began < 5000) {
        client_say(client, text);
        usleep((useconds_t)step_ms * 1000);
        ssize_t got = recv(client->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got >= 0)
            break;
    }
    *reply = client_read(client, false);
    return clock_steady_ms() - began;
}

/* --- deadlines ------------------------------------------------------------------------- */

static void a_head_has_its_time(void **state)
{
    struct wire *wire = open_with((struct http_limits){.header_ms = 300});
    struct client client = wire_connect(wire);
    struct reply reply;
    struct http_counts counts;
    (void)state;

    assert_int_equal(client_ask(&client, GET("/hello")).status, 200);
    client_say(&client, "GET /hello HTTP/1.1\r\n");
    int64_t took = drip(&client, "X: y\r\n", 20, &reply);
    assert_int_equal(reply.status, 408);
    assert_true(client_is_closed(&client));
    assert_in_range(took, 250, 1500);
    client_close(&client);

    client = wire_connect(wire); /* not a single byte of a line is enough either */
    client_say(&client, "\r");
    assert_int_equal(client_read(&client, false).status, 408);
    client_close(&client);

    client = wire_connect(wire); /* HTTP/0.9 need not be waited for */
    assert_int_equal(client_ask(&client, "GET /hello\r\n").status, 400);
    client_close(&client);
    http_server_counts(wire->server, &counts);
    assert_int_equal(counts.timed_out, 2);
    assert_int_equal(wire->requests, 1);
    wire_close(&wire);
}

static void an_idle_reader_is_let_go(void **state)
{
    struct wire *wire = open_with((struct http_limits){.idle_ms = 300});
    struct client silent = wire_connect(wire), client = wire_connect(wire);
    (void)state;

    for (int i = 0; i < 10; i++) {
        assert_int_equal(client_ask(&client, GET("/hello")).status, 200);
        usleep(60000);
    }
    int64_t began = clock_steady_ms();
    assert_true(client_is_closed(&client));
    assert_in_range(clock_steady_ms() - began, 100, 1500);
    assert_true(client_is_closed(&silent));
    client_close(&client);
    client_close(&silent);
    wire_close(&wire);
}

static void a_body_has_its_pace(void **state)
{
    struct wire *wire = open_with((struct http_limits){.body_grace_ms = 300, .body_rate = 1000});
    struct client client = wire_connect(wire);
    struct reply reply;
    char part[101] = "";
    (void)state;

    client_say(&client, POST("Content-Length: 3000\r\n"));
    memset(part, 'x', 100);
    for (int i = 0; i < 30; i++) { /* 600 ms at 5,000 bytes a second */
        client_say(&client, part);
        usleep(20000);
    }
    assert_int_equal(client_read(&client, false).body.n, 3000);

    client_say(&client, POST("Content-Length: 3000\r\n"));
    int64_t took = drip(&client, "x", 20, &reply);
    assert_int_equal(reply.status, 408);
    assert_true(client_is_closed(&client));
    assert_in_range(took, 250, 1500);
    client_close(&client);

    client = wire_connect(wire);
    client_say(&client, POST("Transfer-Encoding: chunked\r\n"));
    took = drip(&client, "1\r\nx\r\n", 20, &reply);
    assert_int_equal(reply.status, 408);
    assert_in_range(took, 250, 1500);
    client_close(&client);
    assert_int_equal(wire->requests, 1);
    wire_close(&wire);
}

static void a_reader_must_take_its_answer(void **state)
{
    struct wire *wire = open_with((struct http_limits){.write_stall_ms = 300});
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/bytes?50000000"));
    wire_wait(&wire->answered, 1); /* given up */
    assert_int_equal(wire->released, 1);
    assert_true(client_read(&client, false).body.n < 50000000);
    client_close(&client);

    client = wire_connect(wire); /* slow, but taking: 20 MB in pieces over more than the deadline */
    client_say(&client, GET("/bytes?20000000"));
    for (int i = 0; i < 10; i++) {
        assert_int_equal(client_read_bytes(&client, 1000000).n, 1000000);
        usleep(60000);
    }
    client_close(&client);
    wire_close(&wire);
}

/* --- sizes ------------------------------------------------------------------------------- */

static void assert_refused(struct wire *wire, const char *request, int status)
{
    struct client client = wire_connect(wire);
    int requests = wire->requests;

    assert_int_equal(client_ask(&client, request).status, status);
    assert_true(client_is_closed(&client));
    assert_int_equal(wire->requests, requests);
    client_close(&client);
}

static void heads_have_limits(void **state)
{
    struct wire *wire = open_with((struct http_limits){.header_block = 600, .header_count = 8, .target = 100});
    char request[2000], filler[700] = "";
    (void)state;

    memset(filler, 'a', 699);
    snprintf(request, sizeof request, "GET /%.*s HTTP/1.1\r\nHost: x\r\n\r\n", 99, filler);
    struct client client = wire_connect(wire);
    assert_int_equal(client_ask(&client, request).status, 404);
    client_close(&client);
    snprintf(request, sizeof request, "GET /%.*s HTTP/1.1\r\nHost: x\r\n\r\n", 100, filler);
    assert_refused(wire, request, 414);
    snprintf(request, sizeof request, "GET /hello HTTP/1.1\r\nHost: x\r\nX: %.*s\r\n\r\n", 563, filler);
    client = wire_connect(wire); /* 600 bytes */
    assert_int_equal(client_ask(&client, request).status, 200);
    client_close(&client);
    snprintf(request, sizeof request, "GET /hello HTTP/1.1\r\nHost: x\r\nX: %.*s\r\n\r\n", 564, filler);
    assert_refused(wire, request, 431);
    snprintf(request, sizeof request, "GET /hello HTTP/1.1\r\nHost: x\r\nX: %s", filler);
    assert_refused(wire, request, 431);
#define SEVEN "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\nF: 6\r\nG: 7\r\n"
    client = wire_connect(wire);
    assert_int_equal(client_ask(&client, "GET /hello HTTP/1.1\r\nHost: x\r\n" SEVEN "\r\n").status, 200);
    client_close(&client);
    assert_refused(wire, "GET /hello HTTP/1.1\r\nHost: x\r\n" SEVEN "H: 8\r\n\r\n", 431);
    wire_close(&wire);
}

static void bodies_have_limits(void **state)
{
    struct wire *wire = open_with((struct http_limits){.body = 10, .body_memory = 4});
    struct client client = wire_connect(wire);
    (void)state;

    assert_int_equal(client_ask(&client, POST("Content-Length: 10\r\n") "0123456789").body.n, 10);
    assert_int_equal(client_ask(&client, POST("Transfer-Encoding: chunked\r\n") "a\r\n0123456789\r\n0\r\n\r\n").body.n,
                     10);
    client_close(&client);
    assert_refused(wire, POST("Content-Length: 11\r\n"), 413);
    assert_refused(wire, POST("Content-Length: 9223372036854775807\r\n"), 413);
    assert_refused(wire, POST("Transfer-Encoding: chunked\r\n") "b\r\n0123456789a\r\n0\r\n\r\n", 413);
    assert_refused(wire, POST("Transfer-Encoding: chunked\r\n") "9\r\n012345678\r\nfffffffffffffff\r\nxx", 413);
    wire_close(&wire);
}

static void a_disk_that_takes_nothing_is_told(void **state)
{
    struct wire *wire = open_with((struct http_limits){.body_memory = 4});
    char moved[80];
    (void)state;

    snprintf(moved, sizeof moved, "%s-moved", wire->dir);
    assert_int_equal(rename(wire->dir, moved), 0);
    assert_refused(wire, POST("Content-Length: 5\r\n") "hello", 503);
    assert_refused(wire, POST("Transfer-Encoding: chunked\r\n") "5\r\nhello\r\n0\r\n\r\n", 503);
    assert_int_equal(rename(moved, wire->dir), 0);
    wire_close(&wire);
}

static void connections_are_not_kept_for_ever(void **state)
{
    struct wire *wire = open_with((struct http_limits){.requests_per_connection = 3});
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/hello") GET("/hello") GET("/hello") GET("/hello"));
    for (int i = 0; i < 3; i++) {
        struct reply reply = client_read(&client, false);
        assert_int_equal(reply.status, 200);
        assert_int_equal(reply_header(&reply, "Connection").p != NULL, i == 2);
    }
    assert_true(client_is_closed(&client));
    assert_int_equal(wire->requests, 3);
    client_close(&client);
    wire_close(&wire);
}

/* --- many readers ---------------------------------------------------------------------------- */

static void idle_readers_give_way(void **state)
{
    struct wire *wire = open_with((struct http_limits){.connections = READERS});
    struct client clients[READERS];
    struct http_counts counts;
    (void)state;

    for (int i = 0; i < READERS; i++) {
        clients[i] = wire_connect(wire);
        assert_int_equal(client_ask(&clients[i], GET("/hello")).status, 200);
        usleep(130000); /* two ticks of the wheel, so that their order is known */
    }
    assert_int_equal(client_ask(&clients[0], GET("/hello")).status, 200); /* now the second is idle longest */
    struct client late = wire_connect(wire);
    assert_int_equal(client_ask(&late, GET("/hello")).status, 200);
    assert_true(client_is_closed(&clients[1]));
    for (int i = 0; i < READERS; i++)
        if (i != 1)
            assert_int_equal(client_ask(&clients[i], GET("/hello")).status, 200);
    http_server_counts(wire->server, &counts);
    assert_int_equal(counts.connections_now, READERS);
    assert_int_equal(counts.refused_connections, 0);
    for (int i = 0; i < READERS; i++)
        client_close(&clients[i]);
    client_close(&late);
    wire_close(&wire);
}

static void busy_readers_do_not(void **state)
{
    struct wire *wire = open_with((struct http_limits){.connections = READERS});
    struct client clients[READERS];
    struct http_counts counts;
    (void)state;

    for (int i = 0; i < READERS; i++) {
        clients[i] = wire_connect(wire);
        client_say(&clients[i], i % 2 ? GET("/later?600") : POST("Content-Length: 3\r\n") "x");
    }
    wire_wait(&wire->requests, READERS / 2);
    usleep(20000);
    struct client late = wire_connect(wire);
    client_say(&late, GET("/hello"));
    assert_true(client_is_closed(&late));
    client_close(&late);
    http_server_counts(wire->server, &counts);
    assert_int_equal(counts.refused_connections, 1);
    for (int i = 0; i < READERS; i++) {
        if (i % 2 == 0)
            client_say(&clients[i], "yz");
        assert_int_equal(client_read(&clients[i], false).status, 200);
        client_close(&clients[i]);
    }
    wire_close(&wire);
}

static void readers_wait_when_files_run_out(void **state)
{
    struct wire *wire = open_with((struct http_limits){0});
    struct client clients[4];
    struct rlimit before, tight;
    int spare[2];
    (void)state;

    clients[0] = wire_connect(wire);
    assert_int_equal(client_ask(&clients[0], GET("/hello")).status, 200);
    clients[1] = wire_connect(wire);
    assert_int_equal(client_ask(&clients[1], GET("/hello")).status, 200);
    for (int i = 0; i < 2; i++)
        spare[i] = dup(0);
    getrlimit(RLIMIT_NOFILE, &before);
    tight = before;
    tight.rlim_cur = (rlim_t)spare[1] + 1; /* numbers are given from below, so none is left */
    setrlimit(RLIMIT_NOFILE, &tight);

    close(spare[0]); /* is the client's; the server finds none, and lets the one go that has been idle longest */
    clients[2] = wire_connect(wire);
    assert_int_equal(client_ask(&clients[2], GET("/hello")).status, 200);
    assert_true(client_is_closed(&clients[0]));

    client_say(&clients[1], GET("/later?500"));
    client_say(&clients[2], GET("/later?500"));
    wire_wait(&wire->requests, 5);
    close(spare[1]);
    clients[3] = wire_connect(wire);
    assert_int_equal(client_ask(&clients[3], GET("/hello")).status, 200); /* when one of them is idle */
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(client_read(&clients[1], false).status, 200);
    assert_int_equal(client_read(&clients[2], false).status, 200);
    for (int i = 0; i < 4; i++)
        client_close(&clients[i]);
    wire_close(&wire);
}

static uint64_t source_named(const char *text)
{
    struct address address;

    assert_true(address_parse(str_of(text), &address));
    return source_of(&address);
}

static void each_source_has_its_share(void **state)
{
    uint64_t four = source_named("192.0.2.7"), six = source_named("2001:db8:1:2::1");
    struct sources *sources = sources_new(3);
    (void)state;

    assert_true(source_named("192.0.2.8") != four);
    assert_true(source_named("2001:db8:1:2:ffff::9") == six); /* one household */
    assert_true(source_named("2001:db8:1:3::1") != six);
    assert_int_equal(source_named("127.0.0.1"), 0);
    assert_int_equal(source_named("127.9.9.9"), 0);
    assert_int_equal(source_named("::1"), 0);

    for (int i = 0; i < 3; i++) {
        assert_true(sources_enter(sources, four));
        assert_true(sources_enter(sources, six));
        assert_true(sources_enter(sources, 0));
    }
    assert_false(sources_enter(sources, four));
    assert_false(sources_enter(sources, six));
    assert_true(sources_enter(sources, 0)); /* this machine is free */
    sources_leave(sources, four);
    assert_true(sources_enter(sources, four));
    assert_false(sources_enter(sources, four));
    sources_free(&sources);
}

/* Sources come and go in an order that leaves no two runs of the table alike; a plain array is the witness. */
static void many_sources_come_and_go(void **state)
{
    enum { SOURCES = 3000, SHARE = 4 };
    struct sources *sources = sources_new(SHARE);
    static int open_now[SOURCES];
    uint64_t luck = 1;
    (void)state;

    for (int i = 0; i < 300000; i++) {
        luck = luck * 6364136223846793005u + 1442695040888963407u;
        int which = (int)(luck >> 33) % SOURCES;
        if (luck >> 63) {
            bool fits = sources_enter(sources, (uint64_t)which + 1);
            assert_int_equal(fits, open_now[which] < SHARE);
            open_now[which] += fits;
        } else if (open_now[which]) {
            sources_leave(sources, (uint64_t)which + 1);
            open_now[which]--;
        }
    }
    for (int i = 0; i < SOURCES; i++)
        for (; open_now[i]; open_now[i]--)
            sources_leave(sources, (uint64_t)i + 1);
    sources_free(&sources);
}

/* --- the wheel --------------------------------------------------------------------------------- */

static void deadlines_come_in_time(void **state)
{
    enum { ENTRIES = 500 };
    static struct wheel wheel;
    static struct wheel_entry entries[ENTRIES];
    static int64_t deadlines[ENTRIES];
    struct wheel_entry *entry;
    int taken = 0;
    (void)state;

    wheel_init(&wheel, 1000000);
    assert_int_equal(wheel_wait(&wheel, 1000000), -1);
    for (int i = 0; i < ENTRIES; i++) {
        deadlines[i] = 1000000 + (i * 7919) % 60000;
        wheel_set(&wheel, &entries[i], deadlines[i]);
    }
    for (int64_t now = 1000000; taken < ENTRIES; now += wheel_wait(&wheel, now) + 1) {
        assert_true(now < 1062000);
        while ((entry = wheel_take_due(&wheel, now))) {
            int64_t late = now - deadlines[entry - entries];
            assert_in_range(late, 0, 3 * WHEEL_TICK_MS);
            taken++;
        }
    }
    assert_int_equal(wheel_wait(&wheel, 2000000), -1);
    wheel_set(&wheel, &entries[0], WHEEL_NEVER); /* visited now and then, so that its owner may think again */
    assert_in_range(wheel_wait(&wheel, 1062000), 1, WHEEL_SLOTS * WHEEL_TICK_MS);
    wheel_remove(&wheel, &entries[0]);
    assert_int_equal(wheel_wait(&wheel, 1062000), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_has_its_time),
        cmocka_unit_test(an_idle_reader_is_let_go),
        cmocka_unit_test(a_body_has_its_pace),
        cmocka_unit_test(a_reader_must_take_its_answer),
        cmocka_unit_test(heads_have_limits),
        cmocka_unit_test(bodies_have_limits),
        cmocka_unit_test(a_disk_that_takes_nothing_is_told),
        cmocka_unit_test(connections_are_not_kept_for_ever),
        cmocka_unit_test(idle_readers_give_way),
        cmocka_unit_test(busy_readers_do_not),
        cmocka_unit_test(readers_wait_when_files_run_out),
        cmocka_unit_test(each_source_has_its_share),
        cmocka_unit_test(many_sources_come_and_go),
        cmocka_unit_test(deadlines_come_in_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
