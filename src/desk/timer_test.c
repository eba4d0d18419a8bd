/* timer_test.c - which timers are due, which is next, and that each fires once. */
#include "src/desk/timer_store.h"

#include "src/flash/flash.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

SQL(add, "INSERT INTO timer (id, due, kind, subject) VALUES ($1, $2, $3, $4)", .touches = "-");
SQL(count, "SELECT count(*) FROM timer", .reads = "-");

static struct unit_paper *paper;

static int set_up(void **state)
{
    (void)state;
    paper = unit_paper_open();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static void set_timer(int64_t id, int64_t due, const char *kind, int64_t subject)
{
    struct db_tx *tx = unit_begin(paper);

    db_exec(tx, &add, ARGS(id, due, str_of(kind), subject));
    unit_commit(paper, &tx);
}

static timers due_at(int64_t ms)
{
    struct db_reader *db = unit_read(paper, NULL);
    timers due = {0};

    timers_due(db, (struct moment){ms}, &due);
    assert_true(db_read_end(&db));
    return due;
}

static int64_t next(void)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t ms = timer_next(db).ms;

    assert_true(db_read_end(&db));
    return ms;
}

static void due_and_next(void **state)
{
    (void)state;
    assert_int_equal(next(), 0);
    set_timer(1, 3000, "flash_expiry", 7);
    set_timer(2, 1000, "publish_due", 8);
    set_timer(3, 500, "of_a_newer_program", 9);
    set_timer(4, 1000, "kicker_expiry", 8);
    assert_int_equal(next(), 1000);
    assert_int_equal(due_at(999).n, 0); /* never early */
    timers due = due_at(1000);
    assert_int_equal(due.n, 2);
    assert_int_equal(due.at[0].id, 2);
    assert_int_equal(due.at[1].id, 4);
    assert_true(str_equal(due.at[0].kind, STR("publish_due")));
    assert_int_equal(due_at(99999).n, 3); /* the unknown kind is nobody's */

    struct db_reader *db = unit_read(paper, NULL);
    assert_int_equal(timers_unknown(db), 1);
    assert_true(db_read_end(&db));
}

static void fires_once(void **state)
{
    (void)state;
    struct db_tx *tx = unit_begin(paper);
    struct flash flash = {.at = paper->now, .text = STR("快訊"), .url = STR("")};
    int64_t id = flash_add(tx, &flash, (struct moment){paper->now.ms + 1000});
    unit_commit(paper, &tx);

    timers due = due_at(paper->now.ms + 1000);
    assert_int_equal(due.n, 1);
    assert_int_equal(due.at[0].subject, id);
    tx = unit_begin(paper);
    assert_true(timer_remove(tx, &due.at[0]));
    timer_fire(tx, &due.at[0], (struct moment){paper->now.ms + 1000});
    assert_string_equal(str_cstr(paper->arena, unit_commit(paper, &tx)), "flash");
    tx = unit_begin(paper);
    assert_false(timer_remove(tx, &due.at[0]));
    assert_int_equal(unit_commit(paper, &tx).n, 0);

    /* its number, given to another one since, is not enough */
    set_timer(due.at[0].id, paper->now.ms + 5000, "flash_expiry", id + 1);
    tx = unit_begin(paper);
    assert_false(timer_remove(tx, &due.at[0]));
    assert_int_equal(db_int(db_tx_reader(tx), &count, NO_ARGS, -1), 1);
    unit_commit(paper, &tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(due_and_next, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fires_once, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
