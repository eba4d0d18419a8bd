/* frontpage_store.c - the table `front_slot`, and the plan of a front made from it.
 *
 * All placed stories are picked before any gap is filled: else the newest story
 * would fill an empty lead although an editor placed it further down.
 */
#include "src/frontpage/frontpage.h"

#include "src/frontpage/picking.h"

const struct fields FRONT_BLOCK_FIELDS =
    FIELDS(struct front_block, FIELD_STRUCT(struct front_block, section, SECTION_FIELDS),
           FIELD_LIST(struct front_block, stories, STORY_CARD_FIELDS));
const struct fields FRONT_FIELDS = FIELDS(struct front, FIELD_LIST(struct front, lead, STORY_CARD_FIELDS),
                                          FIELD_LIST(struct front, secondary, STORY_CARD_FIELDS),
                                          FIELD_LIST(struct front, recommended, STORY_CARD_FIELDS),
                                          FIELD_LIST(struct front, blocks, FRONT_BLOCK_FIELDS));
const struct fields FRONT_SLOT_FIELDS = FIELDS(struct front_slot, FIELD(struct front_slot, article));

SQL(placed, "SELECT article FROM front_slot WHERE front = $1 AND zone = $2 ORDER BY place LIMIT 20",
    .reads = "front:$1");
SQL(clear, "DELETE FROM front_slot WHERE front = $1 AND zone = $2", .touches = "front:$1");
SQL(place, "INSERT INTO front_slot (front, zone, place, article) VALUES ($1, $2, $3, $4)", .touches = "front:$1");

void front_placed(struct db_reader *db, int64_t front, enum zone zone, front_slots *out)
{
    db_rows(db, &placed, ARGS(front, zone_name(zone)), &FRONT_SLOT_FIELDS, out);
}

void front_place(struct db_tx *tx, int64_t front, enum zone zone, const int64_t *stories, size_t n)
{
    db_exec(tx, &clear, ARGS(front, zone_name(zone)));
    for (size_t i = 0; i < n; i++)
        db_exec(tx, &place, ARGS(front, zone_name(zone), (int64_t)i + 1, stories[i]));
}

static void pick_placed(struct picking *picking, int64_t front, enum zone zone, story_cards *list)
{
    front_slots slots = {0};

    front_placed(picking->db, front, zone, &slots);
    for (size_t i = 0; i < slots.n; i++)
        pick_story(picking, slots.at[i].article, (size_t)zone_slots(zone), list);
}

static void pick_blocks(struct picking *picking, front_blocks *blocks)
{
    sections known = {0};

    sections_list(picking->db, &known);
    for (size_t i = 0; i < known.n; i++) {
        struct front_block block = {.section = known.at[i]};
        pick_latest(picking, block.section.id, FRONT_BLOCK_STORIES, &block.stories);
        if (block.stories.n)
            *LIST_ADD(db_arena(picking->db), blocks) = block;
    }
}

void front_plan(struct db_reader *db, int64_t front, struct front *out)
{
    struct picking picking = {.db = db};
    story_cards *const zones[ZONE_COUNT] = {&out->lead, &out->secondary, &out->recommended};

    *out = (struct front){0};
    for (enum zone zone = 0; zone < ZONE_COUNT; zone++)
        pick_placed(&picking, front, zone, zones[zone]);
    for (enum zone zone = 0; zone < ZONE_COUNT; zone++)
        pick_latest(&picking, front, (size_t)zone_slots(zone), zones[zone]);
    if (front == FRONT_HOME)
        pick_blocks(&picking, &out->blocks);
}
