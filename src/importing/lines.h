/* lines.h - an archive's file as lines of JSON, whatever it is packed in or written as.
 *
 * Behind it runs the process of decode.h. When a story breaks that process, a
 * new one goes on behind it, and the story is a bad line.
 */
#ifndef HAOWAI_IMPORTING_LINES_H
#define HAOWAI_IMPORTING_LINES_H

#include "src/importing/decode.h"

enum { LINE_MOST = 4 << 20 }; /* bytes; a longer one is bad */

struct lines;

/* `fd` stays the caller's. The first `skip` lines are passed over; WXR has one for each item. NULL with errno. */
struct lines *lines_open(int fd, enum import_format format, int64_t skip);
void lines_close(struct lines **lines);

enum line_kind {
    LINE_JSON,
    LINE_BAD, /* text says why */
    LINE_END,
    LINE_DAMAGED, /* the file ends here, but not as it should; text says how */
};

struct line {
    enum line_kind kind;
    int64_t index;   /* lines up to here, those passed over and empty ones too: where to go on */
    int64_t number;  /* for people: the line of the file where it begins */
    struct str text; /* valid until the next one is read */
};

void lines_next(struct lines *lines, struct line *out);

#endif
