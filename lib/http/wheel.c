/* wheel.c - deadlines of thousands of connections, cheap to move.
 *
 * A ring of lists, one for each 64 ms. A deadline that moves later (the usual case: another request came) touches
 * nothing here; when the old slot comes up its owner looks at the real deadline and adds the entry again. Deadlines
 * beyond one turn of the ring are looked at once per turn. A heap was rejected: it would be touched by every request.
 */
#include "lib/http/inside.h"

void wheel_init(struct wheel *wheel, int64_t now_ms)
{
    *wheel = (struct wheel){.tick = now_ms / WHEEL_TICK_MS};
    for (size_t i = 0; i < WHEEL_SLOTS; i++)
        wheel->slots[i].next = wheel->slots[i].previous = &wheel->slots[i];
}

/* The slot that comes up when the deadline is past, or as late as the ring allows. */
static int64_t tick_of(const struct wheel *wheel, int64_t deadline_ms)
{
    int64_t farthest = wheel->tick + WHEEL_SLOTS - 1;
    int64_t tick = deadline_ms / WHEEL_TICK_MS < farthest ? deadline_ms / WHEEL_TICK_MS + 1 : farthest;

    return tick > wheel->tick ? tick : wheel->tick + 1;
}

void wheel_set(struct wheel *wheel, struct wheel_entry *entry, int64_t deadline_ms)
{
    int64_t tick = tick_of(wheel, deadline_ms);

    if (entry->next && entry->due <= tick * WHEEL_TICK_MS)
        return;
    wheel_remove(wheel, entry);
    size_t at = (size_t)tick % WHEEL_SLOTS;
    struct wheel_entry *slot = &wheel->slots[at];
    entry->due = tick * WHEEL_TICK_MS;
    entry->previous = slot->previous;
    entry->next = slot;
    slot->previous->next = entry;
    slot->previous = entry;
    wheel->occupied[at / 64] |= 1ull << (at % 64);
}

void wheel_remove(struct wheel *wheel, struct wheel_entry *entry)
{
    size_t at = (size_t)(entry->due / WHEEL_TICK_MS) % WHEEL_SLOTS;

    if (!entry->next)
        return;
    entry->next->previous = entry->previous;
    entry->previous->next = entry->next;
    entry->next = entry->previous = NULL;
    if (wheel->slots[at].next == &wheel->slots[at])
        wheel->occupied[at / 64] &= ~(1ull << (at % 64));
}

/* The first occupied tick behind the current one, at most one turn ahead; -1 when the wheel is empty. */
static int64_t next_occupied(const struct wheel *wheel)
{
    for (int64_t tick = wheel->tick + 1; tick <= wheel->tick + WHEEL_SLOTS;) {
        size_t at = (size_t)tick % WHEEL_SLOTS;
        uint64_t word = wheel->occupied[at / 64] >> (at % 64);
        if (word) {
            tick += __builtin_ctzll(word);
            return tick <= wheel->tick + WHEEL_SLOTS ? tick : -1;
        }
        tick += 64 - (int64_t)(at % 64);
    }
    return -1;
}

struct wheel_entry *wheel_take_due(struct wheel *wheel, int64_t now_ms)
{
    int64_t now = now_ms / WHEEL_TICK_MS;
    int64_t tick = next_occupied(wheel);

    if (tick < 0 || tick > now) {
        if (wheel->tick < now)
            wheel->tick = now;
        return NULL;
    }
    wheel->tick = tick - 1; /* the slot stays "next" until it is empty */
    struct wheel_entry *entry = wheel->slots[(size_t)tick % WHEEL_SLOTS].next;
    wheel_remove(wheel, entry);
    return entry;
}

int wheel_wait(const struct wheel *wheel, int64_t now_ms)
{
    int64_t tick = next_occupied(wheel);

    if (tick < 0)
        return -1;
    int64_t wait = tick * WHEEL_TICK_MS - now_ms;
    return wait > 0 ? (int)wait : 0;
}
