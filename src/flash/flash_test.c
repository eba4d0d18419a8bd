/* flash_test.c - flash items put up, taken down, expired; where they lead. */
#include "src/flash/flash.h"

#include "src/actions.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

SQL(timers, "SELECT count(*) FROM timer WHERE kind = 'flash_expiry'", .reads = "-");
SQL(due, "SELECT due FROM timer WHERE kind = 'flash_expiry' AND subject = $1", .reads = "-");
SQL(withdraw, "UPDATE article SET listed = 0 WHERE id = $1", .touches = "story:$1");

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    unit_story(paper, 7, -5, 1);
    unit_story(paper, 8, UNIT_UNLISTED, 1);
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
    paper->now.ms += 1000;
    return unit_act(paper, "POST", "/desk/api/flash", "/desk/api/flash", flash_add_action, body);
}

static flashes live(struct tag_set *tags)
{
    struct db_reader *db = unit_read(paper, tags);
    flashes list = {0};

    flash_live(db, FLASH_MOST, &list);
    assert_true(db_read_end(&db));
    return list;
}

static int64_t ask(const struct db_statement *statement, int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t number = db_int(db, statement, ARGS(id), -1);

    db_read_end(&db);
    return number;
}

static void adding(void **state)
{
    struct tag_set tags;
    (void)state;

    struct unit_answer answer = add("{\"text\": \"地震\\n速報\", \"article\": 7, \"hours\": 2}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_touched(&answer, "flash"));
    assert_int_equal(ask(&due, 1), paper->now.ms + 2 * 3600 * 1000);
    add("{\"text\": \"second\", \"url\": \"https://example.org/\", \"until\": \"2025-08-21T15:00:00+08:00\"}");
    add("{\"text\": \"third\"}");
    assert_int_equal(ask(&due, 3), paper->now.ms + (int64_t)FLASH_HOURS * 3600 * 1000);
    flashes list = live(&tags);
    assert_int_equal(list.n, 3);
    assert_true(str_equal(list.at[0].text, STR("third")) && list.at[0].link.n == 0);
    assert_true(str_equal(list.at[1].link, STR("https://example.org/")));
    assert_true(str_equal(list.at[2].text, STR("地震 速報")));
    assert_true(str_equal(list.at[2].link, STR("/news/20250821/7")));
    assert_true(unit_has_tag(&tags, "flash") && unit_has_tag(&tags, "story:7"));
}

static void refusing(void **state)
{
    static const struct {
        const char *body, *field;
    } CASES[] = {
        {"{}", "text"},
        {"{\"text\": \"x\", \"hours\": 0}", "hours"},
        {"{\"text\": \"x\", \"hours\": 2.5}", "hours"},
        {"{\"text\": \"x\", \"hours\": 1000}", "hours"},
        {"{\"text\": \"x\", \"hours\": 1, \"until\": \"2025-08-21 15:00\"}", "until"},
        {"{\"text\": \"x\", \"until\": \"2025-08-21 10:00\"}", "until"},
        {"{\"text\": \"x\", \"until\": \"2026-08-21 10:00\"}", "until"},
        {"{\"text\": \"x\", \"until\": \"tomorrow\"}", "until"},
        {"{\"text\": \"x\", \"article\": 8}", "article"},
        {"{\"text\": \"x\", \"article\": 99}", "article"},
        {"{\"text\": \"x\", \"article\": -1}", "article"},
        {"{\"text\": \"x\", \"article\": 7, \"url\": \"/hot\"}", "url"},
        {"{\"text\": \"x\", \"url\": \"javascript:alert(1)\"}", "url"},
        {"{\"text\": \"x\", \"unti\": \"2025-08-21 15:00\"}", "unti"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct unit_answer answer = add(CASES[i].body);
        const char *field = str_cstr(paper->arena, str_printf(paper->arena, "\"field\":\"%s\"", CASES[i].field));
        if (answer.status != 422 || !unit_says(&answer, field))
            fail_msg("%s: %d %.*s", CASES[i].body, answer.status, STR_ARG(answer.text));
    }
    assert_int_equal(live(NULL).n, 0);
    assert_int_equal(ask(&timers, 0), 0);
}

static void removing_takes_the_timer_along(void **state)
{
    (void)state;
    add("{\"text\": \"one\"}");
    add("{\"text\": \"two\"}");
    struct unit_answer answer =
        unit_act(paper, "DELETE", "/desk/api/flash/{id:int}", "/desk/api/flash/1", flash_remove_action, NULL);
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "flash"));
    assert_int_equal(live(NULL).n, 1);
    assert_int_equal(ask(&timers, 0), 1);
    answer = unit_act(paper, "DELETE", "/desk/api/flash/{id:int}", "/desk/api/flash/1", flash_remove_action, NULL);
    assert_int_equal(answer.status, 404);
}

static void expiring(void **state)
{
    (void)state;
    add("{\"text\": \"one\"}");
    struct db_tx *tx = unit_begin(paper);
    flash_expired(tx, 1);
    assert_true(str_equal(unit_commit(paper, &tx), STR("flash")));
    assert_int_equal(live(NULL).n, 0);
    tx = unit_begin(paper);
    flash_expired(tx, 1); /* a timer that fires twice changes nothing */
    flash_expired(tx, 55);
    assert_int_equal(unit_commit(paper, &tx).n, 0);
}

static void a_withdrawn_story_is_not_linked(void **state)
{
    (void)state;
    add("{\"text\": \"one\", \"article\": 7}");
    struct db_tx *tx = unit_begin(paper);
    db_exec(tx, &withdraw, ARGS(7));
    unit_commit(paper, &tx);
    flashes list = live(NULL);
    assert_true(list.n == 1 && list.at[0].link.n == 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(adding),
        CASE(refusing),
        CASE(removing_takes_the_timer_along),
        CASE(expiring),
        CASE(a_withdrawn_story_is_not_linked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
