/* site_test.c - the readers' side over a real wire: what is answered, and what is kept. */
#include "tests/unit_small.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct small_site *open_small(void)
{
    struct small_site *site = small_open(&(struct small_options){.workers = 2});

    small_set_line(site, "first line");
    small_set_item(site, 1, 1, "One");
    small_set_item(site, 2, 1, "Two");
    small_set_item(site, 3, 2, "Three");
    return site;
}

static struct site_counts counts(struct small_site *site)
{
    struct site_counts out;

    site_counts(site->site, &out);
    return out;
}

static void test_page_is_made_once_and_kept(void **state)
{
    struct small_site *site = open_small();
    struct small_reply reply = small_get(site, "/item/1", "");

    (void)state;
    assert_int_equal(reply.status, 200);
    assert_true(small_shows(&reply, "<title>One</title>"));
    assert_true(small_shows(&reply, "line: first line"));
    for (int i = 0; i < 3; i++) {
        struct small_reply again = small_get(site, "/item/1", "");
        assert_int_equal(again.status, 200);
        assert_true(str_equal(again.body, reply.body));
    }
    assert_int_equal(counts(site).pages_made, 1);
    assert_int_equal(counts(site).from_cache, 3);
    small_close(&site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_is_made_once_and_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
