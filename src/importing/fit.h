/* fit.h - what is too large for this paper is cut where it hurts least, and noted as a loss. */
#ifndef HAOWAI_IMPORTING_FIT_H
#define HAOWAI_IMPORTING_FIT_H

#include "src/article/body.h"
#include "src/importing/loss.h"

/* The text, or as much of it as is `most` full-width characters wide, with "…". */
struct str fit_width(struct losses *losses, const char *field, struct str text, size_t most);

/* Plain text as paragraphs: one a line, without the white space around it. Lines beyond what a body may have of blocks
 * share blocks. */
void fit_paragraphs(struct arena *arena, struct str text, struct losses *losses, struct body *out);

/* Blocks at the end go until the body keeps its limits. Returns its canonical text. */
struct str fit_body(struct arena *arena, struct body *body, struct losses *losses);

#endif
