/* markdown_fuzz.c - whatever text comes, it becomes a body that is stored and read back unchanged, or is refused. */
#include "src/article/body.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct body body, again, strict;
    char wrong[200] = "";

    if (body_from_markdown(arena, (struct str){(const char *)data, size}, &body, wrong, sizeof wrong)) {
        struct str stored = body_text(arena, &body);
        CHECK(utf8_valid_prefix(stored) == stored.n);
        body_parse(arena, stored, &again);
        CHECK(str_equal(body_text(arena, &again), stored));
        if (stored.n) {
            CHECK(body_from_json(arena, json_parse(arena, stored), &strict, wrong, sizeof wrong));
            CHECK(str_equal(body_text(arena, &strict), stored));
        }
    } else {
        CHECK(wrong[0] != '\0');
    }
    arena_free(&arena);
    return 0;
}
