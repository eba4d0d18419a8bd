/* html_body_fuzz.c - whatever HTML comes becomes body v1 that is read again as it was written. */
#include "src/importing/html_body.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct losses losses = losses_of(arena);
    struct str html = str_from((struct str){(const char *)data, size}, 1);
    struct html_text text = {shortcodes_as_html(arena, html, NULL, &losses), STR("https://old.example"),
                             size && data[0] & 1};
    struct body body, again;
    char wrong[200];

    struct str canonical = html_body(arena, &text, &losses, &body);
    if (canonical.n) {
        CHECK(body_from_json(arena, json_parse(arena, canonical), &again, wrong, sizeof wrong));
        CHECK(str_equal(body_text(arena, &again), canonical));
    }
    arena_free(&arena);
    return 0;
}
