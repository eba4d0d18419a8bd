/* cli.c - see cli.h. */
#include "lib/cli/cli.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_OPTIONS = 16 };

struct cli {
    struct arena *arena;
    const struct command *command;
    const char **arguments; /* ends with NULL */
    int argument_count;
    struct {
        struct str name;
        const char *value; /* "" for options without one */
    } options[MOST_OPTIONS];
    int option_count;
};

/* --- help ------------------------------------------------------------------------ */

static void print_indented(const char *text)
{
    for (struct str rest = str_of(text); rest.p;) {
        struct str line = str_cut(&rest, '\n');
        printf("  %.*s\n", STR_ARG(line));
    }
}

static void print_command_help(const struct command *command)
{
    printf("usage: haowai %s %s\n\n", command->name, command->usage);
    print_indented(command->help);
}

static void print_all(const struct command *commands, const char *about)
{
    printf("%s\n\n", about);
    for (const struct command *command = commands; command->name; command++) {
        struct str rest = str_of(command->help);
        struct str first = str_cut(&rest, '\n');
        printf("  haowai %s %s\n      %.*s\n", command->name, command->usage, STR_ARG(first));
    }
    printf("\n`haowai COMMAND --help` says more.\n");
}

/* --- failing ------------------------------------------------------------------------ */

static __attribute__((format(printf, 2, 0))) void complain(const struct cli *cli, const char *format, va_list args)
{
    fprintf(stderr, "haowai %s: ", cli->command->name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

int cli_failed(const struct cli *cli, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(cli, format, args);
    va_end(args);
    return CLI_FAILED;
}

int cli_wrong(const struct cli *cli, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(cli, format, args);
    va_end(args);
    fprintf(stderr, "usage: haowai %s %s\n`haowai %s --help` says more.\n", cli->command->name, cli->command->usage,
            cli->command->name);
    return CLI_WRONG;
}

/* --- reading the call ------------------------------------------------------------------ */

/* How many words of the call the command's name takes: 0 when it is another command. */
static int words_matched(const struct command *command, int argc, char **argv)
{
    int words = 0;

    for (struct str rest = str_of(command->name); rest.p; words++) {
        struct str word = str_cut(&rest, ' ');
        if (words + 1 >= argc || !str_equal(word, str_of(argv[words + 1])))
            return 0;
    }
    return words;
}

/* Is the option in the table; does it take a value? */
static bool option_known(const struct command *command, struct str name, bool *takes_value)
{
    for (struct str rest = str_of(command->options); rest.p;) {
        struct str option = str_cut(&rest, ' ');
        *takes_value = str_ends(option, STR("="));
        if (str_equal(name, *takes_value ? str_head(option, option.n - 1) : option) && name.n)
            return true;
    }
    return false;
}

/* Reads "--name", "--name=value" or "--name value" at argv[*at]; an exit status when it is wrong. */
static int read_option(struct cli *cli, int argc, char **argv, int *at)
{
    struct str rest = str_of(argv[*at] + 2);
    struct str name = str_cut(&rest, '=');
    const char *value = rest.p ? rest.p : NULL;
    bool takes_value;

    if (!option_known(cli->command, name, &takes_value))
        return cli_wrong(cli, "there is no option --%.*s", STR_ARG(name));
    if (takes_value && !value && ++*at < argc)
        value = argv[*at];
    if (takes_value && !value)
        return cli_wrong(cli, "--%.*s needs a value", STR_ARG(name));
    if (!takes_value && value)
        return cli_wrong(cli, "--%.*s takes no value", STR_ARG(name));
    if (cli->option_count == MOST_OPTIONS)
        return cli_wrong(cli, "there are too many options");
    cli->options[cli->option_count].name = name;
    cli->options[cli->option_count++].value = value ? value : "";
    return CLI_DONE;
}

static int read_call(struct cli *cli, int argc, char **argv, int from)
{
    bool options_ended = false;

    for (int i = from; i < argc; i++) {
        if (!options_ended && strcmp(argv[i], "--") == 0) {
            options_ended = true;
        } else if (!options_ended && str_starts(str_of(argv[i]), STR("--"))) {
            int status = read_option(cli, argc, argv, &i);
            if (status != CLI_DONE)
                return status;
        } else {
            cli->arguments[cli->argument_count++] = argv[i];
        }
    }
    if (cli->argument_count < cli->command->least)
        return cli_wrong(cli, "an argument is missing");
    if (cli->command->most >= 0 && cli->argument_count > cli->command->most)
        return cli_wrong(cli, "\"%s\" is one argument too many", cli->arguments[cli->command->most]);
    return CLI_DONE;
}

static bool wants_help(int argc, char **argv, int from)
{
    for (int i = from; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int run(const struct command *command, int words, int argc, char **argv)
{
    struct cli cli = {.command = command, .arena = arena_new()};

    cli.arguments = ARENA_ARRAY(cli.arena, const char *, (size_t)argc + 1);
    int status = read_call(&cli, argc, argv, words + 1);
    if (status == CLI_DONE)
        status = command->function(&cli);
    if (status == CLI_DONE && fflush(stdout) != 0)
        status = cli_failed(&cli, "cannot write the output: %s", strerror(errno));
    arena_free(&cli.arena);
    return status;
}

/* "article" alone, or a word nobody knows. */
static int no_such_command(const struct command *commands, const char *word)
{
    bool begins = false;
    struct str start = str_of(word);

    for (const struct command *command = commands; command->name; command++) {
        struct str name = str_of(command->name);
        if (!str_starts(name, start) || name.n <= start.n || name.p[start.n] != ' ')
            continue;
        if (!begins)
            fprintf(stderr, "haowai %s: say which of these you mean\n", word);
        begins = true;
        fprintf(stderr, "  haowai %s %s\n", command->name, command->usage);
    }
    if (!begins)
        fprintf(stderr, "haowai: there is no command \"%s\"; `haowai --help` lists them\n", word);
    return CLI_WRONG;
}

int cli_main(const struct command *commands, const char *about, int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "haowai: say what to do; `haowai --help` lists the commands\n");
        return CLI_WRONG;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_all(commands, about);
        return CLI_DONE;
    }
    for (const struct command *command = commands; command->name; command++) {
        int words = words_matched(command, argc, argv);
        if (words == 0)
            continue;
        if (wants_help(argc, argv, words + 1)) {
            print_command_help(command);
            return CLI_DONE;
        }
        return run(command, words, argc, argv);
    }
    return no_such_command(commands, argv[1]);
}

/* --- asking what was given ------------------------------------------------------------------ */

struct arena *cli_arena(struct cli *cli)
{
    return cli->arena;
}

const char *cli_argument(const struct cli *cli, int i)
{
    return i < cli->argument_count ? cli->arguments[i] : NULL;
}

int cli_argument_count(const struct cli *cli)
{
    return cli->argument_count;
}

const char *cli_value(const struct cli *cli, const char *name)
{
    const char *value = NULL;
    bool takes_value;

    CHECK(option_known(cli->command, str_of(name), &takes_value));
    for (int i = 0; i < cli->option_count; i++)
        if (str_equal(cli->options[i].name, str_of(name)))
            value = cli->options[i].value; /* the last one counts */
    return value;
}

bool cli_has(const struct cli *cli, const char *name)
{
    return cli_value(cli, name) != NULL;
}

int64_t cli_number(struct cli *cli, const char *name, int64_t otherwise, int64_t least, int64_t most)
{
    const char *value = cli_value(cli, name);
    int64_t number;

    if (!value)
        return otherwise;
    if (str_to_int(str_of(value), &number) && number >= least && number <= most)
        return number;
    exit(cli_wrong(cli, "--%s must be a whole number from %lld to %lld", name, (long long)least, (long long)most));
}
