/* tags.h - which data a rendered part was made from, and what has changed since.
 *
 * A tag names a piece of data: "story:812", "section:3", "flash". A statement
 * says which tags its rows come from (reads) or which it changes (touches);
 * both are patterns, see db.h. Here tags are 64-bit hashes of those texts: two
 * different tags that collide cost one needless rendering, never a stale byte.
 *
 * Each committed change has a sequence number and the tags it touched. A part
 * remembers the tags it read and the number its snapshot was taken at
 * (`as_of`); it is fresh as long as no change with a higher number touched one
 * of its tags.
 */
#ifndef HAOWAI_DB_TAGS_H
#define HAOWAI_DB_TAGS_H

#include "lib/base/str.h"

/* The tag that every part has read: touching it makes everything stale. */
#define TAG_EVERYTHING STR("*")

uint64_t tag_hash(struct str tag);

/* A growing set of tags; grows in the arena. Zero-initialise with the arena set. */
struct tag_set {
    struct arena *arena;
    uint64_t *at;
    size_t n, capacity;
};

/* Adding one twice is allowed; tag_set_settle sorts and leaves each once. */
void tag_set_add(struct tag_set *set, uint64_t tag);
void tag_set_settle(struct tag_set *set);

/* What changed when: filled by one process's invalidation channel and by its
 * readers' snapshots, asked by every thread without a lock. Bounded: when full
 * it forgets everything older than now and calls all of that stale. */
struct tag_table;

struct tag_table *tag_table_new(void);
void tag_table_free(struct tag_table **table);

/* The number of the newest change applied. One atomic load. */
uint64_t tag_table_sequence(const struct tag_table *table);

/* Applies change number `sequence` that touched `tags` (texts separated by
 * spaces). Numbers arrive in order from each source, but two sources may tell
 * of one change: the second telling does nothing. Returns false when numbers
 * were left out between the newest applied and this one; nothing is applied
 * then, and the caller reads the missing ones from the database. */
bool tag_table_apply(struct tag_table *table, uint64_t sequence, struct str tags);

/* Calls everything made up to `sequence` stale: the changes up to there are unknown. */
void tag_table_forget(struct tag_table *table, uint64_t sequence);

/* Has none of the tags been touched by a change after `as_of`? */
bool tag_table_fresh(const struct tag_table *table, const uint64_t *tags, size_t n, uint64_t as_of);

#endif
