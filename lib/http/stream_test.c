/* stream_test.c - answers without an end in sight: readers that follow, lag behind, or leave. */
#include "lib/base/clock.h"
#include "tests/unit_wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: x\r\n\r\n"

static struct wire *wire;

static int open_wire(void **state)
{
    (void)state;
    wire = wire_open(&(struct wire_options){.limits = {.write_stall_ms = 1000, .stream_backlog = 100000}});
    return 0;
}

static int close_wire(void **state)
{
    (void)state;
    wire_close(&wire);
    return 0;
}

static void what_is_written_arrives(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    for (int round = 0; round < 3; round++) { /* the connection is kept */
        struct reply reply = client_ask(&client, GET("/stream?20x50"));
        assert_int_equal(reply.status, 200);
        assert_true(str_equal(reply_header(&reply, "Transfer-Encoding"), STR("chunked")));
        assert_null(reply_header(&reply, "Content-Length").p);
        assert_int_equal(reply.body.n, 20 * 50);
        for (size_t i = 0; i < reply.body.n; i++)
            assert_int_equal(reply.body.p[i], i % 50 == 49 ? '\n' : 'x');
    }
    assert_int_equal(client_ask(&client, GET("/hello")).status, 200);
    client_close(&client);
}

/* The first event must not wait for the second. */
static void events_come_at_once(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/endless"));
    while (client_read_line(&client).n)
        continue;
    int64_t began = clock_steady_ms();
    client_read_line(&client);
    client_read_bytes(&client, 1000);
    assert_true(clock_steady_ms() - began < 500);
    client_close(&client);
    wire_settle(wire);
}

static void old_readers_get_bare_bytes(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    struct reply reply = client_ask(&client, "GET /stream?5x100 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assert_null(reply_header(&reply, "Transfer-Encoding").p);
    assert_true(str_equal(reply_header(&reply, "Connection"), STR("close")));
    assert_int_equal(reply.body.n, 500);
    assert_true(client_is_closed(&client));
    client_close(&client);
}

static void requests_wait_behind_a_stream(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/stream?20x30") GET("/hello") GET("/stream?3x10"));
    assert_int_equal(client_read(&client, false).body.n, 600);
    assert_int_equal(client_read(&client, false).body.n, 12);
    assert_int_equal(client_read(&client, false).body.n, 30);
    client_close(&client);
}

static void a_slow_reader_is_given_up(void **state)
{
    struct client client = wire_connect(wire);
    int refused = wire->refused_writes;
    (void)state;

    client_say(&client, GET("/endless"));
    wire_wait(&wire->refused_writes, refused + 1); /* the writer learned of it, and was not held up */
    uint64_t taken = wire->written;
    wire_settle(wire); /* the server has let go: no byte was taken for write_stall_ms */
    assert_int_equal(wire->written, taken);
    assert_int_equal(wire->released, wire->made);
    client_close(&client);
}

static void a_reader_that_leaves_is_noticed(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        struct client client = wire_connect(wire);
        client_say(&client, GET("/endless"));
        if (i % 3)
            client_read(&client, true);
        if (i % 2)
            shutdown(client.fd, SHUT_WR);
        client_close(&client);
    }
    wire_settle(wire);
    assert_int_equal(wire->released, wire->made);
}

static void many_streams_at_once(void **state)
{
    enum { READERS = 50 };
    static struct client clients[READERS];
    (void)state;

    for (int i = 0; i < READERS; i++) {
        clients[i] = wire_connect(wire);
        client_say(&clients[i], i % 2 ? GET("/stream?50x1000") : GET("/stream?5000x20"));
    }
    for (int i = 0; i < READERS; i++) {
        size_t n = client_read(&clients[i], false).body.n;
        assert_true(i % 2 ? n == 50000 : n > 0); /* the fast writers may have run into the limit */
        client_close(&clients[i]);
    }
    wire_settle(wire);
}

static void streams_end_with_the_server(void **state)
{
    struct wire *fresh = wire_open(&(struct wire_options){0});
    struct client clients[4];
    (void)state;

    for (int i = 0; i < 4; i++) {
        clients[i] = wire_connect(fresh);
        client_say(&clients[i], GET("/endless"));
    }
    wire_wait(&fresh->requests, 4);
    int64_t began = clock_steady_ms();
    wire_stop(fresh, 200);
    assert_in_range(clock_steady_ms() - began, 0, 1000);
    wire_wait(&fresh->threads, 0);
    assert_int_equal(fresh->refused_writes, 4);
    for (int i = 0; i < 4; i++)
        client_close(&clients[i]);
    wire_close(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_arrives),    cmocka_unit_test(events_come_at_once),
        cmocka_unit_test(old_readers_get_bare_bytes), cmocka_unit_test(requests_wait_behind_a_stream),
        cmocka_unit_test(a_slow_reader_is_given_up),  cmocka_unit_test(a_reader_that_leaves_is_noticed),
        cmocka_unit_test(many_streams_at_once),       cmocka_unit_test(streams_end_with_the_server),
    };

    return cmocka_run_group_tests(tests, open_wire, close_wire);
}
