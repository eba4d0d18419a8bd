/* template_test.c - the language by a table of small templates, and the official specification.
 *
 * The specification's cases bring their data as JSON. The harness at the end
 * describes such a tree as structs would be described (an object is a struct,
 * a list a LIST of the union of its elements' members) and fills memory
 * accordingly; what has no type in fields.h, like a list of numbers, becomes a
 * struct whose only field is ".".
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/template/escape.h"
#include "lib/template/template.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct author {
    struct str name, mail;
};

struct link {
    struct str title, path;
    LIST(struct str) keywords;
};

struct story {
    int64_t id, none;
    bool flash, closed;
    struct str title, address, evil, slash, rooted, empty, brackets, angle, note;
    struct moment published, never, absurd;
    struct html body, no_body;
    struct author author;
    LIST(struct link) links;
    LIST(struct link) no_links;
    LIST(struct str) keywords;
};

static const struct fields AUTHOR = FIELDS(struct author, FIELD(struct author, name), FIELD_DESK(struct author, mail));
static const struct fields LINK =
    FIELDS(struct link, FIELD(struct link, title), FIELD(struct link, path), FIELD_TEXTS(struct link, keywords));
static const struct fields STORY = FIELDS(
    struct story, FIELD(struct story, id), FIELD(struct story, none), FIELD(struct story, flash),
    FIELD(struct story, closed), FIELD(struct story, title), FIELD(struct story, address), FIELD(struct story, evil),
    FIELD(struct story, slash), FIELD(struct story, rooted), FIELD(struct story, empty), FIELD(struct story, brackets),
    FIELD(struct story, angle), FIELD_DESK(struct story, note), FIELD(struct story, published),
    FIELD(struct story, never), FIELD(struct story, absurd), FIELD(struct story, body), FIELD(struct story, no_body),
    FIELD_STRUCT(struct story, author, AUTHOR), FIELD_LIST(struct story, links, LINK),
    FIELD_LIST(struct story, no_links, LINK), FIELD_TEXTS(struct story, keywords));

static struct str KEYWORDS[] = {STR_INIT("綠能"), STR_INIT("A&B"), STR_INIT("選舉")};
static struct link LINKS[] = {{.title = STR_INIT("one"), .path = STR_INIT("/1"), .keywords = {KEYWORDS, 2, 2}},
                              {.title = STR_INIT("two"), .path = STR_INIT("/2")}};

static struct story example(void)
{
    return (struct story){.id = 42,
                          .flash = true,
                          .title = STR("<\"A\" & 'B'>"),
                          .address = STR("https://example.org/?a=1&b=2"),
                          .evil = STR("JavaScript:alert(1)"),
                          .slash = STR("//evil.example/"),
                          .rooted = STR("/rooted"),
                          .brackets = STR("]]> a]]>b\x01 > \xef\xbf\xbf"),
                          .angle = STR(">"),
                          .note = STR("secret"),
                          .published = moment_of_local(2025, 8, 21, 11, 19, 0),
                          .absurd = {INT64_MAX},
                          .body = {STR("<p>字</p>")},
                          .author = {STR("王小明"), STR("wang@example.org")},
                          .links = {LINKS, 2, 2},
                          .keywords = {KEYWORDS, 3, 3}};
}

struct partial {
    const char *name, *text;
};

static const struct partial PARTIALS[] = {{"link", "<a href=\"{{path}}\">{{title}}</a>\n"},
                                          {"self", "{{> self}}"},
                                          {"twice", "{{#flash}}{{> twice}}{{/flash}}"},
                                          {"wrong", "fine\n{{titel}}\n"},
                                          {"unclosed", "\n\n{{#a}}"},
                                          {NULL, NULL}};

static bool load_partial(void *context, struct str name, struct str *text)
{
    for (const struct partial *p = context; p->name; p++)
        if (str_equal(name, str_of(p->name))) {
            *text = str_of(p->text);
            return true;
        }
    return false;
}

static const struct template_source SOURCE = {(void *)PARTIALS, load_partial};

/* --- what is printed ------------------------------------------------------- */

static const struct {
    const char *file, *text, *expected;
} PRINTED[] = {
    /* values */
    {"a.html", "", ""},
    {"a.html", "{{id}} {{none}}", "42 0"},
    {"a.html", "[{{flash}}{{closed}}]", "[]"},
    {"a.html", "{{title}}", "&lt;&quot;A&quot; &amp; &#39;B&#39;&gt;"},
    {"a.txt", "{{title}}{{{title}}}{{&id}}", "<\"A\" & 'B'><\"A\" & 'B'>42"},
    {"a.xml", "<t>{{title}}</t>", "<t>&lt;&quot;A&quot; &amp; &#39;B&#39;&gt;</t>"},
    {"a.json", "{\"t\": \"{{title}}\", \"n\": {{id}}}", "{\"t\": \"<\\\"A\\\" & 'B'>\", \"n\": 42}"},
    {"a.json", "\"{{body}}{{brackets}}\"", "\"<p>字</p>]]> a]]>b\\u0001 > \xef\xbf\xbf\""},
    {"dir.d/a.html", "{{author.name}}", "王小明"},
    /* markup */
    {"a.html", "<div>{{{body}}}{{&body}}</div>", "<div><p>字</p><p>字</p></div>"},
    {"a.txt", "{{{body}}}", "<p>字</p>"},
    {"a.xml", "<t><![CDATA[{{{body}}}]]></t>", "<t><![CDATA[<p>字</p>]]></t>"},
    {"a.xml", "{{brackets}}", "]]&gt; a]]&gt;b &gt; "},
    {"a.xml", "<![CDATA[{{brackets}}]]>", "<![CDATA[]]]]><![CDATA[> a]]]]><![CDATA[>b > ]]>"},
    {"a.xml", "<![CDATA[]]{{angle}}]]>", "<![CDATA[]]]]><![CDATA[>]]>"},
    {"a.json", "\"</>{{angle}}\"", "\"</>>\""},
    /* moments */
    {"a.html", "{{published.iso}}|{{published.mail}}", "2025-08-21T11:19:00+08:00|Thu, 21 Aug 2025 11:19:00 +0800"},
    {"a.html", "{{published.date}}|{{published.time}}", "2025年8月21日|11:19"},
    {"a.html", "{{published.datetime}}|{{published.weekday}}", "2025年8月21日 11:19|星期四"},
    {"a.html", "{{published.day}}|{{published.monthday}}", "20250821|8月21日"},
    {"a.html", "{{published.year}}|{{published.month}}", "2025|8"},
    {"a.json", "[{{published.day}}, \"{{published.iso}}\"]", "[20250821, \"2025-08-21T11:19:00+08:00\"]"},
    {"a.html", "[{{never.date}}{{absurd.mail}}]", "[]"},
    /* sections */
    {"a.html", "{{#flash}}yes{{/flash}}{{^flash}}no{{/flash}}", "yes"},
    {"a.html", "{{#closed}}yes{{/closed}}{{^closed}}no{{/closed}}", "no"},
    {"a.html", "{{#id}}a{{/id}}{{#none}}b{{/none}}{{^none}}c{{/none}}", "ac"},
    {"a.html", "{{#title}}a{{/title}}{{#empty}}b{{/empty}}{{^empty}}c{{/empty}}", "ac"},
    {"a.html", "{{#body}}a{{/body}}{{#no_body}}b{{/no_body}}{{^no_body}}c{{/no_body}}", "ac"},
    {"a.html", "{{#published}}a{{/published}}{{#never}}b{{/never}}{{^never}}c{{/never}}", "ac"},
    {"a.html", "{{#author}}{{name}}{{id}}{{/author}}{{^author}}x{{/author}}", "王小明42"},
    {"a.html", "{{#links}}{{title}}{{id}} {{/links}}{{^links}}x{{/links}}", "one42 two42 "},
    {"a.html", "{{#no_links}}x{{/no_links}}{{^no_links}}none{{/no_links}}", "none"},
    {"a.html", "{{#keywords}}<b>{{.}}</b>{{/keywords}}", "<b>綠能</b><b>A&amp;B</b><b>選舉</b>"},
    {"a.html", "{{#links}}{{#keywords}}{{.}}{{title}} {{/keywords}}{{/links}}", "綠能one A&amp;Bone "},
    {"a.html", "{{#author.name}}[{{.}}]{{/author.name}}{{#id}}{{.}}{{/id}}", "[王小明]42"},
    /* what a list knows of itself */
    {"a.html", "{{#keywords}}{{-index}}{{.}}{{^-last}}、{{/-last}}{{/keywords}}", "1綠能、2A&amp;B、3選舉"},
    {"a.html", "{{#keywords}}{{#-first}}first:{{.}}{{/-first}}{{/keywords}}", "first:綠能"},
    {"a.html", "{{#links}}{{-index}}({{#keywords}}{{-index}}{{/keywords}}){{-index}} {{/links}}", "1(12)1 2()2 "},
    {"a.html", "{{#links}}{{#author}}{{#-last}}{{name}}{{/-last}}{{/author}}{{/links}}", "王小明"},
    {"a.json", "[{{#keywords}}{{^-first}}, {{/-first}}\"{{.}}\"{{/keywords}}]", "[\"綠能\", \"A&B\", \"選舉\"]"},
    /* partials */
    {"a.html", "<ul>\n{{#links}}\n  {{> link}}\n{{/links}}\n</ul>\n",
     "<ul>\n  <a href=\"/1\">one</a>\n  <a href=\"/2\">two</a>\n</ul>\n"},
    /* addresses */
    {"a.html", "<a href=\"{{address}}\">", "<a href=\"https://example.org/?a=1&amp;b=2\">"},
    {"a.html", "<a href='{{evil}}'>", "<a href='about:invalid'>"},
    {"a.html", "<IMG SRC = \"{{slash}}\">", "<IMG SRC = \"about:invalid\">"},
    {"a.html", "<a href=\"{{empty}}\">", "<a href=\"about:invalid\">"},
    {"a.html", "<a title=\"{{evil}}\">", "<a title=\"JavaScript:alert(1)\">"},
    {"a.html", "<a href=\"/search?q={{evil}}\">", "<a href=\"/search?q=JavaScript:alert(1)\">"},
    {"a.html", "<a href=\"/{{rooted}}\">", "<a href=\"/about:invalid\">"},
    {"a.html", "<a href=\"/story/{{id}}\" title=\"{{id}}\">", "<a href=\"/story/42\" title=\"42\">"},
    {"a.html", "<a href=\"{{#empty}}{{empty}}{{/empty}}{{^empty}}{{evil}}{{/empty}}\">", "<a href=\"about:invalid\">"},
    {"a.html", "<a href=\"{{#flash}}/x/{{/flash}}{{evil}}\">", "<a href=\"/x/JavaScript:alert(1)\">"},
    {"a.html", "<a href=\"{{rooted}}{{slash}}\">", "<a href=\"/rooted//evil.example/\">"},
    {"a.html", "<video poster='{{evil}}'><form action=\"{{rooted}}\">",
     "<video poster='about:invalid'><form action=\"/rooted\">"},
    {"a.html", "<use xlink:href=\"{{evil}}\"><a data-href=\"{{evil}}\">",
     "<use xlink:href=\"about:invalid\"><a data-href=\"JavaScript:alert(1)\">"},
    /* places in a page */
    {"a.html", "<title>{{title}}</title>", "<title>&lt;&quot;A&quot; &amp; &#39;B&#39;&gt;</title>"},
    {"a.html", "<style>a > b {}</style><script>if (a < b) x(\"</p>\")</script>{{id}}",
     "<style>a > b {}</style><script>if (a < b) x(\"</p>\")</script>42"},
    {"a.html", "<!-- a > b --><!doctype html>{{id}}", "<!-- a > b --><!doctype html>42"},
    {"a.html", "a < b {{id}} 1 <2", "a < b 42 1 <2"},
    {"a.html", "<script type=\"application/ld+json\">{\"a\": \"{{title}}\", \"n\": {{id}}}</script>{{title}}",
     "<script type=\"application/ld+json\">{\"a\": \"\\u003c\\\"A\\\" \\u0026 'B'\\u003e\", \"n\": 42}</script>"
     "&lt;&quot;A&quot; &amp; &#39;B&#39;&gt;"},
    {"a.html", "<option{{#flash}} selected{{/flash}}>", "<option selected>"},
    {"a.html", "<option {{#flash}}selected{{/flash}} value=\"{{id}}\">", "<option selected value=\"42\">"},
    {"a.html", "<p{{#closed}} class=\"x\"{{/closed}}{{#id}} id=\"s{{id}}\"{{/id}}>", "<p id=\"s42\">"},
    {"a.html", "<p class=\"a{{#flash}} flash{{/flash}}\">", "<p class=\"a flash\">"},
    {"a.html", "<br/><input disabled value=\"{{id}}\"/>{{id}}", "<br/><input disabled value=\"42\"/>42"},
    {"a.html", "<meta name=\"description\" content=\"{{id}}\">", "<meta name=\"description\" content=\"42\">"},
};

static struct template *compile(const char *file, const char *text, bool lenient, char error[200])
{
    struct template_options options = {.source = &SOURCE, .audience = FIELD_FOR_EVERYONE, .lenient = lenient};

    error[0] = 0;
    return template_compile(str_of(file), str_of(text), &STORY, &options, error, 200);
}

static void test_printed(void **state)
{
    struct story story = example();
    char error[200];

    (void)state;
    for (size_t i = 0; i < sizeof PRINTED / sizeof *PRINTED; i++) {
        struct buf out = BUF(1 << 16);
        struct template *template = compile(PRINTED[i].file, PRINTED[i].text, false, error);
        if (!template)
            fail_msg("%s: %s: %s", PRINTED[i].file, PRINTED[i].text, error);
        template_render(template, &story, &out);
        assert_false(out.overflow);
        if (!str_equal(buf_str(&out), str_of(PRINTED[i].expected)))
            fail_msg("%s\n prints  %.*s\n and not %s", PRINTED[i].text, STR_ARG(buf_str(&out)), PRINTED[i].expected);
        template_free(&template);
        assert_null(template);
        buf_free(&out);
    }
}

/* --- what is refused -------------------------------------------------------- */

static const struct {
    const char *file, *text, *error; /* its beginning */
} REFUSED[] = {
    /* the language */
    {"a.html", "\n{{id", "a.html:2: this tag is not closed by }}"},
    {"a.html", "{{{id}}", "a.html:1: this tag is not closed by }}}"},
    {"a.html", "{{#id}}\n", "a.html:1: section \"id\" is never closed"},
    {"a.html", "{{/id}}", "a.html:1: nothing is open"},
    {"a.html", "{{#id}}\n\n{{/ie}}", "a.html:3: \"/ie\" closes \"id\", which was opened in line 1"},
    {"a.html", "{{}}", "a.html:1: this tag has no name"},
    {"a.html", "{{a b}}", "a.html:1: a name has no white space inside"},
    {"a.html", "{{=a=}}", "a.html:1: delimiters are changed by two words without '='"},
    {"a.md", "", "a.md:1: a template's name ends in .html"},
    /* names */
    {"a.html", "\n\n<p>\n{{titel}}", "a.html:4: there is no \"titel\" in struct story; did you mean \"title\"?"},
    {"a.html", "{{zzzzzzzz}}", "a.html:1: there is no \"zzzzzzzz\" in struct story"},
    {"a.html", "{{#titlle}}{{/titlle}}", "a.html:1: there is no \"titlle\" in struct story; did you mean \"title\"?"},
    {"a.html", "{{author.nam}}", "a.html:1: there is no \"nam\" in struct author; did you mean \"name\"?"},
    {"a.html", "{{#links}}{{authr}}{{/links}}", "a.html:1: there is no \"authr\"; did you mean \"author\"?"},
    {"a.html", "{{title.x}}", "a.html:1: in \"title.x\" nothing can stand behind the dot before \"x\": it is a text"},
    {"a.html", "{{author..name}}", "a.html:1: in \"author..name\" a name is missing beside a dot"},
    {"a.html", "{{note}}", "a.html:1: \"note\" of struct story is for the desk"},
    {"a.html", "{{#note}}{{/note}}", "a.html:1: \"note\" of struct story is for the desk"},
    {"a.html", "{{author.mail}}", "a.html:1: \"mail\" of struct author is for the desk"},
    {"a.html", "{{nota}}", "a.html:1: there is no \"nota\" in struct story; did you mean \"none\"?"},
    {"a.html", "{{-index}}", "a.html:1: \"-index\" exists only inside a list's section"},
    {"a.html", "{{#links}}{{-frist}}{{/links}}",
     "a.html:1: there is no \"-frist\"; there are -first, -last and -index"},
    /* values */
    {"a.html", "{{links}}", "a.html:1: \"links\" is a list and cannot be printed"},
    {"a.html", "{{author}}", "a.html:1: \"author\" is a struct and cannot be printed"},
    {"a.html", "{{published}}", "a.html:1: \"published\" is a moment and needs a form: iso, mail"},
    {"a.html", "{{published.daet}}", "a.html:1: a moment has no form \"daet\"; there are iso"},
    {"a.html", "{{#published.iso}}{{/published.iso}}", "a.html:1: a section asks whether the moment is set"},
    {"a.html", "{{body}}", "a.html:1: \"body\": this is markup: print it with three braces"},
    {"a.xml", "{{body}}", "a.xml:1: \"body\": this is markup: print it with three braces"},
    {"a.txt", "{{body}}", "a.txt:1: \"body\": this is markup: print it with three braces"},
    {"a.html", "{{{title}}}", "a.html:1: \"title\": three braces are for markup"},
    {"a.xml", "{{&title}}", "a.xml:1: \"title\": three braces are for markup"},
    {"a.json", "\"{{{body}}}\"", "a.json:1: \"body\": JSON has no unescaped values"},
    {"a.json", "{{title}}", "a.json:1: \"title\": outside a JSON string only whole numbers"},
    {"a.json", "\"\\{{title}}\"", "a.json:1: \"title\": a value cannot stand behind a backslash"},
    {"a.json", "\"", "a.json:1: the file ends inside a JSON string"},
    /* places in a page */
    {"a.html", "<a href={{address}}>", "a.html:1: \"address\": a value in an attribute needs quotes"},
    {"a.html", "<a href=/{{id}}>", "a.html:1: \"id\": a value in an attribute needs quotes"},
    {"a.html", "<a onclick=\"x({{id}})\">", "a.html:1: \"id\": event handlers, style and srcdoc"},
    {"a.html", "<a STYLE='{{id}}'>", "a.html:1: \"id\": event handlers, style and srcdoc"},
    {"a.html", "<iframe srcdoc='{{id}}'>", "a.html:1: \"id\": event handlers, style and srcdoc"},
    {"a.html", "<a {{title}}>", "a.html:1: \"title\": a value cannot name an attribute"},
    {"a.html", "<a data-{{id}}=\"\">", "a.html:1: \"id\": a value cannot name an attribute"},
    {"a.html", "<{{title}}>", "a.html:1: \"title\": a value cannot name an element"},
    {"a.html", "<h{{id}}>", "a.html:1: \"id\": a value cannot name an element"},
    {"a.html", "<!-- {{id}} -->", "a.html:1: \"id\": comments hold no values"},
    {"a.html", "<!doctype {{id}}>", "a.html:1: \"id\": declarations hold no values"},
    {"a.html", "<script>{{id}}</script>", "a.html:1: \"id\": style and script elements hold no values"},
    {"a.html", "<style>{{id}}</style>", "a.html:1: \"id\": style and script elements hold no values"},
    {"a.html", "<script type=\"{{id}}\"></script>", "a.html:1: \"id\": the type of a script"},
    {"a.html", "<script type=\"application/ld+json\">{{title}}</script>", "a.html:1: \"title\": outside a JSON string"},
    {"a.html", "<a title=\"{{{body}}}\">", "a.html:1: \"body\": markup cannot stand in an attribute"},
    {"a.html", "<title>{{{body}}}</title>", "a.html:1: \"body\": markup cannot stand in title"},
    {"a.html", "<a href=\" JavaScript:x('{{id}}')\">", "a.html:1: \"id\": an address that begins with javascript:"},
    {"a.html", "<script type='{{#flash}}application/ld+json{{/flash}}'></script>",
     "a.html:1: \"flash\": the section ends"},
    {"a.html", "<meta http-equiv=\"refresh\" content=\"0;url={{address}}\">",
     "a.html:1: a meta element with http-equiv"},
    {"a.html", "<meta content=\"{{address}}\" http-equiv=refresh>", "a.html:1: a meta element with http-equiv"},
    {"a.html", "<p class=\"x{{#flash}}\">{{/flash}}", "a.html:1: \"flash\": the section does not end where it began"},
    {"a.html", "\n{{#flash}}\n\n<p class=\"\n{{/flash}}",
     "a.html:2: \"flash\": the section does not end where it began"},
    {"a.html", "<meta http-equiv='x' {{#flash}}><meta {{/flash}}content='{{id}}'>", "a.html:1: a meta element"},
    {"a.html", "{{#flash}}<script>{{/flash}}</script>", "a.html:1: \"flash\": the section does not end where it began"},
    {"a.html", "<p title=\"{{#flash}}\" onclick=\"{{/flash}}{{title}}\">",
     "a.html:1: \"flash\": the section ends in an"},
    {"a.html", "<p {{#flash}}on{{/flash}}click=\"x\">", "a.html:1: white space must stand between a section"},
    {"a.html", "<p class=\"x", "a.html:1: the file ends inside a tag"},
    {"a.html", "<script>", "a.html:1: the file ends inside an element"},
    {"a.html", "<!-- ", "a.html:1: the file ends inside a comment"},
    /* partials */
    {"a.html", "{{> none}}", "a.html:1: there is no partial \"none\""},
    {"a.html", "\n{{> wrong}}", "wrong.html:2: there is no \"titel\" in struct story; did you mean \"title\"?"},
    {"a.html", "{{> unclosed}}", "unclosed.html:3: section \"a\" is never closed"},
    {"a.html", "{{> self}}", "self.html:1: partials are more than 16 deep: does \"self\" include itself?"},
    {"a.html", "{{> twice}}", "twice.html:1: partials are more than 16 deep"},
};

static void test_refused(void **state)
{
    char error[200];

    (void)state;
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        struct template *template = compile(REFUSED[i].file, REFUSED[i].text, false, error);
        if (template || !str_starts(str_of(error), str_of(REFUSED[i].error)))
            fail_msg("%s\n says    %s\n and not %s", REFUSED[i].text, error, REFUSED[i].error);
    }
}

static void test_links(void **state)
{
    static const char *const safe[] = {"http://a/", "HTTPS://a/", "mailto:a@b",   "/", "/a//b?c", "/一 二.jpg 2x",
                                       "#top",      "?page=2",    "/javascript:x"};
    static const char *const unsafe[] = {"",
                                         "a",
                                         "a:b",
                                         " /",
                                         "//a",
                                         "/\\a",
                                         "http",
                                         "data:,x",
                                         "javascript:x",
                                         "/\t/a",
                                         "java\nscript:x",
                                         "ftp://a",
                                         "http:\n",
                                         "\x01/",
                                         "https:\\\\a/",
                                         "/a\x7f"};

    (void)state;
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        if (!link_is_safe(str_of(safe[i])))
            fail_msg("refused: %s", safe[i]);
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        if (link_is_safe(str_of(unsafe[i])))
            fail_msg("let through: %s", unsafe[i]);
}

static void test_desk_sees_all(void **state)
{
    struct template_options options = {.audience = FIELD_FOR_DESK};
    struct story story = example();
    struct buf out = BUF(1000);
    char error[200];

    (void)state;
    struct template *template =
        template_compile(STR("a.html"), STR("{{note}} {{author.mail}}"), &STORY, &options, error, sizeof error);
    assert_non_null(template);
    template_render(template, &story, &out);
    assert_true(str_equal(buf_str(&out), STR("secret wang@example.org")));
    template_free(&template);
    buf_free(&out);
}

static void test_lenient_still_guards(void **state)
{
    char error[200];

    (void)state;
    struct template *template =
        compile("a.html", "{{nothing}}{{#nothing}}{{titel}}{{/nothing}}{{> none}}", true, error);
    assert_non_null(template);
    template_free(&template);
    assert_null(compile("a.html", "{{note}}", true, error));
    assert_null(compile("a.html", "<script>{{id}}</script>", true, error));
}

static void test_bounds(void **state)
{
    struct buf text = BUF(1 << 20), out = BUF(10);
    struct story story = example();
    char error[200];

    (void)state;
    for (int i = 0; i < 10000; i++)
        buf_add_str(&text, STR("{{#flash}}"));
    for (int i = 0; i < 10000; i++)
        buf_add_str(&text, STR("{{/flash}}"));
    buf_add_char(&text, 0);
    assert_null(compile("a.html", text.p, false, error));
    assert_non_null(strstr(error, "sections are more than 64 deep"));

    buf_clear(&text);
    for (int i = 0; i < 16; i++)
        buf_add_str(&text, STR("{{#links}}"));
    for (int i = 0; i < 16; i++)
        buf_add_str(&text, STR("{{/links}}"));
    buf_add_char(&text, 0);
    assert_null(compile("a.html", text.p, false, error));
    assert_non_null(strstr(error, "lists are more than 15 deep"));

    struct template *template = compile("a.html", "<a href=\"0123456789\" src=\"{{address}}\">", false, error);
    assert_non_null(template);
    template_render(template, &story, &out);
    assert_true(out.overflow);
    assert_true(out.n <= 10);
    template_free(&template);
    buf_free(&text);
    buf_free(&out);
}

/* --- the official specification ------------------------------------------- */

struct shape {
    LIST(struct field) fields;
    size_t size;
};

static const struct fields *describe(struct arena *arena, json_t *const *objects, size_t n);

/* The one member of what is not an object; borrowed by the wrapper. */
static json_t *wrapped(json_t *value)
{
    return json_is_object(value) ? json_incref(value) : json_pack("{s:O}", ".", value);
}

static size_t size_of_type(const struct field *field)
{
    static const size_t sizes[] = {[FIELD_TYPE_INT] = sizeof(int64_t),
                                   [FIELD_TYPE_BOOL] = sizeof(bool),
                                   [FIELD_TYPE_TEXT] = sizeof(struct str),
                                   [FIELD_TYPE_LIST] = sizeof(struct any_list)};

    return field->type == FIELD_TYPE_STRUCT ? field->of->size : sizes[field->type];
}

static const struct fields *describe_list(struct arena *arena, json_t *list)
{
    size_t n = json_array_size(list);
    json_t **elements = ARENA_ARRAY(arena, json_t *, n);

    for (size_t i = 0; i < n; i++)
        elements[i] = wrapped(json_array_get(list, i));
    const struct fields *fields = describe(arena, elements, n);
    for (size_t i = 0; i < n; i++)
        json_decref(elements[i]);
    return fields;
}

static void describe_member(struct arena *arena, struct shape *shape, const char *name, json_t *value)
{
    struct field field = {.name = str_copy(arena, str_of(name)), .type = FIELD_TYPE_TEXT, .offset = shape->size};

    for (size_t i = 0; i < shape->fields.n; i++)
        if (str_equal(shape->fields.at[i].name, field.name))
            return;
    if (json_is_object(value)) {
        field.type = FIELD_TYPE_STRUCT;
        field.of = describe(arena, &value, 1);
    } else if (json_is_array(value) && json_array_size(value)) {
        field.type = FIELD_TYPE_LIST;
        field.of = describe_list(arena, value);
    } else if (json_is_boolean(value) || json_is_array(value)) {
        field.type = FIELD_TYPE_BOOL; /* an empty list has no elements to describe and is as false */
    } else if (json_is_integer(value) && strcmp(name, ".") != 0) {
        field.type = FIELD_TYPE_INT; /* but list elements are texts: numbers and words may be mixed there */
    }
    *LIST_ADD(arena, &shape->fields) = field;
    shape->size += (size_of_type(&field) + 15) / 16 * 16;
}

/* The union of the members of all objects. */
static const struct fields *describe(struct arena *arena, json_t *const *objects, size_t n)
{
    struct shape shape = {.size = 16};
    struct fields *fields = ARENA_NEW(arena, struct fields);
    const char *name;
    json_t *value;

    for (size_t i = 0; i < n; i++)
        json_object_foreach(objects[i], name, value) describe_member(arena, &shape, name, value);
    *fields = (struct fields){.name = "struct data", .size = shape.size, .at = shape.fields.at, .n = shape.fields.n};
    return fields;
}

static void fill(struct arena *arena, json_t *object, const struct fields *fields, char *place);

static void fill_list(struct arena *arena, json_t *list, const struct fields *of, struct any_list *out)
{
    out->n = out->capacity = json_array_size(list);
    out->at = arena_zeroed_array(arena, of->size, out->n);
    for (size_t i = 0; i < out->n; i++) {
        json_t *element = wrapped(json_array_get(list, i));
        fill(arena, element, of, (char *)out->at + i * of->size);
        json_decref(element);
    }
}

static struct str text_of(struct arena *arena, json_t *value)
{
    if (json_is_number(value))
        return str_printf(arena, "%g", json_number_value(value));
    return str_copy(arena, str_of(json_string_value(value)));
}

static void fill(struct arena *arena, json_t *object, const struct fields *fields, char *place)
{
    for (size_t i = 0; i < fields->n; i++) {
        const struct field *field = &fields->at[i];
        json_t *value = json_object_get(object, str_cstr(arena, field->name));
        void *at = place + field->offset;
        switch (field->type) {
        case FIELD_TYPE_INT: *(int64_t *)at = json_integer_value(value); break;
        case FIELD_TYPE_BOOL: *(bool *)at = json_is_true(value); break;
        case FIELD_TYPE_STRUCT: fill(arena, value, field->of, at); break;
        case FIELD_TYPE_LIST: fill_list(arena, value, field->of, at); break;
        default: *(struct str *)at = text_of(arena, value);
        }
    }
}

static bool load_json(void *context, struct str name, struct str *text)
{
    json_t *partial = json_object_getn(context, name.p, name.n);

    *text = str_of(json_string_value(partial));
    return partial != NULL;
}

/* What the specification calls unescaped is text without markup's dangers, so
 * all but the cases about escaping run as .txt, where {{{ }}} prints any text. */
static void run_case(struct arena *arena, const char *file, json_t *test)
{
    const char *name = json_string_value(json_object_get(test, "name"));
    struct template_source source = {json_object_get(test, "partials"), load_json};
    struct template_options options = {.source = &source, .lenient = true};
    struct str kind = strstr(name, "HTML Escaping") ? STR("case.html") : STR("case.txt");
    json_t *data = wrapped(json_object_get(test, "data"));
    const struct fields *fields = describe(arena, &data, 1);
    char *place = arena_zeroed(arena, fields->size), error[300];
    struct str expected = str_of(json_string_value(json_object_get(test, "expected")));
    struct buf out = BUF(1 << 16);

    fill(arena, data, fields, place);
    struct template *template = template_compile(kind, str_of(json_string_value(json_object_get(test, "template"))),
                                                 fields, &options, error, sizeof error);
    if (!template)
        fail_msg("%s: %s: %s", file, name, error);
    template_render(template, place, &out);
    if (!str_equal(buf_str(&out), expected))
        fail_msg("%s: %s\n prints  %.*s\n and not %.*s", file, name, STR_ARG(buf_str(&out)), STR_ARG(expected));
    template_free(&template);
    buf_free(&out);
    json_decref(data);
}

static size_t run_file(struct arena *arena, const char *path)
{
    json_t *root = json_load_file(path, 0, NULL), *test;
    size_t i, n = json_array_size(json_object_get(root, "tests"));

    json_array_foreach(json_object_get(root, "tests"), i, test) run_case(arena, path, test);
    json_decref(root);
    return n;
}

static void test_specification(void **state)
{
    static const char *const files[] = {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"};
    const char *fixtures = getenv("HAOWAI_FIXTURES");
    size_t cases = 0;

    (void)state;
    if (!fixtures) {
        print_message("skipped: fixtures not there\n");
        skip();
    }
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t n = run_file(arena, str_cstr(arena, str_printf(arena, "%s/mustache/%s.json", fixtures, files[i])));
        assert_true(n > 0);
        cases += n;
    }
    print_message("%zu cases of the specification\n", cases);
    arena_free(&arena);
}

/* --- speed -------------------------------------------------------------------- */

/* 20 kB of text around 100 values: prints the time, asserts only that it is not absurd. */
static void test_speed(void **state)
{
    struct buf text = BUF(1 << 20), out = BUF(1 << 20);
    struct story story = example();
    char error[200];
    enum { ROUNDS = 2000 };

    (void)state;
    for (int i = 0; i < 25; i++) {
        for (int j = 0; j < 12; j++)
            buf_add_str(&text, STR("<p class=\"lead\">一二三四五六七八九十一二三四五六</p>\n"));
        buf_add_str(&text, STR("<a href=\"{{rooted}}\" title=\"{{title}}\">{{id}}</a>{{author.name}}\n"));
    }
    buf_add_char(&text, 0);
    struct template *template = compile("a.html", text.p, false, error);
    assert_non_null(template);
    int64_t start = clock_steady_us();
    for (int i = 0; i < ROUNDS; i++) {
        buf_clear(&out);
        template_render(template, &story, &out);
    }
    double each = (double)(clock_steady_us() - start) / ROUNDS;
    print_message("%zu bytes with 100 values: %.1f us\n", out.n, each);
    assert_true(each < 1000);
    template_free(&template);
    buf_free(&text);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_desk_sees_all),
        cmocka_unit_test(test_lenient_still_guards),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_specification),
        cmocka_unit_test(test_speed),
    };

    CHECK(clock_zone("Asia/Taipei"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
