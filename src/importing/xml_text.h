/* xml_text.h - bytes of an XML file as UTF-8 that an XML parser accepts.
 *
 * Files in other encodings are converted (the declaration or the first bytes
 * say which); bytes that are no character, and control characters, become
 * U+FFFD, which utf8_clean drops and counts.
 */
#ifndef HAOWAI_IMPORTING_XML_TEXT_H
#define HAOWAI_IMPORTING_XML_TEXT_H

#include "lib/base/str.h"

struct xml_text;

struct xml_text *xml_text_new(void);
void xml_text_free(struct xml_text **text);

/* Gives it more; take all there is by xml_text_next before the next piece. False, with a sentence, when the encoding is
 * not known. */
bool xml_text_add(struct xml_text *text, struct str bytes, char *problem, size_t problem_size);

/* The next piece, until the next call. A character cut by the end of the input waits for its rest. */
bool xml_text_next(struct xml_text *text, struct str *out);

#endif
