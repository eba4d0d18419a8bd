/* arena.c - a chain of blocks, each filled from its start.
 *
 * The first block is kept over resets; bigger blocks follow as needed, each
 * twice the last, so a request of any size needs a handful of malloc calls and
 * an ordinary one none.
 */
#include "lib/base/arena.h"

#include "lib/base/banned.h"
#include "lib/base/check.h"

#include <stdint.h>

#if defined(__has_feature) /* clang's word for gcc's __SANITIZE_ADDRESS__ */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
/* declared here without the header's "const", which makes gcc believe that the bytes are read */
void __asan_poison_memory_region(void *bytes, size_t n);
void __asan_unpoison_memory_region(void *bytes, size_t n);
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum {
    FIRST_BLOCK = 16 * 1024,
    LARGEST_STEP = 1024 * 1024,
    ALIGNMENT = 16,
};

struct block {
    struct block *previous;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
};

#define ARENA_MAGIC 0x41524e41u

struct arena {
    uint32_t magic;
    struct block *current;
};

static struct block *block_new(size_t size, struct block *previous)
{
    struct block *block = malloc(sizeof *block + size);

    if (!block)
        die("out of memory (%zu bytes)", size);
    block->previous = previous;
    block->size = size;
    block->used = 0;
    POISON(block->bytes, size);
    return block;
}

static void block_free(struct block *block)
{
    UNPOISON(block->bytes, block->size);
    free(block);
}

struct arena *arena_new(void)
{
    struct arena *arena = malloc(sizeof *arena);

    if (!arena)
        die("out of memory");
    arena->magic = ARENA_MAGIC;
    arena->current = block_new(FIRST_BLOCK, NULL);
    return arena;
}

void arena_free(struct arena **arena)
{
    if (!*arena)
        return;
    CHECK_LIVE(*arena, ARENA_MAGIC);
    for (struct block *block = (*arena)->current; block;) {
        struct block *previous = block->previous;
        block_free(block);
        block = previous;
    }
    (*arena)->magic = 0;
    free(*arena);
    *arena = NULL;
}

void arena_back(struct arena *arena, struct arena_mark mark)
{
    CHECK_LIVE(arena, ARENA_MAGIC);
    while (arena->current != mark.block) {
        struct block *block = arena->current;
        CHECK(block->previous != NULL);
        arena->current = block->previous;
        block_free(block);
    }
    struct block *block = arena->current;
    CHECK(mark.used <= block->used);
    POISON(block->bytes + mark.used, block->size - mark.used);
    block->used = mark.used;
}

void arena_reset(struct arena *arena)
{
    struct block *first = arena->current;

    while (first->previous)
        first = first->previous;
    arena_back(arena, (struct arena_mark){first, 0});
}

struct arena_mark arena_mark(struct arena *arena)
{
    CHECK_LIVE(arena, ARENA_MAGIC);
    return (struct arena_mark){arena->current, arena->current->used};
}

static void *take(struct arena *arena, size_t n, size_t alignment)
{
    struct block *block = arena->current;
    size_t start = (block->used + alignment - 1) & ~(alignment - 1);

    if (start > block->size || block->size - start < n) {
        size_t size = block->size < LARGEST_STEP ? block->size * 2 : LARGEST_STEP;
        if (size < n)
            size = n;
        block = arena->current = block_new(size, block);
        start = 0;
    }
    UNPOISON(block->bytes + start, n);
    block->used = start + n;
    return block->bytes + start;
}

void *arena_zeroed(struct arena *arena, size_t n)
{
    return memset(take(arena, n, ALIGNMENT), 0, n);
}

char *arena_bytes(struct arena *arena, size_t n)
{
    return take(arena, n, 1);
}

void *arena_zeroed_array(struct arena *arena, size_t size, size_t count)
{
    size_t n;

    CHECK(!__builtin_mul_overflow(size, count, &n));
    return arena_zeroed(arena, n);
}

size_t arena_used(const struct arena *arena)
{
    size_t used = 0;

    for (const struct block *block = arena->current; block; block = block->previous)
        used += block->used;
    return used;
}
