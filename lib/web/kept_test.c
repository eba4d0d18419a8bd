/* kept_test.c - pages by address: found, replaced, thrown out within the limit. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/web/kept.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct page_kind PAGE = {"p.html", 200, "text/html", PART_NO_ITEM};
static struct blob *nothing;
static struct layout layout;
static struct theme theme = {.pages = &PAGE, .page_count = 1, .layouts = &layout};
static struct packer *packer;
static const struct origin NO_ORIGIN = {.as_of = 1};

static int open_theme(void **state)
{
    struct tag_set none = {0};

    (void)state;
    packer = packer_new();
    nothing = blob_new(packer, STR("<p>nothing</p>"), PACK_SMALL, 1, &none, NULL, 0);
    layout.glue[0] = nothing;
    return 0;
}

static int close_theme(void **state)
{
    (void)state;
    blob_drop(&nothing);
    packer_free(&packer);
    return 0;
}

/* A page about `number`, found fresh at `checked`; its memory is that of an empty one. */
static struct made *page_about(int64_t number, uint64_t checked)
{
    return made_new(&theme, 0, &ABOUT(number), &NO_ORIGIN, NULL, NULL, checked);
}

static void put(struct kept *kept, const char *address, int64_t number, uint64_t checked)
{
    struct made *made = page_about(number, checked);

    kept_put(kept, str_of(address), made);
    made_drop(&made);
}

/* What is kept there: its number, or -1. */
static int64_t number_at(struct kept *kept, const char *address)
{
    struct made *made = kept_find(kept, str_of(address));
    int64_t number = made ? made->about.at[0] : -1;

    made_drop(&made);
    return number;
}

static void found_by_address(void **state)
{
    struct kept *kept = kept_new(1 << 20);
    struct kept_counts counts;

    (void)state;
    assert_int_equal(number_at(kept, "/a"), -1);
    put(kept, "/a", 1, 5);
    put(kept, "/b", 2, 5);
    put(kept, "", 3, 5);
    assert_int_equal(number_at(kept, "/a"), 1);
    assert_int_equal(number_at(kept, "/b"), 2);
    assert_int_equal(number_at(kept, ""), 3);
    assert_int_equal(number_at(kept, "/a/"), -1);
    kept_remove(kept, STR("/a"));
    kept_remove(kept, STR("/never"));
    assert_int_equal(number_at(kept, "/a"), -1);
    kept_counts(kept, &counts);
    assert_int_equal(counts.pages, 2);
    kept_free(&kept);
    assert_null(kept);
}

static void the_newer_page_stays(void **state)
{
    struct kept *kept = kept_new(1 << 20);
    struct kept_counts counts;

    (void)state;
    put(kept, "/a", 1, 5);
    put(kept, "/a", 2, 6);
    assert_int_equal(number_at(kept, "/a"), 2);
    put(kept, "/a", 3, 4); /* a slow worker comes with an older snapshot */
    assert_int_equal(number_at(kept, "/a"), 2);
    put(kept, "/a", 4, 6);
    assert_int_equal(number_at(kept, "/a"), 4);
    kept_counts(kept, &counts);
    assert_int_equal(counts.pages, 1);
    kept_free(&kept);
}

static void nothing_is_kept_without_room(void **state)
{
    struct kept *kept = kept_new(0);

    (void)state;
    put(kept, "/a", 1, 5);
    assert_int_equal(number_at(kept, "/a"), -1);
    kept_free(&kept);
}

static void put_many(struct kept *kept, int from, int to)
{
    for (int i = from; i < to; i++) {
        char address[40];
        snprintf(address, sizeof address, "/item/%d", i);
        put(kept, address, i, 5);
    }
}

static void what_is_asked_for_stays(void **state)
{
    struct kept *kept = kept_new(4 << 20);
    struct kept_counts counts;
    int stayed = 0;

    (void)state;
    put_many(kept, 0, 1000);
    for (int round = 1; round <= 30; round++) {
        for (int i = 0; i < 100; i++) { /* a hundred hot ones */
            char address[40];
            snprintf(address, sizeof address, "/item/%d", i);
            stayed += number_at(kept, address) == i;
        }
        put_many(kept, round * 1000, round * 1000 + 1000);
    }
    kept_counts(kept, &counts);
    assert_true(counts.bytes <= 4 << 20);
    assert_true(counts.bytes > 3 << 20);
    assert_true(counts.evicted > 10000);
    assert_int_equal(counts.pages + counts.evicted, 31000);
    assert_int_equal(stayed, 3000);
    kept_free(&kept);
}

static void what_is_found_often_becomes_one_piece(void **state)
{
    struct kept *kept = kept_new(1 << 20);
    struct kept_counts before, after;

    (void)state;
    put(kept, "/a", 1, 5);
    kept_counts(kept, &before);
    for (int i = 0; i < 40; i++) {
        struct made *made = kept_find(kept, STR("/a"));
        assert_int_equal(atomic_load(&made->joined) != NULL, i >= 15);
        made_drop(&made);
    }
    kept_counts(kept, &after);
    assert_in_range(after.bytes, before.bytes + 30, before.bytes + 200);
    put(kept, "/a", 2, 6);
    kept_counts(kept, &after);
    assert_int_equal(after.bytes, before.bytes);
    struct made *made = kept_find(kept, STR("/a"));
    assert_null(atomic_load(&made->joined));
    made_drop(&made);
    kept_free(&kept);
}

static void memory_beside_counts(void **state)
{
    struct kept *kept = kept_new(4 << 20);
    struct kept_counts counts;

    (void)state;
    kept_beside(kept, 2 << 20);
    put_many(kept, 0, 20000);
    kept_counts(kept, &counts);
    assert_true(counts.bytes <= 2 << 20);
    kept_beside(kept, SIZE_MAX); /* never more than three quarters */
    put_many(kept, 20000, 40000);
    kept_counts(kept, &counts);
    assert_in_range(counts.bytes, 900 << 10, 1 << 20);
    kept_free(&kept);
}

static void one_page_larger_than_a_share_is_not_kept(void **state)
{
    struct kept *kept = kept_new(64 * 100);
    struct kept_counts counts;

    (void)state;
    put(kept, "/a", 1, 5);
    assert_int_equal(number_at(kept, "/a"), -1);
    kept_counts(kept, &counts);
    assert_int_equal(counts.bytes, 0);
    kept_free(&kept);
}

/* A page that was found stays valid when it is thrown out meanwhile. */
static void *find_and_put(void *context)
{
    struct kept *kept = context;

    for (int i = 0; i < 20000; i++) {
        char address[40];
        snprintf(address, sizeof address, "/item/%d", i * 7919 % 3000);
        struct made *made = kept_find(kept, str_of(address));
        if (made)
            CHECK(made->about.at[0] == i * 7919 % 3000);
        else
            put(kept, address, i * 7919 % 3000, 5);
        made_drop(&made);
    }
    return NULL;
}

static void many_threads(void **state)
{
    struct kept *kept = kept_new(1 << 20);
    pthread_t threads[4];
    struct kept_counts counts;

    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, find_and_put, kept), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    kept_counts(kept, &counts);
    assert_true(counts.bytes <= 1 << 20);
    kept_free(&kept);
    assert_int_equal(atomic_load(&nothing->references), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_by_address),
        cmocka_unit_test(the_newer_page_stays),
        cmocka_unit_test(nothing_is_kept_without_room),
        cmocka_unit_test(what_is_asked_for_stays),
        cmocka_unit_test(what_is_found_often_becomes_one_piece),
        cmocka_unit_test(memory_beside_counts),
        cmocka_unit_test(one_page_larger_than_a_share_is_not_kept),
        cmocka_unit_test(many_threads),
    };

    return cmocka_run_group_tests(tests, open_theme, close_theme);
}
