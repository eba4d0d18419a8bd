/* str.h - text is a slice: a pointer and a length, never a terminator.
 *
 * A slice does not own its bytes; it points into a request, an arena, a file
 * in memory or a literal, and lives as long as that does. NUL-terminated
 * strings exist only where a library wants them (str_cstr).
 */
#ifndef HAOWAI_BASE_STR_H
#define HAOWAI_BASE_STR_H

#include "lib/base/banned.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
    const char *p;
    size_t n;
};

/* A literal as a slice; works in initialisers of static tables too. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }

/* For printf: "%.*s", STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_of(const char *cstr)
{
    return cstr ? (struct str){cstr, strlen(cstr)} : (struct str){"", 0};
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* From byte `from` to the end; empty when `from` is past it. */
static inline struct str str_from(struct str s, size_t from)
{
    return from >= s.n ? (struct str){s.p + s.n, 0} : (struct str){s.p + from, s.n - from};
}

/* The first `n` bytes, or all of them. Bytes: for text shown to people use
 * utf8_first_chars, which never cuts a character. */
static inline struct str str_head(struct str s, size_t n)
{
    return (struct str){s.p, n < s.n ? n : s.n};
}

/* Equal but for the case of A-Z. */
bool str_equal_nocase(struct str a, struct str b);

/* Memory order, shorter first: <0, 0 or >0. */
int str_compare(struct str a, struct str b);

/* Position of the first `needle` at or after `from`, or -1. */
ptrdiff_t str_find(struct str s, struct str needle, size_t from);
ptrdiff_t str_find_char(struct str s, char c, size_t from);

/* Without leading and trailing ASCII white space. */
struct str str_trim(struct str s);

/* Cuts `*rest` at the first `separator`: returns what stands before it and
 * leaves what stands behind it in `*rest`. Without a separator returns all and
 * leaves `*rest` empty with p == NULL, so that
 *     for (struct str rest = s; rest.p;) { struct str part = str_cut(&rest, ','); ... }
 * visits each part, empty ones too. */
struct str str_cut(struct str *rest, char separator);

/* Decimal digits with an optional leading '-', nothing else, fitting 64 bits. */
bool str_to_int(struct str s, int64_t *out);

/* A 64-bit hash that is the same on every machine and in every run
 * (64-bit FNV-1a with a final avalanche). Not for hostile keys: use a seed of
 * random_u64() there. */
uint64_t str_hash(struct str s, uint64_t seed);

/* Copies that live in the arena. str_cstr adds a terminator; an inner NUL stays. */
struct str str_copy(struct arena *arena, struct str s);
const char *str_cstr(struct arena *arena, struct str s);
struct str str_join(struct arena *arena, struct str a, struct str b);
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_of_int(struct arena *arena, int64_t value);

#endif
