/* staticpage.h - pages that are no news: about us, contact, terms, privacy.
 *
 * Written as Markdown or body v1, kept as body v1 like a story's text; known by
 * their slug at /page/{slug}; listed in the footer in the order of `place`.
 *
 * Tags: "pages" on the list, "page:{id}" on each, "page-slug:{slug}" for who asked by slug.
 */
#ifndef HAOWAI_STATICPAGE_STATICPAGE_H
#define HAOWAI_STATICPAGE_STATICPAGE_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { STATIC_PAGE_TITLE_MOST = 80, STATIC_PAGES_MOST = 100 };

struct static_page {
    int64_t id;
    struct str slug, title;
    int64_t place; /* in the footer, from 1; 0: not listed there */
    struct moment updated;
    struct str body; /* body v1; empty in lists */
    struct str url;  /* "/page/{slug}", percent-encoded */
};
extern const struct fields STATIC_PAGE_FIELDS;
typedef LIST(struct static_page) static_pages;

bool static_page_find(struct db_reader *db, int64_t id, struct static_page *out);
bool static_page_find_by_slug(struct db_reader *db, struct str slug, struct static_page *out);

/* Those with a place, in order, then the others by age; at most STATIC_PAGES_MOST, without bodies. */
void static_pages_list(struct db_reader *db, static_pages *out);

struct str static_page_url(struct arena *arena, struct str slug);

/* --- changing ------------------------------------------------------------------------- */

/* The page of that slug becomes this one; adds it when there is none. Returns its id. */
int64_t static_page_put(struct db_tx *tx, const struct static_page *page);

#endif
