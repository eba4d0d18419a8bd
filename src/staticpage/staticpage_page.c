/* staticpage_page.c - pages that are no news. */
#include "src/staticpage/staticpage.h"

#include "src/article/body.h"
#include "src/frame/frame.h"
#include "src/routes.h"

enum { DESCRIPTION_LENGTH = 120 };

/* GET /page/{slug} - 200; 404 when there is no such page */
enum answer static_page_page(struct request *req)
{
    struct static_page found;

    if (!static_page_find_by_slug(req->db, param(req, "slug"), &found))
        return not_found(req);
    return page(req, PAGE_STATIC, ABOUT([ABOUT_ITEM] = found.id));
}

static struct body find(struct part *part, struct static_page *out)
{
    struct body body;

    *out = (struct static_page){.id = 0};
    static_page_find(part->db, part->about->at[ABOUT_ITEM], out);
    body_parse(part->arena, out->body, &body);
    return body;
}

const void *head_static_view(struct part *part)
{
    struct static_page found;
    struct body body = find(part, &found);

    return head_page_make(part, found.title, body_plain(part->arena, &body, DESCRIPTION_LENGTH), found.url);
}

struct static_view {
    struct static_page page;
    struct html body_html;
};
const struct fields STATIC_VIEW_FIELDS =
    FIELDS(struct static_view, FIELD_STRUCT(struct static_view, page, STATIC_PAGE_FIELDS),
           FIELD(struct static_view, body_html));

const void *static_view(struct part *part)
{
    struct static_view *view = ARENA_NEW(part->arena, struct static_view);
    struct body body = find(part, &view->page);

    view->body_html = body_html(part->db, &body);
    return view;
}
