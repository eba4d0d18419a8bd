/* body_blocks.h - the inside of a body; private to the files of the body and to what turns other formats into one.
 *
 * A body that was read is settled: neighbouring runs that look the same are
 * one, none is empty, no list of runs begins or ends with white space, blocks
 * that say nothing are left out, every address is a safe link. Printers rely
 * on it.
 */
#ifndef HAOWAI_ARTICLE_BODY_BLOCKS_H
#define HAOWAI_ARTICLE_BODY_BLOCKS_H

#include "lib/base/list.h"
#include "src/article/body.h"

enum block_type {
    BLOCK_P,
    BLOCK_H2,
    BLOCK_H3,
    BLOCK_QUOTE,
    BLOCK_UL,
    BLOCK_OL,
    BLOCK_IMG,
    BLOCK_GALLERY,
    BLOCK_VIDEO,
    BLOCK_TABLE,
    BLOCK_EMBED,
    BLOCK_REL,
    BLOCK_WIDGET,
    BLOCK_HR,
    BLOCK_TYPES
};

enum mark { MARK_B, MARK_DOT, MARK_SUB, MARK_SUP, MARK_DEL, MARKS };

/* Their names in JSON. */
extern const struct str BLOCK_NAMES[BLOCK_TYPES];
extern const struct str MARK_NAMES[MARKS];

/* Text that looks the same throughout. A line feed in it is a line break. */
struct run {
    struct str s;
    unsigned marks;  /* bit m: enum mark m */
    struct str ruby; /* the reading above it, or "" */
    struct str href; /* "" : no link */
};
typedef LIST(struct run) run_list;
typedef LIST(run_list) run_lists;

struct body_picture {
    struct str img; /* media name */
    run_list cap;
    struct str credit, alt; /* "" : the picture's own */
};

struct block {
    enum block_type type;
    struct str id;
    run_list runs;                      /* p h2 h3 quote */
    struct str cite;                    /* quote */
    run_lists items;                    /* ul ol */
    struct body_picture picture;        /* img */
    LIST(struct body_picture) pictures; /* gallery */
    int64_t video;                      /* video: a number, or 0 and a media file */
    struct str file;
    run_list cap;          /* video */
    LIST(run_lists) rows;  /* table: rows of cells */
    bool head;             /* the first row is headings */
    struct str kind, href; /* embed */
    LIST(int64_t) refs;    /* rel: numbers of stories */
    struct str key;        /* widget */
};

/* One of that type whose texts are "". */
struct block block_of(enum block_type type);

/* Does anything follow from it? An empty paragraph says nothing. */
bool block_says_something(const struct block *block);

/* A run of that text, without marks. */
struct run run_of(struct str s);

/* Merges, drops and trims runs as said above. */
void runs_settle(struct arena *arena, run_list *runs);

/* Appends the text alone. */
void runs_add_text(struct buf *out, const run_list *runs);

/* The media name, file name or word of A-Z a-z 0-9 . _ - that tags and addresses may hold. */
bool body_word_is_valid(struct str word);

/* Finds the site of an embed by its name in JSON; NULL when there is none. `label` is what its link says. */
struct embed_kind {
    struct str name, label;
};
const struct embed_kind *embed_kind_find(struct str name);

/* What a body has so far. Adding tells what is more than one may have ("pictures"), or NULL. */
struct body_counts {
    size_t blocks, pictures, videos, related;
};
const char *body_counts_add(struct body_counts *counts, const struct block *block);

/* What reading ends with: gives ids to blocks without one, and looks at the limits. False with a sentence. */
bool body_finish(struct arena *arena, struct body *body, char *wrong, size_t wrong_size);

/* The same, and gives what body_text would, which had to be written anyway. */
bool body_finish_text(struct arena *arena, struct body *body, struct str *text, char *wrong, size_t wrong_size);

/* Appends canonical JSON. */
void body_write(struct buf *out, const struct body *body);

#endif
