/* html_pictures.c - what an HTML text shows besides text: pictures, galleries, films, frames. */
#include "src/importing/html_walk.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/importing/old_address.h"

enum { CAPTION_MOST = 500, EMOJI_MOST = 12 }; /* characters; bytes */

struct str walk_attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found =
        node->type == GUMBO_NODE_ELEMENT ? gumbo_get_attribute(&node->v.element.attributes, name) : NULL;

    return str_trim(str_of(found ? found->value : ""));
}

bool walk_has_class(const GumboNode *node, const char *part)
{
    return str_find(walk_attribute(node, "class"), str_of(part), 0) >= 0;
}

/* Where the picture lies: pages that load pictures late keep it elsewhere than in src. */
static struct str source_of(const GumboNode *node)
{
    static const char *const NAMES[] = {"data-src", "data-lazy-src", "data-original", "data-orig-file", "src"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        struct str source = walk_attribute(node, NAMES[i]);
        if (source.n && !str_starts(source, STR("data:")))
            return source;
    }
    return STR("");
}

/* A picture of a character: "😀" or ":)". */
static bool is_emoji(const GumboNode *node, struct str alt)
{
    return alt.n > 0 && alt.n <= EMOJI_MOST && (walk_has_class(node, "emoji") || walk_has_class(node, "smiley"));
}

static bool is_tracker(const GumboNode *node)
{
    struct str width = walk_attribute(node, "width"), height = walk_attribute(node, "height");

    return (str_equal(width, STR("1")) || str_equal(width, STR("0"))) && str_equal(width, height);
}

static bool read_picture(struct walk *walk, const GumboNode *node, struct body_picture *out)
{
    struct str source = source_of(node);
    struct str alt = utf8_clean(walk->arena, walk_attribute(node, "alt"), true, NULL);

    *out = (struct body_picture){.img = old_picture_name(walk->arena, source),
                                 .credit = STR(""),
                                 .alt = str_copy(walk->arena, utf8_first_chars(alt, CAPTION_MOST))};
    if (is_tracker(node))
        return false;
    if (out->img.n == 0) {
        walk_note(walk, "picture without an address", alt);
        return false;
    }
    walk_note(walk, "picture whose file is not in the archive; it appears when media/ has it", source);
    return true;
}

void walk_picture(struct walk *walk, const GumboNode *node)
{
    struct str alt = walk_attribute(node, "alt");
    struct block block = block_of(BLOCK_IMG);

    if (is_emoji(node, alt)) {
        walk_text(walk, alt);
        return;
    }
    if (!read_picture(walk, node, &block.picture))
        return;
    block.picture.cap = walk->caption;
    walk->caption = (run_list){0};
    if (!walk->flat)
        walk_end_paragraph(walk);
    walk_add(walk, &block);
}

size_t walk_count_pictures(const GumboNode *node, int levels)
{
    size_t n = 0;

    if (node->type != GUMBO_NODE_ELEMENT || levels == 0)
        return 0;
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        n += walk_count_pictures(node->v.element.children.data[i], levels - 1);
    return n + (node->v.element.tag == GUMBO_TAG_IMG);
}

/* --- galleries ---------------------------------------------------------------------------------- */

/* Pictures of the subtree, each with the figcaption that stands behind it and before the next one. */
static void gather(struct walk *walk, const GumboNode *node, struct block *gallery, int levels)
{
    struct body_picture picture;

    if (node->type != GUMBO_NODE_ELEMENT || levels == 0)
        return;
    if (node->v.element.tag == GUMBO_TAG_IMG) {
        if (read_picture(walk, node, &picture))
            *LIST_ADD(walk->arena, &gallery->pictures) = picture;
        return;
    }
    bool caption = node->v.element.tag == GUMBO_TAG_FIGCAPTION || node->v.element.tag == GUMBO_TAG_DD;
    if (caption && gallery->pictures.n && gallery->pictures.at[gallery->pictures.n - 1].cap.n == 0) {
        gallery->pictures.at[gallery->pictures.n - 1].cap = walk_runs_of(walk, node);
        return;
    }
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        gather(walk, node->v.element.children.data[i], gallery, levels - 1);
}

void walk_gallery(struct walk *walk, const GumboNode *node)
{
    struct block block = block_of(BLOCK_GALLERY);

    if (!walk->flat)
        walk_end_paragraph(walk);
    gather(walk, node, &block, 50);
    if (block.pictures.n == 1) {
        block.type = BLOCK_IMG;
        block.picture = block.pictures.at[0];
    }
    walk_add(walk, &block);
}

/* --- frames ------------------------------------------------------------------------------------- */

void walk_frame(struct walk *walk, struct str address)
{
    struct block block = block_of(BLOCK_EMBED);
    struct old_embed embed;

    block.kind = STR("link");
    if (old_embed(walk->arena, address, &embed)) {
        block.kind = embed.kind;
        block.href = embed.href;
    } else {
        struct str link = STR("");
        bool absolute = old_link(walk->arena, STR(""), address, &link) && str_starts(link, STR("http"));
        walk_note(walk, absolute ? "film, sound or frame became a link" : "film, sound or frame without a safe address",
                  address);
        if (!absolute)
            return;
        block.href = link;
    }
    if (!walk->flat)
        walk_end_paragraph(walk);
    walk_add(walk, &block);
}
