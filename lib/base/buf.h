/* buf.h - the one growable buffer. It is told its maximum at birth.
 *
 * Appending beyond the maximum appends nothing more and sets `overflow`, once
 * and for good; the owner looks at the end. Growth of anything a stranger can
 * influence is bounded this way.
 */
#ifndef HAOWAI_BASE_BUF_H
#define HAOWAI_BASE_BUF_H

#include "lib/base/str.h"

struct buf {
    char *p;
    size_t n, capacity, max;
    bool overflow;
};

/* An empty buffer that may grow to `max` bytes. Allocates nothing yet. */
#define BUF(maximum) ((struct buf){.max = (maximum)})

void buf_free(struct buf *buf);

/* Empties it, keeps the memory, clears `overflow`. */
void buf_clear(struct buf *buf);

/* Room for n more bytes; false, with overflow set, when the maximum forbids it. */
bool buf_reserve(struct buf *buf, size_t n);

void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_add_char(struct buf *buf, char c);
void buf_add_int(struct buf *buf, int64_t value);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void buf_add_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.p, s.n);
}

/* What it holds; valid until the next change. */
static inline struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->p ? buf->p : "", buf->n};
}

/* Appends the rest of an open file; false with errno when reading fails. */
bool buf_read_fd(struct buf *buf, int fd);

#endif
