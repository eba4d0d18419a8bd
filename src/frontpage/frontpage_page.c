/* frontpage_page.c - the home page: what editors placed above, the sections' newest below. */
#include "src/frame/frame.h"
#include "src/frontpage/frontpage.h"
#include "src/routes.h"

/* GET / - 200; with ?p=N or ?page_id=N, as many imported papers wrote their addresses, only what old addresses lead
 * to */
enum answer home_page(struct request *req)
{
    if (query_text(req, "p").n || query_text(req, "page_id").n)
        return not_found(req);
    return page(req, PAGE_HOME, ABOUT(0));
}

/* One plan for the two parts of the page; each prints its half. */
struct front_view {
    bool has_lead, has_secondary, has_recommended;
    story_cards lead, secondary, recommended;
    front_blocks blocks;
};
const struct fields FRONT_VIEW_FIELDS =
    FIELDS(struct front_view, FIELD(struct front_view, has_lead), FIELD(struct front_view, has_secondary),
           FIELD(struct front_view, has_recommended), FIELD_LIST(struct front_view, lead, STORY_CARD_FIELDS),
           FIELD_LIST(struct front_view, secondary, STORY_CARD_FIELDS),
           FIELD_LIST(struct front_view, recommended, STORY_CARD_FIELDS),
           FIELD_LIST(struct front_view, blocks, FRONT_BLOCK_FIELDS));

static const void *read_front(struct db_reader *db, struct arena *arena, int64_t id)
{
    struct front_view *view = ARENA_NEW(arena, struct front_view);
    struct front front;

    front_plan(db, id, &front);
    *view = (struct front_view){.has_lead = front.lead.n > 0,
                                .has_secondary = front.secondary.n > 0,
                                .has_recommended = front.recommended.n > 0,
                                .lead = front.lead,
                                .secondary = front.secondary,
                                .recommended = front.recommended,
                                .blocks = front.blocks};
    return view;
}

const void *front_view(struct part *part)
{
    return part_once(part, read_front, FRONT_HOME);
}
