/* staff_page.c - somebody of the staff: who they are, and their stories day by day. */
#include "src/staff/staff.h"

#include "src/frame/frame.h"
#include "src/routes.h"

/* GET /author/{slug}?page=N - 200; 404 when there is no such person or page */
enum answer author_page(struct request *req)
{
    struct person person;

    if (!person_find_by_slug(req->db, param(req, "slug"), &person))
        return not_found(req);
    return list_page(req, PAGE_AUTHOR, ABOUT([ABOUT_PERSON] = person.id),
                     stories_by_person_pages(req->db, person.id, list_number(req)));
}

static struct person person_of(struct part *part)
{
    struct person person = {.id = 0};

    person_find(part->db, part->about->at[ABOUT_PERSON], &person);
    return person;
}

const void *head_author_view(struct part *part)
{
    int64_t number = part->about->at[ABOUT_NUMBER];
    struct person person = person_of(part);
    struct head_page *head = head_list_make(part, person.name, person.bio, person.url, number,
                                            stories_by_person_pages(part->db, person.id, number + 1));

    head->rss = str_join(part->arena, person.url, STR("/feed.xml"));
    return head;
}

struct author_view {
    struct person person;
    day_groups days;
    struct pager pager;
};
const struct fields AUTHOR_VIEW_FIELDS = FIELDS(
    struct author_view, FIELD_STRUCT(struct author_view, person, PERSON_FIELDS),
    FIELD_LIST(struct author_view, days, DAY_GROUP_FIELDS), FIELD_STRUCT(struct author_view, pager, PAGER_FIELDS));

const void *author_list_view(struct part *part)
{
    struct author_view *view = ARENA_NEW(part->arena, struct author_view);
    int64_t number = part->about->at[ABOUT_NUMBER];
    story_cards cards = {0};

    view->person = person_of(part);
    stories_by_person(part->db, view->person.id, (number - 1) * STORIES_PAGE, STORIES_PAGE, &cards);
    day_groups_make(part->arena, &cards, &view->days);
    view->pager = pager_make(part->arena, view->person.url, number,
                             stories_by_person_pages(part->db, view->person.id, number + PAGER_AHEAD));
    return view;
}
