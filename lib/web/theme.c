/* theme.c - files become glue, templates and assets; every mistake in them is found here, at start.
 *
 * Three folders of a theme have a meaning: pages/ (layouts), parts/ (templates)
 * and assets/ (sent as they are, under an address made from their content, so
 * browsers keep them for ever and never see an old one).
 */
#include "lib/web/theme.h"

#include "lib/base/check.h"

#include <dirent.h>
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
static struct iovec gzip_whole(struct arena *arena, struct str plain)
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
    return n < plain.n / 10 * 9 ? (struct iovec){out, n} : (struct iovec){NULL, 0};
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

/* `file`: "assets/site.css". */
static void make_asset(struct theme *theme, struct asset *asset, struct str file, struct str plain)
{
    struct arena *arena = theme->arena;
    struct str name = str_from(file, strlen("assets/"));
    struct str common = str_printf(arena,
                                   "Content-Type: %s\r\nCache-Control: public, max-age=31536000, immutable\r\n"
                                   "Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n",
                                   type_of(name));

    *asset = (struct asset){.name = str_join(arena, STR("/"), file),
                            .address = asset_address(arena, name, plain),
                            .plain = {(void *)(uintptr_t)plain.p, plain.n}};
    asset->packed = gzip_whole(arena, plain);
    asset->headers = common;
    asset->packed_headers = str_join(arena, common, STR("Content-Encoding: gzip\r\n"));
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

/* The name that begins at `at`, "/assets/site.css"; a full stop at its end belongs to the sentence. */
static struct str name_at(struct str text, size_t at)
{
    size_t end = at + strlen("/assets/");

    while (end < text.n && is_name_char(text.p[end]))
        end++;
    while (text.p[end - 1] == '.')
        end--;
    return (struct str){text.p + at, end - at};
}

static const struct asset *asset_named(const struct theme *theme, struct str name)
{
    for (size_t i = 0; i < theme->asset_count; i++)
        if (str_equal(theme->assets[i].name, name))
            return &theme->assets[i];
    return NULL;
}

static int line_at(struct str text, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at; i++)
        line += text.p[i] == '\n';
    return line;
}

/* Puts the assets' addresses in place of their names. */
static bool put_addresses(const struct theme *theme, struct arena *arena, struct str file, struct str *text,
                          struct db_problem *problem)
{
    struct buf out = BUF(2 * LARGEST_FILE);
    size_t from = 0;

    for (ptrdiff_t at; (at = str_find(*text, STR("/assets/"), from)) >= 0;) {
        struct str name = name_at(*text, (size_t)at);
        const struct asset *asset = asset_named(theme, name);
        if (!asset) {
            snprintf(problem->text, sizeof problem->text, "%.*s:%d: the theme has no file %.*s", STR_ARG(file),
                     line_at(*text, (size_t)at), STR_ARG(str_from(name, 1)));
            buf_free(&out);
            return false;
        }
        buf_add(&out, text->p + from, (size_t)at - from);
        buf_add_str(&out, asset->address);
        from = (size_t)at + name.n;
    }
    buf_add_str(&out, str_from(*text, from));
    CHECK(!out.overflow);
    *text = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return true;
}

/* Pictures first, then styles, then scripts: each may name those before it. */
static int asset_round(struct str name)
{
    return str_ends(name, STR(".css")) ? 1 : str_ends(name, STR(".js")) ? 2 : 0;
}

typedef LIST(struct str) names;

static void add_name(struct arena *arena, names *list, struct str name)
{
    if (str_find_char(name, '.', 0) <= 0 || name.p[name.n - 1] == '~') /* hidden files, editors' copies */
        return;
    for (size_t i = 0; i < list->n; i++)
        if (str_equal(list->at[i], name))
            return;
    *LIST_ADD(arena, list) = name;
}

/* "site.css" ... of the embedded files and of those in the overriding directory. */
static void find_assets(const struct theme_config *config, struct arena *arena, names *list)
{
    for (const struct embedded_file *file = config->files; file->name; file++)
        if (strncmp(file->name, "assets/", 7) == 0)
            add_name(arena, list, str_of(file->name + 7));
    struct dirent **entries;
    int n = config->override_dir ? scandir(str_cstr(arena, str_printf(arena, "%s/assets", config->override_dir)),
                                           &entries, NULL, alphasort)
                                 : 0;
    for (int i = 0; i < n; i++) {
        add_name(arena, list, str_copy(arena, str_of(entries[i]->d_name)));
        free(entries[i]);
    }
    if (n >= 0 && config->override_dir)
        free(entries);
}

static bool load_assets(struct theme *theme, struct db_problem *problem)
{
    names found = {0};

    find_assets(&theme->config, theme->arena, &found);
    theme->assets = ARENA_ARRAY(theme->arena, struct asset, found.n);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < found.n; i++) {
            struct str file = str_join(theme->arena, STR("assets/"), found.at[i]);
            if (asset_round(file) != round)
                continue;
            struct str bytes = theme_file(&theme->config, theme->arena, file);
            if (!bytes.p)
                continue; /* a directory */
            if (round > 0 && !put_addresses(theme, theme->arena, file, &bytes, problem))
                return false;
            make_asset(theme, &theme->assets[theme->asset_count++], file, bytes);
        }
    }
    return true;
}

const struct asset *theme_asset(const struct theme *theme, struct str address)
{
    for (size_t i = 0; i < theme->asset_count; i++)
        if (str_equal(theme->assets[i].address, address))
            return &theme->assets[i];
    return NULL;
}

/* --- templates -------------------------------------------------------------------- */

bool theme_text(const struct theme *theme, struct arena *arena, struct str file, struct str *text,
                struct db_problem *problem)
{
    *text = theme_file(&theme->config, arena, file);
    if (!text->p)
        snprintf(problem->text, sizeof problem->text, "%.*s: the theme has no such file", STR_ARG(file));
    return text->p && put_addresses(theme, arena, file, text, problem);
}

struct including {
    struct theme *theme;
    struct str ending; /* of the file that includes others */
    struct db_problem problem;
};

static bool load_partial(void *context, struct str name, struct str *text)
{
    struct including *including = context;
    const struct theme *theme = including->theme;
    struct str file = str_printf(theme->arena, "parts/%.*s%.*s", STR_ARG(name), STR_ARG(including->ending));

    *text = theme_file(&theme->config, theme->arena, file);
    return text->p && put_addresses(theme, theme->arena, file, text, &including->problem);
}

static struct str ending_of(struct str name)
{
    size_t dot = name.n;

    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    return dot ? str_from(name, dot - 1) : STR("");
}

static bool load_template(struct theme *theme, size_t kind, struct db_problem *problem)
{
    struct str text, file = str_printf(theme->arena, "parts/%s", theme->parts[kind].template);
    struct including including = {.theme = theme, .ending = ending_of(file)};
    struct template_source source = {.context = &including, .load = load_partial};
    struct template_options options = {.source = &source, .audience = FIELD_FOR_EVERYONE};

    if (!theme_text(theme, theme->arena, file, &text, problem))
        return false;
    char wrong[400];
    theme->templates[kind] = template_compile(file, text, theme->parts[kind].fields, &options, wrong, sizeof wrong);
    if (theme->templates[kind])
        return true;
    if (including.problem.text[0])
        *problem = including.problem; /* what is wrong in a partial, not that it was not to be had */
    else                              /* partials go by their names alone */
        snprintf(problem->text, sizeof problem->text, "%s%s", strncmp(wrong, "parts/", 6) == 0 ? "" : "parts/", wrong);
    return false;
}

static bool load_templates(struct theme *theme, struct db_problem *problem)
{
    for (size_t i = 0; i < theme->part_count; i++)
        if (!load_template(theme, i, problem))
            return false;
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

    return blob_new(packer, text, PACK_SMALL, 0, &none, NULL, 0);
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

static bool load_layouts(struct theme *theme, struct db_problem *problem)
{
    struct packer *packer = packer_new();
    bool done = true;

    for (size_t i = 0; done && i < theme->page_count; i++) {
        struct str text, file = str_printf(theme->arena, "pages/%s", theme->pages[i].layout);
        done = theme_text(theme, theme->arena, file, &text, problem) &&
               load_layout(theme, packer, file, text, &theme->layouts[i], problem);
    }
    packer_free(&packer);
    return done;
}

struct theme *theme_load(const struct theme_config *config, struct db_problem *problem)
{
    struct arena *arena = arena_new();
    struct theme *theme = ARENA_NEW(arena, struct theme);

    *theme = (struct theme){.pages = config->pages,
                            .parts = config->parts,
                            .page_count = config->page_count,
                            .part_count = config->part_count,
                            .config = *config,
                            .arena = arena};
    theme->layouts = ARENA_ARRAY(arena, struct layout, config->page_count);
    theme->templates = ARENA_ARRAY(arena, struct template *, config->part_count);
    if (!load_assets(theme, problem) || !load_templates(theme, problem) || !load_layouts(theme, problem))
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
