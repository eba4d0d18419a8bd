/* events.c - events.def as log kinds. */
#include "src/events.h"

#define EVENT(name, level, meaning) const struct log_kind log_kind_##name = {#name, level, meaning};
#include "src/events.def"
#undef EVENT
