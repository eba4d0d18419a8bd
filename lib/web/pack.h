/* pack.h - pieces of a page, compressed each for itself, joined to one gzip answer.
 *
 * A run is a piece of text as raw deflate blocks that end on a byte boundary
 * (Z_SYNC_FLUSH), so runs can follow each other in any order:
 *     gzip header + run + run + ... + trailer    is one valid gzip member (RFC 1952).
 * The trailer's CRC of the whole comes from the CRCs of the runs.
 */
#ifndef HAOWAI_WEB_PACK_H
#define HAOWAI_WEB_PACK_H

#include "lib/base/buf.h"
#include "lib/base/str.h"

#include <sys/uio.h>

struct packer; /* one per thread */

struct packer *packer_new(void);
void packer_free(struct packer **packer);

/* What joining needs to know of a run. */
struct pack_sum {
    uint32_t crc;
    uint32_t crc_shift; /* moves a CRC past this run (crc32_combine_gen) */
    uint64_t hash;      /* of the plain text, for ETags */
    size_t length;      /* of the plain text */
};

/* PACK_FAST takes a tenth of the time for 10 % more bytes: for what is sent a few times. */
enum pack_effort { PACK_FAST, PACK_SMALL };

/* The run of `plain` (less than PACK_LARGEST bytes), valid until the packer's next one. */
enum { PACK_LARGEST = 64 << 20 };
struct pack_sum pack_run(struct packer *packer, struct str plain, enum pack_effort effort, struct str *run);

/* Appends the plain text of runs that follow each other. False when they are damaged or `out` has no room for the text
 * and one byte more. */
bool pack_open(const struct iovec *runs, size_t count, struct buf *out);

enum { PACK_HEADER = 10, PACK_TRAILER = 10 };
extern const char pack_header[PACK_HEADER];

/* The sum of `a` followed by `b`; start with {0}. */
struct pack_sum pack_join(struct pack_sum a, struct pack_sum b);

void pack_trailer(struct pack_sum whole, char out[PACK_TRAILER]);

#endif
