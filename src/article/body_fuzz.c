/* body_fuzz.c - whatever JSON comes, reading a body ends, and what is accepted is stored and read back unchanged. */
#include "src/article/body.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_stored(struct arena *arena, const struct body *body)
{
    struct str stored = body_text(arena, body);
    struct body again;

    CHECK(stored.n <= BODY_TEXT_MOST && utf8_valid_prefix(stored) == stored.n);
    body_parse(arena, stored, &again);
    CHECK(str_equal(body_text(arena, &again), stored));
    CHECK(body_words(body) == body_words(&again));
    CHECK(utf8_count(body_plain(arena, body, 20)) <= 21); /* with the "…" */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct str text = {(const char *)data, size};
    const struct json *json = json_parse(arena, text);
    struct body body, lenient;
    char wrong[200] = "";

    if (json && body_from_json(arena, json, &body, wrong, sizeof wrong))
        check_stored(arena, &body);
    else if (json)
        CHECK(wrong[0] != '\0');
    body_parse(arena, text, &lenient);
    body_text(arena, &lenient);
    arena_free(&arena);
    return 0;
}
