/* http2_abuse_test.c - readers of HTTP/2 that cost more than they are worth, in frames of our own making. */
#include "lib/base/clock.h"
#include "tests/unit_wire.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

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

/* Frames as they stand; the head of a request in literals. */
#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"
#define REQUEST_BLOCK "\x82\x87\x84\x01\x01x" /* GET, https, /, :authority x */

static void add_frame(struct buf *out, int type, int flags, uint32_t stream, const void *payload, size_t n)
{
    unsigned char head[9] = {(unsigned char)(n >> 16),      (unsigned char)(n >> 8),      (unsigned char)n,
                             (unsigned char)type,           (unsigned char)flags,         (unsigned char)(stream >> 24),
                             (unsigned char)(stream >> 16), (unsigned char)(stream >> 8), (unsigned char)stream};

    buf_add(out, head, 9);
    buf_add(out, payload, n);
}

enum abuse {
    PINGS,
    SETTINGS,
    RESETS,
    EMPTY_DATA,
    CRUMBS,
    PRIORITIES,
    UNKNOWN_FRAMES,
    WINDOW_UPDATES,
    BAD_WINDOW_UPDATES,
    CONTINUATIONS,
    REFUSED_DATA,
    PADDING,
    NO_REQUESTS,
    REFUSED_REQUESTS,
    DRIBBLE,
    ABUSES
};

/* The i-th round of it; returns how many frames it took. */
static int add_abuse(struct buf *out, enum abuse abuse, uint32_t i)
{
    static const char zeros[16384];
    uint32_t stream = 1 + 2 * i;

    switch (abuse) {
    case PINGS: add_frame(out, 6, 0, 0, zeros, 8); return 1;
    case SETTINGS: add_frame(out, 4, 0, 0, "\0\x04\0\x01\0\0", 6); return 1;
    case RESETS:
        add_frame(out, 1, 5, stream, REQUEST_BLOCK, sizeof REQUEST_BLOCK - 1);
        add_frame(out, 3, 0, stream, "\0\0\0\x08", 4);
        return 2;
    case EMPTY_DATA:
    case CRUMBS:
        if (i == 0)
            add_frame(out, 1, 4, 1, "\x83\x87\x84\x01\x01x", 6);
        add_frame(out, 0, 0, 1, "z", abuse == CRUMBS);
        return 1;
    case PRIORITIES: add_frame(out, 2, 0, stream, "\0\0\0\0\x10", 5); return 1;
    case UNKNOWN_FRAMES: add_frame(out, 0xbe, 0, 0, zeros, 1000); return 1;
    case WINDOW_UPDATES: add_frame(out, 8, 0, 0, "\0\0\0\x01", 4); return 1;
    case BAD_WINDOW_UPDATES: /* we are to reset the streams ourselves */
        add_frame(out, 1, 5, stream, REQUEST_BLOCK, sizeof REQUEST_BLOCK - 1);
        add_frame(out, 8, 0, stream, "\0\0\0\0", 4);
        return 2;
    case CONTINUATIONS: add_frame(out, i ? 9 : 1, 0, 1, zeros, 0); return 1;
    case REFUSED_DATA:
        if (i == 0)
            add_frame(out, 1, 4, 1, "\x82\x87\x84\x01\x03x/y", 8);
        add_frame(out, 0, 0, 1, zeros, 16384);
        return 1;
    case PADDING:
        if (i == 0)
            add_frame(out, 1, 4, 1, "\x83\x87\x84\x01\x01x", 6);
        add_frame(out, 0, 8, 1,
                  "\x63" /* 99 bytes of it */ "0123456789012345678901234567890123456789012345678901234567890"
                  "12345678901234567890123456789012345678",
                  100);
        return 1;
    case NO_REQUESTS: add_frame(out, 1, 5, stream, "\x82\x87", 2); return 1;
    case REFUSED_REQUESTS:
        add_frame(out, 1, 4, stream, "\x83\x87\x84\x01\x01x\x0f\x0d\x07" /* content-length */ "9999999", 16);
        return 1;
    case DRIBBLE: /* a large answer, byte by byte */
        if (i == 0) {
            add_frame(out, 4, 0, 0, "\0\x04\0\0\0\x01", 6);
            add_frame(out, 1, 5, 1, "\x82\x87\x04\x0b/bytes?9999\x01\x01x", 18);
        }
        add_frame(out, 8, 0, 1, "\0\0\0\x01", 4);
        return 1;
    default: return 0;
    }
}

static struct client begin_abuse(enum abuse abuse, int frames, size_t bytes)
{
    struct client client = wire_connect_tls(wire, "h2");
    struct buf out = BUF(4 << 20);

    buf_add(&out, PREFACE, sizeof PREFACE - 1);
    for (uint32_t i = 0; frames > 0 && out.n < bytes; i++)
        frames -= add_abuse(&out, abuse, i);
    for (struct str rest = buf_str(&out); rest.n; rest = str_from(rest, 1000)) /* so that it is answered meanwhile */
        client_send(&client, rest.p, rest.n < 1000 ? rest.n : 1000);
    buf_free(&out);
    return client;
}

/* Reads on until the server closes, or acknowledges the ping "haowai!!". */
static bool is_closed(struct client *client)
{
    char bytes[1000];
    int got;

    errno = 0;
    while ((got = SSL_read(client->ssl, bytes, sizeof bytes)) > 0)
        if (memmem(bytes, (size_t)got, "haowai!!", 8))
            return false;
    return errno != EAGAIN;
}

/* A thousand frames are too much of anything, and so is a MiB; three hundred of what browsers send, too, are not. */
static void abuse_is_borne_for_a_while(void **state)
{
    static const bool IS_ALSO_NORMAL[ABUSES] = {
        [PINGS] = true, [RESETS] = true, [PRIORITIES] = true, [UNKNOWN_FRAMES] = true, [WINDOW_UPDATES] = true};
    struct buf ping = BUF(100);
    (void)state;

    add_frame(&ping, 6, 0, 0, "haowai!!", 8);
    for (enum abuse abuse = 0; abuse < ABUSES; abuse++) {
        struct client client = begin_abuse(abuse, 1000, 1 << 20);
        client_send(&client, ping.p, ping.n);
        if (!is_closed(&client))
            fail_msg("abuse %d was borne", (int)abuse);
        client_close(&client);
        client = begin_abuse(abuse, 300, 1 << 18);
        client_send(&client, ping.p, ping.n);
        if (IS_ALSO_NORMAL[abuse] && is_closed(&client))
            fail_msg("%d was taken for abuse", (int)abuse);
        client_close(&client);
    }
    buf_free(&ping);
    wire_settle(wire);
}

static void a_head_has_its_time(void **state)
{
    struct wire *strict = wire_open(&(struct wire_options){.tls = true, .limits = {.header_ms = 300}});
    struct client client = wire_connect_tls(strict, "h2");
    struct buf out = BUF(1000);
    int64_t began = clock_steady_ms();
    char byte;
    (void)state;

    buf_add(&out, PREFACE, sizeof PREFACE - 1);
    add_frame(&out, 1, 1, 1, REQUEST_BLOCK, sizeof REQUEST_BLOCK - 1); /* END_HEADERS is missing */
    client_send(&client, out.p, out.n);
    while (SSL_read(client.ssl, &byte, 1) == 1)
        continue;
    assert_in_range(clock_steady_ms() - began, 250, 1500);
    assert_int_equal(strict->requests, 0);
    buf_free(&out);
    client_close(&client);
    wire_close(&strict);
}

static void other_bytes_end_the_connection(void **state)
{
    struct client client = wire_connect_tls(wire, "h2");
    int64_t began = clock_steady_ms();
    (void)state;

    client_say(&client, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    struct str said = client_read_bytes(&client, 10000);
    assert_false(str_starts(said, STR("HTTP")));
    assert_true(clock_steady_ms() - began < 3000);
    client_close(&client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abuse_is_borne_for_a_while),
        cmocka_unit_test(a_head_has_its_time),
        cmocka_unit_test(other_bytes_end_the_connection),
    };

    return cmocka_run_group_tests(tests, open_wire, close_wire);
}
