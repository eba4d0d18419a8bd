/* access_log_test.c - lines as they come out, addresses shortened. */
#include "src/edge/access_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const char *network(const char *address)
{
    static char text[100];
    struct buf out = BUF(sizeof text - 1);

    network_of(&out, str_of(address));
    memcpy(text, out.p, out.n);
    text[out.n] = '\0';
    buf_free(&out);
    return text;
}

static void networks(void **state)
{
    (void)state;
    assert_string_equal(network("203.0.113.77"), "203.0.113.0");
    assert_string_equal(network("2001:db8:1:2::3"), "2001:db8:1::");
    assert_string_equal(network("::1"), "::");
    assert_string_equal(network("local"), "local");
    assert_string_equal(network("no address"), "\"no address\"");
    assert_string_equal(network("0000000000000000000000000000000000000000000000000000000000000000000"), "?");
}

/* What comes out on standard error meanwhile. */
static struct str logged(struct access_log *log, const struct http_request *request, char *room, size_t size)
{
    int ends[2], before = dup(STDERR_FILENO);

    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    access_log_add(log, 1, request, 200, 9120, 41);
    access_log_flush(log);
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[1]);
    ssize_t n = read(ends[0], room, size);
    close(ends[0]);
    return (struct str){room, n > 0 ? (size_t)n : 0};
}

static void lines(void **state)
{
    struct access_log *log = access_log_new(2);
    struct http_header headers[] = {{STR("user-agent"), STR("a \"b\" \\ \x1b[31m\n")}};
    struct http_request request = {.method = HTTP_HEAD,
                                   .target = STR("/news/20251124/812?x=1"),
                                   .client = STR("203.0.113.7"),
                                   .headers = headers,
                                   .header_count = 1};
    char room[1000];

    (void)state;
    struct str line = logged(log, &request, room, sizeof room);
    struct str rest = str_from(line, (size_t)str_find(line, STR(" level="), 0));
    assert_true(str_starts(line, STR("time=20")));
    assert_true(str_equal(rest, STR(" level=notice role=edge event=request client=203.0.113.0 method=HEAD"
                                    " target=\"/news/20251124/812?x=1\" status=200 bytes=9120 us=41"
                                    " agent=\"a \\\"b\\\" \\\\ \\x1b[31m\\n\"\n")));
    line = logged(log, &request, room, sizeof room);
    assert_int_equal(str_find(line, STR("time="), 1), -1); /* each line once */
    access_log_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(networks), cmocka_unit_test(lines)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
