/* phrase_html.c - a headline with its breaks becomes markup.
 *
 * The one place besides the body's printer where C writes tags: a headline is
 * printed some thirty times on a page, and a template would need a list of
 * clauses of phrases for each. Text goes through the template's own escaping.
 */
#include "src/phrase/phrase.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/template/escape.h"

enum { MARKUP_MOST = 1 << 16 };

static const struct str SPACE = STR_INIT("\u3000");

/* The offsets still to come. */
struct offsets {
    struct str rest;
    size_t next; /* SIZE_MAX: none */
};

static void advance(struct offsets *offsets)
{
    int64_t number = 0;

    while (offsets->rest.p && number <= 0)
        if (!str_to_int(str_cut(&offsets->rest, ' '), &number))
            number = 0;
    offsets->next = number > 0 ? (size_t)number : SIZE_MAX;
}

static bool begins_character(struct str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xc0) != 0x80;
}

/* title[from, to) with the breaks that lie inside. */
static void add_run(struct buf *out, struct str title, size_t from, size_t to, struct offsets *offsets)
{
    while (from < to) {
        while (offsets->next <= from)
            advance(offsets);
        size_t end = offsets->next < to && begins_character(title, offsets->next) ? offsets->next : to;
        if (offsets->next < to && end == to) { /* no place in this title */
            advance(offsets);
            continue;
        }
        escape_add(out, (struct str){title.p + from, end - from}, ESCAPE_HTML);
        if (end < to)
            buf_add_str(out, STR("<wbr>")); /* allow: markup */
        from = end;
    }
}

static struct html finish(struct arena *arena, struct buf *out)
{
    struct html html = {str_copy(arena, buf_str(out))};

    buf_free(out);
    return html;
}

struct html phrase_html(struct arena *arena, struct str title, struct str breaks)
{
    struct buf out = BUF(MARKUP_MOST);
    struct offsets offsets = {.rest = breaks};

    advance(&offsets);
    add_run(&out, title, 0, title.n, &offsets);
    return finish(arena, &out);
}

struct html phrase_html_clauses(struct arena *arena, struct str title, struct str breaks)
{
    struct buf out = BUF(MARKUP_MOST);
    struct offsets offsets = {.rest = breaks};

    advance(&offsets);
    for (size_t from = 0; from < title.n;) {
        ptrdiff_t found = str_find(title, SPACE, from);
        size_t to = found < 0 ? title.n : (size_t)found;
        buf_add_str(&out, STR("<span class=\"hl\">")); /* allow: markup */
        add_run(&out, title, from, to, &offsets);
        buf_add_str(&out, STR("</span>")); /* allow: markup */
        if (found >= 0)
            buf_add_str(&out, STR("<span class=\"vh\">\u3000</span>")); /* allow: markup */
        from = to + (found < 0 ? 0 : SPACE.n);
    }
    return finish(arena, &out);
}
