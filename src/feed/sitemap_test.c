/* sitemap_test.c - site maps: every story once, nothing else, in files that stay small. */
#include "src/actions.h"
#include "src/article/article.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "src/staticpage/staticpage.h"
#include "src/topic/topic.h"
#include "src/video/video.h"
#include "tests/unit_pages.h"
#include "tests/unit_paper.h"
#include "tests/unit_xml.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define ADDRESS "https://haowai.example"

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static unit_nodes map_of(const char *target)
{
    struct unit_page got = unit_get(paper, target);
    unit_nodes nodes = {0};

    assert_int_equal(got.status, 200);
    assert_string_equal(str_cstr(paper->arena, got.type), "application/xml; charset=utf-8");
    unit_xml(paper->arena, got.body, &nodes);
    return nodes;
}

static void assert_text(struct str text, const char *expected)
{
    assert_string_equal(str_cstr(paper->arena, text), expected);
}

/* Is the address the text of one of the elements? */
static bool holds(const unit_nodes *nodes, const char *path, const char *address)
{
    for (size_t i = 0; i < unit_count(nodes, path); i++)
        if (str_equal(unit_text(nodes, path, i), str_of(address)))
            return true;
    return false;
}

SQL(withdraw, "UPDATE article SET listed = 0, state = 'withdrawn' WHERE id = $1", .touches = "-");

static void stories_stand_in_blocks(void **state)
{
    (void)state;
    unit_story(paper, 1, -3, 1);
    unit_story(paper, 2, UNIT_UNLISTED, 1);
    unit_story(paper, STORY_BLOCK - 1, -2, 1);
    unit_story(paper, STORY_BLOCK, -1, 1);
    unit_story(paper, 3 * STORY_BLOCK + 5, 0, 1);
    unit_nodes index = map_of("/sitemap.xml");

    assert_true(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/0.xml"));
    assert_true(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/1.xml"));
    assert_false(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/2.xml"));
    assert_true(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/3.xml"));
    assert_int_equal(unit_count(&index, "sitemapindex/sitemap"), 4); /* and the pages */
    unit_nodes block = map_of("/sitemap/0.xml");
    assert_int_equal(unit_count(&block, "urlset/url"), 2);
    assert_text(unit_text(&block, "urlset/url/loc", 0), ADDRESS "/news/20250821/1");
    assert_text(unit_text(&block, "urlset/url/lastmod", 0), "2025-08-21T11:16:00+08:00");
    assert_int_equal(unit_get(paper, "/sitemap/2.xml").status, 404);
    assert_int_equal(unit_get(paper, "/sitemap/4.xml").status, 404);
    assert_int_equal(unit_get(paper, "/sitemap/999999999999999999.xml").status, 404);
    assert_int_equal(unit_get(paper, "/sitemap/01.xml").status, 404);
}

/* A block whose last story goes leaves the index; what it was made from says so. */
static void withdrawn_stories_leave(void **state)
{
    (void)state;
    unit_story(paper, 1, 0, 1);
    struct unit_page block = unit_get(paper, "/sitemap/0.xml"), index = unit_get(paper, "/sitemap.xml");
    struct db_tx *tx = unit_begin(paper);

    assert_true(unit_has_tag(&block.tags, "block:0"));
    assert_true(unit_has_tag(&index.tags, "archive"));
    assert_false(unit_has_tag(&block.tags, "archive") || unit_has_tag(&block.tags, "story:1"));
    db_exec(tx, &withdraw, ARGS(1));
    unit_commit(paper, &tx);
    assert_int_equal(unit_get(paper, "/sitemap/0.xml").status, 404);
    unit_nodes left = map_of("/sitemap.xml");
    assert_int_equal(unit_count(&left, "sitemapindex/sitemap"), 1);
}

static void everything_else_has_maps(void **state)
{
    struct db_tx *tx = unit_begin(paper);
    (void)state;

    section_add(tx, &(struct section){.slug = STR("world"), .name = STR("World"), .description = STR("")});
    person_add(tx, &(struct person){.slug = STR("lin"), .name = STR("Lin"), .role = STR(""), .bio = STR("")});
    topic_add(tx, &(struct topic){.slug = STR("storm"),
                                  .title = STR("Storm"),
                                  .title_breaks = STR(""),
                                  .description = STR(""),
                                  .listed = paper->now});
    static_page_put(
        tx, &(struct static_page){
                .slug = STR("about"), .title = STR("About"), .body = STR("{\"v\":1,\"b\":[]}"), .updated = paper->now});
    unit_commit(paper, &tx);
    unit_act(paper, "POST", "/desk/api/articles", "/desk/api/articles", article_add_action,
             "{\"title\": \"A\", \"body\": \"B\", \"keywords\": [\"港 & 船\"]}");
    unit_nodes pages = map_of("/sitemap/pages.xml"), keywords = map_of("/sitemap/keywords.xml");
    static const char *const EXPECTED[] = {ADDRESS "/",           ADDRESS "/latest",      ADDRESS "/section/world",
                                           ADDRESS "/author/lin", ADDRESS "/topic/storm", ADDRESS "/page/about"};

    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++)
        assert_true(holds(&pages, "urlset/url/loc", EXPECTED[i]));
    assert_int_equal(unit_count(&pages, "urlset/url/lastmod"), 1);
    assert_int_equal(unit_count(&keywords, "urlset/url"), 1);
    assert_text(unit_text(&keywords, "urlset/url/loc", 0), ADDRESS "/keyword/%E6%B8%AF-%E8%88%B9");
    unit_nodes index = map_of("/sitemap.xml");
    assert_true(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/keywords.xml"));
    assert_false(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/videos.xml"));
}

#define VIDEO "urlset/url/video:video/"

static void videos_have_a_map(void **state)
{
    struct db_tx *tx = unit_begin(paper);
    struct media poster = {.name = STR("p"),
                           .kind = STR("image"),
                           .file = STR("p.webp"),
                           .width = 1600,
                           .height = 900,
                           .small_file = STR(""),
                           .caption = STR(""),
                           .alt = STR(""),
                           .credit = STR("")};
    struct video video = {.listed = paper->now,
                          .title = STR("A & ]]> b"),
                          .title_breaks = STR(""),
                          .description = STR(""),
                          .file = STR("film.mp4"),
                          .seconds = 65};
    (void)state;

    video.poster = media_put(tx, &poster);
    video_add(tx, &video, NULL, 0);
    video.poster = 0;
    video.listed.ms -= 1000;
    for (int i = 0; i < 120; i++) /* more than one list of them */
        video_add(tx, &video, NULL, 0);
    unit_commit(paper, &tx);
    unit_nodes map = map_of("/sitemap/videos.xml");
    assert_int_equal(unit_count(&map, "urlset/url"), 121);
    assert_int_equal(unit_count(&map, "urlset/url/video:video"), 1);
    assert_text(unit_text(&map, "urlset/url/loc", 0), ADDRESS "/video/1");
    assert_text(unit_text(&map, VIDEO "video:thumbnail_loc", 0), ADDRESS "/media/p.webp");
    assert_text(unit_text(&map, VIDEO "video:title", 0), "A & ]]> b");
    assert_text(unit_text(&map, VIDEO "video:description", 0), "A & ]]> b");
    assert_text(unit_text(&map, VIDEO "video:content_loc", 0), ADDRESS "/media/film.mp4");
    assert_text(unit_text(&map, VIDEO "video:duration", 0), "65");
    assert_text(unit_text(&map, VIDEO "video:publication_date", 0), "2025-08-21T11:19:00+08:00");
    unit_nodes index = map_of("/sitemap.xml");
    assert_true(holds(&index, "sitemapindex/sitemap/loc", ADDRESS "/sitemap/videos.xml"));
}

/* 48 hours before the newest story, the last minute of them included. */
static void news_are_two_days_old_at_most(void **state)
{
    enum { HOUR = 60 };
    (void)state;

    unit_story(paper, 1, -49 * HOUR, 1);
    unit_story(paper, 2, -48 * HOUR, 1);
    unit_story(paper, 3, -5, 1);
    unit_story(paper, 4, 0, 1);
    unit_story(paper, 5, UNIT_UNLISTED, 1);
    unit_nodes map = map_of("/news-sitemap.xml");

    assert_int_equal(unit_count(&map, "urlset/url"), 3);
    assert_text(unit_text(&map, "urlset/url/loc", 0), ADDRESS "/news/20250821/4");
    assert_text(unit_text(&map, "urlset/url/loc", 2), ADDRESS "/news/20250819/2");
    assert_text(unit_text(&map, "urlset/url/news:news/news:publication/news:name", 0), "號外");
    assert_text(unit_text(&map, "urlset/url/news:news/news:publication/news:language", 0), "zh-tw");
    assert_text(unit_text(&map, "urlset/url/news:news/news:publication_date", 0), "2025-08-21T11:19:00+08:00");
    assert_text(unit_text(&map, "urlset/url/news:news/news:title", 0), "Story 4");
}

static void news_are_a_thousand_at_most(void **state)
{
    (void)state;

    for (int64_t i = 1; i <= 1003; i++)
        unit_story(paper, i, -i, 1);
    unit_nodes map = map_of("/news-sitemap.xml");
    assert_int_equal(unit_count(&map, "urlset/url"), 1000);
}

static void an_empty_paper_has_maps(void **state)
{
    (void)state;
    unit_nodes news = map_of("/news-sitemap.xml"), index = map_of("/sitemap.xml");

    assert_int_equal(unit_count(&news, "urlset/url"), 0);
    assert_int_equal(unit_count(&index, "sitemapindex/sitemap"), 1);
    assert_int_equal(unit_get(paper, "/sitemap/0.xml").status, 404);
}

static void robots_are_told_where_the_maps_are(void **state)
{
    (void)state;
    struct unit_page got = unit_get(paper, "/robots.txt");

    assert_int_equal(got.status, 200);
    assert_text(got.type, "text/plain; charset=utf-8");
    assert_true(str_starts(got.body, STR("User-agent: *\n")));
    assert_true(unit_shows(&got, "\nSitemap: " ADDRESS "/sitemap.xml\n"));
    assert_true(unit_shows(&got, "\nSitemap: " ADDRESS "/news-sitemap.xml\n"));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(stories_stand_in_blocks),       CASE(withdrawn_stories_leave),
                                       CASE(everything_else_has_maps),      CASE(videos_have_a_map),
                                       CASE(news_are_two_days_old_at_most), CASE(news_are_a_thousand_at_most),
                                       CASE(an_empty_paper_has_maps),       CASE(robots_are_told_where_the_maps_are)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
