/* sources.c - how many connections each reader has open.
 *
 * A reader is an IPv4 address or an IPv6 /64 (what one household gets). The table is open-addressed and keyed with a
 * random seed, so nobody can choose addresses that collide; it is shared by all loops behind one lock, touched only
 * when a connection comes or goes. Deletion moves later entries back (Knuth 6.4, algorithm R), so no tombstones.
 */
#include "lib/http/inside.h"

#include "lib/base/random.h"

struct slot {
    uint64_t source; /* 0: free */
    int connections;
};

struct sources {
    pthread_mutex_t lock;
    int max_per_source;
    uint64_t seed;
    size_t used, size; /* size is a power of two */
    struct slot *slots;
};

static struct slot *slots_new(size_t size)
{
    struct slot *slots = calloc(size, sizeof *slots);

    if (!slots)
        die("out of memory (%zu bytes)", size * sizeof *slots);
    return slots;
}

struct sources *sources_new(int max_per_source)
{
    struct sources *sources = calloc(1, sizeof *sources);

    if (!sources)
        die("out of memory (%zu bytes)", sizeof *sources);
    pthread_mutex_init(&sources->lock, NULL);
    sources->max_per_source = max_per_source;
    sources->seed = random_u64();
    sources->size = 64;
    sources->slots = slots_new(sources->size);
    return sources;
}

void sources_free(struct sources **sources)
{
    if (*sources) {
        pthread_mutex_destroy(&(*sources)->lock);
        free((*sources)->slots);
        free(*sources);
    }
    *sources = NULL;
}

uint64_t source_of(const struct address *address)
{
    static const unsigned char four[12] = {[10] = 0xff, [11] = 0xff};
    static const unsigned char loopback[16] = {[15] = 1};
    uint64_t source = 0;

    if (address->is_local || memcmp(address->bytes, loopback, 16) == 0)
        return 0;
    if (memcmp(address->bytes, four, 12) == 0) {
        if (address->bytes[12] == 127)
            return 0;
        for (int i = 8; i < 16; i++) /* 0000ffff:a.b.c.d is no /64 that anybody is given */
            source = source << 8 | address->bytes[i];
        return source;
    }
    for (int i = 0; i < 8; i++)
        source = source << 8 | address->bytes[i];
    return source ? source : 1;
}

static size_t home(const struct sources *sources, uint64_t source)
{
    return (size_t)str_hash((struct str){(const char *)&source, sizeof source}, sources->seed) & (sources->size - 1);
}

/* Where the source is, or the free slot where it would be. */
static struct slot *find(struct sources *sources, uint64_t source)
{
    size_t at = home(sources, source);

    while (sources->slots[at].source && sources->slots[at].source != source)
        at = (at + 1) & (sources->size - 1);
    return &sources->slots[at];
}

static void grow(struct sources *sources)
{
    struct slot *old = sources->slots;
    size_t old_size = sources->size;

    sources->size *= 2;
    sources->slots = slots_new(sources->size);
    for (size_t i = 0; i < old_size; i++)
        if (old[i].source)
            *find(sources, old[i].source) = old[i];
    free(old);
}

bool sources_enter(struct sources *sources, uint64_t source)
{
    if (!source)
        return true;
    pthread_mutex_lock(&sources->lock);
    if (sources->used * 4 >= sources->size * 3)
        grow(sources);
    struct slot *slot = find(sources, source);
    bool fits = slot->connections < sources->max_per_source;
    if (fits) {
        sources->used += !slot->source;
        slot->source = source;
        slot->connections++;
    }
    pthread_mutex_unlock(&sources->lock);
    return fits;
}

static void remove_slot(struct sources *sources, struct slot *slot)
{
    size_t mask = sources->size - 1;
    size_t hole = (size_t)(slot - sources->slots);

    sources->used--;
    for (size_t at = (hole + 1) & mask; sources->slots[at].source; at = (at + 1) & mask) {
        size_t wanted = home(sources, sources->slots[at].source);
        if (((at - wanted) & mask) >= ((at - hole) & mask)) { /* its home does not lie behind the hole */
            sources->slots[hole] = sources->slots[at];
            hole = at;
        }
    }
    sources->slots[hole] = (struct slot){0};
}

void sources_leave(struct sources *sources, uint64_t source)
{
    if (!source)
        return;
    pthread_mutex_lock(&sources->lock);
    struct slot *slot = find(sources, source);
    CHECK(slot->source == source && slot->connections > 0);
    if (--slot->connections == 0)
        remove_slot(sources, slot);
    pthread_mutex_unlock(&sources->lock);
}
