/* body_markdown_test.c - Markdown as writers type it, seen as the page prints it. */
#include "src/article/body.h"

#include "lib/base/utf8.h"
#include "src/media/media.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define TABLE "<div class=\"table\" role=\"group\" aria-label=\"表格\" tabindex=\"0\">"

static struct unit_paper *paper;

static int open_paper(void **state)
{
    struct media media = {.name = STR("harbour"),
                          .kind = STR("image"),
                          .file = STR("harbour.webp"),
                          .width = 3,
                          .height = 2,
                          .small_file = STR(""),
                          .caption = STR(""),
                          .alt = STR(""),
                          .credit = STR("")};
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    media_put(tx, &media);
    unit_commit(paper, &tx);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static struct body read_markdown(struct str text)
{
    struct body body;
    char wrong[300] = "";

    if (!body_from_markdown(paper->arena, text, &body, wrong, sizeof wrong))
        fail_msg("%.*s: %s", STR_ARG(text), wrong);
    return body;
}

static const char *printed(const char *text)
{
    struct body body = read_markdown(str_of(text));
    struct db_reader *db = unit_read(paper, NULL);
    const char *html = str_cstr(paper->arena, body_html(db, &body).markup);

    assert_true(db_read_end(&db));
    return html;
}

#define PICTURE(alt, caption)                                                                                          \
    "<figure><img src=\"/media/harbour.webp\" width=\"3\" height=\"2\" alt=\"" alt "\" loading=\"lazy\""               \
    " decoding=\"async\">" caption "</figure>\n"

static void what_writers_type(void **state)
{
    static const struct {
        const char *text, *html;
    } CASES[] = {
        {"", ""},
        {"第一段\n\n第二段", "<p>第一段</p>\n<p>第二段</p>\n"},
        {"　　縮排的段落　\n", "<p>縮排的段落</p>\n"},
        {"換行\n接著", "<p>換行接著</p>\n"},
        {"line\nnext", "<p>line next</p>\n"},
        {"中文\nlatin\n中文。\nx", "<p>中文latin中文。x</p>\n"},
        {"一  \n二\\\n三", "<p>一<br>二<br>三</p>\n"},
        {"# 一\n## 二\n### 三\n#### 四", "<h2 id=\"b1\">一</h2>\n<h2 id=\"b2\">二</h2>\n<h3>三</h3>\n<h3>四</h3>\n"},
        {"一\n二\n===", "<h2 id=\"b1\">一二</h2>\n"},
        {"a  \nb\n===", "<h2 id=\"b1\">a b</h2>\n"},
        {"**粗***點*~~刪~~`碼`", "<p><strong>粗</strong><em class=\"dot\">點</em><del>刪</del>碼</p>\n"},
        {"**a *b* c**", "<p><strong>a </strong><strong><em class=\"dot\">b</em></strong><strong> c</strong></p>\n"},
        {"[字](https://e.org/?a=1&b=2 \"題\")", "<p><a href=\"https://e.org/?a=1&amp;b=2\">字</a></p>\n"},
        {"[a **b**](/x)<https://e.org>",
         "<p><a href=\"/x\">a <strong>b</strong></a><a href=\"https://e.org\">https://e.org</a></p>\n"},
        {"[字][1]\n\n[1]: https://e.org", "<p><a href=\"https://e.org\">字</a></p>\n"},
        {"[字](javascript:alert(1)) [字](//e.org) [字](data:x) [字](x.html)", "<p>字 字 字 字</p>\n"},
        {"- 一\n- 二\n\n1. 三\n2. 四", "<ul><li>一</li><li>二</li></ul>\n<ol><li>三</li><li>四</li></ol>\n"},
        {"- 一\n  - 二\n    - 三\n  - 四\n- 五", "<ul><li>一</li><li>二</li><li>三</li><li>四</li><li>五</li></ul>\n"},
        {"- 一\n\n  另一段\n- 二\n  > 引\n", "<ul><li>一<br>另一段</li><li>二<br>引</li></ul>\n"},
        {"> 引文\n> 接著\n>\n> 第二段", "<blockquote><p>引文接著<br>第二段</p></blockquote>\n"},
        {"> 引文\n> —— 某人", "<blockquote><p>引文</p><cite>某人</cite></blockquote>\n"},
        {"> 引文\n>\n> — 某人", "<blockquote><p>引文</p><cite>某人</cite></blockquote>\n"},
        {"> — 不是出處", "<blockquote><p>— 不是出處</p></blockquote>\n"},
        {"> - 一\n> - 二\n\n三", "<blockquote><p>一<br>二</p></blockquote>\n<p>三</p>\n"},
        {"> # 題\n> 文", "<blockquote><p>題<br>文</p></blockquote>\n"},
        {"一\n\n---\n\n二", "<p>一</p>\n<hr>\n<p>二</p>\n"},
        {"| 甲 | 乙 |\n|---|---|\n| 1 | **2** |\n| 3 |", TABLE
         "<table><thead><tr><th scope=\"col\">甲</th><th scope=\"col\">乙</th></tr></thead>"
         "<tbody><tr><td>1</td><td><strong>2</strong></td></tr><tr><td>3</td><td></td></tr></tbody></table></div>\n"},
        {"> | 甲 | 乙 |\n> |---|---|\n> | 1 | 2 |", "<blockquote><p>甲　乙<br>1　2</p></blockquote>\n"},
        {"```\na < b\n  c\n```", "<p>a &lt; b<br>  c</p>\n"},
        {"<b>不是</b> HTML", "<p>&lt;b&gt;不是&lt;/b&gt; HTML</p>\n"},
        {"<div>\n<script>x</script>\n</div>\n\n二",
         "<p>&lt;div&gt;<br>&lt;script&gt;x&lt;/script&gt;<br>&lt;/div&gt;</p>\n<p>二</p>\n"},
        {"&lt;b&gt; &amp; &copy; &#7;&#x202e;&#0;", "<p>&lt;b&gt; &amp; ©</p>\n"},
        {"\xff\x01 a\r\nb", "<p>a b</p>\n"},
        /* pictures */
        {"![船](harbour)", PICTURE("船", "")},
        {"![船](harbour \"港口<\")", PICTURE("船", "<figcaption>港口&lt;</figcaption>")},
        {"前 ![*船*身](harbour) 後", "<p>前</p>\n" PICTURE("船身", "") "<p>後</p>\n"},
        {"## 題 ![船](harbour) 目", "<h2 id=\"b1\">題  目</h2>\n" PICTURE("船", "")},
        {"- 一 ![船](harbour)\n- 二", "<ul><li>一</li><li>二</li></ul>\n" PICTURE("船", "")},
        {"![船](https://e.org/a.jpg \"題\")", "<p><a href=\"https://e.org/a.jpg\">船</a></p>\n"},
        {"![](https://e.org/a.jpg)", "<p><a href=\"https://e.org/a.jpg\">https://e.org/a.jpg</a></p>\n"},
        {"![船](javascript:x)", "<p>船</p>\n"},
        {"[![船](https://e.org/a.jpg)](https://e.org/b)", "<p><a href=\"https://e.org/a.jpg\">船</a></p>\n"},
        {"[前 ![船](harbour) 後](/x)",
         "<p><a href=\"/x\">前</a></p>\n" PICTURE("船", "") "<p><a href=\"/x\">後</a></p>\n"},
        {"![沒有](missing)", ""},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (strcmp(printed(CASES[i].text), CASES[i].html) != 0)
            fail_msg("%s\n-> %s\nnot %s", CASES[i].text, printed(CASES[i].text), CASES[i].html);
}

/* Reading what is stored, and storing it again, changes nothing. */
static void check_stored(struct str text)
{
    struct body body = read_markdown(text), again;
    struct str stored = body_text(paper->arena, &body);

    body_parse(paper->arena, stored, &again);
    assert_true(str_equal(body_text(paper->arena, &again), stored));
    assert_true(utf8_valid_prefix(stored) == stored.n);
    if (body.blocks.n)
        assert_true(body_from_json(paper->arena, json_parse(paper->arena, stored), &again, (char[300]){0}, 300));
    struct db_reader *db = unit_read(paper, NULL);
    struct str html = body_html(db, &body).markup;
    assert_true(db_read_end(&db));
    assert_true(str_find(html, STR("<script"), 0) < 0);
}

/* The specification's examples are good hostile input; what they ought to give is another matter. */
static void examples_of_the_specification(void **state)
{
    const char *fixtures = getenv("HAOWAI_FIXTURES");
    struct buf text = BUF(JSON_LARGEST);
    (void)state;

    FILE *file =
        fixtures
            ? fopen(str_cstr(paper->arena, str_printf(paper->arena, "%s/commonmark/spec-0.31.2-head.json", fixtures)),
                    "r")
            : NULL;
    if (!file) {
        print_message("skipped: fixtures not there\n");
        skip();
    }
    assert_true(buf_read_fd(&text, fileno(file)));
    fclose(file);
    const struct json *examples = json_parse(paper->arena, buf_str(&text));
    assert_true(json_count(examples) > 600);
    for (size_t i = 0; i < json_count(examples); i++)
        check_stored(json_member_text(json_element(examples, i), "markdown", STR("")));
    buf_free(&text);
}

/* `times` times `unit`, between the other two. */
static struct str repeated(const char *before, const char *unit, size_t times, const char *after)
{
    struct buf buf = BUF(1 << 20);

    buf_add_str(&buf, str_of(before));
    for (size_t i = 0; i < times; i++)
        buf_add_str(&buf, str_of(unit));
    buf_add_str(&buf, str_of(after));
    struct str text = str_copy(paper->arena, buf_str(&buf));
    buf_free(&buf);
    return text;
}

/* What makes parsers of Markdown slow or deep: each must end within seconds, read or refused. */
static void pathological_input_ends(void **state)
{
    static const struct {
        const char *before, *unit;
        size_t times;
        const char *after;
    } CASES[] = {
        {"", ">", 50000, "x"},       {"", "- ", 20000, "x"},
        {"", "[", 50000, "x"},       {"", "*a ", 50000, ""},
        {"", "**a *b ", 20000, ""},  {"", "![", 50000, "x"},
        {"", "[a](", 30000, "x"},    {"", "`", 50000, "x"},
        {"", "~~a~", 30000, ""},     {"", "<a ", 40000, ""},
        {"", "&", 50000, ""},        {"|a|\n|-|\n", "|", 50000, ""},
        {"a", "|b", 20000, "\n-\n"}, {"", "* * * * * ", 10000, ""},
        {"", "a_", 50000, ""},       {"|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n", "x\n", 100000, ""},
        {"", "[x]: y\n", 30000, ""}, {"", "> - ", 10000, "x"},
        {"", "\n\n\n* ", 20000, ""}, {"", "<!--", 30000, ""},
        {"", "a\n\n", 60000, ""},    {"", "[^a]:", 30000, ""},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct str text = repeated(CASES[i].before, CASES[i].unit, CASES[i].times, CASES[i].after);
        struct arena *arena = arena_new();
        int64_t start = clock_steady_ms();
        struct body body;
        char wrong[300];
        body_from_markdown(arena, text, &body, wrong, sizeof wrong);
        int64_t took = clock_steady_ms() - start;
        if (took > 300)
            print_message("%s...: %d ms\n", CASES[i].unit, (int)took);
        assert_true(took < 20000);
        arena_free(&arena);
    }
}

static void too_long_is_refused(void **state)
{
    struct body body;
    char wrong[300] = "";
    (void)state;

    assert_false(body_from_markdown(paper->arena, repeated("", "a", 500000, ""), &body, wrong, sizeof wrong));
    assert_non_null(strstr(wrong, "longer than 409600 bytes"));
    assert_false(body_from_markdown(paper->arena, repeated("", "a\n\n", 10000, ""), &body, wrong, sizeof wrong));
    assert_non_null(strstr(wrong, "too many blocks"));
    assert_false(body_from_markdown(paper->arena, repeated("", "a", 204800, ""), &body, wrong, sizeof wrong));
    assert_non_null(strstr(wrong, "too long"));
    assert_false(body_from_markdown(paper->arena, repeated("", "![](x)\n\n", 401, ""), &body, wrong, sizeof wrong));
    assert_non_null(strstr(wrong, "too many pictures"));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(what_writers_type),
        CASE(examples_of_the_specification),
        CASE(pathological_input_ends),
        CASE(too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
