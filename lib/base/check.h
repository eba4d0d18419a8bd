/* check.h - what must never happen, checked in production too.
 *
 * CHECK is for bugs: it prints the condition and the place and aborts; the
 * supervisor starts the role again. It is never for input, disks or networks.
 * Long-lived objects begin with `uint32_t magic` and are checked at each door.
 */
#ifndef HAOWAI_BASE_CHECK_H
#define HAOWAI_BASE_CHECK_H

#include <stdint.h>

_Noreturn void check_failed(const char *condition, const char *file, int line, const char *function);

#define CHECK(condition)                                                                                               \
    (__builtin_expect(!!(condition), 1) ? (void)0 : check_failed(#condition, __FILE__, __LINE__, __func__))

/* The object exists and is of the kind its magic says. */
#define CHECK_LIVE(object, kind_magic) CHECK((object) != NULL && (object)->magic == (kind_magic))

/* What the world broke at start: prints "haowai: " and the text, exits 1. Only for main-line start-up code. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
