/* json_fuzz.c - whatever bytes come, reading ends, and what was read is written as JSON that reads the same. */
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "lib/json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str written(const struct json *value, struct buf *buf)
{
    buf_clear(buf);
    json_write_value(buf, value);
    CHECK(!buf->overflow);
    return buf_str(buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct buf buf = BUF(32 * (size + 16));
    char wrong[120] = "";
    const struct json *value = json_parse_explained(arena, (struct str){(const char *)data, size}, wrong, sizeof wrong);

    if (value) {
        struct str first = str_copy(arena, written(value, &buf));
        const struct json *again = json_parse(arena, first);
        CHECK(again && str_equal(first, written(again, &buf)));
        CHECK(str_find_char(first, '<', 0) < 0);
    } else {
        CHECK(wrong[0] != '\0' && utf8_valid_prefix(str_of(wrong)) == strlen(wrong));
    }
    buf_free(&buf);
    arena_free(&arena);
    return 0;
}
