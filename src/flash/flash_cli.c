/* flash_cli.c - haowai flash add|remove|list. */
#include "lib/base/arena.h"
#include "src/commands.h"
#include "src/desk/desk_cli.h"

#include <stdio.h>

int flash_add_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    struct buf object = BUF(JSON_LARGEST);

    buf_add_str(&object, STR("{\"text\":"));
    json_write_text(&object, str_of(cli_argument(cli, 1)));
    buf_add_char(&object, '}');
    struct str body = desk_cli_object(&desk, buf_str(&object), "article url hours");
    if (desk_cli_do(&desk, "POST", "/desk/api/flash", body)) {
        if (cli_has(cli, "json"))
            printf("%.*s\n", STR_ARG(desk.text));
        else
            printf("%lld\n", (long long)json_member_int(desk.answer, "id", 0));
    }
    buf_free(&object);
    return desk_cli_close(&desk);
}

int flash_remove_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    int64_t id = desk_cli_number(&desk, 1);
    struct str address = str_printf(desk.arena, "/desk/api/flash/%lld", (long long)id);

    if (desk_cli_do(&desk, "DELETE", str_cstr(desk.arena, address), STR("")) && cli_has(cli, "json"))
        printf("%.*s\n", STR_ARG(desk.text));
    return desk_cli_close(&desk);
}

static void print_flash(const struct json *flash)
{
    printf("%6lld  %.16s  %.*s  %.*s\n", (long long)json_member_int(flash, "id", 0),
           json_member_text(flash, "at", STR("-")).p, STR_ARG(json_member_text(flash, "text", STR(""))),
           STR_ARG(json_member_text(flash, "link", STR(""))));
}

int flash_list_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);

    if (desk_cli_do(&desk, "GET", "/desk/api/flash", STR(""))) {
        const struct json *flashes = json_member(desk.answer, "flashes");
        if (cli_has(cli, "json"))
            printf("%.*s\n", STR_ARG(desk.text));
        else
            for (size_t i = 0; i < json_count(flashes); i++)
                print_flash(json_element(flashes, i));
    }
    return desk_cli_close(&desk);
}
