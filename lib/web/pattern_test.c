/* pattern_test.c - paths that match patterns, and many that must not. */
#include "lib/base/arena.h"
#include "lib/web/address.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *pattern, *path;
    const char *values; /* separated by spaces; NULL: does not match */
} CASES[] = {
    {"/", "/", ""},
    {"/", "", NULL},
    {"/latest", "/latest", ""},
    {"/latest", "/latest/", NULL},
    {"/latest", "/lates", NULL},
    {"/latest", "/latest2", NULL},
    {"/latest", "/Latest", NULL},
    {"/news/{day:int}/{id:int}", "/news/20250821/7", "20250821 7"},
    {"/news/{day:int}/{id:int}", "/news/20250821/7/", NULL},
    {"/news/{day:int}/{id:int}", "/news/20250821/", NULL},
    {"/news/{day:int}/{id:int}", "/news//7", NULL},
    {"/news/{day:int}/{id:int}", "/news/20250821", NULL},
    {"/item/{id:int}", "/item/0", "0"},
    {"/item/{id:int}", "/item/00", NULL},
    {"/item/{id:int}", "/item/07", NULL},
    {"/item/{id:int}", "/item/-7", NULL},
    {"/item/{id:int}", "/item/+7", NULL},
    {"/item/{id:int}", "/item/7x", NULL},
    {"/item/{id:int}", "/item/%37", NULL},
    {"/item/{id:int}", "/item/999999999999999999", "999999999999999999"},
    {"/item/{id:int}", "/item/1000000000000000000", NULL},
    {"/item/{id:int}.json", "/item/12.json", "12"},
    {"/item/{id:int}.json", "/item/12.xml", NULL},
    {"/{section}/feed.xml", "/sports/feed.xml", "sports"},
    {"/{section}/feed.xml", "//feed.xml", NULL},
    {"/{section}/feed.xml", "/a/b/feed.xml", NULL},
    {"/map-{year:int}-{month:int}.xml", "/map-2025-8.xml", "2025 8"},
    {"/keyword/{name}", "/keyword/%E5%8F%B0%E7%81%A3", "台灣"},
    {"/keyword/{name}", "/keyword/a+b", "a+b"},
    {"/keyword/{name}", "/keyword/a%2Fb", "a/b"},
    {"/keyword/{name}", "/keyword/%E5%8F", NULL}, /* half a character */
    {"/keyword/{name}", "/keyword/%0A", NULL},    /* a control */
    {"/keyword/{name}", "/keyword/%00", NULL},
    {"/keyword/{name}", "/keyword/%4", NULL},
    {"/keyword/{name}", "/keyword/%", NULL},
    {"/{a}/{b}/{c}/{d}", "/1/2/3/4", "1 2 3 4"},
};

static struct str shown(struct arena *arena, const char *pattern, const struct pattern_values *values)
{
    struct str all = STR("");
    int place = 0;

    for (const char *p = strchr(pattern, '{'); p; p = strchr(p + 1, '{'), place++) {
        const char *close = strchr(p, '}');
        struct str one =
            close[-1] == 't' && close[-4] == ':' ? str_of_int(arena, values->number[place]) : values->text[place];
        all = str_join(arena, place ? str_join(arena, all, STR(" ")) : all, one);
    }
    return all;
}

static void matching(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct pattern_values values = {0};
        bool matched = pattern_match(CASES[i].pattern, str_of(CASES[i].path), arena, &values);
        if (matched != (CASES[i].values != NULL))
            fail_msg("%s against %s", CASES[i].path, CASES[i].pattern);
        if (matched && !str_equal(shown(arena, CASES[i].pattern, &values), str_of(CASES[i].values)))
            fail_msg("%s against %s: wrong values", CASES[i].path, CASES[i].pattern);
    }
    arena_free(&arena);
}

static void without_an_arena_texts_stay_encoded(void **state)
{
    struct pattern_values values = {0};

    (void)state;
    assert_true(pattern_match("/keyword/{name}", STR("/keyword/%E5%8F"), NULL, &values));
    assert_true(str_equal(values.text[0], STR("%E5%8F")));
}

static void places(void **state)
{
    (void)state;
    assert_int_equal(pattern_place("/news/{day:int}/{id:int}", "day"), 0);
    assert_int_equal(pattern_place("/news/{day:int}/{id:int}", "id"), 1);
    assert_int_equal(pattern_place("/news/{day:int}/{id:int}", "i"), -1);
    assert_int_equal(pattern_place("/news/{day:int}/{id:int}", "news"), -1);
    assert_int_equal(pattern_place("/", "id"), -1);
}

/* --- addresses ----------------------------------------------------------------- */

static void queries_keep_what_is_declared(void **state)
{
    static const char *const cases[][3] = {
        /* declared, asked, kept */
        {"page tag", "page=2", "page=2"},
        {"page tag", "tag=a&page=2", "page=2&tag=a"},
        {"page tag", "fbclid=1&page=2&utm_source=x", "page=2"},
        {"page tag", "page=2&page=3", "page=2"},
        {"page tag", "page", "page="},
        {"page tag", "Page=2", ""},
        {"page tag", "xpage=2&page2=1", ""},
        {"page tag", "&&=&page=1", "page=1"},
        {"page", "", ""},
        {"", "page=1", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF(100);
        address_query(cases[i][0], str_of(cases[i][1]), &out);
        if (!str_equal(buf_str(&out), str_of(cases[i][2])))
            fail_msg("%s: \"%.*s\" instead of \"%s\"", cases[i][1], STR_ARG(buf_str(&out)), cases[i][2]);
        buf_free(&out);
    }
}

static void spellings(void **state)
{
    static const char *const cases[][2] = {
        {"/latest/", "/latest"},
        {"//latest", "/latest"},
        {"/", "/"},
        {"///", "/"},
        {"/a//b///", "/a/b"},
        {"/%e5%8f%b0", "/%E5%8F%B0"},
        {"/%61", "/a"},
        {"/a%2Fb", "/a%2Fb"},
        {"/a/./b", NULL},
        {"/a/../b", NULL},
        {"/a/%2e%2E/b", NULL},
        {"/%", NULL},
        {"/%ff", NULL},
        {"/%0d%0aSet-Cookie:x", NULL},
        {"//evil.example/x/", "/evil.example/x"},
        {"/\\evil.example/", "/%5Cevil.example"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str out;
        bool has = address_respell(arena, str_of(cases[i][0]), &out);
        if (has != (cases[i][1] != NULL) || (has && !str_equal(out, str_of(cases[i][1]))))
            fail_msg("%s", cases[i][0]);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matching),  cmocka_unit_test(without_an_arena_texts_stay_encoded),
        cmocka_unit_test(places),    cmocka_unit_test(queries_keep_what_is_declared),
        cmocka_unit_test(spellings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
