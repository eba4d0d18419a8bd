/* section_cli.c - haowai section list|add|change|order. */
#include "lib/base/arena.h"
#include "src/commands.h"
#include "src/desk/desk_cli.h"

#include <stdio.h>

static void print_section(const struct json *section)
{
    printf("%3lld  %.*s  %.*s\n", (long long)json_member_int(section, "place", 0),
           STR_ARG(json_member_text(section, "slug", STR(""))), STR_ARG(json_member_text(section, "name", STR(""))));
}

/* The answer as it came, or the list in it. */
static void print_sections(struct desk_cli *desk)
{
    const struct json *list = json_member(desk->answer, "sections");

    if (cli_has(desk->cli, "json"))
        printf("%.*s\n", STR_ARG(desk->text));
    else if (list)
        for (size_t i = 0; i < json_count(list); i++)
            print_section(json_element(list, i));
    else
        print_section(desk->answer);
}

/* The id of the section with this slug; 0 when it failed. */
static int64_t id_of(struct desk_cli *desk, const char *slug)
{
    if (!desk_cli_do(desk, "GET", "/desk/api/sections", STR("")))
        return 0;
    const struct json *list = json_member(desk->answer, "sections");
    for (size_t i = 0; i < json_count(list); i++)
        if (str_equal(json_member_text(json_element(list, i), "slug", STR("")), str_of(slug)))
            return json_member_int(json_element(list, i), "id", 0);
    desk->status =
        cli_failed(desk->cli, "there is no section with the slug \"%s\"; `haowai section list %s` lists them", slug,
                   cli_argument(desk->cli, 0));
    return 0;
}

int section_list_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);

    if (desk_cli_do(&desk, "GET", "/desk/api/sections", STR("")))
        print_sections(&desk);
    return desk_cli_close(&desk);
}

int section_add_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    struct buf object = BUF(JSON_LARGEST);

    buf_add_str(&object, STR("{\"name\":"));
    json_write_text(&object, str_of(cli_argument(cli, 1)));
    buf_add_char(&object, '}');
    if (desk_cli_do(&desk, "POST", "/desk/api/sections", desk_cli_object(&desk, buf_str(&object), "slug description")))
        print_sections(&desk);
    buf_free(&object);
    return desk_cli_close(&desk);
}

int section_change_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    int64_t id = id_of(&desk, cli_argument(cli, 1));
    struct str address = str_printf(desk.arena, "/desk/api/sections/%lld", (long long)id);

    if (desk_cli_do(&desk, "PUT", str_cstr(desk.arena, address),
                    desk_cli_object(&desk, STR(""), "name slug description")))
        print_sections(&desk);
    return desk_cli_close(&desk);
}

int section_order_command(struct cli *cli)
{
    struct desk_cli desk = desk_cli_open(cli);
    struct buf object = BUF(JSON_LARGEST);

    buf_add_str(&object, STR("{\"sections\":["));
    for (int i = 1; i < cli_argument_count(cli); i++) {
        if (i > 1)
            buf_add_char(&object, ',');
        buf_add_int(&object, id_of(&desk, cli_argument(cli, i)));
    }
    buf_add_str(&object, STR("]}"));
    if (desk_cli_do(&desk, "PUT", "/desk/api/sections/order", buf_str(&object)))
        print_sections(&desk);
    buf_free(&object);
    return desk_cli_close(&desk);
}
