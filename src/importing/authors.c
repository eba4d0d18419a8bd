/* authors.c - the ways papers write who wrote it, from the archives of some thirty of them. */
#include "src/importing/authors.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"

enum { NAME_HAN_MOST = 5 }; /* characters of a Chinese name that may stand between spaces */

static const struct str REPORT[] = {STR_INIT("報導"), STR_INIT("報道"), STR_INIT("报道"), STR_INIT("报导")};

/* Whether s ends with 報導, and the text before that. */
static bool cut_report(struct str *s)
{
    for (size_t i = 0; i < sizeof REPORT / sizeof *REPORT; i++)
        if (str_ends(*s, REPORT[i])) {
            s->n -= REPORT[i].n;
            return true;
        }
    return false;
}

static bool is_short_han(struct str s)
{
    size_t n = 0, at = 0;

    for (; at < s.n; n++)
        if (!utf8_is_cjk(utf8_next(s, &at)))
            return false;
    return n > 0 && n <= NAME_HAN_MOST;
}

/* --- one name ------------------------------------------------------------------------------- */

/* "特約記者彭碧珊": the role ends with 記者, and a name of two to five characters follows. */
static struct str cut_role(struct str *name)
{
    static const struct str ENDS[] = {STR_INIT("記者"), STR_INIT("记者")};

    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        ptrdiff_t at = str_find(*name, ENDS[i], 0);
        struct str role = str_head(*name, at < 0 ? 0 : (size_t)at + ENDS[i].n);
        struct str rest = str_trim(str_from(*name, role.n));
        if (at >= 0 && is_short_han(rest) && utf8_count(rest) >= 2) {
            *name = rest;
            return str_trim(role);
        }
    }
    return STR("");
}

static bool is_there(const struct authors *authors, struct str name)
{
    for (size_t i = 0; i < authors->people.n; i++)
        if (str_equal(authors->people.at[i].name, name))
            return true;
    return false;
}

static void add_name(struct arena *arena, struct authors *authors, struct str name)
{
    struct str by = STR("by ");

    name = str_trim(name);
    if (str_equal_nocase(str_head(name, by.n), by))
        name = str_trim(str_from(name, by.n));
    struct str role = cut_role(&name);
    if (name.n && !is_there(authors, name))
        *LIST_ADD(arena, &authors->people) =
            (struct draft_byline){.person = 0, .slug = STR(""), .name = name, .role = role};
}

/* --- many ----------------------------------------------------------------------------------- */

/* The length of the divider at the start of s, or 0. */
static size_t divider(struct str s)
{
    static const struct str DIVIDERS[] = {STR_INIT("、"), STR_INIT("，"), STR_INIT(","),
                                          STR_INIT(";"),  STR_INIT("；"), STR_INIT("&"),
                                          STR_INIT("/"),  STR_INIT("／"), STR_INIT(" and ")};

    for (size_t i = 0; i < sizeof DIVIDERS / sizeof *DIVIDERS; i++)
        if (str_starts(s, DIVIDERS[i]))
            return DIVIDERS[i].n;
    return 0;
}

/* Spaces divide names where every word could be a Chinese one. */
static bool spaces_divide(struct str s)
{
    bool divide = true;

    for (struct str rest = s; divide && rest.p;)
        divide = is_short_han(str_cut(&rest, ' '));
    return divide;
}

static void add_words(struct arena *arena, struct authors *authors, struct str s)
{
    s = str_trim(s);
    if (!spaces_divide(s)) {
        add_name(arena, authors, s);
        return;
    }
    for (struct str rest = s; rest.p;)
        add_name(arena, authors, str_cut(&rest, ' '));
}

static void add_names(struct arena *arena, struct authors *authors, struct str s)
{
    size_t from = 0;

    for (size_t at = 0; at < s.n;) {
        size_t n = divider(str_from(s, at));
        if (n) {
            add_words(arena, authors, (struct str){s.p + from, at - from});
            from = at + n;
        }
        at += n ? n : 1;
    }
    add_words(arena, authors, str_from(s, from));
}

/* --- report types ------------------------------------------------------------------------------- */

/* Where the last word of s begins; words are divided by spaces and slashes. */
static size_t last_word(struct str s)
{
    size_t n = s.n;
    struct str wide = STR("／");

    while (n > 0 && s.p[n - 1] != ' ' && s.p[n - 1] != '/' && !str_ends(str_head(s, n), wide))
        n--;
    return n;
}

static struct str trim_end(struct str s)
{
    struct str wide = STR("／");

    for (s = str_trim(s); str_ends(s, wide) || str_ends(s, STR("/"));)
        s = str_trim(str_head(s, s.n - (str_ends(s, wide) ? wide.n : 1)));
    return s;
}

/* "names 採訪報導 / place": what was done is put behind the place, as papers print it. */
static bool read_with_place(struct arena *arena, struct str text, struct authors *out)
{
    ptrdiff_t slash = str_find(text, STR(" / "), 0);
    struct str before = str_trim(str_head(text, slash < 0 ? 0 : (size_t)slash));
    struct str place = str_trim(str_from(text, slash < 0 ? text.n : (size_t)slash + 3));

    if (slash < 0 || !cut_report(&before))
        return false;
    size_t from = last_word(before);
    struct str done = str_from(before, from);
    bool compiled = str_equal(done, STR("綜合"));
    out->report_type = compiled ? str_printf(arena, "綜合報導／%.*s", STR_ARG(place))
                                : str_printf(arena, "%.*s%.*s報導", STR_ARG(place), STR_ARG(done));
    add_names(arena, out, str_head(before, from));
    return true;
}

void authors_read(struct arena *arena, struct str text, struct authors *out)
{
    struct str rest = str_trim(text);

    *out = (struct authors){.report_type = STR("")};
    if (read_with_place(arena, rest, out))
        return;
    struct str before = rest;
    if (cut_report(&before)) { /* "記者王小明／台北報導", or "綜合報導" alone */
        size_t from = last_word(before);
        out->report_type = str_from(rest, from);
        rest = trim_end(str_head(before, from));
    }
    add_names(arena, out, rest);
}
