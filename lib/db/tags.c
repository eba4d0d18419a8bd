/* tags.c - hashed tags in a lock-free table of last changes.
 *
 * The table is an open-addressing array of (tag, sequence) pairs. Only the
 * appliers write, under a mutex; readers probe with atomic loads. An entry is
 * never removed, only its sequence grows, so a reader that races with an
 * applier sees the old or the new sequence; `newest` is stored last, and who
 * needs the new state reads `newest` first.
 *
 * When three quarters are taken, `floor` rises to the newest sequence and the
 * array is cleared: parts older than the floor are stale without looking. The
 * reader therefore loads the floor after probing, and clearing releases: who
 * saw a cleared slot sees the floor that was raised before.
 */
#include "lib/db/tags.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SLOTS = 1 << 16 };

struct slot {
    _Atomic uint64_t tag; /* 0 = free */
    _Atomic uint64_t sequence;
};

#define TAG_TABLE_MAGIC 0x54414753u

struct tag_table {
    uint32_t magic;
    pthread_mutex_t applying;
    _Atomic uint64_t newest, floor;
    _Atomic uint64_t everything; /* last change that touched TAG_EVERYTHING */
    size_t taken;
    struct slot slots[SLOTS];
};

uint64_t tag_hash(struct str tag)
{
    uint64_t hash = str_hash(tag, 0);

    return hash ? hash : 1;
}

void tag_set_add(struct tag_set *set, uint64_t tag)
{
    if (set->n == set->capacity) {
        size_t capacity = set->capacity ? set->capacity * 2 : 32;
        uint64_t *at = ARENA_ARRAY(set->arena, uint64_t, capacity);
        if (set->n)
            memcpy(at, set->at, set->n * sizeof *at);
        set->at = at;
        set->capacity = capacity;
    }
    set->at[set->n++] = tag;
}

static int compare_tags(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

void tag_set_settle(struct tag_set *set)
{
    size_t kept = 0;

    if (set->n == 0)
        return;
    qsort(set->at, set->n, sizeof *set->at, compare_tags);
    for (size_t i = 1; i < set->n; i++)
        if (set->at[i] != set->at[kept])
            set->at[++kept] = set->at[i];
    set->n = kept + 1;
}

struct tag_table *tag_table_new(void)
{
    struct tag_table *table = calloc(1, sizeof *table); /* untouched slots cost no memory */

    if (!table)
        die("out of memory");
    table->magic = TAG_TABLE_MAGIC;
    pthread_mutex_init(&table->applying, NULL);
    return table;
}

void tag_table_free(struct tag_table **table)
{
    if (*table) {
        pthread_mutex_destroy(&(*table)->applying);
        free(*table);
        *table = NULL;
    }
}

uint64_t tag_table_sequence(const struct tag_table *table)
{
    return atomic_load_explicit(&table->newest, memory_order_acquire);
}

/* Everything made before `sequence` is stale from here on. */
static void raise_floor(struct tag_table *table, uint64_t sequence)
{
    atomic_store(&table->floor, sequence);
    for (size_t i = 0; i < SLOTS; i++) {
        atomic_store_explicit(&table->slots[i].tag, 0, memory_order_release);
        atomic_store_explicit(&table->slots[i].sequence, 0, memory_order_release);
    }
    table->taken = 0;
}

static void touch(struct tag_table *table, uint64_t tag, uint64_t sequence)
{
    size_t i = tag & (SLOTS - 1);

    for (;; i = (i + 1) & (SLOTS - 1)) {
        struct slot *slot = &table->slots[i];
        uint64_t found = atomic_load_explicit(&slot->tag, memory_order_relaxed);
        if (found == tag || found == 0) {
            atomic_store_explicit(&slot->sequence, sequence, memory_order_relaxed);
            atomic_store_explicit(&slot->tag, tag, memory_order_release);
            table->taken += found == 0;
            return;
        }
    }
}

bool tag_table_apply(struct tag_table *table, uint64_t sequence, struct str tags)
{
    CHECK_LIVE(table, TAG_TABLE_MAGIC);
    pthread_mutex_lock(&table->applying);
    uint64_t newest = tag_table_sequence(table);
    bool in_order = sequence <= newest + 1;

    if (sequence == newest + 1) {
        for (struct str rest = tags; rest.p;) {
            struct str tag = str_cut(&rest, ' ');
            if (str_equal(tag, TAG_EVERYTHING))
                atomic_store(&table->everything, sequence);
            else if (tag.n)
                touch(table, tag_hash(tag), sequence);
            if (table->taken > SLOTS / 4 * 3)
                raise_floor(table, sequence);
        }
        atomic_store_explicit(&table->newest, sequence, memory_order_release);
    }
    pthread_mutex_unlock(&table->applying);
    return in_order;
}

void tag_table_forget(struct tag_table *table, uint64_t sequence)
{
    CHECK_LIVE(table, TAG_TABLE_MAGIC);
    pthread_mutex_lock(&table->applying);
    if (sequence > tag_table_sequence(table)) {
        raise_floor(table, sequence);
        atomic_store_explicit(&table->newest, sequence, memory_order_release);
    }
    pthread_mutex_unlock(&table->applying);
}

static uint64_t last_change(const struct tag_table *table, uint64_t tag)
{
    for (size_t i = tag & (SLOTS - 1);; i = (i + 1) & (SLOTS - 1)) {
        const struct slot *slot = &table->slots[i];
        uint64_t found = atomic_load_explicit(&slot->tag, memory_order_acquire);
        if (found == tag)
            return atomic_load_explicit(&slot->sequence, memory_order_acquire);
        if (found == 0)
            return 0;
    }
}

bool tag_table_fresh(const struct tag_table *table, const uint64_t *tags, size_t n, uint64_t as_of)
{
    for (size_t i = 0; i < n; i++)
        if (last_change(table, tags[i]) > as_of)
            return false;
    return atomic_load(&table->everything) <= as_of && atomic_load(&table->floor) <= as_of;
}
