/* video_page.c - videos: in a row on other pages, the list, and one to watch. */
#include "src/video/video.h"

#include "lib/base/utf8.h"
#include "src/frame/frame.h"
#include "src/media/media.h"
#include "src/routes.h"

#include <inttypes.h>

enum { ROW_MOST = 5, VIDEOS_PAGE = 24, DESCRIPTION_LENGTH = 120 };

/* --- in a row ----------------------------------------------------------------------------- */

struct videos_row {
    bool has_videos;
    video_cards videos;
};
const struct fields VIDEOS_FIELDS = FIELDS(struct videos_row, FIELD(struct videos_row, has_videos),
                                           FIELD_LIST(struct videos_row, videos, VIDEO_CARD_FIELDS));

/* A video's page leaves that one out. */
const void *videos_view(struct part *part)
{
    struct videos_row *view = ARENA_NEW(part->arena, struct videos_row);
    int64_t without = part->about->at[ABOUT_WITHOUT];
    video_cards newest = {0};

    videos_latest(part->db, 0, ROW_MOST + (without ? 1 : 0), &newest);
    for (size_t i = 0; i < newest.n && view->videos.n < ROW_MOST; i++) {
        if (newest.at[i].id == without)
            continue;
        part_shows(part, newest.at[i].id);
        *LIST_ADD(part->arena, &view->videos) = newest.at[i];
    }
    view->has_videos = view->videos.n > 0;
    return view;
}

/* --- the list -------------------------------------------------------------------------------- */

static int64_t pages_of_videos(struct db_reader *db)
{
    int64_t count = videos_count(db);

    return count ? (count + VIDEOS_PAGE - 1) / VIDEOS_PAGE : 1;
}

/* GET /video?page=N - 200; 404 behind the last page */
enum answer videos_page(struct request *req)
{
    return list_page(req, PAGE_VIDEOS, ABOUT(0), pages_of_videos(req->db));
}

const void *head_videos_view(struct part *part)
{
    return head_list_make(part, STR("影音"), STR("影音新聞，最新的在最前面。"), STR("/video"),
                          part->about->at[ABOUT_NUMBER], pages_of_videos(part->db));
}

struct videos_list {
    video_cards videos;
    struct pager pager;
};
const struct fields VIDEOS_LIST_FIELDS =
    FIELDS(struct videos_list, FIELD_LIST(struct videos_list, videos, VIDEO_CARD_FIELDS),
           FIELD_STRUCT(struct videos_list, pager, PAGER_FIELDS));

const void *video_list_view(struct part *part)
{
    struct videos_list *view = ARENA_NEW(part->arena, struct videos_list);
    int64_t number = part->about->at[ABOUT_NUMBER];

    videos_latest(part->db, (number - 1) * VIDEOS_PAGE, VIDEOS_PAGE, &view->videos);
    view->pager = pager_make(part->arena, STR("/video"), number, pages_of_videos(part->db));
    return view;
}

/* --- one to watch ------------------------------------------------------------------------------ */

/* GET /video/{id} - 200; 410 withdrawn; 404 */
enum answer video_page(struct request *req)
{
    int64_t id = param_int(req, "id");
    struct video video;

    if (!video_find_published(req->db, id, &video))
        return video_was_withdrawn(req->db, id) ? gone(req) : not_found(req);
    return page(req, PAGE_VIDEO, ABOUT([ABOUT_ITEM] = id));
}

/* ISO 8601: PT3M7S. */
static struct str duration(struct arena *arena, int64_t seconds)
{
    if (seconds < 60)
        return str_printf(arena, "PT%" PRId64 "S", seconds);
    if (seconds < 3600)
        return str_printf(arena, "PT%" PRId64 "M%" PRId64 "S", seconds / 60, seconds % 60);
    return str_printf(arena, "PT%" PRId64 "H%" PRId64 "M%" PRId64 "S", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

struct head_video {
    struct site_view site;
    struct video video;
    struct str description, poster_url, duration;
};
const struct fields HEAD_VIDEO_FIELDS =
    FIELDS(struct head_video, FIELD_STRUCT(struct head_video, site, SITE_FIELDS),
           FIELD_STRUCT(struct head_video, video, VIDEO_FIELDS), FIELD(struct head_video, description),
           FIELD(struct head_video, poster_url), FIELD(struct head_video, duration));

const void *head_video_view(struct part *part)
{
    struct head_video *view = ARENA_NEW(part->arena, struct head_video);
    struct media poster;

    view->site = site_view(part);
    video_find_published(part->db, part->about->at[ABOUT_ITEM], &view->video);
    view->description = utf8_shorten(
        part->arena, view->video.description.n ? view->video.description : view->video.title, DESCRIPTION_LENGTH);
    view->duration = duration(part->arena, view->video.seconds);
    if (view->video.poster && media_find(part->db, view->video.poster, &poster))
        view->poster_url = poster.url;
    return view;
}

struct video_view {
    struct video video;
    struct str type;
    bool has_poster, has_keywords;
    struct str poster_url, poster_alt, poster_credit;
    int64_t width, height;
    video_keywords keywords;
};
const struct fields VIDEO_VIEW_FIELDS = FIELDS(
    struct video_view, FIELD_STRUCT(struct video_view, video, VIDEO_FIELDS), FIELD(struct video_view, type),
    FIELD(struct video_view, has_poster), FIELD(struct video_view, has_keywords), FIELD(struct video_view, poster_url),
    FIELD(struct video_view, poster_alt), FIELD(struct video_view, poster_credit), FIELD(struct video_view, width),
    FIELD(struct video_view, height), FIELD_LIST(struct video_view, keywords, VIDEO_KEYWORD_FIELDS));

static struct str type_of(struct str file)
{
    static const struct {
        struct str ending, type;
    } TYPES[] = {
        {STR_INIT(".webm"), STR_INIT("video/webm")},
        {STR_INIT(".ogv"), STR_INIT("video/ogg")},
        {STR_INIT(".mov"), STR_INIT("video/quicktime")},
    };

    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_ends(file, TYPES[i].ending))
            return TYPES[i].type;
    return STR("video/mp4");
}

static void add_poster(struct part *part, struct video_view *view)
{
    struct media poster;

    view->width = 16;
    view->height = 9;
    if (!view->video.poster || !media_find(part->db, view->video.poster, &poster))
        return;
    view->has_poster = true;
    view->poster_url = poster.url;
    view->poster_alt = poster.alt;
    view->poster_credit = poster.credit;
    if (poster.width > 0 && poster.height > 0) {
        view->width = poster.width;
        view->height = poster.height;
    }
}

const void *video_view(struct part *part)
{
    struct video_view *view = ARENA_NEW(part->arena, struct video_view);
    int64_t id = part->about->at[ABOUT_ITEM];

    video_find_published(part->db, id, &view->video);
    view->type = type_of(view->video.file);
    add_poster(part, view);
    video_keywords_of(part->db, id, &view->keywords);
    view->has_keywords = view->keywords.n > 0;
    return view;
}
