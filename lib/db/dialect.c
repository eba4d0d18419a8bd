/* dialect.c - puts an engine's own words into the common schema text.
 *
 * Schema steps are written once, for both engines. What differs is a few exact
 * phrases, each replaced literally wherever it stands; a parser of SQL for
 * that would be more to get wrong than the phrases it spares. The price: a
 * schema text must spell these phrases exactly (see each engine's dialect).
 */
#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/db/engine.h"

struct str dialect_replace(struct arena *arena, struct str sql, struct str common, struct str ours)
{
    struct buf out = BUF(1 << 22);
    size_t from = 0;

    for (ptrdiff_t at; (at = str_find(sql, common, from)) >= 0; from = (size_t)at + common.n) {
        buf_add(&out, sql.p + from, (size_t)at - from);
        buf_add_str(&out, ours);
    }
    buf_add_str(&out, str_from(sql, from));
    CHECK(!out.overflow); /* a schema step is our own text */
    struct str replaced = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return replaced;
}
