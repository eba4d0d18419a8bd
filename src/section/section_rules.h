/* section_rules.h - what an order of sections must be. */
#ifndef HAOWAI_SECTION_SECTION_RULES_H
#define HAOWAI_SECTION_SECTION_RULES_H

#include "src/section/section.h"

/* NULL when `ids` names every section once; else a sentence that says what is wrong, in the arena. */
const char *section_order_problem(struct arena *arena, const sections *known, const int64_t *ids, size_t n);

#endif
