/* importing_cli.c - haowai import: every file in turn, then what came in and what did not. */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/app.h"
#include "src/commands.h"
#include "src/desk/desk_cli.h"
#include "src/importing/import_run.h"

#include <stdio.h>
#include <unistd.h>

enum { BAD_SHOWN = 20, BAD_AT_A_TIME = 1000, LOSSES_SHOWN = 40 };

struct report {
    struct cli *cli;
    struct desk_link *link;
    struct arena *arena;
    bool json;
    int files;
    int64_t stories, milliseconds;
    bool failed;
};

/* --- for people ------------------------------------------------------------------------- */

static void say_bad_lines(struct report *report, const struct import_file *file)
{
    struct db_reader *db = db_read(desk_link_db(report->link), report->arena, NULL);
    import_bad_lines bad = {0};

    import_bad_lines_of(db, file->name, -1, BAD_SHOWN, &bad);
    db_read_end(&db);
    printf("  bad lines: %lld\n", (long long)file->bad);
    for (size_t i = 0; i < bad.n; i++)
        printf("    line %lld %.*s\n", (long long)bad.at[i].line,
               STR_ARG(utf8_clean(report->arena, bad.at[i].reason, true, NULL)));
    if (file->bad > BAD_SHOWN)
        printf("    ... and %lld more (--json lists them)\n", (long long)(file->bad - BAD_SHOWN));
}

static void say_losses(struct report *report, const struct import_file *file)
{
    struct losses losses = losses_of(report->arena);

    losses_read(&losses, json_parse(report->arena, file->losses));
    if (losses.kinds.n)
        printf("  not kept as it was:\n");
    for (size_t i = 0; i < losses.kinds.n && i < LOSSES_SHOWN; i++) {
        const struct loss *loss = &losses.kinds.at[i];
        printf("    %8lld  %.*s: %.*s", (long long)loss->times, STR_ARG(loss->field), STR_ARG(loss->what));
        for (size_t k = 0; k < 1 && k < loss->examples.n; k++)
            printf("  (line %lld: %.*s)", (long long)loss->examples.at[k].line, STR_ARG(loss->examples.at[k].text));
        printf("\n");
    }
    if (losses.kinds.n > LOSSES_SHOWN)
        printf("    ... and %zu more kinds (--json lists them)\n", losses.kinds.n - LOSSES_SHOWN);
}

static void say_file(struct report *report, const struct import_result *result)
{
    const struct import_file *file = &result->file;
    int64_t added = file->stories - result->before.stories;

    printf("%.*s: %lld stories", STR_ARG(file->label), (long long)file->stories);
    if (file->changed)
        printf(", %lld changed", (long long)file->changed);
    if (file->pages)
        printf(", %lld pages", (long long)file->pages);
    if (file->known)
        printf(", %lld known already", (long long)file->known);
    if (file->skipped)
        printf(", %lld passed over", (long long)file->skipped);
    if (result->was_finished)
        printf("; the whole file was in before, nothing was added\n");
    else if (result->before.position)
        printf("; went on behind line %lld, %lld stories in %.1f s\n", (long long)result->before.position,
               (long long)added, (double)result->milliseconds / 1000);
    else
        printf(" in %.1f s (%lld a second)\n", (double)result->milliseconds / 1000,
               (long long)(added * 1000 / (result->milliseconds + 1)));
    if (file->bad)
        say_bad_lines(report, file);
    say_losses(report, file);
}

/* --- for programs ------------------------------------------------------------------------- */

/* A report may be large, so it is printed piece by piece. */
static void print(struct buf *out)
{
    fwrite(out->n ? out->p : "", 1, out->n, stdout);
    buf_clear(out);
}

static void write_bad_lines(struct report *report, const struct import_file *file, struct buf *out)
{
    int64_t after = -1;
    bool more = file->bad > 0, first = true;

    buf_add_char(out, '[');
    while (more) {
        struct arena_mark mark = arena_mark(report->arena);
        struct db_reader *db = db_read(desk_link_db(report->link), report->arena, NULL);
        import_bad_lines bad = {0};
        import_bad_lines_of(db, file->name, after, BAD_AT_A_TIME, &bad);
        db_read_end(&db);
        for (size_t i = 0; i < bad.n; i++, first = false) {
            buf_add_str(out, first ? STR("") : STR(","));
            json_write(out, report->arena, &IMPORT_BAD_FIELDS, &bad.at[i], FIELD_FOR_DESK);
            after = bad.at[i].line;
        }
        more = bad.n == BAD_AT_A_TIME;
        print(out);
        arena_back(report->arena, mark);
    }
    buf_add_char(out, ']');
}

static void write_file(struct report *report, const struct import_result *result)
{
    const struct import_file *file = &result->file;
    struct buf out = BUF(4 << 20);

    buf_add_str(&out, report->files ? STR(",{\"file\":") : STR("{\"files\":[{\"file\":"));
    json_write_text(&out, file->label);
    buf_printf(&out,
               ",\"finished\":%s,\"was_finished\":%s,\"lines\":%lld,\"stories\":%lld,\"added\":%lld,\"changed\":%lld,"
               "\"known\":%lld,\"pages\":%lld,\"skipped\":%lld,\"bad\":%lld,\"milliseconds\":%lld,\"problem\":",
               file->finished ? "true" : "false", result->was_finished ? "true" : "false", (long long)file->position,
               (long long)file->stories, (long long)(file->stories - result->before.stories), (long long)file->changed,
               (long long)file->known, (long long)file->pages, (long long)file->skipped, (long long)file->bad,
               (long long)result->milliseconds);
    json_write_text(&out, str_of(result->problem));
    buf_add_str(&out, STR(",\"losses\":"));
    buf_add_str(&out, file->losses);
    buf_add_str(&out, STR(",\"bad_lines\":"));
    write_bad_lines(report, file, &out);
    buf_add_char(&out, '}');
    print(&out);
    buf_free(&out);
}

/* --- the command ------------------------------------------------------------------------------ */

static void import_one(struct report *report, const char *path, const struct import_settings *settings)
{
    struct import_result result;

    import_run(report->link, report->arena, path, settings, &result);
    if (report->json)
        write_file(report, &result);
    else if (!result.problem[0] || result.file.position)
        say_file(report, &result);
    if (result.problem[0]) {
        cli_failed(report->cli, "%s: %s", path, result.problem);
        report->failed = true;
    }
    report->files++;
    report->stories += result.was_finished ? 0 : result.file.stories - result.before.stories;
    report->milliseconds += result.milliseconds;
    fflush(stdout);
}

static bool read_settings(struct cli *cli, struct import_settings *out)
{
    const char *format = cli_value(cli, "format"), *as = cli_value(cli, "as");
    struct app app;
    struct db_problem problem;

    *out = (struct import_settings){.progress = isatty(2) == 1};
    if (format && !import_format_from_name(str_of(format), &out->format)) {
        cli_wrong(cli, "--format must be jsonl or wxr");
        return false;
    }
    if (as && strcmp(as, "draft") != 0 && strcmp(as, "published") != 0) {
        cli_wrong(cli, "--as must be published or draft");
        return false;
    }
    out->as_drafts = as && strcmp(as, "draft") == 0;
    if (app_load(cli_argument(cli, 0), cli_arena(cli), &app, &problem)) {
        out->language = app.settings.language;
        close(app.media);
    }
    return true;
}

int import_command(struct cli *cli)
{
    struct report report = {.cli = cli, .arena = cli_arena(cli), .json = cli_has(cli, "json")};
    struct import_settings settings;

    if (!read_settings(cli, &settings))
        return CLI_WRONG;
    struct desk_cli desk = desk_cli_open(cli);
    if (desk.status != CLI_DONE)
        return desk.status;
    report.link = desk.link;
    for (int i = 1; i < cli_argument_count(cli); i++)
        import_one(&report, cli_argument(cli, i), &settings);
    if (report.json)
        printf("],\"stories\":%lld,\"milliseconds\":%lld}\n", (long long)report.stories,
               (long long)report.milliseconds);
    else if (report.files > 1)
        printf("%d files: %lld stories added in %.1f s\n", report.files, (long long)report.stories,
               (double)report.milliseconds / 1000);
    if (report.failed)
        desk.status = CLI_FAILED;
    return desk_cli_close(&desk);
}
