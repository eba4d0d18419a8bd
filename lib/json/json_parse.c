/* json_parse.c - jansson reads, its tree is copied into the arena and let go.
 *
 * The copy costs less than the reading and makes every text of a story live as
 * long as the request it came in, like all others.
 */
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "lib/json/json_jansson.h"
#include "lib/json/json_tree.h"

/* False when it goes deeper than `levels` more. */
static bool copy(struct arena *arena, const json_t *from, int levels, struct json *to);

static bool copy_list(struct arena *arena, const json_t *from, int levels, struct json *to)
{
    to->n = json_array_size(from);
    to->at = ARENA_ARRAY(arena, struct json, to->n);
    for (size_t i = 0; i < to->n; i++)
        if (!copy(arena, json_array_get(from, i), levels, &to->at[i]))
            return false;
    return true;
}

static bool copy_object(struct arena *arena, json_t *from, int levels, struct json *to)
{
    size_t i = 0;

    to->n = json_object_size(from);
    to->at = ARENA_ARRAY(arena, struct json, to->n);
    to->names = ARENA_ARRAY(arena, struct str, to->n);
    for (void *at = json_object_iter(from); at; at = json_object_iter_next(from, at), i++) {
        struct str name = {json_object_iter_key(at), json_object_iter_key_len(at)};
        to->names[i] = str_copy(arena, name);
        if (!copy(arena, json_object_iter_value(at), levels, &to->at[i]))
            return false;
    }
    CHECK(i == to->n);
    return true;
}

static void copy_real(struct arena *arena, const json_t *from, struct json *to)
{
    char digits[64];
    size_t n = json_dumpb(from, digits, sizeof digits, JSON_ENCODE_ANY);

    CHECK(n > 0 && n <= sizeof digits);
    to->text = str_copy(arena, (struct str){digits, n});
}

static bool copy(struct arena *arena, const json_t *from, int levels, struct json *to)
{
    static const enum json_kind kinds[] = {
        [JANSSON_OBJECT] = JSON_OBJECT, [JSON_ARRAY] = JSON_LIST, [JSON_STRING] = JSON_TEXT, [JSON_INTEGER] = JSON_INT,
        [JANSSON_REAL] = JSON_REAL,     [JSON_TRUE] = JSON_BOOL,  [JSON_FALSE] = JSON_BOOL,  [JANSSON_NULL] = JSON_NULL,
    };

    to->kind = kinds[json_typeof(from)];
    switch (to->kind) {
    case JSON_NULL: break;
    case JSON_BOOL: to->number = json_is_true(from); break;
    case JSON_INT: to->number = json_integer_value(from); break;
    case JSON_REAL: copy_real(arena, from, to); break;
    case JSON_TEXT: to->text = str_copy(arena, (struct str){json_string_value(from), json_string_length(from)}); break;
    case JSON_LIST: return levels > 0 && copy_list(arena, from, levels - 1, to);
    case JSON_OBJECT: return levels > 0 && copy_object(arena, (json_t *)from, levels - 1, to);
    }
    return true;
}

/* jansson quotes what it choked on, which is a stranger's. */
static void explain(struct arena *arena, const json_error_t *error, char *wrong, size_t wrong_size)
{
    struct str text = utf8_clean(arena, str_of(error->text), true, NULL);

    snprintf(wrong, wrong_size, "line %d, column %d: %.*s", error->line, error->column, STR_ARG(text));
    size_t whole = utf8_valid_prefix(str_of(wrong)); /* a message too long may end within a character */
    if (wrong_size)
        wrong[whole] = '\0';
}

const struct json *json_parse_explained(struct arena *arena, struct str text, char *wrong, size_t wrong_size)
{
    struct json *value = ARENA_NEW(arena, struct json);
    json_error_t error;

    if (text.n > JSON_LARGEST) {
        snprintf(wrong, wrong_size, "longer than %d bytes", JSON_LARGEST);
        return NULL;
    }
    json_t *read = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!read) {
        explain(arena, &error, wrong, wrong_size);
        return NULL;
    }
    bool fits = copy(arena, read, JSON_DEEP, value);
    json_decref(read);
    if (!fits)
        snprintf(wrong, wrong_size, "lists and objects in one another deeper than %d levels", JSON_DEEP);
    return fits ? value : NULL;
}

const struct json *json_parse(struct arena *arena, struct str text)
{
    char wrong[2];

    return json_parse_explained(arena, text, wrong, sizeof wrong);
}
