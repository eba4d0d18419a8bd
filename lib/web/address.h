/* address.h - from a request's target to the one address its page is kept under. */
#ifndef HAOWAI_WEB_ADDRESS_H
#define HAOWAI_WEB_ADDRESS_H

#include "lib/base/buf.h"
#include "lib/web/page.h"

/* The first route whose pattern matches a canonically spelled path; NULL. Without an arena `values` stay encoded. */
const struct route *address_route(const struct route *routes, struct str path, struct arena *arena,
                                  struct pattern_values *values);

/* Appends the declared keys ("page tag") that the query has, in the order of declaration, each with its first value. */
void address_query(const char *declared, struct str query, struct buf *out);

/* The canonical spelling of a path: no empty segments, so none behind a last slash, and escapes as url_encode makes
 * them. Lives in the arena. False when it has none, because it is no text or has dot segments. */
bool address_respell(struct arena *arena, struct str path, struct str *out);

#endif
