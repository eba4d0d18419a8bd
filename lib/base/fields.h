/* fields.h - a struct described once, for rows, templates and JSON.
 *
 *     const struct fields STORY_FIELDS = FIELDS(struct story,
 *         FIELD(struct story, id),
 *         FIELD(struct story, title),
 *         FIELD_LIST(struct story, keywords, KEYWORD_FIELDS),
 *         FIELD_DESK(struct story, editor_note));
 *
 * The C type decides the field's type (_Generic: a double does not compile).
 * Columns are matched to fields by name; so are template variables and JSON
 * members. FIELD_DESK marks what readers must never see: a template of the
 * reader's site that names such a field is a start-up error.
 */
#ifndef HAOWAI_BASE_FIELDS_H
#define HAOWAI_BASE_FIELDS_H

#include "lib/base/clock.h"
#include "lib/base/list.h"
#include "lib/base/str.h"

/* Markup our own code made and vouches for; the only type a template prints unescaped. */
struct html {
    struct str markup;
};

enum field_type {
    FIELD_TYPE_INT,    /* int64_t */
    FIELD_TYPE_BOOL,   /* bool */
    FIELD_TYPE_TEXT,   /* struct str */
    FIELD_TYPE_MOMENT, /* struct moment */
    FIELD_TYPE_HTML,   /* struct html */
    FIELD_TYPE_STRUCT, /* a struct described by `of` */
    FIELD_TYPE_LIST,   /* a LIST of structs described by `of`; of texts when `of` is NULL */
};

enum field_audience { FIELD_FOR_EVERYONE, FIELD_FOR_DESK };

struct field {
    struct str name;
    enum field_type type;
    enum field_audience audience;
    size_t offset;
    const struct fields *of;
};

struct fields {
    const char *name; /* of the struct, for error messages */
    size_t size;
    const struct field *at;
    size_t n;
};

/* clang-format off */
#define FIELD_TYPE(struct_type, member) \
    _Generic(((struct_type *)0)->member, \
        int64_t: FIELD_TYPE_INT, \
        bool: FIELD_TYPE_BOOL, \
        struct str: FIELD_TYPE_TEXT, \
        struct moment: FIELD_TYPE_MOMENT, \
        struct html: FIELD_TYPE_HTML)
/* clang-format on */

#define FIELD_MAKE(label, kind, reader, place, description)                                                            \
    {                                                                                                                  \
        .name = STR_INIT(label), .type = (kind), .audience = (reader), .offset = (place), .of = (description)          \
    }

#define FIELD(struct_type, member)                                                                                     \
    FIELD_MAKE(#member, FIELD_TYPE(struct_type, member), FIELD_FOR_EVERYONE, offsetof(struct_type, member), NULL)
#define FIELD_DESK(struct_type, member)                                                                                \
    FIELD_MAKE(#member, FIELD_TYPE(struct_type, member), FIELD_FOR_DESK, offsetof(struct_type, member), NULL)
#define FIELD_STRUCT(struct_type, member, description)                                                                 \
    FIELD_MAKE(#member, FIELD_TYPE_STRUCT, FIELD_FOR_EVERYONE, offsetof(struct_type, member), &(description))
#define FIELD_LIST(struct_type, member, description)                                                                   \
    FIELD_MAKE(#member, FIELD_TYPE_LIST, FIELD_FOR_EVERYONE, offsetof(struct_type, member), &(description))
#define FIELD_TEXTS(struct_type, member)                                                                               \
    FIELD_MAKE(#member, FIELD_TYPE_LIST, FIELD_FOR_EVERYONE, offsetof(struct_type, member), NULL)

#define FIELDS(struct_type, ...)                                                                                       \
    {                                                                                                                  \
        .name = #struct_type, .size = sizeof(struct_type), .at = (const struct field[]){__VA_ARGS__},                  \
        .n = sizeof((const struct field[]){__VA_ARGS__}) / sizeof(struct field),                                       \
    }

/* The field of that name, or NULL. */
const struct field *fields_find(const struct fields *fields, struct str name);

#endif
