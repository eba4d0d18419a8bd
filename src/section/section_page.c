/* section_page.c - a section: its front on the first page, then its stories day by day. */
#include "src/section/section.h"

#include "src/frame/frame.h"
#include "src/frontpage/frontpage.h"
#include "src/routes.h"

/* GET /section/{slug}?page=N - 200; 404 when there is no such section or page */
enum answer section_page(struct request *req)
{
    struct section section;

    if (!section_find_by_slug(req->db, param(req, "slug"), &section))
        return not_found(req);
    return list_page(req, PAGE_SECTION, ABOUT([ABOUT_SECTION] = section.id),
                     stories_latest_pages(req->db, section.id, list_number(req)));
}

static struct section section_of(struct part *part)
{
    struct section section = {.id = 0};

    section_find(part->db, part->about->at[ABOUT_SECTION], &section);
    return section;
}

const void *head_section_view(struct part *part)
{
    int64_t number = part->about->at[ABOUT_NUMBER];
    struct section section = section_of(part);
    struct head_page *head = head_list_make(part, section.name, section.description, section.url, number,
                                            stories_latest_pages(part->db, section.id, number + 1));

    head->feed = section.url;
    return head;
}

struct section_view {
    struct section section;
    struct str feed;
    bool is_first, has_lead;
    story_cards lead, secondary;
    day_groups days;
    struct pager pager;
};
const struct fields SECTION_VIEW_FIELDS = FIELDS(
    struct section_view, FIELD_STRUCT(struct section_view, section, SECTION_FIELDS), FIELD(struct section_view, feed),
    FIELD(struct section_view, is_first), FIELD(struct section_view, has_lead),
    FIELD_LIST(struct section_view, lead, STORY_CARD_FIELDS),
    FIELD_LIST(struct section_view, secondary, STORY_CARD_FIELDS),
    FIELD_LIST(struct section_view, days, DAY_GROUP_FIELDS), FIELD_STRUCT(struct section_view, pager, PAGER_FIELDS));

static bool is_among(const story_cards *cards, int64_t id)
{
    for (size_t i = 0; i < cards->n; i++)
        if (cards->at[i].id == id)
            return true;
    return false;
}

/* The first page begins with the section's front; its list goes on with what the front does not show. */
static void add_front(struct part *part, struct section_view *view, story_cards *cards)
{
    story_cards rest = {0};
    struct front front;

    front_plan(part->db, view->section.id, &front);
    view->lead = front.lead;
    view->secondary = front.secondary;
    view->has_lead = front.lead.n > 0;
    for (size_t i = 0; i < cards->n; i++)
        if (!is_among(&front.lead, cards->at[i].id) && !is_among(&front.secondary, cards->at[i].id))
            *LIST_ADD(part->arena, &rest) = cards->at[i];
    *cards = rest;
}

const void *section_list_view(struct part *part)
{
    struct section_view *view = ARENA_NEW(part->arena, struct section_view);
    int64_t number = part->about->at[ABOUT_NUMBER];
    story_cards cards = {0};

    view->section = section_of(part);
    view->feed = view->section.url;
    view->is_first = number == 1;
    stories_latest(part->db, view->section.id, (number - 1) * STORIES_PAGE, STORIES_PAGE, &cards);
    if (view->is_first)
        add_front(part, view, &cards);
    day_groups_make(part->arena, &cards, &view->days);
    view->pager = pager_make(part->arena, view->section.url, number,
                             stories_latest_pages(part->db, view->section.id, number + PAGER_AHEAD));
    return view;
}
