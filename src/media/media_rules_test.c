/* media_rules_test.c - sizes told by headers, whole, cut off and lying; names of files. */
#include "src/media/media_rules.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
#define WEBP "RIFF\x24\0\0\0WEBP"
#define JPEG "\xff\xd8"
#define JFIF "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define FRAME "\xff\xc2\0\x0b\x08\x01\xe0\x02\x80\1\1\x11\0" /* 640 wide, 480 high */
/* Exif, most byte first, one entry: orientation 6 */
#define TURNED                                                                                                         \
    "\xff\xe1\0\x22"                                                                                                   \
    "Exif\0\0MM\0\x2a\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"

static const struct {
    const char *what;
    struct str bytes;
    int64_t width, height; /* 0: unreadable */
} CASES[] = {
    {"png", STR_INIT(PNG "\0\0\x02\x80\0\0\x01\xe0"), 640, 480},
    {"png too wide", STR_INIT(PNG "\0\0\x40\0\0\0\x01\xe0"), 0, 0},
    {"png of no height", STR_INIT(PNG "\0\0\x02\x80\0\0\0\0"), 0, 0},
    {"png negative", STR_INIT(PNG "\xff\xff\xff\xff\0\0\x01\xe0"), 0, 0},
    {"gif", STR_INIT("GIF89a\x80\x02\xe0\x01"), 640, 480},
    {"gif old", STR_INIT("GIF87a\1\0\2\0"), 1, 2},
    {"webp lossy", STR_INIT(WEBP "VP8 \x10\0\0\0\x10\0\0\x9d\x01\x2a\x80\x02\xe0\x41"), 640, 480},
    {"webp between frames", STR_INIT(WEBP "VP8 \x10\0\0\0\x11\0\0\x9d\x01\x2a\x80\x02\xe0\x01"), 0, 0},
    {"webp wrong start", STR_INIT(WEBP "VP8 \x10\0\0\0\x10\0\0\x9d\x01\x2b\x80\x02\xe0\x01"), 0, 0},
    {"webp lossless", STR_INIT(WEBP "VP8L\x10\0\0\0\x2f\x7f\xc2\x77\0"), 640, 480},
    {"webp extended", STR_INIT(WEBP "VP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"), 640, 480},
    {"webp extended too large", STR_INIT(WEBP "VP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xdf\x01\0"), 0, 0},
    {"webp unknown chunk", STR_INIT(WEBP "ALPH\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"), 0, 0},
    {"jpeg", STR_INIT(JPEG JFIF FRAME), 640, 480},
    {"jpeg with fill bytes", STR_INIT(JPEG "\xff\xff\xff" JFIF FRAME), 640, 480},
    {"jpeg with bytes between segments", STR_INIT(JPEG JFIF "x" FRAME), 0, 0},
    {"jpeg on its side", STR_INIT(JPEG JFIF TURNED FRAME), 480, 640},
    {"jpeg without frame",
     STR_INIT(JPEG JFIF "\xff\xda\0\x08"
                        "123456" FRAME),
     0, 0},
    {"jpeg with a segment of length 1", STR_INIT(JPEG "\xff\xe0\0\1" FRAME), 0, 0},
    {"html", STR_INIT("<html><body>picture</body></html>"), 0, 0},
    {"nothing", STR_INIT(""), 0, 0},
};

static void sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct picture picture = {0};
        bool found = picture_read(CASES[i].bytes, &picture);
        if (found != (CASES[i].width != 0) || picture.width != CASES[i].width || picture.height != CASES[i].height)
            fail_msg("%s: %d, %d x %d", CASES[i].what, found, (int)picture.width, (int)picture.height);
    }
}

/* Every shorter head is refused, or is enough already and says the same. */
static void cut_off_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        for (size_t n = 0; n < CASES[i].bytes.n; n++) {
            char *exact = malloc(n ? n : 1); /* so that a read behind the end is seen */
            memcpy(exact, CASES[i].bytes.p, n);
            struct picture picture = {0};
            if (picture_read((struct str){exact, n}, &picture)) {
                assert_int_equal(picture.width, CASES[i].width);
                assert_int_equal(picture.height, CASES[i].height);
            }
            free(exact);
        }
    }
}

static void names(void **state)
{
    static const char *const GOOD[] = {"a.webp", "harbour_2-x.JPG", "a.b.png"};
    static const char *const BAD[] = {"",         ".webp",    "a",       "a.",     "../a.webp",
                                      "a/b.webp", "a b.webp", "港.webp", "a\n.png"};
    (void)state;

    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        assert_true(media_file_is_valid(str_of(GOOD[i])));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(media_file_is_valid(str_of(BAD[i])));
    assert_true(str_equal(media_name_of(STR("a.b.png")), STR("a.b")));
    assert_true(str_equal(media_type_of(STR("a.b.WebP")), STR("image/webp")));
    assert_true(str_equal(media_type_of(STR("film.mp4")), STR("video/mp4")));
    assert_int_equal(media_type_of(STR("webp")).n, 0);
    assert_true(picture_ending_fits(STR("a.JPEG"), PICTURE_JPEG));
    assert_false(picture_ending_fits(STR("a.png"), PICTURE_WEBP));
    assert_true(video_file_fits(STR("a.mp4"), STR("\0\0\0\x18"
                                                  "ftypisom")));
    assert_false(video_file_fits(STR("a.webm"), STR("\0\0\0\x18"
                                                    "ftypisom")));
    assert_true(video_file_fits(STR("a.webm"), STR("\x1a\x45\xdf\xa3")));
    assert_false(video_file_fits(STR("a.mp4"), STR("MZ")));
}

/* Eight photographs that lie in eight ways and are all shown 1800 x 1200. */
static void photographs(void **state)
{
    const char *fixtures = getenv("HAOWAI_FIXTURES");
    struct arena *arena = arena_new();
    int seen = 0;
    (void)state;

    for (int i = 1; fixtures && i <= 8; i++) {
        const char *path = str_cstr(arena, str_printf(arena, "%s/images/Landscape_%d.jpg", fixtures, i));
        int fd = open(path, O_RDONLY);
        if (fd < 0)
            continue;
        struct buf buf = BUF(PICTURE_HEAD_MOST);
        struct picture picture = {0};
        buf_read_fd(&buf, fd);
        close(fd);
        assert_true(picture_read(buf_str(&buf), &picture));
        assert_int_equal(picture.width, 1800);
        assert_int_equal(picture.height, 1200);
        buf_free(&buf);
        seen++;
    }
    if (!seen)
        print_message("skipped: fixtures not there\n");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes),
        cmocka_unit_test(cut_off_heads),
        cmocka_unit_test(names),
        cmocka_unit_test(photographs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
