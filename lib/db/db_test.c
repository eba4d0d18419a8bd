/* db_test.c - statements, tags, snapshots, transactions, failures and steps of the schema, on either engine. */
#include "lib/db/db.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "tests/unit_paper.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct db_migration STEPS[] = {
    {"0001_first.sql", "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL,"
                       " yes BIGINT NOT NULL, maybe TEXT, number BIGINT);"
                       "CREATE TABLE change (sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, tags TEXT NOT NULL);"},
    {"0002_second.sql", "CREATE TABLE other (id BIGINT PRIMARY KEY);"},
};

struct thing {
    int64_t id;
    struct str name;
    struct moment at;
    bool yes;
    struct str maybe;
    int64_t number;
};
static const struct fields THING_FIELDS =
    FIELDS(struct thing, FIELD(struct thing, id), FIELD(struct thing, name), FIELD(struct thing, at),
           FIELD(struct thing, yes), FIELD(struct thing, maybe), FIELD(struct thing, number));
typedef LIST(struct thing) thing_list;

#define COLUMNS "id, name, at, yes, maybe, number"
SQL(find, "SELECT " COLUMNS " FROM thing WHERE id = $1", .reads = "thing:$1");
SQL(list, "SELECT " COLUMNS ", id * 2 AS tag_twice FROM thing WHERE id >= $1 ORDER BY id",
    .reads = "list thing:{id} twice:{tag_twice} name:{name} from:$1:{id}");
SQL(named, "SELECT id FROM thing WHERE name = $1", .reads = "named:$1 -");
SQL(count, "SELECT count(*) FROM thing", .reads = "-");
SQL(maybe, "SELECT maybe FROM thing WHERE id = $1", .reads = "-");
SQL(swapped, "SELECT " COLUMNS " FROM thing WHERE name = $2 AND id = $1", .reads = "-");
SQL(add, "INSERT INTO thing (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)", .touches = "thing:$1 list");
SQL(rename_from, "UPDATE thing SET name = $2 WHERE id >= $1 RETURNING id", .touches = "thing:{id} renamed");
SQL(remove_all, "DELETE FROM thing", .touches = "list");
SQL(quietly, "UPDATE thing SET maybe = $1", .touches = "-");

/* Wrong on purpose. */
SQL(no_table, "SELECT id FROM nowhere", .reads = "-");
SQL(no_tags, "SELECT 1 AS one");
SQL(no_argument, "SELECT id FROM thing WHERE id = $1", .reads = "thing:$2");
SQL(no_column, "SELECT id FROM thing", .reads = "thing:{number}");

static struct arena *arena;
static struct db *db;
static struct tag_table *table;
static char dir[200];
static struct str address;

static struct db *open_as(bool writer, size_t steps, struct db_problem *problem)
{
    struct db_config config = {.address = address,
                               .migrations = STEPS,
                               .migration_count = steps,
                               .writer = writer,
                               .readers = 2,
                               .changes = table};

    return db_open(&config, problem);
}

static int open_database(void **state)
{
    struct db_problem problem = {{0}};
    const char *pgsql = unit_pgsql();
    (void)state;

    arena = arena_new();
    table = tag_table_new();
    snprintf(dir, sizeof dir, "%s/haowai-db-XXXXXX", P_tmpdir);
    assert_non_null(mkdtemp(dir));
    address = pgsql ? str_of(pgsql) : str_printf(arena, "%s/content.db", dir);
    db = open_as(true, 1, &problem);
    if (!db)
        fail_msg("%s", problem.text);
    return 0;
}

static int close_database(void **state)
{
    (void)state;
    db_close(&db);
    tag_table_free(&table);
    static const char *const FILES[] = {"content.db", "content.db-wal", "content.db-shm"};
    for (size_t i = 0; i < 3; i++)
        unlink(str_cstr(arena, str_printf(arena, "%s/%s", dir, FILES[i])));
    rmdir(dir);
    arena_free(&arena);
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(arena, text), expected)

static void put(struct db_tx *tx, int64_t id, const char *name)
{
    assert_int_equal(db_exec(tx, &add, ARGS(id, str_of(name), (struct moment){id * 1000}, 1, DB_NO_VALUE, DB_NO_VALUE)),
                     1);
}

/* Puts things with these ids and names in one transaction; what it touched. */
static struct db_change put_things(int64_t first, int64_t last)
{
    struct db_tx *tx = db_begin(db, arena);
    struct db_change change;

    for (int64_t id = first; id <= last; id++)
        put(tx, id, "a");
    assert_int_equal(db_commit(&tx, &change, NULL), DB_COMMITTED);
    assert_null(tx);
    return change;
}

static int64_t count_things(struct db_reader *reader)
{
    return db_int(reader, &count, NO_ARGS, -1);
}

/* --- values ------------------------------------------------------------------------------ */

static void rows_become_structs(void **state)
{
    struct db_tx *tx = db_begin(db, arena);
    struct thing thing = {.id = 99};
    (void)state;

    db_exec(tx, &add,
            ARGS(1, STR("號外'; DROP TABLE thing; --\n\"$1\""), (struct moment){INT64_MAX}, 0, STR(""), INT64_MIN));
    db_exec(tx, &add, ARGS(2, STR(""), (struct moment){-5}, 7, DB_NO_VALUE, DB_NO_VALUE));
    db_exec(tx, &add, ARGS(3, ((struct str){NULL, 0}), (struct moment){0}, 1, STR("x"), 5));
    assert_int_equal(db_commit(&tx, NULL, NULL), DB_COMMITTED);

    struct db_reader *reader = db_read(db, arena, NULL);
    assert_true(db_row(reader, &find, ARGS(1), &THING_FIELDS, &thing));
    IS(thing.name, "號外'; DROP TABLE thing; --\n\"$1\"");
    assert_true(thing.id == 1 && thing.at.ms == INT64_MAX && !thing.yes && thing.number == INT64_MIN);
    assert_true(thing.maybe.p != NULL && thing.maybe.n == 0);
    assert_true(db_row(reader, &find, ARGS(2), &THING_FIELDS, &thing));
    assert_true(thing.yes && thing.at.ms == -5 && thing.number == 0 && thing.maybe.p != NULL && thing.maybe.n == 0);
    assert_true(db_row(reader, &find, ARGS(3), &THING_FIELDS, &thing));
    IS(thing.maybe, "x");
    thing.id = 42;
    assert_false(db_row(reader, &find, ARGS(4), &THING_FIELDS, &thing));
    assert_int_equal(thing.id, 42);                                                 /* left alone */
    assert_true(db_row(reader, &swapped, ARGS(3, STR("")), &THING_FIELDS, &thing)); /* $2 stands before $1 */
    assert_int_equal(thing.id, 3);

    thing_list things = {0};
    db_rows(reader, &list, ARGS(2), &THING_FIELDS, &things);
    db_rows(reader, &list, ARGS(3), &THING_FIELDS, &things); /* appends */
    assert_int_equal(things.n, 3);
    assert_true(things.at[0].id == 2 && things.at[1].id == 3 && things.at[2].id == 3);

    assert_int_equal(count_things(reader), 3);
    assert_int_equal(db_int(reader, &find, ARGS(9), -7), -7);
    assert_int_equal(db_int(reader, &named, ARGS(STR("nobody")), -7), -7);
    IS(db_text(reader, &maybe, ARGS(3)), "x");
    IS(db_text(reader, &maybe, ARGS(2)), "");
    IS(db_text(reader, &maybe, ARGS(9)), "");
    assert_true(db_read_end(&reader));
    assert_null(reader);
}

static void long_texts(void **state)
{
    char *text = arena_bytes(arena, 3 << 20);
    struct thing thing;
    (void)state;

    memset(text, 'x', 3 << 20);
    struct db_tx *tx = db_begin(db, arena);
    db_exec(tx, &add, ARGS(1, ((struct str){text, 3 << 20}), (struct moment){0}, 0, DB_NO_VALUE, DB_NO_VALUE));
    assert_int_equal(db_commit(&tx, NULL, NULL), DB_COMMITTED);
    struct db_reader *reader = db_read(db, arena, NULL);
    assert_true(db_row(reader, &find, ARGS(1), &THING_FIELDS, &thing));
    assert_true(thing.name.n == 3 << 20 && thing.name.p[(3 << 20) - 1] == 'x');
    assert_true(db_read_end(&reader));
}

/* --- tags ----------------------------------------------------------------------------------- */

/* The set holds exactly these, separated by spaces. */
static void holds(struct tag_set *set, const char *tags)
{
    size_t n = 0;

    tag_set_settle(set);
    for (struct str rest = str_of(tags); rest.p;) {
        struct str tag = str_cut(&rest, ' ');
        if (tag.n == 0)
            continue;
        n++;
        if (!unit_has_tag(set, str_cstr(arena, tag)))
            fail_msg("%.*s was not read", STR_ARG(tag));
    }
    assert_int_equal(set->n, n);
}

static void what_was_read(void **state)
{
    struct tag_set tags = {.arena = arena}, others = {.arena = arena};
    struct thing thing;
    thing_list things = {0};
    (void)state;

    put_things(1, 2);
    struct db_reader *reader = db_read(db, arena, &tags);
    assert_false(db_row(reader, &find, ARGS(77), &THING_FIELDS, &thing)); /* what is not there was asked for, too */
    holds(&tags, "thing:77");
    tags.n = 0;
    db_rows(reader, &list, ARGS(1), &THING_FIELDS, &things);
    holds(&tags, "list thing:1 thing:2 twice:2 twice:4 name:a from:1:1 from:1:2");
    tags.n = 0;
    db_int(reader, &named, ARGS(STR("two words")), 0);
    count_things(reader);
    holds(&tags, "named:two_words");
    tags.n = 0;
    db_int(reader, &named, ARGS(DB_NO_VALUE), 0);
    holds(&tags, "named:");
    tags.n = 0;

    assert_ptr_equal(db_collect(reader, &others), &tags);
    db_row(reader, &find, ARGS(1), &THING_FIELDS, &thing);
    db_reads(reader, STR("by:hand"));
    assert_ptr_equal(db_collect(reader, NULL), &others);
    db_row(reader, &find, ARGS(2), &THING_FIELDS, &thing);
    db_reads(reader, STR("nobody:listens"));
    holds(&tags, "");
    holds(&others, "thing:1 by:hand");
    assert_true(db_read_end(&reader));
}

/* However long the question, the tag is short, and the same for the same question. */
static void long_values_in_tags(void **state)
{
    struct tag_set first = {.arena = arena}, second = {.arena = arena};
    char text[5000];
    (void)state;

    memset(text, 'x', sizeof text);
    struct db_reader *reader = db_read(db, arena, &first);
    db_int(reader, &named, ARGS(((struct str){text, 5000})), 0);
    db_collect(reader, &second);
    db_int(reader, &named, ARGS(((struct str){text, 5000})), 0);
    db_int(reader, &named, ARGS(((struct str){text, 4999})), 0);
    tag_set_settle(&second);
    assert_int_equal(second.n, 2);
    assert_true(first.at[0] == second.at[0] || first.at[0] == second.at[1]);
    assert_true(db_read_end(&reader));
}

static void what_was_touched(void **state)
{
    struct db_change change = put_things(1, 3);
    (void)state;

    IS(change.tags, "thing:1 list thing:2 thing:3"); /* each once */
    assert_int_equal(change.sequence, 1);

    struct db_tx *tx = db_begin(db, arena);
    assert_int_equal(db_exec_int(tx, &rename_from, ARGS(2, STR("b")), -1),
                     2); /* the first row's, but each was touched */
    db_touch(tx, STR("by:hand"));
    assert_int_equal(db_exec(tx, &quietly, ARGS(STR("m"))), 3);
    assert_int_equal(db_commit(&tx, &change, NULL), DB_COMMITTED);
    IS(change.tags, "renamed thing:2 thing:3 by:hand");
    assert_int_equal(change.sequence, 2);

    tx = db_begin(db, arena);
    db_exec(tx, &quietly, ARGS(STR("n")));
    assert_int_equal(db_commit(&tx, &change, NULL), DB_COMMITTED); /* nothing readers see */
    assert_true(change.sequence == 0 && change.tags.n == 0);

    tx = db_begin(db, arena);
    assert_int_equal(db_exec_int(tx, &rename_from, ARGS(99, STR("b")), -1), -1); /* no row: the call's tags only */
    assert_int_equal(db_commit(&tx, &change, NULL), DB_COMMITTED);
    IS(change.tags, "renamed");
}

static void too_many_to_list_is_everything(void **state)
{
    struct db_tx *tx = db_begin(db, arena);
    struct db_change change;
    (void)state;

    for (int i = 0; i < 60000; i++)
        db_touch(tx, str_printf(arena, "a-tag-of-some-length:%d", i));
    assert_int_equal(db_commit(&tx, &change, NULL), DB_COMMITTED);
    IS(change.tags, "*");
}

/* --- transactions ---------------------------------------------------------------------------- */

static void snapshots_are_of_one_moment(void **state)
{
    (void)state;
    put_things(1, 2);
    struct db_reader *before = db_read(db, arena, NULL);
    assert_int_equal(count_things(before), 2);
    assert_int_equal(db_sequence(before), 1);

    struct db_tx *tx = db_begin(db, arena);
    put(tx, 3, "c");
    assert_int_equal(count_things(db_tx_reader(tx)), 3); /* the writer sees what it wrote */
    assert_int_equal(db_sequence(db_tx_reader(tx)), 0);
    struct db_reader *meanwhile = db_read(db, arena, NULL);
    assert_int_equal(count_things(meanwhile), 2);
    assert_true(db_read_end(&meanwhile));
    assert_int_equal(db_commit(&tx, NULL, NULL), DB_COMMITTED);

    assert_int_equal(count_things(before), 2);
    assert_true(db_read_end(&before));
    struct db_reader *after = db_read(db, arena, NULL);
    assert_int_equal(count_things(after), 3);
    assert_int_equal(db_sequence(after), 2);
    assert_true(db_read_end(&after));
}

static void rolled_back_is_never_told(void **state)
{
    struct db_change change = put_things(1, 1);
    (void)state;

    struct db_tx *tx = db_begin(db, arena);
    put(tx, 2, "b");
    db_exec(tx, &remove_all, NO_ARGS);
    db_rollback(&tx);
    assert_null(tx);
    assert_int_equal(change.sequence, 1);
    assert_int_equal(put_things(5, 5).sequence, 2); /* no number was used up */
    struct db_reader *reader = db_read(db, arena, NULL);
    db_change_rows rows = {0};
    db_changes_since(reader, 0, &rows);
    assert_int_equal(rows.n, 2);
    assert_int_equal(count_things(reader), 2);
    assert_true(db_read_end(&reader));
}

static void a_refused_statement_refuses_all(void **state)
{
    struct db_problem problem = {{0}};
    struct db_change change;
    (void)state;

    put_things(1, 1);
    struct db_tx *tx = db_begin(db, arena);
    put(tx, 2, "b");
    assert_int_equal(db_exec(tx, &add, ARGS(1, STR("again"), (struct moment){0}, 0, DB_NO_VALUE, DB_NO_VALUE)), 0);
    assert_true(db_failed(db_tx_reader(tx)));
    assert_int_equal(db_exec(tx, &quietly, ARGS(STR("x"))), 0); /* nothing is done any more */
    assert_int_equal(count_things(db_tx_reader(tx)), -1);
    assert_int_equal(db_commit(&tx, &change, &problem), DB_REFUSED);
    assert_int_equal(change.sequence, 0);
    assert_true(strlen(problem.text) > 5);

    struct db_reader *reader = db_read(db, arena, NULL);
    assert_int_equal(count_things(reader), 1);
    assert_true(db_read_end(&reader));
    put_things(2, 2); /* the writer can go on */
}

static void a_failed_reader_finds_nothing(void **state)
{
    struct thing thing;
    thing_list things = {0};
    (void)state;

    put_things(1, 1);
    struct db_reader *reader = db_read(db, arena, NULL);
    assert_string_equal(db_problem_text(reader), "");
    assert_int_equal(db_int(reader, &no_table, NO_ARGS, -3), -3);
    assert_true(db_failed(reader));
    assert_non_null(strstr(db_problem_text(reader), "nowhere"));
    assert_false(db_row(reader, &find, ARGS(1), &THING_FIELDS, &thing));
    db_rows(reader, &list, ARGS(1), &THING_FIELDS, &things);
    assert_int_equal(things.n, 0);
    assert_non_null(strstr(db_problem_text(reader), "nowhere")); /* the first problem stays */
    assert_false(db_read_end(&reader));
    reader = db_read(db, arena, NULL);
    assert_true(db_row(reader, &find, ARGS(1), &THING_FIELDS, &thing));
    assert_true(db_read_end(&reader));
}

/* --- changes and the table of tags ------------------------------------------------------------ */

static bool is_fresh(const char *tag, uint64_t as_of)
{
    uint64_t hash = tag_hash(str_of(tag));

    return tag_table_fresh(table, &hash, 1, as_of);
}

static void look_in(void)
{
    struct db_reader *reader = db_read(db, arena, NULL);
    assert_true(db_read_end(&reader));
}

static void snapshots_tell_the_table(void **state)
{
    (void)state;
    put_things(1, 1);
    look_in();
    assert_int_equal(tag_table_sequence(table), 1);
    assert_true(is_fresh("thing:1", 1) && !is_fresh("thing:1", 0));
    put_things(2, 3);
    put_things(4, 4);
    look_in();
    assert_int_equal(tag_table_sequence(table), 3);
    assert_true(is_fresh("thing:1", 1));
    assert_true(!is_fresh("thing:2", 1) && is_fresh("thing:2", 2));
    assert_true(!is_fresh("thing:4", 2) && is_fresh("thing:4", 3));
    assert_true(!is_fresh("list", 2) && is_fresh("list", 3));
}

/* Pruned changes, and too many of them, are all of them. */
static void what_is_not_known_is_stale(void **state)
{
    (void)state;
    put_things(1, 1);
    look_in();
    for (int64_t id = 2; id <= 6; id++)
        put_things(id, id);
    struct db_tx *tx = db_begin(db, arena);
    db_changes_prune(tx, 2);
    assert_int_equal(db_commit(&tx, NULL, NULL), DB_COMMITTED);
    struct db_reader *reader = db_read(db, arena, NULL);
    db_change_rows rows = {0};
    db_changes_since(reader, 0, &rows);
    assert_true(rows.n == 2 && rows.at[0].sequence == 5 && rows.at[1].sequence == 6);
    IS(rows.at[1].tags, "thing:6 list");
    assert_true(db_read_end(&reader));
    assert_int_equal(tag_table_sequence(table), 6);
    assert_true(!is_fresh("thing:1", 1) && !is_fresh("thing:1", 4) && is_fresh("thing:1", 6));
    assert_int_equal(put_things(7, 7).sequence, 7); /* numbering went on */
}

/* --- several at once --------------------------------------------------------------------------- */

struct waiter {
    void (*run)(struct arena *arena);
    _Atomic bool done;
};

static void *wait_in_thread(void *context)
{
    struct waiter *waiter = context;
    struct arena *own = arena_new();

    waiter->run(own);
    waiter->done = true;
    arena_free(&own);
    return NULL;
}

static void read_once(struct arena *own)
{
    struct db_reader *reader = db_read(db, own, NULL);
    db_read_end(&reader);
}

static void write_once(struct arena *own)
{
    struct db_tx *tx = db_begin(db, own);
    db_rollback(&tx);
}

static void readers_wait_for_a_connection_and_writers_for_their_turn(void **state)
{
    struct waiter reading = {read_once, false}, writing = {write_once, false};
    pthread_t threads[2];
    (void)state;

    struct db_reader *first = db_read(db, arena, NULL), *second = db_read(db, arena, NULL);
    struct db_tx *tx = db_begin(db, arena);
    pthread_create(&threads[0], NULL, wait_in_thread, &reading);
    pthread_create(&threads[1], NULL, wait_in_thread, &writing);
    usleep(50000);
    assert_false(reading.done || writing.done);
    db_read_end(&first);
    db_rollback(&tx);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    assert_true(reading.done && writing.done);
    db_read_end(&second);
}

/* --- steps of the schema ------------------------------------------------------------------------ */

static void says(struct db *opened, const struct db_problem *problem, const char *part)
{
    assert_null(opened);
    if (!strstr(problem->text, part))
        fail_msg("\"%s\" does not say \"%s\"", problem->text, part);
}

static void the_schema_grows(void **state)
{
    const struct db_migration changed[] = {{STEPS[0].name, "CREATE TABLE x (y BIGINT);"}, STEPS[1]};
    const struct db_migration broken[] = {
        STEPS[0], STEPS[1], {"0003_third.sql", "CREATE TABLE good (id BIGINT); CREATE TABEL bad;"}};
    struct db_config config = {
        .address = address, .migrations = changed, .migration_count = 2, .writer = true, .readers = 1};
    struct db_problem problem = {{0}};
    (void)state;

    db_close(&db);
    says(open_as(false, 2, &problem), &problem, "lacks schema step 0002_second.sql");
    says(db_open(&config, &problem), &problem, "schema step 0001_first.sql is not the one");
    db = open_as(true, 2, &problem);
    assert_non_null(db);
    db_close(&db);
    says(open_as(true, 1, &problem), &problem, "newer version");
    says(open_as(false, 1, &problem), &problem, "newer version");
    config.migrations = broken;
    config.migration_count = 3;
    for (int twice = 0; twice < 2; twice++) /* nothing of a broken step stays, or the second time would say so */
        says(db_open(&config, &problem), &problem, "TABEL");
    db = open_as(false, 2, &problem);
    assert_non_null(db);
    struct db_reader *reader = db_read(db, arena, NULL);
    assert_int_equal(count_things(reader), 0);
    assert_true(db_read_end(&reader));
}

static void no_database(void **state)
{
    struct db_problem problem = {{0}};
    struct db_config config = {
        .address = STR("/nowhere/content.db"), .migrations = STEPS, .migration_count = 1, .writer = true, .readers = 1};
    (void)state;

    says(db_open(&config, &problem), &problem, "/nowhere/content.db");
    config.address = STR("postgresql://127.0.0.1:1/x");
    says(db_open(&config, &problem), &problem, "cannot reach the database");
}

/* --- upkeep ---------------------------------------------------------------------------------------- */

static int bad_here, good_here;

static void note(const struct db_statement *statement, const char *problem)
{
    static const struct {
        const char *name, *says;
    } BAD[] = {{"no_table", "nowhere"}, {"no_tags", "neither"}, {"no_argument", "argument"}, {"no_column", "column"}};

    if (strcmp(statement->file, __FILE__) != 0)
        return;
    assert_true(statement->line > 1);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (strcmp(BAD[i].name, statement->name) == 0) {
            assert_non_null(problem);
            assert_non_null(strstr(problem, BAD[i].says));
            bad_here++;
            return;
        }
    if (problem)
        fail_msg("%s: %s", statement->name, problem);
    good_here++;
}

static void every_statement_is_checked(void **state)
{
    (void)state;
    bad_here = good_here = 0;
    assert_true(db_check_statements(db, note) >= 4);
    assert_int_equal(bad_here, 4);
    assert_int_equal(good_here, 10);
    put_things(1, 1); /* the connection is still good */
}

static void counting_and_checking(void **state)
{
    struct db_problem problem = {{0}};
    struct db_counts before, after;
    thing_list things = {0};
    (void)state;

    put_things(1, 5);
    db_counts(db, &before);
    struct db_reader *reader = db_read(db, arena, NULL);
    db_rows(reader, &list, ARGS(1), &THING_FIELDS, &things);
    assert_true(db_read_end(&reader));
    db_counts(db, &after);
    assert_true(after.reads > before.reads && after.rows >= before.rows + 5 && after.writes == before.writes);
    assert_true(db_check_integrity(db, &problem));
    db_checkpoint(db);
    assert_string_equal(db_engine_name(db), unit_pgsql() ? "postgresql" : "sqlite");
}

/* --- when nobody knows ------------------------------------------------------------------------------ */

/* Every connection of ours to the server is cut. */
static void cut_connections(const char *pgsql)
{
    PGconn *connection = PQconnectdb(pgsql);
    PGresult *result = PQexec(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                          " WHERE application_name = 'haowai' AND pid <> pg_backend_pid()");

    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    PQfinish(connection);
    usleep(100000);
}

static void cut_in_pgsql(const char *pgsql)
{
    struct db_problem problem = {{0}};
    struct thing thing;

    put_things(1, 1);
    struct db_tx *tx = db_begin(db, arena);
    put(tx, 2, "b");
    cut_connections(pgsql);
    assert_int_equal(db_commit(&tx, NULL, &problem), DB_REFUSED); /* COMMIT was never sent */
    assert_true(problem.text[0] != '\0');

    tx = db_begin(db, arena);
    db_exec(tx, &quietly, ARGS(STR("x")));
    cut_connections(pgsql);
    assert_int_equal(db_commit(&tx, NULL, &problem), DB_UNKNOWN);
    assert_true(problem.text[0] != '\0');
    look_in(); /* readers that were idle find their way back */
    struct db_reader *reader = db_read(db, arena, NULL);
    assert_true(db_row(reader, &find, ARGS(1), &THING_FIELDS, &thing));
    assert_true(db_read_end(&reader));
}

/* In a process of its own, which may write no more than a few bytes to a file: what a failing disk looks like. Exits
 * with the outcome. */
static void commit_on_a_failing_disk(void)
{
    char *text = arena_bytes(arena, 1 << 20);
    struct rlimit limit = {1, 1};

    memset(text, 'x', 1 << 20);
    signal(SIGXFSZ, SIG_IGN);
    struct db_tx *tx = db_begin(db, arena);
    db_exec(tx, &add, ARGS(1, ((struct str){text, 1 << 20}), (struct moment){0}, 0, DB_NO_VALUE, DB_NO_VALUE));
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(99);
    enum db_outcome outcome = db_commit(&tx, NULL, NULL);
    _exit((int)outcome);
}

static void cut_in_sqlite(void)
{
    struct db_problem problem = {{0}};
    int status;

    db_close(&db); /* a connection must not be taken into another process */
    pid_t child = fork();
    if (child == 0) {
        db = open_as(true, 1, &problem);
        if (db)
            commit_on_a_failing_disk();
        _exit(98);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), DB_UNKNOWN);
    db = open_as(true, 1, &problem);
    assert_non_null(db);
    struct db_reader *reader = db_read(db, arena, NULL);
    int64_t things = count_things(reader);
    assert_true(things == 0 || things == 1);
    assert_true(db_read_end(&reader));
    assert_true(db_check_integrity(db, &problem));
}

static void a_commit_that_was_cut_is_unknown(void **state)
{
    const char *pgsql = getenv("HAOWAI_TEST_PGSQL");
    (void)state;

    if (pgsql && *pgsql)
        cut_in_pgsql(pgsql);
    else
        cut_in_sqlite();
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_database, close_database)
    const struct CMUnitTest tests[] = {
        CASE(rows_become_structs),
        CASE(long_texts),
        CASE(what_was_read),
        CASE(long_values_in_tags),
        CASE(what_was_touched),
        CASE(too_many_to_list_is_everything),
        CASE(snapshots_are_of_one_moment),
        CASE(rolled_back_is_never_told),
        CASE(a_refused_statement_refuses_all),
        CASE(a_failed_reader_finds_nothing),
        CASE(snapshots_tell_the_table),
        CASE(what_is_not_known_is_stale),
        CASE(readers_wait_for_a_connection_and_writers_for_their_turn),
        CASE(the_schema_grows),
        CASE(no_database),
        CASE(every_statement_is_checked),
        CASE(counting_and_checking),
        CASE(a_commit_that_was_cut_is_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
