/* slug.h - the word by which a section, person, topic or page is known in its address.
 *
 * Letters and digits of any script, with '-' between words: "world", "國際",
 * "taipei-101". Latin letters are small. An address shows it percent-encoded.
 */
#ifndef HAOWAI_SECTION_SLUG_H
#define HAOWAI_SECTION_SLUG_H

#include "lib/base/str.h"

enum { SLUG_MOST = 80 }; /* characters */

/* What must be right: 1 to SLUG_MOST characters as above, none of them '-' at an end or twice in a row. */
bool slug_is_valid(struct str slug);

/* For people: what a slug may be, for error messages. */
#define SLUG_RULE "small letters, digits and single hyphens between them, at most 80 characters"

/* A slug made from a name; lives in the arena. Empty when the name has no letter or digit. */
struct str slug_of_name(struct arena *arena, struct str name);

/* `prefix` and the slug percent-encoded: "/section/" and "國際" give "/section/%E5%9C%8B%E9%9A%9B". */
struct str slug_url(struct arena *arena, struct str prefix, struct str slug);

#endif
