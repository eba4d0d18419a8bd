/* touched.c - what one transaction touched, each tag once, as the text that goes into the log of changes.
 *
 * An import touches a hundred thousand tags in one transaction, so "is it
 * there already" is a probe into an open-addressing set of hashes. The text is
 * bounded; beyond the bound the change is told as "*": everybody renders
 * anew, nobody is told too little. Two tags with one hash would lose the
 * second: at 64 bits, and a million tags in one transaction, once in 37
 * million such transactions.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/db/engine.h"

enum { LONGEST_LIST = 1 << 20, FIRST_CAPACITY = 64 };

/* Where the hash is, or where it would go. */
static uint64_t *find_place(uint64_t *hashes, size_t capacity, uint64_t hash)
{
    size_t i = hash & (capacity - 1);

    while (hashes[i] != 0 && hashes[i] != hash)
        i = (i + 1) & (capacity - 1);
    return &hashes[i];
}

static void grow(struct touched *touched)
{
    size_t capacity = touched->capacity ? touched->capacity * 2 : FIRST_CAPACITY;
    uint64_t *hashes = ARENA_ARRAY(touched->arena, uint64_t, capacity);

    for (size_t i = 0; i < touched->capacity; i++)
        if (touched->hashes[i])
            *find_place(hashes, capacity, touched->hashes[i]) = touched->hashes[i];
    touched->hashes = hashes;
    touched->capacity = capacity;
}

void touched_add(struct touched *touched, struct str tag)
{
    uint64_t hash = tag_hash(tag);

    if (touched->texts.max == 0)
        touched->texts = BUF(LONGEST_LIST);
    if (str_equal(tag, TAG_EVERYTHING))
        touched->texts.overflow = true; /* says it all, so nothing more is collected */
    if (touched->texts.overflow)
        return;
    if (touched->count * 2 >= touched->capacity)
        grow(touched);
    uint64_t *place = find_place(touched->hashes, touched->capacity, hash);
    if (*place == hash)
        return;
    *place = hash;
    touched->count++;
    if (touched->texts.n)
        buf_add_char(&touched->texts, ' ');
    buf_add_str(&touched->texts, tag);
}

struct str touched_tags(const struct touched *touched)
{
    return touched->texts.overflow ? TAG_EVERYTHING : buf_str(&touched->texts);
}

void touched_free(struct touched *touched)
{
    buf_free(&touched->texts);
}
