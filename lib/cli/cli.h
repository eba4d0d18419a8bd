/* cli.h - a command line becomes a call: words, options, help, and how commands fail.
 *
 * One table says what can be called (commands.def). A command's name is one
 * word or two ("article publish"); its options are named in the table, a '='
 * behind those that take a value: "demo title=". Options may stand anywhere
 * behind the name; "--" ends them. Every command has --help.
 *
 * Exit statuses: 0 done, 1 failed, 2 called wrongly (with a sentence that says how to call it).
 */
#ifndef HAOWAI_CLI_CLI_H
#define HAOWAI_CLI_CLI_H

#include "lib/base/str.h"

struct cli;

typedef int command_function(struct cli *cli);

struct command {
    const char *name;
    command_function *function;
    int least, most;     /* arguments besides options; most < 0: any number */
    const char *options; /* separated by spaces */
    const char *usage;   /* "DIR FILE... [--as published|draft]" */
    const char *help;    /* one or more sentences; lines after the first are indented by the printer */
};

enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_WRONG = 2 };

/* Finds the command, checks the call, runs it; `commands` ends with name == NULL. Returns the exit status. */
int cli_main(const struct command *commands, const char *about, int argc, char **argv);

/* Lives until the command returns. */
struct arena *cli_arena(struct cli *cli);

/* Arguments besides options; NULL behind the last. */
const char *cli_argument(const struct cli *cli, int i);
int cli_argument_count(const struct cli *cli);

/* Was --name given; its value (NULL when it was not given). The table must know the name. */
bool cli_has(const struct cli *cli, const char *name);
const char *cli_value(const struct cli *cli, const char *name);

/* The value as a whole number from `least` to `most`; `otherwise` when absent. A wrong one ends the program (2). */
int64_t cli_number(struct cli *cli, const char *name, int64_t otherwise, int64_t least, int64_t most);

/* Prints "haowai NAME: sentence" on standard error; returns CLI_FAILED. */
int cli_failed(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same and how to call it; returns CLI_WRONG. */
int cli_wrong(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
