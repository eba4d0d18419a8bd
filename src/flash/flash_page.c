/* flash_page.c - the ticker on every page, and the page with all that is shown now. */
#include "src/flash/flash.h"

#include "src/frame/frame.h"
#include "src/routes.h"

enum { TICKER_MOST = 7 };

struct flash_view {
    bool has_flashes, has_more;
    flashes flashes;
};
const struct fields FLASH_VIEW_FIELDS =
    FIELDS(struct flash_view, FIELD(struct flash_view, has_flashes), FIELD(struct flash_view, has_more),
           FIELD_LIST(struct flash_view, flashes, FLASH_FIELDS));

/* An item does not lead to the page it stands on. */
const void *flash_view(struct part *part)
{
    struct flash_view *view = ARENA_NEW(part->arena, struct flash_view);
    int64_t without = part->about->at[ABOUT_WITHOUT];
    flashes live = {0};

    flash_live(part->db, TICKER_MOST + (without ? 1 : 0), &live);
    for (size_t i = 0; i < live.n && view->flashes.n < TICKER_MOST; i++) {
        int64_t story = live.at[i].day ? live.at[i].article : 0;
        if (story && story == without)
            continue;
        if (story)
            part_shows(part, story);
        *LIST_ADD(part->arena, &view->flashes) = live.at[i];
    }
    view->has_flashes = view->flashes.n > 0;
    view->has_more = view->flashes.n > 1;
    return view;
}

/* GET /flash - 200 */
enum answer flash_page(struct request *req)
{
    return page(req, PAGE_FLASH, ABOUT(0));
}

const void *head_flash_view(struct part *part)
{
    return head_page_make(part, STR("快訊"), STR("正在發生的新聞，一句話告訴你。"), STR("/flash"));
}

const void *flash_list_view(struct part *part)
{
    struct flash_view *view = ARENA_NEW(part->arena, struct flash_view);

    flash_live(part->db, FLASH_MOST, &view->flashes);
    view->has_flashes = view->flashes.n > 0;
    view->has_more = view->flashes.n > 1;
    return view;
}
