/* db.h - all anyone may know about the database.
 *
 * Two engines stand behind this header, SQLite and PostgreSQL, and one SQL
 * text serves both. A question is a named statement beside the function that
 * asks it:
 *
 *     SQL(find_published,
 *         "SELECT id, title, body FROM article WHERE id = $1 AND state = 'published'",
 *         .reads = "story:$1");
 *
 *     bool article_find_published(struct db_reader *db, int64_t id, struct article *out)
 *     {
 *         return db_row(db, &find_published, ARGS(id), &ARTICLE_FIELDS, out);
 *     }
 *
 * Values are bound, never printed into the text. Columns are matched to the
 * struct's field description by name. Reading and writing are different types:
 * who holds a struct db_reader cannot write.
 *
 * Tags (tags.h): `reads` and `touches` are patterns separated by spaces. `$2`
 * stands for an argument, `{column}` for that column of each row returned, so
 * "section:$1 story:{id}" on a list means: the section asked for and each story listed.
 * A statement that reads (or writes) nothing a page could show says so with
 * "-"; one that says nothing does not pass `make sqlcheck`. A column that is
 * only there for a tag is named tag_something.
 *
 * Failure: when the world breaks (disk, connection) the reader fails as a
 * whole: this and every later call finds nothing, and db_failed says so. Page
 * code needs no checks; whoever ends the reader looks once and answers 503.
 */
/* allow: long-file, the whole of what anyone may know */
#ifndef HAOWAI_DB_DB_H
#define HAOWAI_DB_DB_H

#include "lib/base/fields.h"
#include "lib/db/tags.h"

struct db_statement {
    const struct db_statement *const *slot; /* its place in the table of all statements */
    const char *name, *sql, *reads, *touches;
    const char *file;
    int line;
};

/* Names a statement and registers it, so that `make sqlcheck` prepares it on both engines. */
#define SQL(statement, text, ...)                                                                                      \
    static const struct db_statement statement;                                                                        \
    static const struct db_statement *const statement##_slot __attribute__((section("db_statements"), used)) =         \
        &statement;                                                                                                    \
    static const struct db_statement statement = {                                                                     \
        .slot = &statement##_slot, .name = #statement, .sql = text, .file = __FILE__, .line = __LINE__, ##__VA_ARGS__}

/* An argument or a cell. */
struct db_value {
    enum { DB_NULL, DB_INT, DB_TEXT } type;
    int64_t number;
    struct str text;
};

static inline struct db_value db_value_int(int64_t number)
{
    return (struct db_value){.type = DB_INT, .number = number};
}

static inline struct db_value db_value_text(struct str text)
{
    return (struct db_value){.type = DB_TEXT, .text = text};
}

static inline struct db_value db_value_moment(struct moment moment)
{
    return db_value_int(moment.ms);
}

static inline struct db_value db_value_same(struct db_value value)
{
    return value;
}

/* clang-format off */
#define DB_VALUE(x) \
    _Generic((x), struct str: db_value_text, struct moment: db_value_moment, struct db_value: db_value_same, \
        default: db_value_int)(x)
/* clang-format on */
#define DB_NO_VALUE ((struct db_value){.type = DB_NULL})

struct db_args {
    const struct db_value *at;
    size_t n;
};

/* ARGS(id, title, moment): up to 40 arguments, integers, texts, moments or DB_NO_VALUE. */
#define ARGS(...)                                                                                                      \
    ((struct db_args){(const struct db_value[]){DB_EACH(__VA_ARGS__)},                                                 \
                      sizeof((const struct db_value[]){DB_EACH(__VA_ARGS__)}) / sizeof(struct db_value)})
#define NO_ARGS ((struct db_args){NULL, 0})

struct db;
struct db_reader;
struct db_tx;

/* What a sentence about a failure fits in. */
struct db_problem {
    char text[512];
};

/* One step of the schema: numbered by its place, never changed once released. */
struct db_migration {
    const char *name, *sql;
};

struct db_config {
    struct str address; /* "postgresql://…", or the path of a SQLite file */
    const struct db_migration *migrations;
    size_t migration_count;
    bool writer;               /* may this process write? (one process per SQLite file) */
    int readers;               /* connections kept for readers */
    struct tag_table *changes; /* kept up to date by every snapshot; NULL when nobody caches here */
};

/* Opens it and, for a writer, brings its schema up to date; a reader refuses a
 * schema that is not of this program. NULL with *problem filled on failure. */
struct db *db_open(const struct db_config *config, struct db_problem *problem);
void db_close(struct db **db);

/* For a writer that tells others what it commits: no other such process writes to this database, here or on another
 * machine, for as long as this one has it open. Waits some seconds for one that ends. False with *problem filled. */
bool db_claim(struct db *db, struct db_problem *problem);

/* "sqlite" or "postgresql". */
const char *db_engine_name(const struct db *db);

/* --- reading ----------------------------------------------------------------
 * A snapshot: everything read through one reader is of one moment. Rows live in
 * `arena`. `tags` (may be NULL) collects what was read. Waits for a free
 * connection; never NULL, but see db_failed. */
struct db_reader *db_read(struct db *db, struct arena *arena, struct tag_set *tags);

/* Ends the snapshot; true when nothing had failed. */
bool db_read_end(struct db_reader **reader);

/* The number of the last change this snapshot contains; 0 in a transaction, and where nobody caches (changes ==
 * NULL). */
uint64_t db_sequence(const struct db_reader *reader);

struct arena *db_arena(const struct db_reader *reader);

/* Collects tags into another set from here on (NULL: none); returns the former one. */
struct tag_set *db_collect(struct db_reader *reader, struct tag_set *tags);

bool db_failed(const struct db_reader *reader);
const char *db_problem_text(const struct db_reader *reader);

/* The first row into *out (left alone when there is none): was there one? */
bool db_row(struct db_reader *reader, const struct db_statement *statement, struct db_args args,
            const struct fields *fields, void *out);

/* All rows appended to a LIST of the described struct. */
#define db_rows(reader, statement, args, fields, list)                                                                 \
    db_rows_into((reader), (statement), (args), (fields), (struct any_list *)(void *)(list), sizeof *(list)->at)
void db_rows_into(struct db_reader *reader, const struct db_statement *statement, struct db_args args,
                  const struct fields *fields, struct any_list *list, size_t size);

/* The first column of the first row; `otherwise` when there is no row or it is NULL. */
int64_t db_int(struct db_reader *reader, const struct db_statement *statement, struct db_args args, int64_t otherwise);
struct str db_text(struct db_reader *reader, const struct db_statement *statement, struct db_args args);

/* Collects a tag by hand: for what is read from elsewhere than the database. */
void db_reads(struct db_reader *reader, struct str tag);

/* --- writing ----------------------------------------------------------------
 * One writer at a time: db_begin waits for its turn. */
struct db_tx *db_begin(struct db *db, struct arena *arena);

/* The same transaction for functions that only read; sees what was written. */
struct db_reader *db_tx_reader(struct db_tx *tx);

/* Executes; returns the number of rows changed. */
int64_t db_exec(struct db_tx *tx, const struct db_statement *statement, struct db_args args);

/* Executes a statement with RETURNING; the first column of the first row, `otherwise` when there is none. */
int64_t db_exec_int(struct db_tx *tx, const struct db_statement *statement, struct db_args args, int64_t otherwise);

/* Touches a tag by hand, e.g. TAG_EVERYTHING. */
void db_touch(struct db_tx *tx, struct str tag);

enum db_outcome {
    DB_COMMITTED,
    DB_REFUSED, /* nothing was written */
    DB_UNKNOWN, /* the disk or the connection failed in the middle: ask again after reopening */
};

/* What was committed, for the invalidation channel; tags live in the arena of db_begin. */
struct db_change {
    uint64_t sequence; /* 0: nothing was touched */
    struct str tags;
};

/* `change` and `problem` may be NULL. A DB_UNKNOWN writer must exit. */
enum db_outcome db_commit(struct db_tx **tx, struct db_change *change, struct db_problem *problem);
void db_rollback(struct db_tx **tx);

/* The changes after `sequence`, oldest first, as {sequence, tags}; at most `limit`. */
struct db_change_row {
    int64_t sequence;
    struct str tags;
};
extern const struct fields DB_CHANGE_FIELDS;
typedef LIST(struct db_change_row) db_change_rows;
void db_changes_since(struct db_reader *reader, uint64_t sequence, db_change_rows *out);

/* Forgets changes more than `keep` (at least 1) numbers old. */
void db_changes_prune(struct db_tx *tx, int64_t keep);

/* --- upkeep ------------------------------------------------------------------ */

/* Prepares every registered statement; calls `report` for each with NULL or
 * what is wrong. Returns the number of bad ones. */
int db_check_statements(struct db *db, void (*report)(const struct db_statement *statement, const char *problem));

/* Whole-database integrity; true when sound, otherwise *problem says what is not. */
bool db_check_integrity(struct db *db, struct db_problem *problem);

/* Moves the log of changes into the database file and trims it (SQLite); nothing on PostgreSQL. */
void db_checkpoint(struct db *db);

struct db_counts {
    uint64_t reads, writes, rows; /* statements run, rows returned */
};
void db_counts(const struct db *db, struct db_counts *out);

/* Expands ARGS: DB_EACH(a, b) is DB_VALUE(a), DB_VALUE(b). */
#define DB_PARENS ()
#define DB_EXPAND(...) DB_EXPAND3(DB_EXPAND3(DB_EXPAND3(DB_EXPAND3(__VA_ARGS__))))
#define DB_EXPAND3(...) DB_EXPAND2(DB_EXPAND2(DB_EXPAND2(DB_EXPAND2(__VA_ARGS__))))
#define DB_EXPAND2(...) DB_EXPAND1(DB_EXPAND1(DB_EXPAND1(DB_EXPAND1(__VA_ARGS__))))
#define DB_EXPAND1(...) __VA_ARGS__
#define DB_EACH(...) __VA_OPT__(DB_EXPAND(DB_EACH_STEP(__VA_ARGS__)))
#define DB_EACH_STEP(first, ...) DB_VALUE(first) __VA_OPT__(, DB_EACH_AGAIN DB_PARENS(__VA_ARGS__))
#define DB_EACH_AGAIN() DB_EACH_STEP

#endif
