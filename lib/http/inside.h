/* inside.h - private to lib/http: loops, connections, exchanges, and what the files here ask of each other.
 *
 *   server.c      start, stop, counts              loop.c      epoll, accepting, mail from other threads
 *   connection.c  birth, idling, deadlines, death   wheel.c     when deadlines are due
 *   http1.c       bytes into requests               answer.c    answers into bytes
 *   http2.c, http2_request.c, http2_answer.c        the same two by libnghttp2
 *   exchange.c    one request and its answer        reason.c    names of statuses
 *   link.c        the socket, with or without TLS   tls.c       certificates
 *   body.c        bodies in memory or in a file     sources.c   connections per reader
 *   proxy.c       whom to believe about readers     request.c, chunked.c, grammar.c  what may be said
 *
 * Everything below belongs to the one thread of its loop, except what is marked "mail".
 */
/* allow: long-file, one machine of four files */
#ifndef HAOWAI_HTTP_INSIDE_H
#define HAOWAI_HTTP_INSIDE_H

#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "lib/http/chunked.h"
#include "lib/http/http.h"
#include "lib/http/request.h"

#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#define EXCHANGE_MAGIC 0x48455843u
#define CONNECTION_MAGIC 0x48434f4eu
#define SERVER_MAGIC 0x48535256u

/* --- body.c --------------------------------------------------------------- */

struct body {
    struct buf memory;
    int file; /* -1: in memory */
    uint64_t length;
};

/* Before any of it has come: may it? */
bool body_is_welcome(const struct request_framing *framing, const struct http_config *config);
struct body body_new(const struct http_limits *limits);
/* Verdict: 0, 413 (too large), 503 (the disk does not take it). */
int body_add(struct body *body, struct str bytes, const struct http_config *config);
struct http_body body_result(const struct body *body);
void body_free(struct body *body);

/* --- proxy.c -------------------------------------------------------------- */

/* IPv6, or IPv4 as ::ffff:a.b.c.d; a Unix socket's peer has none. */
struct address {
    unsigned char bytes[16];
    bool is_local;
};

struct proxies {
    size_t count;
    bool local; /* peers on Unix sockets are proxies */
    struct {
        unsigned char bytes[16];
        int bits;
    } blocks[32];
};

bool proxies_parse(struct str list, struct proxies *out);
bool proxies_trust(const struct proxies *proxies, const struct address *peer);
bool address_parse(struct str text, struct address *out);
/* Replaces client and secure by what the proxy reports. */
void proxies_apply(const struct proxies *proxies, struct http_request *request);

/* --- sources.c ------------------------------------------------------------ */

struct sources;

struct sources *sources_new(int max_per_source);
void sources_free(struct sources **sources);
/* 0: this source is free of the limit and not counted. */
uint64_t source_of(const struct address *address);
bool sources_enter(struct sources *sources, uint64_t source);
void sources_leave(struct sources *sources, uint64_t source);

/* --- wheel.c -------------------------------------------------------------- */

#define WHEEL_SLOTS 1024
#define WHEEL_TICK_MS 64
#define WHEEL_NEVER INT64_MAX

/* In a slot; `due` is the slot's moment, not the real deadline, which may have moved later since. */
struct wheel_entry {
    struct wheel_entry *next, *previous;
    int64_t due;
};

struct wheel {
    struct wheel_entry slots[WHEEL_SLOTS];
    uint64_t occupied[WHEEL_SLOTS / 64];
    int64_t tick; /* all slots up to this one have been visited */
};

void wheel_init(struct wheel *wheel, int64_t now_ms);
/* Puts the entry in, or moves it to an earlier slot; does nothing when its slot comes up before the deadline. */
void wheel_set(struct wheel *wheel, struct wheel_entry *entry, int64_t deadline_ms);
void wheel_remove(struct wheel *wheel, struct wheel_entry *entry);
/* Takes one entry out whose slot is due; NULL when there is none. */
struct wheel_entry *wheel_take_due(struct wheel *wheel, int64_t now_ms);
/* Milliseconds until the next slot that holds something, -1 when none does. */
int wheel_wait(const struct wheel *wheel, int64_t now_ms);

/* --- loop.c --------------------------------------------------------------- */

enum event_kind { EVENT_LISTENER, EVENT_MAIL, EVENT_CONNECTION };

struct listener {
    enum event_kind event;
    int fd;
    bool tls, kind;
    struct listener *next;
};

#define INPUT_SIZE (128 * 1024) /* a largest head kept back, and a good gulp behind it */
#define OUTPUT_SIZE (16 * 1024) /* one TLS record */

struct loop_counts {
    _Atomic uint64_t connections, requests, bytes_sent, refused_requests, refused_connections, timed_out, tls_failures;
};

struct loop {
    struct http_server *server;
    int number;
    int epoll;
    pthread_t thread;
    struct listener *listeners;
    int64_t accept_again_ms; /* out of file descriptors: listeners rest until then; 0 = they do not */
    int64_t now_ms, now_us;
    int64_t date_until_ms;
    char date[29];
    bool stopping;
    int64_t stop_deadline_ms;
    int connection_count;
    int exchange_count;
    struct wheel wheel;
    struct connection *resume; /* connections that gave way to others and have work left */
    struct connection *graves; /* closed in this turn; freed when nobody can hold them any more */
    struct http_exchange *spare;
    int spare_count;
    struct loop_counts counts;

    enum event_kind mail_event; /* its address is what epoll knows the eventfd by */
    int mail_fd;
    pthread_mutex_t mail_lock;
    struct http_exchange *mail_first, *mail_last; /* mail */

    char input[INPUT_SIZE];
    char output[OUTPUT_SIZE];
};

struct loop *loop_new(struct http_server *server, int number);
void loop_free(struct loop **loop);
void *loop_run(void *loop);
/* Waits until something happens and lets everything happen that is due; loop_run does this over and over. */
void loop_turn(struct loop *loop);
void loop_wake(struct loop *loop);
/* Hands the exchange to the loop's thread, which calls exchange_mail. The caller holds mail_lock. */
void loop_post_locked(struct loop *loop, struct http_exchange *exchange);
void loop_resume_later(struct connection *connection);

static inline void count(_Atomic uint64_t *counter, uint64_t by)
{
    /* one writer each, so no locked instruction is needed */
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + by, memory_order_relaxed);
}

/* --- server.c ------------------------------------------------------------- */

struct http_server {
    uint32_t magic;
    struct http_config config;
    struct http_handler handler;
    struct proxies proxies;
    struct sources *sources;
    struct tls *tls;
    struct loop **loops;
    bool running;
    _Atomic bool stopping;
    _Atomic int64_t stop_deadline_ms;
    _Atomic int connections_now;
};

/* --- exchange.c ----------------------------------------------------------- */

enum exchange_state { EXCHANGE_READING, EXCHANGE_HANDLER, EXCHANGE_READY };

#define HEAD_ROOM 2048 /* bytes for a head that come with every exchange */

struct http_exchange {
    uint32_t magic;
    enum exchange_state state;
    struct connection *connection;
    struct http_exchange *next; /* in the connection's queue or the loop's spares */
    struct http_request request;
    struct request_framing framing;
    struct body body;
    char *large_head; /* when HEAD_ROOM does not do */
    char *joined;     /* values of headers that came several times */
    int64_t started_us;
    int64_t sent;
    struct http_answer answer;
    bool is_silent; /* our own word (a refusal, 100): the handler is not told */
    bool has_body;  /* the answer shows one: not for HEAD, 204, 304 */
    bool is_stream;
    bool last;          /* the connection closes behind it */
    struct iovec piece; /* the body of a refusal */
    size_t prefix_size;
    uint64_t memory_size, memory_sent; /* head and pieces */
    uint64_t file_sent, file_size;
    struct buf chunk; /* of a stream: framed and being sent */
    size_t chunk_sent;
    size_t chunk_bytes; /* of the writer's bytes in it */
    bool stream_done;   /* the end is in the chunk, or there never was one to send */
    /* HTTP/2 only: */
    int32_t stream_id;
    bool h2_open;      /* the stream still exists */
    bool h2_headed;    /* the request's head is complete */
    bool h2_complete;  /* the request is */
    bool h2_answered;  /* the answer's head is on its way */
    bool h2_deferred;  /* nothing to send until the writer of the stream writes */
    int verdict;       /* what the head is to be refused with; 0 = nothing */
    size_t head_bytes; /* of names and values */
    int64_t since_ms;  /* the stream's last sign of life */

    struct http_exchange *mail_next; /* mail */
    bool is_posted;                  /* mail */
    bool is_finished;                /* waits for its last mail before it is used again */
    struct buf incoming;             /* mail; of a stream */
    size_t unsent;                   /* mail; of a stream: bytes written and not yet taken by the reader */
    bool stream_ended, stream_gone;  /* mail */

    char prefix[192]; /* from here on nothing is cleared between uses */
    char *head;       /* HEAD_ROOM bytes behind the headers */
    struct http_header headers[];
};

struct http_exchange *exchange_new(struct connection *connection);
/* Room for a head of n bytes. */
char *exchange_head(struct http_exchange *exchange, size_t n);
/* Makes one header of several of a name. */
void exchange_join_headers(struct http_exchange *exchange);
/* The request is complete: lets the handler see it. True: it has answered. */
bool exchange_dispatch(struct http_exchange *exchange);
/* Makes it our own word of refusal, which the handler is not told. */
void exchange_refuse(struct http_exchange *exchange, int status);
/* The answer has been sent, or the reader is gone. */
void exchange_finish(struct http_exchange *exchange);
/* The connection is gone: finishes it now, or when the handler lets go of it. */
void exchange_abandon(struct http_exchange *exchange);
/* Something came by mail. */
void exchange_mail(struct http_exchange *exchange);

/* --- connection.c --------------------------------------------------------- */

enum phase {
    PHASE_HANDSHAKE,
    PHASE_IDLE, /* between requests */
    PHASE_HEAD, /* part of a head is here */
    PHASE_BODY,
    PHASE_BUSY,   /* requests are being answered */
    PHASE_LINGER, /* all is said; waiting for the reader to hang up, so that our last words are not torn up */
};

struct connection {
    enum event_kind event;
    uint32_t magic;
    int fd;
    enum phase phase;
    struct loop *loop;
    SSL *ssl;
    struct h2 *h2;
    bool kind;
    bool is_trusted_proxy;
    bool readable, writable; /* as far as we know; edges from epoll */
    bool reader_done;        /* the reader has sent its last byte */
    bool closed;
    bool closing;       /* no more requests; closes when the queue is sent */
    bool blank_skipped; /* one empty line before a request is allowed */
    bool in_resume;
    int exchanges; /* alive, in the queue or not */
    int requests;
    int queued;
    struct http_exchange *reading;      /* its body is coming in */
    struct http_exchange *first, *last; /* answers in order */
    char *kept;                         /* bytes that came and could not be used yet */
    size_t kept_size;
    size_t discarded; /* while lingering */
    size_t line;      /* see request_find_end */
    struct chunked chunked;
    uint64_t body_left;
    int64_t since_ms; /* when the phase began, or the reader last took a byte */
    int64_t deadline_ms;
    struct wheel_entry timer;
    struct connection *next_resume, *next_grave;
    uint64_t source;
    char client[48];
};

void connection_accept(struct loop *loop, const struct listener *listener, int fd, const struct sockaddr_storage *peer);
void connection_event(struct connection *connection, uint32_t events);
/* Reads, answers and writes as far as possible. */
void connection_drive(struct connection *connection);
void connection_close(struct connection *connection);
void connection_linger(struct connection *connection);
/* Appends to the queue of answers. */
void connection_queue(struct connection *connection, struct http_exchange *exchange);
void connection_unqueue(struct connection *connection, struct http_exchange *exchange);
/* The phase is another from now on. */
void connection_enter(struct connection *connection, enum phase phase);
void connection_set_deadline(struct connection *connection);
void connection_expire(struct connection *connection);
/* Closes the one that has been idle longest; false when none is idle. */
bool connection_evict(struct loop *loop);
void connection_free(struct connection *connection);
/* For each connection of a stopping loop. */
void connection_stop(struct connection *connection);

static inline struct connection *connection_of_timer(struct wheel_entry *timer)
{
    return (struct connection *)(void *)((char *)timer - offsetof(struct connection, timer));
}

static inline const struct http_limits *connection_limits(const struct connection *connection)
{
    return &connection->loop->server->config.limits;
}

/* --- http1.c -------------------------------------------------------------- */

void http1_drive(struct connection *connection);
/* Says `status` and closes. */
void http1_refuse(struct connection *connection, int status);

/* --- answer.c ------------------------------------------------------------- */

/* What of the answer is to be sent: for HTTP/1 and HTTP/2. */
void answer_measure(struct http_exchange *exchange);
/* Composes the head of exchange->answer for HTTP/1. */
void answer_prepare(struct http_exchange *exchange);
/* Anything left to send or to come? */
bool answer_is_done(const struct http_exchange *exchange);
/* Waits for nothing but the reader. */
bool answer_has_bytes(const struct http_exchange *exchange);
/* The bytes of the pieces behind `skip`, in at most `room` parts. Returns the number of parts. */
size_t answer_body_pieces(const struct http_answer *answer, uint64_t skip, struct iovec *out, size_t room);
/* Sends as much of the queue as the socket takes. */
void answer_flush(struct connection *connection);
/* Takes what was written to a stream since; frames it as chunks when asked. */
void stream_collect(struct http_exchange *exchange, bool framed);
void stream_sent(struct http_exchange *exchange);

/* --- link.c --------------------------------------------------------------- */

#define LINK_AGAIN (-1)
#define LINK_FAILED (-2)

/* > 0: bytes; 0: the reader is done; LINK_AGAIN, LINK_FAILED. They keep `readable` and `writable` up to date. */
ssize_t link_read(struct connection *connection, char *bytes, size_t n);
ssize_t link_write(struct connection *connection, struct iovec *pieces, size_t count, bool more);
ssize_t link_send_file(struct connection *connection, int file, uint64_t offset, uint64_t n);
void link_shutdown(struct connection *connection);

/* --- tls.c ---------------------------------------------------------------- */

struct tls;

struct tls *tls_new(const char *certificate, const char *private_key, char *error, size_t error_size);
void tls_free(struct tls **tls);
bool tls_reload(struct tls *tls, char *error, size_t error_size);
SSL *tls_open(struct tls *tls, int fd);
/* 1: done, 0: wait for the reader, -1: failed. */
int tls_handshake(SSL *ssl);
bool tls_chose_h2(SSL *ssl);

/* --- http2.c -------------------------------------------------------------- */

void h2_open(struct connection *connection);
void h2_drive(struct connection *connection);
/* The answer of one of its exchanges is ready, or its stream has news. */
void h2_answer(struct http_exchange *exchange);
/* No new requests; closes when the open ones are answered. */
void h2_shutdown(struct connection *connection);
int64_t h2_deadline(const struct connection *connection);
/* The deadline is past: resets the streams that missed theirs, or ends the connection. */
void h2_expire(struct connection *connection);
void h2_free(struct connection *connection);

#endif
