/* run_cli.c - haowai run. */
#include "src/commands.h"
#include "src/run/run.h"

int run_command(struct cli *cli)
{
    const char *role = cli_value(cli, "role");
    struct run_options options = {
        .site = cli_value(cli, "site"), .desk = cli_value(cli, "desk"), .role = role, .no_log = cli_has(cli, "no-log")};

    if (role && strcmp(role, "edge") != 0 && strcmp(role, "desk") != 0)
        return cli_wrong(cli, "--role must be edge or desk");
    return run_paper(cli_argument(cli, 0), &options);
}
