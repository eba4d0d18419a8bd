/* section.h - 頻道: the parts a paper is divided into, and their order.
 *
 * There are a few dozen at most, in one level. The first in order is the
 * default: a story that names no section stands there.
 *
 * Everything that shows a section's name, address or place reads the tag
 * "sections"; every change here touches it. SECTION_SITE stands for the whole
 * paper wherever a list belongs to a section or to all of them.
 */
#ifndef HAOWAI_SECTION_SECTION_H
#define HAOWAI_SECTION_SECTION_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { SECTION_SITE = 0, SECTION_MOST = 100 };

enum { SECTION_NAME_MOST = 40, SECTION_DESCRIPTION_MOST = 500 }; /* characters */

struct section {
    int64_t id;
    struct str slug, name, description;
    int64_t place;  /* from 1 */
    struct str url; /* "/section/{slug}", percent-encoded */
};
extern const struct fields SECTION_FIELDS;
typedef LIST(struct section) sections;

/* All of them in order, at most SECTION_MOST. */
void sections_list(struct db_reader *db, sections *out);

bool section_find(struct db_reader *db, int64_t id, struct section *out);
bool section_find_by_slug(struct db_reader *db, struct str slug, struct section *out);
bool section_find_by_name(struct db_reader *db, struct str name, struct section *out);

/* The first one; false in a paper without sections. */
bool section_default(struct db_reader *db, struct section *out);

struct str section_url(struct arena *arena, struct str slug);

/* --- changing; the rules were asked before ----------------------------------------- */

/* Appends one behind the last; slug, name and description are used. Returns its id. */
int64_t section_add(struct db_tx *tx, const struct section *section);

/* The section called so (by name, then by the slug of that name), or a new one. 0 when the name gives no slug or
 * SECTION_MOST are there: then the default is the place to go. For imports. */
int64_t section_named(struct db_tx *tx, struct str name);

/* Gives it the slug, name and description in *section. When the slug changes, the old
 * address and those of its feeds become redirects. */
void section_change(struct db_tx *tx, const struct section *section);

/* Puts it at `place`; the caller gives each a different one. */
void section_put_at(struct db_tx *tx, int64_t id, int64_t place);

#endif
