/* frontpage_desk_test.c - placing stories through the desk, and what it refuses. */
#include "src/actions.h"
#include "src/frontpage/frontpage.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    for (int64_t id = 1; id <= 9; id++)
        unit_story(paper, id, -id, 1);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static struct unit_answer put(const char *path, const char *body)
{
    return unit_act(paper, "PUT", "/desk/api/front/{front:int}/{zone}", path, front_place_action, body);
}

static void placing(void **state)
{
    (void)state;
    struct unit_answer answer = put("/desk/api/front/0/secondary", "{\"stories\": [4, 2]}");
    assert_int_equal(answer.status, 200);
    assert_true(str_equal(answer.tags, STR("front:0")));
    put("/desk/api/front/0/secondary", "{\"stories\": [7]}"); /* takes the place of all that stood there */
    struct db_reader *db = unit_read(paper, NULL);
    front_slots slots = {0};
    front_placed(db, FRONT_HOME, ZONE_SECONDARY, &slots);
    assert_true(slots.n == 1 && slots.at[0].article == 7);
    db_read_end(&db);
    assert_int_equal(put("/desk/api/front/0/secondary", "{\"stories\": []}").status, 200);
    db = unit_read(paper, NULL);
    slots.n = 0;
    front_placed(db, FRONT_HOME, ZONE_SECONDARY, &slots);
    assert_int_equal(slots.n, 0);
    db_read_end(&db);
}

static void refusing(void **state)
{
    static const struct {
        const char *path, *body;
        int status;
    } CASES[] = {
        {"/desk/api/front/5/lead", "{\"stories\": [1]}", 404},
        {"/desk/api/front/0/middle", "{\"stories\": [1]}", 404},
        {"/desk/api/front/0/lead", "{}", 422},
        {"/desk/api/front/0/lead", "{\"stories\": [1, 2]}", 422},
        {"/desk/api/front/0/secondary", "{\"stories\": [1, 2, 3, 4, 5]}", 422},
        {"/desk/api/front/0/secondary", "{\"stories\": [1, 1]}", 422},
        {"/desk/api/front/0/secondary", "{\"stories\": [1, 77]}", 422},
        {"/desk/api/front/0/secondary", "{\"stories\": 1}", 422},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct unit_answer answer = put(CASES[i].path, CASES[i].body);
        if (answer.status != CASES[i].status || answer.tags.n)
            fail_msg("%s %s: %d %.*s", CASES[i].path, CASES[i].body, answer.status, STR_ARG(answer.text));
    }
}

static void listing(void **state)
{
    (void)state;
    put("/desk/api/front/0/lead", "{\"stories\": [3]}");
    struct unit_answer answer =
        unit_act(paper, "GET", "/desk/api/front/{front:int}", "/desk/api/front/0", front_list_action, NULL);
    assert_int_equal(answer.status, 200);
    assert_int_equal(unit_int(paper, &answer, "article"), 3);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(placing), CASE(refusing), CASE(listing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
