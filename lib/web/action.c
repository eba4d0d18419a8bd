/* action.c - what actions ask and how they answer, see action.h. */
#include "lib/web/action.h"

#include "lib/base/check.h"
#include "lib/http/url.h"

#include <stdarg.h>

static int place_of(const struct action *a, const char *name)
{
    int place = pattern_place(a->route->pattern, name);

    CHECK(place >= 0);
    return place;
}

struct str action_param(const struct action *a, const char *name)
{
    return a->values.text[place_of(a, name)];
}

int64_t action_param_int(const struct action *a, const char *name)
{
    return a->values.number[place_of(a, name)];
}

struct str action_query(const struct action *a, const char *name)
{
    struct str raw = url_query_find(a->query, str_of(name)), value;

    return raw.p && url_decode_form(a->arena, raw, &value) ? value : STR("");
}

int64_t action_query_int(const struct action *a, const char *name, int64_t otherwise)
{
    int64_t number;

    return str_to_int(action_query(a, name), &number) ? number : otherwise;
}

void action_answer(struct action *a, int status, const struct fields *fields, const void *data)
{
    a->status = status;
    buf_clear(&a->out);
    json_write(&a->out, a->arena, fields, data, FIELD_FOR_DESK);
}

void action_refuse(struct action *a, int status, const char *field, const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    a->status = status;
    buf_clear(&a->out);
    buf_add_str(&a->out, STR("{\"error\":{\"message\":"));
    json_write_text(&a->out, str_of(text));
    if (field) {
        buf_add_str(&a->out, STR(",\"field\":"));
        json_write_text(&a->out, str_of(field));
    }
    buf_add_str(&a->out, STR("}}"));
}
