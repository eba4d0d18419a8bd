/* address.c - routes, declared query keys, spellings. */
#include "lib/web/address.h"

#include "lib/http/url.h"

const struct route *address_route(const struct route *routes, struct str path, struct arena *arena,
                                  struct pattern_values *values)
{
    if (!url_path_is_canonical(path))
        return NULL;
    for (const struct route *route = routes; route->pattern; route++)
        if (pattern_match(route->pattern, path, arena, values))
            return route;
    return NULL;
}

void address_query(const char *declared, struct str query, struct buf *out)
{
    size_t before = out->n;

    for (struct str rest = str_of(declared); query.n && rest.n;) {
        struct str key = str_cut(&rest, ' ');
        struct str value = url_query_find(query, key);
        if (!key.n || !value.p)
            continue;
        if (out->n > before)
            buf_add_char(out, '&');
        buf_add_str(out, key);
        buf_add_char(out, '=');
        buf_add_str(out, value);
    }
}

bool address_respell(struct arena *arena, struct str path, struct str *out)
{
    struct buf spelled = BUF(3 * path.n + 1);
    bool text = true;

    for (struct str rest = path; text && rest.p;) {
        struct str segment = str_cut(&rest, '/');
        if (!segment.n)
            continue;
        text = url_decode(arena, segment, &segment) && !str_equal(segment, STR(".")) && !str_equal(segment, STR(".."));
        buf_add_char(&spelled, '/');
        url_encode(&spelled, segment);
    }
    *out = spelled.n ? str_copy(arena, buf_str(&spelled)) : STR("/");
    buf_free(&spelled);
    return text;
}
