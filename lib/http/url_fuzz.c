/* url_fuzz.c - any bytes as an address: what is decoded is text, and what is encoded comes back. */
#include "lib/http/url.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_round_trip(struct arena *arena, struct str text)
{
    struct buf encoded = BUF(SIZE_MAX / 2);
    struct str back;

    CHECK(utf8_valid_prefix(text) == text.n && !memchr(text.p, '\0', text.n));
    url_encode(&encoded, text);
    CHECK(url_decode(arena, buf_str(&encoded), &back) && str_equal(back, text));
    buf_free(&encoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    struct arena *arena = arena_new();
    struct str text;

    if (url_decode(arena, input, &text))
        check_round_trip(arena, text);
    if (url_decode_form(arena, input, &text))
        check_round_trip(arena, text);
    if (url_path_is_canonical(input)) {
        CHECK(input.p[0] == '/' && str_find(input, STR("//"), 0) < 0 && str_find(input, STR("/../"), 0) < 0);
        CHECK(!memchr(input.p, '?', input.n));
    }
    if (url_is_safe_link(input)) {
        CHECK(input.p[0] == '/' || (input.p[0] | 0x20) == 'h');
        CHECK(!memchr(input.p, '\n', input.n) && !memchr(input.p, ' ', input.n));
    }
    url_query_find(input, str_head(input, 1));
    arena_free(&arena);
    return 0;
}
