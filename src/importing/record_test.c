/* record_test.c - lines of archives: what each member becomes, and what is noted as lost. */
#include "src/importing/record.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/importing/authors.h"
#include "src/importing/fit.h"
#include "src/importing/old_address.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;
static struct losses losses;
static struct record record;
static struct record_wrong wrong;

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

static bool read(const char *line)
{
    const struct json *json = json_parse(arena, str_of(line));

    if (!json)
        fail_msg("no JSON: %s", line);
    losses = losses_of(arena);
    losses.line = 7;
    return record_read(arena, json, &losses, &record, &wrong);
}

/* How often something was noted; "field: what", or its beginning. */
static int64_t lost(const char *loss)
{
    for (size_t i = 0; i < losses.kinds.n; i++) {
        struct str text =
            str_printf(arena, "%.*s: %.*s", STR_ARG(losses.kinds.at[i].field), STR_ARG(losses.kinds.at[i].what));
        if (str_starts(text, str_of(loss)))
            return losses.kinds.at[i].times;
    }
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

static void a_whole_line_is_read(void **state)
{
    (void)state;
    assert_true(read("{\"id\": \"a-1\", \"title\": \" 標題　副題 \", \"body\": \"　　第一段。\\n\\n第二段。\\n\", "
                     "\"published\": \"2024-05-26T16:55:00+08:00\","
                     " \"section\": \"國際\", \"tags\": [\"甲\", \"乙\", \"甲\"], \"author\": "
                     "\"記者王小明、李小華／台北報導\", \"source\": \"某報\","
                     " \"url\": \"https://www.some.example/a/1\", \"lang\": \"zh-Hant\"}"));
    assert_int_equal(losses.kinds.n, 0);
    assert_int_equal(record.kind, RECORD_STORY);
    assert_int_equal(record.line, 7);
    assert_int_equal(record.state, STATE_PUBLISHED);
    IS(record.origin, "某報");
    IS(record.id, "a-1");
    IS(record.title, "標題　副題");
    IS(record.body, "{\"v\":1,\"b\":[{\"id\":\"b1\",\"t\":\"p\",\"r\":[{\"s\":\"第一段。\"}]},"
                    "{\"id\":\"b2\",\"t\":\"p\",\"r\":[{\"s\":\"第二段。\"}]}]}");
    assert_int_equal(record.words, 6);
    assert_true(record.published.ms == moment_of_local(2024, 5, 26, 16, 55, 0).ms);
    assert_int_equal(record.sections.n, 1);
    assert_int_equal(record.keywords.n, 2);
    assert_int_equal(record.bylines.n, 2);
    IS(record.bylines.at[0].name, "王小明");
    IS(record.bylines.at[0].role, "記者");
    IS(record.bylines.at[1].name, "李小華");
    IS(record.report_type, "台北報導");
    IS(record.source, "某報");
    IS(record.source_url, "https://www.some.example/a/1");
    IS(record.language, "zh-Hant");
    IS(record.addresses.at[0], "https://www.some.example/a/1");
}

static void everything_but_a_title_may_be_missing(void **state)
{
    (void)state;
    assert_true(read(
        "{\"title\": \"t\", \"body\": null, \"published\": null, \"section\": null, \"tags\": [], \"author\": \"\","
        " \"source\": null, \"url\": null, \"lang\": null}"));
    IS(record.body, "");
    IS(record.language, "");
    assert_int_equal(record.published.ms, 0);
    assert_true(str_starts(record.id, STR("#")));
    assert_int_equal(lost("id: was missing"), 1);
    assert_int_equal(losses.kinds.n, 1);

    assert_true(read("{\"id\": 5, \"url\": \"http://www.Some.example/x\", \"body\": \"一句話。第二句。\"}"));
    IS(record.title, "一句話");
    IS(record.origin, "some.example");
    IS(record.id, "5");
    assert_int_equal(lost("title: was missing"), 1);

    assert_true(read("{\"title\": \"t\", \"url\": \"http://some.example/x\"}"));
    IS(record.id, "http://some.example/x");
}

static void what_is_no_story_is_bad(void **state)
{
    static const char *const BAD[] = {"{}",
                                      "[]",
                                      "\"text\"",
                                      "{\"id\": 1}",
                                      "{\"title\": \"\", \"body\": \" \\n \"}",
                                      "{\"title\": \"\\u0001\\ufffd\"}",
                                      "{\"body\": 5}"};
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        if (read(BAD[i]))
            fail_msg("%s was read", BAD[i]);
        assert_true(strlen(wrong.text) > 10);
    }
}

static void losses_are_noted_where_they_happen(void **state)
{
    static const struct {
        const char *line, *loss;
    } CASES[] = {
        {"{\"title\": \"t\", \"images\": [{\"url\": \"x\"}]}", "images: has no place"},
        {"{\"title\": \"t\", \"hot\": 5}", "hot: has no place"},
        {"{\"title\": [\"t\"], \"body\": \"b\"}", "title: is of a type"},
        {"{\"title\": \"a\", \"body\": \"b\\u0001c\\ufffd\"}", "body: characters that are none"},
        {"{\"title\": \"t\", \"published\": \"yesterday\"}", "published: is no moment"},
        {"{\"title\": \"t\", \"published\": \"2024-02-30\"}", "published: is no moment"},
        {"{\"title\": \"t\", \"published\": 99999999999999999}", "published: is no moment"},
        {"{\"title\": \"t\", \"lang\": \"中文\"}", "lang: is no language tag"},
        {"{\"title\": \"t\", \"state\": \"secret\"}", "state: is no known state"},
        {"{\"title\": \"t\", \"body\": {\"v\": 1, \"b\": [{\"t\": \"new\"}]}}", "body: is no body v1"},
        {"{\"title\": \"t\", \"videos\": [\"https://films.example/1\"]}", "videos: is at no known address"},
        {"{\"title\": \"t\", \"kind\": \"poem\"}", "kind: is neither"},
        {"{\"title\": \"t\", \"skip\": \"an attachment\"}", "item: an attachment"},
        {"{\"title\": \"t\", \"losses\": [{\"field\": \"body\", \"what\": \"element x\", \"times\": 3}]}",
         "body: element x"},
        {"{\"title\": \"t\", \"author\": \"a very long sentence without any pause that tells who wrote this at what "
         "time\"}",
         "author: are no names"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        bool good = read(CASES[i].line);
        if (!good || !lost(CASES[i].loss))
            fail_msg("%s: %s", CASES[i].line, good ? "no such loss" : wrong.text);
    }
    assert_true(read("{\"title\": \"t\", \"losses\": [{\"field\": \"body\", \"what\": \"element x\", \"times\": 3}]}"));
    assert_int_equal(lost("body: element x"), 3);
}

static void moments_come_in_many_spellings(void **state)
{
    static const char *const SAME[] = {
        "\"2024-05-26T08:55:00Z\"",
        "\"2024-05-26T16:55:00+08:00\"",
        "\"2024-05-26 16:55:00\"",
        "1716713700",
        "1716713700000",
        "\"Sun, 26 May 2024 08:55:00 +0000\"",
    };
    (void)state;

    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        assert_true(read(str_cstr(arena, str_printf(arena, "{\"title\": \"t\", \"published\": %s}", SAME[i]))));
        assert_true(record.published.ms == 1716713700000);
    }
}

static void lists_may_be_texts(void **state)
{
    (void)state;
    assert_true(read(
        "{\"title\": \"t\", \"section\": \"本地, 要聞，體育\", \"sections_all\": [\"國際\"], \"tags\": \"甲,乙\"}"));
    assert_int_equal(record.sections.n, 4);
    IS(record.sections.at[0], "本地");
    IS(record.sections.at[2], "體育");
    IS(record.sections.at[3], "國際");
    assert_int_equal(record.keywords.n, 2);
    assert_true(read("{\"title\": \"t\", \"authors\": [\"甲乙丙\", \"Ana Lee\"]}"));
    assert_int_equal(record.bylines.n, 2);
}

static void states_and_kinds(void **state)
{
    static const struct {
        const char *name;
        enum article_state state;
    } STATES[] = {{"publish", STATE_PUBLISHED}, {"draft", STATE_DRAFT},      {"private", STATE_DRAFT},
                  {"pending", STATE_REVIEW},    {"future", STATE_PUBLISHED}, {"anything", STATE_DRAFT}};
    (void)state;

    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        assert_true(read(str_cstr(arena, str_printf(arena, "{\"title\": \"t\", \"status\": \"%s\"}", STATES[i].name))));
        assert_int_equal(record.state, STATES[i].state);
    }
    assert_true(read("{\"title\": \"t\", \"kind\": \"page\", \"slug\": \"about\"}"));
    assert_int_equal(record.kind, RECORD_PAGE);
    IS(record.slug, "about");
    assert_true(read("{\"skip\": \"x\"}"));
    assert_int_equal(record.kind, RECORD_SKIPPED);
}

static void bodies_may_be_body_v1(void **state)
{
    (void)state;
    assert_true(read("{\"title\": \"t\", \"body\": {\"v\": 1, \"b\": [{\"t\": \"h2\", \"r\": [{\"s\": \"a\"}]}]},"
                     " \"videos\": [\"https://youtu.be/SJnvMh9x2bQ\"]}"));
    IS(record.body, "{\"v\":1,\"b\":[{\"id\":\"b1\",\"t\":\"h2\",\"r\":[{\"s\":\"a\"}]},{\"id\":\"b2\",\"t\":\"embed\","
                    "\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=SJnvMh9x2bQ\"}]}");
}

static void a_change_changes_the_hash(void **state)
{
    static const char *const OTHERS[] = {
        "{\"id\": 1, \"title\": \"u\", \"body\": \"b\", \"tags\": [\"x\"]}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"c\", \"tags\": [\"x\"]}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"y\"]}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"x\", \"y\"]}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"section\": \"x\"}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"x\"], \"published\": \"2024-01-01\"}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"x\"], \"author\": \"z\"}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"x\"], \"state\": \"draft\"}",
        "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"x\"], \"url\": \"http://a.example/x\"}",
    };
    (void)state;

    assert_true(read("{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"tags\": [\"x\"]}"));
    int64_t hash = record.hash;
    assert_true(read("{\"tags\": [\"x\"], \"body\": \" b \\n\", \"title\": \"t\", \"id\": \"1\", \"unknown\": true}"));
    assert_true(record.hash == hash);
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        assert_true(read(OTHERS[i]));
        assert_false(record.hash == hash);
    }
}

/* --- fitting ---------------------------------------------------------------------------- */

static void what_is_too_wide_is_cut_between_characters(void **state)
{
    (void)state;
    losses = losses_of(arena);
    for (int n = 0; n < 40; n++) {
        struct str text = str_head(STR("甲a乙b丙c丁d戊e己f庚g辛h壬i癸j"), (size_t)n);
        text.n = utf8_valid_prefix(text);
        struct str cut = fit_width(&losses, "title", text, 5);
        assert_true(utf8_width(cut) <= 10);
        assert_int_equal(utf8_valid_prefix(cut), cut.n);
        assert_true(utf8_width(text) <= 10 ? str_equal(cut, text) : str_ends(cut, STR("…")));
    }
    assert_true(lost("title: cut at 5 full-width characters") > 0);
}

static void bodies_are_made_to_fit(void **state)
{
    struct buf text = BUF(4 << 20);
    struct body body;
    (void)state;

    losses = losses_of(arena);
    for (int i = 0; i < 5000; i++)
        buf_printf(&text, "line %d\n", i);
    fit_paragraphs(arena, buf_str(&text), &losses, &body);
    assert_true(body.blocks.n <= BODY_BLOCKS_MOST);
    struct str canonical = fit_body(arena, &body, &losses);
    assert_true(str_find(canonical, STR("line 0\\nline 1"), 0) > 0 && str_find(canonical, STR("line 4999"), 0) > 0);
    assert_int_equal(lost("body: too many paragraphs"), 1);

    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_add_str(&text, STR("甲"));
    losses = losses_of(arena);
    fit_paragraphs(arena, buf_str(&text), &losses, &body);
    canonical = fit_body(arena, &body, &losses);
    assert_true(canonical.n > BODY_TEXT_MOST / 2 && canonical.n <= BODY_TEXT_MOST);
    assert_int_equal(utf8_valid_prefix(canonical), canonical.n);
    assert_int_equal(lost("body: cut behind the last block"), 1);
    buf_free(&text);
}

/* --- losses ----------------------------------------------------------------------------- */

static void losses_survive_as_json(void **state)
{
    struct buf json = BUF(1 << 20);
    struct losses read_again = losses_of(arena);
    (void)state;

    losses = losses_of(arena);
    for (int i = 0; i < 1000; i++) {
        losses.line = i;
        loss_note_of(&losses, str_printf(arena, "field %d\n", i), STR("what"), STR("an\nexample \x01"));
        loss_note(&losses, "often", "what", str_of_int(arena, i));
    }
    assert_int_equal(losses.kinds.n, LOSS_KINDS);
    losses_write(&json, &losses);
    losses_read(&read_again, json_parse(arena, buf_str(&json)));
    losses_read(&read_again, json_parse(arena, buf_str(&json)));
    losses_read(&read_again, json_parse(arena, STR("[{\"what\": 1}, 5, {\"what\": \"x\", \"times\": -1}]")));
    losses_read(&read_again, NULL);
    assert_int_equal(read_again.kinds.n, LOSS_KINDS);
    int64_t times = 0;
    for (size_t i = 0; i < read_again.kinds.n; i++)
        times += read_again.kinds.at[i].times;
    assert_int_equal(times, 4000);
    assert_int_equal(read_again.kinds.at[1].examples.n, LOSS_EXAMPLES);
    assert_int_equal(read_again.kinds.at[1].examples.at[2].line, 2);
    IS(read_again.kinds.at[0].field, "field 0");
    IS(read_again.kinds.at[0].examples.at[0].text, "an example");
    buf_free(&json);
}

/* --- authors and addresses ------------------------------------------------------------------ */

static void authors_are_told_apart(void **state)
{
    static const struct {
        const char *text, *people, *report_type;
    } CASES[] = {
        {"", "", ""},
        {"王小明", "王小明", ""},
        {"王小明、李小華", "王小明|李小華", ""},
        {"王小明 李小華 報導 / 台北市", "王小明|李小華", "台北市報導"},
        {"王小明 SNG小組 採訪報導 / 台北市", "王小明 SNG小組", "台北市採訪報導"},
        {"綜合報導 / 日本", "", "綜合報導／日本"},
        {"綜合報導", "", "綜合報導"},
        {"記者王小明／台北報導", "記者:王小明", "台北報導"},
        {"特約記者彭小珊", "特約記者:彭小珊", ""},
        {"中國組記者王小熒", "中國組記者:王小熒", ""},
        {"By Helen-Ann Smith and John Doe", "Helen-Ann Smith|John Doe", ""},
        {"Michael C. Davis", "Michael C. Davis", ""},
        {"節目中心", "節目中心", ""},
        {"王小明, 王小明, ,", "王小明", ""},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct authors authors;
        struct str people = STR("");
        authors_read(arena, str_of(CASES[i].text), &authors);
        for (size_t k = 0; k < authors.people.n; k++)
            people =
                str_printf(arena, "%.*s%s%.*s%s%.*s", STR_ARG(people), k ? "|" : "", STR_ARG(authors.people.at[k].role),
                           authors.people.at[k].role.n ? ":" : "", STR_ARG(authors.people.at[k].name));
        IS(people, CASES[i].people);
        IS(authors.report_type, CASES[i].report_type);
    }
}

static void pictures_get_names_media_can_have(void **state)
{
    static const struct {
        const char *address, *name;
    } CASES[] = {
        {"https://a.example/wp-content/uploads/2019/05/ship-1024x768.jpg", "2019-05-ship"},
        {"/uploads/2019/05/ship-scaled.jpeg?x=1", "2019-05-ship"},
        {"ship.webp", "ship"},
        {"../img/My%20ship!.png", "My-ship"},
        {"https://a.example/", ""},
        {"", ""},
        {"data:image/png;base64,AA", ""},
        {"/img/100x200.png", "100x200"},
        {"/img/a-b-3x4.png", "a-b"},
        {"/img/..hidden.png", "hidden"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        IS(old_picture_name(arena, str_of(CASES[i].address)), CASES[i].name);
    assert_true(str_starts(old_picture_name(arena, STR("/img/船.png")), STR("picture-")));
    assert_false(str_equal(old_picture_name(arena, STR("/img/船.png")), old_picture_name(arena, STR("/img/車.png"))));
}

static void embeds_have_one_spelling(void **state)
{
    static const struct {
        const char *address, *kind, *href;
    } CASES[] = {
        {"https://youtu.be/SJnvMh9x2bQ?t=5", "youtube", "https://www.youtube.com/watch?v=SJnvMh9x2bQ"},
        {"//www.youtube-nocookie.com/embed/SJnvMh9x2bQ", "youtube", "https://www.youtube.com/watch?v=SJnvMh9x2bQ"},
        {"https://m.youtube.com/watch?feature=x&v=SJnvMh9x2bQ#a", "youtube",
         "https://www.youtube.com/watch?v=SJnvMh9x2bQ"},
        {"https://www.youtube.com/channel/UCxxxx", NULL, NULL},
        {"https://www.youtube.com/embed/videoseries?list=x", NULL, NULL},
        {"https://twitter.com/some_one/status/12345678?s=20", "x", "https://x.com/some_one/status/12345678"},
        {"https://twitter.com/some_one", NULL, NULL},
        {"https://www.instagram.com/p/AbCdEfG/embed", "instagram", "https://www.instagram.com/p/AbCdEfG/"},
        {"https://www.threads.net/@a/post/xyz", "threads", "https://www.threads.net/@a/post/xyz"},
        {"https://m.facebook.com/a/posts/1", "facebook", "https://www.facebook.com/a/posts/1"},
        {"https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2Fa", NULL, NULL},
        {"https://evil.example/youtube.com/embed/SJnvMh9x2bQ", NULL, NULL},
        {"https://youtube.com.evil.example/embed/SJnvMh9x2bQ", NULL, NULL},
        {"ftp://youtube.com/embed/SJnvMh9x2bQ", NULL, NULL},
        {"", NULL, NULL},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct old_embed embed;
        bool found = old_embed(arena, str_of(CASES[i].address), &embed);
        if (found != (CASES[i].kind != NULL))
            fail_msg("%s", CASES[i].address);
        if (found) {
            IS(embed.kind, CASES[i].kind);
            IS(embed.href, CASES[i].href);
        }
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(a_whole_line_is_read),
        CASE(everything_but_a_title_may_be_missing),
        CASE(what_is_no_story_is_bad),
        CASE(losses_are_noted_where_they_happen),
        CASE(moments_come_in_many_spellings),
        CASE(lists_may_be_texts),
        CASE(states_and_kinds),
        CASE(bodies_may_be_body_v1),
        CASE(a_change_changes_the_hash),
        CASE(what_is_too_wide_is_cut_between_characters),
        CASE(bodies_are_made_to_fit),
        CASE(losses_survive_as_json),
        CASE(authors_are_told_apart),
        CASE(pictures_get_names_media_can_have),
        CASE(embeds_have_one_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
