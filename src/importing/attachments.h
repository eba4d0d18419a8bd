/* attachments.h - what a WordPress export says of the pictures that stories name by number. */
#ifndef HAOWAI_IMPORTING_ATTACHMENTS_H
#define HAOWAI_IMPORTING_ATTACHMENTS_H

#include "lib/base/str.h"

struct attachment {
    struct str id, url, caption, alt; /* caption and alt may be "" */
};

struct attachments;

struct attachments *attachments_new(void);
void attachments_free(struct attachments **attachments);

/* Copies it; the first of an id counts. Beyond ATTACHMENTS_MOST nothing more is kept. */
enum { ATTACHMENTS_MOST = 200000 };
void attachments_add(struct attachments *attachments, const struct attachment *attachment);

/* NULL when there is none of that id, or `attachments` is NULL. */
const struct attachment *attachments_find(const struct attachments *attachments, struct str id);

#endif
