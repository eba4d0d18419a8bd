/* frontpage_desk.c - placing stories on a front, one zone at a time. */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/frontpage/frontpage.h"
#include "src/section/form.h"

struct placed_answer {
    int64_t front;
    front_slots lead, secondary, recommended;
};
static const struct fields PLACED_ANSWER_FIELDS = FIELDS(
    struct placed_answer, FIELD(struct placed_answer, front), FIELD_LIST(struct placed_answer, lead, FRONT_SLOT_FIELDS),
    FIELD_LIST(struct placed_answer, secondary, FRONT_SLOT_FIELDS),
    FIELD_LIST(struct placed_answer, recommended, FRONT_SLOT_FIELDS));

static bool find_front(struct action *a, int64_t *out)
{
    struct section section;

    *out = action_param_int(a, "front");
    if (*out == FRONT_HOME || section_find(a->db, *out, &section))
        return true;
    action_refuse(a, 404, "front", "there is no such front: 0 is the home page, others are numbers of sections");
    return false;
}

static void answer_placed(struct action *a, int64_t front)
{
    struct placed_answer answer = {.front = front};

    front_placed(a->db, front, ZONE_LEAD, &answer.lead);
    front_placed(a->db, front, ZONE_SECONDARY, &answer.secondary);
    front_placed(a->db, front, ZONE_RECOMMENDED, &answer.recommended);
    action_answer(a, 200, &PLACED_ANSWER_FIELDS, &answer);
}

/* GET /desk/api/front/{front:int}: what is placed, not what fills the gaps. */
void front_list_action(struct action *a)
{
    int64_t front;

    if (find_front(a, &front))
        answer_placed(a, front);
}

static bool was_published(struct db_reader *db, int64_t story)
{
    int64_t day;

    return article_state_of(db, story, &day) != ARTICLE_UNKNOWN;
}

/* PUT /desk/api/front/{front:int}/{zone} {stories: [ids]}: [] leaves the zone to the newest. A withdrawn story
 * may be placed: its slot shows it again when it comes back. */
void front_place_action(struct action *a)
{
    int64_t front;
    enum zone zone;
    form_numbers stories = {0};

    if (!find_front(a, &front))
        return;
    if (!zone_from_name(action_param(a, "zone"), &zone)) {
        action_refuse(a, 404, "zone", "there is no such zone; use lead, secondary or recommended");
        return;
    }
    struct form form = form_of(a, "stories");
    if (!form_has(&form, "stories"))
        form_refuse(&form, FORM_WRONG, "stories", "is missing; name the stories, or [] to empty the zone");
    form_ids(&form, "stories", (size_t)zone_slots(zone), &stories);
    for (size_t i = 0; i < stories.n; i++)
        if (!was_published(a->db, stories.at[i]))
            form_refuse(&form, FORM_WRONG, "stories", "story %lld was never published; publish it first",
                        (long long)stories.at[i]);
    if (form.refused)
        return;
    front_place(a->tx, front, zone, stories.at, stories.n);
    answer_placed(a, front);
}
