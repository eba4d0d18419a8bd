/* init_cli.c - haowai init: a directory becomes a paper. */
#include "lib/base/arena.h"
#include "lib/web/acting.h"
#include "src/commands.h"
#include "src/demo/demo.h"
#include "src/desk/desk_cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

/* NULL, or why nothing can be made there. */
static const char *not_usable(const char *dir)
{
    DIR *entries = opendir(dir);
    const char *problem = NULL;

    if (!entries)
        return errno == ENOENT ? NULL : strerror(errno);
    for (struct dirent *entry; !problem && (entry = readdir(entries)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            problem = strcmp(entry->d_name, "haowai.conf") == 0 ? "is a paper already" : "is not empty";
    closedir(entries);
    return problem;
}

static bool make_directories(struct arena *arena, const char *dir)
{
    static const char *const INSIDE[] = {"media", "run"};

    if (mkdir(dir, 0750) != 0 && errno != EEXIST)
        return false;
    for (size_t i = 0; i < sizeof INSIDE / sizeof *INSIDE; i++)
        if (mkdir(str_cstr(arena, str_printf(arena, "%s/%s", dir, INSIDE[i])), 0750) != 0 && errno != EEXIST)
            return false;
    return true;
}

/* Defaults, and what the command line says. */
static bool write_settings(struct cli *cli, const char *dir, struct db_problem *problem)
{
    struct settings settings;
    const char *title = cli_value(cli, "title"), *database = cli_value(cli, "database");

    settings_default(&settings);
    if (cli_has(cli, "demo"))
        demo_settings(cli_arena(cli), &settings);
    if (title)
        settings.title = str_of(title);
    if (database)
        settings.database = str_of(database);
    return settings_write(dir, &settings, problem);
}

/* What an empty paper begins with: one section, so that a story without one has its place. */
static bool begin_empty(struct desk_cli *desk)
{
    return desk_cli_do(desk, "POST", "/desk/api/sections", STR("{\"name\":\"要聞\",\"slug\":\"news\"}"));
}

static int fill(struct cli *cli, const char *dir)
{
    struct db_problem problem = {{0}};
    struct desk_cli desk = desk_cli_open(cli);

    if (desk.status == CLI_DONE && cli_has(cli, "demo")) {
        if (!demo_fill(dir, desk_link_acting(desk.link), clock_now(), &problem))
            desk.status = cli_failed(cli, "%s", problem.text);
    } else {
        begin_empty(&desk);
    }
    return desk_cli_close(&desk);
}

int init_command(struct cli *cli)
{
    const char *dir = cli_argument(cli, 0);
    const char *obstacle = not_usable(dir);
    struct db_problem problem = {{0}};

    if (obstacle)
        return cli_failed(cli, "%s %s; give the name of a directory that does not exist", dir, obstacle);
    if (!make_directories(cli_arena(cli), dir))
        return cli_failed(cli, "%s: %s", dir, strerror(errno));
    if (!write_settings(cli, dir, &problem))
        return cli_failed(cli, "%s", problem.text);
    int status = fill(cli, dir);
    if (status != CLI_DONE)
        return cli_failed(cli, "the paper in %s is not complete; mend what is said above, remove %s and try again", dir,
                          dir);
    printf("made a paper in %s; `haowai run %s` serves it\n", dir, dir);
    return status;
}
