/* desk_cli.c - see desk_cli.h. */
#include "src/desk/desk_cli.h"

#include "lib/base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct desk_cli desk_cli_open(struct cli *cli)
{
    struct desk_cli desk = {.cli = cli, .arena = cli_arena(cli), .status = CLI_DONE};
    struct db_problem problem = {{0}};

    desk.link = desk_link_open(cli_argument(cli, 0), &problem);
    if (!desk.link)
        desk.status = cli_failed(cli, "%s", problem.text);
    return desk;
}

int desk_cli_close(struct desk_cli *desk)
{
    if (desk->link)
        desk_link_close(&desk->link);
    return desk->status;
}

/* {"error": {"message": ..., "field": ...}} for people: "title: is missing; ...". */
static int print_refusal(struct desk_cli *desk, int status)
{
    const struct json *error = desk->answer ? json_member(desk->answer, "error") : NULL;
    struct str message = error ? json_member_text(error, "message", STR("")) : STR("");
    struct str field = error ? json_member_text(error, "field", STR("")) : STR("");

    if (message.n == 0)
        return cli_failed(desk->cli, "the desk answered %d: %.*s", status, STR_ARG(str_head(desk->text, 200)));
    if (field.n)
        return cli_failed(desk->cli, "%.*s %.*s", STR_ARG(field), STR_ARG(message));
    return cli_failed(desk->cli, "%.*s", STR_ARG(message));
}

bool desk_cli_do(struct desk_cli *desk, const char *method, const char *target, struct str body)
{
    struct db_problem problem = {{0}};

    if (desk->status != CLI_DONE)
        return false;
    int status = desk_call(desk->link, desk->arena, method, target, body, &desk->text, &problem);
    if (status == 0) {
        desk->status = cli_failed(desk->cli, "%s", problem.text);
        return false;
    }
    desk->answer = json_parse(desk->arena, desk->text);
    if (status < 200 || status > 299)
        desk->status = print_refusal(desk, status);
    return desk->status == CLI_DONE;
}

static bool read_all(const char *path, struct buf *out)
{
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool read = buf_read_fd(out, fd);
    if (fd != STDIN_FILENO)
        close(fd);
    return read;
}

struct str desk_cli_read_object(struct desk_cli *desk, const char *path)
{
    struct buf bytes = BUF(JSON_LARGEST);
    char wrong[200] = "";
    struct str text = STR("");

    if (desk->status != CLI_DONE)
        return text;
    if (!read_all(path, &bytes)) {
        desk->status = cli_failed(desk->cli, "%s: %s", path, strerror(errno));
    } else if (bytes.overflow) {
        desk->status = cli_failed(desk->cli, "%s: is larger than %d MiB", path, JSON_LARGEST >> 20);
    } else {
        text = str_copy(desk->arena, buf_str(&bytes));
        const struct json *json = json_parse_explained(desk->arena, text, wrong, sizeof wrong);
        if (!json)
            desk->status = cli_failed(desk->cli, "%s: is no JSON: %s", path, wrong);
        else if (json_type(json) != JSON_OBJECT)
            desk->status = cli_failed(desk->cli, "%s: must be a JSON object, {\"title\": \"...\", ...}", path);
    }
    buf_free(&bytes);
    return text;
}

int64_t desk_cli_number(struct desk_cli *desk, int argument)
{
    const char *text = cli_argument(desk->cli, argument);
    int64_t number = 0;

    if (desk->status == CLI_DONE && (!str_to_int(str_of(text), &number) || number < 1)) {
        desk->status = cli_wrong(desk->cli, "\"%s\" must be a number", text);
        number = 0;
    }
    return number;
}

/* Options whose members are numbers. */
static bool is_number(struct str name)
{
    return str_equal(name, STR("article")) || str_equal(name, STR("hours"));
}

/* The member an option stands for: --at is "published". */
static struct str member_of(struct str option)
{
    return str_equal(option, STR("at")) ? STR("published") : option;
}

struct str desk_cli_object(struct desk_cli *desk, struct str object, const char *options)
{
    struct buf out = BUF(JSON_LARGEST);
    struct str inside = str_trim(object);
    int64_t number;

    if (inside.n >= 2)
        inside = str_trim((struct str){inside.p + 1, inside.n - 2});
    buf_add_char(&out, '{');
    buf_add_str(&out, inside);
    for (struct str rest = str_of(options); rest.p;) {
        struct str name = str_cut(&rest, ' ');
        const char *value = cli_value(desk->cli, str_cstr(desk->arena, name));
        if (!value)
            continue;
        if (out.n > 1)
            buf_add_char(&out, ',');
        json_write_text(&out, member_of(name));
        buf_add_char(&out, ':');
        if (is_number(name) && str_to_int(str_of(value), &number))
            buf_add_int(&out, number);
        else
            json_write_text(&out, str_of(value));
    }
    buf_add_char(&out, '}');
    struct str composed = str_copy(desk->arena, buf_str(&out));
    buf_free(&out);
    return composed;
}
