/* grammar.c - who may stand between "//" and the path. */
#include "lib/http/grammar.h"

bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-._~", c));
}

static bool is_port(struct str s)
{
    int64_t port;

    return s.n && s.n <= 5 && s.p[0] != '-' && str_to_int(s, &port) && port <= 65535;
}

static bool is_bracketed(struct str s)
{
    if (s.n < 4 || s.p[s.n - 1] != ']')
        return false;
    for (size_t i = 1; i < s.n - 1; i++)
        if (hex_value(s.p[i]) < 0 && s.p[i] != ':' && s.p[i] != '.')
            return false;
    return true;
}

static bool is_name(struct str s, bool any_script)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_unreserved(s.p[i]) && !(any_script && (unsigned char)s.p[i] >= 0x80))
            return false;
    return s.n >= 1 && s.n <= 253;
}

bool authority_is_valid(struct str s, bool any_script)
{
    bool in_brackets = s.n && s.p[0] == '[';
    ptrdiff_t bracket = in_brackets ? str_find_char(s, ']', 0) : 0;
    ptrdiff_t colon = bracket < 0 ? -1 : str_find_char(s, ':', (size_t)bracket);
    struct str host = colon < 0 ? s : str_head(s, (size_t)colon);

    if (colon >= 0 && !is_port(str_from(s, (size_t)colon + 1)))
        return false;
    return in_brackets ? is_bracketed(host) : is_name(host, any_script);
}
