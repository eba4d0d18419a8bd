/* pack_test.c - runs in any order make one gzip answer that zlib accepts, checksum and all. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/web/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <zlib.h>

#include <cmocka.h>

enum { LARGE = 300000 };

static char random_bytes[LARGE], repeated[LARGE];

static int fill(void **state)
{
    uint64_t seed = 88172645463325252u;

    (void)state;
    for (size_t i = 0; i < LARGE; i++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        random_bytes[i] = (char)seed;
        repeated[i] = "號外"[i % 6];
    }
    return 0;
}

static struct str unzip(struct arena *arena, struct str packed, size_t most)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (unsigned)packed.n};
    char *out = arena_bytes(arena, most + 1);

    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)most + 1;
    CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    inflateEnd(&z);
    return (struct str){out, (size_t)((char *)z.next_out - out)};
}

/* Packs the texts each for itself, joins and opens them both ways. */
static void round_trip(const struct str *texts, const enum pack_effort *efforts, size_t n)
{
    struct arena *arena = arena_new();
    struct packer *packer = packer_new();
    struct buf whole = BUF(64 << 20), plain = BUF(64 << 20), opened = BUF(64 << 20);
    struct pack_sum sum = {0};
    struct iovec runs[16];
    char trailer[PACK_TRAILER];

    buf_add(&whole, pack_header, PACK_HEADER);
    for (size_t i = 0; i < n; i++) {
        struct str run;
        struct pack_sum one = pack_run(packer, texts[i], efforts[i], &run);
        assert_int_equal(one.length, texts[i].n);
        runs[i] = (struct iovec){(void *)(uintptr_t)str_copy(arena, run).p, run.n};
        if (texts[i].n)
            sum = pack_join(sum, one);
        buf_add_str(&whole, run);
        buf_add_str(&plain, texts[i]);
    }
    pack_trailer(sum, trailer);
    buf_add(&whole, trailer, PACK_TRAILER);
    assert_int_equal(sum.length, plain.n);
    assert_true(str_equal(unzip(arena, buf_str(&whole), plain.n), buf_str(&plain)));
    assert_true(pack_open(runs, n, &opened));
    assert_true(str_equal(buf_str(&opened), buf_str(&plain)));
    buf_free(&whole);
    buf_free(&plain);
    buf_free(&opened);
    packer_free(&packer);
    arena_free(&arena);
}

static void runs_join(void **state)
{
    struct str a = STR("<p>號外</p>"), none = STR(""), one = STR("x"), noise = {random_bytes, LARGE},
               text = {repeated, LARGE};

    (void)state;
    round_trip((struct str[]){a}, (enum pack_effort[]){PACK_SMALL}, 1);
    round_trip((struct str[]){none}, (enum pack_effort[]){PACK_FAST}, 1);
    round_trip((struct str[]){none, none, a, none}, (enum pack_effort[]){PACK_FAST, PACK_SMALL, PACK_SMALL, PACK_FAST},
               4);
    round_trip((struct str[]){a, one, a, one, text},
               (enum pack_effort[]){PACK_FAST, PACK_FAST, PACK_SMALL, PACK_SMALL, PACK_FAST}, 5);
    round_trip((struct str[]){noise, text, noise, a},
               (enum pack_effort[]){PACK_FAST, PACK_SMALL, PACK_SMALL, PACK_FAST}, 4);
    round_trip((struct str[]){text, noise}, (enum pack_effort[]){PACK_SMALL, PACK_FAST}, 2);
}

/* Lengths around what the compressors and our buffers do in one go. */
static void every_length(void **state)
{
    (void)state;
    for (size_t n = 0; n < LARGE; n = n < 300 ? n + 1 : n * 2 + n % 7)
        for (int effort = PACK_FAST; effort <= PACK_SMALL; effort++)
            round_trip((struct str[]){{repeated, n}, {random_bytes, n}},
                       (enum pack_effort[]){(enum pack_effort)effort, (enum pack_effort)effort}, 2);
}

/* The code follows the texts; those it was not made for are packed all the same, and soundly. */
static void texts_unlike_those_before(void **state)
{
    static const char *const words[] = {"號外快訊獨家影音", "<p>the quick brown fox</p>"};
    struct packer *packer = packer_new();
    char text[2000];
    struct str run;

    (void)state;
    for (int i = 0; i < 10000; i++) {
        struct buf opened = BUF(sizeof text + 1);
        for (size_t at = 0; at < sizeof text; at++)
            text[at] = i % 1000 == 999 ? random_bytes[(size_t)i + at] : words[i < 5000][(at * 7 + (size_t)i) % 24];
        pack_run(packer, (struct str){text, sizeof text}, PACK_FAST, &run);
        struct iovec piece = {(void *)(uintptr_t)run.p, run.n};
        assert_true(pack_open(&piece, 1, &opened));
        assert_int_equal(opened.n, sizeof text);
        assert_memory_equal(opened.p, text, sizeof text);
        buf_free(&opened);
    }
    packer_free(&packer);
}

static void what_does_not_fit_or_is_damaged_is_refused(void **state)
{
    struct packer *packer = packer_new();
    struct buf small = BUF(100), large = BUF(1 << 20);
    struct str run;

    (void)state;
    pack_run(packer, (struct str){repeated, 10000}, PACK_SMALL, &run);
    struct iovec piece = {(void *)(uintptr_t)run.p, run.n};
    assert_false(pack_open(&piece, 1, &small));
    assert_true(small.n <= 100);
    memset(piece.iov_base, 0xff, run.n / 2);
    assert_false(pack_open(&piece, 1, &large));
    buf_free(&small);
    buf_free(&large);
    packer_free(&packer);
}

static uint64_t hash_of(struct packer *packer, const char *text, size_t n)
{
    struct str run;

    return pack_run(packer, (struct str){text, n}, PACK_FAST, &run).hash;
}

static void hashes_tell_texts_apart(void **state)
{
    struct packer *packer = packer_new();
    char text[64] = {0}, copy[65];

    (void)state;
    for (size_t n = 1; n < sizeof text; n++) {
        uint64_t hash = hash_of(packer, text, n);
        assert_true(hash != hash_of(packer, text, n - 1)); /* zeros at the end count */
        memcpy(copy + 1, text, n);
        assert_true(hash == hash_of(packer, copy + 1, n)); /* wherever it lies */
        for (size_t i = 0; i < n; i++) {
            text[i] ^= 4;
            assert_true(hash != hash_of(packer, text, n));
            text[i] ^= 4;
        }
    }
    packer_free(&packer);
}

static void joined_hashes_know_the_order(void **state)
{
    struct pack_sum a = {.crc = 1, .crc_shift = 1, .hash = 17, .length = 1},
                    b = {.crc = 2, .crc_shift = 1, .hash = 99, .length = 1};

    (void)state;
    assert_true(pack_join(a, b).hash != pack_join(b, a).hash);
    assert_true(pack_join((struct pack_sum){0}, a).hash == a.hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_join),
        cmocka_unit_test(every_length),
        cmocka_unit_test(texts_unlike_those_before),
        cmocka_unit_test(what_does_not_fit_or_is_damaged_is_refused),
        cmocka_unit_test(hashes_tell_texts_apart),
        cmocka_unit_test(joined_hashes_know_the_order),
    };

    return cmocka_run_group_tests(tests, fill, NULL);
}
