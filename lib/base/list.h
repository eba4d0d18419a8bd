/* list.h - a typed growable array in an arena.
 *
 *     LIST(struct story) stories = {0};
 *     *LIST_ADD(arena, &stories) = story;
 *     for (size_t i = 0; i < stories.n; i++) use(&stories.at[i]);
 *
 * Pointers to elements are valid until the next LIST_ADD.
 */
#ifndef HAOWAI_BASE_LIST_H
#define HAOWAI_BASE_LIST_H

#include "lib/base/arena.h"

#include <string.h>

#define LIST(type)                                                                                                     \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t n, capacity;                                                                                            \
    }

/* What every LIST looks like to code that knows only the element's size. */
struct any_list {
    void *at;
    size_t n, capacity;
};

/* Adds a zeroed element and returns its address. */
#define LIST_ADD(arena, list)                                                                                          \
    ((__typeof__((list)->at))list_add((arena), (struct any_list *)(void *)(list), sizeof *(list)->at))

static inline void *list_add(struct arena *arena, struct any_list *list, size_t size)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        void *at = arena_zeroed_array(arena, size, capacity);
        if (list->n)
            memcpy(at, list->at, size * list->n);
        list->at = at;
        list->capacity = capacity;
    }
    return (char *)list->at + size * list->n++;
}

#endif
