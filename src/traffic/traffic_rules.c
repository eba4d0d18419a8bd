/* traffic_rules.c - powers of two in whole numbers.
 *
 * No floating point: two desks of a cluster, on different machines, must agree
 * on the order of a list. 2^-x is a product of roots of one half, one for each
 * bit of x; log2 is found bit by bit, by squaring. Both are right to 1/65536.
 */
#include "src/traffic/traffic_rules.h"

enum { HOUR_MS = 3600 * 1000 };

/* Scores stay below this (some 10^10 views of one moment), so that no product here leaves 64 bits. */
#define SCORE_CEILING ((int64_t)1 << 46)

struct str span_name(enum span span)
{
    return span == SPAN_DAY ? STR("day") : STR("week");
}

bool span_from_name(struct str name, enum span *out)
{
    for (enum span span = 0; span < SPAN_COUNT; span++) {
        if (str_equal(name, span_name(span))) {
            *out = span;
            return true;
        }
    }
    return false;
}

int64_t span_half_life_ms(enum span span)
{
    return span == SPAN_DAY ? 6 * HOUR_MS : 36 * HOUR_MS;
}

/* 2^(-fraction / 65536) in 1/65536: multiplied together from the powers of each bit of the fraction. */
static int64_t power_of_half(int64_t fraction)
{
    /* 2^(-1/2), 2^(-1/4) ... 2^(-1/65536), in 1/2^32 */
    static const int64_t ROOTS[16] = {
        3037000500, 3611622603, 3938502376, 4112874773, 4202935003, 4248701965, 4271771996, 4283353945,
        4289156690, 4292061010, 4293513907, 4294240540, 4294603903, 4294785595, 4294876445, 4294921870,
    };
    uint64_t power = (uint64_t)1 << 31; /* one, in 1/2^31: the products fit 64 bits */

    for (int bit = 0; bit < 16; bit++)
        if (fraction & (RANK_UNIT >> (bit + 1)))
            power = (power * (uint64_t)ROOTS[bit]) >> 32;
    return (int64_t)(power >> 15);
}

int64_t score_decayed(int64_t score, int64_t ms, enum span span)
{
    int64_t half_life = span_half_life_ms(span);

    if (ms <= 0 || score <= 0)
        return score > 0 ? score : 0;
    int64_t halvings = ms / half_life;
    if (halvings > 46)
        return 0;
    int64_t fraction = ms % half_life * RANK_UNIT / half_life;
    int64_t power = power_of_half(fraction); /* up to 2^16; score is up to 2^46 */
    return (score * power + ((int64_t)RANK_UNIT << halvings) / 2) >> (16 + halvings);
}

int64_t score_with_views(int64_t score, struct moment from, struct moment at, int64_t count, enum span span)
{
    int64_t left = score_decayed(score, at.ms - from.ms, span);

    if (count > VIEWS_MOST)
        count = VIEWS_MOST;
    int64_t sum = left + count * SCORE_OF_VIEW;
    return sum < SCORE_CEILING ? sum : SCORE_CEILING - 1;
}

/* log2 of a number above 0, in 1/65536. The mantissa, between 1 and 2, is squared sixteen times: each time
 * it passes 2 the next bit of the logarithm is 1. */
static int64_t log2_of(int64_t number)
{
    int whole = 63 - __builtin_clzll((unsigned long long)number);
    uint64_t mantissa = whole >= 31 ? (uint64_t)number >> (whole - 31) : (uint64_t)number << (31 - whole);
    int64_t fraction = 0;

    for (int bit = 15; bit >= 0; bit--) {
        mantissa = mantissa * mantissa >> 31;
        if (mantissa >> 32) {
            mantissa >>= 1;
            fraction |= (int64_t)1 << bit;
        }
    }
    return whole * (int64_t)RANK_UNIT + fraction;
}

/* How many half-lives have passed since 1970, in 1/65536. */
static int64_t half_lives(struct moment at, enum span span)
{
    int64_t half_life = span_half_life_ms(span);

    return at.ms / half_life * RANK_UNIT + at.ms % half_life * RANK_UNIT / half_life;
}

int64_t score_rank(int64_t score, struct moment at, enum span span)
{
    return score > 0 ? log2_of(score) + half_lives(at, span) : INT64_MIN;
}

int64_t rank_floor(struct moment at, enum span span)
{
    return score_rank(SCORE_OF_VIEW / 2, at, span);
}
