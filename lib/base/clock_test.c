/* clock_test.c - moments read and written, in the paper's zone and in one that changes its clocks. */
#include "lib/base/clock.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    assert_true(clock_zone("Asia/Taipei"));
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

static const int64_t NOON = 1755746340000; /* 2025-08-21 11:19:00 in Taipei */

static void zones(void **state)
{
    (void)state;
    assert_false(clock_zone("Asia/Atlantis"));
    assert_false(clock_zone("../../etc/passwd"));
    assert_false(clock_zone("/etc/localtime"));
    assert_true(clock_zone("UTC"));
    IS(moment_iso(arena, (struct moment){NOON}), "2025-08-21T03:19:00+00:00");
    assert_true(clock_zone("America/St_Johns"));
    IS(moment_iso(arena, (struct moment){NOON}), "2025-08-21T00:49:00-02:30");
    IS(moment_mail(arena, (struct moment){NOON}), "Thu, 21 Aug 2025 00:49:00 -0230");
}

static void written(void **state)
{
    char http[30] = {0};
    struct moment moment = {NOON};
    (void)state;

    IS(moment_iso(arena, moment), "2025-08-21T11:19:00+08:00");
    IS(moment_mail(arena, moment), "Thu, 21 Aug 2025 11:19:00 +0800");
    moment_http(moment, http);
    assert_string_equal(http, "Thu, 21 Aug 2025 03:19:00 GMT");
    assert_int_equal(moment_day(moment), 20250821);
    assert_int_equal(moment_local(moment).weekday, 4);
    assert_int_equal(moment_local(moment).offset_minutes, 480);
    IS(moment_iso(arena, (struct moment){-1}), "1970-01-01T07:59:59+08:00");
    moment_http((struct moment){-1}, http);
    assert_string_equal(http, "Wed, 31 Dec 1969 23:59:59 GMT");
}

static void read_in_many_spellings(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } CASES[] = {
        {"2025-08-21T11:19:00+08:00", NOON},
        {"2025-08-21T11:19:00+0800", NOON},
        {"2025-08-21T11:19:00+08", NOON},
        {"2025-08-21T03:19:00Z", NOON},
        {"2025-08-21T03:19:00.123456Z", NOON + 123},
        {"2025-08-21T03:19:00.5Z", NOON + 500},
        {"2025-08-21 11:19:00", NOON},
        {"2025-08-21 11:19", NOON},
        {" 2025-08-21T11:19 ", NOON},
        {"2025-08-21 11:19:00 +08:00", NOON},
        {"2025-08-21 03:19 UTC", NOON},
        {"2025-08-20T22:49:00-04:30", NOON},
        {"Thu, 21 Aug 2025 11:19:00 +0800", NOON},
        {"21 Aug 2025 11:19:00 +0800", NOON},
        {"Thu, 21 Aug 2025 03:19:00 GMT", NOON},
        {"Thu, 21 Aug 2025 11:19:00", NOON},
        {"2025-08-21", NOON - (11 * 60 + 19) * 60000},
        {"20250821", NOON - (11 * 60 + 19) * 60000},
        {"5 Jan 2025 00:00:00 +0800", 1736006400000},
        {"2024-02-29", 1709136000000},
        {"1970-01-01T08:00:00+08:00", 0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct moment moment = {-7};
        if (!moment_parse(str_of(CASES[i].text), &moment) || moment.ms != CASES[i].ms)
            fail_msg("%s: %lld", CASES[i].text, (long long)moment.ms);
    }
}

static void what_is_no_moment(void **state)
{
    static const char *const BAD[] = {
        "",
        "tomorrow",
        "2025",
        "2025-08",
        "2025-8-21",
        "2025-13-01",
        "2025-00-01",
        "2025-02-29",
        "2100-02-29",
        "2025-04-31",
        "2025-08-00",
        "1899-12-31",
        "2025-08-21T24:00",
        "2025-08-21T11:60",
        "2025-08-21T11",
        "2025-08-21T11:19:61",
        "2025-08-21T11:19:00+15:00",
        "2025-08-21T11:19:00+08:",
        "2025-08-21T11:19:00+8",
        "2025-08-21T11:19:00X",
        "2025-08-21T11:19:00Z tail",
        "2025-0821",
        "2025-08-21x",
        "-025-08-21",
        "Thu, 21 Foo 2025 11:19:00 +0800",
        "Thu, 31 Feb 2025 11:19:00 +0800",
        "Thu, 21 Aug 25 11:19:00 +0800",
        "Thu, 21 Aug 2025",
        "21",
    };
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct moment moment;
        if (moment_parse(str_of(BAD[i]), &moment))
            fail_msg("%s is %.*s", BAD[i], STR_ARG(moment_iso(arena, moment)));
    }
}

static void days_begin_at_midnight(void **state)
{
    struct moment moment = {NOON};
    (void)state;

    IS(moment_iso(arena, moment_next_midnight(moment)), "2025-08-22T00:00:00+08:00");
    moment = moment_of_local(2025, 12, 31, 23, 59, 59);
    IS(moment_iso(arena, moment_next_midnight(moment)), "2026-01-01T00:00:00+08:00");
    moment = moment_of_local(2025, 12, 31, 0, 0, 0);
    IS(moment_iso(arena, moment_next_midnight(moment)), "2026-01-01T00:00:00+08:00");
}

/* Days of 23 and 25 hours. */
static void clocks_change(void **state)
{
    (void)state;
    assert_true(clock_zone("Europe/Berlin"));
    struct moment spring = moment_of_local(2025, 3, 30, 0, 0, 0), autumn = moment_of_local(2025, 10, 26, 0, 0, 0);
    assert_int_equal(moment_next_midnight(spring).ms - spring.ms, 23 * 3600000);
    assert_int_equal(moment_next_midnight(autumn).ms - autumn.ms, 25 * 3600000);
    IS(moment_iso(arena, (struct moment){spring.ms + 3 * 3600000}), "2025-03-30T04:00:00+02:00");
    struct moment parsed;
    assert_true(moment_parse(STR("2025-07-01 12:00"), &parsed));
    IS(moment_iso(arena, parsed), "2025-07-01T12:00:00+02:00");
}

/* Written and read again, every hour of some years, gives the same moment. */
static void round_trips(void **state)
{
    static const char *const ZONES[] = {"Asia/Taipei", "America/New_York"};
    (void)state;

    for (size_t z = 0; z < 2; z++) {
        assert_true(clock_zone(ZONES[z]));
        struct arena_mark mark = arena_mark(arena);
        for (int64_t ms = NOON; ms < NOON + 3LL * 366 * 86400000; ms += 6007000) {
            struct moment iso, mail;
            assert_true(moment_parse(moment_iso(arena, (struct moment){ms}), &iso));
            assert_true(moment_parse(moment_mail(arena, (struct moment){ms}), &mail));
            assert_true(iso.ms == ms && mail.ms == ms);
            arena_back(arena, mark);
        }
    }
}

static void clocks_go_forward(void **state)
{
    int64_t ms = clock_steady_ms(), us = clock_steady_us(), cpu = clock_cpu_us();
    (void)state;

    assert_true(clock_now().ms > NOON);
    assert_true(clock_steady_ms() >= ms && clock_steady_us() >= us && clock_cpu_us() >= cpu && cpu >= 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(zones),
        CASE(written),
        CASE(read_in_many_spellings),
        CASE(what_is_no_moment),
        CASE(days_begin_at_midnight),
        CASE(clocks_change),
        CASE(round_trips),
        CASE(clocks_go_forward),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
