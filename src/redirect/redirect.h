/* redirect.h - old addresses: of imported papers, renamed sections, merged keywords.
 *
 * An old address is a path with its query as it was linked; it leads to a story
 * (whose own address is looked up when it is asked for) or to a path of this
 * site. One never leads to another: when a page moves again, they move along.
 * Tag: "redirects".
 */
#ifndef HAOWAI_REDIRECT_REDIRECT_H
#define HAOWAI_REDIRECT_REDIRECT_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { REDIRECT_OLD_MOST = 2000 }; /* bytes */

struct redirect {
    int64_t article;   /* a story, or 0 and */
    struct str target; /* a path of this site */
};
extern const struct fields REDIRECT_FIELDS;

/* What is kept of an old address, absolute or a path: path and query, the '?' only when there is a query; bytes
 * beyond ASCII percent-encoded, escapes in upper case. Lives in the arena. False when there is no such path, it is
 * too long, or it is the front page. */
bool redirect_key(struct arena *arena, struct str address, struct str *out);

/* Where an address leads ("/story.php?id=5"); any spelling redirect_key accepts. */
bool redirect_find(struct db_reader *db, struct str address, struct redirect *out);

/* --- changing: `old` is a redirect_key ------------------------------------------------ */

/* Sets where it leads, whatever it led to before. */
void redirect_to_story(struct db_tx *tx, struct str old, int64_t article);

/* Adds one unless the address leads somewhere already, which false says: of two old pages with one address the first
 * has it. Leads to `article`, or for 0 to `target`. Touches nothing: for imports. */
bool redirect_add_untold(struct db_tx *tx, struct str old, int64_t article, struct str target);

/* A page and its feeds live at `to` now and did at `from`. Both are paths without query. */
void redirect_to_page(struct db_tx *tx, struct str from, struct str to);

/* A page and its feeds live at `path` (again): no redirect stands in their way. */
void redirect_free(struct db_tx *tx, struct str path);

#endif
