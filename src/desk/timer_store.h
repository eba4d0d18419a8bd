/* timer_store.h - the table `timer`, as the desk's clock sees it. Rows are written by who needs them (flash_store.c
 * ...). */
#ifndef HAOWAI_DESK_TIMER_STORE_H
#define HAOWAI_DESK_TIMER_STORE_H

#include "lib/db/db.h"

struct timer {
    int64_t id;
    struct moment due;
    struct str kind;
    int64_t subject;
};
typedef LIST(struct timer) timers;

/* Those of kinds in timers.def that are due at `now`, the oldest first; at most 100. */
void timers_due(struct db_reader *db, struct moment now, timers *out);

/* When the next one is due; never set when there is none. */
struct moment timer_next(struct db_reader *db);

/* How many are of a kind this program does not know. */
int64_t timers_unknown(struct db_reader *db);

/* Takes it from the table; false when it is not there any more. */
bool timer_remove(struct db_tx *tx, const struct timer *timer);

/* Does what timers.def says. */
void timer_fire(struct db_tx *tx, const struct timer *timer, struct moment now);

#endif
