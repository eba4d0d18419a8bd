/* banned.h - functions whose misuse fills the advisories; naming one does not compile.
 *
 * Included by str.h, so everywhere. What to use instead: slices and struct buf
 * for text, str_to_int for numbers, arenas instead of alloca.
 */
#ifndef HAOWAI_BASE_BANNED_H
#define HAOWAI_BASE_BANNED_H

/* The system's own headers declare these, so they come first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok strtok_r
#pragma GCC poison atoi atol atoll atof scanf sscanf
#pragma GCC poison system popen tmpnam mktemp tempnam
#pragma GCC poison gmtime localtime ctime asctime ctime_r asctime_r

#endif
