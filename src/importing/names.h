/* names.h - which number a name has, remembered over many stories so that nobody asks twice.
 *
 * Bounded: when it is full it forgets everything and starts again.
 */
#ifndef HAOWAI_IMPORTING_NAMES_H
#define HAOWAI_IMPORTING_NAMES_H

#include "lib/base/str.h"

struct names;

/* Has room for about `most`. Owns its memory. */
struct names *names_new(size_t most);
void names_free(struct names **names);

/* `kind` keeps sections, keywords and people apart. False when it is not known. */
bool names_find(const struct names *names, char kind, struct str name, int64_t *out);
void names_put(struct names *names, char kind, struct str name, int64_t number);

#endif
