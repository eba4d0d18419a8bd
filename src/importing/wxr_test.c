/* wxr_test.c - WordPress's exports: what an item becomes, and what damage costs. */
#include "src/importing/wxr.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/json/json.h"
#include "src/importing/attachments.h"
#include "src/importing/frame.h"
#include "src/importing/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <zlib.h>

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

static int temporary(struct str content)
{
    char name[] = "/tmp/haowai-wxr-XXXXXX";
    int fd = mkstemp(name);

    assert_true(fd >= 0);
    unlink(name);
    assert_int_equal(write(fd, content.p, content.n), (ssize_t)content.n);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

/* What a file made: each frame a line, "R10 {...}" or "B10 why"; then the problem. */
static char problem[200];

static struct str frames_of(struct str file, size_t piece, int64_t skip)
{
    struct attachments *attachments = attachments_new();
    struct wxr *gathering = wxr_open_gathering(attachments);
    int fd = temporary(STR(""));
    struct wxr *wxr = wxr_open(fd, skip, attachments);
    struct buf out = BUF(8 << 20);
    struct frame frame;

    for (size_t at = 0; at < file.n; at += piece)
        wxr_feed(gathering, str_head(str_from(file, at), piece));
    wxr_close(&gathering, problem, sizeof problem);
    for (size_t at = 0; at < file.n; at += piece)
        wxr_feed(wxr, str_head(str_from(file, at), piece));
    wxr_close(&wxr, problem, sizeof problem);
    attachments_free(&attachments);
    lseek(fd, 0, SEEK_SET);
    struct frame_reader *reader = frame_reader_new(fd);
    while (frame_read(reader, &frame))
        buf_printf(&out, "%c%lld %.*s\n", frame.type == FRAME_RECORD ? 'R' : 'B', (long long)frame.line, (int)frame.n,
                   frame.bytes);
    frame_reader_free(&reader);
    close(fd);
    struct str frames = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return frames;
}

static const char *made(const char *file)
{
    return str_cstr(arena, frames_of(str_of(file), 1 << 20, 0));
}

#define HEAD                                                                                                           \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\"><channel>\n"                                    \
    "<link>https://www.old.example</link><wp:base_blog_url>https://www.old.example/blog</wp:base_blog_url>\n"          \
    "<language>zh-TW</language>\n"                                                                                     \
    "<wp:author><wp:author_login>ana</wp:author_login><wp:author_display_name><![CDATA[Ana Lee]]>"                     \
    "</wp:author_display_name></wp:author>\n"
#define ITEM(id, inside) "<item><wp:post_id>" id "</wp:post_id><title>t" id "</title>" inside "</item>\n"
#define POST "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
#define TAIL "</channel></rss>\n"

static bool says(const char *text, const char *part)
{
    if (strstr(text, part))
        return true;
    print_message("%s\nnot in %s\n", part, text);
    return false;
}

static void an_item_becomes_a_record(void **state)
{
    const char *frames = made(
        HEAD
        "<item>\n<title><![CDATA[Tom &amp; Jerry]]></title><link>https://www.old.example/blog/2013/06/tom/</link>\n"
        "<pubDate>Fri, 07 Jun 2013 03:00:44 +0000</pubDate><dc:creator><![CDATA[ana]]></dc:creator>\n"
        "<guid isPermaLink=\"false\">https://www.old.example/blog/?p=12</guid>\n"
        "<content:encoded><![CDATA[one\n\n<b>two</b>]]></content:encoded><excerpt:encoded><![CDATA[<p>short</p>]]>"
        "</excerpt:encoded>\n<wp:post_id>12</wp:post_id><wp:post_date>2013-06-07 11:00:44</wp:post_date>"
        "<wp:post_date_gmt>2013-06-07 03:00:44</wp:post_date_gmt><wp:post_modified_gmt>2014-01-01 00:00:00"
        "</wp:post_modified_gmt><wp:post_name>tom</wp:post_name>" POST
        "<category domain=\"category\" nicename=\"news\"><![CDATA[News &amp; More]]></category>"
        "<category domain=\"category\" nicename=\"uncategorized\"><![CDATA[Uncategorized]]></category>"
        "<category domain=\"post_tag\" nicename=\"x\"><![CDATA[Cats]]></category><category><![CDATA[Cats]]></category>"
        "<category domain=\"post_format\"><![CDATA[Image]]></category>"
        "<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>mood</wp:meta_key><wp:meta_value>good</wp:meta_value></wp:postmeta>"
        "<wp:comment><wp:comment_content>hi</wp:comment_content></wp:comment></item>\n" TAIL);
    (void)state;

    assert_string_equal(problem, "");
    assert_true(says(frames,
                     "R6 {\"id\":\"12\",\"origin\":\"https://www.old.example/blog\",\"kind\":\"story\","
                     "\"slug\":\"tom\",\"title\":\"Tom \\u0026 Jerry\",\"excerpt\":\"short\",\"lang\":\"zh-TW\","
                     "\"status\":\"publish\",\"published\":\"2013-06-07T03:00:44Z\","
                     "\"updated\":\"2014-01-01T00:00:00Z\",\"authors\":[\"Ana Lee\"],"
                     "\"sections\":[\"News \\u0026 More\"],\"tags\":[\"Cats\"],"
                     "\"urls\":[\"https://www.old.example/blog/2013/06/tom/\","
                     "\"https://www.old.example/blog/?p=12\",\"/blog/?p=12\"],"
                     "\"body\":{\"v\":1,\"b\":[{\"id\":\"b1\",\"t\":\"p\",\"r\":[{\"s\":\"one\"}]},"
                     "{\"id\":\"b2\",\"t\":\"p\",\"r\":[{\"s\":\"two\",\"m\":[\"b\"]}]}]}"));
    assert_true(says(frames, "taxonomy post_format"));
    assert_true(says(frames, "field mood"));
    assert_true(says(frames, "readers' comments"));
    assert_null(strstr(frames, "_edit_last"));
}

/* Pictures come behind the stories that name them. */
static void pictures_named_by_number_are_found(void **state)
{
    const char *frames = made(
        HEAD ITEM("1", POST "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value>"
                            "</wp:postmeta><content:encoded>[gallery ids=\"8,7,99\"]</content:encoded>")
            ITEM("2", POST "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>99</wp:meta_value>"
                           "</wp:postmeta>")
                ITEM("7",
                     "<wp:post_type>attachment</wp:post_type><wp:attachment_url>https://www.old.example/wp-content/"
                     "uploads/2020/01/ship.jpg</wp:attachment_url><excerpt:encoded>A &amp; B</excerpt:encoded>"
                     "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>ship"
                     "</wp:meta_value></wp:postmeta>")
                    ITEM("8", "<wp:post_type>attachment</wp:post_type><wp:attachment_url>https://www.old.example/b.png"
                              "</wp:attachment_url>") TAIL);
    (void)state;

    assert_true(says(frames, "\"hero\":\"2020-01-ship\",\"hero_caption\":\"A \\u0026 B\",\"hero_alt\":\"ship\""));
    assert_true(says(frames, "\"t\":\"gallery\",\"items\":[{\"img\":\"picture-"));
    assert_true(says(frames, "{\"img\":\"2020-01-ship\",\"cap\":[{\"s\":\"A \\u0026 B\"}],\"alt\":\"ship\"}]"));
    assert_true(says(frames, "field _thumbnail_id has no place"));
    assert_true(says(frames, "\"skip\":\"attachment"));
}

static void states_and_types_are_respected(void **state)
{
    static const struct {
        const char *inside, *says;
    } CASES[] = {
        {"<wp:post_type>post</wp:post_type><wp:status>draft</wp:status>", "\"status\":\"draft\""},
        {"<wp:post_type>post</wp:post_type><wp:status>private</wp:status>", "private; made a draft"},
        {"<wp:post_type>post</wp:post_type><wp:status>pending</wp:status>", "\"status\":\"pending\""},
        {"<wp:post_type>post</wp:post_type><wp:status>future</wp:status>", "\"status\":\"future\""},
        {"<wp:post_type>post</wp:post_type><wp:status>trash</wp:status>", "\"skip\":\"is in state trash\""},
        {POST "<wp:post_password>x</wp:post_password>", "\"status\":\"draft\""},
        {"<wp:post_type>page</wp:post_type><wp:status>publish</wp:status>", "\"kind\":\"page\""},
        {"<wp:post_type>page</wp:post_type><wp:status>publish</wp:status>", "\"/blog/?page_id=1\""},
        {"<wp:post_type>attachment</wp:post_type>", "\"skip\":\"attachment"},
        {"<wp:post_type>nav_menu_item</wp:post_type>", "\"skip\":\"type nav_menu_item"},
        {POST
         "<category domain=\"author\"><![CDATA[One]]></category><category domain=\"author\"><![CDATA[Two]]></category>",
         "\"authors\":[\"One\",\"Two\"]"},
        {POST
         "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_date>2020-01-02 03:04:05</wp:post_date>",
         "\"published\":\"2020-01-02 03:04:05\""},
        {POST "<content:encoded>a &nbsp; &eacute; &unknown; Tom & Jerry &#8; &#x1F600;</content:encoded>",
         " é \\u0026unknown; Tom \\u0026 Jerry 😀\"}"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *file = str_cstr(arena, str_printf(arena, HEAD ITEM("1", "%s") TAIL, CASES[i].inside));
        assert_true(says(made(file), CASES[i].says));
        assert_string_equal(problem, "");
    }
}

/* However the file is cut into pieces, and wherever one begins. */
static void pieces_make_no_difference(void **state)
{
    struct str file = STR(
        HEAD ITEM("1", POST "<content:encoded><![CDATA[甲乙 & ]]]]><![CDATA[> 丙]]></content:encoded>")
            ITEM("2", POST "<broken>")
                ITEM("3", POST "a & b &amp; &lt; <excerpt:encoded>&hellip;x</excerpt:encoded>") "<item><<</item>" ITEM(
                    "4", POST) TAIL);
    struct str whole = frames_of(file, file.n, 0);
    (void)state;

    assert_true(says(str_cstr(arena, whole), "R6 {\"id\":\"1\""));
    assert_true(says(str_cstr(arena, whole), "甲乙 \\u0026 ]]\\u003e 丙"));
    assert_true(says(str_cstr(arena, whole), "B7 is damaged: mismatched tag at line 7"));
    assert_true(says(str_cstr(arena, whole), "\"id\":\"3\""));
    assert_true(says(str_cstr(arena, whole), "B9 is damaged"));
    assert_true(says(str_cstr(arena, whole), "\"id\":\"4\""));
    assert_string_equal(problem, "");
    for (size_t piece = 1; piece < 40; piece++) {
        struct str pieces = frames_of(file, piece, 0);
        if (!str_equal(pieces, whole))
            fail_msg("in pieces of %zu:\n%.*s\nwhole:\n%.*s", piece, STR_ARG(pieces), STR_ARG(whole));
        assert_string_equal(problem, "");
    }
    struct str rest = whole;
    for (int64_t skip = 0; skip < 7; skip++) {
        struct str frames = frames_of(file, 1000, skip);
        assert_true(str_equal(frames, rest.p ? rest : STR("")));
        str_cut(&rest, '\n');
    }
}

static void damage_costs_what_it_hits(void **state)
{
    (void)state;
    made(HEAD ITEM("1", POST) "<item><title>cut o");
    assert_string_equal(problem, "the file ends early: it was cut off");
    const char *frames = made(HEAD ITEM("1", POST) "<item><title>cut o");
    assert_true(says(frames, "\"id\":\"1\"") && says(frames, "B7 is cut off"));

    frames = made(HEAD ITEM("1", POST));
    assert_string_equal(problem, "the file ends early: it was cut off");
    assert_true(says(frames, "\"id\":\"1\""));

    frames = made("");
    assert_string_equal(problem, "the file ends early: it was cut off");
    frames = made("<html><body>no export</body></html>");
    assert_string_equal(frames, "");

    frames = made(HEAD ITEM("1", POST "<content:encoded>\x01\x02甲\xff\xc3(</content:encoded>") TAIL);
    assert_string_equal(problem, "");
    assert_true(says(frames, "{\"s\":\"甲(\"}") && says(frames, "characters that are none"));

    /* an error in the last item, and one behind it */
    frames = made(HEAD ITEM("1", POST) ITEM("2", "<x") TAIL);
    assert_true(says(frames, "B7 is damaged"));
    assert_string_equal(problem, "");
}

static void entities_are_not_declared_here(void **state)
{
    (void)state;
    const char *frames =
        made("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"b\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
             "<rss><channel>" ITEM("1", POST "<content:encoded>&x;&a;</content:encoded>") TAIL);
    assert_string_equal(frames, "");
    assert_true(says(problem, "DOCTYPE"));
}

static void other_encodings_are_converted(void **state)
{
    static const char BIG5[] =
        "<?xml version=\"1.0\" encoding=\"big5\"?><rss><channel><item><wp:post_id>1</wp:post_id><title>"
        "\xb8\xb9\xa5\x7e</title>" POST "</item></channel></rss>";
    static const char GBK[] =
        "<?xml version='1.0' encoding='GBK'?><rss><channel><item><wp:post_id>1</wp:post_id><title>"
        "\xba\xc5\xcd\xe2</title>" POST "</item></channel></rss>";
    const char *text = "<rss><channel><item><wp:post_id>1</wp:post_id><title>x</title>" POST "</item></channel></rss>";
    struct buf utf16 = BUF(4096);
    (void)state;

    for (size_t piece = 1; piece < 300; piece += 7) {
        assert_true(says(str_cstr(arena, frames_of((struct str){BIG5, sizeof BIG5 - 1}, 100 + piece, 0)), "號外"));
        assert_true(says(str_cstr(arena, frames_of((struct str){GBK, sizeof GBK - 1}, 100 + piece, 0)), "号外"));
    }
    buf_add(&utf16, "\xff\xfe", 2);
    for (const char *p = text; *p; p++) {
        buf_add_char(&utf16, *p);
        buf_add_char(&utf16, '\0');
    }
    assert_true(says(str_cstr(arena, frames_of(buf_str(&utf16), 3, 0)), "\"title\":\"x\""));
    buf_free(&utf16);
    made("<?xml version=\"1.0\" encoding=\"klingon\"?><rss><channel>" ITEM("1", POST) TAIL);
    assert_true(says(problem, "encoded in something unknown"));
}

/* --- through the process of its own ------------------------------------------------------------ */

/* The kinds, numbers and texts of a file's lines: "J1 {...}". */
static const char *lines_of(struct str file, enum import_format format, int64_t skip)
{
    int fd = temporary(file);
    struct lines *lines = lines_open(fd, format, skip);
    struct buf out = BUF(8 << 20);
    struct line line;

    assert_non_null(lines);
    do {
        lines_next(lines, &line);
        buf_printf(&out, "%c%lld %.*s\n", "JBED"[line.kind], (long long)line.index, STR_ARG(str_head(line.text, 200)));
    } while (line.kind == LINE_JSON || line.kind == LINE_BAD);
    lines_close(&lines);
    close(fd);
    const char *text = str_cstr(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void lines_are_cut_and_counted(void **state)
{
    (void)state;
    assert_string_equal(lines_of(STR(""), FORMAT_BY_CONTENT, 0), "E0 \n");
    assert_string_equal(lines_of(STR("{\"a\":1}"), FORMAT_BY_CONTENT, 0), "J1 {\"a\":1}\nE1 \n");
    assert_string_equal(lines_of(STR("\xef\xbb\xbf{\"a\":1}\r\n\n  \n{}\n"), FORMAT_BY_CONTENT, 0),
                        "J1 {\"a\":1}\nJ4 {}\nE4 \n");
    assert_string_equal(lines_of(STR("1\n2\n3\n"), FORMAT_BY_CONTENT, 1), "J2 2\nJ3 3\nE3 \n");
    assert_string_equal(lines_of(STR("1\n2\n"), FORMAT_BY_CONTENT, 5), "E2 \n");
    assert_string_equal(
        lines_of(STR("\n <rss><channel>" ITEM("1", "") TAIL), FORMAT_BY_CONTENT, 0),
        "J1 {\"id\":\"1\",\"kind\":\"story\",\"title\":\"t1\",\"status\":\"publish\",\"urls\":[\"/?p=1\"]}\nE1 \n");
    assert_string_equal(lines_of(STR("<rss>"), FORMAT_JSONL, 0), "J1 <rss>\nE1 \n");
    assert_string_equal(lines_of(STR("{}"), FORMAT_WXR, 0), "B1 is damaged: not well-formed (invalid token) at line 1\n"
                                                            "D1 the file ends early: it was cut off\n");
}

static void long_lines_are_bad_and_the_next_is_read(void **state)
{
    size_t long_n = LINE_MOST + 1000;
    char *text = arena_bytes(arena, 2 * long_n);
    (void)state;

    memset(text, 'x', 2 * long_n);
    memcpy(text, "{}\n", 3);
    text[long_n] = '\n';
    memcpy(text + long_n + 1, "{}\n", 3);
    struct str file = {text, 2 * long_n};
    assert_string_equal(lines_of(file, FORMAT_BY_CONTENT, 0),
                        "J1 {}\nB2 is longer than 4 MiB\nJ3 {}\nB4 is longer than 4 MiB\nE4 \n");
    assert_string_equal(lines_of(file, FORMAT_BY_CONTENT, 2), "J3 {}\nB4 is longer than 4 MiB\nE4 \n");
}

static void packed_and_cut_off(void **state)
{
    unsigned char packed[1000];
    const char text[] = "{\"a\":1}\n{\"a\":2}\n";
    z_stream stream = {.next_in = (unsigned char *)text, .avail_in = sizeof text - 1};
    (void)state;

    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t n = sizeof packed - stream.avail_out;
    deflateEnd(&stream);
    assert_string_equal(lines_of((struct str){(char *)packed, n}, FORMAT_BY_CONTENT, 0),
                        "J1 {\"a\":1}\nJ2 {\"a\":2}\nE2 \n");
    assert_true(says(lines_of((struct str){(char *)packed, n - 9}, FORMAT_BY_CONTENT, 0), "the file ends early"));
}

/* HTML that is worth gigabytes: its process dies, and the story behind it is read by another one. */
static void a_story_that_kills_its_reader_is_one_bad_line(void **state)
{
    struct buf file = BUF(64 << 20);
    (void)state;

    buf_add_str(&file,
                STR(HEAD ITEM("1", POST) "<item><wp:post_id>2</wp:post_id>" POST "<content:encoded><![CDATA[<p>"));
    for (int i = 0; i < 4000; i++)
        buf_printf(&file, "<b id=%d>", i);
    for (int i = 0; i < 100000; i++)
        buf_add_str(&file, STR("<p>x"));
    buf_add_str(&file, STR("]]></content:encoded></item>\n" ITEM("3", POST) TAIL));
    const char *lines = lines_of(buf_str(&file), FORMAT_BY_CONTENT, 0);
    buf_free(&file);
    assert_true(says(lines, "J1 {\"id\":\"1\""));
    assert_true(says(lines, "\nB2 is more than its reader could bear\n") || says(lines, "\nB2 takes too long"));
    assert_true(says(lines, "\nJ3 {\"id\":\"3\""));
    assert_true(says(lines, "\nE3 \n"));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(an_item_becomes_a_record),
        CASE(pictures_named_by_number_are_found),
        CASE(states_and_types_are_respected),
        CASE(pieces_make_no_difference),
        CASE(damage_costs_what_it_hits),
        CASE(entities_are_not_declared_here),
        CASE(other_encodings_are_converted),
        CASE(lines_are_cut_and_counted),
        CASE(long_lines_are_bad_and_the_next_is_read),
        CASE(packed_and_cut_off),
        CASE(a_story_that_kills_its_reader_is_one_bad_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
