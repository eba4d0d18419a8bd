/* request.h - private: the strict reading of one HTTP/1.1 head (RFC 9112). Pure functions over bytes.
 *
 * Verdicts are statuses: 0 is fine, anything else is what to refuse with.
 */
#ifndef HAOWAI_HTTP_REQUEST_H
#define HAOWAI_HTTP_REQUEST_H

#include "lib/http/http.h"

/* What the connection must know beyond the request itself. */
struct request_framing {
    uint64_t length; /* Content-Length, 0 when there is none */
    bool has_length;
    bool chunked;
    bool keep_alive;
    bool expects_continue;
};

/* Looks for the end of the head that begins at `bytes`. `*line` remembers where the last unfinished line begins; 0 at
 * first. Verdict 0 with *end == 0: more bytes are needed; else the head is the first *end bytes. */
int request_find_end(const char *bytes, size_t n, const struct http_limits *limits, size_t *line, size_t *end);

/* Reads a complete head in place (names become lower case). `headers` has room for limits->header_count. Fills method,
 * version, target, path, query, host, headers and header_count of `out`; slices point into `head`. */
int request_parse(char *head, size_t n, const struct http_limits *limits, struct http_header *headers,
                  struct http_request *out, struct request_framing *framing);

/* The pieces of it that HTTP/2 shares. */
int request_read_method(struct str s, enum http_method *out);
int request_read_target(struct str target, const struct http_limits *limits, struct http_request *out);
bool request_is_token(struct str s);
bool request_value_is_valid(struct str s);

/* Content-Length: digits alone, fitting 63 bits. */
bool request_read_length(struct str s, uint64_t *out);

#endif
