/* template_fuzz.c - any bytes as a template: an error, or a program that renders without trouble.
 *
 * The first byte chooses language, audience and leniency. The input is also
 * its own partial "p", so recursion is part of the game.
 */
#include "lib/base/check.h"
#include "lib/template/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct inner {
    struct str t;
    LIST(struct str) words;
};

struct outer {
    int64_t i;
    bool b;
    struct str t, secret;
    struct moment m;
    struct html h;
    struct inner s;
    LIST(struct inner) l;
};

static const struct fields INNER = FIELDS(struct inner, FIELD(struct inner, t), FIELD_TEXTS(struct inner, words));
static const struct fields OUTER =
    FIELDS(struct outer, FIELD(struct outer, i), FIELD(struct outer, b), FIELD(struct outer, t),
           FIELD_DESK(struct outer, secret), FIELD(struct outer, m), FIELD(struct outer, h),
           FIELD_STRUCT(struct outer, s, INNER), FIELD_LIST(struct outer, l, INNER));

static bool load(void *context, struct str name, struct str *text)
{
    *text = *(const struct str *)context;
    return str_equal(name, STR("p"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct str files[] = {STR_INIT("f.html"), STR_INIT("f.xml"), STR_INIT("f.json"), STR_INIT("f.txt")};
    static const struct str hostile = STR_INIT("//<>&\"'\\]]>\x01\xef\xbf\xbf</script>");
    struct str words[] = {hostile, STR_INIT("字")};
    struct inner inner[] = {{.t = hostile, .words = {words, 2, 2}}, {.t = STR_INIT("")}};
    struct outer outer = {-1, true, hostile, hostile, {1}, {STR_INIT("<b>")}, inner[0], {inner, 2, 2}};
    unsigned choice = n ? bytes[0] : 0;
    struct str text = {(const char *)bytes + (n != 0), n ? n - 1 : 0};
    struct template_source source = {&text, load};
    struct template_options options = {&source, choice & 4 ? FIELD_FOR_DESK : FIELD_FOR_EVERYONE, choice & 8};
    struct buf out = BUF(64 * 1024);
    char error[200] = "";

    struct template *template = template_compile(files[choice & 3], text, &OUTER, &options, error, sizeof error);
    CHECK(template ? !error[0] : strchr(error, ':') != NULL);
    if (template)
        template_render(template, &outer, &out);
    template_free(&template);
    buf_free(&out);
    return 0;
}
