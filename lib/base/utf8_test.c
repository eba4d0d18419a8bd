/* utf8_test.c - what is a character, how wide it is, and what a text looks like once it was cleaned. */
#include "lib/base/utf8.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

/* Every code point there is: encoded, decoded, one character long. */
static void every_character_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        size_t at = 0, n = utf8_encode(c, bytes);
        if (c >= 0xd800 && c < 0xe000) {
            assert_int_equal(n, 0);
            continue;
        }
        struct str s = {bytes, n};
        if (utf8_next(s, &at) != c || at != n || utf8_valid_prefix(s) != n || utf8_count(s) != 1)
            fail_msg("U+%04X", c);
    }
    assert_int_equal(utf8_encode(0x110000, (char[4]){0}), 0);
}

static void bytes_that_are_no_characters(void **state)
{
    static const char *const BAD[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xff",
        "\xfe",
        "\xe4\xb8",
        "\xe4",
        "\xf0\x9f\x98",
        "\xe4\xb8\x41",
    };
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        size_t at = 0;
        struct str s = str_of(BAD[i]);
        assert_int_equal(utf8_next(s, &at), UTF8_REPLACEMENT);
        assert_int_equal(at, 1);
        assert_int_equal(utf8_valid_prefix(s), 0);
        assert_int_equal(utf8_valid_prefix(str_join(arena, STR("甲a"), s)), 4);
    }
}

static void cutting_keeps_characters_whole(void **state)
{
    (void)state;
    IS(utf8_first_chars(STR("號外a😀"), 0), "");
    IS(utf8_first_chars(STR("號外a😀"), 3), "號外a");
    IS(utf8_first_chars(STR("號外a😀"), 4), "號外a😀");
    IS(utf8_first_chars(STR("號外"), 99), "號外");
    IS(utf8_first_chars(STR("號\xff外"), 2), "號\xff");
    IS(utf8_shorten(arena, STR("號外號外"), 2), "號外…");
    IS(utf8_shorten(arena, STR("號外"), 2), "號外");
    IS(utf8_shorten(arena, STR(""), 0), "");
    assert_int_equal(utf8_count(STR("號外a😀")), 4);
}

static void widths(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } CASES[] = {{"", 0},   {"abc", 3}, {"號外", 4},      {"，。", 4}, {"ａ１", 4}, {"ｱ", 1},
                 {"　", 2}, {"한", 2},  {"e\xcc\x81", 1}, {"ㄅㄆ", 4}, {"—…", 2},   {"😀", 2}};
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (utf8_width(str_of(CASES[i].text)) != CASES[i].width)
            fail_msg("%s: %zu", CASES[i].text, utf8_width(str_of(CASES[i].text)));
}

static void cleaning(void **state)
{
    static const struct {
        const char *from, *lines, *line;
        size_t removed;
    } CASES[] = {
        {"號外 abc", "號外 abc", "號外 abc", 0},
        {"a\r\nb\rc\nd", "a\nb\nc\nd", "a b c d", 0},
        {"a\tb", "a b", "a b", 0},
        {"a\x01\x1b[31m\x7f", "a[31m", "a[31m", 3},
        {"\xc2\x85\xc2\x9f", "", "", 2},                                 /* C1 */
        {"\xef\xbb\xbf號\xef\xbb\xbf", "號", "號", 2},                   /* byte order marks */
        {"a\xe2\x80\xaetxt.exe\xe2\x81\xa6", "atxt.exe", "atxt.exe", 2}, /* turned around */
        {"a\xe2\x80\xa8"
         "b\xe2\x80\xa9",
         "ab", "ab", 2},                                         /* line and paragraph separators */
        {"\xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf", "", "", 3}, /* non-characters */
        {"a\xff\xe4\xb8"
         "b\xef\xbf\xbd",
         "ab", "ab", 4},
        {"e\xcc\x81", "\xc3\xa9", "\xc3\xa9", 0}, /* composed */
        {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한", "한", 0},
        {"か\xe3\x82\x99", "が", "が", 0},
        {"\xef\xa4\x80", "豈", "豈", 0}, /* a compatibility ideograph is its unified one */
        {"", "", "", 0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t removed = 0;
        IS(utf8_clean(arena, str_of(CASES[i].from), false, &removed), CASES[i].lines);
        if (removed != CASES[i].removed)
            fail_msg("%s: %zu removed", CASES[i].from, removed);
        IS(utf8_clean(arena, str_of(CASES[i].from), true, NULL), CASES[i].line);
        struct str once = utf8_clean(arena, str_of(CASES[i].from), false, NULL);
        assert_ptr_equal(utf8_clean(arena, once, false, NULL).p, once.p); /* clean stays as it is */
    }
    IS(utf8_clean(arena, (struct str){"a\0b", 3}, false, NULL), "ab");
    assert_int_equal(utf8_clean(arena, (struct str){NULL, 0}, true, NULL).n, 0);
}

/* Long runs of marks make normalisation grow; nothing may be cut. */
static void cleaning_long_texts(void **state)
{
    struct str s = STR("");
    (void)state;

    for (int i = 0; i < 12; i++)
        s = str_join(arena, s.n ? s : STR("\xe1\xba\xaa\xef\xac\xb6號"), s.n ? s : STR("e\xcc\x81"));
    struct str clean = utf8_clean(arena, s, false, NULL);
    assert_true(utf8_valid_prefix(clean) == clean.n);
    assert_true(clean.n > 0 && str_equal(utf8_clean(arena, clean, false, NULL), clean));
}

static void kinds_of_characters(void **state)
{
    (void)state;
    assert_true(utf8_is_cjk(0x53f7) && utf8_is_cjk(0x3042) && utf8_is_cjk(0x3105) && utf8_is_cjk(0xff0c));
    assert_false(utf8_is_cjk('a') || utf8_is_cjk(0xe9) || utf8_is_cjk(0x2014));
    assert_true(utf8_is_letter('a') && utf8_is_letter('0') && utf8_is_letter(0x53f7) && utf8_is_letter(0x3105));
    assert_true(utf8_is_letter(0xe9) && utf8_is_letter(0x20000) && utf8_is_letter(0xff11));
    assert_false(utf8_is_letter(' ') || utf8_is_letter(0x3002) || utf8_is_letter(0x1f600) || utf8_is_letter('_'));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(every_character_comes_back),
        CASE(bytes_that_are_no_characters),
        CASE(cutting_keeps_characters_whole),
        CASE(widths),
        CASE(cleaning),
        CASE(cleaning_long_texts),
        CASE(kinds_of_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
