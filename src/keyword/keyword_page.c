/* keyword_page.c - a keyword: what it is, what else it is called, its stories day by day. */
#include "src/keyword/keyword.h"

#include "src/frame/frame.h"
#include "src/routes.h"

/* GET /keyword/{slug}?page=N - 200; 404 when there is no such keyword or page (merged ones are redirects) */
enum answer keyword_page(struct request *req)
{
    struct keyword keyword;

    if (!keyword_find_by_slug(req->db, param(req, "slug"), &keyword))
        return not_found(req);
    return list_page(req, PAGE_KEYWORD, ABOUT([ABOUT_KEYWORD] = keyword.id),
                     stories_with_keyword_pages(req->db, keyword.id, list_number(req)));
}

static struct keyword keyword_of(struct part *part)
{
    struct keyword keyword = {.id = 0};

    keyword_find(part->db, part->about->at[ABOUT_KEYWORD], &keyword);
    return keyword;
}

const void *head_keyword_view(struct part *part)
{
    int64_t number = part->about->at[ABOUT_NUMBER];
    struct keyword keyword = keyword_of(part);
    struct head_page *head = head_list_make(part, keyword.name, keyword.description, keyword.url, number,
                                            stories_with_keyword_pages(part->db, keyword.id, number + 1));

    head->feed = keyword.url;
    return head;
}

struct keyword_view {
    struct keyword keyword;
    struct str feed;
    bool has_aliases;
    keyword_aliases aliases;
    day_groups days;
    struct pager pager;
};
const struct fields KEYWORD_VIEW_FIELDS = FIELDS(
    struct keyword_view, FIELD_STRUCT(struct keyword_view, keyword, KEYWORD_FIELDS), FIELD(struct keyword_view, feed),
    FIELD(struct keyword_view, has_aliases), FIELD_LIST(struct keyword_view, aliases, KEYWORD_ALIAS_FIELDS),
    FIELD_LIST(struct keyword_view, days, DAY_GROUP_FIELDS), FIELD_STRUCT(struct keyword_view, pager, PAGER_FIELDS));

const void *keyword_list_view(struct part *part)
{
    struct keyword_view *view = ARENA_NEW(part->arena, struct keyword_view);
    int64_t number = part->about->at[ABOUT_NUMBER];
    story_cards cards = {0};

    view->keyword = keyword_of(part);
    view->feed = view->keyword.url;
    keyword_aliases_of(part->db, view->keyword.id, &view->aliases);
    view->has_aliases = view->aliases.n > 0;
    stories_with_keyword(part->db, view->keyword.id, (number - 1) * STORIES_PAGE, STORIES_PAGE, &cards);
    day_groups_make(part->arena, &cards, &view->days);
    view->pager = pager_make(part->arena, view->keyword.url, number,
                             stories_with_keyword_pages(part->db, view->keyword.id, number + PAGER_AHEAD));
    return view;
}
