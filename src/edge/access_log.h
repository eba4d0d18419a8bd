/* access_log.h - one line for each request, on standard error.
 *
 *     time=2026-11-24T12:00:00+08:00 level=notice role=edge event=request client=203.0.113.0 method=GET
 *     target=/news/20251124/812 status=200 bytes=9120 us=41 referer=... agent=...
 *
 * An event loop writes into a buffer of its own; the buffers go out once a
 * second or when they are full. Addresses are shortened to their network (/24,
 * /48): enough to see an attack, too little to follow a reader.
 */
#ifndef HAOWAI_EDGE_ACCESS_LOG_H
#define HAOWAI_EDGE_ACCESS_LOG_H

#include "lib/base/buf.h"
#include "lib/http/http.h"

struct access_log;

struct access_log *access_log_new(int loops);
void access_log_free(struct access_log **log);

/* On that loop's thread; `sent` counts bytes. */
void access_log_add(struct access_log *log, int loop, const struct http_request *request, int status, uint64_t sent,
                    int64_t microseconds);

/* Writes what there is. From any thread. */
void access_log_flush(struct access_log *log);

/* The network of an address: "203.0.113.7" is "203.0.113.0", "2001:db8:1:2::3" is "2001:db8:1::". Appended. */
void network_of(struct buf *out, struct str address);

#endif
