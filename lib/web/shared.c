/* shared.c - the table of shared parts.
 *
 * There are some hundreds of them, asked for only when a page is made or
 * linked anew, so one lock serves. An entry stays in its place in the chain
 * while somebody renders it; the others wait on one condition for all.
 */
#include "lib/web/shared.h"

#include "lib/base/check.h"

#include <pthread.h>

enum { CHAINS = 1024 };

struct entry {
    struct part_key key;
    struct blob *blob; /* NULL until the first rendering is done */
    bool rendering, used;
    struct entry *chain;
};

struct shared {
    pthread_mutex_t lock;
    pthread_cond_t rendered;
    const struct tag_table *changes;
    size_t most, count, bytes, hand; /* hand: the chain eviction looks at next */
    uint64_t renderings;
    _Atomic size_t alive; /* bytes of all parts that were ever in the table and are not freed yet */
    struct entry *chains[CHAINS];
};

struct part_key part_key(const struct part_kind *kinds, int kind, const struct about *about)
{
    struct part_key key = {.kind = kind};

    for (int i = 0; i < ABOUT_MOST; i++)
        if (kinds[kind].depends & (1u << i))
            key.about.at[i] = about->at[i];
    return key;
}

static bool same_key(const struct part_key *a, const struct part_key *b)
{
    return a->kind == b->kind && memcmp(&a->about, &b->about, sizeof a->about) == 0;
}

struct shared *shared_new(size_t most, const struct tag_table *changes)
{
    struct shared *shared = calloc(1, sizeof *shared);

    if (!shared)
        die("out of memory");
    pthread_mutex_init(&shared->lock, NULL);
    pthread_cond_init(&shared->rendered, NULL);
    shared->most = most;
    shared->changes = changes;
    return shared;
}

void shared_free(struct shared **out)
{
    struct shared *shared = *out;

    *out = NULL;
    if (!shared)
        return;
    for (size_t i = 0; i < CHAINS; i++) {
        for (struct entry *entry = shared->chains[i], *next; entry; entry = next) {
            next = entry->chain;
            blob_drop(&entry->blob);
            free(entry);
        }
    }
    pthread_mutex_destroy(&shared->lock);
    pthread_cond_destroy(&shared->rendered);
    free(shared);
}

static struct entry **chain_of(struct shared *shared, const struct part_key *key)
{
    uint64_t hash = str_hash((struct str){(const char *)&key->about, sizeof key->about}, (uint64_t)key->kind);

    return &shared->chains[hash % CHAINS];
}

static struct entry *find(struct shared *shared, const struct part_key *key)
{
    for (struct entry *entry = *chain_of(shared, key); entry; entry = entry->chain)
        if (same_key(&entry->key, key))
            return entry;
    return NULL;
}

/* Removes the first entry of the chain nobody asked for since the hand was last here. */
static bool evict_from(struct shared *shared, struct entry **link)
{
    for (; *link; link = &(*link)->chain) {
        struct entry *entry = *link;
        if (entry->rendering || entry->used) {
            entry->used = false;
            continue;
        }
        *link = entry->chain;
        if (entry->blob)
            shared->bytes -= entry->blob->bytes;
        blob_drop(&entry->blob);
        free(entry);
        shared->count--;
        return true;
    }
    return false;
}

static void make_room(struct shared *shared)
{
    for (int looked = 0; shared->count >= shared->most && looked < 2 * CHAINS; looked++)
        if (!evict_from(shared, &shared->chains[shared->hand]))
            shared->hand = (shared->hand + 1) % CHAINS;
}

static struct entry *find_or_add(struct shared *shared, const struct part_key *key)
{
    struct entry *entry = find(shared, key);

    if (entry)
        return entry;
    make_room(shared);
    entry = calloc(1, sizeof *entry);
    if (!entry)
        die("out of memory");
    entry->key = *key;
    struct entry **chain = chain_of(shared, key);
    entry->chain = *chain;
    *chain = entry;
    shared->count++;
    return entry;
}

/* Its blob if that is fresh, with a reference. */
static struct blob *take_fresh(struct shared *shared, struct entry *entry)
{
    if (!entry || !entry->blob || !blob_fresh(entry->blob, shared->changes))
        return NULL;
    entry->used = true;
    return blob_keep(entry->blob);
}

struct blob *shared_find(struct shared *shared, const struct part_key *key)
{
    pthread_mutex_lock(&shared->lock);
    struct blob *blob = take_fresh(shared, find(shared, key));
    pthread_mutex_unlock(&shared->lock);
    return blob;
}

/* Keeps the newer of what is there and what was just rendered. */
static void put(struct shared *shared, struct entry *entry, struct blob *blob)
{
    if (!blob || (entry->blob && entry->blob->origin.as_of > blob->origin.as_of))
        return;
    if (entry->blob)
        shared->bytes -= entry->blob->bytes;
    blob_drop(&entry->blob);
    entry->blob = blob_keep(blob);
    shared->bytes += blob->bytes;
    blob_count(blob, &shared->alive);
}

struct blob *shared_get(struct shared *shared, const struct part_key *key, shared_render *render, void *context)
{
    struct blob *blob;

    pthread_mutex_lock(&shared->lock);
    struct entry *entry = find_or_add(shared, key);
    while (!(blob = take_fresh(shared, entry)) && entry->rendering) {
        pthread_cond_wait(&shared->rendered, &shared->lock);
        entry = find_or_add(shared, key); /* the old one may have been evicted meanwhile */
    }
    if (!blob) {
        entry->rendering = true;
        pthread_mutex_unlock(&shared->lock);
        blob = render(context, key);
        pthread_mutex_lock(&shared->lock);
        put(shared, entry, blob);
        shared->renderings++;
        entry->rendering = false;
        pthread_cond_broadcast(&shared->rendered);
    }
    pthread_mutex_unlock(&shared->lock);
    return blob;
}

void shared_counts(struct shared *shared, struct shared_counts *out)
{
    pthread_mutex_lock(&shared->lock);
    *out = (struct shared_counts){.kept = shared->count, .bytes = shared->bytes, .rendered = shared->renderings};
    size_t alive = atomic_load_explicit(&shared->alive, memory_order_relaxed);
    out->orphans = alive > shared->bytes ? alive - shared->bytes : 0;
    pthread_mutex_unlock(&shared->lock);
}
