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
struct attachments;

/* Writes frames to `out`; the first `skip` items make none. `attachments` (may be NULL): what was gathered before. */
struct wxr *wxr_open(int out, int64_t skip, const struct attachments *attachments);

/* Only gathers what the file says of pictures, and writes nothing: stories name pictures that come behind them. */
struct wxr *wxr_open_gathering(struct attachments *attachments);
void wxr_feed(struct wxr *wxr, struct str bytes);

/* `problem` gets a sentence when the file does not end as it should, else "". */
void wxr_close(struct wxr **wxr, char *problem, size_t problem_size);

#endif
