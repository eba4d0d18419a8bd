/* engine.h - what an engine does for db.c; private to lib/db.
 *
 * A session is one connection. Statements are prepared once per session and
 * kept; a prepared statement also remembers how its columns map to the fields
 * of the struct last read with it.
 */
#ifndef HAOWAI_DB_ENGINE_H
#define HAOWAI_DB_ENGINE_H

#include "lib/base/buf.h"
#include "lib/db/db.h"

enum { DB_MOST_COLUMNS = 48, DB_MOST_ARGS = 40 };

struct prepared {
    const struct db_statement *statement;
    size_t columns;
    struct str names[DB_MOST_COLUMNS]; /* own copies, see prepared_add_column */
    const struct fields *mapped;       /* the description `map` was made for */
    const struct field *map[DB_MOST_COLUMNS];
    unsigned char args[DB_MOST_ARGS + 1]; /* SQLite: the number of the argument at each place, from 1 */
    void *handle;                         /* the engine's */
};

/* Called for each row; cells are valid during the call. After it returned false it is not called
 * again; a statement that writes is executed to its end all the same. */
typedef bool row_function(void *context, const struct prepared *prepared, const struct db_value *cells);

struct engine {
    const char *name;
    /* NULL with *problem on failure. */
    void *(*open)(struct str address, bool writer, struct db_problem *problem);
    void (*close)(void *session);
    /* The snapshot may be taken, and the writer's turn waited for, as late as at the first statement. */
    bool (*begin)(void *session, bool writing, struct db_problem *problem);
    /* Of a reading transaction too; DB_REFUSED and DB_UNKNOWN fill *problem. */
    enum db_outcome (*commit)(void *session, struct db_problem *problem);
    void (*rollback)(void *session);
    /* Fills handle and adds the columns. After a failure there is nothing to finish. */
    bool (*prepare)(void *session, struct prepared *prepared, struct db_problem *problem);
    /* Frees the handle; the session that prepared it may be gone already. */
    void (*finish)(void *session, struct prepared *prepared);
    bool (*run)(void *session, struct prepared *prepared, struct db_args args, row_function *row, void *context,
                int64_t *changed, struct db_problem *problem);
    /* Several statements at once, without arguments: schema changes. */
    bool (*script)(void *session, const char *sql, struct db_problem *problem);
    /* The schema text of migrations is common; the engine may replace a word or two. */
    struct str (*dialect)(struct arena *arena, struct str sql);
    bool (*integrity)(void *session, struct db_problem *problem);
    void (*checkpoint)(void *session);
    /* For the writer: makes sure that no other process is the one that answers "done"; waits a moment for one that
     * ends. Kept for as long as the session lasts, and taken again by a revived one. */
    bool (*claim)(void *session, struct db_problem *problem);
    /* After a failure, outside a transaction: true when it had to connect anew and could, so that what was
     * prepared before is gone. */
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
bool db_connection_open(struct connection *connection, const struct engine *engine, struct str address, bool writer);
void db_connection_close(struct connection *connection);

/* NULL with connection->problem filled when the engine does not understand the text. */
struct prepared *db_connection_prepare(struct connection *connection, const struct db_statement *statement);

/* After a failure: gets a new session where the old one is of no use any more. Did it? */
bool db_connection_revive(struct connection *connection);

/* For engines: the next column of a statement being prepared. */
void prepared_add_column(struct prepared *prepared, const char *name);

/* For statements that are not registered: what db_connection_prepare and db_connection_close do for the others. */
bool prepared_open(struct prepared *prepared, struct connection *connection, struct db_problem *problem);
void prepared_close(struct prepared *prepared, struct connection *connection);

/* dialect.c: the text with each `common` replaced by `ours`. */
struct str dialect_replace(struct arena *arena, struct str sql, struct str common, struct str ours);

/* patterns.c: calls `add` for each tag of the pattern. Without cells the tags that name
 * no column, with cells (of one row) those that do. */
typedef void tag_function(void *context, struct str tag);
void pattern_expand(const char *pattern, const struct prepared *prepared, const struct db_args *args,
                    const struct db_value *cells, tag_function *add, void *context);

/* NULL, or what is wrong with the pattern for this statement. */
const char *pattern_problem(const char *pattern, const struct prepared *prepared, size_t args);

/* touched.c: the tags one transaction touched, each once, up to a limit. Zero-initialise with the arena set. */
struct touched {
    struct arena *arena;
    struct buf texts;       /* separated by spaces */
    uint64_t *hashes;       /* open addressing; 0: free */
    size_t count, capacity; /* capacity is a power of two */
};

void touched_add(struct touched *touched, struct str tag);

/* All of them, or "*" when they are too many to list; valid until touched_free. */
struct str touched_tags(const struct touched *touched);
void touched_free(struct touched *touched);

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
