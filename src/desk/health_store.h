/* health_store.h - what the desk's /health asks the database. */
#ifndef HAOWAI_DESK_HEALTH_STORE_H
#define HAOWAI_DESK_HEALTH_STORE_H

#include "lib/db/db.h"

/* The last change readers can see: its number and moment; 0 and never set before the first. */
void last_change(struct db_reader *db, int64_t *number, struct moment *at);

#endif
