/* json.c - what a tree answers when it is asked. */
#include "lib/json/json.h"

#include "lib/base/check.h"
#include "lib/json/json_tree.h"

enum json_kind json_type(const struct json *value)
{
    return value ? value->kind : JSON_NULL;
}

bool json_bool(const struct json *value)
{
    CHECK(json_type(value) == JSON_BOOL);
    return value->number != 0;
}

int64_t json_int(const struct json *value)
{
    CHECK(json_type(value) == JSON_INT);
    return value->number;
}

struct str json_text(const struct json *value)
{
    CHECK(json_type(value) == JSON_TEXT);
    return value->text;
}

size_t json_count(const struct json *value)
{
    return json_type(value) == JSON_LIST || json_type(value) == JSON_OBJECT ? value->n : 0;
}

const struct json *json_element(const struct json *value, size_t i)
{
    CHECK(i < json_count(value));
    return &value->at[i];
}

struct str json_name(const struct json *object, size_t i)
{
    CHECK(json_type(object) == JSON_OBJECT && i < object->n);
    return object->names[i];
}

/* Objects here have a handful of members; looking at each is quicker than hashing them. */
const struct json *json_member(const struct json *object, const char *name)
{
    if (json_type(object) != JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->n; i++)
        if (str_equal(object->names[i], str_of(name)))
            return &object->at[i];
    return NULL;
}

struct str json_member_text(const struct json *object, const char *name, struct str otherwise)
{
    const struct json *value = json_member(object, name);

    return json_type(value) == JSON_TEXT ? value->text : otherwise;
}

int64_t json_member_int(const struct json *object, const char *name, int64_t otherwise)
{
    const struct json *value = json_member(object, name);

    return json_type(value) == JSON_INT ? value->number : otherwise;
}
