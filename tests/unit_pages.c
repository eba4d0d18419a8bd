/* unit_pages.c - a page put together without cache, wire or workers, see unit_pages.h. */
#include "tests/unit_pages.h"

#include "lib/base/check.h"
#include "lib/web/theme.h"
#include "src/routes.h"

enum { PAGE_MOST = 64 << 20 };

static const char *const THEME_DIR = "themes/default";
static const struct embedded_file NO_FILES[] = {{NULL, NULL, 0}};

/* Loaded once for the program. */
static struct theme *the_theme(void)
{
    static struct theme *theme;
    struct db_problem problem = {{0}};
    struct theme_config config = {.files = NO_FILES,
                                  .override_dir = THEME_DIR,
                                  .pages = PAGES,
                                  .page_count = PAGE_COUNT,
                                  .parts = PARTS,
                                  .part_count = PART_COUNT};

    if (!theme)
        theme = theme_load(&config, &problem);
    if (!theme)
        die("%s (tests run from the repository's root)", problem.text);
    return theme;
}

/* The layout as it stands on disk: the theme keeps its text only compressed. */
static struct str layout_text(struct unit_paper *paper, int kind)
{
    struct theme_config config = {.files = NO_FILES, .override_dir = THEME_DIR};

    return theme_file(&config, paper->arena, str_printf(paper->arena, "pages/%s", PAGES[kind].layout));
}

static void render_part(struct unit_paper *paper, const struct request *req, int kind, struct buf *out)
{
    struct part part = {.db = req->db, .arena = paper->arena, .app = &paper->app, .about = &req->about};

    template_render(the_theme()->templates[kind], PARTS[kind].view(&part), out);
}

static struct str render_page(struct unit_paper *paper, const struct request *req)
{
    const struct layout *layout = &the_theme()->layouts[req->page];
    struct str text = layout_text(paper, req->page);
    struct buf out = BUF(PAGE_MOST);
    size_t from = 0;

    for (size_t i = 0; i < layout->slot_count; i++) {
        size_t open = (size_t)str_find(text, STR("{{>"), from);
        buf_add(&out, text.p + from, open - from);
        render_part(paper, req, layout->slots[i], &out);
        from = (size_t)str_find(text, STR("}}"), open) + 2;
    }
    buf_add_str(&out, str_from(text, from));
    CHECK(!out.overflow);
    struct str body = str_copy(paper->arena, buf_str(&out));
    buf_free(&out);
    return body;
}

static enum answer ask(struct request *req)
{
    for (req->route = ROUTES; req->route->pattern; req->route++)
        if (pattern_match(req->route->pattern, req->path, req->arena, &req->values))
            return req->route->function(req);
    return ANSWER_NOT_FOUND;
}

static void fill(struct unit_paper *paper, const struct request *req, enum answer answer, struct unit_page *got)
{
    static const int STATUSES[] = {
        [ANSWER_NOT_FOUND] = 404, [ANSWER_GONE] = 410, [ANSWER_MOVED] = 301, [ANSWER_BAD] = 400, [ANSWER_TEXT] = 200};

    *got = (struct unit_page){.status = STATUSES[answer],
                              .body = STR(""),
                              .type = STR(""),
                              .location = STR(""),
                              .kind = -1,
                              .tags = got->tags};
    if (answer == ANSWER_PAGE) {
        got->kind = req->page;
        got->status = PAGES[req->page].status;
        got->type = str_of(PAGES[req->page].type);
        got->body = render_page(paper, req);
    } else if (answer == ANSWER_TEXT) {
        got->type = req->type;
        got->body = req->text;
    } else if (answer == ANSWER_MOVED) {
        got->location = req->location;
    }
}

struct unit_page unit_get(struct unit_paper *paper, const char *target)
{
    struct unit_page got = {.status = 0};
    struct str query = str_copy(paper->arena, str_of(target)), path = str_cut(&query, '?');
    struct request req = {.arena = paper->arena,
                          .db = unit_read(paper, &got.tags),
                          .app = &paper->app,
                          .path = path,
                          .query = query.p ? query : STR("")};

    enum answer answer = ask(&req);
    fill(paper, &req, answer, &got);
    if (!db_read_end(&req.db))
        die("%s: the reader failed", target);
    return got;
}
