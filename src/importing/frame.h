/* frame.h - what the process that reads a foreign file tells the one that started it, over a pipe. */
#ifndef HAOWAI_IMPORTING_FRAME_H
#define HAOWAI_IMPORTING_FRAME_H

#include "lib/base/str.h"

enum frame_type {
    FRAME_BEGIN = 1, /* what the file is: `line` is an enum import_format */
    FRAME_BYTES,     /* a piece of JSON lines */
    FRAME_RECORD,    /* one line of JSON, made from what began at `line` */
    FRAME_BAD,       /* why what began at `line` makes none */
    FRAME_END,       /* the file ends; with a sentence when it is damaged */
};

enum { FRAME_MOST = 8 << 20 }; /* bytes */

struct frame {
    uint32_t type, n;
    int64_t line;
    const char *bytes; /* valid until the next one is read */
};

/* False when nobody listens any more. */
bool frame_write(int fd, enum frame_type type, int64_t line, struct str bytes);

struct frame_reader;
struct frame_reader *frame_reader_new(int fd); /* fd stays the caller's */
void frame_reader_free(struct frame_reader **reader);

/* False when the pipe ends before a whole frame came, or what comes is none. */
bool frame_read(struct frame_reader *reader, struct frame *out);

#endif
