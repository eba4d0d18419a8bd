/* decode.h - a foreign file becomes JSON lines: in a process of its own that can do nothing else.
 *
 * That process unpacks gzip and zstd, parses XML and HTML, and writes frames
 * (frame.h) into a pipe. It has no other file, cannot open or send anything,
 * and has so much memory and, for one story, so much time. What breaks it
 * costs one story, not the import.
 */
#ifndef HAOWAI_IMPORTING_DECODE_H
#define HAOWAI_IMPORTING_DECODE_H

#include "lib/base/str.h"

enum import_format { FORMAT_BY_CONTENT, FORMAT_JSONL, FORMAT_WXR };

/* "jsonl", "wxr". */
bool import_format_from_name(struct str name, enum import_format *out);

/* The work itself: reads `in` to its end and writes frames to `out`; of WXR the first `skip` items are passed over. */
void decode_file(int in, int out, enum import_format format, int64_t skip);

struct decoder {
    int pid;
    int pipe; /* to read frames from */
};

/* Starts the process; `in` is read from where it stands. False with errno. */
bool decoder_start(struct decoder *out, int in, enum import_format format, int64_t skip);

/* Ends it, if it has not ended by itself, and waits for it. Returns the signal that ended it, or 0. */
int decoder_end(struct decoder *decoder);

#endif
