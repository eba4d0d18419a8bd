/* sitemap_page.c - addresses for search engines: site maps (sitemaps.org 0.9), robots.txt.
 *
 * Stories are listed by number in blocks of STORY_BLOCK, one file a block. A
 * story never changes its number, so publishing makes one file and the index
 * stale, at a million stories too; the index asks one question per block.
 *
 * It names no time of the last change for each file: finding that would read
 * every story. Crawlers learn it by asking with the ETag of what they have.
 *
 * The news site map holds what was published in the 48 hours before the newest
 * story. No clock is read: a paper at work publishes every hour, so its window
 * is that of the clock; a paper at rest keeps its last two days, which search
 * engines read and leave out.
 */
#include "lib/base/arena.h"
#include "src/article/article.h"
#include "src/feed/feed_rules.h"
#include "src/frame/frame.h"
#include "src/keyword/keyword.h"
#include "src/routes.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "src/staticpage/staticpage.h"
#include "src/topic/topic.h"
#include "src/video/video.h"

#include <inttypes.h>

enum { NEWS_MOST = 1000, NEWS_AT_ONCE = 250, VIDEO_MAP_MOST = 2000 };

/* --- the index -------------------------------------------------------------------------- */

struct map_entry {
    struct str url;        /* a path */
    struct moment updated; /* never set: not told */
};
static const struct fields MAP_ENTRY_FIELDS =
    FIELDS(struct map_entry, FIELD(struct map_entry, url), FIELD(struct map_entry, updated));

/* Of the index and of every plain list of addresses. */
struct url_map {
    struct site_view site;
    LIST(struct map_entry) entries;
};
const struct fields URL_MAP_FIELDS = FIELDS(struct url_map, FIELD_STRUCT(struct url_map, site, SITE_FIELDS),
                                            FIELD_LIST(struct url_map, entries, MAP_ENTRY_FIELDS));

static struct url_map *map_new(struct part *part)
{
    struct url_map *map = ARENA_NEW(part->arena, struct url_map);

    map->site = site_view(part);
    return map;
}

static void add(struct part *part, struct url_map *map, struct str url, struct moment updated)
{
    *LIST_ADD(part->arena, &map->entries) = (struct map_entry){url, updated};
}

static void add_untimed(struct part *part, struct url_map *map, struct str url)
{
    add(part, map, url, (struct moment){0});
}

/* GET /sitemap.xml - 200 */
enum answer sitemap_index_page(struct request *req)
{
    return page(req, PAGE_SITEMAP_INDEX, ABOUT(0));
}

const void *sitemap_index_view(struct part *part)
{
    struct url_map *map = map_new(part);
    keyword_list keywords = {0};

    add_untimed(part, map, STR("/sitemap/pages.xml"));
    keywords_most_used(part->db, 1, &keywords);
    if (keywords.n)
        add_untimed(part, map, STR("/sitemap/keywords.xml"));
    if (videos_count(part->db))
        add_untimed(part, map, STR("/sitemap/videos.xml"));
    for (int64_t block = story_block_from(part->db, 0); block >= 0; block = story_block_from(part->db, block + 1))
        add_untimed(part, map, str_printf(part->arena, "/sitemap/%" PRId64 ".xml", block));
    return map;
}

/* --- stories ------------------------------------------------------------------------------ */

/* GET /sitemap/{block:int}.xml - 200, 404 when readers may see none of its stories */
enum answer sitemap_stories_page(struct request *req)
{
    int64_t block = param_int(req, "block");

    if (!story_block_shows(req->db, block))
        return not_found(req);
    return page(req, PAGE_SITEMAP_STORIES, ABOUT([ABOUT_NUMBER] = block));
}

const void *sitemap_stories_view(struct part *part)
{
    struct url_map *map = map_new(part);
    story_addresses stories = {0};

    stories_of_block(part->db, part->about->at[ABOUT_NUMBER], &stories);
    for (size_t i = 0; i < stories.n; i++)
        add(part, map, article_url(part->arena, stories.at[i].day, stories.at[i].id), stories.at[i].updated);
    return map;
}

/* --- everything that is no story ------------------------------------------------------------ */

/* GET /sitemap/pages.xml - 200 */
enum answer sitemap_pages_page(struct request *req)
{
    return page(req, PAGE_SITEMAP_PAGES, ABOUT(0));
}

static void add_sections(struct part *part, struct url_map *map)
{
    sections list = {0};

    sections_list(part->db, &list);
    for (size_t i = 0; i < list.n; i++)
        add_untimed(part, map, list.at[i].url);
}

static void add_topics(struct part *part, struct url_map *map)
{
    topics list = {0};

    topics_list(part->db, TOPICS_MOST, &list);
    for (size_t i = 0; i < list.n; i++)
        add_untimed(part, map, list.at[i].url);
}

static void add_people(struct part *part, struct url_map *map)
{
    people list = {0};

    people_list(part->db, STR(""), PEOPLE_MOST, &list);
    for (size_t i = 0; i < list.n; i++)
        add_untimed(part, map, list.at[i].url);
}

static void add_static_pages(struct part *part, struct url_map *map)
{
    static_pages list = {0};

    static_pages_list(part->db, &list);
    for (size_t i = 0; i < list.n; i++)
        add(part, map, list.at[i].url, list.at[i].updated);
}

const void *sitemap_pages_view(struct part *part)
{
    static const struct str FIXED[] = {STR_INIT("/"),      STR_INIT("/latest"), STR_INIT("/hot"),
                                       STR_INIT("/flash"), STR_INIT("/video"),  STR_INIT("/topics")};
    struct url_map *map = map_new(part);

    for (size_t i = 0; i < sizeof FIXED / sizeof *FIXED; i++)
        add_untimed(part, map, FIXED[i]);
    add_sections(part, map);
    add_topics(part, map);
    add_people(part, map);
    add_static_pages(part, map);
    return map;
}

/* GET /sitemap/keywords.xml - 200 */
enum answer sitemap_keywords_page(struct request *req)
{
    return page(req, PAGE_SITEMAP_KEYWORDS, ABOUT(0));
}

const void *sitemap_keywords_view(struct part *part)
{
    struct url_map *map = map_new(part);
    keyword_list list = {0};

    keywords_for_map(part->db, &list);
    for (size_t i = 0; i < list.n; i++)
        add_untimed(part, map, list.at[i].url);
    return map;
}

/* --- videos ---------------------------------------------------------------------------------- */

struct mapped_video {
    struct video video;
    struct str poster; /* "": none, and search engines want one */
    struct str description;
    int64_t seconds; /* 0: not told */
};
static const struct fields MAPPED_VIDEO_FIELDS = FIELDS(
    struct mapped_video, FIELD_STRUCT(struct mapped_video, video, VIDEO_FIELDS), FIELD(struct mapped_video, poster),
    FIELD(struct mapped_video, description), FIELD(struct mapped_video, seconds));

struct video_map {
    struct site_view site;
    LIST(struct mapped_video) videos;
};
const struct fields VIDEO_MAP_FIELDS = FIELDS(struct video_map, FIELD_STRUCT(struct video_map, site, SITE_FIELDS),
                                              FIELD_LIST(struct video_map, videos, MAPPED_VIDEO_FIELDS));

/* GET /sitemap/videos.xml - 200 */
enum answer sitemap_videos_page(struct request *req)
{
    return page(req, PAGE_SITEMAP_VIDEOS, ABOUT(0));
}

static void add_video(struct part *part, struct video_map *map, const struct video_card *card)
{
    struct mapped_video mapped = {.poster = card->poster};

    if (!video_find_published(part->db, card->id, &mapped.video))
        return;
    mapped.description = mapped.video.description.n ? mapped.video.description : mapped.video.title;
    mapped.seconds = video_map_seconds(mapped.video.seconds);
    *LIST_ADD(part->arena, &map->videos) = mapped;
}

const void *sitemap_videos_view(struct part *part)
{
    struct video_map *map = ARENA_NEW(part->arena, struct video_map);
    video_cards cards = {0};
    size_t known;

    map->site = site_view(part);
    do {
        known = cards.n;
        videos_latest(part->db, (int64_t)known, VIDEO_MOST, &cards);
    } while (cards.n > known && cards.n < VIDEO_MAP_MOST);
    for (size_t i = 0; i < cards.n; i++)
        add_video(part, map, &cards.at[i]);
    return map;
}

/* --- news ------------------------------------------------------------------------------------- */

struct news_map {
    struct site_view site;
    struct str language; /* as Google News names it */
    story_cards stories;
};
const struct fields NEWS_MAP_FIELDS =
    FIELDS(struct news_map, FIELD_STRUCT(struct news_map, site, SITE_FIELDS), FIELD(struct news_map, language),
           FIELD_LIST(struct news_map, stories, STORY_CARD_FIELDS));

/* GET /news-sitemap.xml - 200 */
enum answer news_sitemap_page(struct request *req)
{
    return page(req, PAGE_SITEMAP_NEWS, ABOUT(0));
}

const void *news_sitemap_view(struct part *part)
{
    struct news_map *map = ARENA_NEW(part->arena, struct news_map);
    story_cards *stories = &map->stories;
    bool all_recent = true;

    map->site = site_view(part);
    map->language = news_language(part->arena, map->site.language);
    while (all_recent && stories->n < NEWS_MOST) {
        size_t known = stories->n;
        stories_latest(part->db, SECTION_SITE, (int64_t)known, NEWS_AT_ONCE, stories);
        all_recent = stories->n == known + NEWS_AT_ONCE &&
                     news_is_recent(stories->at[stories->n - 1].published, stories->at[0].published);
    }
    while (stories->n && !news_is_recent(stories->at[stories->n - 1].published, stories->at[0].published))
        stories->n--;
    return map;
}

/* --- robots ----------------------------------------------------------------------------------- */

/* GET /robots.txt - 200 */
enum answer robots_page(struct request *req)
{
    return page(req, PAGE_ROBOTS, ABOUT(0));
}
