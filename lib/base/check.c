/* check.c - the last words of a process that found a bug in itself. */
#include "lib/base/check.h"

#include "lib/base/banned.h"

#include <stdarg.h>

void check_failed(const char *condition, const char *file, int line, const char *function)
{
    fprintf(stderr, "haowai: bug: %s is false at %s:%d in %s\n", condition, file, line, function);
    abort();
}

void die(const char *format, ...)
{
    va_list args;

    fputs("haowai: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}
