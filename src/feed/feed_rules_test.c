/* feed_rules_test.c - languages and windows at their borders. */
#include "src/feed/feed_rules.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void languages_as_news_maps_name_them(void **state)
{
    static const struct {
        const char *language, *name;
    } CASES[] = {{"zh-Hant", "zh-tw"}, {"zh-Hant-HK", "zh-tw"}, {"zh-TW", "zh-tw"}, {"zh-HK", "zh-tw"},
                 {"zh-Hans", "zh-cn"}, {"zh-CN", "zh-cn"},      {"zh-SG", "zh-cn"}, {"zh", "zh"},
                 {"en", "en"},         {"en-US", "en"},         {"EN-gb", "en"},    {"", ""}};
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(str_cstr(arena, news_language(arena, str_of(CASES[i].language))), CASES[i].name);
    arena_free(&arena);
}

static void two_days_are_recent(void **state)
{
    const struct moment newest = {1000000000000}, two_days = {newest.ms - 48 * 3600 * 1000};
    (void)state;

    assert_true(news_is_recent(newest, newest));
    assert_true(news_is_recent(two_days, newest));
    assert_false(news_is_recent((struct moment){two_days.ms - 1}, newest));
}

static void durations_search_engines_take(void **state)
{
    (void)state;
    assert_int_equal(video_map_seconds(0), 0);
    assert_int_equal(video_map_seconds(1), 1);
    assert_int_equal(video_map_seconds(28800), 28800);
    assert_int_equal(video_map_seconds(28801), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(languages_as_news_maps_name_them),
                                       cmocka_unit_test(two_days_are_recent),
                                       cmocka_unit_test(durations_search_engines_take)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
