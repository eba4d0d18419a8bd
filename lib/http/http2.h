/* http2.h - private to http2*.c: one connection of HTTP/2. */
#ifndef HAOWAI_HTTP_HTTP2_H
#define HAOWAI_HTTP_HTTP2_H

#include "lib/http/inside.h"

#include <nghttp2/nghttp2.h>

struct h2 {
    nghttp2_session *session;
    struct http_exchange *open; /* those whose stream exists, by `next` */
    size_t staged;              /* bytes in the loop's output, from one call of nghttp2 until they are written */
    char *unsent;               /* what the socket did not take */
    size_t unsent_size, unsent_at;
    size_t kept;      /* bytes of heads and bodies that open requests keep in memory */
    int64_t final_ms; /* told to stop: from then on new requests are not taken; 0 = not told */
    bool is_final;    /* that moment has come */
    bool failed;      /* what the reader said makes no sense: ends when our last words are sent */

    /* see http2_meter.c */
    int64_t debt, debt_ms; /* what frames without use have cost, as of then */
    int64_t heading_ms;    /* a head has been coming in since; 0 = none is */
    size_t frame_at;       /* bytes of the next frame's own head that have come */
    size_t payload_left;   /* of the frame that is coming in */
    unsigned char frame[9];
};

static inline struct connection *connection_of(void *user_data)
{
    return user_data;
}

/* --- http2_request.c: the callbacks that make requests ------------------------ */

void h2_request_callbacks(nghttp2_session_callbacks *callbacks);
void h2_refuse(struct http_exchange *exchange, int status);

/* --- http2_answer.c: the callbacks that send ------------------------------------ */

void h2_answer_callbacks(nghttp2_session_callbacks *callbacks);

/* --- http2_meter.c ---------------------------------------------------------------- */

/* Charges for the frames that came. */
void h2_meter(struct connection *connection, struct str bytes);
/* Has the reader tried our patience? */
bool h2_is_abused(const struct h2 *h2);
/* Something of no use was answered to, or something of use was done. */
void h2_charge(struct connection *connection, int64_t cost);
void h2_credit(struct connection *connection, int64_t value);

#endif
