/* db.c - statements run, rows become structs, tags are collected.
 *
 * A reader is a read-only transaction on a connection of the pool. It first
 * learns which changes its snapshot contains and tells the table of tags, so
 * whatever is rendered from it is judged by at least those.
 *
 * A transaction is the same on the one writing connection, with the set of
 * touched tags beside it. Committing writes that set into the log of changes
 * (changes.c) inside the transaction.
 */
/* allow: long-file, reading and writing are one thought */
#include "lib/db/db.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/db/engine.h"

#include <pthread.h>
#include <stdatomic.h>

#define DB_MAGIC 0x44425f5fu

/* A table of tags this many changes behind is not brought up to date one by one: all older is called stale. */
enum { FAR_BEHIND = 2000 };

struct db {
    uint32_t magic;
    const struct engine *engine;
    struct connection *connections; /* for readers */
    int connection_count;
    struct connection **idle; /* a stack */
    int idle_count;
    pthread_mutex_t lock; /* of the stack */
    pthread_cond_t freed;
    struct connection writing;
    pthread_mutex_t turn; /* to write */
    struct tag_table *changes;
    _Atomic uint64_t reads, writes, rows;
};

struct db_reader {
    struct db *db;
    struct connection *connection;
    struct arena *arena;
    struct tag_set *tags;
    uint64_t sequence;
    struct db_tx *tx; /* when it is the reading side of a transaction */
    bool failed;
    struct db_problem problem;
};

struct db_tx {
    struct db_reader reader;
    struct touched touched;
};

/* --- opening ------------------------------------------------------------------- */

static const struct engine *engine_for(struct str address)
{
    bool pgsql = str_starts(address, STR("postgresql://")) || str_starts(address, STR("postgres://"));

    return pgsql ? &PGSQL_ENGINE : &SQLITE_ENGINE;
}

static bool open_connections(struct db *db, const struct db_config *config, struct db_problem *problem)
{
    if (config->writer) {
        if (!db_connection_open(&db->writing, db->engine, config->address, true)) {
            *problem = db->writing.problem;
            return false;
        }
        if (!migrate(&db->writing, config, problem))
            return false;
    }
    for (int i = 0; i < config->readers; i++) {
        struct connection *connection = &db->connections[i];
        if (!db_connection_open(connection, db->engine, config->address, false)) {
            *problem = connection->problem;
            return false;
        }
        if (i == 0 && !config->writer && !migrate(connection, config, problem))
            return false;
        db->idle[db->idle_count++] = connection;
    }
    return true;
}

struct db *db_open(const struct db_config *config, struct db_problem *problem)
{
    struct db *db = calloc(1, sizeof *db);

    if (!db)
        die("out of memory");
    db->magic = DB_MAGIC;
    db->engine = engine_for(config->address);
    db->changes = config->changes;
    db->connection_count = config->readers;
    db->connections = calloc((size_t)config->readers + 1, sizeof *db->connections);
    db->idle = calloc((size_t)config->readers + 1, sizeof(struct connection *));
    if (!db->connections || !db->idle)
        die("out of memory");
    pthread_mutex_init(&db->lock, NULL);
    pthread_cond_init(&db->freed, NULL);
    pthread_mutex_init(&db->turn, NULL);
    if (!open_connections(db, config, problem))
        db_close(&db);
    return db;
}

void db_close(struct db **out)
{
    struct db *db = *out;

    if (!db)
        return;
    CHECK_LIVE(db, DB_MAGIC);
    for (int i = 0; i < db->connection_count; i++)
        db_connection_close(&db->connections[i]);
    db_connection_close(&db->writing);
    pthread_mutex_destroy(&db->lock);
    pthread_cond_destroy(&db->freed);
    pthread_mutex_destroy(&db->turn);
    free(db->connections);
    free(db->idle);
    db->magic = 0;
    free(db);
    *out = NULL;
}

bool db_claim(struct db *db, struct db_problem *problem)
{
    CHECK_LIVE(db, DB_MAGIC);
    CHECK(db->writing.session != NULL);
    pthread_mutex_lock(&db->turn);
    bool claimed = db->engine->claim(db->writing.session, problem);
    pthread_mutex_unlock(&db->turn);
    return claimed;
}

const char *db_engine_name(const struct db *db)
{
    return db->engine->name;
}

/* --- failing -------------------------------------------------------------------- */

static void fail(struct db_reader *reader, const struct db_problem *problem)
{
    if (reader->failed)
        return;
    reader->failed = true;
    reader->problem = *problem;
}

bool db_failed(const struct db_reader *reader)
{
    return reader->failed;
}

const char *db_problem_text(const struct db_reader *reader)
{
    return reader->failed ? reader->problem.text : "";
}

/* --- running a statement ----------------------------------------------------------- */

struct run {
    struct db_reader *reader;
    const struct db_statement *statement;
    const struct db_args *args;
    const struct fields *fields;
    void *one;             /* the struct for the first row, or */
    struct any_list *list; /* the list for all of them, or */
    struct db_value *cell; /* the first cell of the first row */
    size_t size;
    size_t rows;
};

static void collect_read(void *context, struct str tag)
{
    struct db_reader *reader = context;

    tag_set_add(reader->tags, tag_hash(tag));
}

static void collect_touched(void *context, struct str tag)
{
    struct db_tx *tx = context;

    touched_add(&tx->touched, tag);
}

/* Tags of the call (cells NULL) or of one row. */
static void collect(struct run *run, const struct prepared *prepared, const struct db_value *cells)
{
    struct db_reader *reader = run->reader;

    if (run->statement->reads && reader->tags)
        pattern_expand(run->statement->reads, prepared, run->args, cells, collect_read, reader);
    if (run->statement->touches && reader->tx)
        pattern_expand(run->statement->touches, prepared, run->args, cells, collect_touched, reader->tx);
}

/* Finds each column's field, once per prepared statement and description. */
static void map_columns(struct prepared *prepared, const struct fields *fields)
{
    if (prepared->mapped == fields)
        return;
    for (size_t i = 0; i < prepared->columns; i++) {
        prepared->map[i] = fields_find(fields, prepared->names[i]);
        if (!prepared->map[i] && !str_starts(prepared->names[i], STR("tag_")))
            die("%s: column %.*s has no field in %s", prepared->statement->name, STR_ARG(prepared->names[i]),
                fields->name);
    }
    prepared->mapped = fields;
}

/* A text here is a column of the wrong type: told at once, not read as 0. */
static int64_t number_of(const struct db_value *cell)
{
    CHECK(cell->type != DB_TEXT);
    return cell->type == DB_INT ? cell->number : 0;
}

static void put_cell(struct arena *arena, const struct field *field, const struct db_value *cell, char *out)
{
    switch (field->type) {
    case FIELD_TYPE_INT: *(int64_t *)(void *)out = number_of(cell); break;
    case FIELD_TYPE_BOOL: *(bool *)out = number_of(cell) != 0; break;
    case FIELD_TYPE_MOMENT: ((struct moment *)(void *)out)->ms = number_of(cell); break;
    case FIELD_TYPE_TEXT:
        CHECK(cell->type != DB_INT);
        *(struct str *)(void *)out = cell->type == DB_TEXT ? str_copy(arena, cell->text) : STR("");
        break;
    default: CHECK(!"a column for a field that no column can fill");
    }
}

static void put_row(struct arena *arena, const struct prepared *prepared, const struct db_value *cells, char *out)
{
    for (size_t i = 0; i < prepared->columns; i++)
        if (prepared->map[i])
            put_cell(arena, prepared->map[i], &cells[i], out + prepared->map[i]->offset);
}

static bool take_row(void *context, const struct prepared *prepared, const struct db_value *cells)
{
    struct run *run = context;
    struct arena *arena = run->reader->arena;

    collect(run, prepared, cells);
    run->rows++;
    if (run->list) {
        put_row(arena, prepared, cells, list_add(arena, run->list, run->size));
        return true;
    }
    if (run->rows == 1 && run->one)
        put_row(arena, prepared, cells, run->one);
    if (run->rows == 1 && run->cell && prepared->columns) {
        *run->cell = cells[0];
        if (cells[0].type == DB_TEXT)
            run->cell->text = str_copy(arena, cells[0].text);
    }
    /* one row is enough to answer, but each row that was changed has its tags */
    return run->statement->touches || !(run->one || run->cell);
}

/* Runs it; false when it, or anything before, failed. */
static bool run_statement(struct run *run, int64_t *changed)
{
    struct db_reader *reader = run->reader;

    if (reader->failed)
        return false;
    struct connection *connection = reader->connection;
    struct prepared *prepared = db_connection_prepare(connection, run->statement);
    if (!prepared) {
        fail(reader, &connection->problem);
        return false;
    }
    if (run->fields)
        map_columns(prepared, run->fields);
    collect(run, prepared, NULL);
    atomic_fetch_add_explicit(run->statement->touches ? &reader->db->writes : &reader->db->reads, 1,
                              memory_order_relaxed);
    if (!connection->engine->run(connection->session, prepared, *run->args, take_row, run, changed,
                                 &connection->problem)) {
        fail(reader, &connection->problem);
        return false;
    }
    atomic_fetch_add_explicit(&reader->db->rows, run->rows, memory_order_relaxed);
    return true;
}

/* --- reading ------------------------------------------------------------------------ */

bool db_row(struct db_reader *reader, const struct db_statement *statement, struct db_args args,
            const struct fields *fields, void *out)
{
    struct run run = {.reader = reader, .statement = statement, .args = &args, .fields = fields, .one = out};

    return run_statement(&run, NULL) && run.rows > 0;
}

void db_rows_into(struct db_reader *reader, const struct db_statement *statement, struct db_args args,
                  const struct fields *fields, struct any_list *list, size_t size)
{
    CHECK(size == fields->size);
    struct run run = {
        .reader = reader, .statement = statement, .args = &args, .fields = fields, .list = list, .size = size};

    run_statement(&run, NULL);
}

static struct db_value first_cell(struct db_reader *reader, const struct db_statement *statement, struct db_args args)
{
    struct db_value cell = DB_NO_VALUE;
    struct run run = {.reader = reader, .statement = statement, .args = &args, .cell = &cell};

    run_statement(&run, NULL);
    return cell;
}

int64_t db_int(struct db_reader *reader, const struct db_statement *statement, struct db_args args, int64_t otherwise)
{
    struct db_value cell = first_cell(reader, statement, args);

    return cell.type == DB_INT ? cell.number : otherwise;
}

struct str db_text(struct db_reader *reader, const struct db_statement *statement, struct db_args args)
{
    struct db_value cell = first_cell(reader, statement, args);

    return cell.type == DB_TEXT ? cell.text : STR("");
}

void db_reads(struct db_reader *reader, struct str tag)
{
    if (reader->tags)
        collect_read(reader, tag);
}

struct tag_set *db_collect(struct db_reader *reader, struct tag_set *tags)
{
    struct tag_set *former = reader->tags;

    reader->tags = tags;
    return former;
}

/* --- snapshots ------------------------------------------------------------------------ */

static struct connection *take_connection(struct db *db)
{
    pthread_mutex_lock(&db->lock);
    while (db->idle_count == 0)
        pthread_cond_wait(&db->freed, &db->lock);
    struct connection *connection = db->idle[--db->idle_count];
    pthread_mutex_unlock(&db->lock);
    return connection;
}

static void give_back(struct db *db, struct connection *connection)
{
    pthread_mutex_lock(&db->lock);
    db->idle[db->idle_count++] = connection;
    pthread_cond_signal(&db->freed);
    pthread_mutex_unlock(&db->lock);
}

/* Applies what is logged after `known`. A number missing in between was pruned before anyone here saw it:
 * everything older is stale. */
static void apply_since(struct db_reader *reader, struct tag_table *table, uint64_t known)
{
    struct arena_mark mark = arena_mark(reader->arena);
    db_change_rows changes = {0};

    db_changes_since(reader, known, &changes);
    for (size_t i = 0; i < changes.n; i++)
        if (!tag_table_apply(table, (uint64_t)changes.at[i].sequence, changes.at[i].tags))
            tag_table_forget(table, (uint64_t)changes.at[i].sequence);
    arena_back(reader->arena, mark);
}

/* The table of tags learns every change this snapshot contains. Other threads tell it of changes at the same
 * time, some of which this snapshot does not contain; that is why what is rendered from it is judged from
 * its own number on, never from the table's. A table that knows nothing yet has judged nothing. */
static void catch_up(struct db_reader *reader)
{
    struct tag_table *table = reader->db->changes;
    struct tag_set *tags = db_collect(reader, NULL);

    reader->sequence = (uint64_t)change_newest(reader);
    uint64_t known = tag_table_sequence(table);
    if (!reader->failed && known > 0 && known < reader->sequence && reader->sequence - known <= FAR_BEHIND)
        apply_since(reader, table, known);
    if (!reader->failed)
        tag_table_forget(table, reader->sequence); /* does nothing where all of them were applied */
    db_collect(reader, tags);
}

/* Leaves the connection usable for the next snapshot, as far as that is possible. */
static void settle(struct connection *connection, bool failed)
{
    connection->engine->rollback(connection->session);
    if (failed)
        db_connection_revive(connection);
}

/* A server that was restarted while nobody asked it anything has hung up: that is no failure yet. */
static bool begin(struct connection *connection, bool writing)
{
    const struct engine *engine = connection->engine;

    return engine->begin(connection->session, writing, &connection->problem) ||
           (db_connection_revive(connection) && engine->begin(connection->session, writing, &connection->problem));
}

struct db_reader *db_read(struct db *db, struct arena *arena, struct tag_set *tags)
{
    CHECK_LIVE(db, DB_MAGIC);
    struct db_reader *reader = ARENA_NEW(arena, struct db_reader);
    *reader = (struct db_reader){.db = db, .connection = take_connection(db), .arena = arena, .tags = tags};

    if (!begin(reader->connection, false))
        fail(reader, &reader->connection->problem);
    else if (db->changes)
        catch_up(reader);
    return reader;
}

bool db_read_end(struct db_reader **out)
{
    struct db_reader *reader = *out;
    bool failed = reader->failed;

    CHECK(!reader->tx);
    settle(reader->connection, failed);
    give_back(reader->db, reader->connection);
    *out = NULL;
    return !failed;
}

uint64_t db_sequence(const struct db_reader *reader)
{
    return reader->sequence;
}

struct arena *db_arena(const struct db_reader *reader)
{
    return reader->arena;
}

/* --- writing ------------------------------------------------------------------------- */

struct db_tx *db_begin(struct db *db, struct arena *arena)
{
    CHECK_LIVE(db, DB_MAGIC);
    CHECK(db->writing.session != NULL);
    struct db_tx *tx = ARENA_NEW(arena, struct db_tx);

    pthread_mutex_lock(&db->turn);
    tx->reader = (struct db_reader){.db = db, .connection = &db->writing, .arena = arena, .tx = tx};
    tx->touched.arena = arena;
    if (!begin(&db->writing, true))
        fail(&tx->reader, &db->writing.problem);
    return tx;
}

struct db_reader *db_tx_reader(struct db_tx *tx)
{
    return &tx->reader;
}

int64_t db_exec(struct db_tx *tx, const struct db_statement *statement, struct db_args args)
{
    int64_t changed = 0;
    struct run run = {.reader = &tx->reader, .statement = statement, .args = &args};

    return run_statement(&run, &changed) ? changed : 0;
}

int64_t db_exec_int(struct db_tx *tx, const struct db_statement *statement, struct db_args args, int64_t otherwise)
{
    return db_int(&tx->reader, statement, args, otherwise);
}

void db_touch(struct db_tx *tx, struct str tag)
{
    collect_touched(tx, tag);
}

/* Ends the turn; the transaction must have been committed or given up. */
static void end_turn(struct db_tx **out)
{
    struct db_tx *tx = *out;

    touched_free(&tx->touched);
    pthread_mutex_unlock(&tx->reader.db->turn);
    *out = NULL;
}

enum db_outcome db_commit(struct db_tx **out, struct db_change *change, struct db_problem *problem)
{
    struct db_tx *tx = *out;
    struct db_reader *reader = &tx->reader;
    struct connection *connection = reader->connection;
    struct db_change done = {.tags = str_copy(reader->arena, touched_tags(&tx->touched))};
    enum db_outcome outcome = DB_REFUSED;

    if (!reader->failed && (done.tags.n == 0 || change_record(tx, done.tags, &done.sequence))) {
        outcome = connection->engine->commit(connection->session, &connection->problem);
        if (outcome != DB_COMMITTED)
            fail(reader, &connection->problem);
    }
    if (outcome != DB_COMMITTED)
        settle(connection, true);
    if (outcome == DB_REFUSED)
        done.sequence = 0;
    if (problem)
        *problem = reader->problem;
    if (change)
        *change = done;
    end_turn(out);
    return outcome;
}

void db_rollback(struct db_tx **out)
{
    settle((*out)->reader.connection, (*out)->reader.failed);
    end_turn(out);
}

/* --- upkeep -------------------------------------------------------------------------- */

/* The highest $n of a statement's text. */
static size_t count_args(const char *sql)
{
    size_t most = 0;

    for (const char *p = strchr(sql, '$'); p; p = strchr(p + 1, '$')) {
        size_t number = strtoul(p + 1, NULL, 10);
        if (number > most)
            most = number;
    }
    return most;
}

static const char *statement_problem(struct connection *connection, const struct db_statement *statement)
{
    const struct prepared *prepared = db_connection_prepare(connection, statement);
    const char *problem = NULL;

    if (!prepared)
        return connection->problem.text;
    if (!statement->reads && !statement->touches)
        return "it says neither what it reads nor what it touches";
    if (statement->reads)
        problem = pattern_problem(statement->reads, prepared, count_args(statement->sql));
    if (!problem && statement->touches)
        problem = pattern_problem(statement->touches, prepared, count_args(statement->sql));
    return problem;
}

int db_check_statements(struct db *db, void (*report)(const struct db_statement *statement, const char *problem))
{
    int bad = 0;

    CHECK(db->writing.session != NULL);
    pthread_mutex_lock(&db->turn);
    for (size_t i = 0; i < statement_count(); i++) {
        const struct db_statement *statement = __start_db_statements[i];
        const char *problem = statement_problem(&db->writing, statement);
        report(statement, problem);
        bad += problem != NULL;
    }
    pthread_mutex_unlock(&db->turn);
    return bad;
}

bool db_check_integrity(struct db *db, struct db_problem *problem)
{
    struct connection *connection = db->writing.session ? &db->writing : take_connection(db);
    bool sound;

    if (connection == &db->writing)
        pthread_mutex_lock(&db->turn);
    sound = connection->engine->integrity(connection->session, problem);
    if (connection == &db->writing)
        pthread_mutex_unlock(&db->turn);
    else
        give_back(db, connection);
    return sound;
}

void db_checkpoint(struct db *db)
{
    CHECK(db->writing.session != NULL);
    pthread_mutex_lock(&db->turn);
    db->engine->checkpoint(db->writing.session);
    pthread_mutex_unlock(&db->turn);
}

void db_counts(const struct db *db, struct db_counts *out)
{
    *out = (struct db_counts){
        .reads = atomic_load(&db->reads), .writes = atomic_load(&db->writes), .rows = atomic_load(&db->rows)};
}
