/* feed_test.c - feeds as machines read them: parsed, not searched; whatever a story's fields hold. */
#include "lib/base/buf.h"
#include "lib/json/json.h"
#include "src/actions.h"
#include "src/article/article_write.h"
#include "src/article/story.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/routes.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "tests/unit_pages.h"
#include "tests/unit_paper.h"
#include "tests/unit_xml.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NASTY "<b>A&B</b> \"q\" 'a' ]]> \\ &amp; 號外"

static struct unit_paper *paper;
static int64_t world, city;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    world =
        section_add(tx, &(struct section){.slug = STR("world"), .name = STR("國際 & 世界"), .description = STR("")});
    city = section_named(tx, STR("City"));
    person_add(tx, &(struct person){.slug = STR("lin"), .name = STR("林 & 知夏"), .role = STR(""), .bio = STR("")});
    media_put(tx, &(struct media){.name = STR("harbour"),
                                  .kind = STR("image"),
                                  .file = STR("harbour.webp"),
                                  .width = 1200,
                                  .height = 800,
                                  .small_file = STR("harbour-small.webp"),
                                  .small_width = 400,
                                  .caption = STR(""),
                                  .alt = STR("一個港"),
                                  .credit = STR("社")});
    unit_commit(paper, &tx);
    unit_media_file(paper, "harbour.webp", "0123456789", 10);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

/* --- doing ---------------------------------------------------------------------------- */

static int64_t publish(const char *json)
{
    paper->now.ms += 60000;
    struct unit_answer answer =
        unit_act(paper, "POST", "/desk/api/articles", "/desk/api/articles", article_add_action, json);

    if (answer.status != 201)
        fail_msg("%.*s", STR_ARG(answer.text));
    return unit_int(paper, &answer, "id");
}

static struct unit_answer act_on(int64_t id, const char *what, action_function *function, const char *json)
{
    struct str pattern = str_printf(paper->arena, "/desk/api/articles/{id:int}%s", what);
    struct str path = str_printf(paper->arena, "/desk/api/articles/%d%s", (int)id, what);

    paper->now.ms += 60000;
    struct unit_answer answer =
        unit_act(paper, "POST", str_cstr(paper->arena, pattern), str_cstr(paper->arena, path), function, json);
    if (answer.status != 200)
        fail_msg("%.*s", STR_ARG(answer.text));
    return answer;
}

/* Two stories and a draft: the first with everything in it. */
static void publish_some(void)
{
    publish("{\"title\": \"First "
            "<b>A&B</b> \\\"q\\\" 'a' ]]> \\\\ &amp; 號外"
            "\", \"lead\": \"Lead ]]> & <i>\","
            " \"body\": \"One ]]> **two** <script>\\n\\nThree & four\", \"section\": \"world\","
            " \"keywords\": [\"港 & 船\", \"]]>x\"], \"bylines\": [{\"person\": \"lin\"}, \"A & B\"],"
            " \"hero\": {\"picture\": \"harbour\", \"caption\": \"Cap & ]]>\", \"credit\": \"圖<路透>\"},"
            " \"licence\": \"CC & BY\", \"source\": \"中央社 & co\", \"adult\": true}");
    publish("{\"title\": \"Second\", \"body\": \"Only text\", \"section\": \"city\", \"byline_text\": \"綜合報導\"}");
    publish("{\"title\": \"DRAFT-CANARY\", \"body\": \"DRAFT-CANARY\", \"section\": \"world\", \"state\": \"draft\"}");
    publish("{\"title\": \"DRAFT-CANARY\", \"body\": \"DRAFT-CANARY\", \"published\": \"2030-01-01\"}");
}

/* --- asking --------------------------------------------------------------------------- */

static struct unit_page get(const char *target, const char *type)
{
    struct unit_page got = unit_get(paper, target);

    assert_int_equal(got.status, 200);
    assert_string_equal(str_cstr(paper->arena, got.type), type);
    assert_false(unit_shows(&got, "DRAFT-CANARY"));
    return got;
}

static unit_nodes rss_of(const char *target)
{
    struct unit_page got = get(target, "application/rss+xml; charset=utf-8");
    unit_nodes nodes = {0};

    unit_xml(paper->arena, got.body, &nodes);
    return nodes;
}

static unit_nodes atom_of(const char *target)
{
    struct unit_page got = get(target, "application/atom+xml; charset=utf-8");
    unit_nodes nodes = {0};

    unit_xml(paper->arena, got.body, &nodes);
    return nodes;
}

static const struct json *json_of(const char *target)
{
    struct unit_page got = get(target, "application/feed+json; charset=utf-8");
    char wrong[200];
    const struct json *json = json_parse_explained(paper->arena, got.body, wrong, sizeof wrong);

    if (!json)
        fail_msg("%s: %s", target, wrong);
    return json;
}

static void assert_text(struct str text, const char *expected)
{
    assert_string_equal(str_cstr(paper->arena, text), expected);
}

static const struct json *item(const struct json *feed, size_t i)
{
    return json_element(json_member(feed, "items"), i);
}

static void assert_member(const struct json *object, const char *name, const char *expected)
{
    assert_text(json_member_text(object, name, STR("(none)")), expected);
}

#define ITEM "rss/channel/item/"
#define ENTRY "feed/entry/"
#define ADDRESS "https://haowai.example"

/* --- tests ---------------------------------------------------------------------------- */

static void rss_tells_everything(void **state)
{
    (void)state;
    publish_some();
    unit_nodes rss = rss_of("/feed.xml");

    assert_text(unit_attribute(&rss, "rss", 0, "version"), "2.0");
    assert_text(unit_text(&rss, "rss/channel/title", 0), "號外");
    assert_text(unit_text(&rss, "rss/channel/link", 0), ADDRESS "/");
    assert_int_equal(unit_count(&rss, "rss/channel/description"), 1);
    assert_text(unit_text(&rss, "rss/channel/language", 0), "zh-Hant");
    assert_text(unit_attribute(&rss, "rss/channel/atom:link", 0, "href"), ADDRESS "/feed.xml");
    assert_text(unit_attribute(&rss, "rss/channel/atom:link", 0, "rel"), "self");
    assert_text(unit_text(&rss, "rss/channel/lastBuildDate", 0), "Thu, 21 Aug 2025 11:21:00 +0800");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 2);
    assert_text(unit_text(&rss, ITEM "title", 0), "Second");
    assert_text(unit_text(&rss, ITEM "title", 1), "First " NASTY);
    assert_text(unit_text(&rss, ITEM "link", 1), ADDRESS "/news/20250821/1");
    assert_text(unit_text(&rss, ITEM "guid", 1), ADDRESS "/news/20250821/1");
    assert_text(unit_attribute(&rss, ITEM "guid", 1, "isPermaLink"), "true");
    assert_text(unit_text(&rss, ITEM "pubDate", 1), "Thu, 21 Aug 2025 11:20:00 +0800");
    assert_text(unit_text(&rss, ITEM "description", 1), "Lead ]]> & <i>");
    assert_text(unit_text(&rss, ITEM "dc:creator", 0), "綜合報導");
    assert_text(unit_text(&rss, ITEM "dc:creator", 1), "林 & 知夏");
    assert_text(unit_text(&rss, ITEM "dc:creator", 2), "A & B");
    assert_text(unit_text(&rss, ITEM "category", 1), "國際 & 世界");
    assert_text(unit_text(&rss, ITEM "category", 2), "港 & 船");
    assert_text(unit_text(&rss, ITEM "category", 3), "]]>x");
    assert_text(unit_text(&rss, ITEM "dc:rights", 0), "CC & BY");
    assert_text(unit_text(&rss, ITEM "dc:source", 0), "中央社 & co");
    assert_text(unit_attribute(&rss, ITEM "enclosure", 0, "url"), ADDRESS "/media/harbour.webp");
    assert_text(unit_attribute(&rss, ITEM "enclosure", 0, "type"), "image/webp");
    assert_text(unit_attribute(&rss, ITEM "enclosure", 0, "length"), "10");
    assert_text(unit_attribute(&rss, ITEM "media:content", 0, "width"), "1200");
    assert_text(unit_text(&rss, ITEM "media:content/media:description", 0), "Cap & ]]>");
    assert_text(unit_text(&rss, ITEM "media:content/media:credit", 0), "圖<路透>");
    assert_text(unit_text(&rss, ITEM "media:rating", 0), "adult");
}

/* The text is markup inside XML: read back, "]]>" and "<script>" are text of the story. */
static void the_whole_text_is_there(void **state)
{
    (void)state;
    publish_some();
    unit_nodes rss = rss_of("/feed.xml"), atom = atom_of("/atom.xml");
    struct str html = unit_text(&rss, ITEM "content:encoded", 1);
    const struct json *json = item(json_of("/feed.json"), 1);

    assert_true(str_find(html, STR("<p>One ]]&gt; <strong>two</strong> &lt;script&gt;</p>"), 0) >= 0);
    assert_true(str_find(html, STR("Three &amp; four"), 0) >= 0);
    assert_true(str_equal(unit_text(&atom, ENTRY "content", 1), html));
    assert_text(unit_attribute(&atom, ENTRY "content", 1, "type"), "html");
    assert_true(str_equal(json_member_text(json, "content_html", STR("")), html));
}

static void atom_tells_everything(void **state)
{
    (void)state;
    publish_some();
    act_on(1, "/correct", article_correct_action, "{\"lead\": \"New lead\", \"note\": \"Lead & all\"}");
    unit_nodes atom = atom_of("/atom.xml");

    assert_text(unit_attribute(&atom, "feed", 0, "xml:lang"), "zh-Hant");
    assert_text(unit_text(&atom, "feed/id", 0), ADDRESS "/atom.xml");
    assert_text(unit_text(&atom, "feed/title", 0), "號外");
    assert_text(unit_text(&atom, "feed/updated", 0), "2025-08-21T11:24:00+08:00");
    assert_text(unit_attribute(&atom, "feed/link", 0, "href"), ADDRESS "/atom.xml");
    assert_int_equal(unit_count(&atom, "feed/author/name"), 1);
    assert_int_equal(unit_count(&atom, "feed/entry"), 2);
    assert_text(unit_text(&atom, ENTRY "id", 1), ADDRESS "/news/20250821/1");
    assert_text(unit_text(&atom, ENTRY "title", 1), "First " NASTY);
    assert_text(unit_text(&atom, ENTRY "published", 1), "2025-08-21T11:20:00+08:00");
    assert_text(unit_text(&atom, ENTRY "updated", 1), "2025-08-21T11:24:00+08:00");
    assert_text(unit_text(&atom, ENTRY "summary", 1), "New lead");
    assert_text(unit_text(&atom, ENTRY "author/name", 1), "林 & 知夏");
    assert_text(unit_text(&atom, ENTRY "author/uri", 0), ADDRESS "/author/lin");
    assert_text(unit_attribute(&atom, ENTRY "category", 2, "term"), "港 & 船");
    assert_text(unit_attribute(&atom, ENTRY "link", 2, "rel"), "enclosure");
    assert_text(unit_attribute(&atom, ENTRY "link", 2, "length"), "10");

    unit_nodes rss = rss_of("/feed.xml");
    assert_int_equal(unit_count(&rss, ITEM "atom:updated"), 1);
    assert_text(unit_text(&rss, ITEM "atom:updated", 0), "2025-08-21T11:24:00+08:00");
}

static void json_tells_everything(void **state)
{
    (void)state;
    publish_some();
    const struct json *feed = json_of("/feed.json"), *first = item(feed, 1), *author, *picture;

    assert_member(feed, "version", "https://jsonfeed.org/version/1.1");
    assert_member(feed, "title", "號外");
    assert_member(feed, "home_page_url", ADDRESS "/");
    assert_member(feed, "feed_url", ADDRESS "/feed.json");
    assert_member(feed, "language", "zh-Hant");
    assert_int_equal(json_count(json_member(feed, "items")), 2);
    assert_member(first, "id", ADDRESS "/news/20250821/1");
    assert_member(first, "url", ADDRESS "/news/20250821/1");
    assert_member(first, "title", "First " NASTY);
    assert_member(first, "summary", "Lead ]]> & <i>");
    assert_member(first, "date_published", "2025-08-21T11:20:00+08:00");
    assert_member(first, "image", ADDRESS "/media/harbour.webp");
    author = json_element(json_member(first, "authors"), 0);
    assert_member(author, "name", "林 & 知夏");
    assert_member(author, "url", ADDRESS "/author/lin");
    assert_int_equal(json_count(json_member(first, "authors")), 2);
    assert_int_equal(json_count(json_member(first, "tags")), 3);
    assert_text(json_text(json_element(json_member(first, "tags"), 1)), "港 & 船");
    picture = json_element(json_member(first, "attachments"), 0);
    assert_member(picture, "mime_type", "image/webp");
    assert_int_equal(json_member_int(picture, "size_in_bytes", 0), 10);
    assert_null(json_member(item(feed, 0), "attachments"));
}

static void sections_keywords_and_people_have_theirs(void **state)
{
    (void)state;
    publish_some();
    unit_nodes rss = rss_of("/section/world/feed.xml"), atom = atom_of("/section/world/atom.xml");

    assert_text(unit_text(&rss, "rss/channel/title", 0), "國際 & 世界｜號外");
    assert_text(unit_text(&rss, "rss/channel/link", 0), ADDRESS "/section/world");
    assert_text(unit_attribute(&rss, "rss/channel/atom:link", 0, "href"), ADDRESS "/section/world/feed.xml");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 1);
    assert_text(unit_text(&atom, "feed/id", 0), ADDRESS "/section/world/atom.xml");
    assert_int_equal(unit_count(&atom, "feed/entry"), 1);
    assert_member(json_of("/section/world/feed.json"), "feed_url", ADDRESS "/section/world/feed.json");

    const char *const keyword = "/keyword/%E6%B8%AF-%E8%88%B9";
    rss = rss_of(str_cstr(paper->arena, str_printf(paper->arena, "%s/feed.xml", keyword)));
    assert_text(unit_text(&rss, "rss/channel/title", 0), "港 & 船｜號外");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 1);
    atom = atom_of(str_cstr(paper->arena, str_printf(paper->arena, "%s/atom.xml", keyword)));
    assert_int_equal(unit_count(&atom, "feed/entry"), 1);
    const struct json *json = json_of(str_cstr(paper->arena, str_printf(paper->arena, "%s/feed.json", keyword)));
    assert_int_equal(json_count(json_member(json, "items")), 1);

    rss = rss_of("/author/lin/feed.xml");
    assert_text(unit_text(&rss, "rss/channel/title", 0), "林 & 知夏｜號外");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 1);
}

static void what_is_not_there_is_not_found(void **state)
{
    static const char *const NONE[] = {"/section/none/feed.xml", "/section/none/atom.xml", "/section/none/feed.json",
                                       "/keyword/none/feed.xml", "/keyword/none/atom.xml", "/keyword/none/feed.json",
                                       "/author/none/feed.xml",  "/author/lin/atom.xml"};
    (void)state;

    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
        assert_int_equal(unit_get(paper, NONE[i]).status, 404);
}

static void an_empty_paper_has_valid_feeds(void **state)
{
    (void)state;
    unit_nodes rss = rss_of("/feed.xml"), atom = atom_of("/atom.xml"), corrections = rss_of("/corrections.xml");

    assert_int_equal(unit_count(&rss, "rss/channel/item"), 0);
    assert_int_equal(unit_text(&atom, "feed/updated", 0).n, strlen("1970-01-01T08:00:00+08:00"));
    assert_int_equal(json_count(json_member(json_of("/feed.json"), "items")), 0);
    assert_int_equal(unit_count(&corrections, "rss/channel/item"), 0);
}

/* Publishing, changing and withdrawing make a feed stale; a withdrawn story is gone. */
static void withdrawn_stories_leave(void **state)
{
    struct str tag = STR("");
    (void)state;
    publish_some();
    struct unit_page before = get("/section/world/feed.xml", "application/rss+xml; charset=utf-8");
    struct unit_answer answer = act_on(1, "/withdraw", article_withdraw_action, "{\"reason\": \"wrong\"}");
    bool stale = false;

    for (struct str rest = answer.tags; rest.p;) {
        tag = str_cut(&rest, ' ');
        stale |= unit_has_tag(&before.tags, str_cstr(paper->arena, tag));
    }
    assert_true(stale);
    assert_true(unit_has_tag(&before.tags, "story:1") && unit_has_tag(&before.tags, "sections"));
    unit_nodes rss = rss_of("/section/world/feed.xml");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 0);
    rss = rss_of("/feed.xml");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 1);
}

/* Such characters are cleaned away at the door; what came in by another one must not break a feed. */
static void control_characters_do_no_harm(void **state)
{
    struct str dirty = STR("a\x01"
                           "b\x1f\xef\xbf\xbf"
                           "c");
    struct db_tx *tx = unit_begin(paper);
    struct draft draft = draft_new(db_tx_reader(tx), STR("zh-Hant"));
    (void)state;

    draft.state = STATE_PUBLISHED;
    draft.published = paper->now;
    draft.title = draft.lead = draft.byline_text = draft.licence = dirty;
    draft.body = STR("{\"v\":1,\"b\":[]}");
    article_insert(tx, &draft);
    unit_commit(paper, &tx);
    unit_nodes rss = rss_of("/feed.xml"), atom = atom_of("/atom.xml");
    assert_text(unit_text(&rss, ITEM "title", 0), "abc");
    assert_text(unit_text(&atom, ENTRY "rights", 0), "abc");
    assert_true(str_equal(json_member_text(item(json_of("/feed.json"), 0), "title", STR("")), dirty));
}

static void feeds_hold_the_newest_thirty(void **state)
{
    (void)state;
    for (int64_t i = 1; i <= 35; i++)
        unit_story(paper, i, i, world);
    unit_nodes rss = rss_of("/feed.xml");

    assert_int_equal(unit_count(&rss, "rss/channel/item"), 30);
    assert_text(unit_text(&rss, ITEM "title", 0), "Story 35");
    assert_text(unit_text(&rss, ITEM "title", 29), "Story 6");
}

static void corrections_are_told(void **state)
{
    (void)state;
    publish_some();
    act_on(1, "/correct", article_correct_action, "{\"lead\": \"x\", \"note\": \"Lead & ]]> all\"}");
    act_on(2, "/correct", article_correct_action, "{\"lead\": \"x\", \"note\": \"second\", \"kind\": \"update\"}");
    unit_nodes rss = rss_of("/corrections.xml");

    assert_int_equal(unit_count(&rss, "rss/channel/item"), 2);
    assert_text(unit_text(&rss, ITEM "description", 1), "Lead & ]]> all");
    assert_text(unit_text(&rss, ITEM "title", 1), "First " NASTY);
    assert_text(unit_text(&rss, ITEM "link", 1), ADDRESS "/news/20250821/1");
    assert_text(unit_text(&rss, ITEM "category", 0), "update");
    act_on(2, "/withdraw", article_withdraw_action, "{\"reason\": \"wrong\"}");
    rss = rss_of("/corrections.xml");
    assert_int_equal(unit_count(&rss, "rss/channel/item"), 1);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(rss_tells_everything),
                                       CASE(the_whole_text_is_there),
                                       CASE(atom_tells_everything),
                                       CASE(json_tells_everything),
                                       CASE(sections_keywords_and_people_have_theirs),
                                       CASE(what_is_not_there_is_not_found),
                                       CASE(an_empty_paper_has_valid_feeds),
                                       CASE(withdrawn_stories_leave),
                                       CASE(control_characters_do_no_harm),
                                       CASE(feeds_hold_the_newest_thirty),
                                       CASE(corrections_are_told)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
