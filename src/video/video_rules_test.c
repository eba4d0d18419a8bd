/* video_rules_test.c - lengths as people write them. */
#include "lib/base/arena.h"
#include "src/video/video.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void lengths(void **state)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } CASES[] = {{0, "0:00"}, {9, "0:09"}, {187, "3:07"}, {3599, "59:59"}, {3600, "1:00:00"}, {3765, "1:02:45"}};
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(str_cstr(arena, video_length(arena, CASES[i].seconds)), CASES[i].text);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lengths)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
