/* tags_test.c - what is fresh, when numbers come in order, twice, with gaps, too many, and from several threads. */
#include "lib/db/tags.h"

#include "lib/base/arena.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct tag_table *table;

static int open_table(void **state)
{
    (void)state;
    table = tag_table_new();
    return 0;
}

static int close_table(void **state)
{
    (void)state;
    tag_table_free(&table);
    assert_null(table);
    tag_table_free(&table);
    return 0;
}

static bool is_fresh(const char *tag, uint64_t as_of)
{
    uint64_t hash = tag_hash(str_of(tag));

    return tag_table_fresh(table, &hash, 1, as_of);
}

static void a_tag_is_fresh_until_it_is_touched(void **state)
{
    (void)state;
    assert_true(is_fresh("a", 0));
    assert_true(tag_table_apply(table, 1, STR("a b")));
    assert_int_equal(tag_table_sequence(table), 1);
    assert_true(!is_fresh("a", 0) && is_fresh("a", 1) && !is_fresh("b", 0) && is_fresh("c", 0));
    assert_true(tag_table_apply(table, 2, STR("")));
    assert_true(tag_table_apply(table, 3, STR("b")));
    assert_true(is_fresh("a", 1) && !is_fresh("b", 2) && is_fresh("b", 3));
    uint64_t both[] = {tag_hash(STR("a")), tag_hash(STR("b"))};
    assert_true(!tag_table_fresh(table, both, 2, 1) && tag_table_fresh(table, both, 2, 3));
    assert_true(tag_table_fresh(table, both, 0, 0));
}

static void everything_is_every_tag(void **state)
{
    (void)state;
    assert_true(tag_table_apply(table, 1, STR("x * y")));
    assert_true(!is_fresh("never mentioned", 0) && is_fresh("never mentioned", 1));
    assert_false(tag_table_fresh(table, NULL, 0, 0));
}

static void told_twice_and_out_of_order(void **state)
{
    (void)state;
    assert_true(tag_table_apply(table, 1, STR("a")));
    assert_true(tag_table_apply(table, 1, STR("other")));
    assert_true(is_fresh("other", 0)); /* the second telling did nothing */
    assert_false(tag_table_apply(table, 3, STR("c")));
    assert_int_equal(tag_table_sequence(table), 1);
    assert_true(is_fresh("c", 0)); /* nothing was applied */
    assert_true(tag_table_apply(table, 2, STR("b")) && tag_table_apply(table, 3, STR("c")));
    assert_true(!is_fresh("c", 2) && is_fresh("c", 3));
}

static void forgetting(void **state)
{
    (void)state;
    assert_true(tag_table_apply(table, 1, STR("a")));
    tag_table_forget(table, 10);
    assert_int_equal(tag_table_sequence(table), 10);
    assert_true(!is_fresh("a", 9) && !is_fresh("z", 9) && is_fresh("z", 10));
    tag_table_forget(table, 5); /* known already */
    assert_int_equal(tag_table_sequence(table), 10);
    assert_true(tag_table_apply(table, 11, STR("a")));
    assert_true(!is_fresh("a", 10) && is_fresh("z", 10));
}

/* More tags than the table has room for: some are called stale that are not, never the other way round. */
static void too_many_tags(void **state)
{
    enum { CHANGES = 2000, EACH = 100 };
    struct arena *arena = arena_new();
    size_t stale = 0;
    (void)state;

    for (int change = 1; change <= CHANGES; change++) {
        struct str tags = STR("");
        struct arena_mark mark = arena_mark(arena);
        for (int i = 0; i < EACH; i++)
            tags = str_printf(arena, "%.*s t:%d:%d", STR_ARG(tags), change, i);
        assert_true(tag_table_apply(table, (uint64_t)change, tags));
        arena_back(arena, mark);
    }
    for (int change = 1; change <= CHANGES; change += 37)
        for (int i = 0; i < EACH; i += 7) {
            const char *tag = str_cstr(arena, str_printf(arena, "t:%d:%d", change, i));
            assert_false(is_fresh(tag, (uint64_t)change - 1));
            stale += !is_fresh(tag, (uint64_t)change);
        }
    assert_true(stale > 0); /* it did forget */
    assert_true(is_fresh("t:1:1", CHANGES));
    arena_free(&arena);
}

static void sets(void **state)
{
    struct arena *arena = arena_new();
    struct tag_set set = {.arena = arena};
    (void)state;

    tag_set_settle(&set);
    assert_int_equal(set.n, 0);
    for (int round = 0; round < 3; round++)
        for (uint64_t tag = 1000; tag > 0; tag--)
            tag_set_add(&set, tag * 7919);
    assert_int_equal(set.n, 3000);
    tag_set_settle(&set);
    assert_int_equal(set.n, 1000);
    for (size_t i = 0; i < set.n; i++)
        assert_int_equal(set.at[i], (i + 1) * 7919);
    assert_true(tag_hash(STR("")) != 0 && tag_hash(STR("a")) != tag_hash(STR("b")));
    arena_free(&arena);
}

/* --- while others apply ------------------------------------------------------------------ */

enum { ROUNDS = 100000 };

static void *apply_all(void *context)
{
    (void)context;
    for (uint64_t change = 1; change <= ROUNDS; change++)
        tag_table_apply(table, change, STR("hot"));
    return NULL;
}

/* Who has seen number n knows that "hot" is not fresh as of n - 1. */
static void *look_all(void *context)
{
    bool *wrong = context;
    uint64_t seen = 0;

    while (seen < ROUNDS) {
        seen = tag_table_sequence(table);
        if (seen > 0 && is_fresh("hot", seen - 1))
            *wrong = true;
    }
    return NULL;
}

static void threads_agree(void **state)
{
    pthread_t threads[4];
    bool wrong[2] = {false, false};
    (void)state;

    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, apply_all, NULL);
        pthread_create(&threads[2 + i], NULL, look_all, &wrong[i]);
    }
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_false(wrong[0] || wrong[1]);
    assert_int_equal(tag_table_sequence(table), ROUNDS);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_table, close_table)
    const struct CMUnitTest tests[] = {
        CASE(a_tag_is_fresh_until_it_is_touched),
        CASE(everything_is_every_tag),
        CASE(told_twice_and_out_of_order),
        CASE(forgetting),
        CASE(too_many_tags),
        CASE(sets),
        CASE(threads_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
