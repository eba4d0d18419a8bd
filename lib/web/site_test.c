/* site_test.c - the readers' side over a real wire: what is answered, and what is kept. */
#include "tests/unit_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct unit_site *open_small(void)
{
    struct unit_site *site = unit_site_open(&(struct unit_site_options){.workers = 2});

    unit_set_line(site, "first line");
    unit_set_item(site, 1, 1, "One");
    unit_set_item(site, 2, 1, "Two");
    unit_set_item(site, 3, 2, "Three");
    return site;
}

static struct site_counts counts(struct unit_site *site)
{
    struct site_counts out;

    site_counts(site->site, &out);
    return out;
}

static void test_page_is_made_once_and_kept(void **state)
{
    struct unit_site *site = open_small();
    struct unit_reply reply = unit_get(site, "/item/1", "");

    (void)state;
    assert_int_equal(reply.status, 200);
    assert_true(unit_shows(&reply, "<title>One</title>"));
    assert_true(unit_shows(&reply, "line: first line"));
    for (int i = 0; i < 3; i++) {
        struct unit_reply again = unit_get(site, "/item/1", "");
        assert_int_equal(again.status, 200);
        assert_true(str_equal(again.body, reply.body));
    }
    assert_int_equal(counts(site).pages_made, 1);
    assert_int_equal(counts(site).from_cache, 3);
    unit_site_close(&site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_is_made_once_and_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
