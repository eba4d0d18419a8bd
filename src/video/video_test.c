/* video_test.c - videos published, listed by age, section and keyword, withdrawn. */
#include "src/video/video.h"

#include "src/actions.h"
#include "src/section/section.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char PICTURE[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0";
static const char SMALL[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x40\0\0\0\xf0";
static const char FILM[] = "\0\0\0\x18"
                           "ftypisom";

SQL(merge, "UPDATE keyword SET merged_into = $2 WHERE id = $1", .touches = "keyword-names:$1");

static struct unit_paper *paper;
static int64_t world;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    unit_media_file(paper, "poster.png", PICTURE, sizeof PICTURE);
    unit_media_file(paper, "poster-small.png", SMALL, sizeof SMALL);
    unit_media_file(paper, "film.mp4", FILM, sizeof FILM);
    unit_act(paper, "POST", "/desk/api/media", "/desk/api/media", media_put_action,
             "{\"file\": \"poster.png\", \"small_file\": \"poster-small.png\", \"alt\": \"船\"}");
    struct db_tx *tx = unit_begin(paper);
    world = section_named(tx, STR("World"));
    unit_commit(paper, &tx);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static struct unit_answer add(const char *body)
{
    paper->now.ms += 1000;
    return unit_act(paper, "POST", "/desk/api/videos", "/desk/api/videos", video_add_action, body);
}

static void adding(void **state)
{
    struct video video;
    struct tag_set tags;
    video_cards cards = {0};
    video_keywords keywords = {0};
    (void)state;

    struct unit_answer answer =
        add("{\"file\": \"film.mp4\", \"title\": \"港口\", \"poster\": \"poster\","
            " \"seconds\": 187, \"section\": \"world\", \"keywords\": [\"海\", \"船\", \"海\"]}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_touched(&answer, "videos") && unit_touched(&answer, "video:1"));
    struct db_reader *db = unit_read(paper, &tags);
    assert_true(video_find_published(db, 1, &video));
    assert_true(video.section == world && video.seconds == 187 && str_equal(video.length, STR("3:07")));
    assert_true(str_equal(video.file_url, STR("/media/film.mp4")));
    videos_latest(db, 0, 10, &cards);
    assert_int_equal(cards.n, 1);
    assert_true(str_equal(cards.at[0].poster, STR("/media/poster-small.png")) && cards.at[0].poster_width == 320);
    assert_true(cards.at[0].poster_height == 240 && str_equal(cards.at[0].url, STR("/video/1")));
    assert_true(unit_has_tag(&tags, "videos") && unit_has_tag(&tags, "video:1") && unit_has_tag(&tags, "media:1"));
    video_keywords_of(db, 1, &keywords);
    assert_int_equal(keywords.n, 2);
    assert_true(str_equal(keywords.at[0].name, STR("海")));
    db_read_end(&db);
}

static void lists(void **state)
{
    video_cards cards = {0};
    (void)state;

    add("{\"file\": \"film.mp4\", \"title\": \"one\", \"section\": \"World\", \"keywords\": [\"a\"]}");
    add("{\"file\": \"film.mp4\", \"title\": \"two\", \"keywords\": [\"a\", \"b\"]}");
    add("{\"file\": \"film.mp4\", \"title\": \"three\", \"section\": \"World\", \"keywords\": [\"b\"]}");
    struct db_reader *db = unit_read(paper, NULL);
    videos_latest(db, 1, 1, &cards);
    assert_true(cards.n == 1 && cards.at[0].id == 2 && cards.at[0].poster.n == 0);
    cards.n = 0;
    videos_of_section(db, world, 10, &cards);
    assert_true(cards.n == 2 && cards.at[0].id == 3 && cards.at[1].id == 1);
    cards.n = 0;
    videos_of_keyword(db, 1, 10, &cards);
    assert_true(cards.n == 2 && cards.at[0].id == 2 && cards.at[1].id == 1);
    assert_int_equal(videos_count(db), 3);
    db_read_end(&db);
}

static void merged_keywords_are_one(void **state)
{
    video_keywords keywords = {0};
    (void)state;

    add("{\"file\": \"film.mp4\", \"title\": \"two\", \"keywords\": [\"a\", \"b\"]}");
    struct db_tx *tx = unit_begin(paper);
    db_exec(tx, &merge, ARGS(1, 2));
    unit_commit(paper, &tx);
    struct db_reader *db = unit_read(paper, NULL);
    video_keywords_of(db, 1, &keywords);
    assert_true(keywords.n == 1 && keywords.at[0].id == 2);
    db_read_end(&db);
}

static void withdrawing(void **state)
{
    struct video video;
    (void)state;

    add("{\"file\": \"film.mp4\", \"title\": \"one\"}");
    struct unit_answer answer =
        unit_act(paper, "DELETE", "/desk/api/videos/{id:int}", "/desk/api/videos/1", video_withdraw_action, NULL);
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "videos") && unit_touched(&answer, "video:1"));
    struct db_reader *db = unit_read(paper, NULL);
    assert_false(video_find_published(db, 1, &video));
    assert_true(video_was_withdrawn(db, 1) && !video_was_withdrawn(db, 2));
    assert_int_equal(videos_count(db), 0);
    db_read_end(&db);
    answer = unit_act(paper, "DELETE", "/desk/api/videos/{id:int}", "/desk/api/videos/1", video_withdraw_action, NULL);
    assert_int_equal(answer.status, 404);
}

static void refusing(void **state)
{
    static const struct {
        const char *body, *field;
    } CASES[] = {
        {"{\"title\": \"x\"}", "file"},
        {"{\"file\": \"film.mp4\"}", "title"},
        {"{\"file\": \"absent.mp4\", \"title\": \"x\"}", "file"},
        {"{\"file\": \"poster.png\", \"title\": \"x\"}", "file"},
        {"{\"file\": \"film.mp4\", \"title\": \"x\", \"poster\": \"film\"}", "poster"},
        {"{\"file\": \"film.mp4\", \"title\": \"x\", \"section\": \"moon\"}", "section"},
        {"{\"file\": \"film.mp4\", \"title\": \"x\", \"seconds\": -1}", "seconds"},
        {"{\"file\": \"film.mp4\", \"title\": \"x\", \"keywords\": \"a b\"}", "keywords"},
        {"{\"file\": \"film.mp4\", \"title\": \"x\", \"keywords\": [\"a\", \"\"]}", "keywords"},
        {"{\"file\": \"film.mp4\", \"title\": \"x\", \"keywords\": [\"a\", 5]}", "keywords"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct unit_answer answer = add(CASES[i].body);
        const char *field = str_cstr(paper->arena, str_printf(paper->arena, "\"field\":\"%s\"", CASES[i].field));
        if (answer.status != 422 || !unit_says(&answer, field))
            fail_msg("%s: %d %.*s", CASES[i].body, answer.status, STR_ARG(answer.text));
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(adding), CASE(lists), CASE(merged_keywords_are_one), CASE(withdrawing),
                                       CASE(refusing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
