/* old_address.c - what an address of an old page is, by its host and path alone; nothing is fetched. */
#include "src/importing/old_address.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/http/url.h"
#include "src/article/body.h"

enum { NAME_MOST = 80 }; /* bytes of a picture's name */

/* The parts of an http(s) address, as they stand there. */
struct parts {
    struct str host, path, query; /* path with its '/', query without its '?' */
};

static bool cut_scheme(struct str *rest)
{
    static const struct str SCHEMES[] = {STR_INIT("https://"), STR_INIT("http://"), STR_INIT("//")};

    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++)
        if (str_equal_nocase(str_head(*rest, SCHEMES[i].n), SCHEMES[i])) {
            *rest = str_from(*rest, SCHEMES[i].n);
            return true;
        }
    return false;
}

struct str old_host(struct arena *arena, struct str address)
{
    struct str rest = str_trim(address);
    size_t n = 0;

    if (!cut_scheme(&rest))
        return STR("");
    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#' && rest.p[n] != ':')
        n++;
    char *host = arena_bytes(arena, n);
    for (size_t i = 0; i < n; i++)
        host[i] = rest.p[i] >= 'A' && rest.p[i] <= 'Z' ? (char)(rest.p[i] - 'A' + 'a') : rest.p[i];
    struct str found = {host, n};
    return str_starts(found, STR("www.")) ? str_from(found, 4) : found;
}

static bool split(struct arena *arena, struct str address, struct parts *out)
{
    struct str rest = str_trim(address);
    size_t n = 0;

    out->host = old_host(arena, address);
    if (!cut_scheme(&rest))
        return false;
    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#')
        n++;
    rest = str_from(rest, n);
    rest = str_cut(&rest, '#');
    out->path = str_cut(&rest, '?');
    out->query = rest.p ? rest : STR("");
    return out->host.n > 0;
}

/* --- links -------------------------------------------------------------------------------- */

/* Spaces and what is not ASCII, percent-encoded; escapes stay. */
static struct str encode(struct arena *arena, struct str s)
{
    struct buf out = BUF(BODY_HREF_MOST);

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>')
            buf_printf(&out, "%%%02X", c);
        else
            buf_add_char(&out, s.p[i]);
    }
    struct str encoded = out.overflow ? STR("") : str_copy(arena, buf_str(&out));
    buf_free(&out);
    return encoded;
}

/* Has it a scheme ("mailto:") before any '/', '?' or '#'? */
static bool has_scheme(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ':')
            return true;
        if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
            return false;
    }
    return false;
}

bool old_link(struct arena *arena, struct str site, struct str address, struct str *out)
{
    struct parts parts;
    struct str link = str_trim(address);

    if (link.n == 0 || link.p[0] == '#')
        return false;
    if (split(arena, link, &parts)) {
        struct str rest = link;
        cut_scheme(&rest);
        ptrdiff_t slash = str_find_char(rest, '/', 0);
        bool ours = site.n > 0 && str_equal(parts.host, old_host(arena, site));
        if (ours)
            link = slash < 0 ? STR("/") : str_from(rest, (size_t)slash);
        else if (str_starts(link, STR("//")))
            link = str_join(arena, STR("https:"), link);
    } else if (link.p[0] != '/') {
        if (has_scheme(link))
            return false;
        link = str_join(arena, STR("/"), link);
    }
    *out = encode(arena, link);
    return out->n > 0 && url_is_safe_link(*out);
}

/* --- embeds -------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The word at the start of s: an id, a user's name. */
static struct str word_of(struct str s)
{
    size_t n = 0;

    while (n < s.n && is_word(s.p[n]))
        n++;
    return str_head(s, n);
}

/* The word behind one of the prefixes, which are separated by spaces. */
static struct str word_behind(struct str path, const char *prefixes)
{
    for (struct str rest = str_of(prefixes); rest.p;) {
        struct str prefix = str_cut(&rest, ' ');
        if (str_starts(path, prefix))
            return word_of(str_from(path, prefix.n));
    }
    return STR("");
}

static bool is_one_of(struct str host, const char *hosts)
{
    for (struct str rest = str_of(hosts); rest.p;)
        if (str_equal(host, str_cut(&rest, ' ')))
            return true;
    return false;
}

static bool find_youtube(struct arena *arena, const struct parts *parts, struct old_embed *out)
{
    struct str id = STR("");

    if (str_equal(parts->host, STR("youtu.be")))
        id = word_behind(parts->path, "/");
    else if (is_one_of(parts->host, "youtube.com m.youtube.com youtube-nocookie.com")) {
        struct str v = url_query_find(parts->query, STR("v"));
        id = v.p ? word_of(v) : word_behind(parts->path, "/embed/ /v/ /shorts/ /live/");
    }
    if (id.n < 6 || str_equal(id, STR("videoseries")))
        return false;
    *out = (struct old_embed){STR("youtube"), str_join(arena, STR("https://www.youtube.com/watch?v="), id)};
    return true;
}

static bool find_x(struct arena *arena, const struct parts *parts, struct old_embed *out)
{
    struct str user = word_behind(parts->path, "/");
    struct str rest = str_from(parts->path, 1 + user.n);
    struct str number = word_behind(rest, "/status/ /statuses/");

    if (!is_one_of(parts->host, "x.com twitter.com mobile.twitter.com") || user.n == 0 || number.n < 4)
        return false;
    *out = (struct old_embed){STR("x"),
                              str_printf(arena, "https://x.com/%.*s/status/%.*s", STR_ARG(user), STR_ARG(number))};
    return true;
}

static bool find_instagram(struct arena *arena, const struct parts *parts, struct old_embed *out)
{
    struct str id = word_behind(parts->path, "/p/ /reel/ /tv/");

    if (!is_one_of(parts->host, "instagram.com instagr.am") || id.n < 6)
        return false;
    *out = (struct old_embed){STR("instagram"), str_printf(arena, "https://www.instagram.com/p/%.*s/", STR_ARG(id))};
    return true;
}

static bool find_threads(struct arena *arena, const struct parts *parts, struct old_embed *out)
{
    bool ours = is_one_of(parts->host, "threads.net threads.com");

    if (!ours || !str_starts(parts->path, STR("/@")) || str_find(parts->path, STR("/post/"), 0) < 0)
        return false;
    out->kind = STR("threads");
    return old_link(arena, STR(""), str_printf(arena, "https://www.threads.net%.*s", STR_ARG(parts->path)), &out->href);
}

static bool find_facebook(struct arena *arena, const struct parts *parts, struct old_embed *out)
{
    static const char *const KINDS[] = {"/posts/", "/videos/", "/photos/", "/reel/", "permalink.php", "/watch"};
    struct str href = url_query_find(parts->query, STR("href")), inner = STR("");
    bool known = false;

    if (!is_one_of(parts->host, "facebook.com m.facebook.com"))
        return false;
    out->kind = STR("facebook");
    if (str_starts(parts->path, STR("/plugins/")))
        return href.p && url_decode_form(arena, href, &inner) && str_find(inner, STR("/plugins/"), 0) < 0 &&
               str_equal(old_host(arena, inner), STR("facebook.com")) && old_link(arena, STR(""), inner, &out->href);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        known = known || str_find(parts->path, str_of(KINDS[i]), 0) >= 0;
    struct str address = str_printf(arena, "https://www.facebook.com%.*s%s%.*s", STR_ARG(parts->path),
                                    parts->query.n ? "?" : "", STR_ARG(parts->query));
    return known && old_link(arena, STR(""), address, &out->href);
}

bool old_embed(struct arena *arena, struct str address, struct old_embed *out)
{
    struct parts parts;

    return split(arena, address, &parts) &&
           (find_youtube(arena, &parts, out) || find_x(arena, &parts, out) || find_instagram(arena, &parts, out) ||
            find_threads(arena, &parts, out) || find_facebook(arena, &parts, out));
}

/* --- pictures ------------------------------------------------------------------------------- */

/* Without "-1024x768", "-scaled" and the ending. */
static struct str plain_name(struct str path)
{
    size_t n = path.n, digits;

    while (n > 0 && path.p[n - 1] != '.' && path.p[n - 1] != '/')
        n--;
    if (n > 1 && path.p[n - 1] == '.')
        path.n = n - 1;
    if (str_ends(path, STR("-scaled")))
        path.n -= 7;
    n = path.n;
    for (int side = 0; side < 2; side++) {
        for (digits = 0; n > 0 && path.p[n - 1] >= '0' && path.p[n - 1] <= '9'; n--)
            digits++;
        if (digits == 0 || digits > 5 || n == 0 || path.p[--n] != (side ? '-' : 'x'))
            return path;
    }
    return str_head(path, n);
}

struct str old_picture_name(struct arena *arena, struct str address)
{
    struct str path = str_trim(address), uploads = STR("/uploads/"), decoded;
    struct parts parts;
    struct buf out = BUF(4096);

    if (split(arena, path, &parts))
        path = parts.path;
    else if (has_scheme(path))
        return STR("");
    path = str_cut(&path, '?');
    if (url_decode(arena, path, &decoded))
        path = decoded;
    ptrdiff_t at = str_find(path, uploads, 0);
    path = plain_name(path);
    if (at >= 0 && (size_t)at + uploads.n < path.n)
        path = str_from(path, (size_t)at + uploads.n);
    else
        for (ptrdiff_t slash; (slash = str_find_char(path, '/', 0)) >= 0;)
            path = str_from(path, (size_t)slash + 1);
    for (size_t i = 0; i < path.n; i++) {
        bool kept = is_word(path.p[i]) || path.p[i] == '.';
        if (kept && (out.n || is_word(path.p[i])))
            buf_add_char(&out, path.p[i]);
        else if (out.n && out.p[out.n - 1] != '-')
            buf_add_char(&out, '-');
    }
    while (out.n && out.p[out.n - 1] == '-')
        out.n--;
    /* a name of other scripts leaves nothing to tell it by */
    bool telling = out.n >= 3 && out.n * 3 >= path.n && out.n <= NAME_MOST;
    struct str name = telling ? str_copy(arena, buf_str(&out))
                              : str_printf(arena, "picture-%016llx", (unsigned long long)str_hash(path, 0));
    buf_free(&out);
    return path.n ? name : STR("");
}
