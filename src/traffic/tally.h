/* tally.h - how often each story was viewed since the last time it was written down. */
#ifndef HAOWAI_TRAFFIC_TALLY_H
#define HAOWAI_TRAFFIC_TALLY_H

#include "src/traffic/traffic.h"

/* Zero-initialise. */
struct tally {
    struct views *places; /* open addressing; story 0: free */
    size_t n, capacity;   /* capacity is 0 or a power of two */
};

/* False when there are too many stories to remember another one. */
bool tally_add(struct tally *tally, struct views views);

/* The next up to `most` stories behind `*cursor`, which begins at 0; returns how many. */
size_t tally_next(const struct tally *tally, size_t *cursor, struct views *out, size_t most);

void tally_free(struct tally *tally);

#endif
