/* wxr.h - WordPress's export format (WXR, RSS with its own elements) becomes records.
 *
 * Fed piece by piece; for each item a frame with a line of JSON as record.h
 * reads it is written. Memory is bounded by the largest item. Damage costs the
 * item it is in: reading goes on at the next one. DOCTYPE is refused.
 */
#ifndef HAOWAI_IMPORTING_WXR_H
#define HAOWAI_IMPORTING_WXR_H

#include "lib/base/str.h"

struct wxr;

/* Writes frames to `out`; the first `skip` items make none. */
struct wxr *wxr_open(int out, int64_t skip);
void wxr_feed(struct wxr *wxr, struct str bytes);

/* `problem` gets a sentence when the file does not end as it should, else "". */
void wxr_close(struct wxr **wxr, char *problem, size_t problem_size);

#endif
