/* engine.h - what an engine does for db.c; private to lib/db.
 *
 * A session is one connection. Statements are prepared once per session and
 * kept; a prepared statement also remembers how its columns map to the fields
 * of the struct last read with it.
 */
#ifndef HAOWAI_DB_ENGINE_H
#define HAOWAI_DB_ENGINE_H

#include "lib/db/db.h"

enum { DB_MOST_COLUMNS = 48, DB_MOST_ARGS = 40 };

struct prepared {
    const struct db_statement *statement;
    size_t columns;
    struct str names[DB_MOST_COLUMNS];
    const struct fields *mapped; /* the description `map` was made for */
    const struct field *map[DB_MOST_COLUMNS];
    void *handle; /* the engine's */
};

/* Called for each row; cells are valid during the call. Return false to stop. */
typedef bool row_function(void *context, const struct prepared *prepared, const struct db_value *cells);

struct engine {
    const char *name;
    /* NULL with *problem on failure. */
    void *(*open)(struct str address, bool writer, struct db_problem *problem);
    void (*close)(void *session);
    bool (*begin)(void *session, bool writing, struct db_problem *problem);
    /* Of a reading transaction too; DB_REFUSED and DB_UNKNOWN fill *problem. */
    enum db_outcome (*commit)(void *session, struct db_problem *problem);
    void (*rollback)(void *session);
    /* Fills handle, columns and names. */
    bool (*prepare)(void *session, struct prepared *prepared, struct db_problem *problem);
    void (*finish)(void *session, struct prepared *prepared);
    bool (*run)(void *session, struct prepared *prepared, struct db_args args, row_function *row, void *context,
                int64_t *changed, struct db_problem *problem);
    /* Several statements at once, without arguments: schema changes. */
    bool (*script)(void *session, const char *sql, struct db_problem *problem);
    /* The schema text of migrations is common; the engine may replace a word or two. */
    struct str (*dialect)(struct arena *arena, struct str sql);
    bool (*integrity)(void *session, struct db_problem *problem);
    void (*checkpoint)(void *session);
    /* Is the connection usable again after a failure? Reconnects where that makes sense. */
    bool (*revive)(void *session);
};

extern const struct engine SQLITE_ENGINE, PGSQL_ENGINE;

void db_problem_set(struct db_problem *problem, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One session with its prepared statements. */
struct connection {
    const struct engine *engine;
    void *session;
    struct prepared *prepared; /* by a statement's place in the table; statement == NULL: not yet */
    struct db_problem problem;
};

/* False with connection->problem filled. */
bool connection_open(struct connection *connection, const struct engine *engine, struct str address, bool writer);
void connection_close(struct connection *connection);

/* NULL with connection->problem filled when the engine does not understand the text. */
struct prepared *connection_prepare(struct connection *connection, const struct db_statement *statement);

/* Forgets every prepared statement: the session behind it is a new one. */
void connection_forget(struct connection *connection);

/* patterns.c: calls `add` for each tag of the pattern. Without cells the tags that name
 * no column, with cells (of one row) those that do. */
typedef void tag_function(void *context, struct str tag);
void pattern_expand(const char *pattern, const struct prepared *prepared, const struct db_args *args,
                    const struct db_value *cells, tag_function *add, void *context);

/* NULL, or what is wrong with the pattern for this statement. */
const char *pattern_problem(const char *pattern, const struct prepared *prepared, size_t args);

/* changes.c: the numbered log of what was touched. */
int64_t change_newest(struct db_reader *reader);
bool change_record(struct db_tx *tx, struct str tags, uint64_t *sequence);

/* migrate.c: brings the schema up to date (writer) or checks that it is (reader). */
bool migrate(struct connection *connection, const struct db_config *config, struct db_problem *problem);

/* All registered statements lie between these two (made by the linker). */
extern const struct db_statement *const __start_db_statements[];
extern const struct db_statement *const __stop_db_statements[];

static inline size_t statement_count(void)
{
    return (size_t)(__stop_db_statements - __start_db_statements);
}

static inline size_t statement_number(const struct db_statement *statement)
{
    return (size_t)(statement->slot - __start_db_statements);
}

#endif
