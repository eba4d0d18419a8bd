/* tally.c - see tally.h.
 *
 * allow: heap, a table that grows and goes many times in the desk's life
 */
#include "src/traffic/tally.h"

#include "lib/base/check.h"

enum { FIRST_CAPACITY = 1024, STORIES_MOST = 1 << 20 };

static struct views *find(struct views *places, size_t capacity, int64_t story)
{
    size_t i = ((uint64_t)story * 0x9e3779b97f4a7c15u >> 20) & (capacity - 1);

    while (places[i].story && places[i].story != story)
        i = (i + 1) & (capacity - 1);
    return &places[i];
}

static void grow(struct tally *tally)
{
    size_t capacity = tally->capacity ? tally->capacity * 2 : FIRST_CAPACITY;
    struct views *places = calloc(capacity, sizeof *places); /* allow: heap, a table that grows */

    if (!places)
        die("out of memory");
    for (size_t i = 0; i < tally->capacity; i++)
        if (tally->places[i].story)
            *find(places, capacity, tally->places[i].story) = tally->places[i];
    free(tally->places); /* allow: heap, as above */
    tally->places = places;
    tally->capacity = capacity;
}

bool tally_add(struct tally *tally, struct views views)
{
    if ((tally->n + 1) * 4 > tally->capacity * 3) {
        if (tally->n >= STORIES_MOST)
            return false;
        grow(tally);
    }
    struct views *place = find(tally->places, tally->capacity, views.story);
    tally->n += place->story == 0;
    place->story = views.story;
    if (__builtin_add_overflow(place->count, views.count, &place->count))
        place->count = INT64_MAX;
    return true;
}

size_t tally_next(const struct tally *tally, size_t *cursor, struct views *out, size_t most)
{
    size_t n = 0;

    for (; *cursor < tally->capacity && n < most; ++*cursor)
        if (tally->places[*cursor].story)
            out[n++] = tally->places[*cursor];
    return n;
}

void tally_free(struct tally *tally)
{
    free(tally->places);
    *tally = (struct tally){0};
}
