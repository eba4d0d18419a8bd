/* frame.c - a head of sixteen bytes and what it announces. The other end is not trusted: nothing is longer than
 * FRAME_MOST. */
#include "src/importing/frame.h"

#include "lib/base/buf.h"
#include "lib/base/check.h"

#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

struct head {
    uint32_t type, n;
    int64_t line;
};

struct frame_reader {
    int fd;
    struct buf buf;
};

bool frame_write(int fd, enum frame_type type, int64_t line, struct str bytes)
{
    struct head head = {type, (uint32_t)bytes.n, line};
    struct iovec parts[] = {{&head, sizeof head}, {(char *)bytes.p, bytes.n}};
    size_t i = 0;

    CHECK(bytes.n <= FRAME_MOST);
    while (i < 2) {
        if (parts[i].iov_len == 0) {
            i++;
            continue;
        }
        ssize_t n = writev(fd, parts + i, (int)(2 - i));
        if (n < 0 && errno != EINTR)
            return false;
        for (size_t left = n > 0 ? (size_t)n : 0; left > 0;) {
            size_t part = left < parts[i].iov_len ? left : parts[i].iov_len;
            parts[i].iov_base = (char *)parts[i].iov_base + part;
            parts[i].iov_len -= part;
            left -= part;
            i += parts[i].iov_len == 0;
        }
    }
    return true;
}

struct frame_reader *frame_reader_new(int fd)
{
    struct frame_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        die("out of memory");
    *reader = (struct frame_reader){.fd = fd, .buf = BUF(FRAME_MOST)};
    return reader;
}

void frame_reader_free(struct frame_reader **out)
{
    if (!*out)
        return;
    buf_free(&(*out)->buf);
    free(*out);
    *out = NULL;
}

static bool read_all(int fd, char *to, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = read(fd, to + done, n - done);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

bool frame_read(struct frame_reader *reader, struct frame *out)
{
    struct head head;

    buf_clear(&reader->buf);
    if (!read_all(reader->fd, (char *)&head, sizeof head) || head.type < FRAME_BEGIN || head.type > FRAME_END ||
        !buf_reserve(&reader->buf, head.n) || !read_all(reader->fd, reader->buf.p, head.n))
        return false;
    *out = (struct frame){head.type, head.n, head.line, reader->buf.p ? reader->buf.p : ""};
    return true;
}
