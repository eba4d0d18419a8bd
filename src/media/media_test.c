/* media_test.c - files registered: sizes read from them, lies and strangers refused. */
#include "src/media/media.h"

#include "src/actions.h"
#include "src/media/media_file.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const char LARGE[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0";
static const char SMALL[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x40\0\0\0\xf0";
static const char FILM[] = "\0\0\0\x18"
                           "ftypisom";

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    unit_media_file(paper, "harbour.png", LARGE, sizeof LARGE);
    unit_media_file(paper, "harbour-small.png", SMALL, sizeof SMALL);
    unit_media_file(paper, "wrong.webp", LARGE, sizeof LARGE);
    unit_media_file(paper, "page.png", "<html>", 6);
    unit_media_file(paper, "film.mp4", FILM, sizeof FILM);
    assert_int_equal(symlinkat("harbour.png", paper->app.media, "link.png"), 0);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static struct unit_answer put(const char *body)
{
    return unit_act(paper, "POST", "/desk/api/media", "/desk/api/media", media_put_action, body);
}

static void measuring_files(void **state)
{
    int dir = paper->app.media;
    (void)state;

    assert_int_equal(media_file_bytes(dir, paper->arena, STR("harbour.png")), sizeof LARGE);
    assert_int_equal(media_file_bytes(dir, paper->arena, STR("nothing.png")), 0);
    assert_int_equal(media_file_bytes(dir, paper->arena, STR("link.png")), 0);
    assert_int_equal(media_file_bytes(dir, paper->arena, STR("../content.db")), 0);
}

static void registering(void **state)
{
    struct media media;
    struct tag_set tags;
    (void)state;

    struct unit_answer answer = put("{\"file\": \"harbour.png\", \"small_file\": \"harbour-small.png\","
                                    " \"caption\": \"港口\", \"alt\": \"船\", \"credit\": \"路透\"}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_touched(&answer, "media:1") && unit_touched(&answer, "media-name:harbour"));
    struct db_reader *db = unit_read(paper, &tags);
    assert_true(media_find_by_name(db, STR("harbour"), &media));
    assert_true(media.width == 640 && media.height == 480 && media.small_width == 320);
    assert_true(str_equal(media.url, STR("/media/harbour.png")));
    assert_true(str_equal(media.small_url, STR("/media/harbour-small.png")));
    assert_false(media_find_by_name(db, STR("nothing"), &media));
    assert_true(unit_has_tag(&tags, "media-name:nothing") && unit_has_tag(&tags, "media:1"));
    db_read_end(&db);
}

static void registering_again_changes(void **state)
{
    struct media media;
    (void)state;

    put("{\"file\": \"harbour.png\"}");
    struct unit_answer answer = put("{\"file\": \"harbour-small.png\", \"name\": \"harbour\", \"credit\": \"x\"}");
    assert_int_equal(unit_int(paper, &answer, "id"), 1);
    struct db_reader *db = unit_read(paper, NULL);
    assert_true(media_find(db, 1, &media) && media.width == 320 && str_equal(media.credit, STR("x")));
    media_list list = {0};
    media_latest(db, 0, 10, &list);
    assert_int_equal(list.n, 1);
    db_read_end(&db);
}

static void films(void **state)
{
    (void)state;
    struct unit_answer answer = put("{\"file\": \"film.mp4\", \"kind\": \"video\", \"width\": 1920, \"height\": 1080}");
    assert_int_equal(answer.status, 201);
    assert_int_equal(unit_int(paper, &answer, "width"), 1920);
}

static void refusing(void **state)
{
    static const struct {
        const char *body, *field;
    } CASES[] = {
        {"{}", "file"},
        {"{\"file\": \"absent.png\"}", "file"},
        {"{\"file\": \"../content.db\"}", "file"},
        {"{\"file\": \"link.png\"}", "file"},
        {"{\"file\": \"page.png\"}", "file"},
        {"{\"file\": \"wrong.webp\"}", "file"},
        {"{\"file\": \"film.mp4\"}", "file"},
        {"{\"file\": \"harbour.png\", \"kind\": \"video\"}", "file"},
        {"{\"file\": \"harbour.png\", \"kind\": \"sound\"}", "kind"},
        {"{\"file\": \"harbour.png\", \"width\": 5}", "width"},
        {"{\"file\": \"harbour-small.png\", \"small_file\": \"harbour.png\"}", "small_file"},
        {"{\"file\": \"harbour.png\", \"small_file\": \"absent.png\"}", "small_file"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct unit_answer answer = put(CASES[i].body);
        const char *field = str_cstr(paper->arena, str_printf(paper->arena, "\"field\":\"%s\"", CASES[i].field));
        if (answer.status != 422 || !unit_says(&answer, field))
            fail_msg("%s: %d %.*s", CASES[i].body, answer.status, STR_ARG(answer.text));
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(measuring_files), CASE(registering), CASE(registering_again_changes),
                                       CASE(films), CASE(refusing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
