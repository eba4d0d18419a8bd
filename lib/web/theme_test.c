/* theme_test.c - themes that load, and mistakes that are named by file and line. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/web/theme.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

struct title {
    struct str title, note;
};
static const struct fields TITLE_FIELDS =
    FIELDS(struct title, FIELD(struct title, title), FIELD_DESK(struct title, note));

static const struct part_kind PARTS[] = {
    {.template = "head.html", .fields = &TITLE_FIELDS},
    {.template = "feed-item.xml", .fields = &TITLE_FIELDS},
};
static const struct page_kind PAGES[] = {{"page.html", 200, "text/html", PART_NO_ITEM},
                                         {"feed.xml", 200, "application/xml", PART_NO_ITEM}};

static const char LONG_STYLE[] =
    "body { background: url(/assets/dot.svg) } h1 { margin: 0; padding: 0; color: black; background: white }\n"
    "h2 { margin: 0; padding: 0; color: black; background: white } h3 { margin: 0; padding: 0; color: black }\n";

/* A sound theme; a test replaces one file. */
static const struct embedded_file *files_with(const char *name, const char *text)
{
    static struct embedded_file files[16];
    static const char *const sound[][2] = {
        {"pages/page.html", "<html>\n<link href=\"/assets/site.css\">{{> head}}\n</html>"},
        {"pages/feed.xml", "<feed>{{>feed-item}}{{> feed-item }}</feed>"},
        {"parts/head.html", "<title>{{title}}</title>\n{{> mark}}\n"},
        {"parts/mark.html", "<img src=\"/assets/dot.svg\">"},
        {"parts/feed-item.xml", "<item>{{title}}</item>"},
        {"assets/dot.svg", "<svg/>"},
        {"assets/site.css", LONG_STYLE},
        {"assets/site.js", "fetch(\"/assets/site.css\")"},
    };
    size_t n = 0;
    bool replaced = name == NULL;

    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) {
        bool same = name && strcmp(name, sound[i][0]) == 0;
        const char *bytes = same ? text : sound[i][1];
        replaced |= same;
        if (bytes)
            files[n++] = (struct embedded_file){sound[i][0], bytes, strlen(bytes)};
    }
    if (!replaced)
        files[n++] = (struct embedded_file){name, text, strlen(text)};
    files[n] = (struct embedded_file){NULL, NULL, 0};
    return files;
}

static struct theme *load(const struct embedded_file *files, const char *override_dir, struct db_problem *problem)
{
    struct theme_config config = {
        .files = files, .override_dir = override_dir, .pages = PAGES, .page_count = 2, .parts = PARTS, .part_count = 2};

    problem->text[0] = '\0';
    return theme_load(&config, problem);
}

static struct str glue_text(struct theme *theme, int page, int place)
{
    struct blob *blob = theme->layouts[page].glue[place];
    struct iovec run = {(void *)(uintptr_t)blob->packed.p, blob->packed.n};
    struct buf out = BUF(10000);

    CHECK(pack_open(&run, 1, &out));
    struct str text = str_copy(theme->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void a_sound_theme(void **state)
{
    struct db_problem problem;
    struct theme *theme = load(files_with(NULL, NULL), NULL, &problem);

    (void)state;
    if (!theme)
        fail_msg("%s", problem.text);
    assert_int_equal(theme->layouts[0].slot_count, 1);
    assert_int_equal(theme->layouts[0].slots[0], 0);
    assert_int_equal(theme->layouts[1].slot_count, 2);
    assert_int_equal(theme->layouts[1].slots[1], 1);
    assert_true(str_equal(glue_text(theme, 0, 1), STR("\n</html>")));
    assert_true(str_equal(glue_text(theme, 1, 1), STR("")));

    struct buf out = BUF(1000);
    struct title title = {.title = STR("<號>")};
    template_render(theme->templates[0], &title, &out);
    assert_true(str_starts(buf_str(&out), STR("<title>&lt;號&gt;</title>\n<img src=\"/assets/dot.")));
    buf_free(&out);
    theme_free(&theme);
    assert_null(theme);
}

static void assets_are_named_by_their_content(void **state)
{
    struct db_problem problem;
    struct theme *theme = load(files_with(NULL, NULL), NULL, &problem);
    struct str first = glue_text(theme, 0, 0);
    ptrdiff_t at = str_find(first, STR("/assets/site."), 0);
    struct str address = str_head(str_from(first, (size_t)at), strlen("/assets/site.0123456789ab.css"));

    (void)state;
    const struct asset *asset = theme_asset(theme, address);
    assert_non_null(asset);
    assert_null(theme_asset(theme, STR("/assets/site.css")));
    assert_true(str_starts(asset->headers, STR("Content-Type: text/css; charset=utf-8\r\n")));
    assert_true(str_find(asset->headers, STR("immutable"), 0) > 0);
    assert_true(str_find(asset->headers, STR("nosniff"), 0) > 0);
    struct str plain = {asset->plain.iov_base, asset->plain.iov_len};
    assert_true(str_starts(plain, STR("body { background: url(/assets/dot."))); /* and it names others the same way */
    assert_int_equal(asset->plain.iov_len, strlen(LONG_STYLE) + 13);
    assert_in_range(asset->packed.iov_len, 20, asset->plain.iov_len);
    assert_true(str_ends(asset->packed_headers, STR("Content-Encoding: gzip\r\n")));

    char before[64];
    memcpy(before, address.p, address.n);
    theme_free(&theme);
    theme = load(files_with("assets/dot.svg", "<svg><!-- another --></svg>"), NULL, &problem);
    assert_null(theme_asset(theme, (struct str){before, address.n})); /* a picture in it changed */
    theme_free(&theme);
}

static void mistakes(void **state)
{
    static const struct {
        const char *file, *text, *problem;
    } cases[] = {
        {"pages/page.html", NULL, "pages/page.html: the theme has no such file"},
        {"parts/head.html", NULL, "parts/head.html: the theme has no such file"},
        {"pages/page.html", "<html>\n\n{{> heda}}", "pages/page.html:3: parts.def has no part \"heda\""},
        {"pages/page.html", "a\n<img src=\"/assets/dto.svg\">",
         "pages/page.html:2: the theme has no file assets/dto.svg"},
        {"parts/head.html", "<p>\n{{titel}}</p>", "parts/head.html:2: "},
        {"parts/head.html", "{{note}}", "parts/head.html:1: "},
        {"parts/head.html", "<p>{{title}", "parts/head.html:1: "},
        {"parts/head.html", "<b>\n{{> makr}}", "parts/head.html:2: there is no partial \"makr\""},
        {"parts/mark.html", "\n\n{{titel}}", "parts/mark.html:3: "},
        {"parts/mark.html", "\n<img src=\"/assets/x.png\">", "parts/mark.html:2: the theme has no file assets/x.png"},
        {"assets/site.css", "a{}\nb{background:url(/assets/x.png)}",
         "assets/site.css:2: the theme has no file assets/x.png"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct db_problem problem;
        struct theme *theme = load(files_with(cases[i].file, cases[i].text), NULL, &problem);
        if (theme)
            fail_msg("%s loads: %s", cases[i].file, cases[i].text);
        if (!str_starts(str_of(problem.text), str_of(cases[i].problem)))
            fail_msg("\"%s\" instead of \"%s\"", problem.text, cases[i].problem);
    }
}

static void too_many_slots(void **state)
{
    struct db_problem problem;
    char text[400] = "\n";

    (void)state;
    for (int i = 0; i < 17; i++)
        memcpy(text + 1 + 10 * i, "{{> head}}", 11);
    struct theme *theme = load(files_with("pages/page.html", text), NULL, &problem);
    assert_null(theme);
    assert_string_equal(problem.text, "pages/page.html:2: a layout has at most 16 parts; too many with \"head\"");
    text[1 + 160] = '\0';
    theme = load(files_with("pages/page.html", text), NULL, &problem);
    assert_non_null(theme);
    assert_int_equal(theme->layouts[0].slot_count, 16);
    theme_free(&theme);
}

/* --- a directory over the embedded files ---------------------------------------------- */

static void write_file(const char *dir, const char *name, const char *text)
{
    char path[400];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void a_directory_overrides(void **state)
{
    char dir[] = "/tmp/haowai-theme-XXXXXX", path[400];
    struct db_problem problem;

    (void)state;
    assert_non_null(mkdtemp(dir));
    const char *const folders[] = {"pages", "assets"};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    write_file(dir, "pages/page.html", "own {{> head}} /assets/own.png");
    write_file(dir, "assets/own.png", "png");
    write_file(dir, "assets/site.css~", "an editor's copy");
    struct theme *theme = load(files_with(NULL, NULL), dir, &problem);
    if (!theme)
        fail_msg("%s", problem.text);
    assert_true(str_equal(glue_text(theme, 0, 0), STR("own ")));
    assert_int_equal(theme->asset_count, 4);
    struct str text;
    struct arena *arena = arena_new();
    assert_true(theme_text(theme, arena, STR("pages/page.html"), &text, &problem));
    assert_true(str_find(text, STR("/assets/own."), 0) > 0 && str_find(text, STR("/assets/own.png"), 0) < 0);
    assert_false(theme_text(theme, arena, STR("pages/none.html"), &text, &problem));
    arena_free(&arena);
    theme_free(&theme);
    theme = load(files_with(NULL, NULL), "/tmp/there-is-no-such-directory", &problem);
    assert_non_null(theme);
    theme_free(&theme);
    nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_theme),
        cmocka_unit_test(assets_are_named_by_their_content),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(too_many_slots),
        cmocka_unit_test(a_directory_overrides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
