/* staticpage_test.c - pages put, found, listed. */
#include "src/staticpage/staticpage.h"

#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

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

/* The tags touched. */
static struct str put(const char *slug, const char *title, int64_t place)
{
    struct db_tx *tx = unit_begin(paper);
    struct static_page page = {.slug = str_of(slug),
                               .title = str_of(title),
                               .place = place,
                               .updated = paper->now,
                               .body = STR("{\"v\":1,\"b\":[]}")};

    assert_true(static_page_put(tx, &page) > 0);
    return unit_commit(paper, &tx);
}

static void putting_and_finding(void **state)
{
    struct static_page page;
    struct tag_set tags;
    (void)state;

    assert_true(str_find(put("about", "關於我們", 1), STR("page-slug:about"), 0) >= 0);
    put("about", "About us", 1); /* the page of that slug becomes this one */
    struct db_reader *db = unit_read(paper, &tags);
    assert_true(static_page_find_by_slug(db, STR("about"), &page));
    assert_true(page.id == 1 && str_equal(page.title, STR("About us")) && str_equal(page.url, STR("/page/about")));
    assert_true(static_page_find(db, 1, &page) && page.updated.ms == paper->now.ms && page.body.n > 0);
    assert_false(static_page_find_by_slug(db, STR("terms"), &page));
    assert_true(unit_has_tag(&tags, "page:1") && unit_has_tag(&tags, "page-slug:terms"));
    db_read_end(&db);
}

static void listing(void **state)
{
    struct tag_set tags;
    static_pages pages = {0};
    (void)state;

    put("hidden", "Hidden", 0);
    put("terms", "Terms", 2);
    put("about", "About", 1);
    struct db_reader *db = unit_read(paper, &tags);
    static_pages_list(db, &pages);
    assert_int_equal(pages.n, 3);
    assert_true(str_equal(pages.at[0].slug, STR("about")) && str_equal(pages.at[1].slug, STR("terms")));
    assert_true(pages.at[2].place == 0 && pages.at[0].body.n == 0);
    assert_true(unit_has_tag(&tags, "pages") && unit_has_tag(&tags, "page:3"));
    db_read_end(&db);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(putting_and_finding), CASE(listing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
