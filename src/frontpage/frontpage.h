/* frontpage.h - 首頁: what editors placed on a front, and what fills the rest.
 *
 * A front is the home page (0) or that of a section. It has three zones with a
 * fixed number of slots. Editors place stories; slots left empty, and those
 * whose story readers may not see, are filled with the newest ones. No story
 * stands twice on a front.
 *
 * Tags: "front:{front}", and what the cards read.
 */
#ifndef HAOWAI_FRONTPAGE_FRONTPAGE_H
#define HAOWAI_FRONTPAGE_FRONTPAGE_H

#include "src/article/article.h"
#include "src/section/section.h"

enum { FRONT_HOME = 0 };

enum zone { ZONE_LEAD, ZONE_SECONDARY, ZONE_RECOMMENDED, ZONE_COUNT };
enum { ZONE_LEAD_SLOTS = 1, ZONE_SECONDARY_SLOTS = 4, ZONE_RECOMMENDED_SLOTS = 6 };
enum { FRONT_BLOCK_STORIES = 5 };

/* "lead", "secondary", "recommended". */
struct str zone_name(enum zone zone);
bool zone_from_name(struct str name, enum zone *out);
int64_t zone_slots(enum zone zone);

/* The newest of one section, on the home page. */
struct front_block {
    struct section section;
    story_cards stories;
};
extern const struct fields FRONT_BLOCK_FIELDS;
typedef LIST(struct front_block) front_blocks;

struct front {
    story_cards lead, secondary, recommended;
    front_blocks blocks; /* of the home page: sections in order that have a story left to show */
};
extern const struct fields FRONT_FIELDS;

/* Plans a front: `front` is FRONT_HOME or a section's id. */
void front_plan(struct db_reader *db, int64_t front, struct front *out);

/* What editors placed in a zone, in order, whether readers may see it or not: ids of stories. */
struct front_slot {
    int64_t article;
};
extern const struct fields FRONT_SLOT_FIELDS;
typedef LIST(struct front_slot) front_slots;
void front_placed(struct db_reader *db, int64_t front, enum zone zone, front_slots *out);

/* --- changing ------------------------------------------------------------------------- */

/* Exactly these stories in this order; at most zone_slots(zone), none twice. */
void front_place(struct db_tx *tx, int64_t front, enum zone zone, const int64_t *stories, size_t n);

#endif
