/* shared.h - parts that stand on many pages, each rendered once however many ask. */
#ifndef HAOWAI_WEB_SHARED_H
#define HAOWAI_WEB_SHARED_H

#include "lib/web/blob.h"
#include "lib/web/page.h"

/* A kind of part and the numbers it depends on; all others 0. */
struct part_key {
    int kind;
    struct about about;
};

struct part_key part_key(const struct part_kind *kinds, int kind, const struct about *about);

struct shared;

/* `most`: parts kept; those not asked for lately go first. */
struct shared *shared_new(size_t most, const struct tag_table *changes);
void shared_free(struct shared **shared);

/* A fresh one if there is, with a reference for the caller; else NULL. Never blocks for long. */
struct blob *shared_find(struct shared *shared, const struct part_key *key);

typedef struct blob *shared_render(void *context, const struct part_key *key);

/* A fresh one: found, waited for while another thread renders it, or rendered
 * by this one. NULL when `render` gave NULL. The caller owns a reference. A
 * thread must not hold the turn to render one part while asking for another. */
struct blob *shared_get(struct shared *shared, const struct part_key *key, shared_render *render, void *context);

struct shared_counts {
    uint64_t kept, bytes, rendered;
    uint64_t orphans; /* bytes of former parts that pages still hold */
};
/* Parts count their bytes in the table (blob_count): whoever holds one must let go of it before shared_free. */
void shared_counts(struct shared *shared, struct shared_counts *out);

#endif
