/* section_rules.c - an order names every section once: a partial one would leave two at one place. */
#include "src/section/section_rules.h"

#include "lib/base/arena.h"

static size_t times(const int64_t *ids, size_t n, int64_t id)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += ids[i] == id;
    return count;
}

static bool is_known(const sections *known, int64_t id)
{
    for (size_t i = 0; i < known->n; i++)
        if (known->at[i].id == id)
            return true;
    return false;
}

const char *section_order_problem(struct arena *arena, const sections *known, const int64_t *ids, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_known(known, ids[i]))
            return str_cstr(arena, str_printf(arena, "there is no section %lld", (long long)ids[i]));
    for (size_t i = 0; i < known->n; i++) {
        const struct section *section = &known->at[i];
        if (times(ids, n, section->id) != 1)
            return str_cstr(arena, str_printf(arena, "section %lld (%.*s) must be named once; name every section",
                                              (long long)section->id, STR_ARG(section->name)));
    }
    return NULL;
}
