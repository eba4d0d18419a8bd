/* buf_test.c - a buffer grows to its maximum, to the last byte, and no further. */
#include "lib/base/buf.h"

#include "lib/base/arena.h"
#include "lib/base/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#define IS(buf, expected)                                                                                              \
    do {                                                                                                               \
        assert_int_equal((buf)->n, strlen(expected));                                                                  \
        assert_memory_equal(buf_str(buf).p, expected, strlen(expected));                                               \
    } while (0)

static void holds_what_was_added(void **state)
{
    struct buf buf = BUF(1000);
    (void)state;

    IS(&buf, "");
    buf_add(&buf, NULL, 0);
    buf_add_str(&buf, STR("甲"));
    buf_add_char(&buf, '-');
    buf_add_int(&buf, 0);
    buf_add_int(&buf, INT64_MIN);
    buf_add_int(&buf, INT64_MAX);
    buf_printf(&buf, "%s%d", "x", 5);
    IS(&buf, "甲-0-92233720368547758089223372036854775807x5");
    assert_false(buf.overflow);
    buf_clear(&buf);
    IS(&buf, "");
    buf_free(&buf);
    assert_null(buf.p);
    buf_add_char(&buf, 'a'); /* it may be used again */
    IS(&buf, "a");
    buf_free(&buf);
}

static void the_last_byte_fits(void **state)
{
    struct buf buf = BUF(3);
    (void)state;

    buf_add_str(&buf, STR("abc"));
    assert_false(buf.overflow);
    buf_clear(&buf);
    buf_printf(&buf, "%s", "abc");
    assert_false(buf.overflow);
    IS(&buf, "abc");
    buf_free(&buf);
}

/* Nothing half: what does not fit is left out, and so is all that follows. */
static void overflow_is_for_good(void **state)
{
    struct buf buf = BUF(3);
    (void)state;

    buf_add_str(&buf, STR("ab"));
    buf_add_str(&buf, STR("cd"));
    assert_true(buf.overflow);
    IS(&buf, "ab");
    buf_add_char(&buf, 'c');
    buf_printf(&buf, "c");
    buf_add_int(&buf, 1);
    IS(&buf, "ab");
    assert_false(buf_reserve(&buf, 0));
    buf_clear(&buf);
    assert_false(buf.overflow);
    buf_printf(&buf, "%s", "abcd");
    assert_true(buf.overflow);
    IS(&buf, "");
    assert_false(buf_reserve(&buf, SIZE_MAX));
    buf_free(&buf);
}

static void grows(void **state)
{
    struct buf buf = BUF(1 << 20);
    (void)state;

    for (int i = 0; i < 1 << 20; i++)
        buf_add_char(&buf, (char)('a' + i % 26));
    assert_false(buf.overflow);
    assert_int_equal(buf.n, 1 << 20);
    for (int i = 0; i < 1 << 20; i += 997)
        assert_int_equal(buf.p[i], 'a' + i % 26);
    buf_add_char(&buf, 'x');
    assert_true(buf.overflow);
    buf_free(&buf);
}

static void reads_a_file(void **state)
{
    struct buf buf = BUF(100000), little = BUF(10);
    char bytes[50000];
    FILE *file = tmpfile();
    (void)state;

    assert_non_null(file);
    memset(bytes, 'x', sizeof bytes);
    assert_int_equal(fwrite(bytes, 1, sizeof bytes, file), sizeof bytes);
    fflush(file);
    assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
    assert_true(buf_read_fd(&buf, fileno(file)));
    assert_int_equal(buf.n, sizeof bytes);
    assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
    assert_true(buf_read_fd(&little, fileno(file)));
    assert_true(little.overflow);
    fclose(file);
    assert_false(buf_read_fd(&buf, -1));
    buf_free(&buf);
    buf_free(&little);
}

/* --- values in lines of the log ---------------------------------------------------- */

static void a_value_cannot_forge_a_line(void **state)
{
    static const struct {
        const char *value, *written;
    } CASES[] = {
        {"plain-1.2/x", "plain-1.2/x"},
        {"", "\"\""},
        {"a b", "\"a b\""},
        {"a=b", "\"a=b\""},
        {"say \"hi\"\\", "\"say \\\"hi\\\"\\\\\""},
        {"a\nlevel=error", "\"a\\nlevel=error\""},
        {"\x1b[31m\r\x7f", "\"\\x1b[31m\\x0d\\x7f\""},
        {"號外", "號外"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buf line = BUF(200);
        log_add_value(&line, str_of(CASES[i].value));
        IS(&line, CASES[i].written);
        buf_free(&line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_what_was_added), cmocka_unit_test(the_last_byte_fits),
        cmocka_unit_test(overflow_is_for_good), cmocka_unit_test(grows),
        cmocka_unit_test(reads_a_file),         cmocka_unit_test(a_value_cannot_forge_a_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
