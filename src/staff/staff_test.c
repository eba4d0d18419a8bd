/* staff_test.c - people added, found, changed. */
#include "src/staff/staff.h"

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

static struct unit_answer add(const char *body)
{
    return unit_act(paper, "POST", "/desk/api/people", "/desk/api/people", person_add_action, body);
}

static void adding_and_finding(void **state)
{
    struct person person;
    struct tag_set tags;
    (void)state;

    struct unit_answer answer = add("{\"name\": \"張方瑀\", \"role\": \"記者\", \"bio\": \"一\\n二\"}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_touched(&answer, "people") && unit_touched(&answer, "person:1"));
    struct db_reader *db = unit_read(paper, &tags);
    assert_true(person_find_by_name(db, STR("張方瑀"), &person));
    assert_true(str_equal(person.slug, STR("張方瑀")) && str_equal(person.bio, STR("一\n二")));
    assert_true(person_find_by_slug(db, STR("張方瑀"), &person));
    assert_true(str_starts(person.url, STR("/author/%E5")));
    assert_false(person_find_by_slug(db, STR("nobody"), &person)); /* and when somebody comes, that is known */
    assert_true(unit_has_tag(&tags, "people") && unit_has_tag(&tags, "person:1"));
    db_read_end(&db);
}

static void namesakes(void **state)
{
    (void)state;
    add("{\"name\": \"Ana Lee\"}");
    struct unit_answer answer = add("{\"name\": \"Ana Lee\"}");
    assert_true(unit_says(&answer, "ana-lee-2"));
    answer = add("{\"name\": \"Other\", \"slug\": \"ana-lee\"}");
    assert_int_equal(answer.status, 409);
    struct db_tx *tx = unit_begin(paper);
    assert_int_equal(person_named(tx, STR("Ana Lee")), 1);
    assert_int_equal(person_named(tx, STR("New One")), 3);
    assert_int_equal(person_named(tx, STR("new one")), 3);
    assert_int_equal(person_named(tx, STR("??")), 0);
    unit_commit(paper, &tx);
}

static void changing(void **state)
{
    struct person person;
    (void)state;

    add("{\"name\": \"Ana\", \"role\": \"editor\"}");
    struct unit_answer answer = unit_act(paper, "PUT", "/desk/api/people/{id:int}", "/desk/api/people/1",
                                         person_change_action, "{\"name\": \"Anna\"}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "person:1"));
    struct db_reader *db = unit_read(paper, NULL);
    assert_true(person_find(db, 1, &person));
    assert_true(str_equal(person.name, STR("Anna")) && str_equal(person.role, STR("editor")));
    assert_true(str_equal(person.slug, STR("ana")));
    db_read_end(&db);
    answer = unit_act(paper, "PUT", "/desk/api/people/{id:int}", "/desk/api/people/9", person_change_action, "{}");
    assert_int_equal(answer.status, 404);
    answer = unit_act(paper, "PUT", "/desk/api/people/{id:int}", "/desk/api/people/1", person_change_action,
                      "{\"slug\": \"x\"}"); /* addresses do not break */
    assert_int_equal(answer.status, 422);
}

static void listing(void **state)
{
    (void)state;
    add("{\"name\": \"C\"}");
    add("{\"name\": \"A\"}");
    add("{\"name\": \"B\"}");
    struct db_reader *db = unit_read(paper, NULL);
    people list = {0};
    people_list(db, STR("a"), 1, &list);
    assert_int_equal(list.n, 1);
    assert_true(str_equal(list.at[0].name, STR("B")));
    db_read_end(&db);
    struct unit_answer answer =
        unit_act(paper, "GET", "/desk/api/people", "/desk/api/people?limit=2", person_list_action, NULL);
    assert_true(answer.status == 200 && !unit_says(&answer, "\"c\""));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(adding_and_finding), CASE(namesakes), CASE(changing), CASE(listing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
