/* flash.h - 快訊: one line of news on every page, for a few hours.
 *
 * An item leads to a story, to another address, or to nothing yet. It is shown
 * from the moment it is added until it is removed or its time is over; the end
 * is a row of the timer table written together with it, so no page looks at
 * the clock. A removed item stays in the table, unlisted.
 *
 * Tags: "flash"; "story:{id}" for the story an item leads to.
 */
#ifndef HAOWAI_FLASH_FLASH_H
#define HAOWAI_FLASH_FLASH_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { FLASH_TEXT_MOST = 80 };                     /* characters */
enum { FLASH_HOURS = 12, FLASH_HOURS_MOST = 168 }; /* how long one is shown when nothing is said; at most */
enum { FLASH_MOST = 100 };                         /* items in one list */

struct flash {
    int64_t id;
    struct moment at;
    bool listed;
    struct str text;
    int64_t article; /* 0 = none */
    int64_t day;     /* of the story's address; 0 while readers may not see it */
    struct str url;  /* another address, or "" */
    struct str link; /* where the item leads: the story while readers may see it, else url, else "" */
};
extern const struct fields FLASH_FIELDS;
typedef LIST(struct flash) flashes;

/* What is shown now, newest first, at most `limit` and FLASH_MOST. */
void flash_live(struct db_reader *db, int64_t limit, flashes *out);

/* --- changing ------------------------------------------------------------------------- */

/* Adds one with flash->at, text, article, url, shown until `until`. Returns its id. */
int64_t flash_add(struct db_tx *tx, const struct flash *flash, struct moment until);

/* False when no such item is shown. Its timer goes with it. */
bool flash_remove(struct db_tx *tx, int64_t id);

/* The timer "flash_expiry" fired. Nothing happens when the item is not shown any more. */
void flash_expired(struct db_tx *tx, int64_t id);

#endif
