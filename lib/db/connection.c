/* connection.c - a session and the statements prepared on it.
 *
 * Statements are numbered by the linker (engine.h), so finding a prepared one
 * is an index, not a hash of its text. They are prepared on first use: a
 * program with hundreds of statements starts at once. Column names are copied:
 * an engine may prepare a statement anew behind our back when another process
 * has changed the schema.
 */
#include "lib/base/check.h"
#include "lib/db/engine.h"

#include <stdarg.h>
#include <stdlib.h>

void db_problem_set(struct db_problem *problem, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(problem->text, sizeof problem->text, format, args);
    va_end(args);
}

bool db_connection_open(struct connection *connection, const struct engine *engine, struct str address, bool writer)
{
    *connection = (struct connection){.engine = engine};
    connection->session = engine->open(address, writer, &connection->problem);
    if (!connection->session)
        return false;
    connection->prepared = calloc(statement_count(), sizeof *connection->prepared);
    if (!connection->prepared)
        die("out of memory");
    return true;
}

void prepared_add_column(struct prepared *prepared, const char *name)
{
    CHECK(prepared->columns < DB_MOST_COLUMNS);
    const char *copy = strdup(name);
    if (!copy)
        die("out of memory");
    prepared->names[prepared->columns++] = str_of(copy);
}

bool prepared_open(struct prepared *prepared, struct connection *connection, struct db_problem *problem)
{
    return connection->engine->prepare(connection->session, prepared, problem);
}

void prepared_close(struct prepared *prepared, struct connection *connection)
{
    connection->engine->finish(connection->session, prepared);
    for (size_t i = 0; i < prepared->columns; i++)
        free((char *)prepared->names[i].p);
    *prepared = (struct prepared){0};
}

static void finish_all(struct connection *connection)
{
    for (size_t i = 0; i < statement_count(); i++)
        if (connection->prepared[i].statement)
            prepared_close(&connection->prepared[i], connection);
}

void db_connection_close(struct connection *connection)
{
    if (!connection->session)
        return;
    finish_all(connection);
    connection->engine->close(connection->session);
    free(connection->prepared);
    *connection = (struct connection){0};
}

bool db_connection_revive(struct connection *connection)
{
    if (!connection->engine->revive(connection->session))
        return false;
    finish_all(connection);
    return true;
}

struct prepared *db_connection_prepare(struct connection *connection, const struct db_statement *statement)
{
    size_t number = statement_number(statement);
    CHECK(number < statement_count());
    struct prepared *prepared = &connection->prepared[number];

    if (prepared->statement)
        return prepared;
    prepared->statement = statement;
    if (prepared_open(prepared, connection, &connection->problem))
        return prepared;
    *prepared = (struct prepared){0};
    return NULL;
}
