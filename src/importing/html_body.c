/* html_body.c - one walk down the tree that gumbo makes; a table says what becomes of each element.
 *
 * Gumbo's memory comes from the arena, which also spares the recursion with
 * which it would let a deep tree go. The walk itself goes down so many levels
 * and takes the text of what lies deeper.
 */
#include "src/importing/html_walk.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/utf8.h"
#include "src/importing/fit.h"
#include "src/importing/old_address.h"

enum { LEVELS_MOST = 300, TEXT_LEVELS_MOST = 20000 }; /* walked; looked through for text alone */
enum { HTML_MOST = 4 << 20 };                         /* bytes of one text */
enum { CITE_MOST = 200 };                             /* characters */
enum { TEXT_MOST = 1 << 20 };                         /* bytes of text gathered from one element */

enum becomes {
    BECOMES_TEXT,    /* what is in it, and a loss */
    BECOMES_PLAIN,   /* the same; it said nothing */
    BECOMES_NOTHING, /* goes with all that is in it, and a loss */
    BECOMES_SILENCE, /* the same; readers never saw it */
    BECOMES_BLOCK,
    BECOMES_H2,
    BECOMES_H3,
    BECOMES_BOLD,
    BECOMES_SUB,
    BECOMES_SUP,
    BECOMES_DEL,
    BECOMES_LINK,
    BECOMES_BREAK,
    BECOMES_RULE,
    BECOMES_LIST,
    BECOMES_TERM,
    BECOMES_QUOTE,
    BECOMES_EXACT,
    BECOMES_TABLE,
    BECOMES_PICTURE,
    BECOMES_FIGURE,
    BECOMES_CAPTION,
    BECOMES_FRAME,
    BECOMES_FILM,
    BECOMES_RUBY,
};

static const enum becomes BECOMES[GUMBO_TAG_LAST + 1] = {
#define ELEMENT(name, what) [GUMBO_TAG_##name] = BECOMES_##what,
#include "src/importing/html_elements.def"
#undef ELEMENT
};

/* --- small things --------------------------------------------------------------------------- */

static bool is_tag(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

/* Notes what an element was that is not kept as such. */
static void note_element(struct walk *walk, const GumboNode *node, const char *fate)
{
    GumboStringPiece name = node->v.element.original_tag;
    struct str tag = str_of(gumbo_normalized_tagname(node->v.element.tag));

    if (tag.n == 0) {
        gumbo_tag_from_original_text(&name);
        tag = str_head((struct str){name.data ? name.data : "", name.data ? name.length : 0}, 20);
        for (size_t i = 0; i < tag.n; i++)
            if ((tag.p[i] < 'a' || tag.p[i] > 'z') && (tag.p[i] < 'A' || tag.p[i] > 'Z'))
                tag.n = i;
    }
    loss_note_of(walk->losses, STR("body"), str_printf(walk->arena, "element %.*s %s", STR_ARG(tag), fate), STR(""));
}

static void gather_text(const GumboNode *node, int levels, struct buf *out)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA || node->type == GUMBO_NODE_WHITESPACE)
        buf_add_str(out, str_of(node->v.text.text));
    if (node->type != GUMBO_NODE_ELEMENT || levels == 0 || BECOMES[node->v.element.tag] == BECOMES_NOTHING)
        return;
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        gather_text(node->v.element.children.data[i], levels - 1, out);
}

/* All text of an element in one line. */
static struct str text_of(struct arena *arena, const GumboNode *node)
{
    struct buf out = BUF(TEXT_MOST);

    gather_text(node, TEXT_LEVELS_MOST, &out);
    struct str text = str_trim(utf8_clean(arena, str_copy(arena, buf_str(&out)), true, NULL));
    buf_free(&out);
    return text;
}

run_list walk_runs_of(struct walk *walk, const GumboNode *node)
{
    struct flat former = walk_flat_begin(walk);

    walk_children(walk, node);
    return walk_flat_end(walk, &former);
}

/* Pictures and films met in flat text stand behind it. */
static void add_late(struct walk *walk)
{
    if (walk->flat)
        return;
    for (size_t i = 0; i < walk->late.n; i++)
        walk_add(walk, &walk->late.at[i]);
    walk->late.n = 0;
}

/* --- elements --------------------------------------------------------------------------------- */

static void walk_as(struct walk *walk, const GumboNode *node, enum block_type type)
{
    enum block_type former = walk->type;

    walk_end_paragraph(walk);
    walk->type = walk->flat ? walk->type : type;
    walk_children(walk, node);
    walk_end_paragraph(walk);
    walk->type = former;
}

static void walk_marked(struct walk *walk, const GumboNode *node, enum mark mark)
{
    unsigned former = walk->marks;

    walk->marks |= 1u << mark;
    walk_children(walk, node);
    walk->marks = former;
}

static void walk_link(struct walk *walk, const GumboNode *node)
{
    struct str former = walk->href, href = walk_attribute(node, "href"), link;

    if (href.n && old_link(walk->arena, walk->text->site, href, &link) && link.n <= BODY_HREF_MOST)
        walk->href = link;
    else if (href.n)
        walk_note(walk, "link that leads to no page became text", href);
    walk_children(walk, node);
    walk->href = former;
}

/* What a social network has its users paste: a quotation with a link to the post. */
static bool find_post(struct walk *walk, const GumboNode *node, int levels, struct old_embed *out)
{
    static const char *const NAMES[] = {"href", "data-href", "data-instgrm-permalink", "data-text-post-permalink"};

    if (node->type != GUMBO_NODE_ELEMENT || levels == 0)
        return false;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (old_embed(walk->arena, walk_attribute(node, NAMES[i]), out))
            return true;
    for (unsigned i = node->v.element.children.length; i > 0; i--)
        if (find_post(walk, node->v.element.children.data[i - 1], levels - 1, out))
            return true;
    return false;
}

static bool is_post(const GumboNode *node)
{
    static const char *const CLASSES[] = {"twitter-tweet", "twitter-video", "instagram-media", "text-post-media",
                                          "fb-post",       "fb-video",      "tiktok-embed"};

    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++)
        if (walk_has_class(node, CLASSES[i]))
            return true;
    return false;
}

static bool walk_post(struct walk *walk, const GumboNode *node)
{
    struct block block = block_of(BLOCK_EMBED);
    struct old_embed post;

    if (!is_post(node) || !find_post(walk, node, 20, &post))
        return false;
    walk_end_paragraph(walk);
    block.kind = post.kind;
    block.href = post.href;
    walk_add(walk, &block);
    return true;
}

static void walk_quote(struct walk *walk, const GumboNode *node)
{
    struct block block = block_of(BLOCK_QUOTE);

    if (walk_post(walk, node))
        return;
    if (walk->flat) {
        walk_as(walk, node, BLOCK_P);
        return;
    }
    walk_end_paragraph(walk);
    struct flat former = walk_flat_begin(walk);
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        bool cite = is_tag(child, GUMBO_TAG_CITE) || is_tag(child, GUMBO_TAG_FOOTER);
        if (cite && block.cite.n == 0)
            block.cite = utf8_first_chars(text_of(walk->arena, child), CITE_MOST);
        else
            walk_children(walk,
                          &(GumboNode){.type = GUMBO_NODE_ELEMENT,
                                       .v.element = {.children = {.data = (void *[]){(void *)child}, .length = 1}}});
    }
    block.runs = walk_flat_end(walk, &former);
    walk_add(walk, &block);
    add_late(walk);
}

static void walk_list(struct walk *walk, const GumboNode *node)
{
    struct block block = block_of(is_tag(node, GUMBO_TAG_OL) ? BLOCK_OL : BLOCK_UL);

    if (walk_has_class(node, "gallery") && walk_count_pictures(node, 10) > 1) {
        walk_gallery(walk, node);
        return;
    }
    if (walk->flat) {
        walk_note(walk, "list within a list, a table or a quotation became lines", STR(""));
        walk_as(walk, node, BLOCK_P);
        return;
    }
    walk_end_paragraph(walk);
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        run_list item = child->type == GUMBO_NODE_ELEMENT ? walk_runs_of(walk, child) : (run_list){0};
        if (item.n)
            *LIST_ADD(walk->arena, &block.items) = item;
    }
    walk_add(walk, &block);
    add_late(walk);
}

static const GumboNode *find_caption(const GumboNode *node, int levels)
{
    for (unsigned i = 0; levels > 0 && i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i], *found = NULL;
        if (is_tag(child, GUMBO_TAG_FIGCAPTION))
            return child;
        if (child->type == GUMBO_NODE_ELEMENT && !is_tag(child, GUMBO_TAG_FIGURE))
            found = find_caption(child, levels - 1);
        if (found)
            return found;
    }
    return NULL;
}

/* A caption belongs to the figure's first picture, and is a paragraph where there is none. */
static void walk_figure(struct walk *walk, const GumboNode *node)
{
    struct block alone = block_of(BLOCK_P);
    run_list former = walk->caption;
    const GumboNode *caption = find_caption(node, 10);
    size_t pictures = walk_count_pictures(node, 20);

    walk_end_paragraph(walk);
    walk->caption = caption ? walk_runs_of(walk, caption) : (run_list){0};
    if (pictures > 1)
        walk_gallery(walk, node);
    else
        walk_children(walk, node);
    if (walk->caption.n && pictures < 2) {
        walk_end_paragraph(walk);
        alone.runs = walk->caption;
        walk_add(walk, &alone);
    }
    walk_end_paragraph(walk);
    walk->caption = former;
}

static struct str address_of(const GumboNode *node)
{
    static const char *const NAMES[] = {"data-src", "data-lazy-src", "src", "data"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        struct str address = walk_attribute(node, NAMES[i]);
        if (address.n && !str_starts(address, STR("about:")))
            return address;
    }
    return STR("");
}

/* A film or sound names its file itself or in a source element; an object may hold an embed. */
static void walk_shown(struct walk *walk, const GumboNode *node)
{
    struct str address = address_of(node);

    for (unsigned i = 0; address.n == 0 && i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (is_tag(child, GUMBO_TAG_SOURCE) || is_tag(child, GUMBO_TAG_EMBED))
            address = address_of(child);
        else if (is_tag(child, GUMBO_TAG_PARAM) && str_equal_nocase(walk_attribute(child, "name"), STR("movie")))
            address = walk_attribute(child, "value");
    }
    walk_frame(walk, address);
}

static void walk_ruby_element(struct walk *walk, const GumboNode *node)
{
    struct buf base = BUF(1000);

    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (is_tag(child, GUMBO_TAG_RT)) {
            struct str text = str_trim(utf8_clean(walk->arena, str_copy(walk->arena, buf_str(&base)), true, NULL));
            walk_ruby(walk, text, text_of(walk->arena, child));
            buf_clear(&base);
        } else if (!is_tag(child, GUMBO_TAG_RP)) {
            gather_text(child, 20, &base);
        }
    }
    walk_text(walk, str_copy(walk->arena, str_trim(buf_str(&base))));
    buf_free(&base);
}

static void walk_exact(struct walk *walk, const GumboNode *node)
{
    bool former = walk->exact;

    walk_end_paragraph(walk);
    walk->exact = true;
    walk_children(walk, node);
    walk_end_paragraph(walk);
    walk->exact = former;
}

static void walk_rule(struct walk *walk)
{
    struct block block = block_of(BLOCK_HR);

    walk_end_paragraph(walk);
    if (!walk->flat)
        walk_add(walk, &block);
}

static void walk_block(struct walk *walk, const GumboNode *node)
{
    if (walk_has_class(node, "gallery") && walk_count_pictures(node, 10) > 1)
        walk_gallery(walk, node);
    else if (!walk_post(walk, node))
        walk_as(walk, node, walk->type == BLOCK_H2 || walk->type == BLOCK_H3 ? walk->type : BLOCK_P);
}

static void walk_element(struct walk *walk, const GumboNode *node)
{
    switch (BECOMES[node->v.element.tag]) {
    case BECOMES_TEXT:
        note_element(walk, node, "became plain text");
        walk_children(walk, node);
        break;
    case BECOMES_PLAIN: walk_children(walk, node); break;
    case BECOMES_NOTHING: note_element(walk, node, "was left out"); break;
    case BECOMES_SILENCE: break;
    case BECOMES_BLOCK: walk_block(walk, node); break;
    case BECOMES_H2: walk_as(walk, node, BLOCK_H2); break;
    case BECOMES_H3: walk_as(walk, node, BLOCK_H3); break;
    case BECOMES_BOLD: walk_marked(walk, node, MARK_B); break;
    case BECOMES_SUB: walk_marked(walk, node, MARK_SUB); break;
    case BECOMES_SUP: walk_marked(walk, node, MARK_SUP); break;
    case BECOMES_DEL: walk_marked(walk, node, MARK_DEL); break;
    case BECOMES_LINK: walk_link(walk, node); break;
    case BECOMES_BREAK: walk_break(walk); break;
    case BECOMES_RULE: walk_rule(walk); break;
    case BECOMES_LIST: walk_list(walk, node); break;
    case BECOMES_TERM:
        walk_end_paragraph(walk);
        walk_marked(walk, node, MARK_B);
        walk_end_paragraph(walk);
        break;
    case BECOMES_QUOTE: walk_quote(walk, node); break;
    case BECOMES_EXACT: walk_exact(walk, node); break;
    case BECOMES_TABLE:
        walk_table(walk, node);
        add_late(walk);
        break;
    case BECOMES_PICTURE: walk_picture(walk, node); break;
    case BECOMES_FIGURE: walk_figure(walk, node); break;
    case BECOMES_CAPTION: break; /* its figure took it */
    case BECOMES_FRAME:
    case BECOMES_FILM: walk_shown(walk, node); break;
    case BECOMES_RUBY: walk_ruby_element(walk, node); break;
    }
}

static void walk_node(struct walk *walk, const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE: walk_text(walk, str_of(node->v.text.text)); break;
    case GUMBO_NODE_ELEMENT: walk_element(walk, node); break;
    case GUMBO_NODE_TEMPLATE: note_element(walk, node, "was left out"); break;
    case GUMBO_NODE_COMMENT: /* Gutenberg's and "more" */
    case GUMBO_NODE_DOCUMENT: break;
    }
}

void walk_children(struct walk *walk, const GumboNode *node)
{
    if (walk->depth == LEVELS_MOST) {
        walk_note(walk, "nested too deeply; its text was kept", STR(""));
        walk_text(walk, text_of(walk->arena, node));
        return;
    }
    walk->depth++;
    for (unsigned i = 0; i < node->v.element.children.length && !walk->full; i++)
        walk_node(walk, node->v.element.children.data[i]);
    walk->depth--;
}

/* --- all of it ----------------------------------------------------------------------------------- */

static void *gumbo_memory(void *arena, size_t n)
{
    return arena_zeroed(arena, n);
}

static void gumbo_memory_stays(void *arena, void *memory)
{
    (void)arena, (void)memory;
}

static const GumboNode *parse(struct arena *arena, struct str html)
{
    GumboOptions options = kGumboDefaultOptions;

    options.allocator = gumbo_memory;
    options.deallocator = gumbo_memory_stays;
    options.userdata = arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    return gumbo_parse_with_options(&options, html.p, html.n)->root;
}

/* Every text as the body wants it; gumbo has decoded entities, so controls may have come back. */
static struct str clean_html(struct arena *arena, struct str html, struct losses *losses)
{
    size_t removed = 0;

    if (html.n > HTML_MOST) {
        loss_note(losses, "body", "cut at 4 MiB of HTML", STR(""));
        html = str_head(html, HTML_MOST);
    }
    html = utf8_clean(arena, html, false, &removed);
    if (removed)
        loss_note(losses, "body", "characters that are none", str_printf(arena, "%zu of them", removed));
    return html;
}

struct str html_body(struct arena *arena, const struct html_text *text, struct losses *losses, struct body *out)
{
    struct walk walk = {.arena = arena, .text = text, .losses = losses, .body = out, .type = BLOCK_P, .href = STR("")};
    struct str html = clean_html(arena, text->html, losses);

    *out = (struct body){0};
    walk_children(&walk, parse(arena, html));
    walk_end_paragraph(&walk);
    add_late(&walk);
    return fit_body(arena, out, losses);
}

struct str html_plain(struct arena *arena, struct str html)
{
    return text_of(arena, parse(arena, utf8_clean(arena, str_head(html, TEXT_MOST), false, NULL)));
}
