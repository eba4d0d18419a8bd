/* html_body.h - HTML of another system's stories becomes body v1.
 *
 * Kept: paragraphs, subheads (h1 h2 as h2, the others as h3), lists, quotes,
 * tables, pictures and figures with captions, galleries, rules, line breaks;
 * bold, struck out, sub, sup, ruby, safe links; what YouTube, X, Facebook,
 * Instagram and Threads embed. Everything else becomes the text that is in it,
 * or goes, and is noted as a loss of the field "body".
 *
 * Any bytes are accepted; the result is clean and keeps the limits of body v1.
 * Pictures get the names of old_address.h.
 */
#ifndef HAOWAI_IMPORTING_HTML_BODY_H
#define HAOWAI_IMPORTING_HTML_BODY_H

#include "src/article/body.h"
#include "src/importing/attachments.h"
#include "src/importing/loss.h"

struct html_text {
    struct str html;
    struct str site; /* "https://example.org", whose pages relative links mean; or "" */
    bool lines;      /* line feeds break lines and empty lines divide paragraphs, as in WordPress's old editor */
};

/* Returns its canonical text, too. */
struct str html_body(struct arena *arena, const struct html_text *text, struct losses *losses, struct body *out);

/* Its text alone, in one line. */
struct str html_plain(struct arena *arena, struct str html);

/* WordPress's [caption], [embed], [gallery] ... as the HTML they stand for; others that only lay out are dropped.
 * `attachments` (may be NULL) has the pictures that galleries name. */
struct str shortcodes_as_html(struct arena *arena, struct str text, const struct attachments *attachments,
                              struct losses *losses);

#endif
