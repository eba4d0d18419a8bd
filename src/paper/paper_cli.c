/* paper_cli.c - haowai stats, check, version: what a paper holds, whether it is sound, what this program is. */
#include "lib/base/arena.h"
#include "src/article/body.h"
#include "src/commands.h"
#include "src/desk/desk_cli.h"
#include "src/paper/paper_store.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

/* --- stats ------------------------------------------------------------------------- */

/* Files of the SQLite database together; 0 on PostgreSQL. */
static int64_t database_bytes(struct arena *arena, const struct app *app)
{
    static const char *const FILES[] = {"content.db", "content.db-wal"};
    struct stat status;
    int64_t bytes = 0;

    for (size_t i = 0; i < sizeof FILES / sizeof *FILES && app->settings.database.n == 0; i++)
        if (stat(app_file(arena, app, FILES[i]), &status) == 0)
            bytes += status.st_size;
    return bytes;
}

static void print_stats(struct cli *cli, const struct paper_stats *stats, const char *engine, int64_t bytes)
{
    struct buf out = BUF(1 << 16);

    if (cli_has(cli, "json")) {
        json_write(&out, cli_arena(cli), &PAPER_STATS_FIELDS, stats, FIELD_FOR_EVERYONE);
        out.n--; /* the closing brace */
        buf_printf(&out, ",\"engine\":\"%s\",\"database_bytes\":%lld}\n", engine, (long long)bytes);
    } else {
        for (size_t i = 0; i < PAPER_STATS_FIELDS.n; i++) {
            const struct field *field = &PAPER_STATS_FIELDS.at[i];
            const void *value = (const char *)stats + field->offset;
            buf_printf(&out, "%-12.*s ", STR_ARG(field->name));
            if (field->type == FIELD_TYPE_MOMENT)
                buf_add_str(&out, moment_iso(cli_arena(cli), *(const struct moment *)value));
            else
                buf_add_int(&out, *(const int64_t *)value);
            buf_add_char(&out, '\n');
        }
        buf_printf(&out, "%-12s %s\n", "engine", engine);
    }
    printf("%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
}

int stats_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    struct paper_stats stats;
    struct db_problem problem;
    struct app app;

    if (desk.status == CLI_DONE && !app_load(cli_argument(cli, 0), desk.arena, &app, &problem))
        desk.status = cli_failed(cli, "%s", problem.text);
    if (desk.status != CLI_DONE)
        return desk_cli_close(&desk);
    struct db *db = desk_link_db(desk.link);
    struct db_reader *reader = db_read(db, desk.arena, NULL);
    paper_stats(reader, &stats);
    if (db_failed(reader))
        desk.status = cli_failed(cli, "%s", db_problem_text(reader));
    else
        print_stats(cli, &stats, db_engine_name(db), database_bytes(desk.arena, &app));
    db_read_end(&reader);
    return desk_cli_close(&desk);
}

/* --- check ----------------------------------------------------------------------------- */

struct checking {
    struct desk_cli *desk;
    struct db *db;
    const struct app *app;
    int64_t faults;
};

static void fault(struct checking *checking, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void fault(struct checking *checking, const char *format, ...)
{
    va_list args;

    checking->faults++;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

static void check_database(struct checking *checking)
{
    struct db_problem problem = {{0}};

    if (!db_check_integrity(checking->db, &problem))
        fault(checking, "database: %s; restore it from a backup", problem.text);
}

static void check_rules(struct checking *checking, struct db_reader *reader)
{
    paper_faults faults = {0};

    paper_faults_find(reader, &faults);
    for (size_t i = 0; i < faults.n; i++)
        fault(checking, "data: %lld rows break the rule: %.*s", (long long)faults.at[i].rows,
              STR_ARG(faults.at[i].rule));
    if (db_failed(reader))
        fault(checking, "database: %s", db_problem_text(reader));
}

static void check_media(struct checking *checking, struct db_reader *reader)
{
    struct str after = STR("");
    media_names names;
    struct stat status;

    do {
        names = (media_names){0};
        paper_media_files(reader, after, &names);
        for (size_t i = 0; i < names.n; i++) {
            after = names.at[i].file;
            if (fstatat(checking->app->media, str_cstr(checking->desk->arena, after), &status, 0) != 0)
                fault(checking, "media: %.*s: %s", STR_ARG(after), strerror(errno));
        }
    } while (names.n);
}

static void check_bodies(struct checking *checking, struct db_reader *reader)
{
    struct arena *arena = checking->desk->arena;
    int64_t from = 1;
    size_t n;

    do {
        struct arena_mark mark = arena_mark(arena);
        stored_bodies bodies = {0};
        paper_bodies(reader, from, &bodies);
        n = bodies.n;
        for (size_t i = 0; i < n; i++) {
            struct body body = {0};
            body_parse(arena, bodies.at[i].body, &body);
            if (!str_equal(body_text(arena, &body), bodies.at[i].body))
                fault(checking, "story %lld: its text is not as it was stored", (long long)bodies.at[i].id);
            from = bodies.at[i].id + 1;
        }
        arena_back(arena, mark);
    } while (n);
}

int check_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    struct db_problem problem;
    struct app app;

    if (desk.status == CLI_DONE && !app_load(cli_argument(cli, 0), desk.arena, &app, &problem))
        desk.status = cli_failed(cli, "%s", problem.text);
    if (desk.status != CLI_DONE)
        return desk_cli_close(&desk);
    struct checking checking = {.desk = &desk, .db = desk_link_db(desk.link), .app = &app};
    struct db_reader *reader = db_read(checking.db, desk.arena, NULL);
    check_rules(&checking, reader);
    check_media(&checking, reader);
    check_bodies(&checking, reader);
    db_read_end(&reader);
    check_database(&checking);
    if (checking.faults)
        desk.status = cli_failed(cli, "%lld faults", (long long)checking.faults);
    else
        printf("sound\n");
    return desk_cli_close(&desk);
}

/* --- version ---------------------------------------------------------------------------- */

int version_command(struct cli *cli)
{
    (void)cli;
    printf("haowai %s\n", HAOWAI_VERSION);
    return CLI_DONE;
}
