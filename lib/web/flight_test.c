/* flight_test.c - requests for one address wait together; flights end once, in the order they came. */
#include "lib/base/check.h"
#include "lib/web/flight.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool join(struct flights *flights, const char *path, const char *query, uint64_t arrived)
{
    return flight_join(flights, str_of(path), str_of(query), (struct waiter){.arrived = arrived});
}

static void land(struct flights *flights, struct flight *flight)
{
    flight_land(flights, flight);
    flight_free(&flight);
}

static void those_of_one_address_wait_together(void **state)
{
    struct flights *flights = flights_new(10);

    (void)state;
    assert_true(join(flights, "/a", "", 1));
    assert_true(join(flights, "/b", "", 2));
    assert_true(join(flights, "/a", "", 3));
    assert_true(join(flights, "/a", "x=1", 4));
    assert_int_equal(flights_waiting(flights), 4);

    struct flight *a = flight_take(flights);
    assert_true(str_equal(a->address, STR("/a")));
    assert_true(str_equal(a->path, STR("/a")));
    assert_int_equal(a->query.n, 0);
    assert_true(join(flights, "/a", "", 5)); /* while it is under way */
    struct flight *b = flight_take(flights), *ax = flight_take(flights);
    assert_true(str_equal(b->address, STR("/b")));
    assert_true(str_equal(ax->address, STR("/a?x=1")));
    assert_true(str_equal(ax->query, STR("x=1")));

    flight_land(flights, a);
    assert_int_equal(a->waiter_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(a->waiters[i].arrived, 1 + 2 * i);
    flight_free(&a);
    assert_true(join(flights, "/a", "", 6)); /* a new one */
    land(flights, b);
    land(flights, ax);
    a = flight_take(flights);
    flight_land(flights, a);
    assert_int_equal(a->waiter_count, 1);
    flight_free(&a);
    assert_int_equal(flights_waiting(flights), 0);
    flights_free(&flights);
}

/* "/a?b" as a path and "/a" with the query "b" are not one address. */
static void path_and_query_are_not_mixed_up(void **state)
{
    struct flights *flights = flights_new(10);

    (void)state;
    assert_true(join(flights, "/a", "b", 1));
    assert_true(join(flights, "/a?b", "", 1));
    struct flight *first = flight_take(flights), *second = flight_take(flights);
    assert_int_equal(first->waiter_count, 1);
    assert_int_equal(second->waiter_count, 1);
    land(flights, second);
    land(flights, first);
    flights_free(&flights);
}

static void too_many_are_turned_away(void **state)
{
    struct flights *flights = flights_new(3);

    (void)state;
    for (uint64_t i = 0; i < 3; i++)
        assert_true(join(flights, i ? "/a" : "/b", "", i));
    assert_false(join(flights, "/a", "", 9));
    assert_false(join(flights, "/c", "", 9));
    land(flights, flight_take(flights));
    assert_true(join(flights, "/c", "", 9));
    land(flights, flight_take(flights));
    land(flights, flight_take(flights));
    flights_free(&flights);
}

static void stopping_finishes_what_waits(void **state)
{
    struct flights *flights = flights_new(3);

    (void)state;
    assert_true(join(flights, "/a", "", 1));
    flights_stop(flights);
    assert_false(join(flights, "/b", "", 1));
    struct flight *flight = flight_take(flights);
    assert_non_null(flight);
    land(flights, flight);
    assert_null(flight_take(flights));
    flights_free(&flights);
}

/* --- threads ----------------------------------------------------------------------- */

enum { WORKERS = 3, REQUESTS = 20000 };

static struct flights *busy;
static _Atomic int answered, made;

static void *work(void *unused)
{
    (void)unused;
    for (struct flight *flight; (flight = flight_take(busy));) {
        flight_land(busy, flight);
        answered += (int)flight->waiter_count;
        made++;
        flight_free(&flight);
    }
    return NULL;
}

static void nobody_is_forgotten(void **state)
{
    pthread_t threads[WORKERS];
    int asked = 0;

    (void)state;
    busy = flights_new(500);
    for (int i = 0; i < WORKERS; i++)
        CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    for (int i = 0; i < REQUESTS; i++) {
        char path[20];
        snprintf(path, sizeof path, "/%d", i % 17);
        asked += join(busy, path, "", 1);
    }
    flights_stop(busy);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(answered, asked);
    assert_in_range(made, 1, asked);
    flights_free(&busy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_of_one_address_wait_together),
        cmocka_unit_test(path_and_query_are_not_mixed_up),
        cmocka_unit_test(too_many_are_turned_away),
        cmocka_unit_test(stopping_finishes_what_waits),
        cmocka_unit_test(nobody_is_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
