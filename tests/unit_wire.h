/* unit_wire.h - a real server on a loopback socket, and a client that says exactly the bytes it is told.
 *
 *     struct wire *wire = wire_open(&(struct wire_options){0});
 *     struct client client = wire_connect(wire);
 *     struct reply reply = client_ask(&client, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
 *     assert_int_equal(reply.status, 200);
 *     client_close(&client);
 *     wire_close(&wire);
 *
 * What the server's handler answers is decided by the path:
 *
 *     /hello          "hello, world" from three pieces        /bytes?N     N letters in many pieces
 *     /echo           the request's body                      /headers     the request's headers, one a line
 *     /client         address and scheme of the reader        /file?FROM-N N bytes of a file from offset FROM
 *     /status?N       that status with an empty body          /close       "bye", Connection: close
 *     /later?MS       "later" by a thread after MS            /stream?NxS  N writes of S bytes by a thread, each a line
 *     /endless        a stream that is written until the reader is gone or too slow
 *
 * Every request, answer and release is counted, so that a test can say what must not have happened.
 */
#ifndef HAOWAI_TESTS_UNIT_WIRE_H
#define HAOWAI_TESTS_UNIT_WIRE_H

#include "lib/base/buf.h"
#include "lib/http/http.h"

#include <openssl/ssl.h>
#include <stdatomic.h>

struct wire_options {
    struct http_limits limits; /* zeroed members mean the default, but for body: 1 MiB */
    const char *trusted;       /* proxies */
    bool tls;
    int loops; /* 0 = 1 */
    int fd;    /* a listening socket to share; 0 = make one */
    bool unix_socket;
};

struct wire {
    struct http_server *server;
    char dir[64]; /* of its own, for certificates, spilled bodies and files; removed at the end */
    int fd, port; /* the listening socket stays open after the server is stopped */
    bool owns_fd, tls, stopped;
    _Atomic int requests, answered, made, released; /* made: answers with an owner */
    _Atomic int threads;                            /* that still have an answer to give */
    _Atomic int refused_writes;                     /* of streams */
    _Atomic uint64_t written;                       /* bytes that streams took */
};

struct wire *wire_open(const struct wire_options *options);
void wire_stop(struct wire *wire, int64_t deadline_ms);
void wire_close(struct wire **wire);
/* Writes a self-signed certificate for `name` to the wire's directory. */
void wire_make_certificate(const char *dir, const char *name);
void wire_settle(struct wire *wire);                   /* waits until no connection, answer or thread is left */
void wire_wait(const _Atomic int *counter, int value); /* at most 10 s, then the test fails */

struct client {
    int fd;
    SSL *ssl;
    struct buf input; /* read and not used yet */
};

struct client wire_connect(const struct wire *wire);
struct client wire_connect_tls(const struct wire *wire, const char *alpn);
void client_close(struct client *client);
void client_send(struct client *client, const void *bytes, size_t n);
void client_say(struct client *client, const char *text);

struct reply {
    int status;      /* 0: the server closed without a word */
    struct str head; /* up to and with the empty line */
    struct str body; /* decoded; all of it points into memory that lives until the test program ends */
};

/* The next answer; `head_only` for answers to HEAD. */
struct reply client_read(struct client *client, bool head_only);
struct reply client_ask(struct client *client, const char *text);
/* Has the server closed? Waits for it up to 5 s; bytes that still come make it false. */
bool client_is_closed(struct client *client);
/* One line with its CRLF or LF, without it; "" when the server closed. */
struct str client_read_line(struct client *client);
struct str client_read_bytes(struct client *client, size_t n);
/* The value of a header of the reply, p == NULL when absent. */
struct str reply_header(const struct reply *reply, const char *name);

#endif
