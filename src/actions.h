/* actions.h - the functions of actions.def and their table. */
#ifndef HAOWAI_ACTIONS_H
#define HAOWAI_ACTIONS_H

#include "lib/web/action.h"

#define ACTION(method, pattern, function) action_function function;
#include "src/actions.def"
#undef ACTION

/* Ends with pattern == NULL. */
extern const struct action_route ACTIONS[];

#endif
