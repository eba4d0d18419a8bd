/* body_markdown.c - Markdown becomes a body: cmark-gfm parses, one walk over its tree makes blocks.
 *
 * The walk is a loop, not a recursion, so that a thousand quotation marks in
 * front of a line cost nothing. What a body cannot hold is made simpler and
 * loses no text: a list in a list continues it, paragraphs of an item or a
 * quotation become lines of it, code becomes text, and so does raw HTML.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "lib/http/url.h"
#include "src/article/body_blocks.h"

#include <cmark-gfm-core-extensions.h>

enum { MARKDOWN_MOST = 2 * BODY_TEXT_MOST }; /* bytes */
enum { TABLE_BARS_MOST = 100, TABLE_CELLS_MOST = 100000 };

/* The extensions' kinds of nodes: exported by the library, but named in none of its headers. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;

/* What a paragraph is inside of. Only the outermost counts. */
enum container { IN_NOTHING, IN_LIST, IN_QUOTE, IN_TABLE };

struct walk {
    struct arena *arena;
    struct body *body;
    enum container container;
    int depth;          /* how many lists, quotes and tables we are in */
    struct block block; /* the list, quote or table being made */
    bool in_paragraph, in_heading;
    run_list runs;    /* the text being made */
    int marks[MARKS]; /* how many of each we are in */
    struct str href;
    bool line_ended;             /* a line break is due before more text */
    bool soft_ended;             /* the same, but only a space, and none beside Han */
    int in_picture;              /* its description is being read */
    run_list alt;                /* its text */
    LIST(struct block) pictures; /* those found where they cannot stand; they follow the block */
};

/* The library keeps a list of its extensions, which must be filled once and before there are threads. */
__attribute__((constructor)) static void register_extensions(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* --- text ------------------------------------------------------------------------------------ */

static bool is_wide(struct str character)
{
    return utf8_width(character) == 2;
}

static struct str last_character(struct str s)
{
    size_t from = s.n;

    while (from > 0 && ((unsigned char)s.p[--from] & 0xc0) == 0x80)
        ;
    return str_from(s, from);
}

/* A line that goes on in the next one: Han text goes on without a space, other text with one. */
static struct str between_lines(const run_list *runs, struct str next)
{
    bool wide = is_wide(last_character(runs->at[runs->n - 1].s)) || is_wide(utf8_first_chars(next, 1));

    return wide ? STR("") : STR(" ");
}

/* A quotation's source has a line of its own, however the lines of the file end. */
static bool begins_source(const struct walk *walk, struct str s)
{
    return walk->container == IN_QUOTE && str_starts(s, STR("—"));
}

static unsigned current_marks(const struct walk *walk)
{
    unsigned marks = 0;

    for (size_t m = 0; m < MARKS; m++)
        if (walk->marks[m] > 0)
            marks |= 1u << m;
    return marks;
}

static void add_run(struct walk *walk, run_list *runs, struct str s)
{
    struct run run = run_of(s);

    run.marks = current_marks(walk);
    run.href = walk->href;
    if (s.n)
        *LIST_ADD(walk->arena, runs) = run;
}

/* Text of the tree, which is freed before the body is used. It is cleaned a second time: "&#7;" has become a bell. */
static void add_text(struct walk *walk, struct str s)
{
    run_list *runs = walk->in_picture ? &walk->alt : &walk->runs;

    s = str_copy(walk->arena, utf8_clean(walk->arena, s, walk->in_heading, NULL));
    if (s.n == 0)
        return;
    if (runs->n && (walk->line_ended || (walk->soft_ended && begins_source(walk, s))))
        add_run(walk, runs, STR("\n"));
    else if (runs->n && walk->soft_ended)
        add_run(walk, runs, between_lines(runs, s));
    walk->line_ended = walk->soft_ended = false;
    add_run(walk, runs, s);
}

static struct str literal_of(cmark_node *node)
{
    return str_of(cmark_node_get_literal(node));
}

/* --- blocks ---------------------------------------------------------------------------------- */

static void add_block(struct walk *walk, const struct block *block)
{
    if (block_says_something(block))
        *LIST_ADD(walk->arena, &walk->body->blocks) = *block;
    for (size_t i = 0; i < walk->pictures.n; i++)
        *LIST_ADD(walk->arena, &walk->body->blocks) = walk->pictures.at[i];
    walk->pictures.n = 0;
}

static run_list take_runs(struct walk *walk)
{
    run_list runs = walk->runs;

    walk->runs = (run_list){0};
    walk->line_ended = walk->soft_ended = false;
    runs_settle(walk->arena, &runs);
    return runs;
}

/* The end of a paragraph, heading, code or HTML: a block of its own, or a line of what it is in. */
static void end_text(struct walk *walk, enum block_type type)
{
    struct block block = block_of(type);

    if (walk->container != IN_NOTHING) {
        walk->line_ended = true;
        return;
    }
    block.runs = take_runs(walk);
    add_block(walk, &block);
}

static void end_item(struct walk *walk)
{
    run_list item = take_runs(walk);

    if (item.n)
        *LIST_ADD(walk->arena, &walk->block.items) = item;
}

/* The last line of a quotation is its source when it begins with a dash. */
static void take_cite(struct walk *walk, run_list *runs)
{
    struct run *last = runs->n ? &runs->at[runs->n - 1] : NULL;
    struct str line = last ? last->s : STR("");

    for (ptrdiff_t at; (at = str_find_char(line, '\n', 0)) >= 0;)
        line = str_from(line, (size_t)at + 1);
    if (line.n == 0 || line.n == last->s.n || !str_starts(line, STR("—")))
        return;
    last->s.n -= line.n;
    while (str_starts(line, STR("—")))
        line = str_from(line, STR("—").n);
    walk->block.cite = str_trim(line);
    runs_settle(walk->arena, runs);
}

static void begin_container(struct walk *walk, enum container container, enum block_type type)
{
    if (walk->depth++ > 0) {
        walk->line_ended = true;
        return;
    }
    walk->container = container;
    walk->block = block_of(type);
    walk->block.head = container == IN_TABLE; /* Markdown has no table without headings */
}

static void end_container(struct walk *walk)
{
    if (--walk->depth > 0) {
        walk->line_ended = true;
        return;
    }
    if (walk->container == IN_QUOTE) {
        walk->block.runs = take_runs(walk);
        take_cite(walk, &walk->block.runs);
    }
    walk->container = IN_NOTHING;
    add_block(walk, &walk->block);
}

/* --- tables ------------------------------------------------------------------------------------- */

static void begin_row(struct walk *walk)
{
    if (walk->container == IN_TABLE)
        LIST_ADD(walk->arena, &walk->block.rows);
    else
        walk->line_ended = true;
}

/* In a list or a quotation cells stand in a line. */
static void end_cell(struct walk *walk, cmark_node *cell)
{
    if (walk->container == IN_TABLE)
        *LIST_ADD(walk->arena, &walk->block.rows.at[walk->block.rows.n - 1]) = take_runs(walk);
    else if (cmark_node_next(cell))
        add_text(walk, STR("\u3000"));
}

/* --- links and pictures ---------------------------------------------------------------------------- */

static void begin_link(struct walk *walk, cmark_node *node)
{
    struct str url = str_of(cmark_node_get_url(node));

    if (url.n <= BODY_HREF_MOST && url_is_safe_link(url))
        walk->href = str_copy(walk->arena, url);
}

/* In a paragraph it ends the block, elsewhere it waits for the end of it. */
static void place_picture(struct walk *walk, const struct block *block)
{
    *LIST_ADD(walk->arena, &walk->pictures) = *block;
    if (walk->container == IN_NOTHING && walk->in_paragraph)
        end_text(walk, BLOCK_P);
}

static struct str text_of(struct walk *walk, const run_list *runs)
{
    struct buf text = BUF(MARKDOWN_MOST);

    runs_add_text(&text, runs);
    struct str copy = str_copy(walk->arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

/* A picture elsewhere is a link to it, with its description as text. */
static void add_picture_link(struct walk *walk, cmark_node *node, struct str alt)
{
    struct str outer = walk->href;

    begin_link(walk, node);
    add_text(walk, alt.n ? alt : walk->href);
    walk->href = outer;
}

static void end_picture(struct walk *walk, cmark_node *node)
{
    struct block block = block_of(BLOCK_IMG);
    struct str name = str_of(cmark_node_get_url(node)), title = str_of(cmark_node_get_title(node));

    if (--walk->in_picture > 0)
        return;
    runs_settle(walk->arena, &walk->alt);
    struct str alt = text_of(walk, &walk->alt);
    walk->alt = (run_list){0};
    if (!body_word_is_valid(name)) {
        add_picture_link(walk, node, alt);
        return;
    }
    block.picture.img = str_copy(walk->arena, name);
    block.picture.alt = utf8_clean(walk->arena, alt, true, NULL);
    if (title.n)
        *LIST_ADD(walk->arena, &block.picture.cap) =
            run_of(str_copy(walk->arena, utf8_clean(walk->arena, title, true, NULL)));
    runs_settle(walk->arena, &block.picture.cap);
    place_picture(walk, &block);
}

/* --- the walk ----------------------------------------------------------------------------------------- */

static void add_rule(struct walk *walk)
{
    struct block rule = block_of(BLOCK_HR);

    add_block(walk, &rule);
}

/* Nodes without children. */
static bool visit_leaf(struct walk *walk, cmark_node *node, cmark_node_type type)
{
    switch (type) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE: add_text(walk, literal_of(node)); break;
    case CMARK_NODE_SOFTBREAK: walk->soft_ended = true; break;
    case CMARK_NODE_LINEBREAK: *(walk->in_heading ? &walk->soft_ended : &walk->line_ended) = true; break;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        add_text(walk, str_trim(literal_of(node)));
        end_text(walk, BLOCK_P);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        if (walk->container == IN_NOTHING)
            add_rule(walk);
        break;
    default: return false;
    }
    return true;
}

/* Marks, links and pictures; `step` is 1 at the beginning and -1 at the end. */
static bool visit_inline(struct walk *walk, cmark_node *node, cmark_node_type type, int step)
{
    if (type == CMARK_NODE_STRONG)
        walk->marks[MARK_B] += step;
    else if (type == CMARK_NODE_EMPH)
        walk->marks[MARK_DOT] += step;
    else if (type == CMARK_NODE_STRIKETHROUGH)
        walk->marks[MARK_DEL] += step;
    else if (type == CMARK_NODE_LINK && step > 0)
        begin_link(walk, node);
    else if (type == CMARK_NODE_LINK)
        walk->href = STR("");
    else if (type == CMARK_NODE_IMAGE && step > 0)
        walk->in_picture++;
    else if (type == CMARK_NODE_IMAGE)
        end_picture(walk, node);
    else
        return false;
    return true;
}

static void begin_block(struct walk *walk, cmark_node *node, cmark_node_type type)
{
    walk->in_paragraph = type == CMARK_NODE_PARAGRAPH;
    walk->in_heading = type == CMARK_NODE_HEADING;
    if (type == CMARK_NODE_LIST)
        begin_container(walk, IN_LIST, cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? BLOCK_OL : BLOCK_UL);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        begin_container(walk, IN_QUOTE, BLOCK_QUOTE);
    else if (type == CMARK_NODE_TABLE)
        begin_container(walk, IN_TABLE, BLOCK_TABLE);
    else if (type == CMARK_NODE_TABLE_ROW)
        begin_row(walk);
    else if (type == CMARK_NODE_ITEM && walk->container == IN_LIST)
        end_item(walk); /* what stood before it, when it is an item of a list in a list */
}

static void end_block(struct walk *walk, cmark_node *node, cmark_node_type type)
{
    if (type == CMARK_NODE_LIST || type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_TABLE)
        end_container(walk);
    else if (type == CMARK_NODE_ITEM && walk->container == IN_LIST)
        end_item(walk);
    else if (type == CMARK_NODE_TABLE_CELL)
        end_cell(walk, node);
    else if (type == CMARK_NODE_HEADING)
        end_text(walk, cmark_node_get_heading_level(node) <= 2 ? BLOCK_H2 : BLOCK_H3);
    else if (type == CMARK_NODE_PARAGRAPH)
        end_text(walk, BLOCK_P);
    walk->in_paragraph = walk->in_heading = false;
}

static void walk_over(struct walk *walk, cmark_node *root)
{
    cmark_iter *nodes = cmark_iter_new(root);
    cmark_event_type event;

    while ((event = cmark_iter_next(nodes)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(nodes);
        cmark_node_type type = cmark_node_get_type(node);
        bool enter = event == CMARK_EVENT_ENTER;
        if (visit_leaf(walk, node, type) || visit_inline(walk, node, type, enter ? 1 : -1))
            continue;
        if (enter)
            begin_block(walk, node, type);
        else
            end_block(walk, node, type);
    }
    cmark_iter_free(nodes);
}

/* The library takes time by the square of a row's bars, and fills up each short row of a wide table: a text that could
 * make it work for minutes is read without tables. */
static bool may_have_tables(struct str text)
{
    size_t lines = 0, widest = 0;

    for (struct str rest = text; rest.p; lines++) {
        struct str line = str_cut(&rest, '\n');
        size_t bars = 0;
        for (ptrdiff_t at = -1; (at = str_find_char(line, '|', (size_t)(at + 1))) >= 0;)
            bars++;
        widest = bars > widest ? bars : widest;
    }
    return widest <= TABLE_BARS_MOST && (widest + 1) * lines <= TABLE_CELLS_MOST;
}

static void attach(cmark_parser *parser, const char *name)
{
    cmark_syntax_extension *extension = cmark_find_syntax_extension(name);

    CHECK(extension && cmark_parser_attach_syntax_extension(parser, extension));
}

static cmark_node *parse(struct str text)
{
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);

    attach(parser, "strikethrough");
    if (may_have_tables(text))
        attach(parser, "table");
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

bool body_from_markdown(struct arena *arena, struct str text, struct body *out, char *wrong, size_t wrong_size)
{
    struct walk walk = {.arena = arena, .body = out, .href = STR("")};

    *out = (struct body){0};
    if (text.n > MARKDOWN_MOST) {
        snprintf(wrong, wrong_size, "is longer than %d bytes; split it into several stories", MARKDOWN_MOST);
        return false;
    }
    cmark_node *root = parse(utf8_clean(arena, text, false, NULL));
    walk_over(&walk, root);
    cmark_node_free(root);
    CHECK(walk.depth == 0 && walk.in_picture == 0);
    return body_finish(arena, out, wrong, wrong_size);
}
