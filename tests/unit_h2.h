/* unit_h2.h - a client of HTTP/2 for the server of unit_wire.h.
 *
 *     struct h2_client *client = h2_connect(wire, 0);
 *     struct stream *stream = h2_ask(client, "/hello");
 *     assert_int_equal(stream->status, 200);
 *     h2_close(&client);
 *
 * It says what it is told: nothing checks that a request makes sense.
 */
#ifndef HAOWAI_TESTS_UNIT_H2_H
#define HAOWAI_TESTS_UNIT_H2_H

#include "tests/unit_wire.h"

#include <nghttp2/nghttp2.h>

#define STREAMS 120 /* requests of one client */

struct stream {
    int32_t id;
    int status;
    bool closed;
    uint32_t error;
    struct buf head, body;
    const char *sending;
    size_t sending_left;
    bool sends_slowly; /* nothing more comes of its body */
};

struct h2_client {
    struct client wire;
    nghttp2_session *session;
    struct stream streams[STREAMS];
    int n;
    bool goaway, ended;
};

#define HEAD(method, path) ":method: " method "\n:scheme: https\n:authority: x\n:path: " path "\n"

/* `window`: of each stream, and nothing is given back for what is read; 0 = a megabyte, and all is. */
struct h2_client *h2_connect(struct wire *wire, uint32_t window);
void h2_close(struct h2_client **client);

/* Sends a request; returns its place in `streams`. `lines` is "name: value\n" over and over, pseudo headers too. The
 * body may be NULL; `slowly`: it never ends. */
int h2_send(struct h2_client *client, const char *lines, const char *body, size_t body_size, bool slowly);
int h2_get(struct h2_client *client, const char *path);

void h2_flush(struct h2_client *client);
/* Writes what is to be written and reads once; false when the server has closed. */
bool h2_step(struct h2_client *client);
/* Until the stream is closed. */
struct stream *h2_wait(struct h2_client *client, int which);
struct stream *h2_ask(struct h2_client *client, const char *path);

#endif
