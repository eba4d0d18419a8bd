/* demo_test.c - the demo paper is filled: everything its files hold is there, and looks as if it had happened. */
#include "src/demo/demo.h"

#include "lib/base/arena.h"
#include "lib/web/theme.h"
#include "src/actions.h"
#include "src/article/article.h"
#include "src/article/article_write.h"
#include "src/flash/flash.h"
#include "src/frontpage/frontpage.h"
#include "src/keyword/keyword.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "src/staticpage/staticpage.h"
#include "src/topic/topic.h"
#include "src/traffic/traffic.h"
#include "src/video/video.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { FILL_MS_MOST = 5000, FILL_MS_MOST_PGSQL = 20000 }; /* thousands of small questions, each over a socket */

extern const struct embedded_file DEMO_FILES[];

static struct unit_paper *paper;
static struct acting *acting;
static struct moment now;
static int clock_hour, clock_minute; /* of the day it is filled on */
static struct db_reader *db;         /* one snapshot for all tests */

/* Filled once: the tests only look. */
static int fill_paper(void **state)
{
    struct db_problem problem = {{0}};
    struct settings settings;
    (void)state;

    paper = unit_paper_open();
    settings_default(&settings);
    demo_settings(paper->arena, &settings);
    if (!settings_write(paper->dir, &settings, &problem))
        fail_msg("%s", problem.text);
    acting = acting_new(&(struct acting_config){.routes = ACTIONS, .db = paper->app.db, .app = &paper->app});
    now = moment_of_local(2026, 3, 1, clock_hour, clock_minute, 7);
    int64_t begun = clock_steady_ms();
    if (!demo_fill(paper->dir, acting, now, &problem))
        fail_msg("%s", problem.text);
    bool is_pgsql = strcmp(db_engine_name(paper->app.db), "postgresql") == 0;
    assert_true(clock_steady_ms() - begun < (is_pgsql ? FILL_MS_MOST_PGSQL : FILL_MS_MOST));
    db = unit_read(paper, NULL);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    if (db)
        db_read_end(&db);
    acting_free(&acting);
    unit_paper_close(&paper);
    return 0;
}

static const struct json *content(const char *name)
{
    for (const struct embedded_file *file = DEMO_FILES; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return json_parse(paper->arena, (struct str){file->bytes, file->size});
    return NULL;
}

/* --- tests ---------------------------------------------------------------------------- */

SQL(count_stories, "SELECT count(*) FROM article WHERE listed > 0", .reads = "-");
SQL(count_others, "SELECT count(*) FROM article WHERE listed = 0", .reads = "-");
SQL(count_unsectioned, "SELECT count(*) FROM article WHERE section = 0", .reads = "-");
SQL(count_future, "SELECT count(*) FROM article WHERE published > $1 OR updated > $1", .reads = "-");
SQL(count_without_hero, "SELECT count(*) FROM article WHERE hero = 0", .reads = "-");
SQL(count_corrections, "SELECT count(*) FROM correction", .reads = "-");
SQL(count_past_timers, "SELECT count(*) FROM timer WHERE due <= $1", .reads = "-");
SQL(first_published, "SELECT min(published) FROM article", .reads = "-");

static void stories_of_two_weeks(void **state)
{
    size_t expected = 0;
    (void)state;

    for (const struct embedded_file *file = DEMO_FILES; file->name; file++)
        if (str_starts(str_of(file->name), STR("stories/")))
            expected += json_count(content(file->name));
    assert_true(expected >= 60);
    assert_int_equal(db_int(db, &count_stories, NO_ARGS, 0), expected);
    assert_int_equal(db_int(db, &count_others, NO_ARGS, -1), 0);
    assert_int_equal(db_int(db, &count_unsectioned, NO_ARGS, -1), 0);
    assert_true(db_int(db, &count_without_hero, NO_ARGS, 100) <= (int64_t)expected / 10);
    assert_int_equal(db_int(db, &count_future, ARGS(now), -1), 0);
    assert_true(db_int(db, &first_published, NO_ARGS, 0) > now.ms - (int64_t)16 * 86400 * 1000);
}

/* The database is consistent with what readers see: the newest has the highest number. */
static void numbers_follow_time(void **state)
{
    story_cards cards = {0};
    (void)state;

    stories_latest(db, SECTION_SITE, 0, STORIES_MOST, &cards);
    for (size_t i = 1; i < cards.n; i++)
        assert_true(cards.at[i].id < cards.at[i - 1].id && cards.at[i].published.ms <= cards.at[i - 1].published.ms);
}

static void every_section_has_stories(void **state)
{
    sections list = {0};
    (void)state;

    sections_list(db, &list);
    assert_int_equal(list.n, 8);
    for (size_t i = 0; i < list.n; i++) {
        story_cards cards = {0};
        stories_latest(db, list.at[i].id, 0, 10, &cards);
        assert_true(cards.n >= 5);
    }
}

static void no_reference_is_left_open(void **state)
{
    (void)state;

    for (int64_t id = 1;; id++) {
        struct article story;
        if (!article_find_published(db, id, &story))
            break;
        assert_int_equal(str_find(story.body, STR("{{"), 0), -1);
        assert_true(story.words > 100);
    }
}

static void people_keywords_and_pages(void **state)
{
    const struct json *files = content("paper.json");
    struct keyword keyword;
    people everybody = {0};
    static_pages pages = {0};
    topics gathered = {0};
    (void)state;

    people_list(db, STR(""), PEOPLE_MOST, &everybody);
    assert_int_equal(everybody.n, json_count(json_member(files, "people")));
    assert_true(keyword_find_by_name(db, STR("Langang"), &keyword));
    assert_true(str_equal(keyword.name, STR("瀾港市")) && keyword.stories > 0);
    static_pages_list(db, &pages);
    assert_int_equal(pages.n, json_count(content("pages.json")));
    topics_list(db, TOPICS_MOST, &gathered);
    assert_int_equal(gathered.n, json_count(content("topics.json")));
    for (size_t i = 0; i < gathered.n; i++) {
        story_cards cards = {0};
        topic_stories(db, gathered.at[i].id, &cards);
        assert_true(cards.n >= 2);
    }
}

static void flashes_videos_and_corrections(void **state)
{
    flashes shown = {0};
    video_cards videos = {0};
    (void)state;

    flash_live(db, FLASH_MOST, &shown);
    assert_true(shown.n >= 3);
    videos_latest(db, 0, VIDEO_MOST, &videos);
    assert_int_equal(videos.n, json_count(content("videos.json")));
    for (size_t i = 0; i < videos.n; i++)
        assert_true(videos.at[i].poster.n > 0 && videos.at[i].listed.ms <= now.ms);
    assert_true(db_int(db, &count_corrections, NO_ARGS, 0) >= 3);
    assert_int_equal(db_int(db, &count_corrections, NO_ARGS, 0), json_count(content("corrections.json")));
    assert_int_equal(db_int(db, &count_past_timers, ARGS(now), -1), 0);
}

static void fronts_and_hot_lists(void **state)
{
    sections list = {0};
    front_slots lead = {0};
    hot_rows day = {0}, week = {0};
    (void)state;

    front_placed(db, FRONT_HOME, ZONE_LEAD, &lead);
    assert_int_equal(lead.n, 1);
    hot_list(db, SECTION_SITE, SPAN_DAY, &day);
    hot_list(db, SECTION_SITE, SPAN_WEEK, &week);
    assert_true(day.n >= 10 && week.n >= day.n);
    sections_list(db, &list);
    for (size_t i = 0; i < list.n; i++) {
        hot_rows hot = {0};
        hot_list(db, list.at[i].id, SPAN_WEEK, &hot);
        assert_true(hot.n >= 5);
    }
}

/* A second filling is refused and changes nothing. */
static void not_twice(void **state)
{
    struct db_problem problem = {{0}};
    (void)state;

    assert_false(demo_fill(paper->dir, acting, now, &problem));
    assert_true(strlen(problem.text) > 0);
    struct db_reader *after = unit_read(paper, NULL);
    assert_int_equal(db_int(after, &count_stories, NO_ARGS, 0), db_int(db, &count_stories, NO_ARGS, 1));
    db_read_end(&after);
}

int main(void)
{
    /* what is told in minutes ago must not overtake what is told in days ago */
    static const int TIMES[][2] = {{0, 5}, {2, 59}, {3, 1}, {12, 0}, {23, 58}};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_of_two_weeks),      cmocka_unit_test(numbers_follow_time),
        cmocka_unit_test(every_section_has_stories), cmocka_unit_test(no_reference_is_left_open),
        cmocka_unit_test(people_keywords_and_pages), cmocka_unit_test(flashes_videos_and_corrections),
        cmocka_unit_test(fronts_and_hot_lists),      cmocka_unit_test(not_twice)};
    int failed = 0;

    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        clock_hour = TIMES[i][0];
        clock_minute = TIMES[i][1];
        failed += cmocka_run_group_tests(tests, fill_paper, close_paper);
    }
    return failed;
}
