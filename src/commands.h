/* commands.h - the functions of commands.def and their table. */
#ifndef HAOWAI_COMMANDS_H
#define HAOWAI_COMMANDS_H

#include "lib/cli/cli.h"

#define COMMAND(name, function, least, most, options, usage, help) command_function function;
#include "src/commands.def"
#undef COMMAND

/* Ends with name == NULL. */
extern const struct command COMMANDS[];

#endif
