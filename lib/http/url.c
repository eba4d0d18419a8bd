/* url.c - percent-encoding, queries, and which addresses are taken for good.
 *
 * Decoding is where a stranger's bytes become text, so it refuses what is no text (bad UTF-8, control characters)
 * instead of passing on something that others would have to mend. Paths are not mended either: a page has one address,
 * and every other spelling of it is another address that does not exist. Normalising was rejected, because two programs
 * that normalise differently (a proxy's access rule and us) are how forbidden pages get read.
 */
#include "lib/http/url.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "lib/http/grammar.h"

/* --- characters --------------------------------------------------------------- */

/* What stands for itself in a segment of a path (RFC 3986, pchar). */
static bool is_segment_char(char c)
{
    return is_unreserved(c) || (c && strchr("!$&'()*+,;=:@", c));
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* White space, and the invisible characters that make an address look like another one. */
static bool is_invisible(uint32_t c)
{
    return c == ' ' || c == 0xa0 || c == 0xad || c == 0x1680 || (c >= 0x2000 && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == UTF8_IDEOGRAPHIC_SPACE || c == 0xfeff;
}

static bool is_plain_text(struct str s)
{
    if (utf8_valid_prefix(s) != s.n)
        return false;
    for (size_t at = 0; at < s.n;)
        if (is_control(utf8_next(s, &at)))
            return false;
    return true;
}

/* --- percent-encoding ----------------------------------------------------------- */

/* The byte that "%XX" at `at` means, or -1 when it means none. */
static int escaped_byte(struct str s, size_t at)
{
    if (s.n - at < 3)
        return -1;
    int high = hex_value(s.p[at + 1]), low = hex_value(s.p[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool decode(struct arena *arena, struct str s, char plus, struct str *out)
{
    char *bytes = arena_bytes(arena, s.n);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        int byte = (unsigned char)s.p[i];
        if (byte == '+') {
            byte = plus;
        } else if (byte == '%') {
            byte = escaped_byte(s, i);
            i += 2;
        }
        if (byte < 0)
            return false;
        bytes[n++] = (char)byte;
    }
    *out = (struct str){bytes, n};
    return is_plain_text(*out);
}

bool url_decode(struct arena *arena, struct str s, struct str *out)
{
    return decode(arena, s, '+', out);
}

bool url_decode_form(struct arena *arena, struct str s, struct str *out)
{
    return decode(arena, s, ' ', out);
}

void url_encode(struct buf *out, struct str s)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_unreserved(s.p[i]))
            buf_add_char(out, s.p[i]);
        else
            buf_add(out, (char[]){'%', digits[c >> 4], digits[c & 15]}, 3);
    }
}

/* --- queries and paths ------------------------------------------------------------ */

struct str url_query_find(struct str query, struct str name)
{
    for (struct str rest = query; rest.p;) {
        struct str value = str_cut(&rest, '&');
        struct str key = str_cut(&value, '=');
        if (key.n && str_equal(key, name))
            return value.p ? value : str_from(key, key.n); /* "a" without '=' is there, and empty */
    }
    return (struct str){NULL, 0};
}

static bool segment_is_canonical(struct str segment)
{
    if (!segment.n || str_equal(segment, STR(".")) || str_equal(segment, STR("..")))
        return false;
    for (size_t i = 0; i < segment.n; i++) {
        if (segment.p[i] != '%') {
            if (!is_segment_char(segment.p[i]))
                return false;
            continue;
        }
        int byte = escaped_byte(segment, i);
        if (byte < 0 || is_unreserved((char)byte) || segment.p[i + 1] >= 'a' || segment.p[i + 2] >= 'a')
            return false;
        i += 2;
    }
    return true;
}

bool url_path_is_canonical(struct str path)
{
    if (!path.n || path.p[0] != '/')
        return false;
    if (path.n == 1)
        return true;
    for (struct str rest = str_from(path, 1); rest.p;)
        if (!segment_is_canonical(str_cut(&rest, '/')))
            return false;
    return true;
}

/* --- links --------------------------------------------------------------------------- */

/* What stands between "//" and the path, query or fragment. */
static struct str authority_of(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
            return str_head(s, i);
    return s;
}

bool url_is_safe_link(struct str s)
{
    static const struct str schemes[] = {STR_INIT("https://"), STR_INIT("http://")};

    if (!is_plain_text(s) || str_find_char(s, '\\', 0) >= 0)
        return false;
    for (size_t at = 0; at < s.n;)
        if (is_invisible(utf8_next(s, &at)))
            return false;
    if (str_starts(s, STR("/")))
        return !str_starts(s, STR("//")); /* that would be another site's address */
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_equal_nocase(str_head(s, schemes[i].n), schemes[i]))
            return authority_is_valid(authority_of(str_from(s, schemes[i].n)), true);
    return false;
}
