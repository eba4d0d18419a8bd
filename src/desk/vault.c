/* vault.c - the vault's file and schema, see vault.h. */
#include "src/desk/vault.h"

#include "lib/base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct db_migration STEPS[] = {
    {"0001_key", "CREATE TABLE vault_key ("
                 " name TEXT PRIMARY KEY,"
                 " made BIGINT NOT NULL,"
                 " secret TEXT NOT NULL"
                 ") /* clustered */;"},
};

static bool make_file(const char *path, struct db_problem *problem)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd >= 0 && fchmod(fd, 0600) == 0) {
        close(fd);
        return true;
    }
    snprintf(problem->text, sizeof problem->text, "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return false;
}

bool vault_make(const struct app *app, struct db_problem *problem)
{
    struct arena *arena = arena_new();
    const char *path = app_file(arena, app, "vault.db");
    struct db_config config = {
        .address = str_of(path), .migrations = STEPS, .writer = true, .migration_count = sizeof STEPS / sizeof *STEPS};
    bool made = make_file(path, problem);
    struct db *db = made ? db_open(&config, problem) : NULL;

    made = db != NULL;
    db_close(&db);
    arena_free(&arena);
    return made;
}
