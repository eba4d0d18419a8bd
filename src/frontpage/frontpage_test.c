/* frontpage_test.c - what a front shows: placed, filled up, nothing twice; and what it depends on. */
#include "src/frontpage/frontpage.h"

#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

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
    for (int64_t id = 1; id <= 30; id++) /* 30 is the newest; even ones are of the city */
        unit_story(paper, id, id - 40, id % 2 ? world : city);
    unit_story(paper, 50, UNIT_UNLISTED, world);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static void put(int64_t front, enum zone zone, const int64_t *stories, size_t n)
{
    struct db_tx *tx = unit_begin(paper);

    front_place(tx, front, zone, stories, n);
    unit_commit(paper, &tx);
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

static struct front plan(int64_t front, struct tag_set *tags)
{
    struct db_reader *db = unit_read(paper, tags);
    struct front out;

    front_plan(db, front, &out);
    assert_true(db_read_end(&db));
    return out;
}

static void without_placing_the_newest_fill_all(void **state)
{
    (void)state;
    struct front home = plan(FRONT_HOME, NULL);
    assert_string_equal(numbers(&home.lead), "30");
    assert_string_equal(numbers(&home.secondary), "29 28 27 26");
    assert_string_equal(numbers(&home.recommended), "25 24 23 22 21 20");
    assert_int_equal(home.blocks.n, 2);
    assert_string_equal(numbers(&home.blocks.at[0].stories), "19 17 15 13 11");
    assert_string_equal(numbers(&home.blocks.at[1].stories), "18 16 14 12 10");
    assert_true(str_equal(home.blocks.at[0].section.name, STR("World")));
}

static void placed_stories_keep_their_slots(void **state)
{
    (void)state;
    put(FRONT_HOME, ZONE_LEAD, (int64_t[]){3}, 1);
    put(FRONT_HOME, ZONE_SECONDARY, (int64_t[]){30, 50, 5}, 3); /* 50 is a draft */
    put(FRONT_HOME, ZONE_RECOMMENDED, (int64_t[]){3, 29}, 2);   /* 3 stands in the lead */
    struct front home = plan(FRONT_HOME, NULL);
    assert_string_equal(numbers(&home.lead), "3");
    assert_string_equal(numbers(&home.secondary), "30 5 28 27");
    assert_string_equal(numbers(&home.recommended), "29 26 25 24 23 22");
}

static void an_empty_lead_does_not_take_what_stands_below(void **state)
{
    (void)state;
    put(FRONT_HOME, ZONE_SECONDARY, (int64_t[]){30}, 1);
    struct front home = plan(FRONT_HOME, NULL);
    assert_string_equal(numbers(&home.lead), "29");
    assert_string_equal(numbers(&home.secondary), "30 28 27 26");
}

static void nothing_stands_twice(void **state)
{
    bool seen[64] = {false};
    (void)state;

    put(FRONT_HOME, ZONE_RECOMMENDED, (int64_t[]){30, 28, 26}, 3);
    struct front home = plan(FRONT_HOME, NULL);
    const story_cards *lists[8] = {&home.lead, &home.secondary, &home.recommended};
    size_t n = 3;
    for (size_t i = 0; i < home.blocks.n; i++)
        lists[n++] = &home.blocks.at[i].stories;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < lists[i]->n; j++) {
            assert_false(seen[lists[i]->at[j].id]);
            seen[lists[i]->at[j].id] = true;
        }
    }
}

static void a_section_front_has_its_own_stories_and_no_blocks(void **state)
{
    (void)state;
    put(FRONT_HOME, ZONE_LEAD, (int64_t[]){4}, 1);
    put(city, ZONE_LEAD, (int64_t[]){6}, 1);
    struct front front = plan(city, NULL);
    assert_string_equal(numbers(&front.lead), "6");
    assert_string_equal(numbers(&front.secondary), "30 28 26 24");
    assert_int_equal(front.blocks.n, 0);
}

static void depends_on_what_it_looked_at(void **state)
{
    struct tag_set tags;
    (void)state;

    put(city, ZONE_LEAD, (int64_t[]){50}, 1); /* published later, it must appear */
    plan(city, &tags);
    assert_true(unit_has_tag(&tags, "front:2") && unit_has_tag(&tags, "section:2") && unit_has_tag(&tags, "story:50"));
    assert_false(unit_has_tag(&tags, "front:0") || unit_has_tag(&tags, "section:1"));
}

/* A section whose own newest all stand above is looked through further. */
static void blocks_look_behind_what_stands_above(void **state)
{
    (void)state;
    for (int64_t id = 60; id < 80; id++)
        unit_story(paper, id, id - 60, world);
    struct front home = plan(FRONT_HOME, NULL);
    assert_string_equal(numbers(&home.blocks.at[0].stories), "68 67 66 65 64");
    assert_string_equal(numbers(&home.blocks.at[1].stories), "30 28 26 24 22");
}

static void an_empty_paper_has_an_empty_front(void **state)
{
    struct front home;
    (void)state;

    unit_paper_close(&paper);
    paper = unit_paper_open();
    home = plan(FRONT_HOME, NULL);
    assert_int_equal(home.lead.n + home.secondary.n + home.recommended.n + home.blocks.n, 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(without_placing_the_newest_fill_all),
        CASE(placed_stories_keep_their_slots),
        CASE(an_empty_lead_does_not_take_what_stands_below),
        CASE(nothing_stands_twice),
        CASE(a_section_front_has_its_own_stories_and_no_blocks),
        CASE(depends_on_what_it_looked_at),
        CASE(blocks_look_behind_what_stands_above),
        CASE(an_empty_paper_has_an_empty_front),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
