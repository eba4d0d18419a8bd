/* video_desk.c - publishing a video whose file lies in the media directory, and withdrawing it. */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/app.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/media/media_file.h"
#include "src/phrase/phrase.h"
#include "src/section/form.h"
#include "src/section/section.h"
#include "src/video/video.h"

enum { FILE_NAME_MOST = 120, SECONDS_MOST = 24 * 3600, KEYWORD_CHARACTERS_MOST = 60 };

struct video_answer {
    int64_t count;
    video_cards videos;
};
static const struct fields VIDEO_ANSWER_FIELDS = FIELDS(struct video_answer, FIELD(struct video_answer, count),
                                                        FIELD_LIST(struct video_answer, videos, VIDEO_CARD_FIELDS));

/* GET /desk/api/videos?from=N&limit=N */
void video_list_action(struct action *a)
{
    struct video_answer answer = {.count = videos_count(a->db)};

    videos_latest(a->db, form_query(a, "from", 0, 0, 1000000), form_query(a, "limit", 50, 1, VIDEO_MOST),
                  &answer.videos);
    action_answer(a, 200, &VIDEO_ANSWER_FIELDS, &answer);
}

static void check_file(struct form *form, const struct video *video)
{
    const struct app *app = form->a->app;
    const char *problem = form->refused ? NULL : media_video_problem(app->media, form->a->arena, video->file);

    if (problem)
        form_refuse(form, FORM_WRONG, "file", "%.*s %s", STR_ARG(video->file), problem);
}

/* The poster is named, because names are what people see. */
static int64_t read_poster(struct form *form)
{
    struct str name = form_line(form, "poster", FILE_NAME_MOST);
    struct media media;

    if (name.n == 0)
        return 0;
    if (media_find_by_name(form->a->db, name, &media) && str_equal(media.kind, STR("image")))
        return media.id;
    form_refuse(form, FORM_WRONG, "poster", "there is no picture %.*s; POST it to /desk/api/media first",
                STR_ARG(name));
    return 0;
}

static int64_t read_section(struct form *form)
{
    struct str slug = form_line(form, "section", SECTION_NAME_MOST * 2);
    struct section section;

    if (slug.n == 0)
        return 0;
    if (section_find_by_slug(form->a->db, slug, &section) || section_find_by_name(form->a->db, slug, &section))
        return section.id;
    form_refuse(form, FORM_WRONG, "section", "there is no section %.*s; name one by its slug or name", STR_ARG(slug));
    return 0;
}

static bool holds(const form_numbers *numbers, int64_t number)
{
    for (size_t i = 0; i < numbers->n; i++)
        if (numbers->at[i] == number)
            return true;
    return false;
}

/* Keywords by name; new ones are added. Two names of one keyword are one. */
static void read_keywords(struct form *form, form_numbers *out)
{
    form_lines names = {0};

    form_list(form, "keywords", VIDEO_KEYWORDS_MOST, KEYWORD_CHARACTERS_MOST, &names);
    for (size_t i = 0; i < names.n && !form->refused; i++) {
        int64_t keyword = keyword_named(form->a->tx, names.at[i]);
        if (keyword && !holds(out, keyword))
            *LIST_ADD(form->a->arena, out) = keyword;
    }
}

/* POST /desk/api/videos {file, title, poster?, description?, seconds?, section?, keywords?: [names]} */
void video_add_action(struct action *a)
{
    struct form form = form_of(a, "file title poster description seconds section keywords");
    struct video video = {.listed = a->now,
                          .title = form_needed_line(&form, "title", VIDEO_TITLE_MOST),
                          .description = form_text(&form, "description", VIDEO_DESCRIPTION_MOST),
                          .file = form_needed_line(&form, "file", FILE_NAME_MOST),
                          .seconds = form_int(&form, "seconds", 0, 0, SECONDS_MOST),
                          .poster = read_poster(&form),
                          .section = read_section(&form)};
    form_numbers keywords = {0};

    check_file(&form, &video);
    video.title_breaks = phrase_breaks(a->arena, video.title, NULL);
    read_keywords(&form, &keywords);
    if (form.refused)
        return;
    video.id = video_add(a->tx, &video, keywords.at, keywords.n);
    video_find_published(a->db, video.id, &video);
    action_answer(a, 201, &VIDEO_FIELDS, &video);
}

/* DELETE /desk/api/videos/{id:int} */
void video_withdraw_action(struct action *a)
{
    struct video video;

    if (!video_find_published(a->db, action_param_int(a, "id"), &video)) {
        action_refuse(a, 404, "id", "readers can see no such video; GET /desk/api/videos lists those they can");
        return;
    }
    video_withdraw(a->tx, video.id);
    video.listed = (struct moment){0};
    action_answer(a, 200, &VIDEO_FIELDS, &video);
}
