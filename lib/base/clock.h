/* clock.h - moments and how they are written.
 *
 * A moment is milliseconds since 1970 in UTC. The paper has one time zone; the
 * program sets it once at start (clock_zone) and every local form uses it.
 */
#ifndef HAOWAI_BASE_CLOCK_H
#define HAOWAI_BASE_CLOCK_H

#include "lib/base/str.h"

struct moment {
    int64_t ms; /* 0 = never set */
};

/* The broken-down local time of a moment. */
struct local_time {
    int year, month, day, hour, minute, second;
    int weekday;        /* 0 = Sunday */
    int offset_minutes; /* of the zone, east positive */
};

/* "Asia/Taipei" and the like. False when the system does not know the zone. Call before threads start. */
bool clock_zone(const char *name);

struct moment clock_now(void);

/* Milliseconds and microseconds of a clock that never jumps; only differences mean anything. */
int64_t clock_steady_ms(void);
int64_t clock_steady_us(void);

/* CPU time this process has used, microseconds. */
int64_t clock_cpu_us(void);

struct local_time moment_local(struct moment moment);
struct moment moment_of_local(int year, int month, int day, int hour, int minute, int second);

/* yyyymmdd in the paper's zone: 20250821. */
int64_t moment_day(struct moment moment);

/* The first moment of the local day after the one `moment` lies in. */
struct moment moment_next_midnight(struct moment moment);

/* 2025-08-21T11:19:00+08:00 (RFC 3339) and Thu, 21 Aug 2025 11:19:00 +0800 (RFC 5322, for RSS). */
struct str moment_iso(struct arena *arena, struct moment moment);
struct str moment_mail(struct arena *arena, struct moment moment);

/* Thu, 21 Aug 2025 03:19:00 GMT (RFC 9110), 29 bytes, no terminator. */
void moment_http(struct moment moment, char out[29]);

/* Reads "2025-08-21", "2025-08-21 11:19[:00]", "2025-08-21T11:19:00[.123][Z|+08:00|+08]",
 * "20250821", and mail dates "Thu, 21 Aug 2025 11:19:00 +0800". Without a zone the paper's is
 * meant; a day alone means its first moment. False when it is none of these or no such day exists. */
bool moment_parse(struct str s, struct moment *out);

#endif
