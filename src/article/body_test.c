/* body_test.c - which bodies are read, what is stored of them, and what is said about the others. */
#include "src/article/body.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;
static char wrong[600];

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

static bool read_blocks(const char *blocks, struct body *out)
{
    const struct json *json = json_parse_explained(arena, str_of(blocks), wrong, sizeof wrong);

    if (!json)
        fail_msg("%s: %s", blocks, wrong);
    wrong[0] = '\0';
    return body_from_json(arena, json, out, wrong, sizeof wrong);
}

static struct body good(const char *blocks)
{
    struct body body;

    if (!read_blocks(blocks, &body))
        fail_msg("%s: %s", blocks, wrong);
    return body;
}

/* The blocks as they are stored, without what stands around them. */
static const char *stored(const char *blocks)
{
    struct body body = good(blocks), again;
    struct str text = body_text(arena, &body);

    body_parse(arena, text, &again);
    IS(body_text(arena, &again), str_cstr(arena, text));
    if (text.n == 0)
        return "";
    assert_true(str_starts(text, STR("{\"v\":1,\"b\":[")) && str_ends(text, STR("]}")));
    return str_cstr(arena, str_head(str_from(text, 12), text.n - 14));
}

static const char *repeated(const char *text, size_t times, const char *before, const char *after)
{
    struct buf buf = BUF(JSON_LARGEST);

    buf_add_str(&buf, str_of(before));
    for (size_t i = 0; i < times; i++) {
        if (i)
            buf_add_char(&buf, ',');
        buf_add_str(&buf, str_of(text));
    }
    buf_add_str(&buf, str_of(after));
    assert_false(buf.overflow);
    const char *all = str_cstr(arena, buf_str(&buf));
    buf_free(&buf);
    return all;
}

/* --- what is read ----------------------------------------------------------------------- */

static void every_block_is_stored_canonically(void **state)
{
    static const struct {
        const char *from, *to;
    } CASES[] = {
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"甲\"}]}]", "{\"id\":\"b1\",\"t\":\"p\",\"r\":[{\"s\":\"甲\"}]}"},
        {"{\"v\":1,\"b\":[{\"r\":\"甲\",\"t\":\"p\",\"id\":\"k3f9\"}]}",
         "{\"id\":\"k3f9\",\"t\":\"p\",\"r\":[{\"s\":\"甲\"}]}"},
        {"[{\"t\":\"h2\",\"r\":\"甲\\n乙\"},{\"t\":\"h3\",\"r\":\"丙\"}]",
         "{\"id\":\"b1\",\"t\":\"h2\",\"r\":[{\"s\":\"甲 乙\"}]},{\"id\":\"b2\",\"t\":\"h3\",\"r\":[{\"s\":\"丙\"}]}"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"a\",\"m\":[\"sup\",\"b\",\"b\",\"dot\"]},{\"s\":\"b\",\"m\":[\"sub\"]},"
         "{\"s\":\"c\",\"m\":[\"del\"]},{\"s\":\"字\",\"ruby\":\"ㄗˋ\"},{\"s\":\"d\",\"a\":{\"href\":\"https://e.org/"
         "\"}}]}]",
         "{\"id\":\"b1\",\"t\":\"p\",\"r\":[{\"s\":\"a\",\"m\":[\"b\",\"dot\",\"sup\"]},{\"s\":\"b\",\"m\":[\"sub\"]},"
         "{\"s\":\"c\",\"m\":[\"del\"]},{\"s\":\"字\",\"ruby\":\"ㄗˋ\"},{\"s\":\"d\",\"a\":{\"href\":\"https://e.org/"
         "\"}}]}"},
        {"[{\"t\":\"quote\",\"r\":\"甲\",\"cite\":\" 乙\\n\"}]",
         "{\"id\":\"b1\",\"t\":\"quote\",\"r\":[{\"s\":\"甲\"}],\"cite\":\"乙\"}"},
        {"[{\"t\":\"ul\",\"items\":[\"甲\",[],[{\"s\":\"乙\"}]]},{\"t\":\"ol\",\"items\":[\"丙\"]}]",
         "{\"id\":\"b1\",\"t\":\"ul\",\"items\":[[{\"s\":\"甲\"}],[{\"s\":\"乙\"}]]},"
         "{\"id\":\"b2\",\"t\":\"ol\",\"items\":[[{\"s\":\"丙\"}]]}"},
        {"[{\"t\":\"img\",\"alt\":\"d\",\"credit\":\"c\",\"cap\":\"b\",\"img\":\"harbour\"}]",
         "{\"id\":\"b1\",\"t\":\"img\",\"img\":\"harbour\",\"cap\":[{\"s\":\"b\"}],\"credit\":\"c\",\"alt\":\"d\"}"},
        {"[{\"t\":\"gallery\",\"items\":[{\"img\":\"a\"},{\"img\":\"b\",\"cap\":\"c\"}]}]",
         "{\"id\":\"b1\",\"t\":\"gallery\",\"items\":[{\"img\":\"a\"},{\"img\":\"b\",\"cap\":[{\"s\":\"c\"}]}]}"},
        {"[{\"t\":\"video\",\"video\":3,\"cap\":\"c\"},{\"t\":\"video\",\"file\":\"a.mp4\"}]",
         "{\"id\":\"b1\",\"t\":\"video\",\"video\":3,\"cap\":[{\"s\":\"c\"}]},"
         "{\"id\":\"b2\",\"t\":\"video\",\"file\":\"a.mp4\"}"},
        {"[{\"t\":\"table\",\"head\":true,\"rows\":[[\"甲\",\"\"],[[{\"s\":\"乙\"}],\"丙\"],[]]}]",
         "{\"id\":\"b1\",\"t\":\"table\",\"rows\":[[[{\"s\":\"甲\"}],[]],[[{\"s\":\"乙\"}],[{\"s\":\"丙\"}]]],\"head\":"
         "true}"},
        {"[{\"t\":\"table\",\"head\":false,\"rows\":[[\"甲\"]]}]",
         "{\"id\":\"b1\",\"t\":\"table\",\"rows\":[[[{\"s\":\"甲\"}]]]}"},
        {"[{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\" https://youtu.be/x "
         "\"},{\"t\":\"embed\",\"href\":\"https://e.org\"}]",
         "{\"id\":\"b1\",\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://youtu.be/x\"},"
         "{\"id\":\"b2\",\"t\":\"embed\",\"kind\":\"link\",\"href\":\"https://e.org\"}"},
        {"[{\"t\":\"rel\",\"ref\":[5,\"7\",\"a/9\",\"/news/20250821/11\",\"https://haowai.example/news/20250821/"
         "13\"]}]",
         "{\"id\":\"b1\",\"t\":\"rel\",\"ref\":[5,7,9,11,13]}"},
        {"[{\"t\":\"widget\",\"key\":\"fraud165\"},{\"t\":\"hr\"}]",
         "{\"id\":\"b1\",\"t\":\"widget\",\"key\":\"fraud165\"},{\"id\":\"b2\",\"t\":\"hr\"}"},
        {"[{\"t\":\"p\",\"r\":\"x\",\"id\":null}]", "{\"id\":\"b1\",\"t\":\"p\",\"r\":[{\"s\":\"x\"}]}"},
        {"[]", ""},
        {"{\"b\":[]}", ""},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(stored(CASES[i].from), CASES[i].to);
}

static void what_says_nothing_is_left_out(void **state)
{
    (void)state;
    assert_string_equal(stored("[{\"t\":\"p\",\"r\":[]},{\"t\":\"p\",\"r\":\" \\u3000\\n\"},{\"t\":\"h2\",\"r\":\"\"},"
                               "{\"t\":\"ul\",\"items\":[\"\"]},{\"t\":\"table\",\"rows\":[[]]},"
                               "{\"t\":\"gallery\",\"items\":[]},{\"t\":\"rel\",\"ref\":[]}]"),
                        "");
}

static void runs_are_settled(void **state)
{
    static const struct {
        const char *from, *to;
    } CASES[] = {
        {"[{\"s\":\"甲\"},{\"s\":\"\",\"m\":[\"b\"]},{\"s\":\"乙\"},{\"s\":\"丙\",\"m\":[\"b\"]},{\"s\":\"丁\",\"m\":["
         "\"b\"]}]",
         "[{\"s\":\"甲乙\"},{\"s\":\"丙丁\",\"m\":[\"b\"]}]"},
        {"[{\"s\":\"　　\",\"m\":[\"b\"]},{\"s\":\" 　甲 \"},{\"s\":\"\\u00a0\\n\"},{\"s\":\"　\",\"m\":[\"b\"]}]",
         "[{\"s\":\"甲\"}]"},
        {"[{\"s\":\"a \"},{\"s\":\" b\",\"m\":[\"b\"]}]", "[{\"s\":\"a \"},{\"s\":\" b\",\"m\":[\"b\"]}]"},
        {"[{\"s\":\"x\",\"ruby\":\"y\"},{\"s\":\"x\",\"ruby\":\"y\"}]",
         "[{\"s\":\"x\",\"ruby\":\"y\"},{\"s\":\"x\",\"ruby\":\"y\"}]"},
        {"[{\"s\":\"a\",\"a\":{\"href\":\"/1\"}},{\"s\":\"b\",\"a\":{\"href\":\"/1\"}},{\"s\":\"c\",\"a\":{\"href\":\"/"
         "2\"}}]",
         "[{\"s\":\"ab\",\"a\":{\"href\":\"/1\"}},{\"s\":\"c\",\"a\":{\"href\":\"/2\"}}]"},
        {"[{\"s\":\"a\\r\\nb\\tc\\u0007d\\u202e\\ufeff\"}]", "[{\"s\":\"a\\nb cd\"}]"},
        {"[{\"s\":\"e\\u0301\"}]", "[{\"s\":\"é\"}]"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *block = str_cstr(arena, str_printf(arena, "[{\"t\":\"p\",\"r\":%s}]", CASES[i].from));
        const char *expected = str_cstr(arena, str_printf(arena, "{\"id\":\"b1\",\"t\":\"p\",\"r\":%s}", CASES[i].to));
        assert_string_equal(stored(block), expected);
    }
}

static void ids_go_on_from_the_highest(void **state)
{
    (void)state;
    assert_string_equal(
        stored("[{\"t\":\"hr\"},{\"t\":\"hr\",\"id\":\"b7\"},{\"t\":\"hr\",\"id\":\"x\"},{\"t\":\"hr\"}]"),
        "{\"id\":\"b8\",\"t\":\"hr\"},{\"id\":\"b7\",\"t\":\"hr\"},{\"id\":\"x\",\"t\":\"hr\"},"
        "{\"id\":\"b9\",\"t\":\"hr\"}");
}

/* --- what is refused --------------------------------------------------------------------- */

static void refuses_with_place_and_advice(void **state)
{
    static const struct {
        const char *blocks, *says;
    } CASES[] = {
        {"5", "must be an object"},
        {"{\"v\":2,\"b\":[]}", "v must be 1"},
        {"{\"v\":1}", "needs \"b\""},
        {"{\"v\":1,\"b\":{}}", "b must be a list"},
        {"{\"v\":1,\"b\":[],\"html\":\"\"}", "unknown member \"html\"; it may have v, b"},
        {"[{\"t\":\"hr\"},5]", "b[1] must be an object"},
        {"[{\"t\":\"hr\"},{\"t\":\"marquee\"}]", "b[1].t \"marquee\" is no kind of block; there are p, h2, h3, quote,"},
        {"[{\"r\":\"x\"}]", "b[0].t \"\" is no kind"},
        {"[{\"t\":5}]", "b[0].t"},
        {"[{\"t\":\"p\",\"r\":\"x\",\"html\":\"\"}]", "b[0] has an unknown member \"html\"; it may have t, id, r"},
        {"[{\"t\":\"p\"}]", "b[0] needs \"r\""},
        {"[{\"t\":\"p\",\"r\":null}]", "b[0] needs \"r\""},
        {"[{\"t\":\"p\",\"r\":5}]", "b[0].r must be a list"},
        {"[{\"t\":\"p\",\"r\":[5]}]", "b[0].r[0] must be an object"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":5}]}]", "b[0].r[0].s must be a text"},
        {"[{\"t\":\"p\",\"r\":[{}]}]", "b[0].r[0] needs \"s\""},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"m\":[\"b\",\"blink\"]}]}]", "b[0].r[0].m[1] is no mark (\"blink\")"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"m\":\"b\"}]}]", "b[0].r[0].m must be a list"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"javascript:alert(1)\"}}]}]", "b[0].r[0].a.href must be"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"JaVaScRiPt:alert(1)\"}}]}]", "b[0].r[0].a.href must be"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"//evil.example\"}}]}]", "b[0].r[0].a.href must be"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"data:text/html,x\"}}]}]", "b[0].r[0].a.href must be"},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{}}]}]", "b[0].r[0].a needs \"href\""},
        {"[{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"/\",\"onclick\":\"x\"}}]}]",
         "unknown member \"onclick\""},
        {"[{\"t\":\"ul\",\"items\":[\"x\",{}]}]", "b[0].items[1] must be a list"},
        {"[{\"t\":\"img\"}]", "b[0] needs \"img\""},
        {"[{\"t\":\"img\",\"img\":\"../x\"}]", "b[0].img must be a name of A-Z"},
        {"[{\"t\":\"img\",\"img\":\".x\"}]", "b[0].img must be a name"},
        {"[{\"t\":\"img\",\"img\":\"\"}]", "b[0].img must be a name"},
        {"[{\"t\":\"gallery\",\"items\":[{\"img\":\"x\"},{\"cap\":\"y\"}]}]", "b[0].items[1] needs \"img\""},
        {"[{\"t\":\"video\"}]", "b[0] needs either \"video\""},
        {"[{\"t\":\"video\",\"video\":1,\"file\":\"x.mp4\"}]", "b[0] needs either"},
        {"[{\"t\":\"video\",\"video\":0}]", "b[0].video must be a number from 1"},
        {"[{\"t\":\"table\",\"rows\":[[\"x\"],[5]]}]", "b[0].rows[1][0] must be a list"},
        {"[{\"t\":\"table\",\"rows\":[],\"head\":1}]", "b[0].head must be true or false"},
        {"[{\"t\":\"embed\",\"kind\":\"myspace\",\"href\":\"https://e.org\"}]", "b[0].kind must be youtube"},
        {"[{\"t\":\"embed\",\"kind\":\"x\",\"href\":\"x\"}]", "b[0].href must be an address"},
        {"[{\"t\":\"rel\",\"ref\":[1,0]}]", "b[0].ref[1] is no story's number"},
        {"[{\"t\":\"rel\",\"ref\":[\"x1\"]}]", "b[0].ref[0] is no story's number"},
        {"[{\"t\":\"widget\",\"key\":\"a b\"}]", "b[0].key must be a name"},
        {"[{\"t\":\"hr\",\"id\":\"a b\"}]", "b[0].id must be a name"},
        {"[{\"t\":\"hr\",\"id\":\"a23456789012345678901234567890123\"}]", "b[0].id is longer than 32"},
        {"[{\"t\":\"hr\",\"id\":\"a\"},{\"t\":\"hr\",\"id\":\"a\"}]", "b[1] has the id \"a\" of another block"},
    };
    struct body body;
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (read_blocks(CASES[i].blocks, &body))
            fail_msg("%s was read", CASES[i].blocks);
        if (!strstr(wrong, CASES[i].says))
            fail_msg("%s: %s", CASES[i].blocks, wrong);
    }
}

static void strangers_words_are_shown_short_and_clean(void **state)
{
    struct body body;
    (void)state;

    assert_false(read_blocks(repeated("一二三四五六七八九十", 20, "[{\"t\":\"\\u001b[31m", "\"}]"), &body));
    assert_null(strchr(wrong, '\x1b'));
    assert_true(strlen(wrong) < 400);
    assert_true(utf8_valid_prefix(str_of(wrong)) == strlen(wrong));
}

static void a_short_place_for_the_message_is_enough(void **state)
{
    const struct json *json = json_parse(arena, STR("[{\"t\":\"marquee\"}]"));
    struct body body;
    char little[10];
    (void)state;

    assert_false(body_from_json(arena, json, &body, little, sizeof little));
    assert_string_equal(little, "b[0].t \"m");
}

static void has_limits(void **state)
{
    struct body body;
    const struct {
        const char *one;
        size_t most;
        const char *before, *after, *says;
    } CASES[] = {
        {"{\"t\":\"hr\"}", BODY_BLOCKS_MOST, "[", "]", "2000"},
        {"{\"t\":\"img\",\"img\":\"x\"}", BODY_PICTURES_MOST, "[", "]", "pictures"},
        {"{\"img\":\"x\"}", BODY_PICTURES_MOST, "[{\"t\":\"gallery\",\"items\":[", "]}]", "pictures"},
        {"{\"t\":\"video\",\"video\":1}", BODY_VIDEOS_MOST, "[", "]", "videos"},
        {"1", BODY_RELATED_MOST, "[{\"t\":\"rel\",\"ref\":[", "]}]", "related stories"},
        {"{\"t\":\"rel\",\"ref\":[1]}", BODY_RELATED_MOST, "[", "]", "related stories"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        good(repeated(CASES[i].one, CASES[i].most, CASES[i].before, CASES[i].after));
        if (read_blocks(repeated(CASES[i].one, CASES[i].most + 1, CASES[i].before, CASES[i].after), &body))
            fail_msg("one more %s was read", CASES[i].one);
        if (!strstr(wrong, CASES[i].says))
            fail_msg("%s: %s", CASES[i].one, wrong);
    }
    assert_false(read_blocks(repeated("{\"t\":\"p\",\"r\":\"x\"}", 10000, "[", "]"), &body));
    good(repeated("{\"t\":\"p\",\"r\":[{\"s\":\"一二三四五六七八九十\"}]}", 2000, "[", "]"));
    assert_false(read_blocks(repeated("一二三四五六七八九十", 6800, "[{\"t\":\"p\",\"r\":\"", "\"}]"), &body));
    assert_non_null(strstr(wrong, "204800 bytes"));
    assert_false(read_blocks(repeated("\"\"", 80000, "[{\"t\":\"table\",\"rows\":[[", "]]}]"), &body));
    assert_false(read_blocks(repeated("x", 2000, "[{\"t\":\"embed\",\"href\":\"https://e.org/", "\"}]"), &body));
}

/* --- what is stored ------------------------------------------------------------------------ */

static void damaged_and_unknown_parts_of_what_is_stored_are_skipped(void **state)
{
    static const struct {
        const char *stored, *to;
    } CASES[] = {
        {"", ""},
        {"{", ""},
        {"[1,2", ""},
        {"5", ""},
        {"{\"v\":1,\"b\":5}", ""},
        {"{\"v\":1,\"b\":[5,{\"t\":\"carousel\",\"x\":1},{\"id\":\"a\",\"t\":\"p\",\"r\":[{\"s\":\"甲\",\"m\":[\"b\","
         "\"glow\"],"
         "\"font\":\"x\"}],\"new\":{}}]}",
         "{\"id\":\"a\",\"t\":\"p\",\"r\":[{\"s\":\"甲\",\"m\":[\"b\"]}]}"},
        {"{\"v\":1,\"b\":[{\"id\":\"a\",\"t\":\"p\",\"r\":[{\"s\":\"甲\",\"a\":{\"href\":\"javascript:x\"}}]}]}",
         "{\"id\":\"a\",\"t\":\"p\",\"r\":[{\"s\":\"甲\"}]}"},
        {"{\"v\":1,\"b\":[{\"id\":\"a\",\"t\":\"img\"},{\"id\":\"b\",\"t\":\"img\",\"img\":\"../x\"},"
         "{\"id\":\"c\",\"t\":\"video\",\"video\":-1},{\"id\":\"d\",\"t\":\"rel\",\"ref\":[\"x\",3]}]}",
         "{\"id\":\"d\",\"t\":\"rel\",\"ref\":[3]}"},
        {"{\"v\":9,\"b\":[{\"id\":\"a\",\"t\":\"hr\"}],\"more\":1}", "{\"id\":\"a\",\"t\":\"hr\"}"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct body body;
        body_parse(arena, str_of(CASES[i].stored), &body);
        struct str text = body_text(arena, &body);
        const char *blocks =
            text.n ? str_cstr(arena, str_head(str_from(text, 12), text.n - 14)) : str_cstr(arena, STR(""));
        assert_string_equal(blocks, CASES[i].to);
    }
    struct body body;
    body_parse(arena, str_of(repeated("{\"t\":\"hr\"}", 10000, "{\"v\":1,\"b\":[", "]}")), &body);
    assert_int_equal(body.blocks.n, BODY_BLOCKS_MOST);
}

/* --- what it says ----------------------------------------------------------------------------- */

static void plain_text_is_what_can_be_read_aloud(void **state)
{
    struct body body =
        good("[{\"t\":\"img\",\"img\":\"x\",\"cap\":\"圖說\"},{\"t\":\"p\",\"r\":[{\"s\":\"甲\",\"m\":[\"b\"]},"
             "{\"s\":\"乙\\n丙\"}]},{\"t\":\"h2\",\"r\":\"小標\"},{\"t\":\"quote\",\"r\":\"引\",\"cite\":\"誰\"},"
             "{\"t\":\"ul\",\"items\":[\"一\",\"二\"]},{\"t\":\"table\",\"rows\":[[\"格\",\"\"],[\"子\"]]},"
             "{\"t\":\"hr\"}]");
    struct body empty = good("[]");
    (void)state;

    IS(body_plain(arena, &body, 0), "甲乙 丙\n小標\n引\n誰\n一\n二\n格\n子");
    IS(body_plain(arena, &body, 4), "甲乙 丙…");
    IS(body_plain(arena, &body, 19), "甲乙 丙\n小標\n引\n誰\n一\n二\n格\n子");
    IS(body_plain(arena, &body, 18), "甲乙 丙\n小標\n引\n誰\n一\n二\n格\n…");
    IS(body_plain(arena, &empty, 10), "");
}

static void words_are_letters_digits_and_ideographs(void **state)
{
    static const struct {
        const char *text;
        int words;
    } CASES[] = {{"", 0},         {"中文，字。", 3}, {"GDP 3.5%", 5},     {"ㄅㄆ", 2},
                 {"ひらカナ", 4}, {"😀——……", 0},      {"Ünïcode 한국", 9}, {"\\n \\u3000", 0}};
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct body body = good(str_cstr(arena, str_printf(arena, "[{\"t\":\"p\",\"r\":\"%s\"}]", CASES[i].text)));
        assert_int_equal(body_words(&body), CASES[i].words);
    }
    struct body body =
        good("[{\"t\":\"ul\",\"items\":[\"一\",\"二\"]},{\"t\":\"img\",\"img\":\"x\",\"cap\":\"不計\"}]");
    assert_int_equal(body_words(&body), 2);
}

static void knows_whether_there_is_a_video(void **state)
{
    struct body with = good("[{\"t\":\"hr\"},{\"t\":\"video\",\"video\":3}]"), without = good("[{\"t\":\"hr\"}]");
    (void)state;

    assert_true(body_has_video(&with));
    assert_false(body_has_video(&without));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(every_block_is_stored_canonically),
        CASE(what_says_nothing_is_left_out),
        CASE(runs_are_settled),
        CASE(ids_go_on_from_the_highest),
        CASE(refuses_with_place_and_advice),
        CASE(strangers_words_are_shown_short_and_clean),
        CASE(a_short_place_for_the_message_is_enough),
        CASE(has_limits),
        CASE(damaged_and_unknown_parts_of_what_is_stored_are_skipped),
        CASE(plain_text_is_what_can_be_read_aloud),
        CASE(words_are_letters_digits_and_ideographs),
        CASE(knows_whether_there_is_a_video),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
