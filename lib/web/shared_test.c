/* shared_test.c - shared parts: rendered once, anew when their data changed, bounded in number. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "lib/web/shared.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

enum { THREADS = 8 };

struct rendering {
    struct tag_table *changes;
    struct arena *arena;
    const char *text;
    uint64_t as_of;
    _Atomic int times;
    int pause_us;
    bool fails;
};

/* Reads the tag "line". */
static struct blob *render(void *context, const struct part_key *key)
{
    struct rendering *rendering = context;
    struct packer *packer = packer_new();
    uint64_t tag = tag_hash(STR("line"));
    struct tag_set tags = {.at = &tag, .n = 1};
    int64_t item = key->about.at[0];

    atomic_fetch_add(&rendering->times, 1);
    if (rendering->pause_us)
        usleep((unsigned)rendering->pause_us);
    struct blob *blob = rendering->fails
                            ? NULL
                            : blob_new(packer, str_of(rendering->text), PACK_FAST, rendering->as_of, &tags, &item, 1);
    packer_free(&packer);
    return blob;
}

static struct str text_of(struct arena *arena, const struct blob *blob)
{
    struct buf out = BUF(1000);
    struct iovec run = {(void *)(uintptr_t)blob->packed.p, blob->packed.n};

    CHECK(pack_open(&run, 1, &out));
    struct str text = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void touch(struct rendering *rendering, const char *tag)
{
    uint64_t number = tag_table_sequence(rendering->changes) + 1;

    CHECK(tag_table_apply(rendering->changes, number, str_of(tag)));
}

static struct rendering *open_rendering(void)
{
    struct arena *arena = arena_new();
    struct rendering *rendering = ARENA_NEW(arena, struct rendering);

    rendering->arena = arena;
    rendering->changes = tag_table_new();
    rendering->text = "first";
    touch(rendering, "start");
    rendering->as_of = 1;
    return rendering;
}

static void close_rendering(struct rendering *rendering)
{
    struct arena *arena = rendering->arena;

    tag_table_free(&rendering->changes);
    arena_free(&arena);
}

static struct part_key key_of(int64_t number)
{
    return (struct part_key){.kind = 1, .about = {{number}}};
}

static void keys_hold_what_matters(void **state)
{
    const struct part_kind kinds[] = {{.depends = 0}, {.depends = 1u << 0 | 1u << 2}};
    struct about about = ABOUT(4, 5, 6, 7);
    struct part_key none = part_key(kinds, 0, &about), some = part_key(kinds, 1, &about);

    (void)state;
    assert_int_equal(none.about.at[0], 0);
    assert_int_equal(some.about.at[0], 4);
    assert_int_equal(some.about.at[1], 0);
    assert_int_equal(some.about.at[2], 6);
    assert_int_equal(some.about.at[3], 0);
}

static void rendered_once_until_its_data_changes(void **state)
{
    struct rendering *rendering = open_rendering();
    struct shared *shared = shared_new(100, rendering->changes);
    struct part_key key = key_of(7);

    (void)state;
    assert_null(shared_find(shared, &key));
    struct blob *first = shared_get(shared, &key, render, rendering);
    struct blob *again = shared_get(shared, &key, render, rendering);
    assert_ptr_equal(first, again);
    assert_true(blob_shows(first, 7));
    assert_false(blob_shows(first, 8));
    touch(rendering, "other");
    blob_drop(&again);
    again = shared_find(shared, &key);
    assert_ptr_equal(first, again);
    assert_int_equal(rendering->times, 1);

    touch(rendering, "line");
    assert_null(shared_find(shared, &key));
    rendering->text = "second";
    rendering->as_of = 3;
    struct blob *second = shared_get(shared, &key, render, rendering);
    assert_true(str_equal(text_of(rendering->arena, second), STR("second")));
    assert_true(str_equal(text_of(rendering->arena, first), STR("first"))); /* whoever holds it still may */
    assert_int_equal(rendering->times, 2);

    struct shared_counts counts;
    shared_counts(shared, &counts);
    assert_int_equal(counts.kept, 1);
    assert_int_equal(counts.bytes, second->bytes);
    assert_int_equal(counts.orphans, first->bytes);
    blob_drop(&first);
    blob_drop(&again);
    shared_counts(shared, &counts);
    assert_int_equal(counts.orphans, 0);
    blob_drop(&second);
    shared_free(&shared);
    close_rendering(rendering);
}

static void an_older_rendering_does_not_replace_a_newer(void **state)
{
    struct rendering *rendering = open_rendering();
    struct shared *shared = shared_new(100, rendering->changes);
    struct part_key key = key_of(7);

    (void)state;
    touch(rendering, "line");
    rendering->as_of = 2;
    struct blob *newer = shared_get(shared, &key, render, rendering);
    touch(rendering, "line");
    rendering->as_of = 1; /* a worker whose snapshot is old */
    struct blob *older = shared_get(shared, &key, render, rendering);
    assert_int_equal(older->origin.as_of, 1);
    touch(rendering, "nothing");
    struct shared_counts counts;
    shared_counts(shared, &counts);
    assert_int_equal(counts.bytes, newer->bytes);
    assert_int_equal(counts.orphans, 0);
    blob_drop(&newer);
    blob_drop(&older);
    shared_free(&shared);
    close_rendering(rendering);
}

static void failing_is_not_kept(void **state)
{
    struct rendering *rendering = open_rendering();
    struct shared *shared = shared_new(100, rendering->changes);
    struct part_key key = key_of(7);

    (void)state;
    rendering->fails = true;
    assert_null(shared_get(shared, &key, render, rendering));
    assert_null(shared_find(shared, &key));
    rendering->fails = false;
    struct blob *blob = shared_get(shared, &key, render, rendering);
    assert_non_null(blob);
    blob_drop(&blob);
    shared_free(&shared);
    close_rendering(rendering);
}

static void bounded(void **state)
{
    struct rendering *rendering = open_rendering();
    struct shared *shared = shared_new(50, rendering->changes);
    struct shared_counts counts;
    int found = 0;

    (void)state;
    for (int64_t i = 0; i < 1000; i++) {
        struct part_key key = key_of(i), favourite = key_of(3);
        struct blob *blob = shared_get(shared, &key, render, rendering);
        blob_drop(&blob);
        blob = i >= 3 ? shared_find(shared, &favourite) : NULL;
        found += blob != NULL;
        blob_drop(&blob);
    }
    shared_counts(shared, &counts);
    assert_in_range(counts.kept, 40, 50);
    assert_int_equal(counts.orphans, 0);
    assert_true(found > 950); /* asked for all the time */
    shared_free(&shared);
    close_rendering(rendering);
}

struct asking {
    struct shared *shared;
    struct rendering *rendering;
};

static void *ask(void *context)
{
    struct asking *asking = context;
    struct part_key key = key_of(7);

    return shared_get(asking->shared, &key, render, asking->rendering);
}

static void many_ask_at_once(void **state)
{
    struct rendering *rendering = open_rendering();
    struct asking asking = {shared_new(100, rendering->changes), rendering};
    pthread_t threads[THREADS];
    void *blobs[THREADS];

    (void)state;
    rendering->pause_us = 20000;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &asking), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], &blobs[i]);
    assert_int_equal(rendering->times, 1);
    for (int i = 0; i < THREADS; i++) {
        struct blob *blob = blobs[i];
        assert_ptr_equal(blob, blobs[0]);
        blob_drop(&blob);
    }
    shared_free(&asking.shared);
    close_rendering(rendering);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_hold_what_matters),
        cmocka_unit_test(rendered_once_until_its_data_changes),
        cmocka_unit_test(an_older_rendering_does_not_replace_a_newer),
        cmocka_unit_test(failing_is_not_kept),
        cmocka_unit_test(bounded),
        cmocka_unit_test(many_ask_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
