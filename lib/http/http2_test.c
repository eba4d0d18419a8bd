/* http2_test.c - HTTP/2 over TLS: the same answers, the same strictness, streams that do not wait for each other. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "tests/unit_h2.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

/* --- what answers look like ---------------------------------------------------------------- */

static bool says(const struct stream *stream, const char *text)
{
    return str_find(buf_str(&stream->head), str_of(text), 0) >= 0;
}

static bool body_is(const struct stream *stream, const char *text)
{
    return str_equal(buf_str(&stream->body), str_of(text));
}

static void assert_letters(const struct stream *stream, size_t n)
{
    assert_int_equal(stream->body.n, n);
    for (size_t i = 0; i < n; i++)
        if (stream->body.p[i] != (char)('a' + i % 26))
            fail_msg("byte %zu is wrong", i);
}

/* --- answers -------------------------------------------------------------------------------- */

static struct wire *wire;

static int open_wire(void **state)
{
    (void)state;
    wire = wire_open(&(struct wire_options){.tls = true});
    return 0;
}

static int close_wire(void **state)
{
    (void)state;
    wire_close(&wire);
    return 0;
}

static void answers_are_the_same(void **state)
{
    struct h2_client *client = h2_connect(wire, 0);
    (void)state;

    struct stream *stream = h2_ask(client, "/hello");
    assert_int_equal(stream->status, 200);
    assert_true(body_is(stream, "hello, world"));
    assert_true(says(stream, "content-length: 12\n") && says(stream, "etag: \"1\"\n") && says(stream, "date: "));
    assert_true(body_is(h2_ask(client, "/client"), "127.0.0.1 https"));
    assert_true(body_is(h2_ask(client, "/later?20"), "later"));
    assert_letters(h2_ask(client, "/bytes?3000000"), 3000000);
    assert_true(body_is(h2_ask(client, "/file?5-7"), "FGHIJKL"));
    assert_int_equal(h2_ask(client, "/file?10-2000000")->body.n, 2000000);
    assert_int_equal(h2_ask(client, "/file?0-0")->body.n, 0);
    stream = h2_ask(client, "/stream?30x50");
    assert_int_equal(stream->body.n, 1500);
    assert_false(says(stream, "content-length"));
    stream = h2_ask(client, "/status?304");
    assert_int_equal(stream->status, 304);
    assert_false(says(stream, "content-length"));
    assert_int_equal(h2_ask(client, "/status?204")->status, 204);
    assert_int_equal(h2_ask(client, "/nowhere")->status, 404);
    stream = h2_wait(client, h2_send(client, HEAD("HEAD", "/hello"), NULL, 0, false));
    assert_true(says(stream, "content-length: 12\n") && stream->body.n == 0);
    stream = h2_wait(client, h2_send(client, HEAD("HEAD", "/stream?3x3"), NULL, 0, false));
    assert_true(stream->status == 200 && stream->body.n == 0);
    h2_close(&client);
}

static void many_requests_at_once(void **state)
{
    static const char *const PATHS[] = {"/hello", "/bytes?70000", "/later?5", "/stream?5x2000", "/file?7-50000"};
    static const size_t SIZES[] = {12, 70000, 5, 10000, 50000};
    struct h2_client *client = h2_connect(wire, 0);
    (void)state;

    for (int i = 0; i < 110; i++) /* more than may be open at once */
        h2_get(client, PATHS[i % 5]);
    for (int i = 0; i < 110; i++) {
        struct stream *stream = h2_wait(client, i);
        assert_int_equal(stream->error, NGHTTP2_NO_ERROR);
        assert_int_equal(stream->body.n, SIZES[i % 5]);
    }
    assert_false(client->goaway);
    h2_close(&client);
}

static void bodies_arrive(void **state)
{
    struct h2_client *client = h2_connect(wire, 0);
    char *large = malloc(1000000);
    (void)state;

    for (int i = 0; i < 1000000; i++)
        large[i] = (char)('a' + i % 26);
    assert_true(body_is(h2_wait(client, h2_send(client, HEAD("POST", "/echo"), "abc", 3, false)), "abc"));
    assert_true(
        body_is(h2_wait(client, h2_send(client, HEAD("POST", "/echo") "content-length: 3\n", "abc", 3, false)), "abc"));
    assert_true(body_is(h2_wait(client, h2_send(client, HEAD("POST", "/echo"), "", 0, false)), ""));
    struct stream *stream = h2_wait(client, h2_send(client, HEAD("POST", "/echo"), large, 1000000, false));
    assert_letters(stream, 1000000);
    assert_true(says(stream, "x-body: file\n"));
    stream = h2_wait(
        client, h2_send(client, HEAD("POST", "/echo") "expect: 100-continue\ncontent-length: 3\n", "abc", 3, false));
    assert_true(body_is(stream, "abc") && says(stream, ":status: 100\n"));
    free(large);
    h2_close(&client);
}

static void small_windows_are_respected(void **state)
{
    struct h2_client *client = h2_connect(wire, 1000);
    (void)state;

    int first = h2_get(client, "/bytes?20000"), second = h2_get(client, "/file?0-20000");
    for (int i = 0; i < 2; i++)
        while (client->streams[i].body.n < 1000 && h2_step(client))
            continue;
    assert_int_equal(client->streams[first].body.n, 1000);
    assert_int_equal(client->streams[second].body.n, 1000);
    for (size_t given = 1000; given < 20000; given += 100) {
        nghttp2_session_consume(client->session, client->streams[first].id, 100);
        nghttp2_submit_window_update(client->session, NGHTTP2_FLAG_NONE, client->streams[first].id, 100);
        nghttp2_submit_window_update(client->session, NGHTTP2_FLAG_NONE, client->streams[second].id, 100);
        while (client->streams[second].body.n < given + 100 && h2_step(client))
            continue;
    }
    assert_letters(h2_wait(client, first), 20000);
    assert_int_equal(h2_wait(client, second)->body.n, 20000);
    h2_close(&client);
}

/* Many uploads at once may not fill the memory: what is over a MiB is refused. */
static void uploads_share_their_memory(void **state)
{
    enum { UPLOADS = 30, BYTES = 60000, FIT = (1 << 20) / BYTES };
    struct h2_client *client = h2_connect(wire, 0);
    char *body = calloc(1, BYTES);
    int refused = 0, open = UPLOADS;
    (void)state;

    for (int i = 0; i < UPLOADS; i++) /* and none of them ever ends */
        h2_send(client, HEAD("POST", "/echo"), body, BYTES, true);
    while (open > FIT && h2_step(client)) {
        open = refused = 0;
        for (int i = 0; i < UPLOADS; i++) {
            open += !client->streams[i].closed;
            refused += client->streams[i].closed && client->streams[i].status == 503;
        }
    }
    assert_int_equal(open, FIT);
    assert_int_equal(refused, UPLOADS - FIT);
    assert_true(body_is(h2_ask(client, "/hello"), "hello, world"));
    free(body);
    h2_close(&client);
}

static void headers_of_one_name_are_joined(void **state)
{
    struct h2_client *client = h2_connect(wire, 0);
    (void)state;

    struct stream *stream =
        h2_wait(client, h2_send(client, HEAD("GET", "/headers") "cookie: a=1\naccept: p\ncookie: b=2\naccept: q\n",
                                NULL, 0, false));
    assert_true(body_is(stream, "cookie: a=1; b=2\naccept: p, q\n"));
    h2_close(&client);
}

static void readers_may_leave(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        struct h2_client *client = h2_connect(wire, i % 2 ? 1000 : 0);
        h2_get(client, "/later?10");
        h2_get(client, "/endless");
        h2_get(client, "/bytes?9000000");
        h2_send(client, HEAD("POST", "/echo"), "abc", 3, true);
        h2_flush(client);
        if (i > 3)
            h2_step(client);
        h2_close(&client);
    }
    wire_settle(wire);
    assert_int_equal(wire->made, wire->released);
}

static void streams_may_be_left_alone(void **state)
{
    struct h2_client *client = h2_connect(wire, 0);
    int refused = wire->refused_writes;
    (void)state;

    int endless = h2_get(client, "/endless"), later = h2_get(client, "/later?50");
    while (client->streams[endless].body.n < 5000 && h2_step(client))
        continue;
    nghttp2_submit_rst_stream(client->session, NGHTTP2_FLAG_NONE, client->streams[endless].id, NGHTTP2_CANCEL);
    assert_true(body_is(h2_wait(client, later), "later"));
    wire_wait(&wire->refused_writes, refused + 1);
    assert_true(body_is(h2_ask(client, "/hello"), "hello, world"));
    h2_close(&client);
}

/* --- strictness ------------------------------------------------------------------------------- */

static void nonsense_is_refused(void **state)
{
    static const struct {
        const char *lines;
        int status; /* 0: the stream is reset */
    } CASES[] = {
        {HEAD("GET", "/a%00b"), 400},
        {HEAD("GET", "/a%zz"), 400},
        {HEAD("GET", "*"), 0},
        {HEAD("GET", "/a#b"), 400},
        {HEAD("GET", "/\xe5\x8f\xb0"), 400},
        {HEAD("GET", "/a\\b"), 400},
        {HEAD("BREW", "/hello"), 501},
        {HEAD("get", "/hello"), 501},
        {":method: GET\n:scheme: https\n:path: /hello\n:authority: x/y\n", 0},
        {":method: GET\n:scheme: https\n:path: /hello\n:authority: a@x\n", 400},
        {":method: GET\n:scheme: https\n:path: /hello\n", 0}, /* nobody is asked */
        {":method: GET\n:scheme: https\n:path: /hello\nhost: x/y\n", 0},
        {":method: GET\n:scheme: ftp\n:path: /hello\n:authority: x\n", 400},
        {HEAD("GET", "/hello") "host: y\n", 400},
        {HEAD("GET", "/hello") "host: x\nhost: x\n", 0},
        {HEAD("GET", "/hello") "expect: cake\n", 417},
        {HEAD("GET", "/hello") "x: a\x01"
                               "b\n",
         400},
        {HEAD("GET", "/hello") "x y: a\n", 400},
        {HEAD("GET", "/hello") "connection: close\n", 0},
        {HEAD("GET", "/hello") "transfer-encoding: chunked\n", 0},
        {HEAD("GET", "/hello") "te: gzip\n", 0},
        {HEAD("GET", "/hello") "content-length: 5\n", 0}, /* and none comes */
        {HEAD("GET", "/hello") "content-length: +0\n", 0},
        {HEAD("GET", "/hello") "content-length: 0\ncontent-length: 0\n", 0},
        {HEAD("GET", "/hello") ":path: /\n", 0},
        {HEAD("GET", "/hello") ":protocol: websocket\n", 0},
        {"x: y\n" HEAD("GET", "/hello"), 0},
        {":method: GET\n:scheme: https\n:authority: x\n", 0},
        {":method: CONNECT\n:authority: x:443\n", 501},
    };
    struct h2_client *client = h2_connect(wire, 0);
    int requests = wire->requests;
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct stream *stream = h2_wait(client, h2_send(client, CASES[i].lines, NULL, 0, false));
        if (stream->status != CASES[i].status)
            fail_msg("status %d, error %u for\n%s", stream->status, stream->error, CASES[i].lines);
        if (!stream->status)
            assert_int_equal(stream->error, NGHTTP2_PROTOCOL_ERROR);
    }
    assert_int_equal(wire->requests, requests);
    assert_true(body_is(h2_ask(client, "/hello"), "hello, world")); /* the connection goes on */
    static const char only_host[] = ":method: GET\n:scheme: https\n:path: /hello\nhost: x\n";
    assert_int_equal(h2_wait(client, h2_send(client, only_host, NULL, 0, false))->status, 200);
    h2_close(&client);
}

static void heads_and_bodies_have_limits(void **state)
{
    struct wire *small = wire_open(&(struct wire_options){
        .tls = true, .limits = {.header_block = 3000, .header_count = 20, .target = 100, .body = 1000}});
    struct h2_client *client = h2_connect(small, 0);
    char lines[6000], filler[4001] = "";
    (void)state;

    memset(filler, 'a', 4000);
    snprintf(lines, sizeof lines, HEAD("GET", "/%s"), filler + 3900);
    assert_int_equal(h2_wait(client, h2_send(client, lines, NULL, 0, false))->status, 414);
    snprintf(lines, sizeof lines, HEAD("GET", "/hello") "x: %s\n", filler + 1200);
    assert_int_equal(h2_wait(client, h2_send(client, lines, NULL, 0, false))->status, 200);
    snprintf(lines, sizeof lines, HEAD("GET", "/hello") "x: %s\n", filler + 900);
    assert_int_equal(h2_wait(client, h2_send(client, lines, NULL, 0, false))->status, 431);
    size_t n = (size_t)snprintf(lines, sizeof lines, HEAD("GET", "/hello"));
    for (int i = 0; i < 20; i++)
        n += (size_t)snprintf(lines + n, sizeof lines - n, "x%d: y\n", i);
    assert_int_equal(h2_wait(client, h2_send(client, lines, NULL, 0, false))->status, 200);
    snprintf(lines + n, sizeof lines - n, "y: z\n");
    assert_int_equal(h2_wait(client, h2_send(client, lines, NULL, 0, false))->status, 431);
    assert_int_equal(small->requests, 2);

    assert_int_equal(h2_wait(client, h2_send(client, HEAD("POST", "/echo"), filler, 1000, false))->status, 200);
    assert_int_equal(h2_wait(client, h2_send(client, HEAD("POST", "/echo"), filler, 1001, false))->status, 413);
    assert_int_equal(
        h2_wait(client, h2_send(client, HEAD("POST", "/echo") "content-length: 1001\n", "", 0, true))->status, 413);
    assert_true(body_is(h2_ask(client, "/hello"), "hello, world"));
    h2_close(&client);
    wire_close(&small);
}

/* --- deadlines ------------------------------------------------------------------------------------ */

static void slow_streams_are_reset(void **state)
{
    struct wire *strict = wire_open(&(struct wire_options){
        .tls = true, .limits = {.body_grace_ms = 300, .body_rate = 1000, .write_stall_ms = 300}});
    struct h2_client *client = h2_connect(strict, 1000);
    int64_t began = clock_steady_ms();
    (void)state;

    int body = h2_send(client, HEAD("POST", "/echo"), "abc", 3, true); /* and never the rest */
    int stalled = h2_get(client, "/bytes?5000");                       /* 1,000 of them fit the window */
    assert_int_equal(h2_wait(client, body)->error, NGHTTP2_CANCEL);
    assert_int_equal(h2_wait(client, stalled)->error, NGHTTP2_CANCEL);
    assert_in_range(clock_steady_ms() - began, 250, 1500);
    assert_true(body_is(h2_ask(client, "/hello"), "hello, world"));
    h2_close(&client);
    wire_close(&strict);
}

static void idle_readers_are_told(void **state)
{
    struct wire *strict = wire_open(&(struct wire_options){.tls = true, .limits = {.idle_ms = 300}});
    struct h2_client *client = h2_connect(strict, 0);
    (void)state;

    assert_true(body_is(h2_ask(client, "/hello"), "hello, world"));
    int64_t began = clock_steady_ms();
    while (h2_step(client))
        continue;
    assert_true(client->goaway && client->ended);
    assert_in_range(clock_steady_ms() - began, 100, 1500);
    h2_close(&client);
    wire_close(&strict);
}

static void connections_are_not_kept_for_ever(void **state)
{
    struct wire *strict = wire_open(&(struct wire_options){.tls = true, .limits = {.requests_per_connection = 3}});
    struct h2_client *client = h2_connect(strict, 0);
    (void)state;

    for (int i = 0; i < 3; i++)
        assert_true(body_is(h2_ask(client, "/hello"), "hello, world"));
    while (h2_step(client))
        continue;
    assert_true(client->goaway && client->ended);
    h2_close(&client);
    client = h2_connect(strict, 0);
    assert_true(body_is(h2_ask(client, "/close"), "bye"));
    while (h2_step(client))
        continue;
    assert_true(client->goaway);
    h2_close(&client);
    wire_close(&strict);
}

static void *stop(void *argument)
{
    wire_stop(argument, 5000);
    return NULL;
}

static void stopping_is_graceful(void **state)
{
    struct wire *fresh = wire_open(&(struct wire_options){.tls = true});
    struct h2_client *client = h2_connect(fresh, 0), *idle = h2_connect(fresh, 0);
    pthread_t thread;
    (void)state;

    h2_ask(idle, "/hello");
    int later = h2_get(client, "/later?1500");
    h2_ask(client, "/hello");
    CHECK(pthread_create(&thread, NULL, stop, fresh) == 0);
    while (!client->goaway && h2_step(client))
        continue;
    h2_wait(client, later);
    assert_true(body_is(&client->streams[later], "later"));
    assert_int_equal(client->streams[later].error, NGHTTP2_NO_ERROR);
    while (h2_step(client))
        continue;
    while (h2_step(idle))
        continue;
    assert_true(idle->goaway);
    pthread_join(thread, NULL);
    h2_close(&client);
    h2_close(&idle);
    wire_close(&fresh);
}

static void browsers_are_no_abuse(void **state)
{
    struct h2_client *client = h2_connect(wire, 0);
    (void)state;

    for (int i = 0; i < 100; i++) {
        nghttp2_submit_ping(client->session, NGHTTP2_FLAG_NONE, NULL);
        int which = h2_get(client, i % 2 ? "/bytes?100000" : "/later?5");
        if (i % 10 == 9)
            nghttp2_submit_rst_stream(client->session, NGHTTP2_FLAG_NONE, client->streams[which].id, NGHTTP2_CANCEL);
        h2_step(client);
    }
    for (int i = 0; i < 100; i++)
        if (i % 10 != 9)
            assert_int_equal(h2_wait(client, i)->error, NGHTTP2_NO_ERROR);
    h2_close(&client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_the_same),
        cmocka_unit_test(many_requests_at_once),
        cmocka_unit_test(bodies_arrive),
        cmocka_unit_test(small_windows_are_respected),
        cmocka_unit_test(uploads_share_their_memory),
        cmocka_unit_test(headers_of_one_name_are_joined),
        cmocka_unit_test(readers_may_leave),
        cmocka_unit_test(streams_may_be_left_alone),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(heads_and_bodies_have_limits),
        cmocka_unit_test(slow_streams_are_reset),
        cmocka_unit_test(idle_readers_are_told),
        cmocka_unit_test(connections_are_not_kept_for_ever),
        cmocka_unit_test(stopping_is_graceful),
        cmocka_unit_test(browsers_are_no_abuse),
    };

    return cmocka_run_group_tests(tests, open_wire, close_wire);
}
