/* grammar.h - private: the small pieces of RFC 3986 that requests and links share. */
#ifndef HAOWAI_HTTP_GRAMMAR_H
#define HAOWAI_HTTP_GRAMMAR_H

#include "lib/base/str.h"

/* A hexadecimal digit of either case: 0 to 15, or -1 for anything that is none. */
static inline int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* A-Z a-z 0-9 - . _ ~ */
bool is_unreserved(char c);

/* "name", "name:port", "[2001:db8::1]:port", without user or password. Only the characters are looked at; whether
 * anybody lives there is for others to find out. `any_script` also takes names that are not ASCII. */
bool authority_is_valid(struct str s, bool any_script);

#endif
