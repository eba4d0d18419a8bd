/* migrate.c - the schema grows by numbered steps, each applied once.
 *
 * A step is a text both engines understand (the engine may put its own word
 * for one, see engine.dialect). Applying a step and noting it is one
 * transaction. A step that was changed after it was applied is an error, not a
 * surprise: its hash is kept.
 */
#include "lib/base/arena.h"
#include "lib/db/engine.h"

#include <inttypes.h>

/* Made outside the steps, because it says which of them are there. */
static const char BOOKKEEPING[] = "CREATE TABLE IF NOT EXISTS schema_step ("
                                  " step BIGINT NOT NULL UNIQUE, name TEXT NOT NULL, hash BIGINT NOT NULL)";

struct step {
    int64_t hash;
    bool applied;
};

static int64_t step_hash(const struct db_migration *migration)
{
    return (int64_t)(str_hash(str_of(migration->sql), 0) >> 1); /* fits a signed column */
}

static bool take_hash(void *context, const struct prepared *prepared, const struct db_value *cells)
{
    struct step *step = context;

    (void)prepared;
    *step = (struct step){.hash = cells[0].number, .applied = true};
    return true;
}

/* Which steps exist is asked before any table but schema_step does, so these
 * statements are not among the registered ones: sqlcheck prepares them anyway by running. */
static bool ask(struct connection *connection, const char *sql, struct db_args args, struct step *out,
                struct db_problem *problem)
{
    struct db_statement statement = {.name = "schema_step", .sql = sql};
    struct prepared prepared = {.statement = &statement};

    if (!prepared_open(&prepared, connection, problem))
        return false;
    bool done = connection->engine->run(connection->session, &prepared, args, take_hash, out, NULL, problem);
    prepared_close(&prepared, connection);
    return done;
}

static bool find_step(struct connection *connection, size_t number, struct step *out, struct db_problem *problem)
{
    *out = (struct step){.applied = false};
    return ask(connection, "SELECT hash FROM schema_step WHERE step = $1", ARGS((int64_t)number), out, problem);
}

/* Runs a text in the engine's own words. */
static bool script(struct connection *connection, struct str sql, struct db_problem *problem)
{
    struct arena *arena = arena_new();
    const char *text = str_cstr(arena, connection->engine->dialect(arena, sql));
    bool done = connection->engine->script(connection->session, text, problem);

    arena_free(&arena);
    return done;
}

static bool apply(struct connection *connection, size_t number, const struct db_migration *migration,
                  struct db_problem *problem)
{
    struct step ignored;

    return script(connection, str_of(migration->sql), problem) &&
           ask(connection, "INSERT INTO schema_step (step, name, hash) VALUES ($1, $2, $3)",
               ARGS((int64_t)number, str_of(migration->name), step_hash(migration)), &ignored, problem);
}

/* One step: there already, applied now (writer), or a reason not to go on. */
static bool bring_step(struct connection *connection, const struct db_config *config, size_t number,
                       struct db_problem *problem)
{
    const struct db_migration *migration = &config->migrations[number - 1];
    struct step step;

    if (!find_step(connection, number, &step, problem))
        return false;
    if (step.applied && step.hash == step_hash(migration))
        return true;
    if (step.applied) {
        db_problem_set(problem,
                       "schema step %s is not the one this program knows; use the program version that made "
                       "this database",
                       migration->name);
        return false;
    }
    if (!config->writer) {
        db_problem_set(problem, "the database lacks schema step %s; start the desk once to add it", migration->name);
        return false;
    }
    return apply(connection, number, migration, problem);
}

static bool bring_all(struct connection *connection, const struct db_config *config, struct db_problem *problem)
{
    struct step beyond;

    if (config->writer && !script(connection, str_of(BOOKKEEPING), problem))
        return false;
    for (size_t number = 1; number <= config->migration_count; number++)
        if (!bring_step(connection, config, number, problem))
            return false;
    if (!find_step(connection, config->migration_count + 1, &beyond, problem))
        return false;
    if (beyond.applied)
        db_problem_set(problem, "the database belongs to a newer version of this program; install that version");
    return !beyond.applied;
}

bool migrate(struct connection *connection, const struct db_config *config, struct db_problem *problem)
{
    const struct engine *engine = connection->engine;

    if (!engine->begin(connection->session, config->writer, problem))
        return false;
    if (bring_all(connection, config, problem) && engine->commit(connection->session, problem) == DB_COMMITTED)
        return true;
    engine->rollback(connection->session);
    return false;
}
