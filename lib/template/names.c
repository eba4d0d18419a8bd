/* names.c - resolving names against described structs.
 *
 * A typing mistake should cost its author one look: whoever asks for a name
 * that is not there gets the nearest one that is, by edit distance. Names of
 * fields for the desk are never suggested to a template for readers.
 */
#include "lib/template/names.h"

#include <stdarg.h>

enum { NAME_SHOWN = 60, NAME_COMPARED = 40 };

struct question {
    const struct scopes *scopes;
    struct str name; /* all of it */
    char *sentence;
    size_t sentence_size;
};

static enum name_result answer(const struct question *question, enum name_result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum name_result answer(const struct question *question, enum name_result result, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(question->sentence, question->sentence_size, format, args);
    va_end(args);
    return result;
}

const char *subject_kind(const struct subject *subject)
{
    switch (subject->type) {
    case FIELD_TYPE_INT: return "a number";
    case FIELD_TYPE_BOOL: return "a yes-or-no";
    case FIELD_TYPE_TEXT: return "a text";
    case FIELD_TYPE_MOMENT: return "a moment";
    case FIELD_TYPE_HTML: return "markup";
    case FIELD_TYPE_STRUCT: return "a struct";
    case FIELD_TYPE_LIST: return "a list";
    }
    return "nothing";
}

/* --- suggestions ------------------------------------------------------------ */

/* Levenshtein's distance, one row at a time; only beginnings of absurdly long names count. */
static size_t edit_distance(struct str a, struct str b)
{
    size_t row[NAME_COMPARED + 1];

    a = str_head(a, NAME_COMPARED);
    b = str_head(b, NAME_COMPARED);
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t replaced = diagonal + (a.p[i - 1] != b.p[j - 1]);
            size_t moved = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < moved ? replaced : moved;
        }
    }
    return row[b.n];
}

struct suggestion {
    struct str name;
    size_t distance;
};

static void suggest_from(struct suggestion *best, const struct fields *fields, struct str name,
                         enum field_audience audience)
{
    for (size_t i = 0; fields && i < fields->n; i++) {
        if (fields->at[i].audience == FIELD_FOR_DESK && audience == FIELD_FOR_EVERYONE)
            continue;
        size_t distance = edit_distance(fields->at[i].name, name);
        if (distance < best->distance)
            *best = (struct suggestion){fields->at[i].name, distance};
    }
}

/* Up to a third of the letters, and always two, may be wrong. */
static struct suggestion no_suggestion(struct str name)
{
    return (struct suggestion){.distance = (name.n / 3 > 2 ? name.n / 3 : 2) + 1};
}

static enum name_result unknown(const struct question *question, struct str part, const struct fields *inside,
                                struct suggestion best)
{
    struct str shown = str_head(part, NAME_SHOWN);
    const char *where = inside ? inside->name : "";
    const char *in = inside ? " in " : "";

    if (best.name.p)
        return answer(question, NAME_UNKNOWN, "there is no \"%.*s\"%s%s; did you mean \"%.*s\"?", STR_ARG(shown), in,
                      where, STR_ARG(best.name));
    return answer(question, NAME_UNKNOWN, "there is no \"%.*s\"%s%s", STR_ARG(shown), in, where);
}

static enum name_result unknown_anywhere(const struct question *question, struct str part)
{
    struct suggestion best = no_suggestion(part);

    for (size_t i = question->scopes->n; i-- > 0;)
        suggest_from(&best, question->scopes->at[i].subject.of, part, question->scopes->audience);
    return unknown(question, part, question->scopes->n == 1 ? question->scopes->at[0].subject.of : NULL, best);
}

/* --- finding ---------------------------------------------------------------- */

static enum name_result take_field(const struct question *question, const struct subject *from,
                                   const struct field *field, struct subject *out)
{
    if (field->audience == FIELD_FOR_DESK && question->scopes->audience == FIELD_FOR_EVERYONE)
        return answer(question, NAME_REFUSED, "\"%.*s\" of %s is for the desk and must not reach readers",
                      STR_ARG(field->name), from->of->name);
    *out = (struct subject){
        .type = field->type, .of = field->of, .list = from->list, .offset = from->offset + field->offset};
    return NAME_FOUND;
}

static enum name_result find_loop_fact(const struct question *question, struct subject *out)
{
    static const struct str names[] = {
        [LOOP_FIRST] = STR_INIT("-first"), [LOOP_LAST] = STR_INIT("-last"), [LOOP_INDEX] = STR_INIT("-index")};
    const struct scopes *scopes = question->scopes;
    enum loop_fact fact = LOOP_INDEX;

    while (fact != LOOP_NOTHING && !str_equal(names[fact], question->name))
        fact--;
    if (fact == LOOP_NOTHING)
        return answer(question, NAME_UNKNOWN, "there is no \"%.*s\"; there are -first, -last and -index",
                      STR_ARG(str_head(question->name, NAME_SHOWN)));
    for (size_t i = scopes->n; i-- > 0;)
        if (scopes->at[i].element) {
            *out = (struct subject){.type = fact == LOOP_INDEX ? FIELD_TYPE_INT : FIELD_TYPE_BOOL,
                                    .fact = fact,
                                    .list = scopes->at[i].subject.list};
            return NAME_FOUND;
        }
    return answer(question, NAME_UNKNOWN, "\"%.*s\" exists only inside a list's section", STR_ARG(question->name));
}

/* A struct may have a field called "." to be printed itself. */
static enum name_result find_itself(const struct question *question, struct subject *out)
{
    const struct subject *top = &question->scopes->at[question->scopes->n - 1].subject;
    const struct field *field = top->type == FIELD_TYPE_STRUCT ? fields_find(top->of, STR(".")) : NULL;

    *out = *top;
    return field ? take_field(question, top, field, out) : NAME_FOUND;
}

static enum name_result find_first(const struct question *question, struct str part, struct subject *out)
{
    const struct scopes *scopes = question->scopes;

    for (size_t i = scopes->n; i-- > 0;) {
        const struct subject *subject = &scopes->at[i].subject;
        const struct field *field = subject->type == FIELD_TYPE_STRUCT ? fields_find(subject->of, part) : NULL;
        if (field)
            return take_field(question, subject, field, out);
    }
    return unknown_anywhere(question, part);
}

/* The part behind a dot: a field of the struct, or a form of the moment. */
static enum name_result find_inside(const struct question *question, struct str part, struct subject *subject)
{
    struct str shown = str_head(question->name, NAME_SHOWN);

    if (subject->type == FIELD_TYPE_MOMENT && subject->form == MOMENT_FORM_NONE) {
        if (moment_form_find(part, &subject->form))
            return NAME_FOUND;
        return answer(question, NAME_UNKNOWN, "a moment has no form \"%.*s\"; there are %s",
                      STR_ARG(str_head(part, NAME_SHOWN)), MOMENT_FORM_NAMES);
    }
    if (subject->type != FIELD_TYPE_STRUCT)
        return answer(question, NAME_UNKNOWN, "in \"%.*s\" nothing can stand behind the dot before \"%.*s\": it is %s",
                      STR_ARG(shown), STR_ARG(str_head(part, NAME_SHOWN)), subject_kind(subject));

    const struct field *field = fields_find(subject->of, part);
    if (field)
        return take_field(question,
                          &(struct subject){.of = subject->of, .list = subject->list, .offset = subject->offset}, field,
                          subject);
    struct suggestion best = no_suggestion(part);
    suggest_from(&best, subject->of, part, question->scopes->audience);
    return unknown(question, part, subject->of, best);
}

enum name_result name_resolve(const struct scopes *scopes, struct str name, struct subject *out, char *sentence,
                              size_t sentence_size)
{
    struct question question = {scopes, name, sentence, sentence_size};
    struct str rest = name;

    if (str_equal(name, STR(".")))
        return find_itself(&question, out);
    if (name.n && name.p[0] == '-')
        return find_loop_fact(&question, out);
    if (str_find(name, STR(".."), 0) >= 0 || str_starts(name, STR(".")) || str_ends(name, STR(".")))
        return answer(&question, NAME_REFUSED, "in \"%.*s\" a name is missing beside a dot",
                      STR_ARG(str_head(name, NAME_SHOWN)));

    enum name_result result = find_first(&question, str_cut(&rest, '.'), out);
    while (result == NAME_FOUND && rest.p)
        result = find_inside(&question, str_cut(&rest, '.'), out);
    return result;
}
