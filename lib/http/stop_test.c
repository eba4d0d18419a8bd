/* stop_test.c - a server that stops finishes what it began, and a successor on its socket loses nothing. */
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "tests/unit_wire.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: x\r\n\r\n"

/* --- stopping ----------------------------------------------------------------------------- */

static void *stop(void *wire)
{
    wire_stop(wire, 5000);
    return NULL;
}

/* In a thread of its own, for it returns when the readers are gone. */
static pthread_t begin_to_stop(struct wire *wire)
{
    pthread_t thread;

    CHECK(pthread_create(&thread, NULL, stop, wire) == 0);
    usleep(50000);
    return thread;
}

static void requests_are_finished(void **state)
{
    struct wire *wire = wire_open(&(struct wire_options){.loops = 2});
    struct client clients[6];
    (void)state;

    for (int i = 0; i < 6; i++) {
        clients[i] = wire_connect(wire);
        client_say(&clients[i], i % 2 ? GET("/later?700") : GET("/bytes?20000000"));
    }
    wire_wait(&wire->requests, 6);
    pthread_t stopping = begin_to_stop(wire);
    for (int i = 0; i < 6; i++) {
        struct reply reply = client_read(&clients[i], false);
        assert_int_equal(reply.status, 200);
        assert_int_equal(reply.body.n, i % 2 ? 5 : 20000000);
        if (i % 2) /* the others' heads were sent before */
            assert_true(str_equal(reply_header(&reply, "Connection"), STR("close")));
        assert_true(client_is_closed(&clients[i]));
        client_close(&clients[i]);
    }
    pthread_join(stopping, NULL);
    wire_close(&wire);
}

static void idle_readers_have_a_moment(void **state)
{
    struct wire *wire = wire_open(&(struct wire_options){0});
    struct client quick = wire_connect(wire), silent = wire_connect(wire);
    (void)state;

    assert_int_equal(client_ask(&quick, GET("/hello")).status, 200);
    assert_int_equal(client_ask(&silent, GET("/hello")).status, 200);
    usleep(1500000);
    int64_t began = clock_steady_ms();
    pthread_t stopping = begin_to_stop(wire);
    struct reply reply = client_ask(&quick, GET("/hello")); /* was on its way, so to speak */
    assert_int_equal(reply.status, 200);
    assert_true(str_equal(reply_header(&reply, "Connection"), STR("close")));
    assert_true(client_is_closed(&quick));
    assert_true(client_is_closed(&silent));
    assert_in_range(clock_steady_ms() - began, 900, 2500);
    pthread_join(stopping, NULL);
    client_close(&quick);
    client_close(&silent);
    wire_close(&wire);
}

static void nobody_holds_it_for_ever(void **state)
{
    struct wire *wire = wire_open(&(struct wire_options){0});
    struct client slow = wire_connect(wire), stuck = wire_connect(wire);
    (void)state;

    client_say(&slow, GET("/later?2000"));
    client_say(&stuck, GET("/bytes?20000000"));
    wire_wait(&wire->requests, 2);
    usleep(100000); /* for the handler to finish its 20 MB */
    int64_t began = clock_steady_ms();
    wire_stop(wire, 200);
    assert_in_range(clock_steady_ms() - began, 150, 1900);
    assert_true(client_is_closed(&slow));
    client_close(&slow);
    client_close(&stuck);
    wire_close(&wire); /* the thread answers a server that has stopped */
}

/* --- succeeding -------------------------------------------------------------------------------- */

/* A reader that asks without a pause. What it counts as lost is only what a careful client could not have avoided:
 * it does not ask again on a connection that said "close". */
struct reader {
    pthread_t thread;
    int port;
    bool keeps;
    _Atomic bool *enough;
    int answered, lost, connections;
};

static int connect_to(int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

/* True: a whole answer. */
static bool ask(int fd, const char *request, bool *closes)
{
    char text[2000];
    size_t n = 0;
    ssize_t got = 1;

    if (send(fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request))
        return false;
    while (!memmem(text, n, "hello, world", 12) && n < sizeof text && got > 0) {
        got = recv(fd, text + n, sizeof text - n, 0);
        n += got > 0 ? (size_t)got : 0;
    }
    *closes = memmem(text, n, "Connection: close", 17) != NULL;
    return got > 0;
}

static void *read_on(void *argument)
{
    struct reader *reader = argument;
    const char *request = reader->keeps ? GET("/hello") : "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    int fd = -1;

    while (!*reader->enough) {
        bool closes = true;
        if (fd < 0 && (fd = connect_to(reader->port)) >= 0)
            reader->connections++;
        bool whole = fd >= 0 && ask(fd, request, &closes);
        reader->answered += whole;
        reader->lost += !whole;
        if (fd >= 0 && (closes || !whole)) {
            close(fd);
            fd = -1;
        }
    }
    if (fd >= 0)
        close(fd);
    return NULL;
}

static void successors_lose_no_request(void **state)
{
    enum { READERS = 8, GENERATIONS = 6 };
    struct wire *first = wire_open(&(struct wire_options){.loops = 2}), *wire = first;
    struct reader readers[READERS];
    _Atomic bool enough = false;
    int answered = 0, connections = 0;
    (void)state;

    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.port = first->port, .keeps = i % 2, .enough = &enough};
        CHECK(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]) == 0);
    }
    for (int i = 1; i < GENERATIONS; i++) {
        struct wire *next = wire_open(&(struct wire_options){.loops = 2, .fd = first->fd});
        usleep(100000);
        wire_stop(wire, 10000);
        assert_true(wire->requests > 0);
        if (wire != first)
            wire_close(&wire);
        wire = next;
        usleep(100000);
    }
    enough = true;
    for (int i = 0; i < READERS; i++) {
        pthread_join(readers[i].thread, NULL);
        assert_int_equal(readers[i].lost, 0);
        answered += readers[i].answered;
        connections += readers[i].connections;
    }
    print_message("# %d generations, %d requests on %d connections, none lost\n", GENERATIONS, answered, connections);
    wire_close(&wire);
    wire_close(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_finished),
        cmocka_unit_test(idle_readers_have_a_moment),
        cmocka_unit_test(nobody_holds_it_for_ever),
        cmocka_unit_test(successors_lose_no_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
