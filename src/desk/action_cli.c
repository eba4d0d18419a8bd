/* action_cli.c - haowai desk: any action of actions.def by its method and address. */
#include "lib/base/arena.h"
#include "src/commands.h"
#include "src/desk/desk_cli.h"

#include <stdio.h>

int desk_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    const char *file = cli_argument(cli, 3);
    struct str body = file ? desk_cli_read_object(&desk, file) : STR("");

    if (desk_cli_do(&desk, cli_argument(cli, 1), cli_argument(cli, 2), body))
        printf("%.*s\n", STR_ARG(desk.text));
    return desk_cli_close(&desk);
}
