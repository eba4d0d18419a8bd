/* sqlite.c - the SQLite engine; the only file that knows sqlite3.h.
 *
 * Durability: WAL with synchronous=FULL is the one mode an acknowledged commit
 * survives a power cut in, at one fsync each. Debian 12's 3.40.1 has the
 * WAL-reset bug, which needs two connections that write or checkpoint; so there
 * is exactly one writing connection in the whole system, it alone checkpoints,
 * and readers are opened read-only down to the file descriptor of the WAL (see
 * open_wal_readonly): a process that was taken over cannot write the log either.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/db/engine.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

struct session {
    sqlite3 *db;
    bool writer;
};

static void set_problem(struct session *session, struct db_problem *problem)
{
    db_problem_set(problem, "%s", sqlite3_errmsg(session->db));
}

/* --- a file layer whose log is read-only -------------------------------------- */

static sqlite3_vfs reader_vfs;
static sqlite3_vfs *default_vfs;

/* The reader's shared-memory file is opened by SQLite itself; everything else
 * that comes through here is asked for read-only. An absent log is made first,
 * empty: that is what a paper looks like before its desk has started. */
static int open_wal_readonly(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    (void)vfs;
    if (flags & SQLITE_OPEN_WAL) {
        if (access(name, F_OK) != 0) {
            int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
            if (fd >= 0)
                close(fd);
        }
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    return default_vfs->xOpen(default_vfs, name, file, flags, out_flags);
}

static void register_reader_vfs(void)
{
    default_vfs = sqlite3_vfs_find(NULL);
    CHECK(default_vfs != NULL);
    reader_vfs = *default_vfs;
    reader_vfs.zName = "haowai-reader";
    reader_vfs.pNext = NULL;
    reader_vfs.xOpen = open_wal_readonly;
    sqlite3_vfs_register(&reader_vfs, 0);
}

/* --- sessions -------------------------------------------------------------------- */

static const char WRITER_SETUP[] = "PRAGMA journal_mode=WAL;"
                                   "PRAGMA synchronous=FULL;"
                                   "PRAGMA foreign_keys=ON;"
                                   "PRAGMA temp_store=MEMORY;"
                                   "PRAGMA cache_size=-32768;"
                                   "PRAGMA journal_size_limit=67108864;"
                                   "PRAGMA wal_autocheckpoint=4000;";

static const char READER_SETUP[] = "PRAGMA query_only=ON;"
                                   "PRAGMA temp_store=MEMORY;"
                                   "PRAGMA cache_size=-4096;"
                                   "PRAGMA wal_autocheckpoint=0;"
                                   "SELECT count(*) FROM sqlite_schema;"; /* opens log and shared memory now */

static void sqlite_close(void *handle)
{
    struct session *session = handle;

    CHECK(sqlite3_close(session->db) == SQLITE_OK); /* statements were finished before */
    free(session);
}

static bool sqlite_script(void *handle, const char *sql, struct db_problem *problem)
{
    struct session *session = handle;

    if (sqlite3_exec(session->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    set_problem(session, problem);
    return false;
}

static void *sqlite_open(struct str address, bool writer, struct db_problem *problem)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct arena *arena = arena_new();
    const char *path = str_cstr(arena, address);
    int flags = SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    struct session *session = calloc(1, sizeof *session);

    if (!session)
        die("out of memory");
    pthread_once(&once, register_reader_vfs);
    session->writer = writer;
    int status = sqlite3_open_v2(path, &session->db, flags, writer ? NULL : "haowai-reader");
    if (status == SQLITE_OK) {
        sqlite3_busy_timeout(session->db, 10000);
        sqlite3_extended_result_codes(session->db, 1);
    }
    if (status != SQLITE_OK || !sqlite_script(session, writer ? WRITER_SETUP : READER_SETUP, problem)) {
        db_problem_set(problem, "%s: %s", path, session->db ? sqlite3_errmsg(session->db) : "out of memory");
        sqlite3_close(session->db);
        free(session);
        session = NULL;
    }
    arena_free(&arena);
    return session;
}

static bool sqlite_begin(void *handle, bool writing, struct db_problem *problem)
{
    return sqlite_script(handle, writing ? "BEGIN IMMEDIATE" : "BEGIN", problem);
}

static enum db_outcome sqlite_commit(void *handle, struct db_problem *problem)
{
    struct session *session = handle;
    int status = sqlite3_exec(session->db, "COMMIT", NULL, NULL, NULL);

    if (status == SQLITE_OK)
        return DB_COMMITTED;
    set_problem(session, problem);
    /* After an error while writing or syncing, the row may or may not be there
     * when the file is opened again. A full disk is found before anything is. */
    bool unknown = (status & 0xff) == SQLITE_IOERR;
    if (!sqlite3_get_autocommit(session->db))
        sqlite3_exec(session->db, "ROLLBACK", NULL, NULL, NULL);
    return unknown ? DB_UNKNOWN : DB_REFUSED;
}

static void sqlite_rollback(void *handle)
{
    struct session *session = handle;

    if (!sqlite3_get_autocommit(session->db))
        sqlite3_exec(session->db, "ROLLBACK", NULL, NULL, NULL);
}

/* --- statements --------------------------------------------------------------------- */

/* SQLite numbers "$3" by first appearance, so arguments are found by name; once, when it is prepared. */
static void note_args(struct prepared *prepared)
{
    int places = sqlite3_bind_parameter_count(prepared->handle);

    CHECK(places <= DB_MOST_ARGS);
    for (int place = 1; place <= places; place++) {
        const char *name = sqlite3_bind_parameter_name(prepared->handle, place);
        int64_t number;
        CHECK(name && name[0] == '$' && str_to_int(str_of(name + 1), &number));
        CHECK(number >= 1 && number <= DB_MOST_ARGS);
        prepared->args[place] = (unsigned char)number;
    }
}

static bool sqlite_prepare(void *handle, struct prepared *prepared, struct db_problem *problem)
{
    struct session *session = handle;
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v3(session->db, prepared->statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        set_problem(session, problem);
        return false;
    }
    int columns = sqlite3_column_count(statement);
    CHECK(columns <= DB_MOST_COLUMNS);
    prepared->handle = statement;
    for (int i = 0; i < columns; i++)
        prepared_add_column(prepared, sqlite3_column_name(statement, i));
    note_args(prepared);
    return true;
}

static void sqlite_finish(void *handle, struct prepared *prepared)
{
    (void)handle;
    sqlite3_finalize(prepared->handle);
}

static void bind(const struct prepared *prepared, struct db_args args)
{
    sqlite3_stmt *statement = prepared->handle;
    int places = sqlite3_bind_parameter_count(statement);

    for (int place = 1; place <= places; place++) {
        CHECK(prepared->args[place] <= args.n);
        const struct db_value *value = &args.at[prepared->args[place] - 1];
        if (value->type == DB_INT)
            sqlite3_bind_int64(statement, place, value->number);
        else if (value->type == DB_TEXT)
            sqlite3_bind_text64(statement, place, value->text.p ? value->text.p : "", value->text.n, SQLITE_STATIC,
                                SQLITE_UTF8);
        else
            sqlite3_bind_null(statement, place);
    }
}

static struct db_value cell(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return DB_NO_VALUE;
    case SQLITE_INTEGER: return db_value_int(sqlite3_column_int64(statement, column));
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        return db_value_text((struct str){text, (size_t)sqlite3_column_bytes(statement, column)});
    }
    }
}

static bool sqlite_run(void *handle, struct prepared *prepared, struct db_args args, row_function *row, void *context,
                       int64_t *changed, struct db_problem *problem)
{
    struct session *session = handle;
    sqlite3_stmt *statement = prepared->handle;
    struct db_value cells[DB_MOST_COLUMNS];
    bool wanted = true;
    int status;

    bind(prepared, args);
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        for (size_t i = 0; i < prepared->columns; i++)
            cells[i] = cell(statement, (int)i);
        if (wanted && !row(context, prepared, cells)) {
            wanted = false;
            if (sqlite3_stmt_readonly(statement)) { /* a writing one with RETURNING runs to its end */
                status = SQLITE_DONE;
                break;
            }
        }
    }
    if (changed)
        *changed = sqlite3_stmt_readonly(statement) ? 0 : sqlite3_changes64(session->db);
    if (status != SQLITE_DONE)
        set_problem(session, problem);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return status == SQLITE_DONE;
}

/* Two spellings differ between the engines: only the exact words INTEGER
 * PRIMARY KEY make a column the table's own key in SQLite, and a table whose
 * rows lie in its primary key's index is called WITHOUT ROWID. */
static struct str sqlite_dialect(struct arena *arena, struct str sql)
{
    sql = dialect_replace(arena, sql, STR("BIGINT PRIMARY KEY"), STR("INTEGER PRIMARY KEY"));
    return dialect_replace(arena, sql, STR("/* clustered */"), STR("WITHOUT ROWID"));
}

static int note_unsound(void *context, int columns, char **values, char **names)
{
    (void)names;
    if (columns && values[0] && strcmp(values[0], "ok") != 0)
        db_problem_set(context, "%s", values[0]);
    return 0;
}

static bool sqlite_integrity(void *handle, struct db_problem *problem)
{
    struct session *session = handle;

    problem->text[0] = '\0';
    if (sqlite3_exec(session->db, "PRAGMA integrity_check(1)", note_unsound, problem, NULL) != SQLITE_OK)
        set_problem(session, problem);
    return problem->text[0] == '\0';
}

static void sqlite_checkpoint(void *handle)
{
    struct session *session = handle;

    CHECK(session->writer);
    sqlite3_wal_checkpoint_v2(session->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/* Who writes a file is settled by a lock beside it (src/desk/writer_lock.h). */
static bool sqlite_claim(void *handle, struct db_problem *problem)
{
    (void)handle, (void)problem;
    return true;
}

/* A file needs no connection: what was prepared stays good. */
static bool sqlite_revive(void *handle)
{
    (void)handle;
    return false;
}

const struct engine SQLITE_ENGINE = {
    .name = "sqlite",
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .prepare = sqlite_prepare,
    .finish = sqlite_finish,
    .run = sqlite_run,
    .script = sqlite_script,
    .dialect = sqlite_dialect,
    .integrity = sqlite_integrity,
    .checkpoint = sqlite_checkpoint,
    .claim = sqlite_claim,
    .revive = sqlite_revive,
};
