/* slug_test.c - what is a slug, and what becomes one. */
#include "src/section/slug.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void valid_slugs(void **state)
{
    static const char *const GOOD[] = {"world", "taipei-101", "國際", "國際-2", "é", "a", "हिन्दी"};
    static const char *const BAD[] = {"",    "-",   "-a", "a-",   "a--b",     "A",   "a b",        "a/b",
                                      "a.b", "a_b", "É",  "\xff", "「國際」", "a\n", "國際　焦點", "%20"};
    (void)state;

    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        assert_true(slug_is_valid(str_of(GOOD[i])));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(slug_is_valid(str_of(BAD[i])));
}

static void slugs_of_names(void **state)
{
    static const struct {
        const char *name, *slug;
    } CASES[] = {
        {"World News", "world-news"},
        {"國際焦點", "國際焦點"},
        {"  A&B -- c!  ", "a-b-c"},
        {"【影音】Taipei 101", "影音-taipei-101"},
        {"!?", ""},
        {"", ""},
        {"ÉTÉ", "été"},
    };
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(str_cstr(arena, slug_of_name(arena, str_of(CASES[i].name))), CASES[i].slug);
    arena_free(&arena);
}

static void long_names_give_valid_slugs(void **state)
{
    struct arena *arena = arena_new();
    char *name = arena_bytes(arena, 4000);
    (void)state;

    for (int step = 1; step <= 5; step++) { /* a gap after every `step` letters */
        for (int i = 0; i < 4000; i++)
            name[i] = i % (step + 1) == step ? ' ' : 'x';
        assert_true(slug_is_valid(slug_of_name(arena, (struct str){name, 4000})));
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_slugs),
        cmocka_unit_test(slugs_of_names),
        cmocka_unit_test(long_names_give_valid_slugs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
