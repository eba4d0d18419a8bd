/* rails.c - the plan of the side lists; all it knows comes from other domains' finders.
 *
 * Beside a section's pages, what was read most and what editors placed choose
 * first: the section's newest are the news of half a day, and a hot list without
 * them would be yesterday's. The whole site's newest are those of an hour; there
 * latest chooses first, because a list of the newest that lacks the newest is
 * seen to be wrong. Only then are lists filled up with the newest that are left:
 * in a young paper nothing was read yet.
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

static void plan_site(struct picking *picking, struct rails *out)
{
    pick_latest(picking, SECTION_SITE, RAIL_LATEST, &out->latest);
    pick_hot(picking, SECTION_SITE, &out->hot);
    pick_placed(picking, FRONT_HOME, &out->recommended);
    pick_latest(picking, SECTION_SITE, RAIL_HOT, &out->hot);
    pick_latest(picking, SECTION_SITE, RAIL_RECOMMENDED, &out->recommended);
}

static void plan_section(struct picking *picking, int64_t section, struct rails *out)
{
    pick_hot(picking, section, &out->hot);
    pick_hot(picking, SECTION_SITE, &out->site_hot);
    pick_placed(picking, section, &out->recommended);
    pick_placed(picking, FRONT_HOME, &out->recommended);
    pick_latest(picking, section, RAIL_LATEST, &out->section_latest);
    pick_latest(picking, SECTION_SITE, RAIL_LATEST, &out->latest);
    pick_latest(picking, section, RAIL_HOT, &out->hot);
    pick_latest(picking, section, RAIL_RECOMMENDED, &out->recommended);
    pick_latest(picking, SECTION_SITE, RAIL_HOT, &out->site_hot);
    pick_latest(picking, SECTION_SITE, RAIL_RECOMMENDED, &out->recommended);
}

void rails_plan(struct db_reader *db, int64_t section, int64_t without, struct rails *out)
{
    struct picking picking = {.db = db};

    *out = (struct rails){0};
    picking_leave_out(&picking, without);
    if (section == SECTION_SITE)
        plan_site(&picking, out);
    else
        plan_section(&picking, section, out);
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
