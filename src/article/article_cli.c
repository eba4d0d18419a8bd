/* article_cli.c - haowai article list|show|publish|change|correct|withdraw. */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "lib/http/url.h"
#include "src/commands.h"
#include "src/desk/desk_cli.h"

#include <stdio.h>

enum { TITLE_SHOWN = 40 };

/* "12 http://127.0.0.1:8080/news/20250821/12", or the whole answer. */
static void print_saved(struct desk_cli *desk)
{
    struct app app;
    struct db_problem problem;

    if (cli_has(desk->cli, "json")) {
        printf("%.*s\n", STR_ARG(desk->text));
        return;
    }
    struct str path = json_member_text(desk->answer, "url", STR(""));
    bool known = app_load(cli_argument(desk->cli, 0), desk->arena, &app, &problem);
    printf("%lld %.*s%.*s\n", (long long)json_member_int(desk->answer, "id", 0), STR_ARG(known ? app.address : STR("")),
           STR_ARG(path));
    struct str state = json_member_text(desk->answer, "state", STR(""));
    if (str_equal(state, STR("scheduled")))
        fprintf(stderr, "scheduled for %.*s\n", STR_ARG(json_member_text(desk->answer, "published", STR(""))));
}

static const char *target(struct desk_cli *desk, int64_t id, const char *verb)
{
    return str_cstr(desk->arena, str_printf(desk->arena, "/desk/api/articles/%lld%s", (long long)id, verb));
}

/* --- reading ------------------------------------------------------------------------ */

static void add_query(struct desk_cli *desk, struct buf *out, const char *name)
{
    const char *value = cli_value(desk->cli, name);

    if (!value)
        return;
    buf_printf(out, "%c%s=", str_find_char(buf_str(out), '?', 0) < 0 ? '?' : '&', name);
    url_encode(out, str_of(value));
}

static void print_row(const struct json *row)
{
    printf("%8lld  %-9.*s  %.16s  %.*s  %.*s\n", (long long)json_member_int(row, "id", 0),
           STR_ARG(json_member_text(row, "state", STR(""))), json_member_text(row, "published", STR("-")).p,
           STR_ARG(utf8_first_chars(json_member_text(row, "title", STR("")), TITLE_SHOWN)),
           STR_ARG(json_member_text(row, "url", STR(""))));
}

int article_list_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    struct buf address = BUF(4096);

    buf_add_str(&address, STR("/desk/api/articles"));
    add_query(&desk, &address, "state");
    add_query(&desk, &address, "section");
    add_query(&desk, &address, "limit");
    add_query(&desk, &address, "before");
    bool done = desk_cli_do(&desk, "GET", str_cstr(desk.arena, buf_str(&address)), STR(""));
    const struct json *rows = done ? json_member(desk.answer, "articles") : NULL;
    if (done && cli_has(cli, "json"))
        printf("%.*s\n", STR_ARG(desk.text));
    else if (rows)
        for (size_t i = 0; i < json_count(rows); i++)
            print_row(json_element(rows, i));
    buf_free(&address);
    return desk_cli_close(&desk);
}

int article_show_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    int64_t id = desk_cli_number(&desk, 1);
    int64_t version = cli_number(cli, "version", 0, 1, INT64_MAX);
    const char *address = target(&desk, id, "");

    if (version)
        address = str_cstr(desk.arena, str_printf(desk.arena, "%s?version=%lld", address, (long long)version));
    if (desk_cli_do(&desk, "GET", address, STR("")))
        printf("%.*s\n", STR_ARG(desk.text));
    return desk_cli_close(&desk);
}

/* --- writing ------------------------------------------------------------------------ */

/* The argument is a story's number, not a file. */
static bool names_story(const char *argument, int64_t *id)
{
    return str_to_int(str_of(argument), id) && *id > 0;
}

int article_publish_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    const char *what = cli_argument(cli, 1);
    int64_t id;
    bool done;

    if (names_story(what, &id))
        done = desk_cli_do(&desk, "POST", target(&desk, id, "/publish"), desk_cli_object(&desk, STR(""), "at reason"));
    else
        done = desk_cli_do(&desk, "POST", "/desk/api/articles",
                           desk_cli_object(&desk, desk_cli_read_object(&desk, what), "at"));
    if (done)
        print_saved(&desk);
    return desk_cli_close(&desk);
}

/* A change of the story in argument 1 by the object in argument 2. */
static int change(struct cli *cli, const char *method, const char *verb, const char *options)
{
    struct desk_cli desk = desk_cli_open(cli);
    int64_t id = desk_cli_number(&desk, 1);
    struct str object = desk_cli_read_object(&desk, cli_argument(cli, 2));

    if (desk_cli_do(&desk, method, target(&desk, id, verb), desk_cli_object(&desk, object, options)))
        print_saved(&desk);
    return desk_cli_close(&desk);
}

int article_change_command(struct cli *cli)
{
    return change(cli, "PUT", "", "reason");
}

int article_correct_command(struct cli *cli)
{
    return change(cli, "POST", "/correct", "note kind reason");
}

int article_withdraw_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    int64_t id = desk_cli_number(&desk, 1);

    if (desk_cli_do(&desk, "POST", target(&desk, id, "/withdraw"), desk_cli_object(&desk, STR(""), "reason")))
        print_saved(&desk);
    return desk_cli_close(&desk);
}
