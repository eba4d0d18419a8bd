/* rails.c - the plan of the side lists; all it knows comes from other domains' finders.
 *
 * Hot and recommended choose before latest: a story missing there is a gap in
 * what they claim, while latest is long anyway and simply goes on. When a
 * paper is young and nothing was read yet, hot is the section's newest.
 */
#include "src/rails/rails.h"

#include "src/frontpage/frontpage.h"
#include "src/frontpage/picking.h"

const struct fields RAILS_FIELDS = FIELDS(struct rails, FIELD_LIST(struct rails, hot, STORY_CARD_FIELDS),
                                          FIELD_LIST(struct rails, recommended, STORY_CARD_FIELDS),
                                          FIELD_LIST(struct rails, latest, STORY_CARD_FIELDS));

/* The newest of the section, then of the site. */
static void fill(struct picking *picking, int64_t section, size_t length, story_cards *list)
{
    pick_latest(picking, section, length, list);
    if (section != SECTION_SITE)
        pick_latest(picking, SECTION_SITE, length, list);
}

static void pick_hot(struct picking *picking, int64_t section, story_cards *list)
{
    hot_rows rows = {0};

    hot_top(picking->db, section, &rows);
    for (size_t i = 0; i < rows.n; i++)
        pick_story(picking, rows.at[i].article, RAIL_HOT, list);
    fill(picking, section, RAIL_HOT, list);
}

static void pick_placed(struct picking *picking, int64_t front, story_cards *list)
{
    front_slots slots = {0};

    if (list->n >= RAIL_RECOMMENDED)
        return;
    front_placed(picking->db, front, ZONE_RECOMMENDED, &slots);
    for (size_t i = 0; i < slots.n; i++)
        pick_story(picking, slots.at[i].article, RAIL_RECOMMENDED, list);
}

static void pick_recommended(struct picking *picking, int64_t section, story_cards *list)
{
    pick_placed(picking, section, list);
    if (section != FRONT_HOME)
        pick_placed(picking, FRONT_HOME, list);
    fill(picking, section, RAIL_RECOMMENDED, list);
}

void rails_plan(struct db_reader *db, int64_t section, int64_t without, struct rails *out)
{
    struct picking picking = {.db = db};

    *out = (struct rails){0};
    picking_leave_out(&picking, without);
    pick_hot(&picking, section, &out->hot);
    pick_recommended(&picking, section, &out->recommended);
    pick_latest(&picking, SECTION_SITE, RAIL_LATEST, &out->latest);
}

void rails_hot(struct db_reader *db, int64_t section, enum span span, story_cards *out)
{
    struct picking picking = {.db = db};
    hot_rows rows = {0};

    hot_list(db, section, span, &rows);
    for (size_t i = 0; i < rows.n; i++)
        pick_story(&picking, rows.at[i].article, out->n + 1, out);
}

void rails_latest(struct db_reader *db, int64_t from, int64_t limit, story_cards *out)
{
    stories_latest(db, SECTION_SITE, from, limit, out);
}
