/* pack.c - zlib with the one setting that makes its output joinable.
 *
 * A sync flush costs five bytes per run and the window of the runs before; on
 * an article page of eight runs that is some 15 % more than compressing the
 * whole page, and the reason why changing one part costs one part.
 */
#include "lib/web/pack.h"

#include "lib/base/check.h"

#include <endian.h>
#include <zlib.h>

struct packer {
    z_stream deflating;
    int level;
};

const char pack_header[PACK_HEADER] = {0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)255};

struct packer *packer_new(void)
{
    struct packer *packer = calloc(1, sizeof *packer);

    if (!packer)
        die("out of memory");
    packer->level = 6;
    CHECK(deflateInit2(&packer->deflating, packer->level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    return packer;
}

void packer_free(struct packer **packer)
{
    if (*packer) {
        deflateEnd(&(*packer)->deflating);
        free(*packer);
        *packer = NULL;
    }
}

static uint64_t fold(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Eight bytes at a time, because it is done for every page made. Not for hostile keys, nor need it be: two versions of
 * one page would have to collide. Little-endian words, so that all machines of a cluster name a page alike. */
static uint64_t hash_text(struct str text)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ text.n;

    for (size_t at = 0; at < text.n; at += 8) {
        uint64_t word = 0;
        memcpy(&word, text.p + at, text.n - at < 8 ? text.n - at : 8);
        hash = fold(hash ^ le64toh(word), 0xd6e8feb86659fd93u);
    }
    return fold(hash, 0xa0761d6478bd642fu);
}

struct pack_sum pack_run(struct packer *packer, struct str plain, int level, struct buf *out)
{
    z_stream *z = &packer->deflating;
    size_t most = deflateBound(z, plain.n) + 16;

    CHECK(plain.n < UINT32_MAX);
    CHECK(deflateReset(z) == Z_OK);
    if (level != packer->level) {
        CHECK(deflateParams(z, level, Z_DEFAULT_STRATEGY) == Z_OK);
        packer->level = level;
    }
    if (plain.n && buf_reserve(out, most)) {
        z->next_in = (unsigned char *)(uintptr_t)plain.p; /* zlib reads only */
        z->avail_in = (unsigned)plain.n;
        z->next_out = (unsigned char *)out->p + out->n;
        z->avail_out = (unsigned)most;
        CHECK(deflate(z, Z_SYNC_FLUSH) == Z_OK && z->avail_in == 0 && z->avail_out > 0);
        out->n += most - z->avail_out;
    }
    return (struct pack_sum){
        .crc = (uint32_t)crc32_z(0, (const unsigned char *)plain.p, plain.n),
        .crc_shift = (uint32_t)crc32_combine_gen((z_off_t)plain.n),
        .hash = hash_text(plain),
        .length = plain.n,
    };
}

static bool open_run(z_stream *z, const struct iovec *run, struct buf *out)
{
    z->next_in = run->iov_base;
    z->avail_in = (unsigned)run->iov_len;
    do { /* a full output may hide more of it */
        if (!buf_reserve(out, 1))
            return false;
        size_t room = (out->capacity < out->max ? out->capacity : out->max) - out->n;
        z->next_out = (unsigned char *)out->p + out->n;
        z->avail_out = (unsigned)room;
        int status = inflate(z, Z_SYNC_FLUSH);
        out->n += room - z->avail_out;
        if (status != Z_OK && !(status == Z_BUF_ERROR && z->avail_in == 0))
            return false;
    } while (z->avail_in || z->avail_out == 0);
    return true;
}

bool pack_open(const struct iovec *runs, size_t count, struct buf *out)
{
    z_stream z = {0};
    bool sound = true;

    CHECK(inflateInit2(&z, -15) == Z_OK);
    for (size_t i = 0; sound && i < count; i++)
        sound = open_run(&z, &runs[i], out);
    inflateEnd(&z);
    return sound;
}

struct pack_sum pack_join(struct pack_sum a, struct pack_sum b)
{
    if (a.length == 0 && a.hash == 0)
        return b;
    return (struct pack_sum){
        .crc = (uint32_t)crc32_combine_op(a.crc, b.crc, b.crc_shift),
        .crc_shift = 0, /* sums of joined runs only grow at their end */
        .hash = fold((a.hash << 23 | a.hash >> 41) ^ b.hash, 0xd6e8feb86659fd93u),
        .length = a.length + b.length,
    };
}

static void put_u32(char *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (char)(value >> (8 * i));
}

void pack_trailer(struct pack_sum whole, char out[PACK_TRAILER])
{
    out[0] = 3; /* a last, empty block */
    out[1] = 0;
    put_u32(out + 2, whole.crc);
    put_u32(out + 6, (uint32_t)whole.length);
}
