/* pack.c - deflate runs that can be joined, by two compressors.
 *
 * A flush costs five bytes per run and the window of the runs before; on an
 * article page of eight runs that is some 15 % more than compressing the whole
 * page, and the reason why changing one part costs one part.
 *
 * ISA-L packs what may be sent once. Its level 0 uses one Huffman code for all
 * runs, so ours is made from what this packer has seen lately: the paper's own
 * language and templates. Parts of 3 kB of Chinese stories, on a busy machine:
 *
 *     zlib, level 6                65 us   1,225 bytes
 *     zlib, level 1                51 us   1,273 bytes
 *     ISA-L, level 1               17 us   1,298 bytes
 *     ISA-L, level 0, own code      6 us   1,352 bytes  (1,599 with the code that comes with it)
 *
 * Packing was most of what a page cost that nobody had asked for lately.
 */
#include "lib/web/pack.h"

#include "lib/base/check.h"

#include <endian.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

enum {
    LEARN_RUNS = 256,        /* until the first own code; level 1, which makes a code for each run, until then */
    LEARN_AGAIN_RUNS = 4096, /* and each time so many more, from every LEARN_EACH-th */
    LEARN_EACH = 16,
    LEARN_BYTES = 64 << 10, /* of a run */
    LEVEL_1_MEMORY = ISAL_DEF_LVL1_SMALL,
};

struct packer {
    z_stream small;
    struct isal_zstream fast;
    unsigned char memory[LEVEL_1_MEMORY];
    struct isal_huff_histogram seen;
    struct isal_hufftables code;
    bool has_code;
    unsigned runs; /* since the code was made */
    struct buf run;
};

const char pack_header[PACK_HEADER] = {0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)255};

struct packer *packer_new(void)
{
    struct packer *packer = calloc(1, sizeof *packer);

    if (!packer)
        die("out of memory");
    CHECK(deflateInit2(&packer->small, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    packer->run = BUF(PACK_LARGEST + PACK_LARGEST / 1000);
    return packer;
}

void packer_free(struct packer **packer)
{
    if (*packer) {
        deflateEnd(&(*packer)->small);
        buf_free(&(*packer)->run);
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

static size_t run_small(z_stream *z, struct str plain, void *out, size_t room)
{
    CHECK(deflateReset(z) == Z_OK);
    z->next_in = (unsigned char *)(uintptr_t)plain.p; /* zlib reads only */
    z->avail_in = (unsigned)plain.n;
    z->next_out = out;
    z->avail_out = (unsigned)room;
    CHECK(deflate(z, Z_SYNC_FLUSH) == Z_OK && z->avail_in == 0 && z->avail_out > 0);
    return room - z->avail_out;
}

static void learn(struct packer *packer, struct str plain)
{
    packer->runs++;
    if (!packer->has_code || packer->runs % LEARN_EACH == 0)
        isal_update_histogram((unsigned char *)(uintptr_t)plain.p, (int)(plain.n < LEARN_BYTES ? plain.n : LEARN_BYTES),
                              &packer->seen);
    if (packer->runs < (packer->has_code ? LEARN_AGAIN_RUNS : LEARN_RUNS))
        return;
    packer->has_code = isal_create_hufftables(&packer->code, &packer->seen) == 0;
    packer->runs = 0;
    memset(&packer->seen, 0, sizeof packer->seen);
}

/* Each run begins with no memory of the one before (stateless), and ends on a byte (full flush). */
static size_t run_fast(struct packer *packer, struct str plain, void *out, size_t room)
{
    struct isal_zstream *z = &packer->fast;

    learn(packer, plain);
    isal_deflate_stateless_init(z);
    if (packer->has_code) {
        z->hufftables = &packer->code;
    } else {
        z->level = 1;
        z->level_buf = packer->memory;
        z->level_buf_size = sizeof packer->memory;
    }
    z->flush = FULL_FLUSH;
    z->next_in = (unsigned char *)(uintptr_t)plain.p; /* reads only */
    z->avail_in = (unsigned)plain.n;
    z->next_out = out;
    z->avail_out = (unsigned)room;
    CHECK(isal_deflate_stateless(z) == COMP_OK && z->avail_in == 0);
    return room - z->avail_out;
}

struct pack_sum pack_run(struct packer *packer, struct str plain, enum pack_effort effort, struct str *run)
{
    size_t room = plain.n + plain.n / 1024 + 64; /* five bytes for every block that does not get smaller */

    CHECK(plain.n < PACK_LARGEST);
    buf_clear(&packer->run);
    CHECK(buf_reserve(&packer->run, room));
    if (plain.n)
        packer->run.n = effort == PACK_FAST ? run_fast(packer, plain, packer->run.p, room)
                                            : run_small(&packer->small, plain, packer->run.p, room);
    *run = buf_str(&packer->run);
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
