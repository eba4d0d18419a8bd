/* events.h - the kinds of log lines of events.def, for LOG (lib/base/log.h). */
#ifndef HAOWAI_EVENTS_H
#define HAOWAI_EVENTS_H

#include "lib/base/log.h"

#define EVENT(name, level, meaning) extern const struct log_kind log_kind_##name;
#include "src/events.def"
#undef EVENT

#endif
