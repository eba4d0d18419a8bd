/* wxr_item.h - one <item> of a WXR file, as its elements say it; private to wxr*.c. */
#ifndef HAOWAI_IMPORTING_WXR_ITEM_H
#define HAOWAI_IMPORTING_WXR_ITEM_H

#include "src/importing/attachments.h"
#include "src/importing/loss.h"

struct wxr_term {
    struct str domain, nicename, name;
};

struct wxr_meta {
    struct str key, value;
};

/* Texts are raw and live in the item's arena. */
struct wxr_item {
    int64_t line; /* it begins at */
    struct str title, link, guid, creator, content, excerpt, id, date, date_gmt, pub_date, modified, modified_gmt, name,
        status, type, password, attachment;
    LIST(struct wxr_term) terms;
    LIST(struct wxr_meta) metas;
    int64_t comments;
};

struct wxr_author {
    struct str login, name;
};

/* What the head of the file says. */
struct wxr_site {
    struct str address; /* "https://example.org/blog" */
    struct str language;
    LIST(struct wxr_author) authors;
};

/* Appends the item as JSON (record.h). `attachments` may be NULL. */
void wxr_item_write(struct buf *out, struct arena *arena, const struct wxr_site *site,
                    const struct attachments *attachments, const struct wxr_item *item);

#endif
