/* demo_stories.c - the demo paper's stories, from the oldest to the newest, then what was corrected and how often
 * they were read.
 *
 * A story leads only to older ones, so the addresses in it are known when it is
 * told: {{ref:NAME}} is replaced in the text of its JSON before that is parsed.
 */
#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/web/theme.h"
#include "src/demo/demo_inside.h"
#include "src/traffic/traffic.h"

#include <inttypes.h>

extern const struct embedded_file DEMO_FILES[];

enum { STORY_MOST = 1 << 20, HOUR_MS = 3600 * 1000 };

#define STORY_MEMBERS                                                                                                  \
    "title short_title social_title seo_title lead report_type byline_text warning source source_url licence"          \
    " language body bylines section sections keywords hero adult hide_from_latest"

/* --- names of stories --------------------------------------------------------------------- */

const struct told_story *demo_story(struct filling *filling, struct str ref)
{
    for (size_t i = 0; i < filling->stories.n; i++)
        if (str_equal(filling->stories.at[i].ref, ref))
            return &filling->stories.at[i];
    demo_fail(filling, "the demo paper names a story \"%.*s\" that is not there, or not yet", STR_ARG(ref));
    return NULL;
}

bool demo_numbers(struct filling *filling, const struct json *refs, struct str *out)
{
    struct str numbers = STR("");

    for (size_t i = 0; i < json_count(refs); i++) {
        const struct told_story *story = demo_story(filling, json_text(json_element(refs, i)));
        if (!story)
            return false;
        numbers = str_printf(filling->arena, "%.*s%s%" PRId64, STR_ARG(numbers), i ? "," : "", story->id);
    }
    *out = str_printf(filling->arena, "[%.*s]", STR_ARG(numbers));
    return true;
}

/* Appends the text with every {{ref:NAME}} replaced by an address. */
static bool with_addresses(struct filling *filling, struct str text, struct buf *out)
{
    static const struct str OPEN = STR_INIT("{{ref:"), CLOSE = STR_INIT("}}");
    size_t from = 0;

    for (ptrdiff_t open; (open = str_find(text, OPEN, from)) >= 0;) {
        size_t name = (size_t)open + OPEN.n;
        ptrdiff_t close = str_find(text, CLOSE, name);
        const struct told_story *story =
            close < 0 ? NULL : demo_story(filling, (struct str){text.p + name, (size_t)close - name});
        if (!story)
            return close >= 0 || demo_fail(filling, "the demo paper has a {{ref: without }}");
        buf_add(out, text.p + from, (size_t)open - from);
        buf_add_str(out, story->url);
        from = (size_t)close + CLOSE.n;
    }
    buf_add_str(out, str_from(text, from));
    return true;
}

/* --- stories ---------------------------------------------------------------------------------- */

/* The kicker's member, unless its time is over. */
static struct str kicker_of(struct filling *filling, const struct json *story)
{
    int64_t hours = json_member_int(json_member(story, "kicker"), "hours", 0);

    if (hours && filling->now.ms + hours * HOUR_MS <= filling->end.ms)
        return STR("");
    return demo_members(filling, story, "kicker");
}

static bool tell_story(struct filling *filling, const struct json *story)
{
    struct buf body = BUF(STORY_MOST);
    const struct json *answer;
    struct str related;

    if (!demo_numbers(filling, json_member(story, "related_refs"), &related))
        return false;
    buf_printf(&body, "{\"published\":\"%.*s\",\"related\":%.*s", STR_ARG(moment_iso(filling->arena, filling->now)),
               STR_ARG(related));
    bool known = with_addresses(filling, demo_members(filling, story, STORY_MEMBERS), &body);
    buf_add_str(&body, kicker_of(filling, story));
    buf_add_char(&body, '}');
    struct str text = str_copy(filling->arena, buf_str(&body));
    buf_free(&body);
    if (!known || !demo_act(filling, "POST", "/desk/api/articles", text, &answer))
        return false;
    *LIST_ADD(filling->arena, &filling->stories) = (struct told_story){.ref = json_member_text(story, "ref", STR("")),
                                                                       .url = json_member_text(answer, "url", STR("")),
                                                                       .id = json_member_int(answer, "id", 0),
                                                                       .published = filling->now};
    return true;
}

/* All stories of all sections, in the order they happened. */
static bool list_stories(struct filling *filling, happenings *out)
{
    for (const struct embedded_file *file = DEMO_FILES; file->name; file++) {
        if (!str_starts(str_of(file->name), STR("stories/")))
            continue;
        const struct json *stories = demo_json(filling, file->name);
        if (!stories)
            return false;
        for (size_t i = 0; i < json_count(stories); i++)
            demo_happening(filling, out, json_element(stories, i), demo_moment(filling, json_element(stories, i)));
    }
    demo_in_order(out);
    return true;
}

bool demo_add_stories(struct filling *filling)
{
    happenings list = {0};

    if (!list_stories(filling, &list))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        /* moments of stories have no milliseconds: they are written in seconds */
        filling->now.ms = list.at[i].at.ms - list.at[i].at.ms % 1000;
        if (!tell_story(filling, list.at[i].what))
            return false;
    }
    return true;
}

/* --- corrections -------------------------------------------------------------------------------- */

static struct moment corrected_at(struct filling *filling, const struct json *correction,
                                  const struct told_story *story)
{
    int64_t hours = json_member_int(correction, "hours_after", -1);
    struct moment moment = {story->published.ms + hours * HOUR_MS};

    if (hours < 0)
        moment = demo_moment(filling, correction);
    return moment.ms < filling->end.ms ? moment : filling->end;
}

bool demo_add_corrections(struct filling *filling)
{
    const struct json *corrections = demo_json(filling, "corrections.json");
    happenings list = {0};

    for (size_t i = 0; i < json_count(corrections); i++) {
        const struct json *correction = json_element(corrections, i);
        const struct told_story *story = demo_story(filling, json_member_text(correction, "ref", STR("")));
        if (!story)
            return false;
        demo_happening(filling, &list, correction, corrected_at(filling, correction, story));
    }
    demo_in_order(&list);
    for (size_t i = 0; i < list.n; i++) {
        const struct told_story *story = demo_story(filling, json_member_text(list.at[i].what, "ref", STR("")));
        struct str path = str_printf(filling->arena, "/desk/api/articles/%" PRId64 "/correct", story->id);
        struct str members = demo_members(filling, list.at[i].what, STORY_MEMBERS " kicker kind note");
        filling->now = list.at[i].at;
        if (!demo_act(filling, "POST", str_cstr(filling->arena, path),
                      str_printf(filling->arena, "{%.*s}", STR_ARG(str_from(members, 1))), NULL))
            return false;
    }
    return corrections != NULL;
}

/* --- views ------------------------------------------------------------------------------------------ */

/* Most of them in the first hours, all of them by now. */
static void add_views_of(struct filling *filling, const struct told_story *story, int64_t views)
{
    static const struct {
        int64_t hours, percent; /* of all views, until that long after publication */
    } BY[] = {{1, 45}, {4, 70}, {12, 85}, {36, 95}};
    int64_t counted = 0;

    for (size_t i = 0; i < sizeof BY / sizeof *BY; i++) {
        struct moment at = {story->published.ms + BY[i].hours * HOUR_MS};
        if (at.ms >= filling->end.ms)
            break;
        traffic_merge(filling->tx, at, &(struct views){story->id, views * BY[i].percent / 100 - counted}, 1);
        counted = views * BY[i].percent / 100;
    }
    traffic_merge(filling->tx, filling->end, &(struct views){story->id, views - counted}, 1);
}

bool demo_add_views(struct filling *filling)
{
    happenings list = {0};

    if (!list_stories(filling, &list))
        return false;
    for (size_t i = 0; i < list.n; i++)
        add_views_of(filling, &filling->stories.at[i], json_member_int(list.at[i].what, "views", 0));
    hot_recompute(filling->tx, filling->end);
    return true;
}
