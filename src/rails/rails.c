/* rails.c - the plan of the side lists; all it knows comes from other domains' finders.
 *
 * What was read most and what editors placed choose first: a story missing
 * there is a gap in what those lists claim, while latest simply goes on. Then
 * latest takes the newest that are left, and only then are the others filled
 * up: in a young paper nothing was read yet, and a list of the newest that
 * begins with the seventeenth would claim something untrue.
 */
#include "src/rails/rails.h"

#include "src/frontpage/frontpage.h"
#include "src/frontpage/picking.h"

const struct fields RAILS_FIELDS = FIELDS(
    struct rails, FIELD_LIST(struct rails, hot, STORY_CARD_FIELDS),
    FIELD_LIST(struct rails, site_hot, STORY_CARD_FIELDS), FIELD_LIST(struct rails, recommended, STORY_CARD_FIELDS),
    FIELD_LIST(struct rails, section_latest, STORY_CARD_FIELDS), FIELD_LIST(struct rails, latest, STORY_CARD_FIELDS));

static void pick_hot(struct picking *picking, int64_t section, story_cards *list)
{
    hot_rows rows = {0};

    hot_top(picking->db, section, &rows);
    for (size_t i = 0; i < rows.n; i++)
        pick_story(picking, rows.at[i].article, RAIL_HOT, list);
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

/* What was read or placed, then the newest. */
static void choose(struct picking *picking, int64_t section, struct rails *out)
{
    pick_hot(picking, section, &out->hot);
    if (section != SECTION_SITE)
        pick_hot(picking, SECTION_SITE, &out->site_hot);
    pick_placed(picking, section, &out->recommended);
    if (section != SECTION_SITE)
        pick_placed(picking, FRONT_HOME, &out->recommended);
    if (section != SECTION_SITE)
        pick_latest(picking, section, RAIL_LATEST, &out->section_latest);
    pick_latest(picking, SECTION_SITE, RAIL_LATEST, &out->latest);
}

static void fill_up(struct picking *picking, int64_t section, struct rails *out)
{
    pick_latest(picking, section, RAIL_HOT, &out->hot);
    pick_latest(picking, section, RAIL_RECOMMENDED, &out->recommended);
    if (section == SECTION_SITE)
        return;
    pick_latest(picking, SECTION_SITE, RAIL_HOT, &out->site_hot);
    pick_latest(picking, SECTION_SITE, RAIL_RECOMMENDED, &out->recommended);
}

void rails_plan(struct db_reader *db, int64_t section, int64_t without, struct rails *out)
{
    struct picking picking = {.db = db};

    *out = (struct rails){0};
    picking_leave_out(&picking, without);
    choose(&picking, section, out);
    fill_up(&picking, section, out);
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
