/* attachments.c - a table by id, open addressing, that doubles when it is half full. */
#include "src/importing/attachments.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"

enum { FIRST_PLACES = 1024, TEXT_MOST = 500, URL_MOST = 2000 }; /* characters of a caption; bytes */

struct attachments {
    struct arena *arena;
    struct attachment *places; /* url.p == NULL: free */
    size_t capacity, n;
};

struct attachments *attachments_new(void)
{
    struct arena *arena = arena_new();
    struct attachments *attachments = ARENA_NEW(arena, struct attachments);

    *attachments = (struct attachments){.arena = arena, .capacity = FIRST_PLACES};
    attachments->places = ARENA_ARRAY(arena, struct attachment, FIRST_PLACES);
    return attachments;
}

void attachments_free(struct attachments **attachments)
{
    struct arena *arena = *attachments ? (*attachments)->arena : NULL;

    if (arena)
        arena_free(&arena);
    *attachments = NULL;
}

static struct attachment *find_place(struct attachment *places, size_t capacity, struct str id)
{
    size_t i = str_hash(id, 0) & (capacity - 1);

    while (places[i].url.p && !str_equal(places[i].id, id))
        i = (i + 1) & (capacity - 1);
    return &places[i];
}

static void grow(struct attachments *attachments)
{
    size_t capacity = attachments->capacity * 2;
    struct attachment *places = ARENA_ARRAY(attachments->arena, struct attachment, capacity);

    for (size_t i = 0; i < attachments->capacity; i++)
        if (attachments->places[i].url.p)
            *find_place(places, capacity, attachments->places[i].id) = attachments->places[i];
    attachments->places = places;
    attachments->capacity = capacity;
}

void attachments_add(struct attachments *attachments, const struct attachment *attachment)
{
    struct arena *arena = attachments->arena;

    if (attachments->n == ATTACHMENTS_MOST || attachment->url.n == 0 || attachment->url.n > URL_MOST ||
        attachment->id.n == 0 || attachment->id.n > TEXT_MOST)
        return;
    if (attachments->n * 2 >= attachments->capacity)
        grow(attachments);
    struct attachment *place = find_place(attachments->places, attachments->capacity, attachment->id);
    if (place->url.p)
        return;
    attachments->n++;
    *place = (struct attachment){str_copy(arena, attachment->id), str_copy(arena, attachment->url),
                                 str_copy(arena, utf8_first_chars(attachment->caption, TEXT_MOST)),
                                 str_copy(arena, utf8_first_chars(attachment->alt, TEXT_MOST))};
}

const struct attachment *attachments_find(const struct attachments *attachments, struct str id)
{
    if (!attachments || id.n == 0)
        return NULL;
    const struct attachment *found = find_place(attachments->places, attachments->capacity, id);
    return found->url.p ? found : NULL;
}
