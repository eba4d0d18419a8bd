/* body_html.h - what the two files that print a body share. */
#ifndef HAOWAI_ARTICLE_BODY_HTML_H
#define HAOWAI_ARTICLE_BODY_HTML_H

#include "src/article/body_blocks.h"

struct body_print {
    struct db_reader *db;
    struct arena *arena;
    struct buf *out;
    bool feed;       /* for readers elsewhere: no classes, players or choices of pictures */
    struct str site; /* stands before paths then; else "" */
};

/* Markup of ours; text of others, escaped; an address as an attribute's value, made absolute for feeds. */
void print_markup(struct body_print *print, const char *markup);
void print_text(struct body_print *print, struct str text);
void print_address(struct body_print *print, struct str url);

void print_runs(struct body_print *print, const run_list *runs);

/* body_html_media.c: blocks that are looked up. What is not there prints nothing. */
void print_picture(struct body_print *print, const struct body_picture *picture);
void print_gallery(struct body_print *print, const struct block *block);
void print_video(struct body_print *print, const struct block *block);
void print_related(struct body_print *print, const struct block *block);

#endif
