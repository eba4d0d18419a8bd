/* redirect_rules.c - what of an old address is kept, so that a link and a request are the same text.
 *
 * Papers wrote their addresses in every way: with a host, with Han characters
 * as they are, with %e5 and %E5. Requests come percent-encoded. Nothing else is
 * made equal: "/a" and "/a/" were two addresses of the old site.
 */
#include "src/redirect/redirect.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* What follows the host; false for another kind of address. */
static bool cut_host(struct str *address)
{
    for (int i = 0; i < 2; i++) {
        struct str scheme = i ? STR("https://") : STR("http://");
        if (!str_equal_nocase(str_head(*address, scheme.n), scheme))
            continue;
        ptrdiff_t slash = str_find_char(*address, '/', scheme.n);
        if (slash < 0)
            return false;
        *address = str_from(*address, (size_t)slash);
    }
    return address->n > 0 && address->p[0] == '/';
}

static void add_normal(struct buf *out, struct str s)
{
    static const char HEX[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        if (byte == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2])) {
            buf_add_char(out, '%');
            for (int k = 0; k < 2; k++) {
                char digit = s.p[++i];
                buf_add_char(out, digit >= 'a' ? (char)(digit - 'a' + 'A') : digit);
            }
        } else if (byte >= 0x80 || byte <= ' ' || byte == 0x7f) {
            buf_add_char(out, '%');
            buf_add_char(out, HEX[byte >> 4]);
            buf_add_char(out, HEX[byte & 15]);
        } else {
            buf_add_char(out, (char)byte);
        }
    }
}

bool redirect_key(struct arena *arena, struct str address, struct str *out)
{
    struct buf key = BUF(REDIRECT_OLD_MOST);
    struct str rest = str_trim(address);

    if (!cut_host(&rest))
        return false;
    rest = str_cut(&rest, '#');
    if (str_ends(rest, STR("?")))
        rest.n--;
    add_normal(&key, rest);
    bool kept = !key.overflow && key.n > 1 && key.p[1] != '/'; /* "//host" is no path */
    if (kept)
        *out = str_copy(arena, buf_str(&key));
    buf_free(&key);
    return kept;
}
