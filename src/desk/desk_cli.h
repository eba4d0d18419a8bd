/* desk_cli.h - what commands that do an action have in common. */
#ifndef HAOWAI_DESK_DESK_CLI_H
#define HAOWAI_DESK_DESK_CLI_H

#include "lib/base/buf.h"
#include "lib/cli/cli.h"
#include "lib/json/json.h"
#include "src/app.h"
#include "src/desk/desk_call.h"

/* A command's connection to the desk of the paper its first argument names. */
struct desk_cli {
    struct cli *cli;
    struct arena *arena;
    struct desk_link *link;
    int status;                /* exit status so far; when it is not CLI_DONE, it has been said why */
    struct str text;           /* of the last answer */
    const struct json *answer; /* parsed; NULL when it was refused */
};

/* Opens it. Check .status. */
struct desk_cli desk_cli_open(struct cli *cli);

/* Closes it; returns the exit status. */
int desk_cli_close(struct desk_cli *desk);

/* Does an action; does nothing when something failed before. A refusal is printed with the member it is about. */
bool desk_cli_do(struct desk_cli *desk, const char *method, const char *target, struct str body);

/* The file's JSON object ("-": standard input); fails with line and column when it is none. */
struct str desk_cli_read_object(struct desk_cli *desk, const char *path);

/* An argument that must be a number above 0; 0 when it failed. */
int64_t desk_cli_number(struct desk_cli *desk, int argument);

/* --- composing a body ------------------------------------------------------------------ */

/* {"name":"value", ...} from options that were given. `object` (may be "") is an object to add them to. */
struct str desk_cli_object(struct desk_cli *desk, struct str object, const char *options);

#endif
