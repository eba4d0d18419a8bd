/* escape.h - how a value is written into the language around it. */
#ifndef HAOWAI_TEMPLATE_ESCAPE_H
#define HAOWAI_TEMPLATE_ESCAPE_H

#include "lib/base/buf.h"

enum escape {
    ESCAPE_NONE,   /* as it is */
    ESCAPE_HTML,   /* & < > " ' as entities: text and quoted attributes */
    ESCAPE_LINK,   /* the same in an address; when it begins the attribute it must be a safe link */
    ESCAPE_XML,    /* as HTML, and characters XML 1.0 forbids are left out */
    ESCAPE_CDATA,  /* nothing but what would end the CDATA section, and the forbidden characters */
    ESCAPE_JSON,   /* the inside of a JSON string */
    ESCAPE_SCRIPT, /* the same inside an HTML script element: < > & as \u00XX too */
};

/* Appends `s` escaped. ESCAPE_LINK escapes as HTML does; the check is the caller's. */
void escape_add(struct buf *out, struct str s, enum escape escape);

/* Whether an address can do no more than lead somewhere: http:, https:, mailto:
 * (in any case), a fragment, a query, or a path beginning with a single '/'. No
 * control characters or backslashes anywhere, since browsers drop the ones and
 * turn the others into slashes. */
bool link_is_safe(struct str s);

#endif
