/* article_url.c - the one place that knows what a story's address looks like.
 *
 * The day is part of it because readers and search engines like to see how old
 * a story is; the number alone would do. It is given once: when a story is
 * published a second time, or the paper moves to another zone, it stays.
 */
#include "src/article/article.h"

#include <inttypes.h>

struct str article_url(struct arena *arena, int64_t day, int64_t id)
{
    return str_printf(arena, "/news/%" PRId64 "/%" PRId64, day, id);
}

bool article_number(struct str s, int64_t *out)
{
    size_t from = s.n;

    while (from > 0 && s.p[from - 1] >= '0' && s.p[from - 1] <= '9')
        from--;
    return (from == 0 || s.p[from - 1] == '/') && str_to_int(str_from(s, from), out) && *out > 0;
}
