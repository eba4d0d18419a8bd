/* story.c - JSON becomes a story, member by member, from one table.
 *
 * Everything that comes in passes utf8_clean here and nowhere else. A name that
 * is no member is an error, not ignored: a misspelt "tittle" would otherwise
 * publish a story without one. The error names the closest member there is.
 */
#include "src/article/story.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/article.h"
#include "src/article/article_rules.h"
#include "src/article/body.h"
#include "src/redirect/redirect.h"

enum { NAME_SHOWN = 40 }; /* characters of a stranger's name in a message */

struct reading {
    struct arena *arena;
    const char *field; /* being read */
    struct story *story;
    struct story_problem *problem;
};

typedef bool member_reader(struct reading *reading, const struct json *value, void *out);

#define WRONG(...) story_problem_set(reading->problem, reading->field, __VA_ARGS__)

/* --- values ------------------------------------------------------------------------- */

/* Without white space around it, the ideographic one too. */
static struct str without_space(struct str s)
{
    const struct str wide = STR("\u3000");

    for (;;) {
        struct str less = str_trim(s);
        if (str_starts(less, wide))
            less = str_from(less, wide.n);
        if (str_ends(less, wide))
            less.n -= wide.n;
        if (less.n == s.n)
            return less;
        s = less;
    }
}

static bool read_line(struct reading *reading, const struct json *value, void *out)
{
    struct str *line = out;

    if (json_type(value) == JSON_NULL)
        *line = STR("");
    else if (json_type(value) == JSON_TEXT)
        *line = without_space(utf8_clean(reading->arena, json_text(value), true, NULL));
    else
        return WRONG("must be a text in quotation marks");
    return true;
}

static bool read_bool(struct reading *reading, const struct json *value, void *out)
{
    if (json_type(value) != JSON_BOOL && json_type(value) != JSON_NULL)
        return WRONG("must be true or false");
    *(bool *)out = json_type(value) == JSON_BOOL && json_bool(value);
    return true;
}

static bool read_moment(struct reading *reading, const struct json *value, void *out)
{
    struct str text = STR("");

    if (!read_line(reading, value, &text))
        return false;
    if (text.n && !moment_parse(text, out))
        return WRONG("must be a moment such as 2026-11-20T14:30:00+08:00 or 2026-11-20 14:30");
    return true;
}

static bool read_lines(struct reading *reading, const struct json *value, void *out)
{
    text_list *lines = out;

    if (json_type(value) == JSON_NULL)
        return true;
    if (json_type(value) != JSON_LIST)
        return WRONG("must be a list of texts, [\"...\", \"...\"]");
    for (size_t i = 0; i < json_count(value); i++) {
        struct str line = STR("");
        if (!read_line(reading, json_element(value, i), &line))
            return false;
        if (line.n)
            *LIST_ADD(reading->arena, lines) = line;
    }
    return true;
}

/* --- members that are more than one value ------------------------------------------------- */

/* The members an inner object may have, each a line of text, by name. */
struct inner {
    const char *name;
    struct str *line;
};

static bool refuse_inner(struct reading *reading, struct str name, const struct inner *members, size_t n)
{
    struct str known = STR("");

    for (size_t i = 0; i < n; i++)
        known = str_printf(reading->arena, "%.*s%s%s", STR_ARG(known), i ? ", " : "", members[i].name);
    name = utf8_first_chars(utf8_clean(reading->arena, name, true, NULL), NAME_SHOWN);
    return WRONG("has no member \"%.*s\"; it may have %.*s", STR_ARG(name), STR_ARG(known));
}

static bool read_inner(struct reading *reading, const struct json *object, const struct inner *members, size_t n)
{
    for (size_t i = 0; i < json_count(object); i++) {
        struct str name = json_name(object, i);
        size_t member = 0;
        while (member < n && !str_equal(name, str_of(members[member].name)))
            member++;
        if (member == n)
            return refuse_inner(reading, name, members, n);
        if (members[member].line && !read_line(reading, json_element(object, i), members[member].line))
            return false;
    }
    return true;
}

static bool read_kicker(struct reading *reading, const struct json *value, void *out)
{
    struct story *story = reading->story;
    struct str until = STR("");
    const struct inner members[] = {{"text", &story->kicker.text}, {"until", &until}, {"hours", NULL}};
    const struct json *hours;
    (void)out;

    if (json_type(value) != JSON_OBJECT)
        return read_line(reading, value, &story->kicker.text);
    if (!read_inner(reading, value, members, 3))
        return false;
    if (until.n && !moment_parse(until, &story->kicker.until))
        return WRONG("\"until\" must be a moment such as 2026-11-20T14:30:00+08:00");
    hours = json_member(value, "hours");
    if (!hours)
        return true;
    if (until.n || json_type(hours) != JSON_INT || json_int(hours) < 1 || json_int(hours) > KICKER_HOURS_MOST)
        return WRONG("give either \"until\" or \"hours\", a whole number from 1 to %d", KICKER_HOURS_MOST);
    story->kicker.hours = json_int(hours);
    return true;
}

static bool read_hero(struct reading *reading, const struct json *value, void *out)
{
    struct story *story = reading->story;
    const struct inner members[] = {{"picture", &story->hero.picture},
                                    {"caption", &story->hero.caption},
                                    {"alt", &story->hero.alt},
                                    {"credit", &story->hero.credit}};
    (void)out;

    if (json_type(value) != JSON_OBJECT)
        return read_line(reading, value, &story->hero.picture);
    if (!read_inner(reading, value, members, 4))
        return false;
    return story->hero.picture.n > 0 || WRONG("needs \"picture\", the name of one in media/");
}

static bool read_bylines(struct reading *reading, const struct json *value, void *out)
{
    struct story *story = reading->story;
    (void)out;

    if (json_type(value) == JSON_NULL)
        return true;
    if (json_type(value) != JSON_LIST)
        return WRONG("must be a list, [{\"name\": \"...\", \"role\": \"...\"}]");
    for (size_t i = 0; i < json_count(value); i++) {
        const struct json *one = json_element(value, i);
        struct draft_byline *byline = LIST_ADD(reading->arena, &story->bylines);
        const struct inner members[] = {{"name", &byline->name}, {"role", &byline->role}, {"person", &byline->slug}};
        *byline = (struct draft_byline){.slug = STR(""), .name = STR(""), .role = STR("")};
        bool read = json_type(one) == JSON_OBJECT ? read_inner(reading, one, members, 3)
                                                  : read_line(reading, one, &byline->name);
        if (!read)
            return false;
        if (byline->name.n == 0 && byline->slug.n == 0)
            return WRONG("number %zu needs a name", i + 1);
    }
    return true;
}

static bool read_related(struct reading *reading, const struct json *value, void *out)
{
    struct story *story = reading->story;
    (void)out;

    if (json_type(value) == JSON_NULL)
        return true;
    if (json_type(value) != JSON_LIST)
        return WRONG("must be a list of stories' numbers, [12, 15]");
    for (size_t i = 0; i < json_count(value); i++) {
        const struct json *one = json_element(value, i);
        int64_t number = json_type(one) == JSON_INT ? json_int(one) : 0;
        bool found = json_type(one) == JSON_TEXT ? article_number(str_trim(json_text(one)), &number) : number > 0;
        if (!found)
            return WRONG("number %zu is no story's number or address", i + 1);
        *LIST_ADD(reading->arena, &story->related) = number;
    }
    return true;
}

static bool read_state(struct reading *reading, const struct json *value, void *out)
{
    struct str name = STR("");
    enum article_state state = STATE_PUBLISHED;

    if (!read_line(reading, value, &name))
        return false;
    if (!article_state_from_name(name, &state) || state > STATE_PUBLISHED || state == STATE_SCHEDULED)
        return WRONG("must be draft, review or published (with \"published\" in the future to schedule it)");
    *(enum article_state *)out = state;
    return true;
}

static bool read_url(struct reading *reading, const struct json *value, void *out)
{
    struct str address = STR("");

    if (!read_line(reading, value, &address))
        return false;
    *(struct str *)out = STR("");
    if (address.n && !redirect_key(reading->arena, address, out))
        return WRONG("must be an old address of this story, such as https://example.org/story.php?id=5");
    return true;
}

/* The only place that knows both a story and the inside of body.h. */
static bool read_body(struct reading *reading, const struct json *value, void *out)
{
    struct story *story = reading->story;
    struct body body;
    char wrong[300] = "";
    (void)out;

    if (!body_read(reading->arena, value, &body, wrong, sizeof wrong))
        return WRONG("%s", wrong);
    story->body.text = body_text(reading->arena, &body);
    story->body.has_video = body_has_video(&body);
    story->body.words = body_words(&body);
    return true;
}

/* --- the table ------------------------------------------------------------------------------ */

#define MEMBER(name, reader)                                                                                           \
    {                                                                                                                  \
        STR_INIT(#name), reader, offsetof(struct story, name)                                                          \
    }
static const struct member {
    struct str name;
    member_reader *read;
    size_t offset;
} MEMBERS[STORY_MEMBER_COUNT] = {
    [STORY_TITLE] = MEMBER(title, read_line),
    [STORY_SHORT_TITLE] = MEMBER(short_title, read_line),
    [STORY_SOCIAL_TITLE] = MEMBER(social_title, read_line),
    [STORY_SEO_TITLE] = MEMBER(seo_title, read_line),
    [STORY_KICKER] = MEMBER(kicker, read_kicker),
    [STORY_LEAD] = MEMBER(lead, read_line),
    [STORY_BODY] = MEMBER(body, read_body),
    [STORY_BYLINES] = MEMBER(bylines, read_bylines),
    [STORY_REPORT_TYPE] = MEMBER(report_type, read_line),
    [STORY_BYLINE_TEXT] = MEMBER(byline_text, read_line),
    [STORY_SECTION] = MEMBER(section, read_line),
    [STORY_SECTIONS] = MEMBER(sections, read_lines),
    [STORY_KEYWORDS] = MEMBER(keywords, read_lines),
    [STORY_HERO] = MEMBER(hero, read_hero),
    [STORY_WARNING] = MEMBER(warning, read_line),
    [STORY_ADULT] = MEMBER(adult, read_bool),
    [STORY_SOURCE] = MEMBER(source, read_line),
    [STORY_SOURCE_URL] = MEMBER(source_url, read_line),
    [STORY_LICENCE] = MEMBER(licence, read_line),
    [STORY_LANGUAGE] = MEMBER(language, read_line),
    [STORY_PUBLISHED] = MEMBER(published, read_moment),
    [STORY_STATE] = MEMBER(state, read_state),
    [STORY_HIDE_FROM_LATEST] = MEMBER(hide_from_latest, read_bool),
    [STORY_URL] = MEMBER(url, read_url),
    [STORY_RELATED] = MEMBER(related, read_related),
};

/* --- names nobody knows ------------------------------------------------------------------------ */

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Insertions, deletions and replacements that make one of the other (Levenshtein); names here are short. */
static size_t distance(struct str a, struct str b)
{
    enum { LONGEST = 32 };
    size_t row[LONGEST + 1];

    if (a.n > LONGEST || b.n > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a.p[i - 1] != b.p[j - 1]));
            diagonal = above;
        }
    }
    return row[b.n];
}

static bool refuse_unknown(struct reading *reading, struct str name)
{
    const struct member *closest = &MEMBERS[STORY_TITLE];

    for (size_t m = 0; m < STORY_MEMBER_COUNT; m++)
        if (distance(name, MEMBERS[m].name) < distance(name, closest->name))
            closest = &MEMBERS[m];
    const char *shown =
        str_cstr(reading->arena, utf8_first_chars(utf8_clean(reading->arena, name, true, NULL), NAME_SHOWN));
    reading->field = shown;
    if (distance(name, closest->name) <= 3)
        return WRONG("is no field of a story; did you mean \"%s\"?", closest->name.p);
    return WRONG("is no field of a story; leave it out (the closest one is \"%s\")", closest->name.p);
}

static bool is_named(const char *names, struct str name)
{
    for (struct str rest = str_of(names); rest.p;)
        if (str_equal(str_cut(&rest, ' '), name))
            return true;
    return false;
}

static bool read_member(struct reading *reading, struct str name, const struct json *value, const char *besides)
{
    struct story *story = reading->story;

    for (size_t m = 0; m < STORY_MEMBER_COUNT; m++) {
        if (!str_equal(name, MEMBERS[m].name))
            continue;
        reading->field = MEMBERS[m].name.p;
        story->given |= 1u << m;
        return MEMBERS[m].read(reading, value, (char *)story + MEMBERS[m].offset);
    }
    return is_named(besides, name) || refuse_unknown(reading, name);
}

/* Every text is "" until it is read. */
static void clear(struct story *story)
{
    *story = (struct story){.state = STATE_PUBLISHED};
    for (size_t m = 0; m < STORY_MEMBER_COUNT; m++)
        if (MEMBERS[m].read == read_line || MEMBERS[m].read == read_url)
            *(struct str *)(void *)((char *)story + MEMBERS[m].offset) = STR("");
    story->kicker.text = STR("");
    story->hero.picture = story->hero.caption = story->hero.alt = story->hero.credit = STR("");
    story->body.text = STR("");
}

bool story_read(struct arena *arena, const struct json *json, const char *besides, struct story *out,
                struct story_problem *problem)
{
    struct reading reading = {.arena = arena, .story = out, .problem = problem};

    clear(out);
    if (!json || json_type(json) != JSON_OBJECT)
        return story_problem_set(problem, NULL, "a story is a JSON object, {\"title\": \"...\", \"body\": \"...\"}");
    for (size_t i = 0; i < json_count(json); i++)
        if (!read_member(&reading, json_name(json, i), json_element(json, i), besides))
            return false;
    return true;
}
