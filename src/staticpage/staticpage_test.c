/* staticpage_test.c - pages put, found, listed. */
#include "src/staticpage/staticpage.h"

#include "src/actions.h"
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

static struct unit_answer act_put(const char *path, const char *body)
{
    return unit_act(paper, "PUT", "/desk/api/pages/{slug}", path, static_page_put_action, body);
}

static void the_desk_writes_pages(void **state)
{
    struct static_page page;
    (void)state;

    struct unit_answer answer =
        act_put("/desk/api/pages/about", "{\"title\": \" 關於 \", \"body\": \"## 我們\\n\\n字\", \"place\": 2}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_touched(&answer, "pages") && unit_touched(&answer, "page-slug:about"));
    assert_true(unit_says(&answer, "\"title\":\"關於\"") && unit_says(&answer, "\"url\":\"/page/about\""));
    answer = act_put("/desk/api/pages/about", "{\"title\": \"我們\"}"); /* the others stay */
    assert_int_equal(answer.status, 200);
    struct db_reader *db = unit_read(paper, NULL);
    assert_true(static_page_find_by_slug(db, STR("about"), &page));
    assert_true(str_equal(page.title, STR("我們")) && page.place == 2);
    assert_true(str_find(page.body, STR("\"t\":\"h2\""), 0) > 0);
    db_read_end(&db);
    answer = unit_act(paper, "GET", "/desk/api/pages", "/desk/api/pages", static_page_list_action, NULL);
    assert_int_equal(answer.status, 200);
    assert_true(unit_says(&answer, "\"slug\":\"about\"") && !unit_says(&answer, "h2"));
}

static void the_desk_refuses(void **state)
{
    static const struct {
        const char *path, *body;
        int status;
        const char *says;
    } CASES[] = {
        {"/desk/api/pages/about", "{\"title\": \"x\"}", 422, "is empty"},
        {"/desk/api/pages/about", "{\"body\": \"x\"}", 422, "title"},
        {"/desk/api/pages/about", "{\"title\": \"x\", \"body\": \" \"}", 422, "is empty"},
        {"/desk/api/pages/about", "{\"title\": \"x\", \"body\": 5}", 422, "Markdown"},
        {"/desk/api/pages/about", "{\"title\": \"x\", \"body\": [{\"t\": \"blink\"}]}", 422, "b[0].t"},
        {"/desk/api/pages/about", "{\"title\": \"x\", \"body\": \"x\", \"place\": -1}", 422, "place"},
        {"/desk/api/pages/about", "{\"title\": \"x\", \"body\": \"x\", \"slug\": \"y\"}", 422, "slug"},
        {"/desk/api/pages/About-", "{\"title\": \"x\", \"body\": \"x\"}", 422, "small letters"},
        {"/desk/api/pages/about", "[]", 422, "object"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct unit_answer answer = act_put(CASES[i].path, CASES[i].body);
        if (answer.status != CASES[i].status || !unit_says(&answer, CASES[i].says) || answer.tags.n)
            fail_msg("%s: %d %.*s", CASES[i].body, answer.status, STR_ARG(answer.text));
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(putting_and_finding), CASE(listing), CASE(the_desk_writes_pages),
                                       CASE(the_desk_refuses)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
