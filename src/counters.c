/* counters.c - counters.def as a table. */
#include "src/counters.h"

const struct counter COUNTERS[COUNTER_COUNT] = {
#define COUNTER(source, kind, name, meaning) {COUNTER_OF_##source, COUNTER_##kind, #name, meaning},
#include "src/counters.def"
#undef COUNTER
};
