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

bool unit_has_asset(struct str address)
{
    return theme_asset(the_theme(), address) != NULL;
}

/* The layout as it stands on disk: the theme keeps its text only compressed. */
static struct str layout_text(struct unit_paper *paper, int kind)
{
    struct theme_config config = {.files = NO_FILES, .override_dir = THEME_DIR};

    return theme_file(&config, paper->arena, str_printf(paper->arena, "pages/%s", PAGES[kind].layout));
}

static struct str render(struct unit_paper *paper, struct db_reader *db, int kind, struct part *part)
{
    struct buf out = BUF(PAGE_MOST);

    part->db = db;
    part->arena = paper->arena;
    part->app = &paper->app;
    template_render(the_theme()->templates[kind], PARTS[kind].view(part), &out);
    CHECK(!out.overflow);
    struct str text = str_copy(paper->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* The part as it stands on the page: the variant without the page's own item when it would show that. */
static struct str render_part(struct unit_paper *paper, struct db_reader *db, int kind, const struct about *about)
{
    const struct part_kind *part_kind = &PARTS[kind];
    struct part part = {.about = about};
    struct str text = render(paper, db, kind, &part);

    if (part_kind->item == PART_NO_ITEM || about->at[part_kind->item] == 0)
        return text;
    for (size_t i = 0; i < part.shows.n; i++) {
        if (part.shows.at[i] != about->at[part_kind->item])
            continue;
        struct about without = *about;
        without.at[part_kind->without] = about->at[part_kind->item];
        return render(paper, db, kind, &(struct part){.about = &without});
    }
    return text;
}

/* Numbers the part does not say it depends on make no difference to it. */
static void check_depends(struct unit_paper *paper, struct db_reader *db, int kind, const struct about *about,
                          struct str text)
{
    enum { ANOTHER = 3 };
    struct about other = *about;

    for (int i = 0; i < ABOUT_MOST; i++)
        if (!(PARTS[kind].depends >> i & 1) && i != PARTS[kind].item)
            other.at[i] = ANOTHER;
    struct tag_set *tags = db_collect(db, NULL);
    struct str same = render_part(paper, db, kind, &other);
    db_collect(db, tags);
    if (!str_equal(text, same))
        die("%s depends on more than parts.def says", PARTS[kind].template);
}

static struct str render_page(struct unit_paper *paper, struct db_reader *db, int kind, const struct about *about)
{
    const struct layout *layout = &the_theme()->layouts[kind];
    struct str text = layout_text(paper, kind);
    struct buf out = BUF(PAGE_MOST);
    size_t from = 0;

    for (size_t i = 0; i < layout->slot_count; i++) {
        size_t open = (size_t)str_find(text, STR("{{>"), from);
        struct str part = render_part(paper, db, layout->slots[i], about);
        check_depends(paper, db, layout->slots[i], about, part);
        buf_add(&out, text.p + from, open - from);
        buf_add_str(&out, part);
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
    enum answer answer = ANSWER_NOT_FOUND;

    for (req->route = ROUTES; req->route->pattern; req->route++)
        if (pattern_match(req->route->pattern, req->path, req->arena, &req->values))
            break;
    if (req->route->pattern)
        answer = req->route->function(req);
    if (answer != ANSWER_NOT_FOUND)
        return answer;
    req->route = NULL;
    return redirect_page(req);
}

static void show(struct unit_paper *paper, struct db_reader *db, int kind, const struct about *about,
                 struct unit_page *got)
{
    got->kind = kind;
    got->about = *about;
    got->status = PAGES[kind].status;
    got->type = str_of(PAGES[kind].type);
    got->body = render_page(paper, db, kind, about);
}

static void fill(struct unit_paper *paper, const struct request *req, enum answer answer, struct unit_page *got)
{
    *got = (struct unit_page){.body = STR(""), .type = STR(""), .location = STR(""), .kind = -1, .tags = got->tags};
    switch (answer) {
    case ANSWER_PAGE: show(paper, req->db, req->page, &req->about, got); break;
    case ANSWER_NOT_FOUND: show(paper, req->db, PAGE_NOT_FOUND, &ABOUT(0), got); break;
    case ANSWER_GONE: show(paper, req->db, PAGE_GONE, &ABOUT(0), got); break;
    case ANSWER_MOVED:
        got->status = 301;
        got->location = req->location;
        break;
    case ANSWER_BAD: got->status = 400; break;
    case ANSWER_TEXT:
        got->status = 200;
        got->type = req->type;
        got->body = req->text;
        break;
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
