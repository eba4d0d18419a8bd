/* fields.c - finding a field by its name. */
#include "lib/base/fields.h"

const struct field *fields_find(const struct fields *fields, struct str name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (str_equal(fields->at[i].name, name))
            return &fields->at[i];
    return NULL;
}
