/* json_test.c - what is JSON and what is not, the tree, and writing. */
#include "lib/json/json.h"

#include "lib/base/utf8.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

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

static const struct json *good(const char *text)
{
    char wrong[200] = "";
    const struct json *value = json_parse_explained(arena, str_of(text), wrong, sizeof wrong);

    if (!value)
        fail_msg("%s: %s", text, wrong);
    return value;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

static struct str written(const struct json *value)
{
    struct buf buf = BUF(1 << 20);

    json_write_value(&buf, value);
    struct str text = str_copy(arena, buf_str(&buf));
    buf_free(&buf);
    return text;
}

static void the_tree_answers(void **state)
{
    (void)state;
    const struct json *value = good("{\"z\": [1, -9223372036854775808, 1.5, true, false, null, \"甲\\u0041\\n\"],"
                                    " \"a\": {\"b\": {}}, \"t\": \"x\", \"n\": 7}");

    assert_int_equal(json_type(value), JSON_OBJECT);
    assert_int_equal(json_count(value), 4);
    IS(json_name(value, 0), "z");
    IS(json_name(value, 1), "a");
    const struct json *list = json_member(value, "z");
    assert_int_equal(json_type(list), JSON_LIST);
    assert_int_equal(json_count(list), 7);
    assert_int_equal(json_int(json_element(list, 0)), 1);
    assert_true(json_int(json_element(list, 1)) == INT64_MIN);
    assert_int_equal(json_type(json_element(list, 2)), JSON_REAL);
    assert_true(json_bool(json_element(list, 3)));
    assert_false(json_bool(json_element(list, 4)));
    assert_int_equal(json_type(json_element(list, 5)), JSON_NULL);
    IS(json_text(json_element(list, 6)), "甲A\n");
    IS(json_member_text(value, "t", STR("-")), "x");
    IS(json_member_text(value, "n", STR("-")), "-");
    IS(json_member_text(value, "none", STR("-")), "-");
    assert_int_equal(json_member_int(value, "n", -1), 7);
    assert_int_equal(json_member_int(value, "t", -1), -1);
    assert_int_equal(json_member_int(list, "n", -1), -1);
}

static void nothing_may_be_asked(void **state)
{
    (void)state;
    assert_int_equal(json_type(NULL), JSON_NULL);
    assert_int_equal(json_count(NULL), 0);
    assert_null(json_member(NULL, "x"));
    assert_int_equal(json_count(good("\"text\"")), 0);
    assert_int_equal(json_count(good("12")), 0);
    assert_int_equal(json_count(good("[]")), 0);
    assert_null(json_member(good("{}"), "x"));
}

static void refuses_what_is_no_json(void **state)
{
    static const struct {
        const char *text, *says;
    } CASES[] = {
        {"", "line 1"},
        {" ", "line 1"},
        {"{\"a\": 1,}", "column 9"},
        {"{\"a\": 1\n\n  \"b\": 2}", "line 3"},
        {"{\"a\": 1, \"a\": 2}", "duplicate"},
        {"[1] 2", "end of file expected"},
        {"[01]", "line 1"},
        {"[+1]", "invalid token"},
        {"['x']", "invalid token"},
        {"[nan]", "invalid token"},
        {"[1e999]", "overflow"},
        {"[9223372036854775808]", "too big"},
        {"[\"\\u0000\"]", "\\u0000"},
        {"[\"\\ud800\"]", "line 1"},
        {"[\"a\nb\"]", "line 1"},
        {"[\"\xff\"]", "decode"},
        {"[\"\xed\xa0\x80\"]", "decode"},
        {"\xef\xbb\xbf{}", "line 1"},
        {"// x\n{}", "invalid token"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char wrong[200] = "";
        if (json_parse_explained(arena, str_of(CASES[i].text), wrong, sizeof wrong))
            fail_msg("%s was read", CASES[i].text);
        if (!strstr(wrong, CASES[i].says))
            fail_msg("%s: %s", CASES[i].text, wrong);
        assert_null(json_parse(arena, str_of(CASES[i].text)));
    }
    assert_null(json_parse(arena, (struct str){"[1]\0", 4}));
}

static void the_message_is_clean_however_short(void **state)
{
    struct str text = STR("[\"甲乙丙\" 丁\x01戊]");
    (void)state;

    for (size_t size = 1; size < 80; size++) {
        char wrong[80];
        memset(wrong, 'x', sizeof wrong);
        assert_null(json_parse_explained(arena, text, wrong, size));
        struct str said = str_of(wrong);
        assert_true(said.n < size);
        for (size_t i = 0; i < said.n; i++)
            assert_true((unsigned char)said.p[i] >= 0x20);
    }
}

static const char *nested(int levels)
{
    char *text = arena_bytes(arena, (size_t)levels * 2 + 1);

    memset(text, '[', (size_t)levels);
    memset(text + levels, ']', (size_t)levels);
    text[levels * 2] = '\0';
    return text;
}

static void has_limits(void **state)
{
    char wrong[200] = "";
    (void)state;

    good(nested(JSON_DEEP));
    assert_null(json_parse_explained(arena, str_of(nested(JSON_DEEP + 1)), wrong, sizeof wrong));
    assert_non_null(strstr(wrong, "deeper than 64"));
    assert_null(json_parse(arena, str_of(nested(100000))));

    char *large = arena_bytes(arena, JSON_LARGEST + 1);
    memset(large, ' ', JSON_LARGEST + 1);
    large[0] = '1';
    assert_non_null(json_parse(arena, (struct str){large, JSON_LARGEST}));
    assert_null(json_parse_explained(arena, (struct str){large, JSON_LARGEST + 1}, wrong, sizeof wrong));
    assert_non_null(strstr(wrong, "8388608"));
}

/* Runs of texts of every length end where they should, whatever stands at any place of them. */
static void texts_end_where_they_end(void **state)
{
    static const char *const PIECES[] = {"a", "\"", "\\\\", "\\\"", "甲", "\x1f", "\\u7532", "!", "#"};
    (void)state;

    for (size_t before = 0; before < 20; before++)
        for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
            struct str text = str_printf(arena, "[\"%.*s%sxyz\"]", (int)before, "aaaaaaaaaaaaaaaaaaaa", PIECES[i]);
            const struct json *value = json_parse(arena, text);
            bool bad = i == 1 || i == 5;
            assert_true((value == NULL) == bad);
            if (!bad)
                assert_int_equal(utf8_count(json_text(json_element(value, 0))), before + 4);
        }
}

static const struct json *of_many(int members, int same_as_first)
{
    struct buf text = BUF(1 << 20);

    buf_add_str(&text, STR("{\"n0\":0"));
    for (int i = 1; i < members; i++)
        buf_printf(&text, ",\"n%d\":%d", i == same_as_first ? 0 : i, i);
    buf_add_char(&text, '}');
    const struct json *value = json_parse(arena, buf_str(&text));
    buf_free(&text);
    return value;
}

static void no_name_stands_twice(void **state)
{
    (void)state;
    for (int members = 2; members < 2000; members = members * 2 + 1) {
        assert_int_equal(json_count(of_many(members, -1)), members);
        assert_null(of_many(members, members - 1));
        assert_null(of_many(members, members / 2 ? members / 2 : 1));
    }
}

/* JSONTestSuite: y_ must be read, n_ refused, i_ is left open. We refuse duplicate names and U+0000. */
static void the_suite_agrees(void **state)
{
    static const char *const REFUSED[] = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
                                          "y_object_escaped_null_in_key.json", "y_string_null_escape.json"};
    const char *fixtures = getenv("HAOWAI_FIXTURES");
    DIR *suite = fixtures ? opendir(str_cstr(arena, str_printf(arena, "%s/json-parsing", fixtures))) : NULL;
    (void)state;

    if (!suite) {
        print_message("skipped: fixtures not there\n");
        skip();
    }
    for (struct dirent *entry; (entry = readdir(suite));) {
        struct buf text = BUF(1 << 20);
        bool must = entry->d_name[0] == 'y', must_not = entry->d_name[0] == 'n';
        int fd = openat(dirfd(suite), entry->d_name, O_RDONLY);
        for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++)
            if (strcmp(entry->d_name, REFUSED[i]) == 0)
                must = false, must_not = true;
        assert_true(fd >= 0);
        if (buf_read_fd(&text, fd)) {
            bool read = json_parse(arena, buf_str(&text)) != NULL;
            if ((must && !read) || (must_not && read))
                fail_msg("%s was %s", entry->d_name, read ? "read" : "refused");
        }
        close(fd);
        buf_free(&text);
    }
    closedir(suite);
}

static void writes_what_it_read(void **state)
{
    static const char *const SAME[] = {
        "null",
        "true",
        "-12",
        "\"\"",
        "[]",
        "{}",
        "{\"b\":[1,[],{\"a\":false}],\"a\":\"甲😀\"}",
        "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u007f\"",
        "[1.5,-0.0]",
    };
    (void)state;

    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
        IS(written(good(SAME[i])), SAME[i]);
    IS(written(good(" { \"a\" : [ 1 , 2 ] } ")), "{\"a\":[1,2]}");
    IS(written(good("\"</script>&\"")), "\"\\u003c/script\\u003e\\u0026\"");
}

static void bytes_that_are_no_text_become_a_mark(void **state)
{
    struct buf buf = BUF(100);
    (void)state;

    json_write_text(&buf, STR("a\xff\xed\xa0\x80z\xef\xbf\xbd"));
    IS(buf_str(&buf), "\"a\\ufffd\\ufffd\\ufffd\\ufffdz\xef\xbf\xbd\"");
    assert_non_null(json_parse(arena, buf_str(&buf)));
    buf_free(&buf);
}

/* --- described structs --------------------------------------------------------------- */

struct inner {
    int64_t number;
    struct str secret;
};

static const struct fields INNER_FIELDS =
    FIELDS(struct inner, FIELD_DESK(struct inner, secret), FIELD(struct inner, number));

struct outer {
    struct str text;
    bool yes;
    struct moment at, never;
    struct html markup;
    struct inner inner;
    LIST(struct inner) inners;
    LIST(struct str) texts;
};

static const struct fields OUTER_FIELDS =
    FIELDS(struct outer, FIELD(struct outer, text), FIELD(struct outer, yes), FIELD(struct outer, at),
           FIELD(struct outer, never), FIELD(struct outer, markup), FIELD_STRUCT(struct outer, inner, INNER_FIELDS),
           FIELD_LIST(struct outer, inners, INNER_FIELDS), FIELD_TEXTS(struct outer, texts));

static void described_structs_are_objects(void **state)
{
    struct outer outer = {.text = STR("甲\""),
                          .yes = true,
                          .at = moment_of_local(2025, 8, 21, 11, 19, 0),
                          .markup = {STR("<b>")},
                          .inner = {1, STR("s")}};
    struct buf buf = BUF(1000);
    (void)state;

    *LIST_ADD(arena, &outer.inners) = (struct inner){2, STR("t")};
    *LIST_ADD(arena, &outer.inners) = (struct inner){3, STR("u")};
    *LIST_ADD(arena, &outer.texts) = STR("p");
    *LIST_ADD(arena, &outer.texts) = STR("q");
    json_write(&buf, arena, &OUTER_FIELDS, &outer, FIELD_FOR_EVERYONE);
    IS(buf_str(&buf),
       "{\"text\":\"甲\\\"\",\"yes\":true,\"at\":\"2025-08-21T11:19:00+08:00\",\"never\":null,"
       "\"markup\":\"\\u003cb\\u003e\",\"inner\":{\"number\":1},\"inners\":[{\"number\":2},{\"number\":3}],"
       "\"texts\":[\"p\",\"q\"]}");
    buf_clear(&buf);
    json_write(&buf, arena, &INNER_FIELDS, &outer.inner, FIELD_FOR_DESK);
    IS(buf_str(&buf), "{\"secret\":\"s\",\"number\":1}");
    buf_free(&buf);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(the_tree_answers),
        CASE(nothing_may_be_asked),
        CASE(refuses_what_is_no_json),
        CASE(the_message_is_clean_however_short),
        CASE(has_limits),
        CASE(texts_end_where_they_end),
        CASE(no_name_stands_twice),
        CASE(the_suite_agrees),
        CASE(writes_what_it_read),
        CASE(bytes_that_are_no_text_become_a_mark),
        CASE(described_structs_are_objects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
