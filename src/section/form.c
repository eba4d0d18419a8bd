/* form.c - see form.h. The only file of the desk's small domains that looks into JSON. */
#include "src/section/form.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/section/slug.h"

#include <stdarg.h>

void form_refuse(struct form *form, int status, const char *member, const char *format, ...)
{
    char text[1024];
    va_list args;

    if (form->refused)
        return;
    form->refused = true;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    /* a cut may have gone through a character */
    struct str whole = {text, utf8_valid_prefix(str_of(text))};
    action_refuse(form->a, status, member, "%.*s", STR_ARG(whole));
}

static bool is_named(const char *members, struct str name)
{
    for (struct str rest = str_of(members); rest.p;)
        if (str_equal(str_cut(&rest, ' '), name))
            return true;
    return false;
}

struct form form_of(struct action *a, const char *members)
{
    struct form form = {.a = a};

    if (!a->body || json_type(a->body) != JSON_OBJECT) {
        form_refuse(&form, FORM_WRONG, NULL, "send a JSON object with these members: %s", members);
        return form;
    }
    for (size_t i = 0; i < json_count(a->body) && !form.refused; i++) {
        struct str name = json_name(a->body, i);
        if (!is_named(members, name))
            form_refuse(&form, FORM_WRONG, str_cstr(a->arena, utf8_first_chars(name, 60)),
                        "is not known here; known members are: %s", members);
    }
    return form;
}

/* The member's value; NULL when it is absent, null, or something was refused already. */
static const struct json *value_of(const struct form *form, const char *member)
{
    const struct json *value = form->refused ? NULL : json_member(form->a->body, member);

    return value && json_type(value) != JSON_NULL ? value : NULL;
}

bool form_has(const struct form *form, const char *member)
{
    return value_of(form, member) != NULL;
}

static struct str clean_text(struct form *form, const char *member, const struct json *value, size_t most,
                             bool one_line)
{
    if (json_type(value) != JSON_TEXT) {
        form_refuse(form, FORM_WRONG, member, "must be a text");
        return STR("");
    }
    struct str text = str_trim(utf8_clean(form->a->arena, json_text(value), one_line, NULL));
    if (utf8_count(text) <= most)
        return text;
    form_refuse(form, FORM_WRONG, member, "has %zu characters; at most %zu are allowed", utf8_count(text), most);
    return STR("");
}

static struct str read_text(struct form *form, const char *member, size_t most, bool one_line)
{
    const struct json *value = value_of(form, member);

    return value ? clean_text(form, member, value, most, one_line) : STR("");
}

struct str form_line(struct form *form, const char *member, size_t most)
{
    return read_text(form, member, most, true);
}

struct str form_text(struct form *form, const char *member, size_t most)
{
    return read_text(form, member, most, false);
}

struct str form_needed_line(struct form *form, const char *member, size_t most)
{
    struct str text = form_line(form, member, most);

    if (text.n == 0)
        form_refuse(form, FORM_WRONG, member, "is missing; give a text of at most %zu characters", most);
    return text;
}

static bool whole_number(const struct json *value, int64_t least, int64_t most, int64_t *out)
{
    return json_type(value) == JSON_INT && (*out = json_int(value)) >= least && *out <= most;
}

int64_t form_int(struct form *form, const char *member, int64_t otherwise, int64_t least, int64_t most)
{
    const struct json *value = value_of(form, member);
    int64_t number;

    if (!value)
        return otherwise;
    if (whole_number(value, least, most, &number))
        return number;
    if (most == INT64_MAX)
        form_refuse(form, FORM_WRONG, member, "must be a whole number, at least %lld", (long long)least);
    else
        form_refuse(form, FORM_WRONG, member, "must be a whole number from %lld to %lld", (long long)least,
                    (long long)most);
    return otherwise;
}

bool form_bool(struct form *form, const char *member, bool otherwise)
{
    const struct json *value = value_of(form, member);

    if (!value)
        return otherwise;
    if (json_type(value) == JSON_BOOL)
        return json_bool(value);
    form_refuse(form, FORM_WRONG, member, "must be true or false");
    return otherwise;
}

struct moment form_moment(struct form *form, const char *member, struct moment otherwise)
{
    struct str text = form_line(form, member, 60);
    struct moment moment;

    if (text.n == 0)
        return otherwise;
    if (moment_parse(text, &moment))
        return moment;
    form_refuse(form, FORM_WRONG, member, "must be a date with a time, like 2025-08-21T11:19:00+08:00");
    return otherwise;
}

struct str form_slug(struct form *form, const char *member)
{
    struct str slug = form_line(form, member, SLUG_MOST);

    if (slug.n == 0 || slug_is_valid(slug))
        return slug;
    form_refuse(form, FORM_WRONG, member, "must be " SLUG_RULE);
    return STR("");
}

/* The list of that name with at most `most` elements, or NULL. */
static const struct json *list_of(struct form *form, const char *member, size_t most)
{
    const struct json *value = value_of(form, member);

    if (!value)
        return NULL;
    if (json_type(value) != JSON_LIST)
        form_refuse(form, FORM_WRONG, member, "must be a list");
    else if (json_count(value) > most)
        form_refuse(form, FORM_WRONG, member, "has %zu elements; at most %zu are allowed", json_count(value), most);
    return form->refused ? NULL : value;
}

void form_ids(struct form *form, const char *member, size_t most, form_numbers *out)
{
    const struct json *list = list_of(form, member, most);

    for (size_t i = 0; list && i < json_count(list) && !form->refused; i++) {
        int64_t number = 0;
        if (!whole_number(json_element(list, i), 1, INT64_MAX, &number))
            form_refuse(form, FORM_WRONG, member, "must hold whole numbers above 0; element %zu is none", i + 1);
        for (size_t j = 0; j < out->n; j++)
            if (out->at[j] == number)
                form_refuse(form, FORM_WRONG, member, "names %lld twice", (long long)number);
        *LIST_ADD(form->a->arena, out) = number;
    }
}

void form_list(struct form *form, const char *member, size_t most, size_t characters, form_lines *out)
{
    const struct json *list = list_of(form, member, most);

    for (size_t i = 0; list && i < json_count(list) && !form->refused; i++) {
        struct str line = clean_text(form, member, json_element(list, i), characters, true);
        if (line.n == 0)
            form_refuse(form, FORM_WRONG, member, "has an empty element, number %zu; leave it out", i + 1);
        *LIST_ADD(form->a->arena, out) = line;
    }
}

int64_t form_query(const struct action *a, const char *name, int64_t otherwise, int64_t least, int64_t most)
{
    int64_t number = action_query_int(a, name, otherwise);

    if (number < least)
        return least;
    return number < most ? number : most;
}
