/* fixed_files_test.c - media and assets over the wire: validators, ranges, names that must not open. */
#include "tests/unit_small.h"

#include "lib/base/check.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct small_site *small;
static char digits[1000];

static void put_file(const char *name, const void *bytes, size_t n)
{
    int fd = openat(small->media, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
}

static int open_small(void **state)
{
    (void)state;
    small = small_open(&(struct small_options){.workers = 1});
    for (size_t i = 0; i < sizeof digits; i++)
        digits[i] = (char)('0' + i % 10);
    put_file("digits.webp", digits, sizeof digits);
    put_file("empty.png", "", 0);
    put_file("page.html", "<script>", 8);
    put_file(".hidden.png", "x", 1);
    put_file("FILM.MP4", "x", 1);
    return 0;
}

static int close_small(void **state)
{
    (void)state;
    small_close(&small);
    return 0;
}

static struct small_reply get(const char *target, const char *headers)
{
    return small_get(small, target, headers);
}

static void assert_header(const struct small_reply *reply, const char *name, const char *expected)
{
    struct str value = small_header(reply, name);

    if (expected ? !value.p || !str_equal(value, str_of(expected)) : value.p != NULL)
        fail_msg("%s: \"%.*s\" instead of \"%s\"", name, STR_ARG(value), expected ? expected : "");
}

static void a_whole_file(void **state)
{
    struct small_reply reply = get("/media/digits.webp", "");

    (void)state;
    assert_int_equal(reply.status, 200);
    assert_true(str_equal(reply.body, (struct str){digits, sizeof digits}));
    assert_header(&reply, "Content-Type", "image/webp");
    assert_header(&reply, "X-Content-Type-Options", "nosniff");
    assert_header(&reply, "Content-Security-Policy", "default-src 'none'; sandbox");
    assert_header(&reply, "Accept-Ranges", "bytes");
    assert_header(&reply, "Content-Disposition", NULL);
    reply = get("/media/page.html", "");
    assert_header(&reply, "Content-Type", "application/octet-stream");
    assert_header(&reply, "Content-Disposition", "attachment");
    reply = get("/media/FILM.MP4", "");
    assert_header(&reply, "Content-Type", "video/mp4");
    reply = get("/media/empty.png", "");
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.body.n, 0);
}

static void a_head_request(void **state)
{
    int connection = small_connect(small);
    struct small_reply reply = small_ask(connection, small->arena, "HEAD", "/media/digits.webp", "");

    (void)state;
    assert_int_equal(reply.status, 200);
    assert_header(&reply, "Content-Length", "1000");
    reply = small_ask(connection, small->arena, "GET", "/media/digits.webp", "Range: bytes=0-0\r\n");
    assert_true(str_equal(reply.body, STR("0"))); /* nothing of the body came before */
    close(connection);
}

static void ranges(void **state)
{
    static const struct {
        const char *range;
        int status;
        size_t from, n;
        const char *content_range;
    } cases[] = {
        {"bytes=0-0", 206, 0, 1, "bytes 0-0/1000"},
        {"bytes=10-19", 206, 10, 10, "bytes 10-19/1000"},
        {"bytes=990-", 206, 990, 10, "bytes 990-999/1000"},
        {"bytes=990-5000", 206, 990, 10, "bytes 990-999/1000"},
        {"bytes=-1", 206, 999, 1, "bytes 999-999/1000"},
        {"bytes=-5000", 206, 0, 1000, "bytes 0-999/1000"},
        {"bytes=0-", 206, 0, 1000, "bytes 0-999/1000"},
        {"bytes=0-999", 206, 0, 1000, "bytes 0-999/1000"},
        {"bytes=1000-", 416, 0, 0, "bytes */1000"},
        {"bytes=5000-6000", 416, 0, 0, "bytes */1000"},
        {"bytes=-0", 416, 0, 0, "bytes */1000"},
        {"bytes=5-4", 200, 0, 1000, NULL},
        {"bytes=-", 200, 0, 1000, NULL},
        {"bytes=", 200, 0, 1000, NULL},
        {"bytes=a-b", 200, 0, 1000, NULL},
        {"bytes=0-1,5-6", 200, 0, 1000, NULL},
        {"bytes= 0-1", 200, 0, 1000, NULL},
        {"lines=0-1", 200, 0, 1000, NULL},
        {"bytes=0-99999999999999999999", 200, 0, 1000, NULL},
        {"bytes=18446744073709551616-", 200, 0, 1000, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char header[80];
        snprintf(header, sizeof header, "Range: %s\r\n", cases[i].range);
        struct small_reply reply = get("/media/digits.webp", header);
        if (reply.status != cases[i].status)
            fail_msg("%s: %d", cases[i].range, reply.status);
        assert_header(&reply, "Content-Range", cases[i].content_range);
        if (!str_equal(reply.body, (struct str){digits + cases[i].from, cases[i].n}))
            fail_msg("%s: other bytes", cases[i].range);
    }
    struct small_reply reply = get("/media/empty.png", "Range: bytes=0-\r\n");
    assert_int_equal(reply.status, 416);
    reply = get("/media/empty.png", "Range: bytes=-5\r\n");
    assert_int_equal(reply.status, 416);
}

static int status_with(const char *name, struct str value)
{
    const char *header = str_cstr(small->arena, str_printf(small->arena, "%s: %.*s\r\n", name, STR_ARG(value)));

    return get("/media/digits.webp", header).status;
}

static void validators(void **state)
{
    struct small_reply reply = get("/media/digits.webp", "");
    struct str tag = small_header(&reply, "ETag"), date = small_header(&reply, "Last-Modified");
    struct str both = str_printf(small->arena, "%.*s\r\nRange: bytes=0-9", STR_ARG(tag));

    (void)state;
    assert_int_equal(status_with("If-None-Match", tag), 304);
    assert_int_equal(status_with("If-None-Match", str_join(small->arena, STR("\"x\", W/"), tag)), 304);
    assert_int_equal(status_with("If-None-Match", STR("*")), 304);
    assert_int_equal(status_with("If-None-Match", STR("\"x\"")), 200);
    assert_int_equal(status_with("If-Modified-Since", date), 304);
    assert_int_equal(status_with("If-Modified-Since", STR("Thu, 21 Aug 2025 03:19:00 GMT")), 200);
    assert_int_equal(status_with("If-Modified-Since", STR("nonsense")), 200);
    assert_int_equal(status_with("If-Range", both), 206);
    assert_int_equal(status_with("If-Range", STR("\"x\"\r\nRange: bytes=0-9")), 200);
    assert_int_equal(status_with("If-Range", str_join(small->arena, date, STR("\r\nRange: bytes=0-9"))), 206);
    assert_int_equal(status_with("If-None-Match", str_join(small->arena, STR("\"x\"\r\nIf-Modified-Since: "), date)),
                     200);

    put_file("digits.webp", digits, 999); /* replaced under its name */
    assert_int_equal(status_with("If-None-Match", tag), 200);
    put_file("digits.webp", digits, sizeof digits);
}

static void what_must_not_open(void **state)
{
    static const char *const targets[] = {
        "/media/",
        "/media/none.png",
        "/media/.hidden.png",
        "/media/../small.db",
        "/media/%2e%2e/x",
        "/media/..%2fsmall.db",
        "/media/dir",
        "/media/dir/inside.png",
        "/media/link.webp",
        "/media/digits.webp/",
        "/media/pipe.png",
        "/media/digits%2Ewebp",
        "/media",
        "/media//digits.webp",
        "/media/digits.webp%00",
        "/assets/",
        "/assets/small.css",
        "/assets/../pages/500.html",
    };

    (void)state;
    assert_int_equal(mkdirat(small->media, "dir", 0700), 0);
    put_file("dir/inside.png", "x", 1);
    assert_int_equal(symlinkat("digits.webp", small->media, "link.webp"), 0);
    assert_int_equal(mkfifoat(small->media, "pipe.png", 0600), 0);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        int status = get(targets[i], "").status;
        if (status != 404 && status != 400)
            fail_msg("%s: %d", targets[i], status);
    }
    char longest[400] = "/media/";
    memset(longest + 7, 'x', 255);
    assert_int_equal(get(longest, "").status, 404);
    longest[7 + 255] = 'x';
    assert_int_equal(get(longest, "").status, 404);
}

static void assets(void **state)
{
    struct small_reply page = get("/broken", ""); /* its 500 names the style sheet */
    ptrdiff_t at = str_find(page.body, STR("/assets/small."), 0);
    struct str address = str_head(str_from(page.body, (size_t)at), strlen("/assets/small.0123456789ab.css"));
    struct small_reply plain = get(str_cstr(small->arena, address), ""),
                       packed = get(str_cstr(small->arena, address), "Accept-Encoding: gzip\r\n");

    (void)state;
    assert_int_equal(plain.status, 200);
    assert_header(&plain, "Content-Type", "text/css; charset=utf-8");
    assert_header(&plain, "Cache-Control", "public, max-age=31536000, immutable");
    assert_header(&packed, "Content-Encoding", "gzip");
    assert_header(&packed, "Vary", "Accept-Encoding");
    assert_true(str_equal(small_unzip(small->arena, packed.body), plain.body));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file), cmocka_unit_test(a_head_request),     cmocka_unit_test(ranges),
        cmocka_unit_test(validators),   cmocka_unit_test(what_must_not_open), cmocka_unit_test(assets),
    };

    return cmocka_run_group_tests(tests, open_small, close_small);
}
