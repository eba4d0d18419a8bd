/* tls_test.c - the same answers over TLS, certificates that change, and clients that want something else. */
#include "lib/base/arena.h"
#include "lib/base/clock.h"
#include "tests/unit_wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: x\r\n\r\n"

static struct wire *wire;

static int open_wire(void **state)
{
    (void)state;
    wire = wire_open(&(struct wire_options){.tls = true, .limits = {.header_ms = 400, .write_stall_ms = 1000}});
    return 0;
}

static int close_wire(void **state)
{
    (void)state;
    wire_close(&wire);
    return 0;
}

static void assert_certificate_is_for(const struct client *client, const char *name)
{
    X509 *certificate = SSL_get1_peer_certificate(client->ssl);
    char text[100] = "";

    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text, sizeof text);
    X509_free(certificate);
    assert_string_equal(text, name);
}

static void answers_are_the_same(void **state)
{
    struct client client = wire_connect_tls(wire, "http/1.1");
    (void)state;

    assert_non_null(client.ssl);
    assert_true(str_equal(client_ask(&client, GET("/client")).body, STR("127.0.0.1 https")));
    assert_true(str_equal(client_ask(&client, GET("/hello")).body, STR("hello, world")));
    assert_true(str_equal(client_ask(&client, GET("/later?20")).body, STR("later")));
    assert_int_equal(client_ask(&client, GET("/stream?20x50")).body.n, 1000);
    assert_int_equal(client_ask(&client, GET("/file?100-2000000")).body.n, 2000000);
    assert_true(str_equal(client_ask(&client, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc").body,
                          STR("abc")));
    client_close(&client);
}

static void large_answers_are_whole(void **state)
{
    struct client client = wire_connect_tls(wire, NULL);
    (void)state;

    client_say(&client, GET("/bytes?5000000") GET("/file?0-1000000") GET("/hello"));
    usleep(100000); /* the socket is full by now */
    struct str body = client_read(&client, false).body;
    assert_int_equal(body.n, 5000000);
    for (size_t i = 0; i < body.n; i++)
        if (body.p[i] != (char)('a' + i % 26))
            fail_msg("byte %zu is wrong", i);
    body = client_read(&client, false).body;
    assert_int_equal(body.n, 1000000);
    for (size_t i = 0; i < body.n; i++)
        if (body.p[i] != (char)('A' + i % 26))
            fail_msg("byte %zu is wrong", i);
    assert_int_equal(client_read(&client, false).status, 200);
    client_close(&client);
}

static void large_bodies_arrive(void **state)
{
    struct client client = wire_connect_tls(wire, NULL);
    char *body = malloc(1000000);
    (void)state;

    memset(body, 'z', 1000000);
    client_say(&client, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    client_send(&client, body, 1000000);
    assert_int_equal(client_read(&client, false).body.n, 1000000);
    free(body);
    client_close(&client);
}

/* The end is told, so that nobody can cut an answer short unnoticed. */
static void the_end_is_announced(void **state)
{
    struct client client = wire_connect_tls(wire, NULL);
    char byte;
    (void)state;

    assert_true(str_equal(client_ask(&client, "GET /hello HTTP/1.0\r\n\r\n").body, STR("hello, world")));
    int got = SSL_read(client.ssl, &byte, 1);
    assert_int_equal(SSL_get_error(client.ssl, got), SSL_ERROR_ZERO_RETURN);
    client_close(&client);
}

static void other_protocols_are_turned_away(void **state)
{
    struct client client = wire_connect_tls(wire, "smtp");
    struct http_counts counts;
    (void)state;

    assert_null(client.ssl);
    assert_true(client_is_closed(&client));
    client_close(&client);
    http_server_counts(wire->server, &counts);
    assert_int_equal(counts.tls_failures, 1);
}

static void plain_requests_get_nothing(void **state)
{
    struct client client = wire_connect(wire);
    int requests = wire->requests;
    (void)state;

    client_say(&client, GET("/hello"));
    assert_false(str_starts(client_read_bytes(&client, 1000), STR("HTTP")));
    assert_int_equal(wire->requests, requests);
    client_close(&client);
}

static void a_handshake_has_its_time(void **state)
{
    struct client client = wire_connect(wire);
    int64_t began = clock_steady_ms();
    (void)state;

    client_say(&client, "\x16\x03\x01");
    assert_true(client_is_closed(&client));
    assert_in_range(clock_steady_ms() - began, 300, 1500);
    client_close(&client);
}

static void readers_that_vanish_are_let_go(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        struct client client = wire_connect_tls(wire, NULL);
        client_say(&client, i % 2 ? GET("/later?10") : GET("/bytes?9000000"));
        SSL_set_quiet_shutdown(client.ssl, 1); /* no word of farewell */
        client_close(&client);
    }
    wire_settle(wire);
}

static void certificates_are_reloaded(void **state)
{
    struct client old = wire_connect_tls(wire, NULL);
    char error[300] = "", path[100];
    (void)state;

    assert_certificate_is_for(&old, "first");
    wire_make_certificate(wire->dir, "second");
    assert_true(http_server_reload_tls(wire->server, error, sizeof error));
    struct client new = wire_connect_tls(wire, NULL);
    assert_certificate_is_for(&new, "second");
    assert_int_equal(client_ask(&old, GET("/hello")).status, 200);
    assert_int_equal(client_ask(&new, GET("/hello")).status, 200);
    client_close(&new);

    snprintf(path, sizeof path, "%s/key.pem", wire->dir); /* a renewal that went wrong changes nothing */
    assert_int_equal(truncate(path, 10), 0);
    assert_false(http_server_reload_tls(wire->server, error, sizeof error));
    assert_non_null(strstr(error, path));
    new = wire_connect_tls(wire, NULL);
    assert_certificate_is_for(&new, "second");
    client_close(&new);
    client_close(&old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_the_same),
        cmocka_unit_test(large_answers_are_whole),
        cmocka_unit_test(large_bodies_arrive),
        cmocka_unit_test(the_end_is_announced),
        cmocka_unit_test(other_protocols_are_turned_away),
        cmocka_unit_test(plain_requests_get_nothing),
        cmocka_unit_test(a_handshake_has_its_time),
        cmocka_unit_test(readers_that_vanish_are_let_go),
        cmocka_unit_test(certificates_are_reloaded),
    };

    return cmocka_run_group_tests(tests, open_wire, close_wire);
}
