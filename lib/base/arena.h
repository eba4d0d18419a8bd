/* arena.h - memory with one lifetime.
 *
 * One arena per request or job: everything read, decoded and composed for it
 * comes from the arena and goes with one arena_reset when the answer is sent.
 * Nothing in it is freed singly. Out of memory ends the process (the supervisor
 * starts the role again); an arena over its limit is a bug of the caller, who
 * must bound what it reads. Under ASan freed parts of an arena are poisoned.
 */
#ifndef HAOWAI_BASE_ARENA_H
#define HAOWAI_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A place in an arena to come back to: loops that need scratch memory take a
 * mark before and go back after each round. */
struct arena_mark {
    void *block;
    size_t used;
};

struct arena *arena_new(void);
void arena_free(struct arena **arena);

/* Forgets everything; keeps one block for the next use. */
void arena_reset(struct arena *arena);

struct arena_mark arena_mark(struct arena *arena);
void arena_back(struct arena *arena, struct arena_mark mark);

/* Zeroed memory, aligned for any type. Never NULL; n == 0 gives a valid pointer. */
void *arena_zeroed(struct arena *arena, size_t n);

/* Bytes for text: neither zeroed nor aligned. */
char *arena_bytes(struct arena *arena, size_t n);

#define ARENA_NEW(arena, type) ((type *)arena_zeroed((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_zeroed_array((arena), sizeof(type), (count)))
void *arena_zeroed_array(struct arena *arena, size_t size, size_t count);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

#endif
