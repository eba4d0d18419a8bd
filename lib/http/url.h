/* url.h - percent-encoding, queries, addresses. */
#ifndef HAOWAI_HTTP_URL_H
#define HAOWAI_HTTP_URL_H

#include "lib/base/buf.h"
#include "lib/base/str.h"

/* Decodes %XX; '+' stays '+'. False when an escape is broken, or when the
 * result is not valid UTF-8 or holds a control character. */
bool url_decode(struct arena *arena, struct str s, struct str *out);

/* The same for a value of a query or form: '+' is a space. */
bool url_decode_form(struct arena *arena, struct str s, struct str *out);

/* Encodes everything but A-Z a-z 0-9 - . _ ~ ; for one path segment or query value. */
void url_encode(struct buf *out, struct str s);

/* The first value named `name` in "a=1&b=2"; p == NULL when absent, raw (still encoded) otherwise. */
struct str url_query_find(struct str query, struct str name);

/* A path in its one canonical spelling: begins with '/', no empty, "." or ".."
 * segments (decoded or not), no needless escapes (unreserved characters stand
 * for themselves, hex digits in upper case). False when it is spelled another way. */
bool url_path_is_canonical(struct str path);

/* An absolute http or https address, or a path of this site ("/..."): what a
 * link in a story may be. No white space, controls, credentials or backslashes. */
bool url_is_safe_link(struct str s);

#endif
