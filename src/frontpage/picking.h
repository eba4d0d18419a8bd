/* picking.h - filling several lists of stories of one page so that none repeats another.
 *
 *     struct picking picking = {.db = db};
 *     picking_leave_out(&picking, own_story);
 *     pick_story(&picking, id, 10, &hot);      what was chosen, in order
 *     pick_latest(&picking, section, 10, &hot); the rest from the newest
 */
#ifndef HAOWAI_FRONTPAGE_PICKING_H
#define HAOWAI_FRONTPAGE_PICKING_H

#include "src/article/article.h"

struct picking {
    struct db_reader *db;
    LIST(int64_t) taken; /* what the page shows already, or must not show */
};

/* That story is not to be shown; 0 is none. */
void picking_leave_out(struct picking *picking, int64_t story);

/* Adds the story unless the list has `length` already, the story is taken, or readers may not see it. */
void pick_story(struct picking *picking, int64_t story, size_t length, story_cards *list);

/* Adds the newest of the section (0: of the site) that are not taken until the list has `length`, or PICK_LATEST_MOST
 * were looked at. Reads nothing when the list is full. */
enum { PICK_LATEST_MOST = 200 };
void pick_latest(struct picking *picking, int64_t section, size_t length, story_cards *list);

#endif
