/* story_test.c - what a story may look like when it comes in, and what is said when it may not. */
#include "src/article/story.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;
static struct story_problem problem;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    clock_zone("Asia/Taipei");
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static bool read_story(const char *text, struct story *out)
{
    const struct json *json = json_parse(arena, str_of(text));

    assert_non_null(json);
    return story_read(arena, json, "note reason", out, &problem);
}

static struct story good(const char *text)
{
    struct story story;

    if (!read_story(text, &story))
        fail_msg("%s: %s %s", text, problem.field, problem.text);
    return story;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

static void reads_every_field(void **state)
{
    (void)state;
    struct story story = good(
        "{\"title\": \"標題　二\", \"short_title\": \"短\", \"social_title\": \"社\", \"seo_title\": \"搜\","
        " \"kicker\": \"快訊\", \"lead\": \"導言\", \"body\": \"第一段\\n\\n第二段\", \"bylines\": [\"甲\","
        " {\"name\": \"乙\", \"role\": \"攝影\", \"person\": \"yi\"}], \"report_type\": \"綜合報導\","
        " \"byline_text\": \"記者甲\", \"section\": \"國際\", \"sections\": [\"world\", \"city\"],"
        " \"keywords\": [\"川普\", \"歐洲\"], \"hero\": {\"picture\": \"harbour\", \"caption\": \"港\", \"alt\": \"a\","
        " \"credit\": \"社\"}, \"warning\": \"警語\", \"adult\": true, \"source\": \"中央社\","
        " \"source_url\": \"https://example.org/1\", \"licence\": \"CC\", \"language\": \"zh-Hant\","
        " \"published\": \"2026-11-20 14:30\", \"state\": \"draft\", \"hide_from_latest\": true,"
        " \"url\": \"https://old.example/a?id=1#top\", \"related\": [3, \"5\", \"a/7\", \"/news/20250821/9\"]}");
    IS(story.title, "標題　二");
    IS(story.short_title, "短");
    IS(story.social_title, "社");
    IS(story.seo_title, "搜");
    IS(story.kicker.text, "快訊");
    IS(story.lead, "導言");
    assert_true(story.body.text.n > 0);
    assert_int_equal(story.bylines.n, 2);
    IS(story.bylines.at[0].name, "甲");
    IS(story.bylines.at[1].role, "攝影");
    IS(story.bylines.at[1].slug, "yi");
    IS(story.report_type, "綜合報導");
    IS(story.byline_text, "記者甲");
    IS(story.section, "國際");
    assert_int_equal(story.sections.n, 2);
    assert_int_equal(story.keywords.n, 2);
    IS(story.keywords.at[1], "歐洲");
    IS(story.hero.picture, "harbour");
    IS(story.hero.caption, "港");
    IS(story.hero.alt, "a");
    IS(story.hero.credit, "社");
    IS(story.warning, "警語");
    assert_true(story.adult && story.hide_from_latest);
    IS(story.source, "中央社");
    IS(story.source_url, "https://example.org/1");
    IS(story.licence, "CC");
    IS(story.language, "zh-Hant");
    assert_int_equal(story.published.ms, moment_of_local(2026, 11, 20, 14, 30, 0).ms);
    assert_int_equal(story.state, STATE_DRAFT);
    IS(story.url, "/a?id=1");
    assert_int_equal(story.related.n, 4);
    assert_int_equal(story.related.at[1], 5);
    assert_int_equal(story.related.at[3], 9);
    assert_int_equal(story.given, (1u << STORY_MEMBER_COUNT) - 1);
}

static void what_is_absent_is_empty(void **state)
{
    (void)state;
    struct story story = good("{\"title\": \"t\"}");
    assert_int_equal(story.given, 1u << STORY_TITLE);
    assert_int_equal(story.state, STATE_PUBLISHED);
    assert_non_null(story.lead.p);
    assert_int_equal(story.lead.n + story.kicker.text.n + story.hero.picture.n + story.url.n, 0);
    story = good("{\"kicker\": null, \"keywords\": null, \"hero\": null, \"published\": null, \"adult\": null,"
                 " \"bylines\": null, \"related\": null, \"url\": null, \"lead\": null}");
    assert_true(story_gives(&story, STORY_KICKER) && story.kicker.text.n == 0);
    assert_true(story_gives(&story, STORY_HERO) && story.hero.picture.n == 0);
    assert_int_equal(story.published.ms, 0);
    assert_true(story_gives(&story, STORY_LEAD) && story.lead.p != NULL);
}

static void texts_are_cleaned(void **state)
{
    (void)state;
    IS(good("{\"title\": \"  a\\r\\nb\\u0007\\tc\\ufeff\\u3000 \"}").title, "a b c");
    IS(good("{\"title\": \"\\u3000 \\u3000甲\\u3000乙\\u3000\"}").title, "甲　乙");
    IS(good("{\"title\": \" \\u3000 \"}").title, "");
    IS(good("{\"keywords\": [\" x \", \"\"]}").keywords.at[0], "x");
    assert_int_equal(good("{\"keywords\": [\" x \", \"\"]}").keywords.n, 1);
}

static void kickers_end(void **state)
{
    (void)state;
    struct story story = good("{\"kicker\": {\"text\": \"快訊\", \"hours\": 6}}");
    assert_int_equal(story.kicker.hours, 6);
    story = good("{\"kicker\": {\"text\": \"快訊\", \"until\": \"2026-11-20T14:30:00+08:00\"}}");
    assert_int_equal(story.kicker.until.ms, moment_of_local(2026, 11, 20, 14, 30, 0).ms);
    IS(good("{\"hero\": \"harbour\"}").hero.picture, "harbour");
}

static void says_what_is_wrong_and_what_to_do(void **state)
{
    static const struct {
        const char *story, *field, *says;
    } CASES[] = {
        {"[]", NULL, "JSON object"},
        {"{\"tittle\": \"x\"}", "tittle", "did you mean \"title\"?"},
        {"{\"short-title\": \"x\"}", "short-title", "did you mean \"short_title\"?"},
        {"{\"keyword\": []}", "keyword", "did you mean \"keywords\"?"},
        {"{\"licenses\": \"x\"}", "licenses", "did you mean \"licence\"?"},
        {"{\"zzzzzzzzzzzzzzzz\": 1}", "zzzzzzzzzzzzzzzz", "leave it out"},
        {"{\"\": 1}", "", "is no field"},
        {"{\"title\": 5}", "title", "must be a text"},
        {"{\"adult\": \"yes\"}", "adult", "true or false"},
        {"{\"published\": \"tomorrow\"}", "published", "2026-11-20T14:30:00+08:00"},
        {"{\"published\": \"2026-02-30\"}", "published", "moment"},
        {"{\"keywords\": \"a, b\"}", "keywords", "list"},
        {"{\"keywords\": [1]}", "keywords", "text"},
        {"{\"state\": \"scheduled\"}", "state", "draft, review or published"},
        {"{\"state\": \"withdrawn\"}", "state", "draft, review or published"},
        {"{\"kicker\": {\"text\": \"x\", \"hours\": 0}}", "kicker", "from 1 to"},
        {"{\"kicker\": {\"text\": \"x\", \"hours\": 1, \"until\": \"2026-01-01\"}}", "kicker", "either"},
        {"{\"kicker\": {\"text\": \"x\", \"until\": \"soon\"}}", "kicker", "until"},
        {"{\"kicker\": {\"txt\": \"x\"}}", "kicker", "no member \"txt\""},
        {"{\"kicker\": 7}", "kicker", "text"},
        {"{\"bylines\": [{\"role\": \"x\"}]}", "bylines", "number 1 needs a name"},
        {"{\"bylines\": [[]]}", "bylines", "text"},
        {"{\"bylines\": {}}", "bylines", "list"},
        {"{\"hero\": {\"alt\": \"x\"}}", "hero", "picture"},
        {"{\"hero\": {\"picture\": \"x\", \"size\": \"x\"}}", "hero", "no member \"size\""},
        {"{\"related\": [0]}", "related", "number 1"},
        {"{\"related\": [\"x12\"]}", "related", "number 1"},
        {"{\"related\": [-3]}", "related", "number 1"},
        {"{\"related\": 3}", "related", "list"},
        {"{\"url\": \"javascript:alert(1)\"}", "url", "old address"},
        {"{\"url\": \"https://example.org\"}", "url", "old address"},
        {"{\"body\": 5}", "body", "Markdown"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct story story;
        if (read_story(CASES[i].story, &story))
            fail_msg("%s was accepted", CASES[i].story);
        if (CASES[i].field)
            assert_string_equal(problem.field, CASES[i].field);
        else
            assert_null(problem.field);
        if (!strstr(problem.text, CASES[i].says))
            fail_msg("%s: %s", CASES[i].story, problem.text);
    }
}

static void what_the_caller_reads_is_let_through(void **state)
{
    struct story story;
    (void)state;

    assert_true(read_story("{\"note\": \"n\", \"reason\": 5}", &story));
    assert_false(read_story("{\"notes\": \"n\"}", &story));
    assert_false(read_story("{\"note reason\": \"n\"}", &story));
}

static void a_strangers_name_is_shown_short_and_clean(void **state)
{
    struct story story;
    (void)state;

    assert_false(read_story(
        "{\"\\u001b[31m一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六\": "
        "1}",
        &story));
    assert_true(strlen(problem.field) <= 3 * 40);
    assert_null(strchr(problem.field, '\x1b'));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(reads_every_field),
        CASE(what_is_absent_is_empty),
        CASE(texts_are_cleaned),
        CASE(kickers_end),
        CASE(says_what_is_wrong_and_what_to_do),
        CASE(what_the_caller_reads_is_let_through),
        CASE(a_strangers_name_is_shown_short_and_clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
