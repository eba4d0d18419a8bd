/* parse.h - a template's text as a list of literal runs and tags. */
#ifndef HAOWAI_TEMPLATE_PARSE_H
#define HAOWAI_TEMPLATE_PARSE_H

#include "lib/base/list.h"
#include "lib/base/str.h"

enum token_kind {
    TOKEN_TEXT,     /* {{ }} between; never empty */
    TOKEN_VALUE,    /* {{name}} */
    TOKEN_RAW,      /* {{{name}}} and {{&name}} */
    TOKEN_SECTION,  /* {{#name}} */
    TOKEN_INVERTED, /* {{^name}} */
    TOKEN_CLOSE,    /* {{/name}} */
    TOKEN_PARTIAL,  /* {{> name}} */
};

struct token {
    enum token_kind kind;
    unsigned line;     /* from 1 */
    struct str text;   /* the literal, or the name without surrounding white space */
    struct str indent; /* partials alone on their line: the white space before them */
    size_t match;      /* sections: index of the token that closes them */
};

struct tokens {
    struct token *at;
    size_t n, capacity;
};

/* What is wrong and where. */
struct flaw {
    unsigned line;
    char sentence[200];
};

/* Splits `text` into tokens, which point into it. Comments and changes of
 * delimiters are gone, lines holding nothing but such a tag, a section's tag or
 * a partial are removed as the specification says, and every section has its
 * end. False with *flaw filled when the text is not Mustache. */
bool template_parse(struct arena *arena, struct str text, struct tokens *out, struct flaw *flaw);

#endif
