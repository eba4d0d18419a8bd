/* loss.h - what of an archive could not be kept: which field, why, how often, with examples.
 *
 * Whoever leaves something out, cuts or guesses says so here, in the moment he
 * does it. Bounded: the first LOSS_KINDS kinds are told apart, further ones are
 * counted together, and each keeps its first examples.
 */
#ifndef HAOWAI_IMPORTING_LOSS_H
#define HAOWAI_IMPORTING_LOSS_H

#include "lib/base/fields.h"
#include "lib/json/json.h"

enum { LOSS_KINDS = 200, LOSS_EXAMPLES = 3, LOSS_EXAMPLE_MOST = 60 }; /* characters of an example */

struct loss_example {
    int64_t line;
    struct str text;
};

struct loss {
    struct str field; /* a member of the input's */
    struct str what;  /* "cut at 120 full-width characters" */
    int64_t times;
    LIST(struct loss_example) examples;
};
extern const struct fields LOSS_FIELDS;

struct losses {
    struct arena *arena;
    int64_t line; /* of the input: where what is noted next was found */
    LIST(struct loss) kinds;
};

static inline struct losses losses_of(struct arena *arena)
{
    return (struct losses){.arena = arena};
}

/* `what` and `example` are copied; an example of "" is none. */
void loss_note(struct losses *losses, const char *field, const char *what, struct str example);
void loss_note_of(struct losses *losses, struct str field, struct str what, struct str example);

/* Adds what `from` has noted. */
void losses_add(struct losses *to, const struct losses *from);

/* The list as JSON, and back; what is no such list adds nothing. */
void losses_write(struct buf *out, const struct losses *losses);
void losses_read(struct losses *losses, const struct json *json);

#endif
