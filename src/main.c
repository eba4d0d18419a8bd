/* main.c - the first words choose a command; nothing else happens here. */
#include "src/commands.h"

const struct command COMMANDS[] = {
#define COMMAND(name, function, least, most, options, usage, help) {name, function, least, most, options, usage, help},
#include "src/commands.def"
#undef COMMAND
    {NULL, NULL, 0, 0, NULL, NULL, NULL},
};

int main(int argc, char **argv)
{
    return cli_main(COMMANDS, "Haowai 號外 - a whole news site in one program", argc, argv);
}
