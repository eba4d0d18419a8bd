/* pgsql.c - the PostgreSQL engine; the only file that knows libpq-fe.h.
 *
 * Types. The server infers them from the statement, except that every whole
 * number is a BIGINT: it would take the $1 of "$1 - 5" for a 32-bit integer, in
 * which no moment fits. A statement that calls a function of 32-bit integers
 * writes CAST($2 AS INTEGER). Whole numbers travel in binary, texts as they
 * are; results come as text.
 *
 * Order. SQLite compares bytes. A database with a language's collation would
 * not, and its order changes with the system's C library, which silently breaks
 * indexes; so the dialect gives each TEXT column COLLATE "C". Any UTF-8
 * database will do.
 *
 * Round trips. BEGIN is sent along with the first statement, and the answer to
 * the ROLLBACK that ends a snapshot is fetched when the session is used next.
 *
 * One writer. A transaction holds an advisory lock, as SQLite's would the
 * file's; several desks may run. The server makes a commit visible before it
 * gives the lock back, so the next writer sees the number of the last change.
 */
/* allow: long-file, one engine */
#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/db/engine.h"

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>

/* Object identifiers of built-in types, from PostgreSQL's pg_type.dat; they never change. */
enum { TYPE_BOOL = 16, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23, TYPE_TEXT = 25, TYPE_NUMERIC = 1700 };

enum { OLDEST_SERVER = 150000 };
enum { CLAIM_ATTEMPTS = 60, CLAIM_PAUSE_US = 50000 };

enum pending { NOTHING_PENDING, PENDING_READ, PENDING_WRITE };

struct session {
    PGconn *link;
    char *address;
    bool writer;
    enum pending pending; /* a BEGIN not sent yet */
    bool owed;            /* an answer not fetched yet */
    bool claimed;         /* it was the only one that answers "done", and must be again after a new connection */
    bool outdated;        /* what is prepared here cannot be used any more */
    unsigned statements;  /* for their names */
};

/* What prepared.handle points to. */
struct remote {
    char name[16];
    int params, columns;
    Oid param_types[DB_MOST_ARGS], column_types[DB_MOST_COLUMNS];
};

/* --- problems ---------------------------------------------------------------------- */

static struct str message_of(const PGconn *link)
{
    return str_trim(str_of(PQerrorMessage(link)));
}

static void set_link_problem(struct session *session, struct db_problem *problem)
{
    struct str message = message_of(session->link);

    db_problem_set(problem, "%.*s", STR_ARG(message.n ? message : STR("the connection to the database was lost")));
}

/* States after which a new session is needed although the connection is up: a table was
 * changed under a prepared statement (0A000), a connection pool lost it (26000), the server became a
 * replica (25006). */
static bool is_outdated(const char *state)
{
    return strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0 || strcmp(state, "25006") == 0;
}

static void set_problem(struct session *session, const PGresult *result, struct db_problem *problem)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    if (!state || !message) {
        set_link_problem(session, problem);
        return;
    }
    if (is_outdated(state))
        session->outdated = true;
    db_problem_set(problem, "%s (%s)", message, state);
}

/* Frees the result; was it a success? */
static bool is_done(struct session *session, PGresult *result, struct db_problem *problem)
{
    ExecStatusType status = PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!done)
        set_problem(session, result, problem);
    PQclear(result);
    return done;
}

/* --- sessions ------------------------------------------------------------------------ */

static const char SETUP[] = "SET client_min_messages = warning; SET jit = off";

/* Stronger than "on" (remote_apply) may be what the server's owner wants; "off" would break the promise. */
static const char WRITER_SETUP[] = "SELECT set_config('synchronous_commit', 'on', false)"
                                   " WHERE current_setting('synchronous_commit') = 'off'";
static const char READER_SETUP[] = "SET default_transaction_read_only = on; SET statement_timeout = '30s'";

#define CREATE_HINT "create it with: createdb --encoding=UTF8 --template=template0 --locale=C.UTF-8 %s"

static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

/* What stands before "dbname" the address may overrule, what stands behind it not. */
static PGconn *connect_to(const struct session *session)
{
    const char *const names[] = {"fallback_application_name", "connect_timeout", "keepalives_idle", "tcp_user_timeout",
                                 "target_session_attrs",      "dbname",          "client_encoding", NULL};
    const char *const values[] = {"haowai",         "5",    "30", "30000", session->writer ? "read-write" : "any",
                                  session->address, "UTF8", NULL};
    PGconn *link = PQconnectdbParams(names, values, 1);

    if (!link)
        die("out of memory");
    PQsetNoticeReceiver(link, ignore_notice, NULL);
    return link;
}

static bool explain_no_connection(struct session *session, struct db_problem *problem)
{
    struct str message = message_of(session->link);
    const char *name = PQdb(session->link);

    if (name && str_find(message, STR("database \""), 0) >= 0 && str_ends(message, STR("does not exist")))
        db_problem_set(problem, "there is no database %s; " CREATE_HINT, name, name);
    else
        db_problem_set(problem, "cannot reach the database: %.*s", STR_ARG(message));
    return false;
}

static bool check_server(struct session *session, struct db_problem *problem)
{
    const char *encoding = PQparameterStatus(session->link, "server_encoding");
    const char *name = PQdb(session->link);

    if (PQserverVersion(session->link) < OLDEST_SERVER) {
        db_problem_set(problem, "the database server is too old; it must be PostgreSQL 15 or newer");
        return false;
    }
    if (!encoding || strcmp(encoding, "UTF8") != 0) {
        db_problem_set(problem, "database %s is encoded in %s, not in UTF8; use another one and " CREATE_HINT, name,
                       encoding ? encoding : "nobody knows what", name);
        return false;
    }
    return true;
}

/* Since version 15 only its owner may create tables in a database's schema "public". */
static bool check_rights(struct session *session, struct db_problem *problem)
{
    PGresult *result = PQexec(session->link, "SELECT coalesce(current_schema(), ''),"
                                             " current_schema() IS NOT NULL"
                                             " AND has_schema_privilege(current_schema(), 'CREATE')");

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return is_done(session, result, problem);
    bool may = PQgetvalue(result, 0, 1)[0] == 't', has_schema = PQgetlength(result, 0, 0) > 0;
    const char *name = PQdb(session->link), *user = PQuser(session->link);
    if (!has_schema)
        db_problem_set(problem,
                       "no schema of the search path exists in database %s; add one with: CREATE SCHEMA public", name);
    else if (!may)
        db_problem_set(problem,
                       "user %s may not create tables in database %s; allow it with: ALTER DATABASE %s OWNER "
                       "TO %s",
                       user, name, name, user);
    PQclear(result);
    return may;
}

/* A lock of the session, so it goes with its process or connection. A process that was killed may keep it for the
 * moment its server needs to notice. */
static bool pgsql_claim(void *handle, struct db_problem *problem)
{
    struct session *session = handle;
    bool claimed = false;

    for (int attempt = 0; attempt < CLAIM_ATTEMPTS && !claimed; attempt++) {
        if (attempt)
            usleep(CLAIM_PAUSE_US);
        PGresult *result = PQexec(session->link, "SELECT pg_try_advisory_lock(114767691211114)");
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            return is_done(session, result, problem);
        claimed = PQgetvalue(result, 0, 0)[0] == 't';
        PQclear(result);
    }
    session->claimed = claimed;
    if (!claimed)
        db_problem_set(problem, "another desk or command writes to this database, perhaps from another machine; end it "
                                "first, or run the command where that desk runs");
    return claimed;
}

static bool set_up(struct session *session, struct db_problem *problem)
{
    if (PQstatus(session->link) != CONNECTION_OK)
        return explain_no_connection(session, problem);
    return check_server(session, problem) && is_done(session, PQexec(session->link, SETUP), problem) &&
           is_done(session, PQexec(session->link, session->writer ? WRITER_SETUP : READER_SETUP), problem) &&
           (!session->writer || check_rights(session, problem)) && (!session->claimed || pgsql_claim(session, problem));
}

static void pgsql_close(void *handle)
{
    struct session *session = handle;

    PQfinish(session->link);
    free(session->address);
    free(session);
}

static void *pgsql_open(struct str address, bool writer, struct db_problem *problem)
{
    struct session *session = calloc(1, sizeof *session);
    char *copy = strndup(address.p, address.n);

    if (!session || !copy)
        die("out of memory");
    session->address = copy;
    session->writer = writer;
    session->link = connect_to(session);
    if (set_up(session, problem))
        return session;
    pgsql_close(session);
    return NULL;
}

static bool pgsql_revive(void *handle)
{
    struct session *session = handle;
    struct db_problem ignored;

    if (PQstatus(session->link) == CONNECTION_OK && !session->outdated)
        return false;
    PQfinish(session->link);
    session->link = connect_to(session);
    session->pending = NOTHING_PENDING;
    session->owed = false;
    bool claimed = session->claimed;
    session->outdated = !set_up(session, &ignored);
    session->claimed = claimed;
    return !session->outdated;
}

/* --- transactions ---------------------------------------------------------------------- */

#define BEGIN_READING "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
#define BEGIN_WRITING "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
#define LOCK_WRITING "SELECT pg_advisory_xact_lock(114767691211113)" /* the letters "haowai" */

static void fetch_owed(struct session *session)
{
    PGresult *result;

    while (session->owed && (result = PQgetResult(session->link)))
        PQclear(result);
    session->owed = false;
}

/* Looks whether the server has hung up. It says why first, so the end of the connection comes with the second look. */
static void notice_hanging_up(PGconn *link)
{
    struct pollfd socket = {.fd = PQsocket(link), .events = POLLIN};

    if (PQstatus(link) == CONNECTION_OK && poll(&socket, 1, 0) > 0)
        (void)(PQconsumeInput(link) && PQconsumeInput(link));
}

/* Nothing is sent yet. */
static bool pgsql_begin(void *handle, bool writing, struct db_problem *problem)
{
    struct session *session = handle;

    fetch_owed(session);
    notice_hanging_up(session->link);
    if (PQstatus(session->link) != CONNECTION_OK || session->outdated) {
        set_link_problem(session, problem);
        return false;
    }
    session->pending = writing ? PENDING_WRITE : PENDING_READ;
    return true;
}

/* Sends the BEGIN now and waits for its answer. */
static bool begin_now(struct session *session, struct db_problem *problem)
{
    enum pending pending = session->pending;

    session->pending = NOTHING_PENDING;
    if (pending == NOTHING_PENDING)
        return true;
    return is_done(session,
                   PQexec(session->link, pending == PENDING_READ ? BEGIN_READING : BEGIN_WRITING ";" LOCK_WRITING),
                   problem);
}

/* Without an answer, or when the server itself does not know (40003, 08007), nobody knows. */
static enum db_outcome outcome_of(struct session *session, PGresult *result, struct db_problem *problem)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0)
        return DB_COMMITTED;
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        db_problem_set(problem, "the transaction had failed before");
        return DB_REFUSED;
    }
    set_problem(session, result, problem);
    if (PQstatus(session->link) != CONNECTION_OK || !state || strcmp(state, "40003") == 0 ||
        strcmp(state, "08007") == 0)
        return DB_UNKNOWN;
    return DB_REFUSED;
}

static enum db_outcome pgsql_commit(void *handle, struct db_problem *problem)
{
    struct session *session = handle;

    if (session->pending != NOTHING_PENDING) { /* nothing was done */
        session->pending = NOTHING_PENDING;
        return DB_COMMITTED;
    }
    PGresult *result = PQexec(session->link, "COMMIT");
    enum db_outcome outcome = outcome_of(session, result, problem);
    PQclear(result);
    return outcome;
}

static void pgsql_rollback(void *handle)
{
    struct session *session = handle;
    PGTransactionStatusType status = PQtransactionStatus(session->link);

    session->pending = NOTHING_PENDING;
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        session->owed = PQsendQuery(session->link, "ROLLBACK") == 1;
}

static bool pgsql_script(void *handle, const char *sql, struct db_problem *problem)
{
    struct session *session = handle;

    return begin_now(session, problem) && is_done(session, PQexec(session->link, sql), problem);
}

/* --- preparing ------------------------------------------------------------------------- */

/* Prepares it with these types (0: the server infers) and notes what it was understood as. */
static PGresult *prepare_as(struct session *session, struct remote *remote, const char *sql, int params,
                            struct db_problem *problem)
{
    PGconn *link = session->link;

    if (!is_done(session, PQprepare(link, remote->name, sql, params, remote->param_types), problem))
        return NULL;
    PGresult *described = PQdescribePrepared(link, remote->name);
    if (PQresultStatus(described) != PGRES_COMMAND_OK) {
        is_done(session, described, problem);
        return NULL;
    }
    remote->params = PQnparams(described);
    remote->columns = PQnfields(described);
    CHECK(remote->params <= DB_MOST_ARGS && remote->columns <= DB_MOST_COLUMNS);
    for (int i = 0; i < remote->params; i++)
        remote->param_types[i] = PQparamtype(described, i);
    for (int i = 0; i < remote->columns; i++)
        remote->column_types[i] = PQftype(described, i);
    return described;
}

/* Makes every whole number a BIGINT; were there others? */
static bool widen(struct remote *remote)
{
    bool widened = false;

    for (int i = 0; i < remote->params; i++)
        if (remote->param_types[i] == TYPE_INT4 || remote->param_types[i] == TYPE_INT2) {
            remote->param_types[i] = TYPE_INT8;
            widened = true;
        }
    return widened;
}

static PGresult *prepare_wide(struct session *session, struct remote *remote, const char *sql,
                              struct db_problem *problem)
{
    PGresult *described = prepare_as(session, remote, sql, 0, problem);
    char forget[32];

    if (!described || !widen(remote))
        return described;
    PQclear(described);
    snprintf(forget, sizeof forget, "DEALLOCATE %s", remote->name);
    if (!is_done(session, PQexec(session->link, forget), problem))
        return NULL;
    return prepare_as(session, remote, sql, remote->params, problem);
}

/* May happen before the BEGIN is sent: a statement is prepared for the session, not the transaction. */
static bool pgsql_prepare(void *handle, struct prepared *prepared, struct db_problem *problem)
{
    struct session *session = handle;
    struct remote *remote = calloc(1, sizeof *remote);

    if (!remote)
        die("out of memory");
    snprintf(remote->name, sizeof remote->name, "s%u", ++session->statements);
    fetch_owed(session);
    PGresult *described = prepare_wide(session, remote, prepared->statement->sql, problem);
    if (!described) {
        free(remote);
        return false;
    }
    prepared->handle = remote;
    for (int i = 0; i < remote->columns; i++)
        prepared_add_column(prepared, PQfname(described, i));
    PQclear(described);
    return true;
}

/* The server keeps its side until the session ends: statements are given up only with it. */
static void pgsql_finish(void *handle, struct prepared *prepared)
{
    (void)handle;
    free(prepared->handle);
}

/* --- arguments --------------------------------------------------------------------------- */

/* A statement's arguments as libpq wants them. */
struct outgoing {
    const char *values[DB_MOST_ARGS];
    int lengths[DB_MOST_ARGS], formats[DB_MOST_ARGS]; /* 1: binary */
    uint64_t numbers[DB_MOST_ARGS];                   /* in network order */
    struct buf texts;                                 /* what needs a terminator */
};

static void put_text(struct outgoing *out, int i, struct str text)
{
    out->values[i] = out->texts.p + out->texts.n;
    buf_add_str(&out->texts, text);
    buf_add_char(&out->texts, '\0');
}

static void put_number(struct outgoing *out, int i, Oid type, int64_t number)
{
    char digits[24];

    if (type == TYPE_INT8) {
        out->numbers[i] = htobe64((uint64_t)number);
        out->values[i] = (const char *)&out->numbers[i];
        out->lengths[i] = sizeof out->numbers[i];
        out->formats[i] = 1;
        return;
    }
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    put_text(out, i, str_of(digits));
}

/* The binary form of a text is its bytes: no copy, no terminator. */
static void put_args(struct outgoing *out, const struct remote *remote, struct db_args args)
{
    size_t room = 1;

    CHECK((size_t)remote->params <= args.n);
    for (int i = 0; i < remote->params; i++)
        room += args.at[i].type == DB_TEXT && remote->param_types[i] != TYPE_TEXT ? args.at[i].text.n + 1 : 24;
    out->texts = BUF(room);
    buf_reserve(&out->texts, room); /* once, because values point into it */
    for (int i = 0; i < remote->params; i++) {
        const struct db_value *arg = &args.at[i];
        if (arg->type == DB_INT) {
            put_number(out, i, remote->param_types[i], arg->number);
        } else if (arg->type == DB_TEXT && remote->param_types[i] == TYPE_TEXT) {
            CHECK(arg->text.n <= INT32_MAX);
            out->values[i] = arg->text.p ? arg->text.p : "";
            out->lengths[i] = (int)arg->text.n;
            out->formats[i] = 1;
        } else if (arg->type == DB_TEXT) {
            put_text(out, i, arg->text);
        }
    }
}

/* --- running ------------------------------------------------------------------------------- */

/* One call of pgsql_run. */
struct answer {
    struct session *session;
    const struct prepared *prepared;
    row_function *row;
    void *context;
    int64_t changed;
    int before; /* answers that come before the statement's own */
    bool wanted, failed;
    struct db_problem *problem;
};

/* sum() of BIGINT is a numeric without a fraction; one with a fraction stays text. */
static struct db_value cell(const PGresult *result, int column, Oid type)
{
    if (PQgetisnull(result, 0, column))
        return DB_NO_VALUE;
    struct str text = {PQgetvalue(result, 0, column), (size_t)PQgetlength(result, 0, column)};
    int64_t number;
    switch (type) {
    case TYPE_BOOL: return db_value_int(text.p[0] == 't');
    case TYPE_INT8:
    case TYPE_INT4:
    case TYPE_INT2:
    case TYPE_NUMERIC: return str_to_int(text, &number) ? db_value_int(number) : db_value_text(text);
    default: return db_value_text(text);
    }
}

/* After the last wanted row the rest is still read off the line, and dropped. */
static void take_row(struct answer *answer, const PGresult *result)
{
    const struct remote *remote = answer->prepared->handle;
    struct db_value cells[DB_MOST_COLUMNS];

    if (!answer->wanted)
        return;
    for (int i = 0; i < remote->columns; i++)
        cells[i] = cell(result, i, remote->column_types[i]);
    answer->wanted = answer->row(answer->context, answer->prepared, cells);
}

static int64_t changed_by(PGresult *result)
{
    int64_t changed = 0;

    if (!str_starts(str_of(PQcmdStatus(result)), STR("SELECT")))
        str_to_int(str_of(PQcmdTuples(result)), &changed);
    return changed;
}

static void take_result(struct answer *answer, PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_SINGLE_TUPLE: take_row(answer, result); break;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK: answer->changed = changed_by(result); break;
    case PGRES_PIPELINE_ABORTED: break; /* the cause came before */
    default:
        if (!answer->failed)
            set_problem(answer->session, result, answer->problem);
        answer->failed = true;
    }
}

/* Reads up to the mark behind the statement; false when the connection broke. Row by row, so that a
 * long list costs one row of memory here. */
static bool take_answers(struct answer *answer)
{
    PGconn *link = answer->session->link;

    for (int ended = 0, silent = 0; silent < 2;) { /* two silences in a row: nothing more will come */
        if (ended == answer->before)
            PQsetSingleRowMode(link);
        PGresult *result = PQgetResult(link);
        if (!result) {
            ended++;
            silent++;
            continue;
        }
        bool is_mark = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        silent = 0;
        if (!is_mark)
            take_result(answer, result);
        PQclear(result);
        if (is_mark)
            return true;
    }
    return false;
}

static bool send_plain(PGconn *link, const char *sql)
{
    return PQsendQueryParams(link, sql, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

/* Sends a BEGIN that is still pending; adds the answers to wait for. */
static bool send_begin(struct session *session, int *answers)
{
    enum pending pending = session->pending;

    session->pending = NOTHING_PENDING;
    *answers = (int)pending; /* one for reading, two for writing */
    if (pending == NOTHING_PENDING)
        return true;
    return send_plain(session->link, pending == PENDING_READ ? BEGIN_READING : BEGIN_WRITING) &&
           (pending == PENDING_READ || send_plain(session->link, LOCK_WRITING));
}

static bool send_all(struct answer *answer, const struct outgoing *out)
{
    const struct remote *remote = answer->prepared->handle;
    PGconn *link = answer->session->link;

    return PQenterPipelineMode(link) == 1 && send_begin(answer->session, &answer->before) &&
           PQsendQueryPrepared(link, remote->name, remote->params, out->values, out->lengths, out->formats, 0) == 1 &&
           PQpipelineSync(link) == 1;
}

static bool pgsql_run(void *handle, struct prepared *prepared, struct db_args args, row_function *row, void *context,
                      int64_t *changed, struct db_problem *problem)
{
    struct session *session = handle;
    struct outgoing out = {.values = {NULL}};
    struct answer answer = {
        .session = session, .prepared = prepared, .row = row, .context = context, .wanted = true, .problem = problem};

    fetch_owed(session);
    put_args(&out, prepared->handle, args);
    bool complete = send_all(&answer, &out) && take_answers(&answer);
    buf_free(&out.texts);
    if (!complete || PQexitPipelineMode(session->link) != 1) {
        session->outdated = true; /* whatever state it is in: a new session has a known one */
        if (!answer.failed)
            set_link_problem(session, problem);
        return false;
    }
    if (changed)
        *changed = answer.changed;
    return !answer.failed;
}

/* --- schema and upkeep ----------------------------------------------------------------------- */

/* Phrases a schema must spell like this: TEXT in capitals, a space before it, one of these behind it. */
static struct str pgsql_dialect(struct arena *arena, struct str sql)
{
    sql = dialect_replace(arena, sql, STR(" TEXT "), STR(" TEXT COLLATE \"C\" "));
    sql = dialect_replace(arena, sql, STR(" TEXT,"), STR(" TEXT COLLATE \"C\","));
    sql = dialect_replace(arena, sql, STR(" TEXT)"), STR(" TEXT COLLATE \"C\")"));
    return dialect_replace(arena, sql, STR(" TEXT\n"), STR(" TEXT COLLATE \"C\"\n"));
}

/* Each returns what is wrong, one sentence a row. */
static const char *const SOUNDNESS[] = {
    "SELECT 'the database is not encoded in UTF8 but in ' || current_setting('server_encoding')"
    " WHERE current_setting('server_encoding') <> 'UTF8'",
    "SELECT 'the schema is not complete: step ' || expected || ' is missing'"
    " FROM generate_series(1, (SELECT max(step) FROM schema_step)) expected"
    " WHERE NOT EXISTS (SELECT 1 FROM schema_step WHERE step = expected)",
    "SELECT 'the index ' || indexrelid::regclass || ' is not valid; repair it with REINDEX' FROM pg_index"
    " WHERE NOT indisvalid",
    "SELECT 'the constraint ' || conname || ' has not been validated' FROM pg_constraint WHERE NOT convalidated",
    "SELECT 'column ' || attname || ' of table ' || attrelid::regclass || ' does not compare bytes: COLLATE \"C\" is "
    "missing' FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
    " AND atttypid = 'text'::regtype AND attcollation <> '\"C\"'::regcollation",
};

static bool is_sound(struct session *session, const char *question, struct db_problem *problem)
{
    PGresult *result = PQexec(session->link, question);

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return is_done(session, result, problem);
    bool sound = PQntuples(result) == 0;
    if (!sound)
        db_problem_set(problem, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return sound;
}

/* Whether its pages are intact the server itself finds out, by checksums and pg_amcheck. */
static bool pgsql_integrity(void *handle, struct db_problem *problem)
{
    struct session *session = handle;

    fetch_owed(session);
    for (size_t i = 0; i < sizeof SOUNDNESS / sizeof SOUNDNESS[0]; i++)
        if (!is_sound(session, SOUNDNESS[i], problem))
            return false;
    return true;
}

/* The server does that by itself. */
static void pgsql_checkpoint(void *handle)
{
    (void)handle;
}

const struct engine PGSQL_ENGINE = {
    .name = "postgresql",
    .open = pgsql_open,
    .close = pgsql_close,
    .begin = pgsql_begin,
    .commit = pgsql_commit,
    .rollback = pgsql_rollback,
    .prepare = pgsql_prepare,
    .finish = pgsql_finish,
    .run = pgsql_run,
    .script = pgsql_script,
    .dialect = pgsql_dialect,
    .integrity = pgsql_integrity,
    .checkpoint = pgsql_checkpoint,
    .claim = pgsql_claim,
    .revive = pgsql_revive,
};
