/* keyword_rules.c - the kinds of things a keyword can be. */
#include "src/keyword/keyword.h"

static const struct str TYPES[] = {STR_INIT("person"), STR_INIT("place"), STR_INIT("organisation"), STR_INIT("event"),
                                   STR_INIT("thing")};

bool keyword_type_is_known(struct str type)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_equal(type, TYPES[i]))
            return true;
    return false;
}
