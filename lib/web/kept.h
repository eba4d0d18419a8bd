/* kept.h - made pages by address, within a limit of memory. */
#ifndef HAOWAI_WEB_KEPT_H
#define HAOWAI_WEB_KEPT_H

#include "lib/web/made.h"

struct kept;

/* `limit` in bytes of pages and their own parts; 0 keeps nothing. */
struct kept *kept_new(size_t limit);
void kept_free(struct kept **kept);

/* The page of this address with a reference for the caller, fresh or not; NULL when none is kept. */
struct made *kept_find(struct kept *kept, struct str address);

/* Keeps this page (taking a reference of its own) in place of the former one,
 * unless that was found fresh later; pages nobody asked for lately go when
 * memory is short. */
void kept_put(struct kept *kept, struct str address, struct made *made);

/* Other memory that counts towards the limit, up to three quarters of it: shared parts that only pages hold. */
void kept_beside(struct kept *kept, size_t bytes);

/* Forgets it. */
void kept_remove(struct kept *kept, struct str address);

struct kept_counts {
    uint64_t pages, bytes, evicted;
};
void kept_counts(struct kept *kept, struct kept_counts *out);

#endif
