/* rails_test.c - side lists: full, without repetition, without the page's own story. */
#include "src/rails/rails.h"

#include "src/frontpage/frontpage.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct unit_paper *paper;
static int64_t world, city;

enum { STORIES = 60 };

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    world = section_named(tx, STR("World"));
    city = section_named(tx, STR("City"));
    unit_commit(paper, &tx);
    for (int64_t id = 1; id <= STORIES; id++) /* STORIES is the newest; every third is of the city */
        unit_story(paper, id, id - 100, id % 3 ? world : city);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static void view(int64_t story, int64_t count)
{
    struct db_tx *tx = unit_begin(paper);

    traffic_merge(tx, paper->now, &(struct views){story, count}, 1);
    hot_recompute(tx, paper->now);
    unit_commit(paper, &tx);
}

static struct rails plan(int64_t section, int64_t without, struct tag_set *tags)
{
    struct db_reader *db = unit_read(paper, tags);
    struct rails out;

    rails_plan(db, section, without, &out);
    assert_true(db_read_end(&db));
    return out;
}

static const char *numbers(const story_cards *cards)
{
    struct buf found = BUF(1000);

    for (size_t i = 0; i < cards->n; i++)
        buf_printf(&found, "%s%d", i ? " " : "", (int)cards->at[i].id);
    const char *text = str_cstr(paper->arena, buf_str(&found));
    buf_free(&found);
    return text;
}

enum { LISTS = 5 };

static void lists_of(const struct rails *rails, const story_cards *out[LISTS])
{
    out[0] = &rails->hot;
    out[1] = &rails->site_hot;
    out[2] = &rails->recommended;
    out[3] = &rails->section_latest;
    out[4] = &rails->latest;
}

/* No story twice, none that is left out. */
static void check_unique(const struct rails *rails, int64_t without)
{
    const story_cards *lists[LISTS];
    bool seen[STORIES + 1] = {false};

    lists_of(rails, lists);
    for (size_t i = 0; i < LISTS; i++) {
        for (size_t j = 0; j < lists[i]->n; j++) {
            int64_t id = lists[i]->at[j].id;
            assert_true(id != without && !seen[id]);
            seen[id] = true;
        }
    }
}

static void check_full(const struct rails *rails)
{
    assert_int_equal(rails->hot.n, RAIL_HOT);
    assert_int_equal(rails->site_hot.n, RAIL_HOT);
    assert_int_equal(rails->recommended.n, RAIL_RECOMMENDED);
    assert_int_equal(rails->section_latest.n, RAIL_LATEST);
    assert_int_equal(rails->latest.n, RAIL_LATEST);
}

/* Its latest are the newest; what nobody read or placed yet goes on behind them. */
static void a_young_paper_shows_the_newest(void **state)
{
    (void)state;
    struct rails rails = plan(city, 0, NULL);
    assert_string_equal(numbers(&rails.section_latest), "60 57 54 51 48 45 42 39 36 33");
    assert_string_equal(numbers(&rails.latest), "59 58 56 55 53 52 50 49 47 46");
    assert_string_equal(numbers(&rails.hot), "30 27 24 21 18 15 12 9 6 3");
    assert_string_equal(numbers(&rails.site_hot), "44 43 41 40 38 37 35 34 32 31");
    assert_string_equal(numbers(&rails.recommended), "29 28 26 25 23 22"); /* the section has none left */
    rails = plan(SECTION_SITE, 0, NULL);
    assert_string_equal(numbers(&rails.latest), "60 59 58 57 56 55 54 53 52 51");
    assert_string_equal(numbers(&rails.hot), "50 49 48 47 46 45 44 43 42 41");
    assert_string_equal(numbers(&rails.recommended), "40 39 38 37 36 35");
    assert_int_equal(rails.site_hot.n + rails.section_latest.n, 0);
}

static void hot_stories_come_first(void **state)
{
    (void)state;
    view(6, 100);
    view(9, 300);
    view(59, 200);
    view(1, 500); /* of the world: not in the city's list, but in the site's */
    struct rails rails = plan(city, 0, NULL);
    assert_string_equal(numbers(&rails.hot), "9 6 30 27 24 21 18 15 12 3");
    assert_string_equal(numbers(&rails.site_hot), "1 59 43 41 40 38 37 35 34 32");
    assert_string_equal(numbers(&rails.section_latest), "60 57 54 51 48 45 42 39 36 33");
    rails = plan(SECTION_SITE, 0, NULL);
    assert_string_equal(numbers(&rails.latest), "60 59 58 57 56 55 54 53 52 51");
    assert_string_equal(numbers(&rails.hot), "1 9 6 50 49 48 47 46 45 44");
}

static void editors_recommend(void **state)
{
    (void)state;
    struct db_tx *tx = unit_begin(paper);
    front_place(tx, city, ZONE_RECOMMENDED, (int64_t[]){60, 3}, 2);
    front_place(tx, FRONT_HOME, ZONE_RECOMMENDED, (int64_t[]){3, 4}, 2);
    unit_commit(paper, &tx);
    struct rails rails = plan(city, 0, NULL);
    assert_string_equal(numbers(&rails.recommended), "60 3 4 29 28 26");
    assert_string_equal(numbers(&rails.section_latest), "57 54 51 48 45 42 39 36 33 30");
    check_unique(&rails, 0);
}

static bool is_shown(const struct rails *rails, int64_t id)
{
    const story_cards *lists[LISTS];

    lists_of(rails, lists);
    for (size_t i = 0; i < LISTS; i++)
        for (size_t j = 0; j < lists[i]->n; j++)
            if (lists[i]->at[j].id == id)
                return true;
    return false;
}

static void check_same(const struct rails *a, const struct rails *b)
{
    const story_cards *lists_a[LISTS], *lists_b[LISTS];

    lists_of(a, lists_a);
    lists_of(b, lists_b);
    for (size_t i = 0; i < LISTS; i++)
        assert_string_equal(numbers(lists_a[i]), numbers(lists_b[i]));
}

/* Whatever story is left out, lists stay full and free of it; and one that is in no list changes nothing. */
static void leaving_out(void **state)
{
    (void)state;
    for (int64_t id = 1; id <= 40; id += 4)
        view(id, id);
    struct rails all = plan(world, 0, NULL);
    check_full(&all);
    for (int64_t without = 1; without <= STORIES; without++) {
        struct rails rails = plan(world, without, NULL);
        check_unique(&rails, without);
        check_full(&rails);
        if (!is_shown(&all, without))
            check_same(&rails, &all);
    }
}

/* What is called a section's is of the section. */
static void a_small_section(void **state)
{
    (void)state;
    struct db_tx *tx = unit_begin(paper);
    int64_t tiny = section_named(tx, STR("Tiny"));
    unit_commit(paper, &tx);
    struct rails rails = plan(tiny, 60, NULL);
    assert_int_equal(rails.hot.n + rails.section_latest.n, 0);
    assert_int_equal(rails.site_hot.n, RAIL_HOT);
    assert_int_equal(rails.recommended.n, RAIL_RECOMMENDED);
    assert_int_equal(rails.latest.n, RAIL_LATEST);
    check_unique(&rails, 60);
}

static void depends_on_what_it_looked_at(void **state)
{
    struct tag_set tags;
    (void)state;

    plan(city, 0, &tags);
    assert_true(unit_has_tag(&tags, "hot:2") && unit_has_tag(&tags, "hot:0"));
    assert_true(unit_has_tag(&tags, "front:2") && unit_has_tag(&tags, "front:0"));
    assert_true(unit_has_tag(&tags, "section:2") && unit_has_tag(&tags, "section:0") &&
                unit_has_tag(&tags, "story:60"));
    assert_false(unit_has_tag(&tags, "section:1") || unit_has_tag(&tags, "hot-list:2"));
}

static void pages_of_lists(void **state)
{
    story_cards cards = {0};
    (void)state;

    view(6, 100);
    view(9, 300);
    struct db_reader *db = unit_read(paper, NULL);
    rails_hot(db, SECTION_SITE, SPAN_WEEK, &cards);
    assert_string_equal(numbers(&cards), "9 6");
    cards.n = 0;
    rails_latest(db, 3, 4, &cards);
    assert_string_equal(numbers(&cards), "57 56 55 54");
    db_read_end(&db);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(a_young_paper_shows_the_newest),
        CASE(hot_stories_come_first),
        CASE(editors_recommend),
        CASE(leaving_out),
        CASE(a_small_section),
        CASE(depends_on_what_it_looked_at),
        CASE(pages_of_lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
