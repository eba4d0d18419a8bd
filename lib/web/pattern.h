/* pattern.h - "/news/{day:int}/{id:int}" against a path. */
#ifndef HAOWAI_WEB_PATTERN_H
#define HAOWAI_WEB_PATTERN_H

#include "lib/base/str.h"

enum { PATTERN_MOST_VALUES = 4 };

/* The values a path has for a pattern's parameters, in order. */
struct pattern_values {
    struct str text[PATTERN_MOST_VALUES]; /* decoded; lives in the arena or the path */
    int64_t number[PATTERN_MOST_VALUES];  /* of {x:int}; else 0 */
};

/* Does the still encoded path match? {x} takes one non-empty segment, or the
 * part of one up to the literal that follows; {x:int} takes 1-18 digits
 * without a leading zero. Without an arena, texts are left encoded. */
bool pattern_match(const char *pattern, struct str path, struct arena *arena, struct pattern_values *out);

/* The place of parameter `name`; -1 when the pattern has none of that name. */
int pattern_place(const char *pattern, const char *name);

#endif
