/* picking.c - see picking.h.
 *
 * The newest are looked at in small steps, because usually few of them are
 * taken; asking at once for as many as could be taken would read, and make the
 * page depend on, ten times the stories it shows.
 */
#include "src/frontpage/picking.h"

enum { STEP = 16 };

static bool is_taken(const struct picking *picking, int64_t story)
{
    for (size_t i = 0; i < picking->taken.n; i++)
        if (picking->taken.at[i] == story)
            return true;
    return false;
}

void picking_leave_out(struct picking *picking, int64_t story)
{
    if (story)
        *LIST_ADD(db_arena(picking->db), &picking->taken) = story;
}

static void take(struct picking *picking, const struct story_card *card, size_t length, story_cards *list)
{
    if (list->n >= length || is_taken(picking, card->id))
        return;
    picking_leave_out(picking, card->id);
    *LIST_ADD(db_arena(picking->db), list) = *card;
}

void pick_story(struct picking *picking, int64_t story, size_t length, story_cards *list)
{
    struct story_card card;

    if (list->n < length && !is_taken(picking, story) && story_card_find(picking->db, story, &card))
        take(picking, &card, length, list);
}

void pick_latest(struct picking *picking, int64_t section, size_t length, story_cards *list)
{
    for (int64_t from = 0; list->n < length && from < PICK_LATEST_MOST; from += STEP) {
        story_cards newest = {0};
        stories_latest(picking->db, section, from, STEP, &newest);
        for (size_t i = 0; i < newest.n; i++)
            take(picking, &newest.at[i], length, list);
        if (newest.n < STEP)
            return;
    }
}
