/* traffic_rules.h - how views fade: exponential decay in whole numbers.
 *
 * A view counts SCORE_OF_VIEW when it happens and half of that after each
 * half-life: 6 hours for the list of the day, 36 hours for that of the week, so
 * that a view of 24 hours (a week) ago counts 1/16 (1/25) of one of now.
 *
 * Exponential decay keeps the order of two stories whatever the moment they are
 * compared at. A story's *rank* therefore does not change until it is viewed
 * again: rank = log2(score) + at / half-life, in 1/65536. An index on it is the
 * hot list (forward decay; Cormode et al., ICDE 2009).
 */
#ifndef HAOWAI_TRAFFIC_TRAFFIC_RULES_H
#define HAOWAI_TRAFFIC_TRAFFIC_RULES_H

#include "lib/base/clock.h"

enum span { SPAN_DAY, SPAN_WEEK, SPAN_COUNT };

enum { SCORE_OF_VIEW = 1024, RANK_UNIT = 65536, VIEWS_MOST = 100000000 };

/* "day" or "week", as in addresses and in the table `hot`. */
struct str span_name(enum span span);
bool span_from_name(struct str name, enum span *out);

int64_t span_half_life_ms(enum span span);

/* What is left of `score` after `ms` (less than 0 counts as 0): score * 2^(-ms / half-life), right to 1 in 10000
 * of the score and rounded to the nearest whole number. */
int64_t score_decayed(int64_t score, int64_t ms, enum span span);

/* `score` as of `from` with `count` views more at `at`. Never falls when time stands still, never overflows. */
int64_t score_with_views(int64_t score, struct moment from, struct moment at, int64_t count, enum span span);

/* The rank of a score above 0 as of `at`; INT64_MIN for 0. */
int64_t score_rank(int64_t score, struct moment at, enum span span);

/* The rank of half a view seen at `at`: who is below was not read lately. */
int64_t rank_floor(struct moment at, enum span span);

#endif
