/* section_test.c - sections added, renamed and ordered; what each refuses; where old addresses lead. */
#include "src/section/section.h"

#include "src/actions.h"
#include "src/redirect/redirect.h"
#include "src/section/section_rules.h"
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

static struct unit_answer add(const char *body)
{
    return unit_act(paper, "POST", "/desk/api/sections", "/desk/api/sections", section_add_action, body);
}

static struct unit_answer change(const char *path, const char *body)
{
    return unit_act(paper, "PUT", "/desk/api/sections/{id:int}", path, section_change_action, body);
}

static struct unit_answer order(const char *body)
{
    return unit_act(paper, "PUT", "/desk/api/sections/order", "/desk/api/sections/order", section_order_action, body);
}

static void adding(void **state)
{
    (void)state;
    struct unit_answer answer = add("{\"name\": \" 國際 \", \"description\": \"世界\"}");
    assert_int_equal(answer.status, 201);
    assert_int_equal(unit_int(paper, &answer, "id"), 1);
    assert_true(unit_says(&answer, "\"slug\":\"國際\"") && unit_says(&answer, "/section/%E5%9C%8B%E9%9A%9B"));
    assert_true(unit_touched(&answer, "sections"));
    answer = add("{\"name\": \"社會\", \"slug\": \"society\"}");
    assert_int_equal(unit_int(paper, &answer, "place"), 2);
    struct db_reader *db = unit_read(paper, NULL);
    struct section first;
    assert_true(section_default(db, &first) && first.id == 1);
    db_read_end(&db);
}

static void refusing(void **state)
{
    static const struct {
        const char *body;
        int status;
        const char *field;
    } CASES[] = {
        {"{}", 422, "name"},
        {"[]", 422, ""},
        {"{\"name\": \"\"}", 422, "name"},
        {"{\"name\": 5}", 422, "name"},
        {"{\"name\": \"a\", \"colour\": \"red\"}", 422, "colour"},
        {"{\"name\": \"b\", \"slug\": \"B B\"}", 422, "slug"},
        {"{\"name\": \"!!\"}", 422, "slug"},
        {"{\"name\": \"World\"}", 409, "name"},
        {"{\"name\": \"Another\", \"slug\": \"world\"}", 409, "slug"},
        {"{\"name\": \"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\"}", 422,
         "name"},
    };
    (void)state;

    add("{\"name\": \"World\"}");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct unit_answer answer = add(CASES[i].body);
        const char *field = str_cstr(paper->arena, str_printf(paper->arena, "\"field\":\"%s\"", CASES[i].field));
        if (answer.status != CASES[i].status || (*CASES[i].field && !unit_says(&answer, field)))
            fail_msg("%s: %d %.*s", CASES[i].body, answer.status, STR_ARG(answer.text));
    }
    assert_int_equal(add(NULL).status, 422);
}

static const char *leads_to(const char *old)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct redirect redirect = {.target = STR("")};

    redirect_find(db, str_of(old), &redirect);
    db_read_end(&db);
    return str_cstr(paper->arena, redirect.target);
}

static void renaming_leaves_redirects(void **state)
{
    (void)state;
    add("{\"name\": \"World\"}");
    struct unit_answer answer = change("/desk/api/sections/1", "{\"slug\": \"globe\"}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "sections") && unit_touched(&answer, "redirects"));
    assert_string_equal(leads_to("/section/world"), "/section/globe");
    assert_string_equal(leads_to("/section/world/feed.xml"), "/section/globe/feed.xml");
    change("/desk/api/sections/1", "{\"slug\": \"planet\"}");
    assert_string_equal(leads_to("/section/world"), "/section/planet");
    assert_string_equal(leads_to("/section/globe"), "/section/planet");
    change("/desk/api/sections/1", "{\"slug\": \"world\"}"); /* back: no redirect leads away from it */
    assert_string_equal(leads_to("/section/world"), "");
    assert_string_equal(leads_to("/section/globe"), "/section/world");
    assert_string_equal(leads_to("/section/planet/atom.xml"), "/section/world/atom.xml");
}

static void renaming_only_the_name(void **state)
{
    (void)state;
    add("{\"name\": \"World\", \"description\": \"d\"}");
    struct unit_answer answer = change("/desk/api/sections/1", "{\"name\": \"Globe\"}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_says(&answer, "\"slug\":\"world\"") && unit_says(&answer, "\"description\":\"d\""));
    assert_false(unit_touched(&answer, "redirects"));
    assert_int_equal(change("/desk/api/sections/7", "{\"name\": \"x\"}").status, 404);
    assert_int_equal(change("/desk/api/sections/1", "{\"slug\": \"\"}").status, 422);
}

static void ordering(void **state)
{
    (void)state;
    add("{\"name\": \"A\"}");
    add("{\"name\": \"B\"}");
    add("{\"name\": \"C\"}");
    assert_int_equal(order("{\"sections\": [3, 1]}").status, 422);
    assert_int_equal(order("{\"sections\": [3, 1, 1]}").status, 422);
    assert_int_equal(order("{\"sections\": [3, 1, 2, 4]}").status, 422);
    assert_int_equal(order("{\"sections\": \"3 1 2\"}").status, 422);
    struct unit_answer answer = order("{\"sections\": [3, 1, 2]}");
    assert_int_equal(answer.status, 200);
    struct db_reader *db = unit_read(paper, NULL);
    sections all = {0};
    sections_list(db, &all);
    assert_int_equal(all.n, 3);
    assert_true(all.at[0].id == 3 && all.at[1].id == 1 && all.at[2].id == 2);
    db_read_end(&db);
}

static void naming_for_imports(void **state)
{
    (void)state;
    struct db_tx *tx = unit_begin(paper);
    int64_t world = section_named(tx, STR("World News"));
    assert_int_equal(section_named(tx, STR(" World News ")), world);
    assert_int_equal(section_named(tx, STR("world news")), world); /* the same slug */
    assert_int_equal(section_named(tx, STR("!")), 0);
    for (int i = 1; i < SECTION_MOST; i++)
        assert_int_not_equal(section_named(tx, str_printf(paper->arena, "s%d", i)), 0);
    assert_int_equal(section_named(tx, STR("one too many")), 0);
    unit_commit(paper, &tx);
    assert_int_equal(add("{\"name\": \"one too many\"}").status, 409);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(adding),   CASE(refusing),           CASE(renaming_leaves_redirects), CASE(renaming_only_the_name),
        CASE(ordering), CASE(naming_for_imports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
