/* counters.h - the numbers of counters.def. */
#ifndef HAOWAI_COUNTERS_H
#define HAOWAI_COUNTERS_H

#include <stdint.h>

enum counter_name {
#define COUNTER(source, kind, name, meaning) COUNTER_##name,
#include "src/counters.def"
#undef COUNTER
    COUNTER_COUNT
};

enum counter_source { COUNTER_OF_EDGE, COUNTER_OF_DESK };
enum counter_kind { COUNTER_COUNTS, COUNTER_GAUGE };

struct counter {
    enum counter_source source;
    enum counter_kind kind;
    const char *name, *meaning;
};

extern const struct counter COUNTERS[COUNTER_COUNT];

/* One value for each, in the order of the table. */
struct counts {
    uint64_t at[COUNTER_COUNT];
};

#endif
