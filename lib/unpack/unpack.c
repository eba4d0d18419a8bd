/* unpack.c - zlib and zstd behind one loop: read a piece, hand out what it becomes. */
#include "lib/unpack/unpack.h"

#include "lib/base/check.h"

#include <errno.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { IN_SIZE = 64 * 1024, OUT_SIZE = 128 * 1024 };
enum { WINDOW_LOG_MOST = 27 };

struct unpack {
    int fd;
    enum { UNKNOWN, PLAIN, GZIP, ZSTD } kind;
    bool input_ended;
    bool inside; /* a member or frame has begun and not ended */
    z_stream gzip;
    ZSTD_DStream *zstd;
    size_t at, n; /* of `in`: what is not used yet */
    char problem[160];
    unsigned char in[IN_SIZE];
    char out[OUT_SIZE];
};

struct unpack *unpack_open(int fd)
{
    struct unpack *unpack = calloc(1, sizeof *unpack);

    if (!unpack)
        die("out of memory");
    unpack->fd = fd;
    return unpack;
}

void unpack_close(struct unpack **out)
{
    struct unpack *unpack = *out;

    if (!unpack)
        return;
    if (unpack->kind == GZIP)
        inflateEnd(&unpack->gzip);
    ZSTD_freeDStream(unpack->zstd);
    free(unpack);
    *out = NULL;
}

const char *unpack_problem(const struct unpack *unpack)
{
    return unpack->problem;
}

static enum unpack_outcome damaged(struct unpack *unpack, const char *what, const char *why)
{
    snprintf(unpack->problem, sizeof unpack->problem, "%s: %s", what, why);
    return UNPACK_DAMAGED;
}

/* Reads behind what is there already; false when reading fails. */
static bool read_more(struct unpack *unpack)
{
    if (unpack->at == unpack->n)
        unpack->at = unpack->n = 0;
    ssize_t got;
    do
        got = read(unpack->fd, unpack->in + unpack->n, IN_SIZE - unpack->n);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        damaged(unpack, "reading failed", strerror(errno));
        return false;
    }
    unpack->input_ended = got == 0;
    unpack->n += (size_t)got;
    return true;
}

/* --- what it is ---------------------------------------------------------------------- */

static bool recognise(struct unpack *unpack)
{
    while (unpack->n < 4 && !unpack->input_ended)
        if (!read_more(unpack))
            return false;
    const unsigned char *in = unpack->in;
    bool zstd_frame = unpack->n >= 4 && in[1] == 0xb5 && in[2] == 0x2f && in[3] == 0xfd && in[0] == 0x28;
    bool zstd_skippable = unpack->n >= 4 && (in[0] & 0xf0) == 0x50 && in[1] == 0x2a && in[2] == 0x4d && in[3] == 0x18;
    if (unpack->n >= 2 && in[0] == 0x1f && in[1] == 0x8b) {
        unpack->kind = GZIP;
        if (inflateInit2(&unpack->gzip, 16 + MAX_WBITS) != Z_OK)
            die("out of memory");
    } else if (zstd_frame || zstd_skippable) {
        unpack->kind = ZSTD;
        unpack->zstd = ZSTD_createDStream();
        if (!unpack->zstd)
            die("out of memory");
        ZSTD_DCtx_setParameter(unpack->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MOST);
    } else {
        unpack->kind = PLAIN;
    }
    return true;
}

/* --- pieces ---------------------------------------------------------------------------- */

static enum unpack_outcome next_plain(struct unpack *unpack, struct str *out)
{
    *out = (struct str){(const char *)unpack->in + unpack->at, unpack->n - unpack->at};
    unpack->at = unpack->n;
    return UNPACK_BYTES;
}

static enum unpack_outcome next_gzip(struct unpack *unpack, struct str *out)
{
    z_stream *gzip = &unpack->gzip;

    gzip->next_in = unpack->in + unpack->at;
    gzip->avail_in = (unsigned)(unpack->n - unpack->at);
    gzip->next_out = (unsigned char *)unpack->out;
    gzip->avail_out = OUT_SIZE;
    unpack->inside = true;
    int status = inflate(gzip, Z_NO_FLUSH);
    unpack->at = unpack->n - gzip->avail_in;
    *out = (struct str){unpack->out, OUT_SIZE - gzip->avail_out};
    if (status == Z_STREAM_END) {
        unpack->inside = false;
        inflateReset(gzip);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
        return damaged(unpack, "the gzip data is damaged", gzip->msg ? gzip->msg : "it makes no sense");
    }
    return UNPACK_BYTES;
}

static enum unpack_outcome next_zstd(struct unpack *unpack, struct str *out)
{
    ZSTD_inBuffer from = {unpack->in, unpack->n, unpack->at};
    ZSTD_outBuffer to = {unpack->out, OUT_SIZE, 0};
    size_t status = ZSTD_decompressStream(unpack->zstd, &to, &from);

    unpack->at = from.pos;
    *out = (struct str){unpack->out, to.pos};
    if (ZSTD_isError(status))
        return damaged(unpack, "the zstd data is damaged", ZSTD_getErrorName(status));
    unpack->inside = status != 0;
    return UNPACK_BYTES;
}

/* Some programs fill a gzip file up with zeros. */
static bool only_zeros_left(const struct unpack *unpack)
{
    for (size_t i = unpack->at; i < unpack->n; i++)
        if (unpack->in[i])
            return false;
    return unpack->kind == GZIP && !unpack->inside;
}

enum unpack_outcome unpack_next(struct unpack *unpack, struct str *out)
{
    static enum unpack_outcome (*const next[])(struct unpack *, struct str *) = {
        [PLAIN] = next_plain, [GZIP] = next_gzip, [ZSTD] = next_zstd};
    enum unpack_outcome outcome = UNPACK_BYTES;

    if (unpack->problem[0] || (unpack->kind == UNKNOWN && !recognise(unpack)))
        return UNPACK_DAMAGED;
    for (*out = STR(""); outcome == UNPACK_BYTES && out->n == 0;) {
        bool starved = unpack->at == unpack->n;
        if (starved && !unpack->input_ended && !read_more(unpack))
            return UNPACK_DAMAGED;
        if (unpack->at == unpack->n && !unpack->inside)
            return UNPACK_END;
        if (only_zeros_left(unpack)) {
            unpack->at = unpack->n;
            continue;
        }
        size_t before = unpack->at;
        outcome = next[unpack->kind](unpack, out);
        if (outcome == UNPACK_BYTES && out->n == 0 && unpack->at == before && unpack->input_ended && unpack->inside)
            return damaged(unpack, "the file ends early", "it was cut off");
    }
    return outcome;
}
