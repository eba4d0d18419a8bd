/* http_test.c - requests and answers over a real socket, byte for byte. */
#include "lib/http/http.h"

#include "lib/base/arena.h"
#include "tests/unit_wire.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: paper.example\r\n\r\n"
#define HELLO "hello, world"

static struct wire *wire;

static int open_wire(void **state)
{
    (void)state;
    wire = wire_open(&(struct wire_options){.trusted = ""});
    return 0;
}

static int close_wire(void **state)
{
    (void)state;
    wire_close(&wire);
    return 0;
}

static void assert_str(struct str s, const char *expected)
{
    if (!str_equal(s, str_of(expected)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(s), expected);
}

static void assert_letters(struct str s, size_t n)
{
    assert_int_equal(s.n, n);
    for (size_t i = 0; i < n; i++)
        if (s.p[i] != (char)('a' + i % 26))
            fail_msg("byte %zu is wrong", i);
}

/* --- one request after the other --------------------------------------------------- */

static void an_answer_is_whole(void **state)
{
    struct client client = wire_connect(wire);
    struct reply reply = client_ask(&client, GET("/hello"));
    (void)state;

    assert_int_equal(reply.status, 200);
    assert_true(str_starts(reply.head, STR("HTTP/1.1 200 OK\r\nDate: ")));
    assert_str(reply_header(&reply, "Content-Type"), "text/plain; charset=utf-8");
    assert_str(reply_header(&reply, "ETag"), "\"1\"");
    assert_str(reply_header(&reply, "Content-Length"), "12");
    assert_null(reply_header(&reply, "Connection").p);
    assert_int_equal(reply_header(&reply, "Date").n, 29);
    assert_str(reply.body, HELLO);
    client_close(&client);
}

static void connections_are_kept(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    for (int i = 0; i < 50; i++)
        assert_str(client_ask(&client, GET("/hello")).body, HELLO);
    assert_str(client_ask(&client, "\r\n" GET("/hello")).body, HELLO); /* one empty line is forgiven */
    assert_int_equal(client_ask(&client, GET("/nowhere")).status, 404);
    assert_str(client_ask(&client, GET("/hello")).body, HELLO);
    client_close(&client);
}

static void connections_are_closed_when_asked(void **state)
{
    static const char *const REQUESTS[] = {
        "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: Foo , Close\r\n\r\n",
        "GET /hello HTTP/1.0\r\n\r\n",
        "GET /close HTTP/1.1\r\nHost: x\r\n\r\n",
    };
    (void)state;

    for (size_t i = 0; i < sizeof REQUESTS / sizeof *REQUESTS; i++) {
        struct client client = wire_connect(wire);
        struct reply reply = client_ask(&client, REQUESTS[i]);
        assert_int_equal(reply.status, 200);
        assert_str(reply_header(&reply, "Connection"), "close");
        assert_true(client_is_closed(&client));
        client_close(&client);
    }
}

static void old_readers_may_keep_their_connection(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    for (int i = 0; i < 3; i++) {
        struct reply reply = client_ask(&client, "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assert_str(reply_header(&reply, "Connection"), "keep-alive");
        assert_str(reply.body, HELLO);
    }
    client_close(&client);
}

static void a_request_may_come_byte_by_byte(void **state)
{
    static const char request[] = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  "4;a=b\r\n\xe8\x99\x9f\n\r\n1\r\nx\r\n0\r\nTrailer: y\r\n\r\n" GET("/hello");
    struct client client = wire_connect(wire);
    (void)state;

    for (size_t i = 0; i < sizeof request - 1; i++) {
        client_send(&client, request + i, 1);
        usleep(500);
    }
    assert_str(client_read(&client, false).body, "\xe8\x99\x9f\nx");
    assert_str(client_read(&client, false).body, HELLO);
    client_close(&client);
}

static void a_reader_may_close_its_half(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/hello") GET("/later?30") GET("/hello"));
    shutdown(client.fd, SHUT_WR);
    assert_str(client_read(&client, false).body, HELLO);
    assert_str(client_read(&client, false).body, "later");
    assert_str(client_read(&client, false).body, HELLO);
    assert_true(client_is_closed(&client));
    client_close(&client);
}

/* --- many at once --------------------------------------------------------------------- */

static void pipelined_requests_are_answered_in_order(void **state)
{
    struct client client = wire_connect(wire);
    struct buf requests = BUF(1 << 20);
    (void)state;

    for (int i = 0; i < 500; i++)
        buf_printf(&requests, "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n",
                   i % 50 == 7 ? "later?1"
                   : i % 3     ? "hello"
                               : "bytes?3000");
    client_send(&client, requests.p, requests.n);
    buf_free(&requests);
    for (int i = 0; i < 500; i++) {
        struct str body = client_read(&client, false).body;
        if (i % 50 == 7)
            assert_str(body, "later");
        else if (i % 3)
            assert_str(body, HELLO);
        else
            assert_letters(body, 3000);
    }
    client_close(&client);
}

static void pipelined_requests_behind_a_large_answer(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/bytes?20000000") GET("/file?10-2000000") GET("/hello"));
    usleep(100000); /* the socket is full by now */
    assert_letters(client_read(&client, false).body, 20000000);
    assert_int_equal(client_read(&client, false).body.n, 2000000);
    assert_str(client_read(&client, false).body, HELLO);
    client_close(&client);
}

/* An answer of as many pieces as one write takes must not wait for a next one. */
static void no_answer_is_held_back(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    struct timeval patience = {.tv_usec = 150000};
    setsockopt(client.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (int hellos = 0; hellos < 20; hellos++) {
        struct buf requests = BUF(10000);
        for (int i = 0; i < hellos; i++)
            buf_add_str(&requests, STR(GET("/hello")));
        buf_add_str(&requests, STR(GET("/bytes?4000")));
        client_send(&client, requests.p, requests.n);
        buf_free(&requests);
        for (int i = 0; i < hellos; i++)
            assert_int_equal(client_read(&client, false).status, 200);
        assert_letters(client_read(&client, false).body, 4000);
    }
    client_close(&client);
}

static void answers_come_from_other_threads(void **state)
{
    enum { READERS = 20 };
    struct client clients[READERS];
    (void)state;

    for (int i = 0; i < READERS; i++) {
        clients[i] = wire_connect(wire);
        client_say(&clients[i], i % 2 ? GET("/later?20") GET("/hello") : GET("/later?0") GET("/later?5"));
    }
    for (int i = 0; i < READERS; i++) {
        assert_str(client_read(&clients[i], false).body, "later");
        assert_str(client_read(&clients[i], false).body, i % 2 ? HELLO : "later");
        client_close(&clients[i]);
    }
}

static void readers_may_leave_before_the_answer(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        struct client client = wire_connect(wire);
        client_say(&client, i % 2 ? GET("/later?10") : GET("/bytes?9000000") GET("/later?1") GET("/hello"));
        usleep(i * 500);
        client_close(&client);
    }
    wire_settle(wire);
    assert_int_equal(wire->released, wire->made);
    assert_int_equal(wire->answered, wire->requests);
}

/* --- answers without a body, and parts of files ------------------------------------------- */

static void heads_have_no_body(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, "HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n"
                        "HEAD /file?0-100 HTTP/1.1\r\nHost: x\r\n\r\n"
                        "HEAD /stream?2x10 HTTP/1.1\r\nHost: x\r\n\r\n"
                        "HEAD /later?2 HTTP/1.1\r\nHost: x\r\n\r\n" GET("/hello"));
    struct reply reply = client_read(&client, true);
    assert_str(reply_header(&reply, "Content-Length"), "12");
    reply = client_read(&client, true);
    assert_int_equal(reply.status, 206);
    assert_str(reply_header(&reply, "Content-Length"), "100");
    reply = client_read(&client, true);
    assert_str(reply_header(&reply, "Transfer-Encoding"), "chunked");
    reply = client_read(&client, true);
    assert_str(reply_header(&reply, "Content-Length"), "5");
    assert_str(client_read(&client, false).body, HELLO);
    client_close(&client);
}

static void some_statuses_have_no_body(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/status?304") GET("/status?204") GET("/status?500") GET("/hello"));
    struct reply reply = client_read(&client, false);
    assert_true(str_starts(reply.head, STR("HTTP/1.1 304 Not Modified\r\n")));
    assert_null(reply_header(&reply, "Content-Length").p);
    reply = client_read(&client, false);
    assert_int_equal(reply.status, 204);
    assert_null(reply_header(&reply, "Content-Length").p);
    reply = client_read(&client, false);
    assert_int_equal(reply.status, 500);
    assert_str(reply_header(&reply, "Content-Length"), "0");
    assert_str(client_read(&client, false).body, HELLO);
    client_close(&client);
}

static void files_are_sent_in_part(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/file?5-7") GET("/file?0-0") GET("/file?1000000-2000000"));
    assert_str(client_read(&client, false).body, "FGHIJKL");
    assert_int_equal(client_read(&client, false).body.n, 0);
    struct str body = client_read(&client, false).body;
    assert_int_equal(body.n, 2000000);
    for (size_t i = 0; i < body.n; i += 997)
        assert_int_equal(body.p[i], 'A' + (1000000 + i) % 26);
    client_close(&client);
}

/* The head has promised more bytes than there are: the connection ends, so nobody takes the rest for an answer. */
static void short_files_end_the_connection(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    client_say(&client, GET("/file?2999990-20") GET("/hello"));
    assert_int_equal(client_read(&client, false).body.n, 10);
    assert_true(client_is_closed(&client));
    client_close(&client);
}

/* --- requests with a body --------------------------------------------------------------------- */

static struct reply post(struct client *client, const char *framing, const char *body, size_t n)
{
    struct buf request = BUF(8 << 20);

    buf_printf(&request, "POST /echo HTTP/1.1\r\nHost: x\r\n%s\r\n", framing);
    buf_add(&request, body, n);
    client_send(client, request.p, request.n);
    buf_free(&request);
    return client_read(client, false);
}

static void bodies_come_with_a_length(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    assert_str(post(&client, "Content-Length: 5\r\n", "12345", 5).body, "12345");
    assert_str(post(&client, "Content-Length: 0\r\n", "", 0).body, "");
    assert_str(post(&client, "", "", 0).body, "");
    assert_str(post(&client, "Content-Length: 3\r\n", "a\r\n", 3).body, "a\r\n");
    client_close(&client);
}

static void bodies_come_in_chunks(void **state)
{
    static const struct {
        const char *sent, *read;
    } CASES[] = {
        {"0\r\n\r\n", ""},
        {"5\r\nhello\r\n0\r\n\r\n", "hello"},
        {"5\r\nhello\r\n00a\r\n, everyone\r\n0000\r\n\r\n", "hello, everyone"},
        {"A;name=\"v\"\r\n0123456789\r\n0;last\r\nX: y\r\nZ:\r\n\r\n", "0123456789"},
    };
    struct client client = wire_connect(wire);
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str(post(&client, "Transfer-Encoding: chunked\r\n", CASES[i].sent, strlen(CASES[i].sent)).body,
                   CASES[i].read);
    client_close(&client);
}

static size_t names_in(const char *dir)
{
    DIR *open_dir = opendir(dir);
    size_t n = 0;

    while (readdir(open_dir))
        n++;
    closedir(open_dir);
    return n;
}

static void large_bodies_go_to_a_file(void **state)
{
    struct client client = wire_connect(wire);
    size_t names = names_in(wire->dir), n = 900000;
    char *body = malloc(n);
    (void)state;

    for (size_t i = 0; i < n; i++)
        body[i] = (char)('a' + i % 26);
    struct reply reply = post(&client, "Content-Length: 900000\r\n", body, n);
    assert_str(reply_header(&reply, "X-Body"), "file");
    assert_letters(reply.body, n);
    reply = post(&client, "Content-Length: 65536\r\n", body, 65536);
    assert_null(reply_header(&reply, "X-Body").p);
    assert_letters(reply.body, 65536);
    assert_int_equal(names_in(wire->dir), names); /* they have no names, so a crash leaves nothing behind */
    free(body);
    client_close(&client);
}

static void a_body_may_be_announced(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    struct reply reply =
        client_ask(&client, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n");
    assert_int_equal(reply.status, 100);
    assert_str(reply.head, "HTTP/1.1 100 Continue\r\n\r\n");
    assert_str(client_ask(&client, "abc").body, "abc");

    /* behind an answer that is not there yet, the word waits for its turn */
    client_say(&client,
               GET("/later?20") "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    assert_str(client_read(&client, false).body, "later");
    assert_int_equal(client_read(&client, false).status, 100);
    assert_str(client_ask(&client, "def").body, "def");

    /* too large: refused before it comes */
    reply = client_ask(&client,
                       "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\nExpect: 100-continue\r\n\r\n");
    assert_int_equal(reply.status, 413);
    assert_true(client_is_closed(&client));
    client_close(&client);
}

/* --- what the handler is told --------------------------------------------------------------------- */

static void headers_of_one_name_are_joined(void **state)
{
    struct client client = wire_connect(wire);
    (void)state;

    struct reply reply =
        client_ask(&client, "GET /headers HTTP/1.1\r\nHOST: x\r\nCookie: a=1\r\nAccept: p\r\nX-Empty:\r\n"
                            "cookie: b=2\r\nACCEPT:\tq \t\r\nAccept: r\r\n\r\n");
    assert_str(reply.body, "host: x\ncookie: a=1; b=2\naccept: p, q, r\nx-empty: \n");
    client_close(&client);
}

static void proxies_are_believed_when_trusted(void **state)
{
    static const struct {
        const char *headers, *client;
    } CASES[] = {
        {"", "127.0.0.1 http"},
        {"X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n", "203.0.113.7 https"},
        {"X-Forwarded-For: 1.2.3.4, 203.0.113.7, 10.1.2.3\r\n", "203.0.113.7 http"}, /* 10/8 is trusted, too */
        {"X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7 http"},
        {"X-Forwarded-For: 2001:db8::1\r\n", "2001:db8::1 http"},
        {"X-Forwarded-For: evil\r\n", "127.0.0.1 http"},
        {"X-Forwarded-For: evil, 10.0.0.1\r\n", "10.0.0.1 http"},
        {"X-Forwarded-For: 10.0.0.2, 10.0.0.1\r\n", "10.0.0.2 http"},
    };
    struct wire *trusting = wire_open(&(struct wire_options){.trusted = "127.0.0.1 10.0.0.0/8"});
    struct client near_proxy = wire_connect(trusting), stranger = wire_connect(wire);
    char request[300];
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(request, sizeof request, "GET /client HTTP/1.1\r\nHost: x\r\n%s\r\n", CASES[i].headers);
        assert_str(client_ask(&near_proxy, request).body, CASES[i].client);
        assert_str(client_ask(&stranger, request).body, "127.0.0.1 http");
    }
    client_close(&near_proxy);
    client_close(&stranger);
    wire_close(&trusting);
}

static void unix_sockets_are_local(void **state)
{
    struct wire *local = wire_open(&(struct wire_options){.unix_socket = true, .trusted = "local"});
    struct client client = wire_connect(local);
    (void)state;

    assert_str(client_ask(&client, GET("/client")).body, "local http");
    assert_str(client_ask(&client, "GET /client HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n").body,
               "192.0.2.9 http");
    client_close(&client);
    wire_close(&local);
}

/* One socket for both families, as "*:8080" opens it. */
static void readers_come_by_ipv6(void **state)
{
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_ANY_INIT};
    struct sockaddr_in6 there = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    socklen_t size = sizeof six;
    int fd = socket(AF_INET6, SOCK_STREAM, 0), off = 0;
    (void)state;

    if (fd < 0 || bind(fd, (struct sockaddr *)&there, sizeof there) != 0)
        skip(); /* this machine has no IPv6 */
    close(fd);
    fd = socket(AF_INET6, SOCK_STREAM, 0);
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    assert_int_equal(bind(fd, (struct sockaddr *)&six, size) | listen(fd, 10), 0);
    getsockname(fd, (struct sockaddr *)&six, &size);
    struct wire *both = wire_open(&(struct wire_options){.fd = fd});
    both->port = ntohs(six.sin6_port);
    struct client four = wire_connect(both);
    assert_str(client_ask(&four, GET("/client")).body, "127.0.0.1 http");
    client_close(&four);

    there.sin6_port = six.sin6_port;
    struct client client = {.fd = socket(AF_INET6, SOCK_STREAM, 0), .input = BUF(10000)};
    assert_int_equal(connect(client.fd, (struct sockaddr *)&there, sizeof there), 0);
    assert_str(client_ask(&client, GET("/client")).body, "::1 http");
    client_close(&client);
    wire_close(&both);
    close(fd);
}

static void everything_is_counted(void **state)
{
    struct wire *fresh = wire_open(&(struct wire_options){.loops = 2});
    struct http_counts counts;
    (void)state;

    for (int i = 0; i < 4; i++) {
        struct client client = wire_connect(fresh);
        client_ask(&client, GET("/hello"));
        client_ask(&client, "BAD\r\n\r\n");
        assert_true(client_is_closed(&client));
        client_close(&client);
    }
    wire_stop(fresh, 1000);
    http_server_counts(fresh->server, &counts);
    assert_int_equal(counts.connections, 4);
    assert_int_equal(counts.connections_now, 0);
    assert_int_equal(counts.requests, 4);
    assert_int_equal(counts.refused_requests, 4);
    assert_true(counts.bytes_sent > 4 * 150 && counts.bytes_sent < 4 * 500);
    wire_close(&fresh);
}

static void bad_settings_are_explained(void **state)
{
    struct http_config config = {.limits = http_default_limits, .loops = 1};
    struct http_handler handler = {0};
    char error[200];
    (void)state;

    config.limits.header_block = 100;
    assert_null(http_server_new(&config, &handler, error, sizeof error));
    assert_non_null(strstr(error, "header block"));
    config.limits = http_default_limits;
    config.trusted_proxies = STR("10.0.0.0/33");
    assert_null(http_server_new(&config, &handler, error, sizeof error));
    assert_non_null(strstr(error, "proxies"));
    config.trusted_proxies = STR("");
    config.certificate = "/nonexistent/cert.pem";
    assert_null(http_server_new(&config, &handler, error, sizeof error));
    assert_non_null(strstr(error, "private key"));
    config.private_key = "/nonexistent/key.pem";
    assert_null(http_server_new(&config, &handler, error, sizeof error));
    assert_non_null(strstr(error, "/nonexistent/cert.pem"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_whole),
        cmocka_unit_test(connections_are_kept),
        cmocka_unit_test(connections_are_closed_when_asked),
        cmocka_unit_test(old_readers_may_keep_their_connection),
        cmocka_unit_test(a_request_may_come_byte_by_byte),
        cmocka_unit_test(a_reader_may_close_its_half),
        cmocka_unit_test(pipelined_requests_are_answered_in_order),
        cmocka_unit_test(pipelined_requests_behind_a_large_answer),
        cmocka_unit_test(no_answer_is_held_back),
        cmocka_unit_test(answers_come_from_other_threads),
        cmocka_unit_test(readers_may_leave_before_the_answer),
        cmocka_unit_test(heads_have_no_body),
        cmocka_unit_test(some_statuses_have_no_body),
        cmocka_unit_test(files_are_sent_in_part),
        cmocka_unit_test(short_files_end_the_connection),
        cmocka_unit_test(bodies_come_with_a_length),
        cmocka_unit_test(bodies_come_in_chunks),
        cmocka_unit_test(large_bodies_go_to_a_file),
        cmocka_unit_test(a_body_may_be_announced),
        cmocka_unit_test(headers_of_one_name_are_joined),
        cmocka_unit_test(proxies_are_believed_when_trusted),
        cmocka_unit_test(unix_sockets_are_local),
        cmocka_unit_test(readers_come_by_ipv6),
        cmocka_unit_test(everything_is_counted),
        cmocka_unit_test(bad_settings_are_explained),
    };

    return cmocka_run_group_tests(tests, open_wire, close_wire);
}
