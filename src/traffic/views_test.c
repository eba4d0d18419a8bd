/* views_test.c - who counts as a reader; counting beside being taken; as bytes; the desk's tally. */
#include "src/traffic/views.h"

#include "lib/base/check.h"
#include "src/traffic/tally.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>

#include <cmocka.h>

static bool counts(enum http_method method, const char *name, const char *value)
{
    struct http_header headers[] = {{STR("accept"), STR("text/html")}, {str_of(name), str_of(value)}};
    struct http_request request = {.method = method, .headers = headers, .header_count = name ? 2 : 1};

    return view_counts(&request);
}

static void who_counts(void **state)
{
    (void)state;
    assert_true(counts(HTTP_GET, NULL, NULL));
    assert_true(counts(HTTP_GET, "user-agent", "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"));
    assert_true(counts(HTTP_GET, "sec-purpose", "something-else"));
    assert_false(counts(HTTP_HEAD, NULL, NULL));
    assert_false(
        counts(HTTP_GET, "user-agent", "Mozilla/5.0 (compatible; ExampleBot/2.1; +http://example.org/bot.html)"));
    assert_false(counts(HTTP_GET, "user-agent", "SPIDER"));
    assert_false(counts(HTTP_GET, "user-agent", "facebookexternalhit/1.1"));
    assert_false(counts(HTTP_GET, "sec-purpose", "prefetch;prerender"));
    assert_false(counts(HTTP_GET, "purpose", "prefetch"));
    assert_false(counts(HTTP_GET, "x-moz", "prefetch"));
}

static void add_up(void *context, struct views views)
{
    assert_true(tally_add(context, views));
}

static int64_t tallied(const struct tally *tally, int64_t story)
{
    struct views views;

    for (size_t cursor = 0; tally_next(tally, &cursor, &views, 1) == 1;)
        if (views.story == story)
            return views.count;
    return 0;
}

static void taken_once(void **state)
{
    struct view_tables *tables = view_tables_new(2);
    struct tally tally = {0};

    (void)state;
    views_count(tables, 0, 7);
    views_count(tables, 1, 7);
    views_count(tables, 0, 8);
    views_take(tables, add_up, &tally);
    views_take(tables, add_up, &tally);
    assert_int_equal(tallied(&tally, 7), 2);
    assert_int_equal(tallied(&tally, 8), 1);
    views_count(tables, 0, 7);
    views_take(tables, add_up, &tally);
    assert_int_equal(tallied(&tally, 7), 3);
    tally_free(&tally);
    /* more stories than a table holds: the rest is counted as lost, not written over others */
    for (int64_t story = 1; story <= 40000; story++)
        views_count(tables, 0, story);
    views_take(tables, add_up, &tally);
    assert_int_equal(tally.n + views_lost(tables), 40000);
    assert_true(tally.n > 20000);
    assert_int_equal(views_lost(tables), 0);
    tally_free(&tally);
    view_tables_free(&tables);
}

enum { LOOPS = 2, VIEWS_EACH = 300000 };

static struct view_tables *shared;
static atomic_int running;

static void *read_news(void *argument)
{
    for (int i = 0; i < VIEWS_EACH; i++)
        views_count(shared, (int)(intptr_t)argument, 1 + i % 100);
    atomic_fetch_sub(&running, 1);
    return NULL;
}

static void counting_beside_taking(void **state)
{
    pthread_t threads[LOOPS];
    struct tally tally = {0};

    (void)state;
    shared = view_tables_new(LOOPS);
    running = LOOPS;
    for (int i = 0; i < LOOPS; i++)
        pthread_create(&threads[i], NULL, read_news, (void *)(intptr_t)i);
    while (running)
        views_take(shared, add_up, &tally);
    for (int i = 0; i < LOOPS; i++)
        pthread_join(threads[i], NULL);
    views_take(shared, add_up, &tally);
    assert_int_equal(tally.n, 100);
    for (int64_t story = 1; story <= 100; story++)
        assert_int_equal(tallied(&tally, story), LOOPS * VIEWS_EACH / 100);
    tally_free(&tally);
    view_tables_free(&shared);
}

static void as_bytes(void **state)
{
    struct buf out = BUF(1000);
    struct views views;

    (void)state;
    views_write(&out, (struct views){INT64_MAX, 1});
    views_write(&out, (struct views){5, 0x0102030405});
    views_write(&out, (struct views){0, 1});
    assert_int_equal(out.n, 3 * VIEWS_SIZE);
    assert_true(views_read(buf_str(&out), 0, &views) && views.story == INT64_MAX && views.count == 1);
    assert_true(views_read(buf_str(&out), 1, &views) && views.story == 5 && views.count == 0x0102030405);
    assert_false(views_read(buf_str(&out), 2, &views)); /* no story */
    assert_false(views_read(buf_str(&out), 3, &views));
    assert_false(views_read(str_head(buf_str(&out), VIEWS_SIZE - 1), 0, &views));
    buf_free(&out);
}

static void tallies(void **state)
{
    struct tally tally = {0};
    struct views batch[300];
    size_t cursor = 0, n, total = 0;

    (void)state;
    for (int64_t story = 1; story <= 5000; story++)
        assert_true(tally_add(&tally, (struct views){story, story}));
    assert_true(tally_add(&tally, (struct views){3, INT64_MAX}));
    assert_int_equal(tallied(&tally, 3), INT64_MAX); /* does not wrap */
    assert_int_equal(tallied(&tally, 4999), 4999);
    while ((n = tally_next(&tally, &cursor, batch, 300)) > 0)
        total += n;
    assert_int_equal(total, 5000);
    tally_free(&tally);
    assert_int_equal(tally.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_counts), cmocka_unit_test(taken_once), cmocka_unit_test(counting_beside_taking),
        cmocka_unit_test(as_bytes),   cmocka_unit_test(tallies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
