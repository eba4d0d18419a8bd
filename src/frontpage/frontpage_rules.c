/* frontpage_rules.c - the zones: their names and how many stories each holds. */
#include "src/frontpage/frontpage.h"

static const struct {
    struct str name;
    int64_t slots;
} ZONES[ZONE_COUNT] = {
    [ZONE_LEAD] = {STR_INIT("lead"), ZONE_LEAD_SLOTS},
    [ZONE_SECONDARY] = {STR_INIT("secondary"), ZONE_SECONDARY_SLOTS},
    [ZONE_RECOMMENDED] = {STR_INIT("recommended"), ZONE_RECOMMENDED_SLOTS},
};

struct str zone_name(enum zone zone)
{
    return ZONES[zone].name;
}

int64_t zone_slots(enum zone zone)
{
    return ZONES[zone].slots;
}

bool zone_from_name(struct str name, enum zone *out)
{
    for (enum zone zone = 0; zone < ZONE_COUNT; zone++) {
        if (str_equal(name, ZONES[zone].name)) {
            *out = zone;
            return true;
        }
    }
    return false;
}
