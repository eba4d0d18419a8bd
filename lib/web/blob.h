/* blob.h - a rendered part: bytes that never change, counted references, and
 * what they were made from. */
#ifndef HAOWAI_WEB_BLOB_H
#define HAOWAI_WEB_BLOB_H

#include "lib/db/tags.h"
#include "lib/web/pack.h"

#include <stdatomic.h>

/* The tags something was made from and the number of its snapshot; it is fresh
 * until one of them is touched (tag_table_fresh). */
struct origin {
    uint64_t as_of;
    size_t tag_count;
    const uint64_t *tags;
};

static inline bool origin_fresh(const struct origin *origin, const struct tag_table *changes)
{
    return tag_table_fresh(changes, origin->tags, origin->tag_count, origin->as_of);
}

struct blob {
    uint32_t magic;
    _Atomic int references;
    _Atomic uint64_t checked; /* the newest change it was found fresh at */
    _Atomic size_t *alive;    /* see blob_count; NULL: not counted */
    struct origin origin;
    struct pack_sum sum;
    struct str packed; /* the deflate run */
    size_t show_count;
    const int64_t *shows; /* items the part shows, see part_shows */
    size_t bytes;         /* what it costs on the heap */
};

/* Makes one from a finished rendering; the caller owns the one reference.
 * `tags` must be settled; everything is copied. */
struct blob *blob_new(struct packer *packer, struct str plain, enum pack_effort effort, uint64_t as_of,
                      const struct tag_set *tags, const int64_t *shows, size_t show_count);

static inline struct blob *blob_keep(struct blob *blob)
{
    atomic_fetch_add_explicit(&blob->references, 1, memory_order_relaxed);
    return blob;
}

/* Is it fresh? One compare when that was asked since the newest change. */
static inline bool blob_fresh(struct blob *blob, const struct tag_table *changes)
{
    uint64_t newest = tag_table_sequence(changes); /* first: what comes later will be asked about again */

    if (atomic_load_explicit(&blob->checked, memory_order_relaxed) >= newest)
        return true;
    if (!origin_fresh(&blob->origin, changes))
        return false;
    atomic_store_explicit(&blob->checked, newest, memory_order_relaxed);
    return true;
}

/* Counts its bytes in *alive until it is freed; `alive` must outlive it. */
void blob_count(struct blob *blob, _Atomic size_t *alive);

/* What malloc takes for n bytes. */
static inline size_t heap_cost(size_t n)
{
    return n < 24 ? 32 : (n + 8 + 15) & ~(size_t)15;
}

/* Gives up a reference; the last one frees. *blob becomes NULL; NULL is allowed. */
void blob_drop(struct blob **blob);

bool blob_shows(const struct blob *blob, int64_t item);

#endif
