/* sqlcheck.c - prepares every statement of the program against the real schema.
 *
 *     sqlcheck ADDRESS      "ok file:line name" or "BAD file:line name: why", then "N passed, N failed"
 *
 * The database is an empty one: a SQLite file to be made, or postgresql://...
 * On SQLite each plan is looked at as well: a statement that reads a table of
 * stories from end to end is bad, unless its text says that it means to, by a
 * comment whose only word is "scan". Linked with every object of the program
 * and not with the archive of them, or statements would be missing.
 */
#include "lib/base/check.h"
#include "lib/base/list.h"
#include "src/app.h"

#include <ctype.h>
#include <sqlite3.h>

enum { WORD_MOST = 64 };

static sqlite3 *plans; /* NULL on another engine */
static struct arena *arena;
static int passed, failed;

/* --- plans ------------------------------------------------------------------------- */

/* The next word of SQL (letters, digits, _), or a single other character; "" at the end. */
static struct str next_word(struct str *rest)
{
    size_t n = 0;

    *rest = str_trim(*rest);
    while (n < rest->n && (isalnum((unsigned char)rest->p[n]) || rest->p[n] == '_'))
        n++;
    if (n == 0 && rest->n)
        n = 1;
    struct str word = str_head(*rest, n);
    *rest = str_from(*rest, n);
    return word;
}

static bool is_table_of_stories(struct str word)
{
    return str_equal(word, STR("article")) || str_starts(word, STR("article_"));
}

/* The table that `name` is in the statement: itself, or the one before it ("article a", "article AS a"). */
static bool names_stories(struct str sql, struct str name)
{
    struct str before = STR("");

    if (is_table_of_stories(name))
        return true;
    for (struct str rest = sql, word; (word = next_word(&rest)).n;) {
        if (str_equal_nocase(word, STR("as")))
            continue;
        if (str_equal(word, name) && is_table_of_stories(before))
            return true;
        before = word;
    }
    return false;
}

/* The table of stories that the step of a plan ("SCAN a USING ...") reads from end to end? */
static bool is_scan(struct str sql, struct str step)
{
    if (!str_starts(step, STR("SCAN ")))
        return false;
    step = str_from(step, 5);
    return names_stories(sql, next_word(&step));
}

/* Walking along an index and stopping at a limit is how a list begins, and cheap; sorting first is not. */
static bool may_stop_early(struct str sql, bool sorts)
{
    return !sorts && str_find(sql, STR("ORDER BY"), 0) >= 0 && str_find(sql, STR("LIMIT"), 0) >= 0;
}

static const char *scan_problem(struct str sql, sqlite3_stmt *plan)
{
    const char *scan = NULL;
    bool sorts = false;

    while (sqlite3_step(plan) == SQLITE_ROW) {
        struct str step = str_of((const char *)sqlite3_column_text(plan, 3));
        sorts = sorts || str_starts(step, STR("USE TEMP B-TREE FOR ORDER BY"));
        if (is_scan(sql, step))
            scan = str_cstr(arena, step);
    }
    if (!scan || may_stop_early(sql, sorts))
        return NULL;
    return str_cstr(arena, str_printf(arena, "reads all of it (%s); add an index, or /*scan*/", scan));
}

/* What is wrong with how SQLite would do it, or NULL. */
static const char *plan_problem(const struct db_statement *statement)
{
    struct str sql = str_of(statement->sql);
    sqlite3_stmt *plan;

    if (!plans || str_find(sql, STR("/*scan*/"), 0) >= 0)
        return NULL;
    const char *explain = str_cstr(arena, str_printf(arena, "EXPLAIN QUERY PLAN %s", statement->sql));
    if (sqlite3_prepare_v2(plans, explain, -1, &plan, NULL) != SQLITE_OK)
        return str_cstr(arena, str_of(sqlite3_errmsg(plans)));
    const char *problem = scan_problem(sql, plan);
    sqlite3_finalize(plan);
    return problem;
}

/* --- all statements ----------------------------------------------------------------- */

static void report(const struct db_statement *statement, const char *problem)
{
    if (!problem)
        problem = plan_problem(statement);
    printf("%s %s:%d %s%s%s\n", problem ? "BAD" : "ok", statement->file, statement->line, statement->name,
           problem ? ": " : "", problem ? problem : "");
    passed += !problem;
    failed += !!problem;
}

int main(int argc, char **argv)
{
    struct db_problem problem = {{0}};

    if (argc != 2) {
        fprintf(stderr, "usage: sqlcheck ADDRESS\n");
        return 2;
    }
    arena = arena_new();
    struct db_config config = {.address = str_of(argv[1]),
                               .writer = true,
                               .readers = 1,
                               .migrations = MIGRATIONS,
                               .migration_count = MIGRATION_COUNT};
    struct db *db = db_open(&config, &problem);
    if (!db)
        die("%s: %s", argv[1], problem.text);
    if (strcmp(db_engine_name(db), "sqlite") == 0 && sqlite3_open_v2(argv[1], &plans, SQLITE_OPEN_READONLY, NULL))
        die("%s: %s", argv[1], sqlite3_errmsg(plans));
    db_check_statements(db, report);
    sqlite3_close(plans);
    db_close(&db);
    arena_free(&arena);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
