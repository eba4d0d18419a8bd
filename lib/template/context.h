/* context.h - where in a page the cursor stands, and so how a value must be written there.
 *
 * The compiler feeds the cursor every literal byte in order and asks it about
 * every value. It reads HTML as a browser's tokenizer does, as far as that
 * decides what a value could do: text, tags, attributes, comments, the
 * elements whose inside is not markup, and JSON strings.
 */
#ifndef HAOWAI_TEMPLATE_CONTEXT_H
#define HAOWAI_TEMPLATE_CONTEXT_H

#include "lib/base/fields.h"
#include "lib/template/escape.h"

enum language { LANGUAGE_TEXT, LANGUAGE_HTML, LANGUAGE_XML, LANGUAGE_JSON };

enum place {
    PLACE_TEXT,         /* between tags; everything in a .txt */
    PLACE_TAG_OPEN,     /* behind '<' */
    PLACE_TAG_NAME,     /* in <na */
    PLACE_TAG,          /* between attributes */
    PLACE_GAP,          /* between attributes, where white space must follow: a section just ended */
    PLACE_ATTRIBUTE,    /* in an attribute's name */
    PLACE_AFTER_NAME,   /* in white space behind an attribute's name */
    PLACE_BEFORE_VALUE, /* behind '=' */
    PLACE_QUOTED,       /* in a quoted attribute value */
    PLACE_UNQUOTED,     /* in an unquoted one */
    PLACE_DECLARATION,  /* behind "<!", kind not yet known */
    PLACE_BOGUS,        /* in <!doctype ...>, <?xml ...> and the like */
    PLACE_COMMENT,
    PLACE_CDATA,       /* XML only */
    PLACE_RAW,         /* in script, style and others that hold no markup */
    PLACE_TITLE,       /* in title or textarea: text, but no tags */
    PLACE_JSON,        /* JSON outside strings */
    PLACE_JSON_STRING, /* inside one */
    PLACE_JSON_ESCAPE, /* behind its backslash */
};

enum attribute {
    ATTRIBUTE_PLAIN,
    ATTRIBUTE_LINK,    /* href, src ... */
    ATTRIBUTE_SCRIPT,  /* on..., style, srcdoc: code or markup */
    ATTRIBUTE_TYPE,    /* decides what a script element holds */
    ATTRIBUTE_CONTENT, /* together with http-equiv it can send the reader away */
};

struct cursor {
    enum language language;
    enum place place;
    enum attribute attribute; /* in PLACE_QUOTED and on the way there */
    char quote;               /* in PLACE_QUOTED */
    bool closing;             /* the tag begins with "</" */
    bool json;                /* the script element holds JSON */
    bool equiv, content;      /* the tag has http-equiv; has a value in content */
    unsigned dashes;          /* in PLACE_COMMENT: hyphens just read, at most 2; in PLACE_CDATA brackets */
    char element[12];         /* name of the current tag, then of the element whose inside is not markup */
    char word[28];            /* name or attribute value being read, in lower case, as far as it matters */
    size_t word_length;       /* may exceed the array: then it is no word we know */
};

void cursor_start(struct cursor *cursor, enum language language);

/* Moves over literal text. NULL, or a sentence saying why it may not stand
 * here. *link_at is the offset behind the last opening quote of an attribute
 * that holds an address, -1 when there was none. */
const char *cursor_feed(struct cursor *cursor, struct str text, ptrdiff_t *link_at);

/* What the compiler wants to print. */
struct printed {
    enum field_type type;
    bool number; /* decimal digits and a sign, nothing else */
    bool raw;    /* {{{ }}} */
};

/* How the value must be escaped here. NULL, or a sentence saying why it may not stand here. */
const char *cursor_value(struct cursor *cursor, struct printed value, enum escape *out);

/* A section begins or ends here: a name being read ends as well. */
void cursor_boundary(struct cursor *cursor);

/* Joins the two ways past a section. NULL, or a sentence when they lead to
 * different places. */
const char *cursor_merge(struct cursor *cursor, const struct cursor *other);

/* NULL, or a sentence when a file may not end here. */
const char *cursor_end(const struct cursor *cursor);

#endif
