/* record_inside.h - a line of an archive while it is read; private to record*.c. */
#ifndef HAOWAI_IMPORTING_RECORD_INSIDE_H
#define HAOWAI_IMPORTING_RECORD_INSIDE_H

#include "src/importing/record.h"

enum { ID_MOST = 300 }; /* bytes of an id or origin; a longer id is known by its hash */

struct reading {
    struct arena *arena;
    struct losses *losses;
    const char *member; /* the one being read */
    struct record *record;
    const struct json *body; /* read last, when everything else is known */
    struct str text;         /* of a body that is text */
    record_texts videos;
};

/* Notes a loss of the member being read. */
void record_note(struct reading *reading, const char *what, struct str example);

/* --- record_finish.c ------------------------------------------------------------------------ */

/* Every text "", everything else as when nothing is said. */
void record_set_defaults(struct record *record);

/* The body, and from it a title that was missing. */
void record_finish_body(struct reading *reading);

/* Whose story it is, and its id, when they were missing; and the hash. */
void record_finish_identity(struct reading *reading);

#endif
