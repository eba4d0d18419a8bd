/* unpack_test.c - what was packed comes out again; what is damaged says so after its good part. */
#include "lib/unpack/unpack.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

enum { TEXT_SIZE = 1000000 };

static char text[TEXT_SIZE];
static char packed[2 * TEXT_SIZE];

static int make_text(void **state)
{
    uint32_t seed = 1;
    (void)state;

    for (size_t i = 0; i < TEXT_SIZE; i++) {
        seed = seed * 1103515245 + 12345;
        text[i] = "abcdefgh ijklmn\n"[seed >> 28];
    }
    return 0;
}

static size_t gzip(size_t n, char *out)
{
    z_stream stream = {.next_in = (unsigned char *)text, .avail_in = (unsigned)n};

    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_out = (unsigned char *)out;
    stream.avail_out = TEXT_SIZE;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return TEXT_SIZE - stream.avail_out;
}

static size_t zstd(size_t n, int window_log, char *out)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();

    ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1);
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    ZSTD_inBuffer from = {text, n, 0};
    ZSTD_outBuffer to = {out, TEXT_SIZE, 0};
    while (ZSTD_compressStream2(context, &to, &from, ZSTD_e_end) != 0)
        ;
    ZSTD_freeCCtx(context);
    return to.pos;
}

/* Unpacks a file of these bytes; the outcome that ended it. */
static enum unpack_outcome unpack_all(const char *bytes, size_t n, struct buf *out, char problem[160])
{
    char name[] = "/tmp/haowai-unpack-XXXXXX";
    int fd = mkstemp(name);
    enum unpack_outcome outcome;
    struct str piece;

    unlink(name);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    lseek(fd, 0, SEEK_SET);
    struct unpack *unpack = unpack_open(fd);
    while ((outcome = unpack_next(unpack, &piece)) == UNPACK_BYTES)
        buf_add_str(out, piece);
    snprintf(problem, 160, "%s", unpack_problem(unpack));
    unpack_close(&unpack);
    close(fd);
    return outcome;
}

static void expect_text(const char *bytes, size_t n, size_t expected)
{
    struct buf out = BUF(4 * TEXT_SIZE);
    char problem[160];

    assert_int_equal(unpack_all(bytes, n, &out, problem), UNPACK_END);
    assert_int_equal(out.n, expected);
    assert_true(expected == 0 || memcmp(out.p, text, expected < TEXT_SIZE ? expected : TEXT_SIZE) == 0);
    assert_string_equal(problem, "");
    buf_free(&out);
}

static void all_kinds_come_out_as_they_were(void **state)
{
    (void)state;
    expect_text(text, TEXT_SIZE, TEXT_SIZE);
    expect_text(text, 1, 1);
    expect_text(text, 0, 0);
    expect_text(packed, gzip(TEXT_SIZE, packed), TEXT_SIZE);
    expect_text(packed, gzip(0, packed), 0);
    expect_text(packed, zstd(TEXT_SIZE, 20, packed), TEXT_SIZE);
    expect_text(packed, zstd(TEXT_SIZE, 27, packed), TEXT_SIZE);
    expect_text(packed, zstd(0, 20, packed), 0);
}

static void members_follow_one_another(void **state)
{
    (void)state;
    size_t n = gzip(TEXT_SIZE, packed);
    n += gzip(1000, packed + n);
    expect_text(packed, n, TEXT_SIZE + 1000);
    memset(packed + n, 0, 512);
    expect_text(packed, n + 512, TEXT_SIZE + 1000);
    n = zstd(TEXT_SIZE, 20, packed);
    n += zstd(1000, 20, packed + n);
    expect_text(packed, n, TEXT_SIZE + 1000);
}

static void what_is_cut_off_gives_its_good_part(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        struct buf out = BUF(4 * TEXT_SIZE);
        char problem[160];
        size_t n = kind ? zstd(TEXT_SIZE, 20, packed) : gzip(TEXT_SIZE, packed);
        assert_int_equal(unpack_all(packed, n - 1000, &out, problem), UNPACK_DAMAGED);
        assert_string_equal(problem, "the file ends early: it was cut off");
        assert_true(out.n > TEXT_SIZE / 2 && out.n < TEXT_SIZE);
        assert_memory_equal(out.p, text, out.n);
        buf_free(&out);
    }
}

static void what_is_damaged_says_so(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        struct buf out = BUF(4 * TEXT_SIZE);
        char problem[160];
        size_t n = kind ? zstd(TEXT_SIZE, 20, packed) : gzip(TEXT_SIZE, packed);
        memset(packed + n / 2, 0x55, 600);
        assert_int_equal(unpack_all(packed, n, &out, problem), UNPACK_DAMAGED);
        assert_true(strlen(problem) > 20);
        assert_true(out.n < TEXT_SIZE);
        buf_free(&out);
    }
}

/* A frame that asks for 2 GiB of memory. */
static void a_greedy_window_is_refused(void **state)
{
    static const char frame[] = "\x28\xb5\x2f\xfd\x04\xa8\x01\x00\x00\x41";
    struct buf out = BUF(TEXT_SIZE);
    char problem[160];
    (void)state;

    assert_int_equal(unpack_all(frame, sizeof frame - 1, &out, problem), UNPACK_DAMAGED);
    assert_true(strstr(problem, "memory") != NULL);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_come_out_as_they_were),     cmocka_unit_test(members_follow_one_another),
        cmocka_unit_test(what_is_cut_off_gives_its_good_part), cmocka_unit_test(what_is_damaged_says_so),
        cmocka_unit_test(a_greedy_window_is_refused),
    };
    return cmocka_run_group_tests(tests, make_text, NULL);
}
