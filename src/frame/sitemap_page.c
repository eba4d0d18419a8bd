/* sitemap_page.c - the map of the site for people: sections, topics, keywords, every month of the archive. */
#include "src/frame/frame.h"
#include "src/keyword/keyword.h"
#include "src/routes.h"
#include "src/section/section.h"
#include "src/staticpage/staticpage.h"
#include "src/topic/topic.h"

#include <inttypes.h>

enum { KEYWORDS_SHOWN = 60, TOPICS_SHOWN = 50, MONTHS_SHOWN = 1200 };

/* GET /sitemap - 200 */
enum answer sitemap_page(struct request *req)
{
    return page(req, PAGE_SITEMAP, ABOUT(0));
}

const void *head_sitemap_view(struct part *part)
{
    return head_page_make(part, STR("網站地圖"), STR(""), STR("/sitemap"));
}

struct map_month {
    struct moment at;
    struct str url;
};
static const struct fields MAP_MONTH_FIELDS =
    FIELDS(struct map_month, FIELD(struct map_month, at), FIELD(struct map_month, url));

struct map_view {
    struct site_view site;
    sections sections;
    topics topics;
    static_pages pages;
    keyword_list keywords;
    LIST(struct map_month) months;
    bool has_topics, has_keywords, has_months;
};
const struct fields MAP_VIEW_FIELDS = FIELDS(
    struct map_view, FIELD_STRUCT(struct map_view, site, SITE_FIELDS),
    FIELD_LIST(struct map_view, sections, SECTION_FIELDS), FIELD_LIST(struct map_view, topics, TOPIC_FIELDS),
    FIELD_LIST(struct map_view, pages, STATIC_PAGE_FIELDS), FIELD_LIST(struct map_view, keywords, KEYWORD_FIELDS),
    FIELD_LIST(struct map_view, months, MAP_MONTH_FIELDS), FIELD(struct map_view, has_topics),
    FIELD(struct map_view, has_keywords), FIELD(struct map_view, has_months));

/* From the newest story's month to the oldest's. */
static void add_months(struct part *part, struct map_view *view)
{
    int64_t first, last;

    if (!stories_span(part->db, &first, &last))
        return;
    for (int64_t month = last / 100; month >= first / 100 && view->months.n < MONTHS_SHOWN;
         month -= month % 100 == 1 ? 89 : 1)
        *LIST_ADD(part->arena, &view->months) =
            (struct map_month){.at = moment_of_local((int)(month / 100), (int)(month % 100), 1, 12, 0, 0),
                               .url = str_printf(part->arena, "/news/%" PRId64, month)};
}

const void *sitemap_view(struct part *part)
{
    struct map_view *view = ARENA_NEW(part->arena, struct map_view);

    view->site = site_view(part);
    sections_list(part->db, &view->sections);
    topics_list(part->db, TOPICS_SHOWN, &view->topics);
    static_pages_list(part->db, &view->pages);
    keywords_most_used(part->db, KEYWORDS_SHOWN, &view->keywords);
    add_months(part, view);
    view->has_topics = view->topics.n > 0;
    view->has_keywords = view->keywords.n > 0;
    view->has_months = view->months.n > 0;
    return view;
}
