/* actions.c - actions.def as a table. */
#include "src/actions.h"

const struct action_route ACTIONS[] = {
#define ACTION(method, pattern, function) {method, pattern, function},
#include "src/actions.def"
#undef ACTION
    {NULL, NULL, NULL},
};
