/* traffic_store_test.c - views merged, hot lists made, and touched only when they changed. */
#include "src/section/section.h"
#include "src/traffic/traffic.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { HOUR = 3600 * 1000, MINUTE = 60 * 1000 };

SQL(withdraw, "UPDATE article SET listed = 0 WHERE id = $1", .touches = "story:$1");
SQL(move, "UPDATE article SET section = $2 WHERE id = $1", .touches = "story:$1");
SQL(add_place, "INSERT INTO article_section (section, listed, article) VALUES ($1, $2, $3)", .touches = "-");

static struct unit_paper *paper;
static int64_t world, city;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    world = section_named(tx, STR("World"));
    city = section_named(tx, STR("City"));
    unit_commit(paper, &tx);
    for (int64_t id = 1; id <= 9; id++)
        unit_story(paper, id, -id, id % 2 ? world : city);
    unit_story(paper, 10, UNIT_UNLISTED, world);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static int64_t view(int64_t story, int64_t count, int64_t ms)
{
    struct db_tx *tx = unit_begin(paper);
    struct views views = {story, count};
    int64_t counted = traffic_merge(tx, (struct moment){paper->now.ms + ms}, &views, 1);

    assert_int_equal(unit_commit(paper, &tx).n, 0); /* a view makes no page stale */
    return counted;
}

/* Recomputes; the tags touched. */
static struct str recompute(int64_t ms)
{
    struct db_tx *tx = unit_begin(paper);

    hot_recompute(tx, (struct moment){paper->now.ms + ms});
    return unit_commit(paper, &tx);
}

static void expect(int64_t section, enum span span, const char *expected)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct buf found = BUF(1000);
    hot_rows rows = {0};

    hot_list(db, section, span, &rows);
    for (size_t i = 0; i < rows.n; i++)
        buf_printf(&found, "%s%d", i ? " " : "", (int)rows.at[i].article);
    assert_string_equal(str_cstr(paper->arena, buf_str(&found)), expected);
    buf_free(&found);
    assert_true(db_read_end(&db));
}

static bool has(struct str tags, const char *tag)
{
    for (struct str rest = tags; rest.p;)
        if (str_equal(str_cut(&rest, ' '), str_of(tag)))
            return true;
    return false;
}

static void merges_what_readers_may_see(void **state)
{
    (void)state;
    assert_int_equal(view(1, 5, 0), 1);
    assert_int_equal(view(1, 2, MINUTE), 1);
    assert_int_equal(view(10, 5, 0), 0);  /* a draft */
    assert_int_equal(view(999, 5, 0), 0); /* none */
    assert_int_equal(view(1, 0, 0), 0);
    assert_int_equal(view(1, -3, 0), 0);
    struct db_reader *db = unit_read(paper, NULL);
    assert_int_equal(traffic_total(db, 1), 7);
    assert_int_equal(traffic_total(db, 10), 0);
    db_read_end(&db);
}

static void makes_lists_of_site_and_sections(void **state)
{
    (void)state;
    view(1, 10, 0);
    view(2, 30, 0);
    view(3, 20, 0);
    struct str tags = recompute(MINUTE);
    expect(SECTION_SITE, SPAN_DAY, "2 3 1");
    expect(SECTION_SITE, SPAN_WEEK, "2 3 1");
    expect(world, SPAN_DAY, "3 1");
    expect(city, SPAN_DAY, "2");
    assert_true(has(tags, "hot:0") && has(tags, "hot-list:0") && has(tags, "hot:1") && has(tags, "hot:2"));
    assert_int_equal(recompute(2 * MINUTE).n, 0); /* nothing changed */
}

static void touches_only_lists_that_changed(void **state)
{
    (void)state;
    view(1, 10, 0);
    view(3, 20, 0);
    view(2, 50, 0);
    recompute(0);
    view(1, 15, MINUTE); /* overtakes 3 in the world and on the site, not in the city */
    struct str tags = recompute(MINUTE);
    expect(world, SPAN_DAY, "1 3");
    assert_true(has(tags, "hot:0") && has(tags, "hot:1") && !has(tags, "hot:2") && !has(tags, "hot-list:2"));
    view(1, 1, 2 * MINUTE); /* more of the same order */
    assert_int_equal(recompute(2 * MINUTE).n, 0);
}

static void fades(void **state)
{
    (void)state;
    view(1, 100, 0);
    view(3, 60, 9 * HOUR); /* 100 of nine hours ago are 35 now */
    recompute(9 * HOUR);
    expect(world, SPAN_DAY, "3 1");
    expect(world, SPAN_WEEK, "1 3"); /* but 84 of the week */
    recompute(70 * HOUR);            /* below half a view */
    expect(world, SPAN_DAY, "");
    expect(world, SPAN_WEEK, "1 3");
}

static void leaves_out_withdrawn_and_follows_moves(void **state)
{
    (void)state;
    view(1, 30, 0);
    view(3, 20, 0);
    view(5, 10, 0);
    recompute(0);
    struct db_tx *tx = unit_begin(paper);
    db_exec(tx, &withdraw, ARGS(1));
    db_exec(tx, &move, ARGS(3, city));
    db_exec(tx, &add_place, ARGS(city, paper->now, 3));
    unit_commit(paper, &tx);
    recompute(MINUTE);
    expect(world, SPAN_DAY, "5");
    view(3, 1, MINUTE);
    recompute(MINUTE);
    expect(city, SPAN_DAY, "3");
    expect(SECTION_SITE, SPAN_DAY, "3 5");
}

static void offers_stories_to_their_other_sections(void **state)
{
    (void)state;
    view(1, 30, 0);
    struct db_tx *tx = unit_begin(paper);
    db_exec(tx, &add_place, ARGS(city, paper->now, 1));
    unit_commit(paper, &tx);
    recompute(0);
    expect(city, SPAN_DAY, "1");
    expect(SECTION_SITE, SPAN_DAY, "1");
}

static void lists_are_bounded_and_the_top_has_its_own_tag(void **state)
{
    struct tag_set tags;
    hot_rows rows = {0};
    (void)state;

    for (int64_t id = 100; id < 160; id++) {
        unit_story(paper, id, 0, world);
        view(id, 1000 - id, 0);
    }
    recompute(0);
    struct db_reader *db = unit_read(paper, &tags);
    hot_list(db, world, SPAN_DAY, &rows);
    assert_int_equal(rows.n, HOT_MOST);
    assert_true(unit_has_tag(&tags, "hot-list:1") && !unit_has_tag(&tags, "hot:1"));
    db_read_end(&db);
    db = unit_read(paper, &tags);
    rows.n = 0;
    hot_top(db, world, &rows);
    assert_int_equal(rows.n, HOT_TOP);
    assert_int_equal(rows.at[0].article, 100);
    assert_true(unit_has_tag(&tags, "hot:1"));
    db_read_end(&db);
    view(130, 5, 0); /* climbs from place 31 to 26 */
    struct str touched = recompute(0);
    assert_true(has(touched, "hot-list:1") && !has(touched, "hot:1"));
}

static void survives_a_clock_set_back(void **state)
{
    (void)state;
    view(1, 10, 0);
    view(1, 1, -3 * HOUR); /* counts as of now; three hours ago it would be half as far up */
    view(3, 10, 0);
    recompute(0);
    expect(world, SPAN_DAY, "1 3");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(merges_what_readers_may_see),
        CASE(makes_lists_of_site_and_sections),
        CASE(touches_only_lists_that_changed),
        CASE(fades),
        CASE(leaves_out_withdrawn_and_follows_moves),
        CASE(offers_stories_to_their_other_sections),
        CASE(lists_are_bounded_and_the_top_has_its_own_tag),
        CASE(survives_a_clock_set_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
