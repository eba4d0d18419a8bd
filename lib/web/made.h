/* made.h - a page put together: its parts, linked, with headers, ready to be sent.
 *
 * What it says never changes. Parts that moved on give a new made page that
 * shares the others. Only two things are noted later: `checked`, the number of
 * the newest change all of it was found fresh at, and `joined`, a copy of the
 * gzip form in one piece, for pages that are asked for often.
 */
#ifndef HAOWAI_WEB_MADE_H
#define HAOWAI_WEB_MADE_H

#include "lib/http/http.h"
#include "lib/web/blob.h"
#include "lib/web/page.h"
#include "lib/web/theme.h"

struct made {
    uint32_t magic;
    _Atomic int references;
    _Atomic uint64_t checked;
    int kind;
    struct about about;
    struct origin decision; /* what the page function read */
    size_t slot_count;
    struct blob **slots;
    struct blob **bases; /* by slot: the part it is a variant of, which said that one is needed; else NULL */
    size_t piece_count;
    struct iovec *pieces; /* the gzip form */
    _Atomic(struct iovec *) joined;
    size_t length; /* of the gzip form */
    size_t plain_length;
    char trailer[PACK_TRAILER];
    char etag[2][40]; /* the header line for the gzip and the plain form, which must differ */
    uint64_t hash;    /* of the plain form */
    size_t bytes;     /* this struct's and its own parts': what keeping the page costs */
};

/* Takes over the references in `slots` and `bases` (as many as the layout has). The caller owns the result. */
struct made *made_new(const struct theme *theme, int kind, const struct about *about, const struct origin *decision,
                      struct blob *const *slots, struct blob *const *bases, uint64_t checked);

static inline struct made *made_keep(struct made *made)
{
    atomic_fetch_add_explicit(&made->references, 1, memory_order_relaxed);
    return made;
}

void made_drop(struct made **made);

/* Is the decision and every part fresh? Remembers it when so. */
bool made_check(struct made *made, const struct tag_table *changes);

/* Copies the gzip form into one piece, which costs about as much as sending it once and spares two dozen pieces each
 * time. The caller sees to it that only one thread does this to a page, and once. Adds to made->bytes. */
void made_join(struct made *made);

/* Appends the plain form. */
void made_plain(const struct made *made, struct buf *out);

/* The header lines that are the same for every page of a kind: with the gzip form, the plain form, and without either
 * (304). */
struct made_headers {
    struct str packed, plain, unchanged;
};

/* Does the reader take gzip? */
bool accepts_gzip(const struct http_request *request);

/* Fills *answer for this request: 200, 304 when the reader has it already, as
 * gzip or plain. Consumes the caller's reference. */
void made_answer(struct made *made, int status, const struct made_headers *headers, const struct http_request *request,
                 struct http_answer *answer);

#endif
