/* frame_test.c - numbered pages, stories by day, heads of long lists. */
#include "src/frame/frame.h"

#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    clock_zone("Asia/Taipei");
    arena = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* "1 .. 5 6 [7] 8" */
static const char *links(const struct pager *pager)
{
    struct buf out = BUF(1000);

    for (size_t i = 0; i < pager->links.n; i++) {
        const struct pager_link *link = &pager->links.at[i];
        buf_printf(&out, "%s%s%s%d%s", i ? " " : "", link->gap ? ".. " : "", link->current ? "[" : "",
                   (int)link->number, link->current ? "]" : "");
    }
    const char *text = str_cstr(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void numbers_of_pages(void **state)
{
    static const struct {
        int64_t number, pages;
        const char *links;
    } CASES[] = {
        {1, 1, "[1]"},
        {1, 2, "[1] 2"},
        {2, 2, "1 [2]"},
        {1, 5, "[1] 2 3 4 5"},
        {4, 8, "1 2 3 [4] 5 6 7 8"},
        {5, 9, "1 .. 3 4 [5] 6 7 8 9"},
        {7, 7, "1 .. 5 6 [7]"},
        {1000, 1000, "1 .. 998 999 [1000]"},
        {3, 500, "1 2 [3] 4 5 6 7"}, /* never more ahead, however many were counted */
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct pager pager = pager_make(arena, STR("/latest"), CASES[i].number, CASES[i].pages);
        assert_string_equal(links(&pager), CASES[i].links);
        assert_int_equal(pager.has_pages, CASES[i].pages > 1);
        assert_int_equal(pager.previous_url.n > 0, CASES[i].number > 1);
        assert_int_equal(pager.next_url.n > 0, CASES[i].number < CASES[i].pages);
    }
    struct pager pager = pager_make(arena, STR("/latest"), 2, 3);
    assert_true(str_equal(pager.previous_url, STR("/latest")) && str_equal(pager.next_url, STR("/latest?page=3")));
}

static void stories_by_day(void **state)
{
    story_cards cards = {0};
    day_groups groups = {0};
    (void)state;

    day_groups_make(arena, &cards, &groups);
    assert_int_equal(groups.n, 0);
    LIST_ADD(arena, &cards)->published = moment_of_local(2025, 8, 21, 0, 1, 0);
    LIST_ADD(arena, &cards)->published = moment_of_local(2025, 8, 21, 0, 0, 0);
    LIST_ADD(arena, &cards)->published = moment_of_local(2025, 8, 20, 23, 59, 0);
    LIST_ADD(arena, &cards)->published = moment_of_local(2025, 8, 21, 9, 0, 0); /* published again, listed by then */
    day_groups_make(arena, &cards, &groups);
    assert_int_equal(groups.n, 3);
    assert_int_equal(groups.at[0].stories.n, 2);
    assert_int_equal(groups.at[1].stories.n, 1);
    assert_int_equal(moment_day(groups.at[2].at), 20250821);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(numbers_of_pages),
        CASE(stories_by_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
