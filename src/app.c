/* app.c - what a paper's directory says before its database is opened. */
#include "src/app.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

const char *app_file(struct arena *arena, const struct app *app, const char *name)
{
    return str_cstr(arena, str_printf(arena, "%s/%s", app->dir, name));
}

/* Everywhere is no address a reader could use. */
static struct str host_for_readers(struct str site)
{
    static const struct str EVERYWHERE[] = {STR_INIT("*:"), STR_INIT("0.0.0.0:"), STR_INIT("[::]:")};

    for (size_t i = 0; i < sizeof EVERYWHERE / sizeof *EVERYWHERE; i++)
        if (str_starts(site, EVERYWHERE[i]))
            return STR("localhost");
    return (struct str){site.p, 0};
}

struct str app_address(struct arena *arena, const struct settings *settings)
{
    struct str address = settings->address, site = settings->site, host = host_for_readers(site);

    if (address.n == 0 && host.n)
        site =
            str_join(arena, host, str_from(site, (size_t)str_find(site, STR(":"), str_starts(site, STR("[")) ? 3 : 0)));
    if (address.n == 0)
        return str_printf(arena, "%s://%.*s", settings->certificate.n ? "https" : "http", STR_ARG(site));
    while (str_ends(address, STR("/")))
        address.n--;
    return address;
}

/* Where the running paper listens, when it was started with an address of its own (haowai run --site). */
static struct str running_site(struct arena *arena, const struct app *app)
{
    struct str site = app->settings.site;
    struct buf text = BUF(300);
    int fd = open(app_file(arena, app, "run/site"), O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return site;
    if (buf_read_fd(&text, fd) && !text.overflow && text.n)
        site = str_copy(arena, buf_str(&text));
    buf_free(&text);
    close(fd);
    return site;
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
    struct settings running = out->settings;
    running.site = running_site(arena, out);
    out->address = app_address(arena, &running);
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
