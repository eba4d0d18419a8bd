/* archive_page.c - what was published on a day, and which days of a month have stories.
 *
 * Their addresses are those of stories, cut short: /news/20250821, /news/202508.
 */
#include "src/article/article.h"

#include "src/frame/frame.h"
#include "src/routes.h"

#include <inttypes.h>

enum { FIRST_DAY = 10000101, LAST_DAY = 99991231, FIRST_MONTH = 100001, LAST_MONTH = 999912 };

static struct str archive_url(struct arena *arena, int64_t day_or_month)
{
    return str_printf(arena, "/news/%" PRId64, day_or_month);
}

/* Noon, so that no zone's change of clocks makes another day of it. */
static struct moment moment_of_day(int64_t day)
{
    return moment_of_local((int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100), 12, 0, 0);
}

static struct moment moment_of_month(int64_t month)
{
    return moment_of_day(month * 100 + 1);
}

static struct str month_title(struct arena *arena, int64_t month)
{
    return str_printf(arena, "%d年%d月", (int)(month / 100), (int)(month % 100));
}

static struct str day_title(struct arena *arena, int64_t day)
{
    return str_printf(arena, "%d年%d月%d日", (int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100));
}

static bool month_is_covered(struct db_reader *db, int64_t month)
{
    int64_t first, last;

    return month % 100 >= 1 && month % 100 <= 12 && stories_span(db, &first, &last) && month >= first / 100 &&
           month <= last / 100;
}

/* GET /news/{day}?page=N - 200; 404 for a day without stories
 * GET /news/{month} - 200; 404 for a month before the first story or after the last */
enum answer archive_page(struct request *req)
{
    int64_t when = param_int(req, "when");
    story_cards newest = {0};

    if (when >= FIRST_MONTH && when <= LAST_MONTH)
        return month_is_covered(req->db, when) ? page(req, PAGE_MONTH, ABOUT([ABOUT_ITEM] = when)) : not_found(req);
    if (when < FIRST_DAY || when > LAST_DAY)
        return not_found(req);
    stories_of_day(req->db, when, 0, 1, &newest);
    if (newest.n == 0)
        return not_found(req);
    return list_page(req, PAGE_DAY, ABOUT([ABOUT_ITEM] = when), stories_of_day_pages(req->db, when, list_number(req)));
}

/* --- a day ------------------------------------------------------------------------------------ */

const void *head_day_view(struct part *part)
{
    int64_t number = part->about->at[ABOUT_NUMBER];
    int64_t day = part->about->at[ABOUT_ITEM];
    struct str title = str_join(part->arena, day_title(part->arena, day), STR("新聞"));

    return head_list_make(part, title, STR(""), archive_url(part->arena, day), number,
                          stories_of_day_pages(part->db, day, number + 1));
}

struct day_view {
    struct moment at;
    story_cards stories;
    struct link previous, next, month;
    struct pager pager;
};
const struct fields DAY_VIEW_FIELDS =
    FIELDS(struct day_view, FIELD(struct day_view, at), FIELD_LIST(struct day_view, stories, STORY_CARD_FIELDS),
           FIELD_STRUCT(struct day_view, previous, LINK_FIELDS), FIELD_STRUCT(struct day_view, next, LINK_FIELDS),
           FIELD_STRUCT(struct day_view, month, LINK_FIELDS), FIELD_STRUCT(struct day_view, pager, PAGER_FIELDS));

static struct link link_to_day(struct arena *arena, int64_t day)
{
    return day ? (struct link){.url = archive_url(arena, day), .title = day_title(arena, day)}
               : (struct link){.url = STR("")};
}

const void *archive_day_view(struct part *part)
{
    struct day_view *view = ARENA_NEW(part->arena, struct day_view);
    int64_t day = part->about->at[ABOUT_ITEM], number = part->about->at[ABOUT_NUMBER];

    view->at = moment_of_day(day);
    stories_of_day(part->db, day, (number - 1) * STORIES_PAGE, STORIES_PAGE, &view->stories);
    view->previous = link_to_day(part->arena, day_with_stories_before(part->db, day));
    view->next = link_to_day(part->arena, day_with_stories_after(part->db, day));
    view->month = (struct link){archive_url(part->arena, day / 100), month_title(part->arena, day / 100)};
    view->pager = pager_make(part->arena, archive_url(part->arena, day), number,
                             stories_of_day_pages(part->db, day, number + PAGER_AHEAD));
    return view;
}

/* --- a month ---------------------------------------------------------------------------------- */

const void *head_month_view(struct part *part)
{
    int64_t month = part->about->at[ABOUT_ITEM];
    struct str title = str_join(part->arena, month_title(part->arena, month), STR("新聞"));

    return head_page_make(part, title, STR(""), archive_url(part->arena, month));
}

struct month_day {
    struct moment at;
    struct str url;
    int64_t stories;
};
static const struct fields MONTH_DAY_FIELDS = FIELDS(struct month_day, FIELD(struct month_day, at),
                                                     FIELD(struct month_day, url), FIELD(struct month_day, stories));

struct month_view {
    struct moment at;
    LIST(struct month_day) days;
    struct link previous, next;
};
const struct fields MONTH_VIEW_FIELDS =
    FIELDS(struct month_view, FIELD(struct month_view, at), FIELD_LIST(struct month_view, days, MONTH_DAY_FIELDS),
           FIELD_STRUCT(struct month_view, previous, LINK_FIELDS), FIELD_STRUCT(struct month_view, next, LINK_FIELDS));

static struct link link_to_month(struct part *part, int64_t month)
{
    if (!month_is_covered(part->db, month))
        return (struct link){.url = STR("")};
    return (struct link){archive_url(part->arena, month), month_title(part->arena, month)};
}

const void *archive_month_view(struct part *part)
{
    struct month_view *view = ARENA_NEW(part->arena, struct month_view);
    int64_t month = part->about->at[ABOUT_ITEM];
    story_days days = {0};

    view->at = moment_of_month(month);
    days_with_stories(part->db, month, &days);
    for (size_t i = 0; i < days.n; i++)
        *LIST_ADD(part->arena, &view->days) = (struct month_day){.at = moment_of_day(days.at[i].day),
                                                                 .url = archive_url(part->arena, days.at[i].day),
                                                                 .stories = days.at[i].stories};
    view->previous = link_to_month(part, month % 100 == 1 ? month - 89 : month - 1);
    view->next = link_to_month(part, month % 100 == 12 ? month + 89 : month + 1);
    return view;
}
