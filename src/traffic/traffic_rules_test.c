/* traffic_rules_test.c - fading scores against the formula, and the properties lists rely on. */
#include "src/traffic/traffic_rules.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { HOUR = 3600 * 1000 };

static const struct moment NOON = {1755748800000}; /* 2025-08-21 04:00 UTC */

static struct moment later(int64_t ms)
{
    return (struct moment){NOON.ms + ms};
}

static void halves_at_each_half_life(void **state)
{
    (void)state;
    for (enum span span = 0; span < SPAN_COUNT; span++) {
        assert_int_equal(score_decayed(1 << 20, 0, span), 1 << 20);
        assert_int_equal(score_decayed(1 << 20, -5, span), 1 << 20);
        for (int i = 1; i <= 20; i++)
            assert_int_equal(score_decayed(1 << 20, i * span_half_life_ms(span), span), 1 << (20 - i));
        assert_int_equal(score_decayed(1 << 20, INT64_MAX, span), 0);
    }
}

static void follows_the_formula(void **state)
{
    (void)state;
    for (int64_t score = 1; score < (int64_t)1 << 46; score = score * 3 + 1) {
        for (int64_t ms = 0; ms < 40 * HOUR; ms += 1234567) {
            double exact = (double)score * exp2(-(double)ms / (6.0 * HOUR));
            double error = fabs((double)score_decayed(score, ms, SPAN_DAY) - exact);
            assert_true(error <= 0.51 + exact / 10000);
        }
    }
}

static void never_grows_with_time(void **state)
{
    int64_t before = 1000000;
    (void)state;

    for (int64_t ms = 0; ms < 48 * HOUR; ms += 977) {
        int64_t left = score_decayed(1000000, ms, SPAN_DAY);
        assert_true(left <= before);
        before = left;
    }
}

static void views_add_up_and_saturate(void **state)
{
    (void)state;
    assert_int_equal(score_with_views(0, (struct moment){0}, NOON, 3, SPAN_DAY), 3 * SCORE_OF_VIEW);
    assert_int_equal(score_with_views(2048, NOON, later(6 * HOUR), 1, SPAN_DAY), 2048);
    int64_t score = 0;
    for (int i = 0; i < 2000; i++) {
        int64_t more = score_with_views(score, NOON, NOON, INT64_MAX, SPAN_WEEK);
        assert_true(more >= score);
        score = more;
    }
    assert_true(score < (int64_t)1 << 46);
}

static void rank_is_a_logarithm(void **state)
{
    (void)state;
    for (int64_t score = 1; score < (int64_t)1 << 46; score = score * 2 + score / 7 + 1) {
        double exact = log2((double)score) * RANK_UNIT;
        double found = (double)score_rank(score, (struct moment){0}, SPAN_DAY);
        assert_true(fabs(found - exact) < 1.5);
    }
    assert_true(score_rank(0, NOON, SPAN_DAY) == INT64_MIN);
}

/* Whoever is ahead stays ahead, though the scores are compared hours apart. */
static void rank_keeps_the_order(void **state)
{
    (void)state;
    for (enum span span = 0; span < SPAN_COUNT; span++) {
        for (int64_t ms = 0; ms < 30 * HOUR; ms += 777777) {
            int64_t early = 90 * SCORE_OF_VIEW, late = 40 * SCORE_OF_VIEW;
            int64_t left = score_decayed(early, ms, span);
            int64_t margin = left > late ? left - late : late - left;
            if (margin <= 2)
                continue; /* as good as equal */
            bool by_rank = score_rank(early, NOON, span) > score_rank(late, later(ms), span);
            assert_true(by_rank == (left > late));
        }
    }
}

static void floor_is_half_a_view(void **state)
{
    (void)state;
    int64_t rank = score_rank(SCORE_OF_VIEW, NOON, SPAN_DAY);
    assert_true(rank >= rank_floor(later(5 * HOUR), SPAN_DAY));
    assert_true(rank < rank_floor(later(7 * HOUR), SPAN_DAY));
}

static void names(void **state)
{
    enum span span;
    (void)state;

    assert_true(span_from_name(STR("day"), &span) && span == SPAN_DAY);
    assert_true(span_from_name(STR("week"), &span) && span == SPAN_WEEK);
    assert_false(span_from_name(STR("month"), &span));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_at_each_half_life), cmocka_unit_test(follows_the_formula),
        cmocka_unit_test(never_grows_with_time),    cmocka_unit_test(views_add_up_and_saturate),
        cmocka_unit_test(rank_is_a_logarithm),      cmocka_unit_test(rank_keeps_the_order),
        cmocka_unit_test(floor_is_half_a_view),     cmocka_unit_test(names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
