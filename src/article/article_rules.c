/* article_rules.c - the life of a story as one table of moves, and the limits of its fields as another.
 *
 * Once readers have seen a story it never becomes a draft again: it is
 * corrected or withdrawn, and what was withdrawn can be published again at its
 * old address. A scheduled story may be published at once, put off, or taken
 * back. Withdrawn stories are not edited: a change nobody can see would be seen
 * later by everybody, unannounced.
 */
#include "src/article/article_rules.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/utf8.h"

#include <stdarg.h>

bool story_problem_set(struct story_problem *problem, const char *field, const char *format, ...)
{
    va_list args;

    problem->field = field;
    va_start(args, format);
    vsnprintf(problem->text, sizeof problem->text, format, args);
    va_end(args);
    /* a cut may have gone through a character */
    problem->text[utf8_valid_prefix(str_of(problem->text))] = '\0';
    return false;
}

/* --- states --------------------------------------------------------------------------- */

#define TO(state) (1u << STATE_##state)

static const struct {
    struct str name;
    bool shown;
    unsigned moves;
} STATES[STATE_COUNT] = {
    [STATE_DRAFT] = {STR_INIT("draft"), false, TO(DRAFT) | TO(REVIEW) | TO(SCHEDULED) | TO(PUBLISHED)},
    [STATE_REVIEW] = {STR_INIT("review"), false, TO(REVIEW) | TO(DRAFT) | TO(SCHEDULED) | TO(PUBLISHED)},
    [STATE_SCHEDULED] = {STR_INIT("scheduled"), false, TO(SCHEDULED) | TO(DRAFT) | TO(REVIEW) | TO(PUBLISHED)},
    [STATE_PUBLISHED] = {STR_INIT("published"), true, TO(PUBLISHED) | TO(CORRECTED) | TO(WITHDRAWN)},
    [STATE_CORRECTED] = {STR_INIT("corrected"), true, TO(CORRECTED) | TO(WITHDRAWN)},
    [STATE_WITHDRAWN] = {STR_INIT("withdrawn"), false, TO(PUBLISHED)},
};

struct str article_state_name(enum article_state state)
{
    return STATES[state].name;
}

bool article_state_from_name(struct str name, enum article_state *out)
{
    for (enum article_state state = 0; state < STATE_COUNT; state++) {
        if (str_equal(name, STATES[state].name)) {
            *out = state;
            return true;
        }
    }
    return false;
}

bool article_state_is_shown(enum article_state state)
{
    return STATES[state].shown;
}

bool article_may_move(enum article_state from, enum article_state to)
{
    return (STATES[from].moves & (1u << to)) != 0;
}

struct str article_moves_text(struct arena *arena, enum article_state from)
{
    struct buf out = BUF(200);
    int left = 0;

    for (enum article_state to = 0; to < STATE_COUNT; to++)
        left += to != from && article_may_move(from, to);
    for (enum article_state to = 0; to < STATE_COUNT; to++) {
        if (to == from || !article_may_move(from, to))
            continue;
        left--;
        buf_printf(&out, "%s%s", STATES[to].name.p, left > 1 ? ", " : left == 1 ? " or " : "");
    }
    struct str text = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* --- fields ------------------------------------------------------------------------------ */

static const struct {
    const char *field;
    size_t offset, width;
} WIDTHS[] = {
    {"title", offsetof(struct draft, title), TITLE_WIDTH},
    {"short_title", offsetof(struct draft, short_title), SHORT_TITLE_WIDTH},
    {"social_title", offsetof(struct draft, social_title), TITLE_WIDTH},
    {"seo_title", offsetof(struct draft, seo_title), TITLE_WIDTH},
    {"kicker", offsetof(struct draft, kicker), KICKER_WIDTH},
    {"lead", offsetof(struct draft, lead), LEAD_WIDTH},
    {"report_type", offsetof(struct draft, report_type), LABEL_WIDTH},
    {"byline_text", offsetof(struct draft, byline_text), LABEL_WIDTH},
    {"warning", offsetof(struct draft, warning), LABEL_WIDTH},
    {"source", offsetof(struct draft, source), LABEL_WIDTH},
    {"licence", offsetof(struct draft, licence), LABEL_WIDTH},
    {"hero.caption", offsetof(struct draft, hero_caption), CAPTION_WIDTH},
    {"hero.alt", offsetof(struct draft, hero_alt), CAPTION_WIDTH},
    {"hero.credit", offsetof(struct draft, hero_credit), LABEL_WIDTH},
};

/* Half-width units are shown as halves: "60.5". */
static bool check_width(const char *field, struct str text, size_t most, struct story_problem *problem)
{
    size_t width = utf8_width(text);

    return width <= 2 * most ||
           story_problem_set(problem, field, "is %zu%s full-width characters long; shorten it to %zu", width / 2,
                             width % 2 ? ".5" : "", most);
}

static bool check_widths(const struct draft *draft, struct story_problem *problem)
{
    for (size_t i = 0; i < sizeof WIDTHS / sizeof *WIDTHS; i++) {
        const struct str *text = (const void *)((const char *)draft + WIDTHS[i].offset);
        if (!check_width(WIDTHS[i].field, *text, WIDTHS[i].width, problem))
            return false;
    }
    for (size_t i = 0; i < draft->bylines.n; i++)
        if (!check_width("bylines", draft->bylines.at[i].name, LABEL_WIDTH, problem) ||
            !check_width("bylines", draft->bylines.at[i].role, LABEL_WIDTH, problem))
            return false;
    return true;
}

static bool check_count(const char *field, size_t n, size_t most, struct story_problem *problem)
{
    return n <= most || story_problem_set(problem, field, "has %zu entries; keep at most %zu", n, most);
}

static bool check_counts(const struct draft *draft, struct story_problem *problem)
{
    return check_count("sections", draft->sections.n, SECTIONS_OF_STORY, problem) &&
           check_count("keywords", draft->keywords.n, KEYWORDS_OF_STORY, problem) &&
           check_count("bylines", draft->bylines.n, BYLINES_OF_STORY, problem) &&
           check_count("related", draft->related.n, RELATED_OF_STORY, problem);
}

bool language_is_tag(struct str s)
{
    size_t part = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool digit = c >= '0' && c <= '9';
        if (c == '-' ? part == 0 : !letter && !digit)
            return false;
        part = c == '-' ? 0 : part + 1;
        if (part > 8)
            return false;
    }
    return part > 0 && s.n <= 35;
}

/* An absolute http(s) address without spaces, quotes or backslashes. */
static bool is_link(struct str s)
{
    bool http = str_starts(s, STR("http://")) || str_starts(s, STR("https://"));

    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '<' || s.p[i] == '>' || s.p[i] == '\\')
            return false;
    return http && s.n > 10 && s.n <= 2000;
}

static bool check_times(const struct draft *draft, struct moment now, struct story_problem *problem)
{
    if (draft->state == STATE_SCHEDULED && draft->published.ms <= now.ms)
        return story_problem_set(problem, "published", "lies in the past; give a moment to come, or publish it now");
    if (article_state_is_shown(draft->state) && draft->published.ms > now.ms)
        return story_problem_set(problem, "published", "lies in the future; leave it out to publish the story now");
    if (draft->kicker_until.ms && draft->kicker.n == 0)
        return story_problem_set(problem, "kicker", "has an end but no text; give it a text, or leave the end out");
    if (draft->kicker_until.ms && (draft->kicker_until.ms <= now.ms || draft->kicker_until.ms <= draft->published.ms))
        return story_problem_set(problem, "kicker", "ends before anybody sees it; give a later moment");
    return true;
}

bool draft_check(const struct draft *draft, struct moment now, struct story_problem *problem)
{
    if (draft->title.n == 0)
        return story_problem_set(problem, "title", "is missing; every story needs one");
    if (draft->body.n == 0)
        return story_problem_set(problem, "body", "is missing; give it as body v1 or as Markdown text");
    if (draft->source_url.n && !is_link(draft->source_url))
        return story_problem_set(problem, "source_url", "must be an address that begins with https:// or http://");
    if (!language_is_tag(draft->language))
        return story_problem_set(problem, "language", "must be a language tag such as zh-Hant, zh-Hans or en");
    return check_widths(draft, problem) && check_counts(draft, problem) && check_times(draft, now, problem);
}

bool correction_kind_is_known(struct str kind)
{
    return str_equal(kind, STR("correction")) || str_equal(kind, STR("clarification")) ||
           str_equal(kind, STR("update"));
}
