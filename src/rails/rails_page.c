/* rails_page.c - the lists beside a story, and the pages of the hot and the latest list. */
#include "src/frame/frame.h"
#include "src/rails/rails.h"
#include "src/routes.h"
#include "src/section/section.h"

/* --- the rail --------------------------------------------------------------------------- */

enum { FEWEST_HOT = 5 }; /* a shorter hot list says nothing */

/* A line of a list by time: the day is printed where it is another than above. */
struct rail_line {
    bool new_day;
    struct story_card story;
};
static const struct fields RAIL_LINE_FIELDS = FIELDS(struct rail_line, FIELD(struct rail_line, new_day),
                                                     FIELD_STRUCT(struct rail_line, story, STORY_CARD_FIELDS));
typedef LIST(struct rail_line) rail_lines;

struct rail {
    struct str section_name, section_url, hot_url;
    bool has_hot, has_site_hot, has_both, has_recommended, has_section_latest, has_latest;
    story_cards hot, site_hot, recommended;
    rail_lines section_latest, latest;
};
const struct fields RAIL_FIELDS = FIELDS(
    struct rail, FIELD(struct rail, section_name), FIELD(struct rail, section_url), FIELD(struct rail, hot_url),
    FIELD(struct rail, has_hot), FIELD(struct rail, has_site_hot), FIELD(struct rail, has_both),
    FIELD(struct rail, has_recommended), FIELD(struct rail, has_section_latest), FIELD(struct rail, has_latest),
    FIELD_LIST(struct rail, hot, STORY_CARD_FIELDS), FIELD_LIST(struct rail, site_hot, STORY_CARD_FIELDS),
    FIELD_LIST(struct rail, recommended, STORY_CARD_FIELDS), FIELD_LIST(struct rail, section_latest, RAIL_LINE_FIELDS),
    FIELD_LIST(struct rail, latest, RAIL_LINE_FIELDS));

static void show_all(struct part *part, const story_cards *cards)
{
    for (size_t i = 0; i < cards->n; i++)
        part_shows(part, cards->at[i].id);
}

static rail_lines lines_of(struct part *part, const story_cards *cards)
{
    rail_lines lines = {0};
    int64_t day = 0;

    show_all(part, cards);
    for (size_t i = 0; i < cards->n; i++) {
        int64_t published = moment_day(cards->at[i].published);
        *LIST_ADD(part->arena, &lines) = (struct rail_line){.new_day = published != day, .story = cards->at[i]};
        day = published;
    }
    return lines;
}

static struct str hot_url(struct arena *arena, const struct section *section)
{
    return str_join(arena, STR("/hot/"), str_from(section->url, strlen("/section/")));
}

/* A plan is for a section and a story to leave out: two numbers in one. */
enum { STORY_BITS = 48 };

static const void *read_plan(struct db_reader *db, struct arena *arena, int64_t id)
{
    struct rails *rails = ARENA_NEW(arena, struct rails);

    rails_plan(db, id >> STORY_BITS, id & (((int64_t)1 << STORY_BITS) - 1), rails);
    return rails;
}

static const struct rail *rail_make(struct part *part, int64_t about, int64_t without)
{
    struct rail *view = ARENA_NEW(part->arena, struct rail);
    const struct rails *plan = part_once(part, read_plan, about << STORY_BITS | without);
    struct rails rails = *plan;
    struct section section;

    *view = (struct rail){.hot_url = STR("/hot"),
                          .hot = rails.hot,
                          .site_hot = rails.site_hot,
                          .recommended = rails.recommended,
                          .section_latest = lines_of(part, &rails.section_latest),
                          .latest = lines_of(part, &rails.latest)};
    view->has_hot = rails.hot.n >= FEWEST_HOT;
    view->has_site_hot = rails.site_hot.n >= FEWEST_HOT;
    view->has_both = view->has_hot && view->has_site_hot;
    view->has_recommended = rails.recommended.n > 0;
    view->has_section_latest = rails.section_latest.n > 0;
    view->has_latest = rails.latest.n > 0;
    if (about != SECTION_SITE && section_find(part->db, about, &section)) {
        view->section_name = section.name;
        view->section_url = section.url;
        view->hot_url = hot_url(part->arena, &section);
    }
    show_all(part, &rails.hot);
    show_all(part, &rails.site_hot);
    show_all(part, &rails.recommended);
    return view;
}

const void *rail_view(struct part *part)
{
    return rail_make(part, part->about->at[ABOUT_SECTION], part->about->at[ABOUT_WITHOUT]);
}

/* The whole paper's, on the home page in two places and on error pages. */
const void *home_rail_view(struct part *part)
{
    return rail_make(part, SECTION_SITE, 0);
}

/* --- the hot list ------------------------------------------------------------------------ */

/* GET /hot - 200 */
enum answer hot_page(struct request *req)
{
    return page(req, PAGE_HOT, ABOUT(0));
}

/* GET /hot/{slug} - 200; 404 when there is no such section */
enum answer hot_section_page(struct request *req)
{
    struct section section;

    if (!section_find_by_slug(req->db, param(req, "slug"), &section))
        return not_found(req);
    return page(req, PAGE_HOT, ABOUT([ABOUT_SECTION] = section.id));
}

const void *head_hot_view(struct part *part)
{
    struct section section;

    if (!section_find(part->db, part->about->at[ABOUT_SECTION], &section))
        return head_page_make(part, STR("熱門新聞"), STR("24 小時與 7 天內最多人閱讀的新聞。"), STR("/hot"));
    return head_page_make(part, str_join(part->arena, section.name, STR("熱門新聞")),
                          str_printf(part->arena, "%.*s：24 小時與 7 天內最多人閱讀的新聞。", STR_ARG(section.name)),
                          hot_url(part->arena, &section));
}

struct hot_view {
    struct str section_name;
    bool has_day, has_week;
    story_cards day, week;
};
const struct fields HOT_VIEW_FIELDS =
    FIELDS(struct hot_view, FIELD(struct hot_view, section_name), FIELD(struct hot_view, has_day),
           FIELD(struct hot_view, has_week), FIELD_LIST(struct hot_view, day, STORY_CARD_FIELDS),
           FIELD_LIST(struct hot_view, week, STORY_CARD_FIELDS));

const void *hot_list_view(struct part *part)
{
    struct hot_view *view = ARENA_NEW(part->arena, struct hot_view);
    int64_t about = part->about->at[ABOUT_SECTION];
    struct section section;

    if (about != SECTION_SITE && section_find(part->db, about, &section))
        view->section_name = section.name;
    rails_hot(part->db, about, SPAN_DAY, &view->day);
    rails_hot(part->db, about, SPAN_WEEK, &view->week);
    view->has_day = view->day.n > 0;
    view->has_week = view->week.n > 0;
    return view;
}

/* --- the latest list ------------------------------------------------------------------------ */

/* GET /latest?page=N - 200; 404 behind the last page */
enum answer latest_page(struct request *req)
{
    return list_page(req, PAGE_LATEST, ABOUT(0), stories_latest_pages(req->db, SECTION_SITE, list_number(req)));
}

const void *head_latest_view(struct part *part)
{
    int64_t number = part->about->at[ABOUT_NUMBER];
    return head_list_make(part, STR("即時新聞"), STR("全站最新的新聞，依發布時間排列。"), STR("/latest"), number,
                          stories_latest_pages(part->db, SECTION_SITE, number + 1));
}

const void *latest_list_view(struct part *part)
{
    struct days_view *view = ARENA_NEW(part->arena, struct days_view);
    int64_t number = part->about->at[ABOUT_NUMBER];
    story_cards cards = {0};

    rails_latest(part->db, (number - 1) * STORIES_PAGE, STORIES_PAGE, &cards);
    *view = days_view_make(part->arena, &cards, STR("/latest"), number,
                           stories_latest_pages(part->db, SECTION_SITE, number + PAGER_AHEAD));
    return view;
}
