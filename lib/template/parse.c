/* parse.c - finding the tags.
 *
 * One pass over the bytes: up to the next opening delimiter everything is
 * literal, then comes one tag. Whether a tag stands alone on its line is
 * decided by looking at the source on both sides of it: other tags on the line
 * are not white space, so nothing needs to be remembered about them.
 */
#include "lib/template/parse.h"

#include <stdarg.h>

struct parser {
    struct arena *arena;
    struct str text;
    size_t at;      /* everything before is in tokens */
    unsigned line;  /* of text.p[counted] */
    size_t counted; /* newlines before this are in `line` */
    struct str open, close;
    struct tokens tokens;
    LIST(size_t) sections; /* open ones, innermost last */
    struct flaw *flaw;
};

/* One tag as found in the source. */
struct tag {
    size_t start, end; /* of the whole tag, delimiters included */
    char sigil;        /* # ^ / ! > = & { or 0 for a plain name */
    struct str inside; /* without sigil, trimmed */
    unsigned line;
};

static bool fail(struct parser *p, unsigned line, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool fail(struct parser *p, unsigned line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(p->flaw->sentence, sizeof p->flaw->sentence, format, args);
    va_end(args);
    p->flaw->line = line;
    return false;
}

static unsigned line_of(struct parser *p, size_t at)
{
    for (; p->counted < at; p->counted++)
        p->line += p->text.p[p->counted] == '\n';
    return p->line;
}

static struct token *add_token(struct parser *p, enum token_kind kind, struct str text, unsigned line)
{
    struct token *token = LIST_ADD(p->arena, &p->tokens);

    *token = (struct token){.kind = kind, .text = text, .line = line};
    return token;
}

static void add_text(struct parser *p, size_t from, size_t to)
{
    if (from < to)
        add_token(p, TOKEN_TEXT, (struct str){p->text.p + from, to - from}, line_of(p, from));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool has_space(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_blank(s.p[i]) || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\f' || s.p[i] == '\v')
            return true;
    return false;
}

/* Reads the tag whose opening delimiter stands at `start`. */
static bool read_tag(struct parser *p, size_t start, struct tag *out)
{
    size_t at = start + p->open.n;
    struct str extra = STR(""), rest;
    char sigil = 0;

    while (at < p->text.n && is_blank(p->text.p[at]))
        at++;
    if (at < p->text.n && strchr("#^/!>=&{", p->text.p[at]) && p->text.p[at])
        sigil = p->text.p[at++];
    if (sigil == '=')
        extra = STR("=");
    if (sigil == '{')
        extra = STR("}");
    rest = str_join(p->arena, extra, p->close);
    ptrdiff_t end = str_find(p->text, rest, at);
    unsigned line = line_of(p, start);
    if (end < 0)
        return fail(p, line, "this tag is not closed by %.*s", STR_ARG(rest));
    *out = (struct tag){.start = start,
                        .end = (size_t)end + rest.n,
                        .sigil = sigil,
                        .inside = str_trim((struct str){p->text.p + at, (size_t)end - at}),
                        .line = line};
    return true;
}

/* The tag has its line to itself: *from is where the line begins, *to where the next one does. */
static bool stands_alone(const struct parser *p, const struct tag *tag, size_t *from, size_t *to)
{
    size_t before = tag->start, after = tag->end;

    while (before > 0 && is_blank(p->text.p[before - 1]))
        before--;
    while (after < p->text.n && is_blank(p->text.p[after]))
        after++;
    if (before > 0 && p->text.p[before - 1] != '\n')
        return false;
    if (after < p->text.n && p->text.p[after] == '\r')
        after++;
    if (after < p->text.n && p->text.p[after] != '\n')
        return false;
    *from = before;
    *to = after < p->text.n ? after + 1 : after;
    return true;
}

static bool set_delimiters(struct parser *p, const struct tag *tag)
{
    size_t gap = 0;

    while (gap < tag->inside.n && !has_space((struct str){tag->inside.p + gap, 1}))
        gap++;
    struct str open = str_head(tag->inside, gap), close = str_trim(str_from(tag->inside, gap));
    if (!open.n || !close.n || has_space(close) || str_find_char(tag->inside, '=', 0) >= 0)
        return fail(p, tag->line, "delimiters are changed by two words without '=', as in {{=<%% %%>=}}");
    p->open = open;
    p->close = close;
    return true;
}

static bool close_section(struct parser *p, const struct tag *tag)
{
    if (p->sections.n == 0)
        return fail(p, tag->line, "nothing is open that \"/%.*s\" could close", STR_ARG(str_head(tag->inside, 60)));

    struct token *opening = &p->tokens.at[p->sections.at[--p->sections.n]];
    if (!str_equal(opening->text, tag->inside))
        return fail(p, tag->line, "\"/%.*s\" closes \"%.*s\", which was opened in line %u",
                    STR_ARG(str_head(tag->inside, 60)), STR_ARG(str_head(opening->text, 60)), opening->line);
    opening->match = p->tokens.n;
    add_token(p, TOKEN_CLOSE, tag->inside, tag->line);
    return true;
}

static bool add_tag(struct parser *p, const struct tag *tag, struct str indent)
{
    static const char sigils[] = "&{#^>";
    static const enum token_kind kinds[] = {TOKEN_RAW, TOKEN_RAW, TOKEN_SECTION, TOKEN_INVERTED, TOKEN_PARTIAL};

    if (tag->sigil == '!')
        return true;
    if (tag->sigil == '=')
        return set_delimiters(p, tag);
    if (!tag->inside.n || has_space(tag->inside))
        return fail(p, tag->line, tag->inside.n ? "a name has no white space inside" : "this tag has no name");
    if (tag->sigil == '/')
        return close_section(p, tag);
    enum token_kind kind = tag->sigil ? kinds[strchr(sigils, tag->sigil) - sigils] : TOKEN_VALUE;
    if (kind == TOKEN_SECTION || kind == TOKEN_INVERTED)
        *LIST_ADD(p->arena, &p->sections) = p->tokens.n;
    add_token(p, kind, tag->inside, tag->line)->indent = indent;
    return true;
}

static bool take_tag(struct parser *p, size_t start)
{
    size_t from = start, to;
    struct tag tag = {0};

    if (!read_tag(p, start, &tag))
        return false;
    to = tag.end;
    if (tag.sigil && tag.sigil != '&' && tag.sigil != '{')
        stands_alone(p, &tag, &from, &to);
    add_text(p, p->at, from);
    p->at = to;
    return add_tag(p, &tag, (struct str){p->text.p + from, start - from});
}

bool template_parse(struct arena *arena, struct str text, struct tokens *out, struct flaw *flaw)
{
    struct parser p = {.arena = arena, .text = text, .line = 1, .open = STR("{{"), .close = STR("}}"), .flaw = flaw};
    ptrdiff_t start;

    while ((start = str_find(text, p.open, p.at)) >= 0)
        if (!take_tag(&p, (size_t)start))
            return false;
    add_text(&p, p.at, text.n);
    if (p.sections.n) {
        const struct token *open = &p.tokens.at[p.sections.at[p.sections.n - 1]];
        return fail(&p, open->line, "section \"%.*s\" is never closed", STR_ARG(str_head(open->text, 60)));
    }
    *out = p.tokens;
    return true;
}
