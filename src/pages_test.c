/* pages_test.c - every page of a small paper, rendered from the theme's files: what stands there and what must not. */
#include "src/routes.h"

#include "lib/base/check.h"
#include "src/actions.h"
#include "src/article/article.h"
#include "src/flash/flash.h"
#include "src/frontpage/frontpage.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/redirect/redirect.h"
#include "src/staff/staff.h"
#include "src/staticpage/staticpage.h"
#include "src/topic/topic.h"
#include "src/traffic/traffic.h"
#include "src/video/video.h"
#include "tests/unit_pages.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { STORIES = 64, PAGES_MOST = 600 };

/* In every text of the hostile story; DRAFT in what readers must never see. */
#define EVIL "<script>evil()</script>"
#define DRAFT "SECRETDRAFT"

static struct unit_paper *paper;
static int64_t world, city, hostile, corrected, withdrawn, plain_story;

/* --- a paper --------------------------------------------------------------------------------- */

static int64_t publish(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int64_t publish(const char *format, ...)
{
    char json[8192];
    va_list args;

    va_start(args, format);
    vsnprintf(json, sizeof json, format, args);
    va_end(args);
    struct unit_answer answer =
        unit_act(paper, "POST", "/desk/api/articles", "/desk/api/articles", article_add_action, json);
    if (answer.status != 201)
        die("%.*s: %s", STR_ARG(answer.text), json);
    return unit_int(paper, &answer, "id");
}

static void change(const char *what, int64_t id, action_function *action, const char *json)
{
    struct str path = str_printf(paper->arena, "/desk/api/articles/%d/%s", (int)id, what);
    struct str pattern = str_printf(paper->arena, "/desk/api/articles/{id:int}/%s", what);
    struct unit_answer answer =
        unit_act(paper, "POST", str_cstr(paper->arena, pattern), str_cstr(paper->arena, path), action, json);

    if (answer.status < 200 || answer.status > 299)
        die("%.*s", STR_ARG(answer.text));
}

static int64_t add_picture(struct db_tx *tx, const char *name)
{
    struct media media = {.name = str_of(name),
                          .kind = STR("image"),
                          .file = str_printf(paper->arena, "%s.webp", name),
                          .width = 1600,
                          .height = 1067,
                          .small_file = str_printf(paper->arena, "%s-640.webp", name),
                          .small_width = 640,
                          .caption = STR("漁船在清晨進港"),
                          .alt = STR("三艘漁船"),
                          .credit = STR("海風日報")};

    return media_put(tx, &media);
}

static void add_surroundings(struct db_tx *tx)
{
    struct person person = {.slug = STR("lin"), .name = STR("林知夏"), .role = STR("記者"), .bio = STR("跑港口線。")};
    struct static_page about = {.slug = STR("about"),
                                .title = STR("關於我們"),
                                .place = 1,
                                .updated = paper->now,
                                .body =
                                    STR("{\"v\":1,\"b\":[{\"id\":\"a\",\"t\":\"p\",\"r\":[{\"s\":\"我們是誰\"}]}]}")};

    world = section_named(tx, STR("國際"));
    city = section_named(tx, STR("港都"));
    section_named(tx, STR("空的頻道"));
    person_add(tx, &person);
    static_page_put(tx, &about);
    for (int i = 0; i < 3; i++)
        add_picture(tx, str_cstr(paper->arena, str_printf(paper->arena, "harbour-%d", i)));
}

static void add_stories(void)
{
    struct moment end = paper->now;

    for (int i = 1; i <= STORIES; i++) {
        paper->now.ms = end.ms - (int64_t)(STORIES - i) * 5 * 3600 * 1000;
        int64_t id = publish(
            "{\"title\":\"第%d則　漁港清晨的風與浪\",\"section\":\"%s\",\"body\":\"第%d則的內文。\\n\\n第二段。\","
            "\"keywords\":[\"漁港\",\"關鍵%d\"],\"bylines\":[{\"name\":\"林知夏\",\"person\":\"lin\"}]%s%s}",
            i, i % 3 ? "國際" : "港都", i, i % 5, i % 2 ? ",\"hero\":\"harbour-1\"" : "",
            i % 4 ? "" : ",\"lead\":\"四的倍數才有的前言\"");
        if (i == 10)
            plain_story = id;
    }
    paper->now = end;
}

/* One story with everything in it, all of it hostile. */
static void add_hostile(struct db_tx *tx)
{
    struct media media = {.name = STR("evil"),
                          .kind = STR("image"),
                          .file = STR("evil.webp"),
                          .width = 100,
                          .height = 80,
                          .small_file = STR(""),
                          .caption = STR(EVIL),
                          .alt = STR(EVIL),
                          .credit = STR(EVIL)};
    struct person person = {.slug = STR("evil"), .name = STR(EVIL), .role = STR(EVIL), .bio = STR(EVIL)};
    struct section section = {.slug = STR("evil"), .name = STR(EVIL), .description = STR(EVIL)};

    media_put(tx, &media);
    person_add(tx, &person);
    section_add(tx, &section);
}

static void add_special_stories(void)
{
    hostile = publish(
        "{\"title\":\"" EVIL "　x\",\"short_title\":\"" EVIL "\",\"social_title\":\"" EVIL "\",\"seo_title\":\"" EVIL
        "\",\"kicker\":\"" EVIL "\",\"lead\":\"" EVIL "\",\"report_type\":\"" EVIL "\",\"byline_text\":\"" EVIL
        "\",\"warning\":\"" EVIL "\",\"source\":\"" EVIL "\",\"source_url\":\"https://a.example/?a=%%22%%3E\","
        "\"licence\":\"" EVIL "\",\"section\":\"evil\",\"keywords\":[\"" EVIL "\",\"漁港\"],\"body\":\"" EVIL
        "\\n\\n" EVIL "\",\"bylines\":[{\"name\":\"" EVIL "\",\"role\":\"" EVIL "\",\"person\":\"evil\"}],"
        "\"hero\":{\"picture\":\"evil\",\"caption\":\"" EVIL "\",\"alt\":\"" EVIL "\",\"credit\":\"" EVIL "\"}}");
    publish("{\"title\":\"" DRAFT " 草稿\",\"section\":\"國際\",\"keywords\":[\"漁港\"],\"body\":\"" DRAFT
            "\",\"state\":\"draft\"}");
    publish("{\"title\":\"" DRAFT " 排程\",\"section\":\"國際\",\"keywords\":[\"漁港\"],\"body\":\"" DRAFT "\","
            "\"published\":\"2030-01-01T00:00:00+08:00\"}");
    withdrawn =
        publish("{\"title\":\"" DRAFT " 撤下\",\"section\":\"國際\",\"keywords\":[\"漁港\"],\"body\":\"" DRAFT "\"}");
    change("withdraw", withdrawn, article_withdraw_action, "{\"reason\":\"x\"}");
    corrected = publish("{\"title\":\"更正過的一則\",\"section\":\"港都\",\"kicker\":\"快訊\",\"body\":"
                        "\"前言與內文相同的字句從這裡開始，一路到底。\","
                        "\"lead\":\"前言與內文相同的字句從這裡開始，一路到底。\",\"url\":\"/old.php?id=5\"}");
    paper->now.ms += 3600 * 1000;
    change("correct", corrected, article_correct_action,
           "{\"note\":\"" EVIL "更正內容\",\"kind\":\"correction\",\"title\":\"更正過的一則\"}");
}

static void add_rest(struct db_tx *tx)
{
    struct flash flash = {.at = paper->now, .text = STR("快訊文字" EVIL), .article = plain_story, .url = STR("")};
    struct video video = {.listed = paper->now,
                          .title = STR("影片" EVIL),
                          .description = STR("說明" EVIL),
                          .file = STR("a.webm"),
                          .title_breaks = STR(""),
                          .poster = 1,
                          .seconds = 187,
                          .section = world};
    struct topic topic = {.slug = STR("harbour"),
                          .title = STR("港口專題"),
                          .title_breaks = STR(""),
                          .description = STR(EVIL),
                          .listed = paper->now};
    struct moment end = {paper->now.ms + 3600 * 1000};

    flash_add(tx, &flash, end);
    flash_add(tx, &(struct flash){.at = paper->now, .text = STR("另一則"), .url = STR("")}, end);
    for (int i = 0; i < 30; i++)
        video_add(tx, &video, (int64_t[]){1}, 1);
    topic_set_stories(tx, topic_add(tx, &topic), (int64_t[]){plain_story, withdrawn, corrected}, 3);
    for (int64_t id = 1; id <= 12; id++)
        traffic_merge(tx, paper->now, &(struct views){id, 100 - id}, 1);
    hot_recompute(tx, paper->now);
    front_place(tx, FRONT_HOME, ZONE_LEAD, (int64_t[]){plain_story}, 1);
    front_place(tx, FRONT_HOME, ZONE_RECOMMENDED, (int64_t[]){plain_story, withdrawn, 3, 4}, 4);
    redirect_to_story(tx, STR("/?p=42"), 8);
    redirect_to_page(tx, STR("/section/%E8%88%8A"), section_url(paper->arena, STR("國際")));
}

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    paper->app.settings.contact_email = STR("news@haowai.example");
    paper->app.settings.description = STR(EVIL);
    struct db_tx *tx = unit_begin(paper);
    add_surroundings(tx);
    add_hostile(tx);
    unit_commit(paper, &tx);
    add_stories();
    add_special_stories();
    tx = unit_begin(paper);
    add_rest(tx);
    unit_commit(paper, &tx);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

/* --- asking for a page ------------------------------------------------------------------------- */

static struct unit_page get(struct str target)
{
    return unit_get(paper, str_cstr(paper->arena, target));
}

static struct str story_path(int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t day;

    article_state_of(db, id, &day);
    db_read_end(&db);
    return article_url(paper->arena, day, id);
}

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part), 0) >= 0;
}

/* --- tests ----------------------------------------------------------------------------------------- */

/* The addresses of this site in a page: values of href, src and poster that begin with one '/'. */
typedef LIST(struct str) addresses;

static void add_address(addresses *out, struct str raw)
{
    struct str address = str_copy(paper->arena, raw);
    struct str before = str_cut(&raw, '#');

    if (has(address, "&amp;"))
        die("no page of ours has an address with &: %.*s", STR_ARG(address));
    for (size_t i = 0; i < out->n; i++)
        if (str_equal(out->at[i], before))
            return;
    *LIST_ADD(paper->arena, out) = before;
}

static void find_addresses(struct str text, addresses *out)
{
    static const char *const NAMES[] = {" href=\"/", " src=\"/", " poster=\"/", " srcset=\"/"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        size_t n = strlen(NAMES[i]);
        for (ptrdiff_t at = 0; (at = str_find(text, str_of(NAMES[i]), (size_t)at)) >= 0; at++) {
            struct str rest = str_from(text, (size_t)at + n - 1);
            add_address(out, str_cut(&rest, '"'));
        }
    }
}

static void check_page(struct str address, const struct unit_page *got)
{
    if (has(got->body, DRAFT))
        die("%.*s shows what readers may not see", STR_ARG(address));
    if (strstr(PAGES[got->kind].type, "html") && (has(got->body, "<script>evil") || has(got->body, "evil()</script>")))
        die("%.*s lets a script through", STR_ARG(address));
    if (has(got->body, "about:invalid"))
        die("%.*s has an address that is none", STR_ARG(address));
}

/* From the home page, every address leads somewhere; every kind of page is met. */
static void every_link_leads_somewhere(void **state)
{
    addresses found = {0};
    bool met[PAGE_COUNT] = {false};
    size_t asked = 0;
    (void)state;

    add_address(&found, STR("/"));
    add_address(&found, STR("/manifest.webmanifest"));
    for (size_t i = 0; i < found.n && i < PAGES_MOST; i++) {
        struct str address = found.at[i];
        if (str_starts(address, STR("/assets/"))) {
            if (!unit_has_asset(address))
                die("the theme has no %.*s", STR_ARG(address));
            continue;
        }
        if (str_starts(address, STR("/media/")))
            continue;
        struct unit_page got = get(address);
        if (got.status != 200)
            die("%.*s answers %d", STR_ARG(address), got.status);
        check_page(address, &got);
        met[got.kind] = true;
        find_addresses(got.body, &found);
        asked++;
    }
    for (int kind = 0; kind < PAGE_COUNT; kind++)
        if (PAGES[kind].status == 200 && strstr(PAGES[kind].type, "html") && !met[kind])
            die("no link leads to a page like %s", PAGES[kind].layout);
    assert_true(asked > STORIES + 30);
}

/* Nowhere on its page does a link lead to the story itself. */
static void no_list_shows_the_pages_own_story(void **state)
{
    (void)state;
    for (int64_t id = 1; id <= STORIES; id += 3) {
        struct str path = story_path(id);
        struct unit_page got = get(path);
        assert_int_equal(got.status, 200);
        if (has(got.body, str_cstr(paper->arena, str_printf(paper->arena, "href=\"%.*s\"", STR_ARG(path)))))
            die("%.*s leads to itself", STR_ARG(path));
    }
    struct unit_page got = get(STR("/video/30"));
    assert_true(has(got.body, "href=\"/video/29\"") && !has(got.body, "href=\"/video/30\""));
}

/* In the parts that are lists beside the text, no story stands twice. */
static void no_story_twice_beside_a_story(void **state)
{
    (void)state;
    for (int64_t id = 1; id <= STORIES; id += 7) {
        struct unit_page got = get(story_path(id));
        ptrdiff_t aside = str_find(got.body, STR("<aside class=\"side\""), 0);
        struct str rail = str_from(got.body, (size_t)aside), rest;
        rail = str_head(rail, (size_t)str_find(rail, STR("</aside>"), 0));
        addresses seen = {0};
        size_t links = 0;
        for (ptrdiff_t at = 0; (at = str_find(rail, STR("href=\"/news/"), (size_t)at)) >= 0; at++, links++) {
            rest = str_from(rail, (size_t)at + strlen("href=\""));
            add_address(&seen, str_cut(&rest, '"'));
        }
        assert_int_equal(seen.n, links);
        assert_true(links >= 20);
    }
}

static void what_a_story_says(void **state)
{
    (void)state;
    struct unit_page got = get(story_path(corrected));
    assert_true(has(got.body, "<b>更正</b>") && has(got.body, "更正內容") && has(got.body, "data-kicker=\"快訊\""));
    assert_true(has(got.body, "更新 <time"));
    assert_false(has(got.body, "class=\"standfirst\"")); /* its text begins with the lead */
    assert_true(has(got.body, "\"@type\":\"NewsArticle\"") && has(got.body, "\"@type\":\"BreadcrumbList\"") &&
                has(got.body, "\"@type\":\"NewsMediaOrganization\""));
    got = get(story_path(8));
    assert_true(has(got.body, "class=\"standfirst\"") && has(got.body, "href=\"/author/lin\""));
    assert_true(has(got.body, "rel=\"canonical\" href=\"https://haowai.example/news/"));
    assert_true(has(got.body, "aria-current=\"true\">國際</a>"));
    got = get(story_path(hostile));
    assert_int_equal(got.status, 200);
    assert_true(has(got.body, "&lt;script&gt;evil()"));
}

/* A flash item leads to a story, but not on that story's page. */
static void flash_on_pages(void **state)
{
    (void)state;
    struct unit_page got = get(STR("/"));
    assert_true(has(got.body, "快訊文字") && has(got.body, "data-pause"));
    got = get(story_path(plain_story));
    assert_false(has(got.body, "快訊文字"));
    assert_true(has(got.body, "另一則") && !has(got.body, "data-pause"));
}

static void other_answers(void **state)
{
    struct str shown = story_path(8), gone_path = story_path(withdrawn);
    (void)state;

    struct unit_page got = get(STR("/news/20000101/8"));
    assert_int_equal(got.status, 301);
    assert_true(str_equal(got.location, shown));
    got = get(gone_path);
    assert_int_equal(got.status, 410);
    assert_true(has(got.body, "本則新聞已下架"));
    check_page(gone_path, &got);
    static const char *const NOT_FOUND[] = {"/news/20250821/999999",
                                            "/news/20250821/66",
                                            "/section/none",
                                            "/keyword/none",
                                            "/author/none",
                                            "/video/99",
                                            "/topic/none",
                                            "/page/none",
                                            "/hot/none",
                                            "/latest?page=0",
                                            "/latest?page=5",
                                            "/latest?page=9999",
                                            "/latest?page=x",
                                            "/news/20250231",
                                            "/news/19990101",
                                            "/news/199901",
                                            "/news/202513",
                                            "/news/1",
                                            "/nothing"};
    for (size_t i = 0; i < sizeof NOT_FOUND / sizeof *NOT_FOUND; i++) {
        got = get(str_of(NOT_FOUND[i]));
        if (got.status != 404)
            die("%s answers %d", NOT_FOUND[i], got.status);
    }
    got = get(STR("/latest?page=1"));
    assert_int_equal(got.status, 301);
    assert_true(str_equal(got.location, STR("/latest")));
    got = get(STR("/old.php?id=5"));
    assert_true(got.status == 301 && str_equal(got.location, story_path(corrected)));
    got = get(STR("/?p=42"));
    assert_true(got.status == 301 && str_equal(got.location, story_path(8)));
    assert_int_equal(get(STR("/?p=43")).status, 404);
    got = get(STR("/section/%E8%88%8A"));
    assert_true(got.status == 301 && has(got.location, "/section/%E5%9C%8B"));
}

/* The page between the ticker and the rail. */
static void find_main_addresses(struct str text, addresses *out)
{
    struct str from_main = str_from(text, (size_t)str_find(text, STR("<main"), 0));

    find_addresses(str_head(from_main, (size_t)str_find(from_main, STR("<aside class=\"side\""), 0)), out);
}

/* Page 1 of a section begins with its front and goes on with the rest; page 2 with what is older. */
static void pages_of_a_section(void **state)
{
    struct str url = section_url(paper->arena, STR("國際"));
    addresses first = {0}, second = {0};
    (void)state;

    struct unit_page got = get(url);
    assert_true(has(got.body, "class=\"section-front\"") &&
                has(got.body, "rel=\"next\" href=\"https://haowai.example/"));
    find_main_addresses(got.body, &first);
    got = get(str_join(paper->arena, url, STR("?page=2")));
    assert_int_equal(got.status, 200);
    assert_true(has(got.body, "（第2頁）") && !has(got.body, "class=\"section-front\""));
    find_main_addresses(got.body, &second);
    for (size_t i = 0; i < first.n; i++)
        for (size_t j = 0; j < second.n; j++)
            if (str_equal(first.at[i], second.at[j]) && str_starts(first.at[i], STR("/news/")))
                die("%.*s is on page 1 and 2", STR_ARG(first.at[i]));
    got = get(section_url(paper->arena, STR("空的頻道")));
    assert_true(got.status == 200 && has(got.body, "這裡還沒有新聞"));
}

static void an_empty_paper_has_pages_too(void **state)
{
    static const char *const ADDRESSES[] = {"/", "/latest", "/hot", "/flash", "/video", "/topics", "/sitemap", "/none"};
    (void)state;

    close_paper(NULL);
    paper = unit_paper_open();
    for (size_t i = 0; i < sizeof ADDRESSES / sizeof *ADDRESSES; i++) {
        struct unit_page got = get(str_of(ADDRESSES[i]));
        assert_int_equal(got.status, i == 7 ? 404 : 200);
        assert_true(has(got.body, "</html>"));
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(every_link_leads_somewhere),
        CASE(no_list_shows_the_pages_own_story),
        CASE(no_story_twice_beside_a_story),
        CASE(what_a_story_says),
        CASE(flash_on_pages),
        CASE(other_answers),
        CASE(pages_of_a_section),
        CASE(an_empty_paper_has_pages_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
