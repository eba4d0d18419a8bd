/* body_html.c - a body as HTML: the article page's and that of feeds, which differ in a few words.
 *
 * One of the few places in C that know tags (themes/default/VIEWS.md, "Text",
 * lists them). Text goes through print_text or print_address, never print_markup.
 */
#include "src/article/body_html.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "lib/template/escape.h"

/* A body of BODY_TEXT_MOST bytes with as many pictures, related stories and escapes as it may have stays well below. */
enum { LARGEST = 32 << 20 };
enum { EMBED_ADDRESS_SHOWN = 60 }; /* characters */

void print_markup(struct body_print *print, const char *markup)
{
    buf_add(print->out, markup, strlen(markup));
}

void print_text(struct body_print *print, struct str text)
{
    escape_add(print->out, text, ESCAPE_HTML);
}

void print_address(struct body_print *print, struct str url)
{
    if (str_starts(url, STR("/")))
        print_text(print, print->site);
    escape_add(print->out, url, ESCAPE_LINK);
}

/* --- runs ---------------------------------------------------------------------------------- */

struct tags {
    const char *begin, *end;
};

static const struct tags MARK_TAGS[MARKS] = {
    [MARK_B] = {"<strong>", "</strong>"}, [MARK_DOT] = {"<em class=\"dot\">", "</em>"},
    [MARK_SUB] = {"<sub>", "</sub>"},     [MARK_SUP] = {"<sup>", "</sup>"},
    [MARK_DEL] = {"<del>", "</del>"},
};

static void print_lines(struct body_print *print, struct str text)
{
    for (struct str rest = text; rest.p;) {
        print_text(print, str_cut(&rest, '\n'));
        if (rest.p)
            print_markup(print, "<br>");
    }
}

static void print_run(struct body_print *print, const struct run *run)
{
    for (size_t m = 0; m < MARKS; m++)
        if (run->marks & 1u << m)
            print_markup(print, print->feed && m == MARK_DOT ? "<em>" : MARK_TAGS[m].begin);
    if (run->ruby.n)
        print_markup(print, "<ruby>");
    print_lines(print, run->s);
    if (run->ruby.n) {
        print_markup(print, "<rt>");
        print_text(print, run->ruby);
        print_markup(print, "</rt></ruby>");
    }
    for (size_t m = MARKS; m-- > 0;)
        if (run->marks & 1u << m)
            print_markup(print, MARK_TAGS[m].end);
}

/* Runs with the same address are one link. */
void print_runs(struct body_print *print, const run_list *runs)
{
    struct str open = STR("");

    for (size_t i = 0; i < runs->n; i++) {
        const struct run *run = &runs->at[i];
        if (open.n && !str_equal(open, run->href))
            print_markup(print, "</a>");
        if (run->href.n && !str_equal(open, run->href)) {
            print_markup(print, "<a href=\"");
            print_address(print, run->href);
            print_markup(print, "\">");
        }
        open = run->href;
        print_run(print, run);
    }
    if (open.n)
        print_markup(print, "</a>");
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void print_element(struct body_print *print, const char *begin, const run_list *runs, const char *end)
{
    print_markup(print, begin);
    print_runs(print, runs);
    print_markup(print, end);
}

/* With its id, so that a link may lead into the story. */
static void print_subhead(struct body_print *print, const struct block *block)
{
    if (print->feed) {
        print_element(print, "<h2>", &block->runs, "</h2>");
        return;
    }
    print_markup(print, "<h2 id=\"");
    print_text(print, block->id);
    print_element(print, "\">", &block->runs, "</h2>");
}

static void print_quote(struct body_print *print, const struct block *block)
{
    print_element(print, "<blockquote><p>", &block->runs, "</p>");
    if (block->cite.n) {
        print_markup(print, "<cite>");
        print_text(print, block->cite);
        print_markup(print, "</cite>");
    }
    print_markup(print, "</blockquote>");
}

static void print_list(struct body_print *print, const struct block *block)
{
    print_markup(print, block->type == BLOCK_OL ? "<ol>" : "<ul>");
    for (size_t i = 0; i < block->items.n; i++)
        print_element(print, "<li>", &block->items.at[i], "</li>");
    print_markup(print, block->type == BLOCK_OL ? "</ol>" : "</ul>");
}

static void print_row(struct body_print *print, const run_lists *row, bool head)
{
    print_markup(print, "<tr>");
    for (size_t i = 0; i < row->n; i++)
        print_element(print, head ? "<th scope=\"col\">" : "<td>", &row->at[i], head ? "</th>" : "</td>");
    print_markup(print, "</tr>");
}

static void print_table(struct body_print *print, const struct block *block)
{
    size_t first = block->head ? 1 : 0;

    print_markup(print, print->feed ? "<table>"
                                    : "<div class=\"table\" role=\"group\" aria-label=\"表格\" tabindex=\"0\"><table>");
    if (block->head) {
        print_markup(print, "<thead>");
        print_row(print, &block->rows.at[0], true);
        print_markup(print, "</thead>");
    }
    if (block->rows.n > first)
        print_markup(print, "<tbody>");
    for (size_t i = first; i < block->rows.n; i++)
        print_row(print, &block->rows.at[i], false);
    if (block->rows.n > first)
        print_markup(print, "</tbody>");
    print_markup(print, print->feed ? "</table>" : "</table></div>");
}

/* "https://www.example.org/a/b" as people read it. */
static struct str address_shown(struct arena *arena, struct str url)
{
    ptrdiff_t scheme = str_find(url, STR("://"), 0);

    if (scheme >= 0)
        url = str_from(url, (size_t)scheme + 3);
    if (str_starts(url, STR("www.")))
        url = str_from(url, 4);
    return utf8_shorten(arena, url, EMBED_ADDRESS_SHOWN);
}

/* The site's name is the writer's word; the address beside it says where the link really leads. */
static void print_embed(struct body_print *print, const struct block *block)
{
    const struct embed_kind *kind = embed_kind_find(block->kind);

    print_markup(print, print->feed ? "<p><a href=\"" : "<p class=\"embed\"><a href=\"");
    print_address(print, block->href);
    print_markup(print, "\" rel=\"noopener\">");
    if (kind && kind->label.n) {
        print_text(print, kind->label);
        print_text(print, STR("："));
    }
    print_text(print, address_shown(print->arena, block->href));
    print_markup(print, "</a></p>");
}

static void print_block(struct body_print *print, const struct block *block)
{
    switch (block->type) {
    case BLOCK_P: print_element(print, "<p>", &block->runs, "</p>"); break;
    case BLOCK_H2: print_subhead(print, block); break;
    case BLOCK_H3: print_element(print, "<h3>", &block->runs, "</h3>"); break;
    case BLOCK_QUOTE: print_quote(print, block); break;
    case BLOCK_UL:
    case BLOCK_OL: print_list(print, block); break;
    case BLOCK_IMG: print_picture(print, &block->picture); break;
    case BLOCK_GALLERY: print_gallery(print, block); break;
    case BLOCK_VIDEO: print_video(print, block); break;
    case BLOCK_TABLE: print_table(print, block); break;
    case BLOCK_EMBED: print_embed(print, block); break;
    case BLOCK_REL: print_related(print, block); break;
    case BLOCK_HR: print_markup(print, "<hr>"); break;
    case BLOCK_WIDGET: /* there are no figures yet */
    case BLOCK_TYPES: break;
    }
}

static struct html print_body(struct body_print *print, const struct body *body)
{
    struct buf out = BUF(LARGEST);

    print->out = &out;
    for (size_t i = 0; i < body->blocks.n; i++) {
        size_t before = out.n;
        print_block(print, &body->blocks.at[i]);
        if (out.n > before)
            buf_add_char(&out, '\n');
    }
    CHECK(!out.overflow);
    struct html html = {str_copy(print->arena, buf_str(&out))};
    buf_free(&out);
    return html;
}

struct html body_html(struct db_reader *db, const struct body *body)
{
    struct body_print print = {.db = db, .arena = db_arena(db), .site = STR("")};

    return print_body(&print, body);
}

struct html body_feed_html(struct db_reader *db, const struct body *body, struct str site)
{
    struct body_print print = {.db = db, .arena = db_arena(db), .feed = true, .site = site};

    return print_body(&print, body);
}
