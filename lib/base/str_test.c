/* str_test.c - slices at their edges: empty, never set, cut, found, turned into numbers. */
#include "lib/base/str.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;
static const struct str NOTHING; /* {NULL, 0}, what a zeroed struct holds */

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

static void a_slice_that_was_never_set_is_empty(void **state)
{
    struct str rest = NOTHING;
    int64_t number;
    (void)state;

    assert_true(str_equal(NOTHING, STR("")) && str_equal_nocase(NOTHING, STR("")));
    assert_int_equal(str_compare(NOTHING, STR("")), 0);
    assert_true(str_compare(NOTHING, STR("a")) < 0);
    assert_true(str_starts(NOTHING, STR("")) && str_ends(NOTHING, NOTHING) && str_starts(STR("a"), NOTHING));
    assert_false(str_starts(NOTHING, STR("a")) || str_ends(NOTHING, STR("a")));
    assert_int_equal(str_find(NOTHING, STR("a"), 0), -1);
    assert_int_equal(str_find(STR("a"), NOTHING, 0), 0);
    assert_int_equal(str_find_char(NOTHING, 'a', 0), -1);
    assert_int_equal(str_trim(NOTHING).n, 0);
    assert_int_equal(str_cut(&rest, ',').n, 0);
    assert_null(rest.p);
    assert_false(str_to_int(NOTHING, &number));
    assert_int_equal(str_hash(NOTHING, 1), str_hash(STR(""), 1));
    IS(str_copy(arena, NOTHING), "");
    IS(str_join(arena, NOTHING, NOTHING), "");
    IS(str_of(NULL), "");
    IS(str_from(NOTHING, 0), "");
}

static void comparing(void **state)
{
    (void)state;
    assert_true(str_equal_nocase(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_equal_nocase(STR("a"), STR("ab")));
    assert_false(str_equal_nocase(STR("@"), STR("`"))); /* 0x20 apart, but no letters */
    assert_false(str_equal_nocase(STR("Ä"), STR("ä")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(STR("\xff"), STR("a")) > 0); /* bytes, not signed chars */
    assert_true(str_compare(STR("a\0a"), STR("a\0b")) < 0);
}

static void cutting_and_finding(void **state)
{
    struct str s = STR("one,two,,three");
    (void)state;

    IS(str_from(s, 4), "two,,three");
    IS(str_from(s, 14), "");
    IS(str_from(s, 15), "");
    IS(str_head(s, 3), "one");
    IS(str_head(s, 99), "one,two,,three");
    assert_int_equal(str_find(s, STR("t"), 0), 4);
    assert_int_equal(str_find(s, STR("t"), 5), 9);
    assert_int_equal(str_find(s, STR("three"), 9), 9);
    assert_int_equal(str_find(s, STR("threes"), 0), -1);
    assert_int_equal(str_find(s, STR(""), 14), 14);
    assert_int_equal(str_find(s, STR(""), 15), -1);
    assert_int_equal(str_find_char(s, ',', 4), 7);
    assert_int_equal(str_find_char(s, ',', 99), -1);
    IS(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
    IS(str_trim(STR(" \n ")), "");
}

static void every_part_is_visited(void **state)
{
    static const struct {
        const char *whole, *parts;
    } CASES[] = {{"a,b", "[a][b]"}, {"", "[]"}, {",", "[][]"}, {"a,,b,", "[a][][b][]"}, {"a", "[a]"}};
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct str seen = STR("");
        for (struct str rest = str_of(CASES[i].whole); rest.p;) {
            struct str part = str_cut(&rest, ',');
            seen = str_printf(arena, "%.*s[%.*s]", STR_ARG(seen), STR_ARG(part));
        }
        IS(seen, CASES[i].parts);
    }
}

static void numbers(void **state)
{
    static const struct {
        const char *text;
        bool is_one;
        int64_t number;
    } CASES[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1.0", false, 0},
        {"0x1", false, 0},
        {"--1", false, 0},
        {"１", false, 0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t number = 42;
        assert_int_equal(str_to_int(str_of(CASES[i].text), &number), CASES[i].is_one);
        assert_true(number == (CASES[i].is_one ? CASES[i].number : 42));
    }
    IS(str_of_int(arena, INT64_MIN), "-9223372036854775808");
    IS(str_of_int(arena, 0), "0");
}

/* Hashes are stored nowhere, but tests and logs of two machines should agree. */
static void hashes_are_the_same_everywhere(void **state)
{
    (void)state;
    assert_true(str_hash(STR("story:812"), 0) == str_hash(STR("story:812"), 0));
    assert_true(str_hash(STR("story:812"), 0) != str_hash(STR("story:812"), 1));
    assert_true(str_hash(STR("story:812"), 0) != str_hash(STR("story:813"), 0));
    assert_true(str_hash(STR("a\0"), 0) != str_hash(STR("a"), 0));
    assert_true(str_hash(STR("haowai"), 0) == 0x47b514aeee286119u);
}

static void copies_live_on_their_own(void **state)
{
    char text[] = "abc";
    struct str copy = str_copy(arena, str_of(text));
    (void)state;

    text[0] = 'x';
    IS(copy, "abc");
    assert_int_equal(str_join(arena, STR("a"), STR("bc")).n, 3);
    assert_memory_equal(str_cstr(arena, STR("a\0b")), "a\0b", 4);
    IS(str_printf(arena, "%s-%d-%.*s", "x", 7, STR_ARG(copy)), "x-7-abc");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(a_slice_that_was_never_set_is_empty),
        CASE(comparing),
        CASE(cutting_and_finding),
        CASE(every_part_is_visited),
        CASE(numbers),
        CASE(hashes_are_the_same_everywhere),
        CASE(copies_live_on_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
