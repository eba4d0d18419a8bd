/* names.c - an open-addressing table whose texts lie in an arena. */
#include "src/importing/names.h"

#include "lib/base/arena.h"

enum { BYTES_OF_NAME = 64 }; /* so much room for its text, on average */

struct place {
    struct str name; /* p == NULL: free */
    int64_t number;
    char kind;
};

struct names {
    struct arena *arena;
    struct arena_mark empty; /* what the arena holds without texts */
    struct place *places;
    size_t capacity; /* a power of two */
    size_t n, bytes;
};

struct names *names_new(size_t most)
{
    struct arena *arena = arena_new();
    struct names *names = ARENA_NEW(arena, struct names);

    *names = (struct names){.arena = arena, .capacity = 16};
    while (names->capacity < 2 * most)
        names->capacity *= 2;
    names->places = ARENA_ARRAY(arena, struct place, names->capacity);
    names->empty = arena_mark(arena);
    return names;
}

void names_free(struct names **names)
{
    struct arena *arena = *names ? (*names)->arena : NULL;

    if (arena)
        arena_free(&arena);
    *names = NULL;
}

static struct place *find_place(const struct names *names, char kind, struct str name)
{
    size_t i = str_hash(name, (uint64_t)kind) & (names->capacity - 1);

    while (names->places[i].name.p && !(names->places[i].kind == kind && str_equal(names->places[i].name, name)))
        i = (i + 1) & (names->capacity - 1);
    return &names->places[i];
}

bool names_find(const struct names *names, char kind, struct str name, int64_t *out)
{
    const struct place *place = find_place(names, kind, name);

    if (!place->name.p)
        return false;
    *out = place->number;
    return true;
}

static void forget(struct names *names)
{
    memset(names->places, 0, sizeof *names->places * names->capacity);
    arena_back(names->arena, names->empty);
    names->n = names->bytes = 0;
}

void names_put(struct names *names, char kind, struct str name, int64_t number)
{
    if (names->n >= names->capacity / 2 || names->bytes >= names->capacity / 2 * BYTES_OF_NAME)
        forget(names);
    struct place *place = find_place(names, kind, name);
    if (!place->name.p) {
        *place = (struct place){.name = str_copy(names->arena, name), .kind = kind};
        names->n++;
        names->bytes += name.n;
    }
    place->number = number;
}
