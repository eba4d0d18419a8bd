/* pattern.c - route patterns are matched as they are written, character by character.
 *
 * A site has some fifty patterns and a miss ends at its first literal, so a
 * walk over all of them costs less than a request's headers; no trie is built.
 */
#include "lib/web/pattern.h"

#include "lib/base/check.h"
#include "lib/http/url.h"

/* The end of a parameter's value: the next '/', or the literal character behind the parameter. */
static size_t value_end(struct str path, size_t from, char stop)
{
    size_t at = from;

    while (at < path.n && path.p[at] != '/' && path.p[at] != stop)
        at++;
    return at;
}

static bool take_number(struct str value, int64_t *out)
{
    if (value.n == 0 || value.n > 18 || (value.p[0] == '0' && value.n > 1))
        return false;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
    return str_to_int(value, out);
}

bool pattern_match(const char *pattern, struct str path, struct arena *arena, struct pattern_values *out)
{
    size_t at = 0;
    int place = 0;

    for (const char *p = pattern; *p;) {
        if (*p != '{') {
            if (at >= path.n || path.p[at] != *p)
                return false;
            at++;
            p++;
            continue;
        }
        const char *close = strchr(p, '}');
        CHECK(close && place < PATTERN_MOST_VALUES);
        bool is_int = close - p > 4 && memcmp(close - 4, ":int", 4) == 0;
        size_t end = value_end(path, at, close[1] ? close[1] : '/');
        struct str raw = {path.p + at, end - at};
        if (raw.n == 0 || (is_int && !take_number(raw, &out->number[place])))
            return false;
        out->text[place] = raw;
        if (!is_int && arena && !url_decode(arena, raw, &out->text[place]))
            return false;
        place++;
        at = end;
        p = close + 1;
    }
    return at == path.n;
}

int pattern_place(const char *pattern, const char *name)
{
    size_t n = strlen(name);
    int place = 0;

    for (const char *p = strchr(pattern, '{'); p; p = strchr(p + 1, '{'), place++)
        if (strncmp(p + 1, name, n) == 0 && (p[1 + n] == '}' || p[1 + n] == ':'))
            return place;
    return -1;
}
