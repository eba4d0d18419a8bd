/* media_desk.c - registering a file that lies in the media directory already.
 *
 * A picture's size is read from the file, never believed from the request: a
 * wrong one would make every page with the picture jump while it loads. For a
 * video file the request tells it, as nothing here opens containers.
 */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/app.h"
#include "src/media/media.h"
#include "src/media/media_file.h"
#include "src/section/form.h"

enum { FILE_NAME_MOST = 120 };

struct media_answer {
    media_list media;
};
static const struct fields MEDIA_ANSWER_FIELDS =
    FIELDS(struct media_answer, FIELD_LIST(struct media_answer, media, MEDIA_FIELDS));

/* GET /desk/api/media?before=ID&limit=N */
void media_list_action(struct action *a)
{
    struct media_answer answer = {0};

    media_latest(a->db, form_query(a, "before", 0, 0, INT64_MAX), form_query(a, "limit", 50, 1, MEDIA_MOST),
                 &answer.media);
    action_answer(a, 200, &MEDIA_ANSWER_FIELDS, &answer);
}

static struct picture look_at(struct form *form, const char *member, struct str file)
{
    const struct app *app = form->a->app;
    struct picture picture = {0};

    if (form->refused || file.n == 0)
        return picture;
    const char *problem = media_picture_problem(app->media, form->a->arena, file, &picture);
    if (problem)
        form_refuse(form, FORM_WRONG, member, "%.*s %s", STR_ARG(file), problem);
    return picture;
}

static void look_at_image(struct form *form, struct media *media)
{
    struct picture full = look_at(form, "file", media->file), small = look_at(form, "small_file", media->small_file);

    if (form_has(form, "width") || form_has(form, "height"))
        form_refuse(form, FORM_WRONG, "width", "is read from the picture itself; leave out width and height");
    if (small.width > full.width)
        form_refuse(form, FORM_WRONG, "small_file", "is wider than the file; exchange them");
    media->width = full.width;
    media->height = full.height;
    media->small_width = small.width;
}

static void look_at_video(struct form *form, struct media *media)
{
    const struct app *app = form->a->app;

    media->width = form_int(form, "width", 1280, 1, PICTURE_SIDE_MOST);
    media->height = form_int(form, "height", 720, 1, PICTURE_SIDE_MOST);
    if (media->small_file.n)
        form_refuse(form, FORM_WRONG, "small_file", "is for pictures; a video has a poster, see /desk/api/videos");
    if (form->refused)
        return;
    const char *problem = media_video_problem(app->media, form->a->arena, media->file);
    if (problem)
        form_refuse(form, FORM_WRONG, "file", "%.*s %s", STR_ARG(media->file), problem);
}

/* POST /desk/api/media {file, name?, kind?, small_file?, width?, height?, caption?, alt?, credit?}: a name that
 * is registered already is changed. */
void media_put_action(struct action *a)
{
    struct form form = form_of(a, "file name kind small_file width height caption alt credit");
    struct media media = {.file = form_needed_line(&form, "file", FILE_NAME_MOST),
                          .name = form_line(&form, "name", FILE_NAME_MOST),
                          .kind = form_line(&form, "kind", FILE_NAME_MOST),
                          .small_file = form_line(&form, "small_file", FILE_NAME_MOST),
                          .caption = form_line(&form, "caption", MEDIA_CAPTION_MOST),
                          .alt = form_line(&form, "alt", MEDIA_ALT_MOST),
                          .credit = form_line(&form, "credit", MEDIA_CREDIT_MOST)};

    if (media.kind.n == 0)
        media.kind = STR("image");
    if (str_equal(media.kind, STR("image")))
        look_at_image(&form, &media);
    else if (str_equal(media.kind, STR("video")))
        look_at_video(&form, &media);
    else
        form_refuse(&form, FORM_WRONG, "kind", "must be \"image\" or \"video\"");
    if (form.refused)
        return;
    if (media.name.n == 0)
        media.name = media_name_of(media.file);
    media.id = media_put(a->tx, &media);
    media_find(a->db, media.id, &media);
    action_answer(a, 201, &MEDIA_FIELDS, &media);
}
