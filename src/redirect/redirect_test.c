/* redirect_test.c - which spellings of an old address are the same, and where pages moved twice lead. */
#include "src/redirect/redirect.h"

#include "lib/base/arena.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void keys_are_what_browsers_ask_for(void **state)
{
    static const struct {
        const char *address, *key;
    } CASES[] = {
        {"https://example.org/story.php?id=5", "/story.php?id=5"},
        {"HTTP://EXAMPLE.org/a/B", "/a/B"},
        {"/2020/01/hello/", "/2020/01/hello/"},
        {" /a ", "/a"},
        {"/a#top", "/a"},
        {"/a?#top", "/a"},
        {"/a?", "/a"},
        {"/新聞/1", "/%E6%96%B0%E8%81%9E/1"},
        {"/%e6%96%b0?x=%2f", "/%E6%96%B0?x=%2F"},
        {"/a b", "/a%20b"},
        {"/100%", "/100%"},
        {"/100%zz%4", "/100%zz%4"},
        {"/", NULL},
        {"/?", NULL},
        {"", NULL},
        {"https://example.org", NULL},
        {"https://example.org/", NULL},
        {"ftp://example.org/a", NULL},
        {"story.php", NULL},
        {"//evil.example/a", NULL},
        {"https://example.org//evil.example", NULL},
    };
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct str key = STR("");
        assert_int_equal(redirect_key(arena, str_of(CASES[i].address), &key), CASES[i].key != NULL);
        if (CASES[i].key)
            assert_string_equal(str_cstr(arena, key), CASES[i].key);
    }
    arena_free(&arena);
}

static void addresses_have_a_limit(void **state)
{
    struct arena *arena = arena_new();
    char *text = arena_bytes(arena, REDIRECT_OLD_MOST + 1);
    struct str key;
    (void)state;

    memset(text, 'a', REDIRECT_OLD_MOST + 1);
    text[0] = '/';
    assert_true(redirect_key(arena, (struct str){text, REDIRECT_OLD_MOST}, &key));
    assert_false(redirect_key(arena, (struct str){text, REDIRECT_OLD_MOST + 1}, &key));
    arena_free(&arena);
}

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static const char *leads_to(const char *address)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct redirect redirect;
    const char *answer = "nowhere";

    if (redirect_find(db, str_of(address), &redirect))
        answer = redirect.article ? str_cstr(paper->arena, str_of_int(paper->arena, redirect.article))
                                  : str_cstr(paper->arena, redirect.target);
    assert_true(db_read_end(&db));
    return answer;
}

static void moved_pages_take_their_redirects_along(void **state)
{
    struct db_tx *tx = unit_begin(paper);
    (void)state;

    redirect_to_page(tx, STR("/a"), STR("/b"));
    redirect_to_page(tx, STR("/b"), STR("/c"));
    assert_true(str_equal(unit_commit(paper, &tx), STR("redirects")));
    assert_string_equal(leads_to("/a"), "/c");
    assert_string_equal(leads_to("/b"), "/c");
    assert_string_equal(leads_to("/a/feed.xml"), "/c/feed.xml");
    assert_string_equal(leads_to("/c"), "nowhere");
    tx = unit_begin(paper);
    redirect_to_page(tx, STR("/c"), STR("/a")); /* and back again */
    unit_commit(paper, &tx);
    assert_string_equal(leads_to("/a"), "nowhere");
    assert_string_equal(leads_to("/b"), "/a");
    assert_string_equal(leads_to("/c/feed.json"), "/a/feed.json");
    tx = unit_begin(paper);
    redirect_free(tx, STR("/b"));
    unit_commit(paper, &tx);
    assert_string_equal(leads_to("/b"), "nowhere");
    assert_string_equal(leads_to("/b/atom.xml"), "nowhere");
}

static void stories_are_found_under_any_spelling(void **state)
{
    struct db_tx *tx = unit_begin(paper);
    struct str key;
    (void)state;

    assert_true(redirect_key(paper->arena, STR("https://old.example/新聞?id=7"), &key));
    redirect_to_story(tx, key, 7);
    unit_commit(paper, &tx);
    assert_string_equal(leads_to("/%e6%96%b0%E8%81%9E?id=7"), "7");
    assert_string_equal(leads_to("/新聞?id=7"), "7");
    assert_string_equal(leads_to("/新聞"), "nowhere");
    tx = unit_begin(paper);
    assert_false(redirect_add_untold(tx, key, 8, STR(""))); /* it leads somewhere already */
    assert_int_equal(unit_commit(paper, &tx).n, 0);
    assert_string_equal(leads_to("/新聞?id=7"), "7");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_what_browsers_ask_for),
        cmocka_unit_test(addresses_have_a_limit),
        CASE(moved_pages_take_their_redirects_along),
        CASE(stories_are_found_under_any_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
