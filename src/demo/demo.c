/* demo.c - the demo paper from the files of demo/content, see demo/content/README.md for what they say. */
#include "src/demo/demo.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/web/theme.h"
#include "src/actions.h"
#include "src/demo/demo_inside.h"
#include "src/section/section.h"

#include <inttypes.h>
#include <stdarg.h>
#include <unistd.h>

extern const struct embedded_file DEMO_FILES[]; /* tools/embed.sh */

enum { BODY_MOST = 4 << 20, MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS };

/* What is told in minutes is younger than that. "Today" is the day it was then: else, shortly after midnight, things
 * of yesterday would come after things of just now. */
enum { JUST_NOW_MS = 3 * HOUR_MS };

/* --- files and JSON --------------------------------------------------------------------- */

static struct str file_text(const char *name)
{
    for (const struct embedded_file *file = DEMO_FILES; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return (struct str){file->bytes, file->size};
    return STR("[]");
}

bool demo_fail(struct filling *filling, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(filling->problem->text, sizeof filling->problem->text, format, args);
    va_end(args);
    return false;
}

const struct json *demo_json(struct filling *filling, const char *name)
{
    char wrong[200];
    const struct json *json = json_parse_explained(filling->arena, file_text(name), wrong, sizeof wrong);

    if (!json)
        demo_fail(filling, "demo/content/%s: %s", name, wrong);
    return json;
}

struct str demo_members(struct filling *filling, const struct json *object, const char *names)
{
    struct buf out = BUF(BODY_MOST);

    for (struct str rest = str_of(names); rest.p;) {
        const char *name = str_cstr(filling->arena, str_cut(&rest, ' '));
        const struct json *value = json_member(object, name);
        if (!value)
            continue;
        buf_printf(&out, ",\"%s\":", name);
        json_write_value(&out, value);
    }
    struct str text = str_copy(filling->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* --- when things happened ----------------------------------------------------------------- */

struct moment demo_moment(const struct filling *filling, const struct json *object)
{
    struct local_time today = moment_local((struct moment){filling->end.ms - JUST_NOW_MS});
    struct str at = json_member_text(object, "at", STR("12:00")), minutes = at, hours = str_cut(&minutes, ':');
    int64_t days = json_member_int(object, "days_ago", 0), ago = json_member_int(object, "minutes_ago", -1);
    int64_t hour = 12, minute = 0;
    struct moment moment = {filling->end.ms - ago * MINUTE_MS};

    if (ago < 0) {
        str_to_int(hours, &hour);
        str_to_int(minutes.p ? minutes : STR(""), &minute);
        moment = moment_of_local(today.year, today.month, today.day - (int)days, (int)hour, (int)minute, 0);
    }
    return moment.ms < filling->end.ms ? moment : filling->end;
}

void demo_happening(struct filling *filling, happenings *list, const struct json *what, struct moment at)
{
    size_t order = list->n;

    *LIST_ADD(filling->arena, list) = (struct happening){what, at, order};
}

static int by_moment(const void *a, const void *b)
{
    const struct happening *x = a, *y = b;

    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

void demo_in_order(happenings *list)
{
    if (list->n)
        qsort(list->at, list->n, sizeof *list->at, by_moment);
}

/* --- actions ------------------------------------------------------------------------------- */

static const struct action_route *find_route(const char *method, struct str path, struct action *a)
{
    for (const struct action_route *route = ACTIONS; route->pattern; route++)
        if (strcmp(route->method, method) == 0 && pattern_match(route->pattern, path, a->arena, &a->values))
            return route;
    return NULL;
}

bool demo_act(struct filling *filling, const char *method, const char *path, struct str body,
              const struct json **answer)
{
    struct action a = {.arena = filling->arena,
                       .app = &filling->app,
                       .tx = filling->tx,
                       .db = db_tx_reader(filling->tx),
                       .who = STR("demo"),
                       .now = filling->now,
                       .query = STR(""),
                       .body = json_parse(filling->arena, body),
                       .out = BUF(BODY_MOST)};

    a.route = find_route(method, str_of(path), &a);
    if (!a.route || !a.body)
        return demo_fail(filling, "the demo paper asks for what is not there: %s %s %.*s", method, path,
                         STR_ARG(str_head(body, 200)));
    a.route->function(&a);
    struct str text = str_copy(filling->arena, buf_str(&a.out));
    buf_free(&a.out);
    if (a.status < 200 || a.status > 299)
        return demo_fail(filling, "the demo paper: %s was refused: %.*s; asked for with %.*s", path,
                         STR_ARG(str_head(text, 200)), STR_ARG(str_head(body, 120)));
    if (answer)
        *answer = json_parse(filling->arena, text);
    return true;
}

/* Does an action whose object consists of the members named and of `more` (`,"name":value`, or ""). */
static bool send(struct filling *filling, const char *method, const char *path, const struct json *object,
                 const char *names, struct str more, const struct json **answer)
{
    struct str members = str_join(filling->arena, demo_members(filling, object, names), more);

    return demo_act(filling, method, path, str_printf(filling->arena, "{%.*s}", STR_ARG(str_from(members, 1))), answer);
}

/* --- the paper -------------------------------------------------------------------------------- */

static bool add_each(struct filling *filling, const struct json *list, const char *path, const char *names)
{
    for (size_t i = 0; i < json_count(list); i++)
        if (!send(filling, "POST", path, json_element(list, i), names, STR(""), NULL))
            return false;
    return true;
}

static bool add_keyword(struct filling *filling, const struct json *keyword)
{
    const struct json *answer, *aliases = json_member(keyword, "aliases");

    if (!send(filling, "POST", "/desk/api/keywords", keyword, "name type description", STR(""), &answer))
        return false;
    int64_t id = json_member_int(json_member(answer, "keyword"), "id", 0);
    const char *path =
        str_cstr(filling->arena, str_printf(filling->arena, "/desk/api/keywords/%" PRId64 "/aliases", id));
    for (size_t i = 0; i < json_count(aliases); i++) {
        struct buf body = BUF(1000);
        buf_add_str(&body, STR("{\"alias\":"));
        json_write_text(&body, json_text(json_element(aliases, i)));
        buf_add_char(&body, '}');
        bool done = demo_act(filling, "POST", path, str_copy(filling->arena, buf_str(&body)), NULL);
        buf_free(&body);
        if (!done)
            return false;
    }
    return true;
}

/* Sections, people and keywords: there before the first story. */
static bool add_paper(struct filling *filling)
{
    const struct json *paper = demo_json(filling, "paper.json"), *keywords = json_member(paper, "keywords");

    if (!paper || !add_each(filling, json_member(paper, "sections"), "/desk/api/sections", "slug name description") ||
        !add_each(filling, json_member(paper, "people"), "/desk/api/people", "slug name role bio"))
        return false;
    for (size_t i = 0; i < json_count(keywords); i++)
        if (!add_keyword(filling, json_element(keywords, i)))
            return false;
    return true;
}

static bool add_pages(struct filling *filling)
{
    const struct json *pages = demo_json(filling, "pages.json");

    for (size_t i = 0; i < json_count(pages); i++) {
        const struct json *page = json_element(pages, i);
        struct str path =
            str_printf(filling->arena, "/desk/api/pages/%.*s", STR_ARG(json_member_text(page, "slug", STR(""))));
        struct str place = str_printf(filling->arena, ",\"place\":%zu", i + 1);
        if (!send(filling, "PUT", str_cstr(filling->arena, path), page, "title body", place, NULL))
            return false;
    }
    return pages != NULL;
}

/* Those that are shown still. */
static bool add_flashes(struct filling *filling)
{
    const struct json *flashes = demo_json(filling, "flash.json");
    happenings list = {0};

    for (size_t i = 0; i < json_count(flashes); i++)
        demo_happening(filling, &list, json_element(flashes, i), demo_moment(filling, json_element(flashes, i)));
    demo_in_order(&list);
    for (size_t i = 0; i < list.n; i++) {
        struct str ref = json_member_text(list.at[i].what, "ref", STR("")), article = STR("");
        if (list.at[i].at.ms + json_member_int(list.at[i].what, "hours", 12) * HOUR_MS <= filling->end.ms)
            continue;
        const struct told_story *story = ref.n ? demo_story(filling, ref) : NULL;
        if (ref.n && !story)
            return false;
        if (story)
            article = str_printf(filling->arena, ",\"article\":%" PRId64, story->id);
        filling->now = list.at[i].at;
        if (!send(filling, "POST", "/desk/api/flash", list.at[i].what, "text hours", article, NULL))
            return false;
    }
    return flashes != NULL;
}

static bool add_videos(struct filling *filling)
{
    const struct json *videos = demo_json(filling, "videos.json");

    for (size_t i = 0; i < json_count(videos); i++) {
        const struct json *video = json_element(videos, i);
        struct str files = str_printf(filling->arena, ",\"file\":\"%.*s.webm\",\"poster\":\"%.*s\"",
                                      STR_ARG(json_member_text(video, "ref", STR(""))),
                                      STR_ARG(json_member_text(video, "picture", STR(""))));
        filling->now = demo_moment(filling, video);
        if (!send(filling, "POST", "/desk/api/videos", video, "title description seconds section keywords", files,
                  NULL))
            return false;
    }
    return videos != NULL;
}

/* The first in the file is the newest. */
static bool add_topics(struct filling *filling)
{
    const struct json *topics = demo_json(filling, "topics.json");

    for (size_t i = 0; i < json_count(topics); i++) {
        const struct json *topic = json_element(topics, i);
        struct str numbers;
        if (!demo_numbers(filling, json_member(topic, "refs"), &numbers))
            return false;
        filling->now.ms = filling->end.ms - ((int64_t)i + 1) * HOUR_MS;
        struct str stories = str_printf(filling->arena, ",\"stories\":%.*s", STR_ARG(numbers));
        if (!send(filling, "POST", "/desk/api/topics", topic, "title slug description", stories, NULL))
            return false;
    }
    return topics != NULL;
}

/* "home" is front 0, any other name a section's slug. */
static bool place_front(struct filling *filling, struct str name, const struct json *zones)
{
    struct section section = {.id = SECTION_SITE};

    if (!str_equal(name, STR("home")) && !section_find_by_slug(db_tx_reader(filling->tx), name, &section))
        return demo_fail(filling, "demo/content/front.json: there is no section %.*s", STR_ARG(name));
    for (size_t i = 0; i < json_count(zones); i++) {
        struct str zone = json_name(zones, i), numbers;
        struct str path = str_printf(filling->arena, "/desk/api/front/%" PRId64 "/%.*s", section.id, STR_ARG(zone));
        if (!demo_numbers(filling, json_member(zones, str_cstr(filling->arena, zone)), &numbers) ||
            !demo_act(filling, "PUT", str_cstr(filling->arena, path),
                      str_printf(filling->arena, "{\"stories\":%.*s}", STR_ARG(numbers)), NULL))
            return false;
    }
    return true;
}

static bool place_fronts(struct filling *filling)
{
    const struct json *fronts = demo_json(filling, "front.json");

    if (json_type(fronts) != JSON_OBJECT)
        return fronts != NULL;
    for (size_t i = 0; i < json_count(fronts); i++)
        if (!place_front(filling, json_name(fronts, i),
                         json_member(fronts, str_cstr(filling->arena, json_name(fronts, i)))))
            return false;
    return true;
}

/* --- all of it --------------------------------------------------------------------------------- */

static bool fill(void *context, struct db_tx *tx)
{
    struct filling *filling = context;

    filling->tx = tx;
    filling->now.ms = filling->end.ms - 30 * (int64_t)DAY_MS;
    if (!add_paper(filling) || !demo_add_media(filling) || !add_pages(filling) || !demo_add_stories(filling) ||
        !add_videos(filling) || !add_flashes(filling))
        return false;
    filling->now = filling->end;
    return demo_add_corrections(filling) && demo_add_views(filling) && add_topics(filling) && place_fronts(filling);
}

bool demo_fill(const char *dir, struct acting *acting, struct moment now, struct db_problem *problem)
{
    struct arena *arena = arena_new();
    struct filling filling = {.arena = arena, .end = now, .problem = problem};
    bool unknown = false;

    problem->text[0] = '\0';
    bool done = app_load(dir, arena, &filling.app, problem) && demo_copy_media(&filling) &&
                act_quietly(acting, arena, fill, &filling, &unknown);
    if (!done && problem->text[0] == '\0')
        demo_fail(&filling, "the database of %s failed while the demo paper was written", dir);
    if (filling.app.media >= 0)
        close(filling.app.media);
    arena_free(&arena);
    return done;
}

void demo_settings(struct arena *arena, struct settings *out)
{
    const struct json *paper = json_parse(arena, file_text("paper.json"));

    out->title = json_member_text(paper, "title", out->title);
    out->latin_title = json_member_text(paper, "latin_title", out->latin_title);
    out->tagline = json_member_text(paper, "tagline", out->tagline);
    out->description = json_member_text(paper, "description", out->description);
}
