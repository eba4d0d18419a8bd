/* app.c - what a paper's directory says before its database is opened. */
#include "src/app.h"

#include "lib/base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

const char *app_file(struct arena *arena, const struct app *app, const char *name)
{
    return str_cstr(arena, str_printf(arena, "%s/%s", app->dir, name));
}

static struct str public_address(struct arena *arena, const struct settings *settings)
{
    struct str address = settings->address;

    if (address.n == 0)
        return str_printf(arena, "%s://%.*s", settings->certificate.n ? "https" : "http", STR_ARG(settings->site));
    while (str_ends(address, STR("/")))
        address.n--;
    return address;
}

bool app_load(const char *dir, struct arena *arena, struct app *out, struct db_problem *problem)
{
    *out = (struct app){.dir = str_cstr(arena, str_of(dir)), .media = -1};
    if (!settings_load(dir, arena, &out->settings, problem))
        return false;
    if (!clock_zone(str_cstr(arena, out->settings.zone))) {
        snprintf(problem->text, sizeof problem->text, "%s/haowai.conf: zone: this system does not know \"%.*s\"", dir,
                 STR_ARG(out->settings.zone));
        return false;
    }
    out->address = public_address(arena, &out->settings);
    out->media = open(app_file(arena, out, "media"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out->media < 0) {
        snprintf(problem->text, sizeof problem->text, "%s/media: %s", dir, strerror(errno));
        return false;
    }
    return true;
}

struct db_config app_database(struct arena *arena, const struct app *app, int readers)
{
    struct db_config config = {.migrations = MIGRATIONS, .migration_count = MIGRATION_COUNT, .readers = readers};

    config.address = app->settings.database;
    if (config.address.n == 0)
        config.address = str_of(app_file(arena, app, "content.db"));
    return config;
}
