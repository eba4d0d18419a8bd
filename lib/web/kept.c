/* kept.c - a hash table in 64 shards, each with its lock and its share of the limit.
 *
 * Eviction is CLOCK: a hit sets a mark and moves nothing, so a hit costs one
 * short lock and no shared list. LRU would write to the list on each hit;
 * smarter policies gain little on news, where today's stories are most of it.
 *
 * A page found OFTEN times as it is becomes one piece (made_join): more memory
 * for those few, and less work for each of their many readers.
 */
#include "lib/web/kept.h"

#include "lib/base/check.h"
#include "lib/base/random.h"

#include <pthread.h>

enum { SHARDS = 64, FIRST_CHAINS = 64, OFTEN = 16 };

struct entry {
    uint64_t hash;
    struct made *made;
    size_t bytes;
    bool used;
    unsigned found; /* how often, since this page is here */
    struct entry *chain;
    struct entry *before, *after; /* the ring the hand goes round */
    size_t length;
    char address[];
};

struct shard {
    pthread_mutex_t lock;
    struct entry **chains;
    size_t chain_count, count, bytes;
    struct entry *hand;
    uint64_t evicted;
} __attribute__((aligned(128))); /* shards do not share cache lines */

struct kept {
    size_t limit;
    _Atomic size_t beside;
    uint64_t seed; /* addresses come from strangers */
    struct shard shards[SHARDS];
};

struct kept *kept_new(size_t limit)
{
    struct kept *kept = aligned_alloc(128, sizeof *kept);

    if (!kept)
        die("out of memory");
    memset(kept, 0, sizeof *kept);
    kept->limit = limit;
    kept->seed = random_u64();
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&kept->shards[i].lock, NULL);
        kept->shards[i].chain_count = FIRST_CHAINS;
        kept->shards[i].chains = calloc(FIRST_CHAINS, sizeof(struct entry *));
        if (!kept->shards[i].chains)
            die("out of memory");
    }
    return kept;
}

static struct entry **find_link(struct shard *shard, uint64_t hash, struct str address)
{
    struct entry **link = &shard->chains[(hash >> 8) % shard->chain_count];

    for (; *link; link = &(*link)->chain)
        if ((*link)->hash == hash && str_equal((struct str){(*link)->address, (*link)->length}, address))
            break;
    return link;
}

static void remove_link(struct shard *shard, struct entry **link)
{
    struct entry *entry = *link;

    *link = entry->chain;
    if (shard->hand == entry)
        shard->hand = entry->after == entry ? NULL : entry->after;
    entry->before->after = entry->after;
    entry->after->before = entry->before;
    shard->count--;
    shard->bytes -= entry->bytes;
    made_drop(&entry->made);
    free(entry);
}

void kept_free(struct kept **out)
{
    struct kept *kept = *out;

    *out = NULL;
    if (!kept)
        return;
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &kept->shards[i];
        for (size_t chain = 0; chain < shard->chain_count; chain++)
            while (shard->chains[chain])
                remove_link(shard, &shard->chains[chain]);
        free(shard->chains);
        pthread_mutex_destroy(&shard->lock);
    }
    free(kept);
}

static struct shard *shard_of(struct kept *kept, uint64_t hash)
{
    return &kept->shards[hash % SHARDS];
}

static void join(struct shard *shard, struct entry *entry)
{
    size_t before = entry->made->bytes;

    made_join(entry->made);
    entry->bytes += entry->made->bytes - before;
    shard->bytes += entry->made->bytes - before;
}

struct made *kept_find(struct kept *kept, struct str address)
{
    uint64_t hash = str_hash(address, kept->seed);
    struct shard *shard = shard_of(kept, hash);
    struct made *made = NULL;

    pthread_mutex_lock(&shard->lock);
    struct entry *entry = *find_link(shard, hash, address);
    if (entry) {
        entry->used = true;
        if (++entry->found == OFTEN)
            join(shard, entry);
        made = made_keep(entry->made);
    }
    pthread_mutex_unlock(&shard->lock);
    return made;
}

/* Goes round until the shard is within its limit; every mark is cleared at most once. */
static void evict(struct shard *shard, size_t limit)
{
    while (shard->bytes > limit && shard->hand) {
        struct entry *entry = shard->hand;
        shard->hand = entry->after;
        if (entry->used) {
            entry->used = false;
            continue;
        }
        remove_link(shard, find_link(shard, entry->hash, (struct str){entry->address, entry->length}));
        shard->evicted++;
    }
}

static void grow(struct shard *shard)
{
    size_t count = shard->chain_count * 4;
    struct entry **chains = calloc(count, sizeof *chains);

    if (!chains)
        die("out of memory");
    for (size_t i = 0; i < shard->chain_count; i++) {
        for (struct entry *entry = shard->chains[i], *next; entry; entry = next) {
            next = entry->chain;
            entry->chain = chains[(entry->hash >> 8) % count];
            chains[(entry->hash >> 8) % count] = entry;
        }
    }
    free(shard->chains);
    shard->chains = chains;
    shard->chain_count = count;
}

static void add(struct shard *shard, uint64_t hash, struct str address, struct made *made)
{
    struct entry *entry = malloc(sizeof *entry + address.n);

    if (!entry)
        die("out of memory");
    if (shard->count >= shard->chain_count * 2)
        grow(shard);
    *entry = (struct entry){.hash = hash,
                            .made = made_keep(made),
                            .bytes = made->bytes + heap_cost(sizeof *entry + address.n),
                            .length = address.n};
    memcpy(entry->address, address.p, address.n);
    struct entry **chain = &shard->chains[(hash >> 8) % shard->chain_count];
    entry->chain = *chain;
    *chain = entry;
    if (shard->hand) { /* behind the hand: last to be looked at */
        entry->after = shard->hand;
        entry->before = shard->hand->before;
        entry->before->after = entry->after->before = entry;
    } else {
        shard->hand = entry->before = entry->after = entry;
    }
    shard->count++;
    shard->bytes += entry->bytes;
}

void kept_beside(struct kept *kept, size_t bytes)
{
    size_t most = kept->limit / 4 * 3;

    atomic_store_explicit(&kept->beside, bytes < most ? bytes : most, memory_order_relaxed);
}

static size_t shard_limit(struct kept *kept)
{
    return (kept->limit - atomic_load_explicit(&kept->beside, memory_order_relaxed)) / SHARDS;
}

/* Puts the page in the place of the one that is there, unless that is newer. */
static void replace(struct shard *shard, struct entry *entry, struct made *made)
{
    if (atomic_load_explicit(&entry->made->checked, memory_order_relaxed) >
        atomic_load_explicit(&made->checked, memory_order_relaxed))
        return;
    shard->bytes += made->bytes - entry->made->bytes;
    entry->bytes += made->bytes - entry->made->bytes;
    made_drop(&entry->made);
    entry->made = made_keep(made);
    entry->found = 0;
}

void kept_put(struct kept *kept, struct str address, struct made *made)
{
    uint64_t hash = str_hash(address, kept->seed);
    struct shard *shard = shard_of(kept, hash);

    if (kept->limit == 0)
        return;
    pthread_mutex_lock(&shard->lock);
    struct entry *entry = *find_link(shard, hash, address);
    if (entry)
        replace(shard, entry, made);
    else
        add(shard, hash, address, made);
    evict(shard, shard_limit(kept));
    pthread_mutex_unlock(&shard->lock);
}

void kept_remove(struct kept *kept, struct str address)
{
    uint64_t hash = str_hash(address, kept->seed);
    struct shard *shard = shard_of(kept, hash);

    pthread_mutex_lock(&shard->lock);
    struct entry **link = find_link(shard, hash, address);
    if (*link)
        remove_link(shard, link);
    pthread_mutex_unlock(&shard->lock);
}

void kept_counts(struct kept *kept, struct kept_counts *out)
{
    *out = (struct kept_counts){0};
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &kept->shards[i];
        pthread_mutex_lock(&shard->lock);
        out->pages += shard->count;
        out->bytes += shard->bytes;
        out->evicted += shard->evicted;
        pthread_mutex_unlock(&shard->lock);
    }
}
