/* body_html_test.c - a body as the article page and as a feed print it, and which tags that reads. */
#include "src/article/body.h"

#include "src/media/media.h"
#include "src/video/video.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define TABLE "<div class=\"table\" role=\"group\" aria-label=\"表格\" tabindex=\"0\">"

static struct unit_paper *paper;
static int64_t film;

static void put(struct db_tx *tx, const char *name, const char *kind, const char *file, const char *small)
{
    struct media media = {.name = str_of(name),
                          .kind = str_of(kind),
                          .file = str_of(file),
                          .small_file = str_of(small),
                          .width = 1600,
                          .height = 1067,
                          .small_width = *small ? 640 : 0,
                          .caption = STR("港<口>"),
                          .alt = STR("船\""),
                          .credit = STR("社&")};

    media_put(tx, &media);
}

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    put(tx, "harbour", "image", "harbour.webp", "harbour-640.webp");
    put(tx, "plain", "image", "plain.webp", "");
    put(tx, "clip", "video", "clip.webm", "");
    struct video video = {.title = STR("影<片>"),
                          .title_breaks = STR(""),
                          .description = STR(""),
                          .file = STR("film.mp4"),
                          .poster = 1,
                          .seconds = 187,
                          .listed = paper->now};
    film = video_add(tx, &video, NULL, 0);
    unit_commit(paper, &tx);
    unit_story(paper, 5, 0, 1);
    unit_story(paper, 7, 0, 1);
    unit_story(paper, 8, UNIT_UNLISTED, 1);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static struct body body_of(const char *blocks)
{
    struct body body;
    char wrong[300] = "";

    if (!body_from_json(paper->arena, json_parse(paper->arena, str_of(blocks)), &body, wrong, sizeof wrong))
        fail_msg("%s: %s", blocks, wrong);
    return body;
}

static const char *printed(const struct body *body, bool feed, struct tag_set *tags)
{
    struct db_reader *db = unit_read(paper, tags);
    struct html html = feed ? body_feed_html(db, body, STR("https://haowai.example")) : body_html(db, body);
    const char *text = str_cstr(paper->arena, html.markup);

    assert_true(db_read_end(&db));
    return text;
}

#define RUNS(runs) "[{\"t\":\"p\",\"r\":[" runs "]}]"

static const struct {
    const char *blocks, *page, *feed; /* feed NULL: the same as the page */
} CASES[] = {
    {"[{\"t\":\"p\",\"r\":\"甲\"},{\"t\":\"p\",\"r\":\"乙\"}]", "<p>甲</p>\n<p>乙</p>\n", NULL},
    {"[{\"t\":\"p\",\"r\":\"甲\\n<script>alert('\\\"')</script>&amp;\"}]",
     "<p>甲<br>&lt;script&gt;alert(&#39;&quot;&#39;)&lt;/script&gt;&amp;amp;</p>\n", NULL},
    {RUNS("{\"s\":\"a\",\"m\":[\"b\",\"sup\"]},{\"s\":\"b\",\"m\":[\"sub\"]},{\"s\":\"c\",\"m\":[\"del\"]}"),
     "<p><strong><sup>a</sup></strong><sub>b</sub><del>c</del></p>\n", NULL},
    {RUNS("{\"s\":\"重\",\"m\":[\"dot\"]}"), "<p><em class=\"dot\">重</em></p>\n", "<p><em>重</em></p>\n"},
    {RUNS("{\"s\":\"字\",\"ruby\":\"ㄗˋ<\"}"), "<p><ruby>字<rt>ㄗˋ&lt;</rt></ruby></p>\n", NULL},
    {RUNS("{\"s\":\"a\",\"a\":{\"href\":\"https://e.org/?a=1&b=%22\"}},"
          "{\"s\":\"b\",\"m\":[\"b\"],\"a\":{\"href\":\"https://e.org/?a=1&b=%22\"}},{\"s\":\"c\"},"
          "{\"s\":\"d\",\"a\":{\"href\":\"/x\"}},{\"s\":\"e\",\"a\":{\"href\":\"/y\"}}"),
     "<p><a href=\"https://e.org/?a=1&amp;b=%22\">a<strong>b</strong></a>c<a href=\"/x\">d</a><a "
     "href=\"/y\">e</a></p>\n",
     "<p><a href=\"https://e.org/?a=1&amp;b=%22\">a<strong>b</strong></a>c<a href=\"https://haowai.example/x\">d</a>"
     "<a href=\"https://haowai.example/y\">e</a></p>\n"},
    {"[{\"t\":\"h2\",\"id\":\"k3fa\",\"r\":\"小\"},{\"t\":\"h3\",\"id\":\"k3fb\",\"r\":\"標\"}]",
     "<h2 id=\"k3fa\">小</h2>\n<h3>標</h3>\n", "<h2>小</h2>\n<h3>標</h3>\n"},
    {"[{\"t\":\"quote\",\"r\":\"引\",\"cite\":\"誰<\"},{\"t\":\"quote\",\"r\":\"文\"}]",
     "<blockquote><p>引</p><cite>誰&lt;</cite></blockquote>\n<blockquote><p>文</p></blockquote>\n", NULL},
    {"[{\"t\":\"ul\",\"items\":[\"一\",[{\"s\":\"二\",\"m\":[\"b\"]}]]},{\"t\":\"ol\",\"items\":[\"三\"]},{\"t\":"
     "\"hr\"}]",
     "<ul><li>一</li><li><strong>二</strong></li></ul>\n<ol><li>三</li></ol>\n<hr>\n", NULL},
    {"[{\"t\":\"table\",\"head\":true,\"rows\":[[\"甲\",\"乙\"],[\"1\",\"\"]]}]",
     TABLE "<table><thead><tr><th scope=\"col\">甲</th><th scope=\"col\">乙</th></tr></thead>"
           "<tbody><tr><td>1</td><td></td></tr></tbody></table></div>\n",
     "<table><thead><tr><th scope=\"col\">甲</th><th scope=\"col\">乙</th></tr></thead>"
     "<tbody><tr><td>1</td><td></td></tr></tbody></table>\n"},
    {"[{\"t\":\"table\",\"head\":true,\"rows\":[[\"甲\"]]}]",
     TABLE "<table><thead><tr><th scope=\"col\">甲</th></tr></thead></table></div>\n",
     "<table><thead><tr><th scope=\"col\">甲</th></tr></thead></table>\n"},
    {"[{\"t\":\"embed\",\"kind\":\"youtube\",\"href\":\"https://www.youtube.com/watch?v=x&t=1\"},"
     "{\"t\":\"embed\",\"href\":\"http://e.org\"}]",
     "<p class=\"embed\"><a href=\"https://www.youtube.com/watch?v=x&amp;t=1\" rel=\"noopener\">"
     "YouTube：youtube.com/watch?v=x&amp;t=1</a></p>\n"
     "<p class=\"embed\"><a href=\"http://e.org\" rel=\"noopener\">e.org</a></p>\n",
     "<p><a href=\"https://www.youtube.com/watch?v=x&amp;t=1\" rel=\"noopener\">"
     "YouTube：youtube.com/watch?v=x&amp;t=1</a></p>\n"
     "<p><a href=\"http://e.org\" rel=\"noopener\">e.org</a></p>\n"},
    {"[{\"t\":\"widget\",\"key\":\"fraud165\"}]", "", NULL},
    {"[]", "", NULL},
    /* pictures */
    {"[{\"t\":\"img\",\"img\":\"harbour\"}]",
     "<figure><img src=\"/media/harbour.webp\" srcset=\"/media/harbour-640.webp 640w, /media/harbour.webp 1600w\""
     " sizes=\"(min-width:720px) 722px, 100vw\" width=\"1600\" height=\"1067\" alt=\"船&quot;\" loading=\"lazy\""
     " decoding=\"async\"><figcaption>港&lt;口&gt;<span "
     "class=\"credit\">（圖／社&amp;）</span></figcaption></figure>\n",
     "<figure><img src=\"https://haowai.example/media/harbour.webp\" width=\"1600\" height=\"1067\" alt=\"船&quot;\">"
     "<figcaption>港&lt;口&gt;（圖／社&amp;）</figcaption></figure>\n"},
    {"[{\"t\":\"img\",\"img\":\"plain\",\"cap\":[{\"s\":\"看\",\"a\":{\"href\":\"/"
     "x\"}}],\"alt\":\"替\",\"credit\":\"路透\"}]",
     "<figure><img src=\"/media/plain.webp\" width=\"1600\" height=\"1067\" alt=\"替\" loading=\"lazy\""
     " decoding=\"async\"><figcaption><a href=\"/x\">看</a><span class=\"credit\">（圖／路透）</span></figcaption>"
     "</figure>\n",
     "<figure><img src=\"https://haowai.example/media/plain.webp\" width=\"1600\" height=\"1067\" alt=\"替\">"
     "<figcaption><a href=\"https://haowai.example/x\">看</a>（圖／路透）</figcaption></figure>\n"},
    {"[{\"t\":\"img\",\"img\":\"missing\"},{\"t\":\"img\",\"img\":\"clip\"},"
     "{\"t\":\"gallery\",\"items\":[{\"img\":\"missing\"}]},{\"t\":\"hr\"}]",
     "<hr>\n", NULL},
    {"[{\"t\":\"gallery\",\"items\":[{\"img\":\"missing\"},{\"img\":\"plain\",\"cap\":\"c\",\"credit\":\"d\",\"alt\":"
     "\"e\"}]}]",
     "<div class=\"gallery\"><figure><img src=\"/media/plain.webp\" width=\"1600\" height=\"1067\" alt=\"e\""
     " loading=\"lazy\" decoding=\"async\"><figcaption>c<span class=\"credit\">（圖／d）</span></figcaption></figure>"
     "</div>\n",
     "<div><figure><img src=\"https://haowai.example/media/plain.webp\" width=\"1600\" height=\"1067\" alt=\"e\">"
     "<figcaption>c（圖／d）</figcaption></figure></div>\n"},
    /* videos */
    {"[{\"t\":\"video\",\"video\":1}]",
     "<figure class=\"video\"><video controls preload=\"none\" poster=\"/media/harbour.webp\" width=\"1600\""
     " height=\"1067\"><source src=\"/media/film.mp4\" type=\"video/mp4\"></video>"
     "<figcaption>影&lt;片&gt;</figcaption></figure>\n",
     "<figure><a href=\"https://haowai.example/video/1\"><img src=\"https://haowai.example/media/harbour.webp\""
     " width=\"1600\" height=\"1067\" alt=\"影&lt;片&gt;\"></a><figcaption>影&lt;片&gt;</figcaption></figure>\n"},
    {"[{\"t\":\"video\",\"file\":\"clip.webm\",\"cap\":\"說\"}]",
     "<figure class=\"video\"><video controls preload=\"none\" width=\"16\" height=\"9\">"
     "<source src=\"/media/clip.webm\" type=\"video/webm\"></video><figcaption>說</figcaption></figure>\n",
     "<figure><a href=\"https://haowai.example/media/clip.webm\">影片</a><figcaption>說</figcaption></figure>\n"},
    {"[{\"t\":\"video\",\"video\":9},{\"t\":\"video\",\"file\":\"missing.mp4\"},{\"t\":\"video\",\"file\":\"harbour."
     "webp\"}]",
     "", NULL},
    /* related stories */
    {"[{\"t\":\"rel\",\"ref\":[7,8,9]}]",
     "<aside class=\"inset\"><span>延伸閱讀</span><a href=\"/news/20250821/7\">Story 7</a></aside>\n",
     "<p>延伸閱讀：<a href=\"https://haowai.example/news/20250821/7\">Story 7</a></p>\n"},
    {"[{\"t\":\"rel\",\"ref\":[7,5]}]",
     "<aside class=\"inset\"><span>延伸閱讀</span><a href=\"/news/20250821/7\">Story 7</a><br>"
     "<a href=\"/news/20250821/5\">Story 5</a></aside>\n",
     "<p>延伸閱讀：<a href=\"https://haowai.example/news/20250821/7\">Story 7</a><br>"
     "<a href=\"https://haowai.example/news/20250821/5\">Story 5</a></p>\n"},
    {"[{\"t\":\"rel\",\"ref\":[8]}]", "", NULL},
};

static void every_block_is_printed(void **state)
{
    (void)state;
    assert_int_equal(film, 1);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct body body = body_of(CASES[i].blocks), stored;
        assert_string_equal(printed(&body, false, NULL), CASES[i].page);
        assert_string_equal(printed(&body, true, NULL), CASES[i].feed ? CASES[i].feed : CASES[i].page);
        body_parse(paper->arena, body_text(paper->arena, &body), &stored);
        assert_string_equal(printed(&stored, false, NULL), CASES[i].page);
    }
}

static void what_was_looked_up_was_read(void **state)
{
    static const struct {
        const char *blocks, *tag;
    } READ[] = {
        {"[{\"t\":\"img\",\"img\":\"harbour\"}]", "media-name:harbour"},
        {"[{\"t\":\"img\",\"img\":\"harbour\"}]", "media:1"},
        {"[{\"t\":\"img\",\"img\":\"missing\"}]", "media-name:missing"},
        {"[{\"t\":\"gallery\",\"items\":[{\"img\":\"missing\"}]}]", "media-name:missing"},
        {"[{\"t\":\"video\",\"video\":1}]", "video:1"},
        {"[{\"t\":\"video\",\"video\":1}]", "media:1"},
        {"[{\"t\":\"video\",\"video\":9}]", "video:9"},
        {"[{\"t\":\"video\",\"file\":\"missing.mp4\"}]", "media-name:missing"},
        {"[{\"t\":\"rel\",\"ref\":[7]}]", "story:7"},
        {"[{\"t\":\"rel\",\"ref\":[8]}]", "story:8"},
        {"[{\"t\":\"rel\",\"ref\":[99]}]", "story:99"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof READ / sizeof *READ; i++)
        for (int feed = 0; feed < 2; feed++) {
            struct tag_set tags;
            struct body body = body_of(READ[i].blocks);
            printed(&body, feed, &tags);
            if (!unit_has_tag(&tags, READ[i].tag))
                fail_msg("%s did not read %s", READ[i].blocks, READ[i].tag);
        }
}

/* Every text of every block is hostile: no tag of theirs may come through. */
static void nothing_a_writer_sends_is_markup(void **state)
{
#define EVIL_TEXT                                                                                                      \
    "\""                                                                                                               \
    "\\u0022><script>x</script>'<img onerror=y>"                                                                       \
    "\""
    struct body body = body_of(
        "[{\"t\":\"p\",\"r\":[{\"s\":" EVIL_TEXT ",\"ruby\":" EVIL_TEXT "}]},{\"t\":\"h2\",\"r\":" EVIL_TEXT "},"
        "{\"t\":\"h3\",\"r\":" EVIL_TEXT "},{\"t\":\"quote\",\"r\":" EVIL_TEXT ",\"cite\":" EVIL_TEXT "},"
        "{\"t\":\"ul\",\"items\":[" EVIL_TEXT "]},{\"t\":\"img\",\"img\":\"harbour\",\"cap\":" EVIL_TEXT
        ",\"credit\":" EVIL_TEXT ",\"alt\":" EVIL_TEXT "},{\"t\":\"video\",\"video\":1,\"cap\":" EVIL_TEXT "},"
        "{\"t\":\"table\",\"head\":true,\"rows\":[[" EVIL_TEXT "],[" EVIL_TEXT "]]},"
        "{\"t\":\"embed\",\"href\":\"https://e.org/'<script>x</script>\"},"
        "{\"t\":\"p\",\"r\":[{\"s\":\"x\",\"a\":{\"href\":\"/'\\u0022<script>x</script>\"}}]}]");
    (void)state;

    for (int feed = 0; feed < 2; feed++) {
        const char *html = printed(&body, feed, NULL);
        assert_null(strstr(html, "<script"));
        assert_null(strstr(html, "<img onerror"));
        assert_null(strstr(html, "\"\""));
        assert_non_null(strstr(html, "&lt;script&gt;"));
    }
}

static void the_largest_body_is_printed(void **state)
{
    struct buf blocks = BUF(1 << 20);
    (void)state;

    buf_add_char(&blocks, '[');
    for (int i = 0; i < BODY_BLOCKS_MOST; i++)
        buf_printf(&blocks, "%s{\"t\":\"table\",\"head\":true,\"rows\":[[\"\",\"\"],[\"&\",\"'\"]]}", i ? "," : "");
    buf_add_char(&blocks, ']');
    struct body body = body_of(str_cstr(paper->arena, buf_str(&blocks)));
    buf_free(&blocks);
    assert_true(strlen(printed(&body, false, NULL)) > 2000 * 100);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(every_block_is_printed),
        CASE(what_was_looked_up_was_read),
        CASE(nothing_a_writer_sends_is_markup),
        CASE(the_largest_body_is_printed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
