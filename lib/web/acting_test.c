/* acting_test.c - transactions of actions: done, refused, failed, asked twice, and in what order they are told. */
#include "lib/web/acting.h"

#include "lib/web/operation.h"
#include "tests/unit_paper.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

SQL(put, "INSERT INTO redirect (old, article, target) VALUES ($1, 0, $2)", .touches = "redirect:$1");
SQL(count, "SELECT count(*) FROM redirect", .reads = "-");
SQL(operations, "SELECT count(*) FROM operation", .reads = "-");
SQL(broken, "INSERT INTO redirect (old, article, target) VALUES ('twice', 0, ''), ('twice', 0, '')", .touches = "-");

static struct unit_paper *paper;
static struct acting *acting;

/* What was told, in order. */
static struct {
    int n;
    uint64_t last;
    bool in_order;
    struct str tags;
} told;

static void note(void *context, const struct db_change *change)
{
    (void)context;
    told.n++;
    told.tags = change->tags;
    if (change->sequence) {
        told.in_order &= change->sequence == told.last + 1;
        told.last = change->sequence;
    }
}

struct number {
    int64_t number;
};
static const struct fields NUMBER_FIELDS = FIELDS(struct number, FIELD(struct number, number));

static void put_action(struct action *a)
{
    struct str old = json_member_text(a->body, "old", STR(""));

    db_exec(a->tx, &put, ARGS(old, action_param(a, "target")));
    if (old.n == 0)
        action_refuse(a, 422, "old", "is missing; give a path");
    else
        action_answer(a, 201, &NUMBER_FIELDS, &(struct number){(int64_t)old.n});
}

static void count_action(struct action *a)
{
    struct number number = {db_int(a->db, &count, NO_ARGS, -1) + action_query_int(a, "plus", 0)};

    assert_null(a->tx);
    action_answer(a, 200, &NUMBER_FIELDS, &number);
}

static void broken_action(struct action *a)
{
    db_exec(a->tx, &broken, NO_ARGS);
    action_answer(a, 200, &NUMBER_FIELDS, &(struct number){1});
}

static void query_action(struct action *a)
{
    action_refuse(a, 404, NULL, "[%.*s] %d <>", STR_ARG(action_query(a, "q")), (int)action_param_int(a, "id"));
}

static const struct action_route ROUTES[] = {
    {"POST", "/put/{target}", put_action},
    {"GET", "/count", count_action},
    {"POST", "/broken", broken_action},
    {"GET", "/query/{id:int}", query_action},
    {NULL, NULL, NULL},
};

static int set_up(void **state)
{
    (void)state;
    paper = unit_paper_open();
    acting =
        acting_new(&(struct acting_config){.routes = ROUTES, .db = paper->app.db, .app = &paper->app, .tell = note});
    told.n = 0;
    told.last = 0;
    told.in_order = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    acting_free(&acting);
    unit_paper_close(&paper);
    return 0;
}

static struct act_answer ask(const char *method, const char *path, const char *query, const char *body, const char *key)
{
    return act(acting, paper->arena,
               &(struct act){.method = str_of(method),
                             .path = str_of(path),
                             .query = str_of(query),
                             .body = str_of(body),
                             .key = str_of(key),
                             .who = STR("test")});
}

static bool says(struct act_answer answer, const char *part)
{
    return str_find(answer.body, str_of(part), 0) >= 0;
}

static int64_t rows(const struct db_statement *statement)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t n = db_int(db, statement, NO_ARGS, -1);

    assert_true(db_read_end(&db));
    return n;
}

static void commits_and_tells(void **state)
{
    (void)state;
    struct act_answer answer = ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "");

    assert_int_equal(answer.status, 201);
    assert_true(says(answer, "{\"number\":2}"));
    assert_int_equal(rows(&count), 1);
    assert_int_equal(told.n, 1);
    assert_true(str_equal(told.tags, STR("redirect:/a")));
    answer = ask("GET", "/count", "plus=10", "", "");
    assert_true(says(answer, "{\"number\":11}"));
    assert_int_equal(told.n, 1);
}

static void refusals_change_nothing(void **state)
{
    (void)state;
    struct act_answer answer = ask("POST", "/put/b", "", "{\"old\": \"\"}", "key-1");

    assert_int_equal(answer.status, 422);
    assert_true(says(answer, "{\"error\":{\"message\":\"is missing; give a path\",\"field\":\"old\"}}"));
    assert_int_equal(rows(&count), 0);
    assert_int_equal(rows(&operations), 0); /* the key is free for the mended request */
    assert_int_equal(told.n, 0);
    assert_int_equal(ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "key-1").status, 201);
}

static void wrong_calls(void **state)
{
    (void)state;
    assert_int_equal(ask("POST", "/nothing", "", "", "").status, 404);
    assert_int_equal(ask("DELETE", "/count", "", "", "").status, 405);
    struct act_answer answer = ask("POST", "/put/b", "", "{\"old\": ", "");
    assert_int_equal(answer.status, 400);
    assert_true(says(answer, "no JSON: line 1"));
    assert_int_equal(ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "a key").status, 400);
    answer = ask("GET", "/query/7", "x=1&q=%E8%99%9F+%3C&q=2", "", "");
    assert_true(says(answer, "[號 \\u003c] 7"));
    answer = ask("GET", "/query/7", "q=%zz", "", "");
    assert_true(says(answer, "[] 7"));
    assert_int_equal(rows(&count), 0);
}

static void failing_database(void **state)
{
    (void)state;
    struct act_answer answer = ask("POST", "/broken", "", "", "key-2");

    assert_int_equal(answer.status, 503);
    assert_false(answer.unknown);
    assert_true(says(answer, "nothing was changed"));
    assert_int_equal(told.n, 0);
    assert_int_equal(ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "").status, 201); /* life goes on */
}

static void asked_twice(void **state)
{
    (void)state;
    struct act_answer first = ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "key-3");
    struct act_answer again = ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "key-3");

    assert_int_equal(first.status, 201);
    assert_int_equal(again.status, 201);
    assert_true(str_equal(first.body, again.body));
    assert_int_equal(rows(&count), 1);
    assert_int_equal(told.n, 2); /* the second time with nothing new */
    assert_int_equal(told.tags.n, 0);
    /* any difference makes it another request */
    assert_int_equal(ask("POST", "/put/b", "", "{\"old\":\"/a\"}", "key-3").status, 422);
    assert_int_equal(ask("POST", "/put/c", "", "{\"old\": \"/a\"}", "key-3").status, 422);
    assert_int_equal(ask("POST", "/put/b", "x=1", "{\"old\": \"/a\"}", "key-3").status, 422);
    assert_int_equal(rows(&operations), 1);
}

static void forgotten_keys(void **state)
{
    (void)state;
    ask("POST", "/put/b", "", "{\"old\": \"/a\"}", "key-4");
    struct db_tx *tx = unit_begin(paper);
    assert_int_equal(operations_prune(tx, (struct moment){clock_now().ms - 60000}), 0);
    assert_int_equal(operations_prune(tx, (struct moment){clock_now().ms + 60000}), 1);
    unit_commit(paper, &tx);
}

static bool work(void *context, struct db_tx *tx)
{
    db_exec(tx, &put, ARGS(STR("/quiet"), STR("/")));
    return *(bool *)context;
}

static void quietly(void **state)
{
    (void)state;
    bool unknown = true, wanted = false;

    assert_false(act_quietly(acting, paper->arena, work, &wanted, &unknown));
    assert_false(unknown);
    assert_int_equal(rows(&count), 0);
    wanted = true;
    assert_true(act_quietly(acting, paper->arena, work, &wanted, &unknown));
    assert_int_equal(rows(&count), 1);
    assert_int_equal(told.n, 1);
    assert_false(act_quietly(acting, paper->arena, work, &wanted, &unknown)); /* the row is there already */
}

enum { THREADS = 4, EACH = 50 };

static void *put_many(void *argument)
{
    struct arena *arena = arena_new();

    for (int i = 0; i < EACH; i++) {
        struct act what = {.method = STR("POST"), .path = STR("/put/x"), .who = STR("test")};
        what.body = str_printf(arena, "{\"old\": \"/%d/%d\"}", (int)(intptr_t)argument, i);
        what.key = str_printf(arena, "%d-%d", (int)(intptr_t)argument, i);
        assert_int_equal(act(acting, arena, &what).status, 201);
        assert_int_equal(act(acting, arena, &what).status, 201);
    }
    arena_free(&arena);
    return NULL;
}

static void told_in_order(void **state)
{
    (void)state;
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, put_many, (void *)(intptr_t)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(rows(&count), THREADS * EACH);
    assert_int_equal(told.n, 2 * THREADS * EACH);
    assert_int_equal(told.last, THREADS * EACH);
    assert_true(told.in_order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commits_and_tells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusals_change_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_calls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failing_database, set_up, tear_down),
        cmocka_unit_test_setup_teardown(asked_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forgotten_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quietly, set_up, tear_down),
        cmocka_unit_test_setup_teardown(told_in_order, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
