/* html_walk.h - the state of turning one HTML text into blocks; private to html_*.c.
 *
 * Text is gathered into runs (html_runs.c) until something ends the paragraph.
 * In flat text - an item, a cell, a caption, a quotation - nothing is a block:
 * what would be one becomes a line break, and pictures wait until it ends.
 */
#ifndef HAOWAI_IMPORTING_HTML_WALK_H
#define HAOWAI_IMPORTING_HTML_WALK_H

#include "src/article/body_blocks.h"
#include "src/importing/html_body.h"

#include <gumbo.h>

struct walk {
    struct arena *arena;
    const struct html_text *text;
    struct losses *losses;
    struct body *body;
    bool full;               /* no more blocks fit */
    LIST(struct block) late; /* pictures met in flat text */
    int depth;

    /* the paragraph being gathered */
    enum block_type type; /* what it becomes */
    run_list runs;
    int flat;         /* above 0: in flat text */
    bool exact;       /* white space counts (pre) */
    bool begun;       /* has it text yet? */
    bool gap;         /* white space was met that is not written yet */
    bool gap_is_feed; /* with a line feed in it */
    int breaks;       /* line breaks not written yet */
    unsigned marks;
    struct str href;

    run_list caption; /* of the figure being walked, for its picture */
};

/* --- html_runs.c ------------------------------------------------------------------------ */

/* Adds text as HTML shows it: white space is one space, or line breaks where they count. */
void walk_text(struct walk *walk, struct str text);
void walk_break(struct walk *walk);
void walk_ruby(struct walk *walk, struct str base, struct str reading);

/* Ends the paragraph and adds it as a block; in flat text a line break. */
void walk_end_paragraph(struct walk *walk);

/* Adds a block behind what stands there; a picture in flat text waits. */
void walk_add(struct walk *walk, const struct block *block);

/* Begins flat text; ends it and returns its runs, settled. What was being gathered goes on afterwards. */
struct flat {
    run_list runs;
    bool begun, gap, gap_is_feed, exact;
    int breaks;
    unsigned marks;
    struct str href;
};
struct flat walk_flat_begin(struct walk *walk);
run_list walk_flat_end(struct walk *walk, const struct flat *former);

/* Notes a loss of the body. */
void walk_note(struct walk *walk, const char *what, struct str example);

/* --- html_pictures.c ---------------------------------------------------------------------- */

struct str walk_attribute(const GumboNode *node, const char *name);
bool walk_has_class(const GumboNode *node, const char *part);

void walk_picture(struct walk *walk, const GumboNode *node);
void walk_gallery(struct walk *walk, const GumboNode *node);
size_t walk_count_pictures(const GumboNode *node, int levels);

/* Something shown in place: a frame, an object, a film. */
void walk_frame(struct walk *walk, struct str address);

/* --- html_body.c --------------------------------------------------------------------------- */

void walk_children(struct walk *walk, const GumboNode *node);
run_list walk_runs_of(struct walk *walk, const GumboNode *node);

/* --- html_table.c --------------------------------------------------------------------------- */

void walk_table(struct walk *walk, const GumboNode *node);

#endif
