/* buf.c - growth by doubling, up to the limit its owner set. */
#include "lib/base/buf.h"

#include "lib/base/check.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

void buf_free(struct buf *buf)
{
    free(buf->p);
    *buf = BUF(buf->max);
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    buf->overflow = false;
}

/* One byte more than asked for, so that vsnprintf's NUL always has a place. */
bool buf_reserve(struct buf *buf, size_t n)
{
    if (buf->overflow || n > buf->max - buf->n) {
        buf->overflow = true;
        return false;
    }
    if (buf->capacity - buf->n > n)
        return true;

    size_t capacity = buf->capacity ? buf->capacity : 256;
    while (capacity <= buf->n + n)
        capacity *= 2;
    char *p = realloc(buf->p, capacity);
    if (!p)
        die("out of memory (%zu bytes)", capacity);
    buf->p = p;
    buf->capacity = capacity;
    return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t n)
{
    if (n && buf_reserve(buf, n)) {
        memcpy(buf->p + buf->n, bytes, n);
        buf->n += n;
    }
}

void buf_add_char(struct buf *buf, char c)
{
    if (buf_reserve(buf, 1))
        buf->p[buf->n++] = c;
}

void buf_add_int(struct buf *buf, int64_t value)
{
    char digits[20]; /* 19 digits and a sign, filled from the end */
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    buf_add(buf, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    CHECK(n >= 0);
    if (!buf_reserve(buf, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(buf->p + buf->n, (size_t)n + 1, format, args);
    va_end(args);
    buf->n += (size_t)n;
}

bool buf_read_fd(struct buf *buf, int fd)
{
    for (;;) {
        char chunk[16 * 1024];
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        buf_add(buf, chunk, (size_t)n);
        if (buf->overflow)
            return true;
    }
}
