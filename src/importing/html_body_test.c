/* html_body_test.c - what becomes of HTML, case by case; and that no HTML breaks anything. */
#include "src/importing/html_body.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "lib/template/escape.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;

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

/* The blocks without their ids, which are always b1, b2 ... */
static struct str without_ids(struct str text)
{
    struct buf out = BUF(1 << 20);
    struct str begins = STR("\"id\":\"b");

    for (ptrdiff_t at; (at = str_find(text, begins, 0)) >= 0;) {
        buf_add(&out, text.p, (size_t)at);
        text = str_from(text, (size_t)str_find_char(text, ',', (size_t)at) + 1);
    }
    buf_add_str(&out, text);
    struct str plain = str_copy(arena, buf_str(&out));
    buf_free(&out);
    struct str head = STR("{\"v\":1,\"b\":[");
    if (!str_starts(plain, head))
        return plain;
    return (struct str){plain.p + head.n, plain.n - head.n - 2};
}

static struct losses losses;
static const struct attachments *pictures; /* that galleries may name */

static const char *blocks_of(const char *html, bool lines)
{
    struct body body;

    losses = losses_of(arena);
    struct html_text text = {shortcodes_as_html(arena, str_of(html), pictures, &losses),
                             STR("https://www.old.example/blog"), lines};
    return str_cstr(arena, without_ids(html_body(arena, &text, &losses, &body)));
}

static bool lost(const char *what)
{
    for (size_t i = 0; i < losses.kinds.n; i++)
        if (str_find(losses.kinds.at[i].what, str_of(what), 0) >= 0)
            return true;
    return false;
}

#define P(text) "{\"t\":\"p\",\"r\":[{\"s\":\"" text "\"}]}"

static void each_element_becomes_what_it_should(void **state)
{
    static const struct {
        const char *html, *blocks, *loses;
    } CASES[] = {
        /* text */
        {"", "", NULL},
        {" \n ", "", NULL},
        {"plain", P("plain"), NULL},
        {"<p>one</p><p>two", P("one") "," P("two"), NULL},
        {"<div><div>one</div>two</div>", P("one") "," P("two"), NULL},
        {"<p>a  b\n c</p>", P("a b c"), NULL},
        {"<p>春\n天</p>", P("春天"), NULL},
        {"<p>a<br>b<br/>c</p>", P("a\\nb\\nc"), NULL},
        {"<p>a<br><br>b</p>", P("a") "," P("b"), NULL},
        {"<p>&nbsp;</p><p>　　縮排</p>", P("縮排"), NULL},
        {"<p>&lt;b&gt; &amp;amp; &#x4e2d;&hellip;</p>", P("\\u003cb\\u003e \\u0026amp; 中…"), NULL},
        {"a\x01"
         "b\xff"
         "c&#1;d",
         P("abcd"), "characters that are none"},
        /* marks */
        {"<p>a <b>b</b> <strong>c</strong>d</p>",
         "{\"t\":\"p\",\"r\":[{\"s\":\"a \"},{\"s\":\"b c\",\"m\":[\"b\"]},{\"s\":\"d\"}]}", NULL},
        {"H<sub>2</sub>O<sup>x</sup> <s>no</s><del>no</del>",
         "{\"t\":\"p\",\"r\":[{\"s\":\"H\"},{\"s\":\"2\",\"m\":[\"sub\"]},{\"s\":\"O\"},{\"s\":\"x\",\"m\":[\"sup\"]},"
         "{\"s\":\" \"},{\"s\":\"nono\",\"m\":[\"del\"]}]}",
         NULL},
        {"<p>an <em>accent</em></p>", P("an accent"), "element em became plain text"},
        {"<p><span style=\"x\">a</span><font color=red>b</font></p>", P("ab"), NULL},
        {"<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>!",
         "{\"t\":\"p\",\"r\":[{\"s\":\"漢\",\"ruby\":\"hàn\"},{\"s\":\"字\",\"ruby\":\"zì\"},{\"s\":\"!\"}]}", NULL},
        {"<blink>a</blink><o:p>b</o:p>", P("ab"), "element blink became plain text"},
        /* links */
        {"<a href=\"https://else.example/a b\">x</a>",
         "{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"https://else.example/a%20b\"}}]}", NULL},
        {"<a href=\"http://old.example/2019/x/?p=1#y\">x</a>",
         "{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"/2019/x/?p=1#y\"}}]}", NULL},
        {"<a href=\"//cdn.example/f\">x</a>",
         "{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"https://cdn.example/f\"}}]}", NULL},
        {"<a href=\"javascript:alert(1)\">x</a>", P("x"), "link that leads to no page"},
        {"<a href=\" JaVa\tScript:alert(1)\">x</a>", P("x"), "link that leads to no page"},
        {"<a href=\"data:text/html,x\">x</a>", P("x"), "link that leads to no page"},
        {"<a href=\"mailto:a@b.example\">x</a>", P("x"), "link that leads to no page"},
        {"<a href=\"#top\">x</a><a name=y>z</a>", P("xz"), "link that leads to no page"},
        {"<a href=\"https://user:pass@evil.example/\">x</a>", P("x"), "link that leads to no page"},
        /* blocks */
        {"<h1>a</h1><h2>b</h2><h3>c</h3><h6>d<br>e</h6>",
         "{\"t\":\"h2\",\"r\":[{\"s\":\"a\"}]},{\"t\":\"h2\",\"r\":[{\"s\":\"b\"}]},{\"t\":\"h3\",\"r\":[{\"s\":\"c\"}]"
         "},"
         "{\"t\":\"h3\",\"r\":[{\"s\":\"d e\"}]}",
         NULL},
        {"<ul><li>a<li> b <li></ul><ol><li><p>c</p><p>d</p></li></ol>",
         "{\"t\":\"ul\",\"items\":[[{\"s\":\"a\"}],[{\"s\":\"b\"}]]},{\"t\":\"ol\",\"items\":[[{\"s\":\"c\\nd\"}]]}",
         NULL},
        {"<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>", "{\"t\":\"ul\",\"items\":[[{\"s\":\"a\\nb\\nc\"}]]}",
         "list within a list"},
        {"<dl><dt>term</dt><dd>what it is</dd></dl>",
         "{\"t\":\"p\",\"r\":[{\"s\":\"term\",\"m\":[\"b\"]}]}," P("what it is"), NULL},
        {"<blockquote><p>a</p><p>b</p><cite>Who</cite></blockquote>",
         "{\"t\":\"quote\",\"r\":[{\"s\":\"a\\nb\"}],\"cite\":\"Who\"}", NULL},
        {"a<hr>b", P("a") ",{\"t\":\"hr\"}," P("b"), NULL},
        {"<pre>  x\n  y\n\n  z</pre>", P("x\\n  y\\n\\n  z"), NULL},
        {"<table><thead><tr><th>A<th>B</thead><tr><td>1<td><b>2</b><tr><td>3</table>",
         "{\"t\":\"table\",\"rows\":[[[{\"s\":\"A\"}],[{\"s\":\"B\"}]],[[{\"s\":\"1\"}],[{\"s\":\"2\",\"m\":[\"b\"]}]],"
         "[[{\"s\":\"3\"}],[]]],\"head\":true}",
         NULL},
        {"<table><tr><td>only</td></tr><tr><td>layout</td></tr></table>", P("only") "," P("layout"), NULL},
        {"<table><tr><td colspan=2>x</td></tr><tr><td>1<td>2</table>",
         "{\"t\":\"table\",\"rows\":[[[{\"s\":\"x\"}],[]],[[{\"s\":\"1\"}],[{\"s\":\"2\"}]]]}", "cells of a table"},
        /* what readers never see */
        {"<script>alert(1)</script><style>p{}</style>a<!-- b --><noscript><img src=x></noscript>", P("a"),
         "element script was left out"},
        {"<form>a<input value=b><textarea>c</textarea></form>", P("a"), "element input was left out"},
        {"<svg><script>x</script><text>y</text></svg>a", P("a"), "element svg was left out"},
        /* pictures */
        {"<img src=\"/wp-content/uploads/2019/05/ship-300x200.jpg\" alt=\"A ship\">",
         "{\"t\":\"img\",\"img\":\"2019-05-ship\",\"alt\":\"A ship\"}", "picture whose file is not in the archive"},
        {"<figure><a href=x><img src=\"/a/ship.png\"></a><figcaption>A <b>ship</b></figcaption></figure>",
         "{\"t\":\"img\",\"img\":\"ship\",\"cap\":[{\"s\":\"A \"},{\"s\":\"ship\",\"m\":[\"b\"]}]}", NULL},
        {"<figure><figcaption>first</figcaption><img src=\"ship.png\"></figure>",
         "{\"t\":\"img\",\"img\":\"ship\",\"cap\":[{\"s\":\"first\"}]}", NULL},
        {"<figure>text<figcaption>cap</figcaption></figure>", P("text") "," P("cap"), NULL},
        {"<p>a<img src=\"ship.png\">b</p>", P("a") ",{\"t\":\"img\",\"img\":\"ship\"}," P("b"), NULL},
        {"<ul><li>a<img src=\"ship.png\"></li></ul>",
         "{\"t\":\"ul\",\"items\":[[{\"s\":\"a\"}]]},{\"t\":\"img\",\"img\":\"ship\"}", NULL},
        {"<img class=\"wp-smiley\" alt=\"😀\" src=\"x.png\"> hi", P("😀 hi"), NULL},
        {"<img src=\"pixel.gif\" width=1 height=1><img src=\"data:image/png;base64,AA\">", "",
         "picture without an address"},
        {"<img src=\"data:x\" data-src=\"late.jpg\">", "{\"t\":\"img\",\"img\":\"late\"}", NULL},
        {"<div class=\"gallery\"><img src=aaa.jpg><img src=bbb.jpg></div>",
         "{\"t\":\"gallery\",\"items\":[{\"img\":\"aaa\"},{\"img\":\"bbb\"}]}", NULL},
        {"<ul class=\"blocks-gallery-grid\"><li><figure><img src=aaa.jpg><figcaption>A</figcaption></figure><li><img "
         "src=bbb.jpg></ul>",
         "{\"t\":\"gallery\",\"items\":[{\"img\":\"aaa\",\"cap\":[{\"s\":\"A\"}]},{\"img\":\"bbb\"}]}", NULL},
        /* from elsewhere */
        {"<iframe src=\"https://www.youtube.com/embed/SJnvMh9x2bQ?rel=0\"></iframe>",
         "{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=SJnvMh9x2bQ\"}", NULL},
        {"<object><param name=\"movie\" value=\"http://www.youtube.com/v/SJnvMh9x2bQ\"><embed "
         "src=\"http://www.youtube.com/v/SJnvMh9x2bQ\"></object>",
         "{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=SJnvMh9x2bQ\"}", NULL},
        {"<blockquote class=\"twitter-tweet\"><p>text</p>&mdash; <a "
         "href=\"https://twitter.com/a/status/12345?x=1\">d</a>"
         "</blockquote><script async src=\"https://platform.twitter.com/widgets.js\"></script>",
         "{\"t\":\"embed\",\"kind\":\"x\",\"href\":\"https://x.com/a/status/12345\"}", NULL},
        {"<iframe src=\"https://maps.example/x\"></iframe>",
         "{\"t\":\"embed\",\"kind\":\"link\",\"href\":\"https://maps.example/x\"}",
         "film, sound or frame became a link"},
        {"<iframe src=\"javascript:alert(1)\"></iframe>", "", "frame without a safe address"},
        {"<video><source src=\"https://v.example/a.mp4\"></video>",
         "{\"t\":\"embed\",\"kind\":\"link\",\"href\":\"https://v.example/a.mp4\"}",
         "film, sound or frame became a link"},
        {"<p>https://youtu.be/SJnvMh9x2bQ</p><p>see https://youtu.be/SJnvMh9x2bQ</p>",
         "{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=SJnvMh9x2bQ\"}," P(
             "see https://youtu.be/SJnvMh9x2bQ"),
         NULL},
        {"<iframe src=\"https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1"
         "&width=500\"></iframe>",
         "{\"t\":\"embed\",\"kind\":\"facebook\",\"href\":\"https://www.facebook.com/a/posts/1\"}", NULL},
        /* WordPress */
        {"<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph --><!--more-->", P("a"), NULL},
        {"[caption id=\"a\" width=\"3\"]<a href=f><img src=\"ship.png\" /></a> The ship[/caption]after",
         "{\"t\":\"img\",\"img\":\"ship\",\"cap\":[{\"s\":\"The ship\"}]}," P("after"), NULL},
        {"[caption caption=\"Said\"]<img src=\"ship.png\">[/caption]",
         "{\"t\":\"img\",\"img\":\"ship\",\"cap\":[{\"s\":\"Said\"}]}", NULL},
        {"[embed]https://x.com/a/status/12345[/embed]",
         "{\"t\":\"embed\",\"kind\":\"x\",\"href\":\"https://x.com/a/status/12345\"}", NULL},
        {"[youtube=http://www.youtube.com/watch?v=SJnvMh9x2bQ&w=3]",
         "{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=SJnvMh9x2bQ\"}", NULL},
        {"a[gallery ids=\"1,2\"]b", P("a") "," P("b"), "gallery whose pictures are not in the archive"},
        {"[vc_row a=\"b\"][vc_column]text[/vc_column][/vc_row]", P("text"), "shortcode vc_row was left out"},
        {"[code]a\n b[/code]", P("a\\n b"), NULL},
        {"[編按] [1] [caption [x", P("[編按] [1] [caption [x"), NULL},
        {"[caption]no end <img src=\"ship.png\">", P("no end") ",{\"t\":\"img\",\"img\":\"ship\"}", NULL},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *blocks = blocks_of(CASES[i].html, false);
        if (strcmp(blocks, CASES[i].blocks) != 0)
            fail_msg("%s\nbecame    %s\nexpected  %s", CASES[i].html, blocks, CASES[i].blocks);
        if (CASES[i].loses ? !lost(CASES[i].loses) : losses.kinds.n && !lost("picture whose file") && !lost("script"))
            fail_msg("%s: losses are not as expected", CASES[i].html);
    }
}

static void line_feeds_count_in_old_texts(void **state)
{
    static const struct {
        const char *html, *blocks;
    } CASES[] = {
        {"one\ntwo\n\nthree\n\n\nfour", P("one\\ntwo") "," P("three") "," P("four")},
        {"<strong>a</strong>\n\nb", "{\"t\":\"p\",\"r\":[{\"s\":\"a\",\"m\":[\"b\"]}]}," P("b")},
        {"a\n<h2>b</h2>\nc", P("a") ",{\"t\":\"h2\",\"r\":[{\"s\":\"b\"}]}," P("c")},
        {"a<br />\nb", P("a\\nb")},
        {"<blockquote>a\n\nb</blockquote>c", "{\"t\":\"quote\",\"r\":[{\"s\":\"a\\n\\nb\"}]}," P("c")},
        {"a\r\n\r\nb", P("a") "," P("b")},
        {"https://youtu.be/SJnvMh9x2bQ\n\na",
         "{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=SJnvMh9x2bQ\"}," P("a")},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(blocks_of(CASES[i].html, true), CASES[i].blocks);
}

static const char *repeated(const char *piece, int times, const char *end)
{
    struct buf out = BUF(8 << 20);

    for (int i = 0; i < times; i++)
        buf_add_str(&out, str_of(piece));
    buf_add_str(&out, str_of(end));
    const char *text = str_cstr(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void limits_of_a_body_are_kept(void **state)
{
    (void)state;
    blocks_of(repeated("<p>a</p>", 3000, ""), false);
    assert_true(lost("cut behind the last block that fits"));
    blocks_of(repeated("<p>abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
                       "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij</p>",
                       1500, ""),
              false);
    assert_true(lost("cut behind the last block that fits"));
    assert_string_equal(blocks_of(repeated("<div>", 1000, "deep"), false), P("deep"));
    assert_true(lost("nested too deeply"));
    blocks_of(repeated("<b>", 20000, "x"), false);
    blocks_of(repeated("<table>", 2000, "x"), false);
    blocks_of(repeated("[caption]", 50000, "x"), false);
    blocks_of(repeated("<ul><li>", 5000, "x"), false);
    blocks_of(repeated("<figure><blockquote>", 3000, "x"), false);
}

/* Whatever comes in: the result is body v1, and all its links are safe. */
static void check_is_body(struct str html)
{
    struct body body;
    char wrong[200] = "";

    for (int lines = 0; lines < 2; lines++) {
        struct losses ignored = losses_of(arena);
        struct html_text text = {shortcodes_as_html(arena, html, NULL, &ignored), STR("https://old.example"),
                                 lines == 1};
        struct str canonical = html_body(arena, &text, &ignored, &body);
        if (canonical.n == 0)
            continue;
        assert_int_equal(utf8_valid_prefix(canonical), canonical.n);
        struct body again;
        if (!body_from_json(arena, json_parse(arena, canonical), &again, wrong, sizeof wrong))
            fail_msg("%.*s\nbecame %.*s\n%s", STR_ARG(html), STR_ARG(canonical), wrong);
        struct str text_again = body_text(arena, &again);
        if (!str_equal(text_again, canonical))
            fail_msg("%.*s\nbecame  %.*s\nnot yet %.*s", STR_ARG(html), STR_ARG(canonical), STR_ARG(text_again));
    }
}

static void hostile_html_breaks_nothing(void **state)
{
    static const char *const HOSTILE[] = {
        "<a href=\"jav&#x0A;ascript:alert(1)\">x",
        "<img src=x onerror=alert(1)>",
        "<math><mi//xlink:href=\"data:x\">",
        "<svg><p><style><g title=\"</style><img src=x>\">",
        "<noscript><p title=\"</noscript><img src=x>\">",
        "<table><td><a href=x><table><td><a href=y>",
        "</p></div></body></html><p>x",
        "<select><option><img src=x>",
        "<template><img src=x></template>",
        "<frameset><frame src=x></frameset>",
        "<plaintext><p>x",
        "<xmp><p>x</xmp>",
        "<isindex prompt=x>",
        "<ruby><rt><rt><rb>x",
        "<a><b><a><b><p></b></a>x",
        "<li><li><dd><dt><p><h1><h2>x",
        "<iframe src=\"//youtube.com/embed/\">",
        "<figure><figure><figure><img src=a><figcaption>b",
        "<img src=\"\xff\xfe\">",
        "&#xD800;&#x110000;&#0;&#x80;",
        "<p>\xe4\xbd",
        "[[[[embed]]]] [/caption] [caption",
        "[embed][embed][/embed]",
        "<!--",
        "<![CDATA[x]]>",
        "<",
        "</",
        "<a",
        "<a href",
        "<a href=",
        "<p/></p/><br/ >",
    };
    (void)state;

    for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++)
        check_is_body(str_of(HOSTILE[i]));
}

/* Every sample of html5lib's tree construction and of a sanitiser's suite, when they are there. */
static int check_file(int dir, const char *name, const char *separator)
{
    struct buf text = BUF(4 << 20);
    int fd = openat(dir, name, O_RDONLY), n = 0;

    assert_true(fd >= 0 && buf_read_fd(&text, fd));
    close(fd);
    struct str rest = buf_str(&text), mark = str_of(separator);
    for (ptrdiff_t at; (at = str_find(rest, mark, 0)) >= 0; n++) {
        rest = str_from(rest, (size_t)at + mark.n);
        ptrdiff_t end = str_find(rest, STR("\n#"), 0);
        check_is_body(str_head(rest, end < 0 ? rest.n : (size_t)end));
        arena_reset(arena);
    }
    buf_free(&text);
    return n;
}

static void samples_of_others_break_nothing(void **state)
{
    const char *fixtures = getenv("HAOWAI_FIXTURES");
    DIR *dir = fixtures ? opendir(str_cstr(arena, str_printf(arena, "%s/html5lib/tree-construction", fixtures))) : NULL;
    int cases = 0;
    (void)state;

    if (!dir) {
        print_message("skipped: fixtures not there\n");
        skip();
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        if (str_ends(str_of(entry->d_name), STR(".dat")))
            cases += check_file(dirfd(dir), entry->d_name, "#data\n");
    closedir(dir);
    assert_true(cases > 1000);

    struct buf text = BUF(4 << 20);
    int fd = open(str_cstr(arena, str_printf(arena, "%s/sanitizer/dompurify-expect.json", fixtures)), O_RDONLY);
    assert_true(fd >= 0 && buf_read_fd(&text, fd));
    close(fd);
    struct arena *tree = arena_new();
    const struct json *vectors = json_parse(tree, buf_str(&text));
    assert_true(json_count(vectors) > 200);
    for (size_t i = 0; i < json_count(vectors); i++) {
        check_is_body(json_member_text(json_element(vectors, i), "payload", STR("")));
        arena_reset(arena);
    }
    arena_free(&tree);
    buf_free(&text);
}

static void plain_text_is_decoded(void **state)
{
    (void)state;
    assert_string_equal(str_cstr(arena, html_plain(arena, STR("Tom &amp; <b>J</b>\n &hellip;"))), "Tom & J  …");
    assert_string_equal(str_cstr(arena, html_plain(arena, STR(""))), "");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(each_element_becomes_what_it_should), CASE(line_feeds_count_in_old_texts),
        CASE(limits_of_a_body_are_kept),           CASE(hostile_html_breaks_nothing),
        CASE(samples_of_others_break_nothing),     CASE(plain_text_is_decoded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
