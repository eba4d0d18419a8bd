/* theme.c - files become glue, templates and assets; every mistake in them is found here, at start.
 *
 * Three folders of a theme have a meaning: pages/ (layouts), parts/ (templates)
 * and assets/ (sent as they are, under an address made from their content, so
 * browsers keep them for ever and never see an old one).
 */
#include "lib/web/theme.h"

#include "lib/base/check.h"
#include "lib/http/url.h"

#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>
#include <zlib.h>

enum { LARGEST_FILE = 4 << 20 };

/* --- files ---------------------------------------------------------------------- */

static struct str read_override(const char *dir, struct arena *arena, struct str name)
{
    struct buf bytes = BUF(LARGEST_FILE);
    struct str path = str_printf(arena, "%s/%.*s", dir, STR_ARG(name));
    struct str found = {NULL, 0};
    int fd = open(str_cstr(arena, path), O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return found;
    if (buf_read_fd(&bytes, fd) && !bytes.overflow)
        found = str_copy(arena, buf_str(&bytes));
    close(fd);
    buf_free(&bytes);
    return found;
}

struct str theme_file(const struct theme_config *config, struct arena *arena, struct str name)
{
    if (config->override_dir) {
        struct str found = read_override(config->override_dir, arena, name);
        if (found.p)
            return found;
    }
    for (const struct embedded_file *file = config->files; file->name; file++)
        if (str_equal(str_of(file->name), name))
            return (struct str){file->bytes, file->size};
    return (struct str){NULL, 0};
}

/* --- assets ---------------------------------------------------------------------- */

static const char *type_of(struct str name)
{
    static const struct {
        struct str ending;
        const char *type;
    } TYPES[] = {
        {STR_INIT(".css"), "text/css; charset=utf-8"},
        {STR_INIT(".js"), "text/javascript; charset=utf-8"},
        {STR_INIT(".svg"), "image/svg+xml; charset=utf-8"},
        {STR_INIT(".png"), "image/png"},
        {STR_INIT(".ico"), "image/x-icon"},
        {STR_INIT(".webp"), "image/webp"},
        {STR_INIT(".woff2"), "font/woff2"},
        {STR_INIT(".txt"), "text/plain; charset=utf-8"},
    };

    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_ends(name, TYPES[i].ending))
            return TYPES[i].type;
    return "application/octet-stream";
}

/* A whole gzip member at the best level; empty when that does not save a tenth. */
static struct str gzip_whole(struct arena *arena, struct str plain)
{
    z_stream z = {0};

    CHECK(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t most = deflateBound(&z, plain.n);
    char *out = arena_bytes(arena, most);
    z.next_in = (unsigned char *)(uintptr_t)plain.p;
    z.avail_in = (unsigned)plain.n;
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)most;
    CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
    size_t n = most - z.avail_out;
    deflateEnd(&z);
    return n < plain.n / 10 * 9 ? (struct str){out, n} : (struct str){"", 0};
}

/* "site.css" with its content's hash in it: "/assets/site.4f2a91c03b7d.css". */
static struct str asset_address(struct arena *arena, struct str name, struct str plain)
{
    size_t dot = name.n;

    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    CHECK(dot > 0);
    return str_printf(arena, "/assets/%.*s%012" PRIx64 ".%.*s", (int)dot, name.p, str_hash(plain, 0) >> 16,
                      STR_ARG(str_from(name, dot)));
}

static void make_asset(struct theme *theme, struct asset *asset, struct str name, struct str plain)
{
    struct arena *arena = theme->arena;
    struct str common = str_printf(arena,
                                   "Content-Type: %s\r\nCache-Control: public, max-age=31536000, immutable\r\n"
                                   "Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n",
                                   type_of(name));

    *asset = (struct asset){.address = asset_address(arena, name, plain), .plain = plain};
    asset->packed = gzip_whole(arena, plain);
    asset->headers = common;
    asset->packed_headers = str_join(arena, common, STR("Content-Encoding: gzip\r\n"));
}

static struct str replace_all(struct arena *arena, struct str text, struct str from, struct str to)
{
    struct buf out = BUF(LARGEST_FILE);
    size_t at = 0;

    if (str_find(text, from, 0) < 0)
        return text;
    for (ptrdiff_t found; (found = str_find(text, from, at)) >= 0; at = (size_t)found + from.n) {
        buf_add(&out, text.p + at, (size_t)found - at);
        buf_add_str(&out, to);
    }
    buf_add_str(&out, str_from(text, at));
    struct str replaced = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return replaced;
}

struct named_asset {
    struct str plain_address; /* "/assets/site.css", as the theme's files write it */
    struct asset asset;
};

typedef LIST(struct named_asset) named_assets;

static struct str with_addresses(struct theme *theme, const named_assets *assets, struct str text)
{
    for (size_t i = 0; i < assets->n; i++)
        text = replace_all(theme->arena, text, assets->at[i].plain_address, assets->at[i].asset.address);
    return text;
}

/* Pictures first, then styles and scripts, which may name pictures. */
static void load_assets(const struct theme_config *config, struct theme *theme, named_assets *assets)
{
    for (int round = 0; round < 2; round++) {
        for (const struct embedded_file *file = config->files; file->name; file++) {
            struct str name = str_of(file->name);
            bool text = str_ends(name, STR(".css")) || str_ends(name, STR(".js"));
            if (!str_starts(name, STR("assets/")) || text != (round == 1))
                continue;
            struct str bytes = with_addresses(theme, assets, theme_file(config, theme->arena, name));
            struct named_asset *added = LIST_ADD(theme->arena, assets);
            added->plain_address = str_join(theme->arena, STR("/"), name);
            make_asset(theme, &added->asset, str_from(name, strlen("assets/")), bytes);
        }
    }
    struct asset *kept = ARENA_ARRAY(theme->arena, struct asset, assets->n + 1);
    for (size_t i = 0; i < assets->n; i++)
        kept[i] = assets->at[i].asset;
    theme->assets = kept;
    theme->asset_count = assets->n;
}

const struct asset *theme_asset(const struct theme *theme, struct str address)
{
    for (size_t i = 0; i < theme->asset_count; i++)
        if (str_equal(theme->assets[i].address, address))
            return &theme->assets[i];
    return NULL;
}

/* --- templates -------------------------------------------------------------------- */

struct loading {
    const struct theme_config *config;
    struct theme *theme;
    const named_assets *assets;
    struct str ending; /* of the file that includes others */
};

static bool load_partial(void *context, struct str name, struct str *text)
{
    struct loading *loading = context;
    struct arena *arena = loading->theme->arena;
    struct str file = str_printf(arena, "parts/%.*s%.*s", STR_ARG(name), STR_ARG(loading->ending));

    *text = theme_file(loading->config, arena, file);
    if (text->p)
        *text = with_addresses(loading->theme, loading->assets, *text);
    return text->p != NULL;
}

static struct str ending_of(struct str name)
{
    size_t dot = name.n;

    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    return dot ? str_from(name, dot - 1) : STR("");
}

static bool load_templates(struct loading *loading, struct db_problem *problem)
{
    struct theme *theme = loading->theme;
    struct template_source source = {.context = loading, .load = load_partial};
    struct template_options options = {.source = &source, .audience = FIELD_FOR_EVERYONE};

    for (size_t i = 0; i < theme->part_count; i++) {
        struct str file = str_printf(theme->arena, "parts/%s", theme->parts[i].template);
        struct str text = theme_file(loading->config, theme->arena, file);
        if (!text.p) {
            snprintf(problem->text, sizeof problem->text, "%.*s: the theme has no such file", STR_ARG(file));
            return false;
        }
        loading->ending = ending_of(file);
        theme->templates[i] = template_compile(file, with_addresses(theme, loading->assets, text),
                                               theme->parts[i].fields, &options, problem->text, sizeof problem->text);
        if (!theme->templates[i])
            return false;
    }
    return true;
}

/* --- layouts ----------------------------------------------------------------------- */

/* The kind of part whose template without its ending has this name; -1: none. */
static int part_named(const struct theme *theme, struct str name)
{
    for (size_t i = 0; i < theme->part_count; i++) {
        struct str template = str_of(theme->parts[i].template);
        if (str_equal(str_head(template, template.n - ending_of(template).n), name))
            return (int)i;
    }
    return -1;
}

static struct blob *glue(struct packer *packer, struct str text)
{
    struct tag_set none = {0};

    return blob_new(packer, text, 9, 0, &none, NULL, 0);
}

/* Finds "{{> name}}" at or after `from`: its start, its end behind it and the name. */
static bool find_slot(struct str text, size_t from, size_t *start, size_t *end, struct str *name)
{
    ptrdiff_t open = str_find(text, STR("{{>"), from);
    ptrdiff_t close = open < 0 ? -1 : str_find(text, STR("}}"), (size_t)open);

    if (close < 0)
        return false;
    *start = (size_t)open;
    *end = (size_t)close + 2;
    *name = str_trim((struct str){text.p + open + 3, (size_t)(close - open) - 3});
    return true;
}

static int line_at(struct str text, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at; i++)
        line += text.p[i] == '\n';
    return line;
}

static bool load_layout(struct theme *theme, struct packer *packer, struct str file, struct str text,
                        struct layout *layout, struct db_problem *problem)
{
    size_t from = 0, start, end;
    struct str name;

    while (find_slot(text, from, &start, &end, &name)) {
        int kind = part_named(theme, name);
        if (kind < 0 || layout->slot_count == LAYOUT_MOST_SLOTS) {
            snprintf(problem->text, sizeof problem->text, "%.*s:%d: %s \"%.*s\"", STR_ARG(file), line_at(text, start),
                     kind < 0 ? "parts.def has no part" : "a layout has at most 16 parts; too many with",
                     STR_ARG(name));
            return false;
        }
        layout->glue[layout->slot_count] = glue(packer, (struct str){text.p + from, start - from});
        layout->slots[layout->slot_count++] = kind;
        from = end;
    }
    layout->glue[layout->slot_count] = glue(packer, str_from(text, from));
    return true;
}

static bool load_layouts(struct loading *loading, struct db_problem *problem)
{
    struct theme *theme = loading->theme;
    struct packer *packer = packer_new();
    bool done = true;

    for (size_t i = 0; done && i < theme->page_count; i++) {
        struct str file = str_printf(theme->arena, "pages/%s", theme->pages[i].layout);
        struct str text = theme_file(loading->config, theme->arena, file);
        if (!text.p) {
            snprintf(problem->text, sizeof problem->text, "%.*s: the theme has no such file", STR_ARG(file));
            done = false;
            break;
        }
        text = with_addresses(theme, loading->assets, text);
        done = load_layout(theme, packer, file, text, &theme->layouts[i], problem);
    }
    packer_free(&packer);
    return done;
}

struct theme *theme_load(const struct theme_config *config, struct db_problem *problem)
{
    struct arena *arena = arena_new();
    struct theme *theme = ARENA_NEW(arena, struct theme);
    named_assets assets = {0};
    struct loading loading = {.config = config, .theme = theme, .assets = &assets};

    *theme = (struct theme){.pages = config->pages, .parts = config->parts, .page_count = config->page_count,
                            .part_count = config->part_count, .arena = arena};
    theme->layouts = ARENA_ARRAY(arena, struct layout, config->page_count);
    theme->templates = ARENA_ARRAY(arena, struct template *, config->part_count);
    load_assets(config, theme, &assets);
    if (!load_templates(&loading, problem) || !load_layouts(&loading, problem))
        theme_free(&theme);
    return theme;
}

void theme_free(struct theme **out)
{
    struct theme *theme = *out;

    *out = NULL;
    if (!theme)
        return;
    for (size_t i = 0; i < theme->part_count; i++)
        template_free(&theme->templates[i]);
    for (size_t i = 0; i < theme->page_count; i++)
        for (size_t j = 0; j <= theme->layouts[i].slot_count; j++)
            blob_drop(&theme->layouts[i].glue[j]);
    struct arena *arena = theme->arena; /* the theme itself lives in it */
    arena_free(&arena);
}
