/* once.c - results by function and number; a page has a handful. */
#include "lib/web/once.h"

static const struct once_result *find_or_read(struct part *part, once_function *read, int64_t id)
{
    struct once *once = part->once;
    struct tag_set tags = {.arena = part->arena};

    for (size_t i = 0; i < once->results.n; i++)
        if (once->results.at[i].read == read && once->results.at[i].id == id)
            return &once->results.at[i];
    struct tag_set *former = db_collect(part->db, &tags);
    const void *value = read(part->db, part->arena, id);
    db_collect(part->db, former);
    struct once_result *result = LIST_ADD(part->arena, &once->results);
    *result = (struct once_result){.read = read, .id = id, .value = value, .tags = tags};
    return result;
}

const void *part_once(struct part *part, once_function *read, int64_t id)
{
    if (!part->once)
        return read(part->db, part->arena, id);
    const struct once_result *result = find_or_read(part, read, id);
    struct tag_set *tags = db_collect(part->db, NULL);
    for (size_t i = 0; tags && i < result->tags.n; i++)
        tag_set_add(tags, result->tags.at[i]);
    db_collect(part->db, tags);
    return result->value;
}
