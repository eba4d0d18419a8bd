/* names.h - what a name in a template means: the stack of contexts, searched at compile time. */
#ifndef HAOWAI_TEMPLATE_NAMES_H
#define HAOWAI_TEMPLATE_NAMES_H

#include "lib/base/fields.h"
#include "lib/template/moment.h"
#include "lib/template/program.h"

/* Something a name can mean, and where a render finds it (see program.h). */
struct subject {
    enum field_type type;
    enum loop_fact fact;
    enum moment_form form;
    const struct fields *of; /* structs, and lists of structs */
    size_t list, offset;
};

/* One context: a struct whose fields have names here, or a value that is only {{.}}. */
struct scope {
    struct subject subject;
    bool element; /* of the list `subject.list`: -first, -last and -index exist */
};

enum { SECTIONS_DEEP = 64 };

struct scopes {
    struct scope at[SECTIONS_DEEP + 1]; /* innermost last; the root is the first */
    size_t n;
    enum field_audience audience;
};

enum name_result { NAME_FOUND, NAME_UNKNOWN, NAME_REFUSED };

/* Resolves a name, dotted or not. The first part is looked for through all
 * scopes, innermost first; the others in what the parts before them mean.
 * NAME_UNKNOWN when there is none such, NAME_REFUSED when there is but it
 * cannot be used so; both with a sentence for the template's author, who is
 * told the closest name there is. */
enum name_result name_resolve(const struct scopes *scopes, struct str name, struct subject *out, char *sentence,
                              size_t sentence_size);

/* What is printed for one: "a text", "a list" ... */
const char *subject_kind(const struct subject *subject);

#endif
