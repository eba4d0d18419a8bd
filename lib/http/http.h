/* http.h - the wire: requests come in, answers go out.
 *
 * A server runs a number of event loops, one thread each. A loop accepts
 * connections, reads strict HTTP/1.1 (or HTTP/2 over TLS), and hands each
 * complete request to the handler. The handler answers at once from memory, or
 * takes the exchange away to a worker thread that calls http_answer later.
 * Nothing above this header knows sockets, TLS, versions of the protocol or
 * partial writes.
 *
 * Ambiguous requests never reach the handler: the answer is 400 (or 408, 413,
 * 414, 417, 421, 431, 501, 505) and the connection is closed.
 */
/* allow: long-file, the whole of what anyone may know */
#ifndef HAOWAI_HTTP_HTTP_H
#define HAOWAI_HTTP_HTTP_H

#include "lib/base/str.h"

#include <sys/uio.h>

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS };

struct http_header {
    struct str name;  /* in lower case */
    struct str value; /* without surrounding white space */
};

/* A request's body: in memory up to limits.body_memory, beyond that in an
 * unlinked temporary file (position undefined: use pread). */
struct http_body {
    struct str memory; /* valid when file < 0 */
    int file;          /* -1 when the body is in memory */
    uint64_t length;
};

struct http_request {
    enum http_method method;
    int version;       /* 10, 11 or 20 */
    struct str target; /* as sent: path and query, origin-form only */
    struct str path;   /* target before '?', still percent-encoded, begins with '/' */
    struct str query;  /* target behind '?', "" when there is none */
    struct str host;   /* the Host header or :authority; "" in HTTP/1.0 without Host */
    struct str client; /* the reader's address, or the one a trusted proxy reports; "local" on a Unix socket */
    bool secure;       /* came over TLS, here or at a trusted proxy */
    bool listener;     /* see http_server_listen: which of the two kinds of listeners it came by */
    const struct http_header *headers;
    size_t header_count;
    struct http_body body;
};

/* The value of a header; several of one name are joined by ", " at reading.
 * Empty with p == NULL when it is absent. `name` in lower case. */
struct str http_header(const struct http_request *request, struct str name);

#define HTTP_LENGTH_UNKNOWN UINT64_MAX

/* What goes back. The server adds the status line, Date, Content-Length (or
 * chunking) and Connection, and leaves the body away for HEAD, 204 and 304.
 * Everything pointed to must stay valid until `release(owner)` is called,
 * which happens exactly once, also when the reader is gone. `release` may be
 * NULL; it runs on a loop thread and must not block. */
struct http_answer {
    int status;
    struct str headers;         /* "Name: value\r\n" lines; none of those the server adds */
    struct str more_headers;    /* further lines: callers keep constant and changing ones apart */
    const struct iovec *pieces; /* the body, in order; copied neither here nor there */
    size_t piece_count;
    int file; /* body from this file when >= 0 (then no pieces); the server closes it */
    uint64_t file_offset;
    uint64_t length; /* of the body; HTTP_LENGTH_UNKNOWN = a stream, see http_stream_write */
    bool close;      /* close the connection after this answer */
    void (*release)(void *owner);
    void *owner;
};

/* One request and its answer to be. */
struct http_exchange;

const struct http_request *http_exchange_request(const struct http_exchange *exchange);

/* Answers from any thread, once; the exchange is not to be touched afterwards
 * (unless the answer is a stream). */
void http_answer(struct http_exchange *exchange, const struct http_answer *answer);

/* Streams (server-sent events and the like): after http_answer with
 * HTTP_LENGTH_UNKNOWN, any thread may write, until http_stream_end. Bytes are
 * copied. False: the reader is gone or too slow (over limits.stream_backlog
 * unsent); call http_stream_end then. */
bool http_stream_write(struct http_exchange *exchange, struct str bytes);
void http_stream_end(struct http_exchange *exchange);

struct http_handler {
    void *context;
    /* On a loop thread; must not block. `loop` counts from 0. Either fills
     * *answer and returns true, or keeps the exchange and returns false. */
    bool (*request)(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer);
    /* After each answer has been handed to the kernel or given up, for logs and
     * counters; may be NULL. `sent` counts bytes of head and body. */
    void (*answered)(void *context, int loop, const struct http_request *request, int status, uint64_t sent,
                     int64_t microseconds);
};

/* All limits are on by default: http_default_limits (RELIABILITY 3.6). */
struct http_limits {
    size_t target;               /* bytes of a request's target: 8 KiB */
    size_t header_block;         /* bytes of request line and headers: 32 KiB */
    size_t header_count;         /* 100 */
    int64_t header_ms;           /* from first byte to complete head, total: 10 s */
    int64_t idle_ms;             /* keep-alive without a request: 60 s */
    int64_t body_grace_ms;       /* then a body must come at body_rate bytes/s on average: 10 s */
    int64_t body_rate;           /* 1 KiB/s */
    int64_t write_stall_ms;      /* no byte taken by the reader: 30 s */
    uint64_t body;               /* largest body: 0 = none accepted (413) */
    size_t body_memory;          /* above this it goes to a file: 64 KiB */
    int connections;             /* in all; beyond, the oldest idle one is closed: 20,000 */
    int connections_per_source;  /* per IPv4 address or IPv6 /64, loopback and Unix sockets free: 256 */
    int requests_per_connection; /* then Connection: close: 100,000 */
    size_t stream_backlog;       /* 256 KiB */
};

extern const struct http_limits http_default_limits;

struct http_config {
    struct http_limits limits;
    int loops;             /* threads; each needs its own listening sockets */
    const char *spill_dir; /* for bodies over body_memory; NULL: such bodies are refused */
    /* Addresses or CIDR blocks whose X-Forwarded-For / X-Forwarded-Proto are
     * believed, separated by spaces: "127.0.0.1 10.0.0.0/8". "" = nobody. */
    struct str trusted_proxies;
    const char *certificate, *private_key; /* PEM files; both NULL = no TLS */
};

struct http_server;

/* Makes a server; false return is NULL with a sentence in `error` (static or
 * arena-less buffer of `error_size` bytes) saying what to mend: a certificate
 * that cannot be read, a bad proxy list. */
struct http_server *http_server_new(const struct http_config *config, const struct http_handler *handler, char *error,
                                    size_t error_size);

/* Gives loop `loop` a socket that is bound and listening; the server sets it
 * non-blocking and does not close it (a successor may inherit it). `kind` is
 * passed on as http_request.listener. */
void http_server_listen(struct http_server *server, int loop, int fd, bool tls, bool kind);

/* Starts the loop threads. */
void http_server_start(struct http_server *server);

/* Reads certificate and key anew; connections keep what they have. False with
 * `error`, and the old ones stay, when they do not load. */
bool http_server_reload_tls(struct http_server *server, char *error, size_t error_size);

/* Graceful stop: accepts no more, tells keep-alive readers to close with their
 * next answer, GOAWAY on HTTP/2; returns when all connections are gone or
 * after `deadline_ms`, having closed the rest. */
void http_server_stop(struct http_server *server, int64_t deadline_ms);

/* After the stop, when every exchange has been answered, every stream ended, and no thread is in a call any more. */
void http_server_free(struct http_server **server);

struct http_counts {
    uint64_t connections_now, connections, requests, bytes_sent;
    uint64_t refused_requests; /* ambiguous or over a limit */
    uint64_t refused_connections, timed_out, tls_failures;
};

void http_server_counts(const struct http_server *server, struct http_counts *out);

/* "Not Found" for 404; "Unknown" for what RFC 9110 does not name. */
const char *http_reason(int status);

#endif
