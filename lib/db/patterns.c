/* patterns.c - "section:$1 story:{id}" becomes section:4, story:812, story:815 ...
 *
 * A pattern is split at spaces into tags. Those that name a column are made
 * once per row, the others once per call. Tags are words of A-Z a-z 0-9 : * _ -
 * and the values put in; a text value may hold spaces, which would end the tag
 * early in the log of changes, so a space is written as '_'.
 */
#include "lib/base/check.h"
#include "lib/db/engine.h"

#include <inttypes.h>

enum { LONGEST_TAG = 256 };

struct tag_text {
    char at[LONGEST_TAG];
    size_t n;
};

static void add_bytes(struct tag_text *tag, const char *bytes, size_t n)
{
    CHECK(tag->n + n <= sizeof tag->at);
    memcpy(tag->at + tag->n, bytes, n);
    tag->n += n;
}

/* Long texts go in as their hash: a tag stays short whatever a reader asked for. */
static void add_value(struct tag_text *tag, const struct db_value *value)
{
    char number[24];

    if (value->type == DB_INT) {
        add_bytes(tag, number, (size_t)snprintf(number, sizeof number, "%" PRId64, value->number));
    } else if (value->type == DB_TEXT && value->text.n <= 100) {
        add_bytes(tag, value->text.p, value->text.n);
    } else if (value->type == DB_TEXT) {
        add_bytes(tag, number, (size_t)snprintf(number, sizeof number, "#%" PRIx64, str_hash(value->text, 0)));
    }
}

static int column_named(const struct prepared *prepared, struct str name)
{
    for (size_t i = 0; i < prepared->columns; i++)
        if (str_equal(prepared->names[i], name))
            return (int)i;
    return -1;
}

/* `$12` at the start of *rest: 12, and *rest behind it; 0 when there is no number. */
static size_t cut_number(struct str *rest)
{
    size_t number = 0, at = 1;

    for (; at < rest->n && rest->p[at] >= '0' && rest->p[at] <= '9'; at++)
        number = number * 10 + (size_t)(rest->p[at] - '0');
    *rest = str_from(*rest, at);
    return number;
}

/* `{name}` at the start of *rest: name, and *rest behind it. */
static struct str cut_name(struct str *rest)
{
    ptrdiff_t end = str_find_char(*rest, '}', 1);
    CHECK(end > 0);
    struct str name = {rest->p + 1, (size_t)end - 1};

    *rest = str_from(*rest, (size_t)end + 1);
    return name;
}

static void fill_in(struct str pattern, const struct prepared *prepared, const struct db_args *args,
                    const struct db_value *cells, struct tag_text *tag)
{
    for (struct str rest = pattern; rest.n;) {
        if (rest.p[0] == '$') {
            add_value(tag, &args->at[cut_number(&rest) - 1]);
        } else if (rest.p[0] == '{') {
            add_value(tag, &cells[column_named(prepared, cut_name(&rest))]);
        } else {
            add_bytes(tag, rest.p, 1);
            rest = str_from(rest, 1);
        }
    }
    for (size_t i = 0; i < tag->n; i++)
        if (tag->at[i] == ' ')
            tag->at[i] = '_';
}

void pattern_expand(const char *pattern, const struct prepared *prepared, const struct db_args *args,
                    const struct db_value *cells, tag_function *add, void *context)
{
    for (struct str rest = str_of(pattern); rest.p;) {
        struct str one = str_cut(&rest, ' ');
        bool by_row = str_find_char(one, '{', 0) >= 0;
        if (one.n == 0 || str_equal(one, STR("-")) || by_row != (cells != NULL))
            continue;
        struct tag_text tag = {.n = 0};
        fill_in(one, prepared, args, cells, &tag);
        add(context, (struct str){tag.at, tag.n});
    }
}

const char *pattern_problem(const char *pattern, const struct prepared *prepared, size_t args)
{
    for (struct str rest = str_of(pattern); rest.n;) {
        if (rest.p[0] == '$') {
            size_t number = cut_number(&rest);
            if (number == 0 || number > args)
                return "its tags name an argument the statement does not have";
        } else if (rest.p[0] == '{') {
            if (str_find_char(rest, '}', 1) < 0 || column_named(prepared, cut_name(&rest)) < 0)
                return "its tags name a column the statement does not return";
        } else {
            rest = str_from(rest, 1);
        }
    }
    return NULL;
}
