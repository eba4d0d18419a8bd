/* program.h - what a compiled template is: a flat array of steps.
 *
 * All names are gone. A value is a list's number and an offset: list 0 is the
 * root with its one element, each list section around a step has the next
 * number. Structs inside structs cost nothing, they are part of the offset.
 */
#ifndef HAOWAI_TEMPLATE_PROGRAM_H
#define HAOWAI_TEMPLATE_PROGRAM_H

#include "lib/base/arena.h"
#include "lib/base/fields.h"
#include "lib/base/list.h"

enum { PROGRAM_LISTS = 16 }; /* the root and 15 list sections inside each other */

enum step_kind {
    STEP_TEXT,   /* print text */
    STEP_VALUE,  /* print the value */
    STEP_IF,     /* go to `jump` unless the value is true */
    STEP_IF_NOT, /* go to `jump` if it is */
    STEP_EACH,   /* begin list number `opens`, or go to `jump` when it is empty */
    STEP_NEXT,   /* go to `jump` when list number `opens` has another element */
};

/* What a list section knows of itself. */
enum loop_fact { LOOP_NOTHING, LOOP_FIRST, LOOP_LAST, LOOP_INDEX };

struct step {
    uint8_t kind;   /* enum step_kind */
    uint8_t type;   /* enum field_type of the value */
    uint8_t fact;   /* enum loop_fact; when not LOOP_NOTHING it is the value and offset means nothing */
    uint8_t form;   /* enum moment_form */
    uint8_t escape; /* enum escape */
    uint8_t list;   /* number of the list whose element holds the value */
    uint8_t opens;
    bool link;           /* STEP_TEXT: an attribute that holds an address begins ... */
    uint32_t link_tail;  /* ... so many bytes before the text's end */
    uint32_t jump;       /* index of a step */
    size_t offset;       /* of the value in that element */
    size_t element_size; /* STEP_NEXT */
    struct str text;
};

#define TEMPLATE_MAGIC 0x544d504cu

struct template
{
    uint32_t magic;
    struct arena *arena;
    LIST(struct step) steps;
};

#endif
