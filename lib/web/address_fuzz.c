/* address_fuzz.c - any bytes as a target: what is composed is canonical, what is undeclared is gone, patterns stay inside. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/http/url.h"
#include "lib/web/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const PATTERNS[] = {"/",          "/news/{day:int}/{id:int}",  "/{section}/feed.xml",
                                       "/{a}/{b}/c", "/map-{year:int}-{n:int}.x", "/keyword/{name}"};

static void check_spelling(struct arena *arena, struct str path)
{
    struct str spelled, again;

    if (!address_respell(arena, path, &spelled))
        return;
    CHECK(url_path_is_canonical(spelled) && !str_starts(spelled, STR("//")));
    CHECK(address_respell(arena, spelled, &again) && str_equal(again, spelled));
}

static void check_query(struct str query)
{
    struct buf kept = BUF(SIZE_MAX / 2), again = BUF(SIZE_MAX / 2);

    address_query("page tag", query, &kept);
    address_query("page tag", buf_str(&kept), &again);
    CHECK(str_equal(buf_str(&kept), buf_str(&again)));
    CHECK(kept.n == 0 || str_starts(buf_str(&kept), STR("page=")) || str_starts(buf_str(&kept), STR("tag=")));
    buf_free(&kept);
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str query = {(const char *)data, size}, path = str_cut(&query, '?');
    struct arena *arena = arena_new();

    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++) {
        struct pattern_values values = {0};
        if (pattern_match(PATTERNS[i], path, arena, &values))
            CHECK(values.number[0] >= 0 && values.number[1] >= 0 && pattern_match(PATTERNS[i], path, NULL, &values));
    }
    check_spelling(arena, path);
    check_query(query);
    arena_free(&arena);
    return 0;
}
