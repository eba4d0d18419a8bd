/* unpack.h - a file as it was before gzip or zstd, piece by piece.
 *
 * The first bytes say what it is; anything else is passed on as it is. Memory
 * stays bounded whatever the file says of itself: a zstd window above 128 MiB
 * (--long=27) is refused. Members and frames may follow one another.
 */
#ifndef HAOWAI_UNPACK_UNPACK_H
#define HAOWAI_UNPACK_UNPACK_H

#include "lib/base/str.h"

struct unpack;

/* Reads from `fd`, which stays the caller's. */
struct unpack *unpack_open(int fd);
void unpack_close(struct unpack **unpack);

enum unpack_outcome {
    UNPACK_BYTES, /* *out holds some, until the next call */
    UNPACK_END,
    UNPACK_DAMAGED, /* see unpack_problem; what was handed out before is good */
};
enum unpack_outcome unpack_next(struct unpack *unpack, struct str *out);

/* A sentence about the damage. */
const char *unpack_problem(const struct unpack *unpack);

#endif
