/* template.h - Mustache, compiled once against described structs.
 *
 * The language is the official Mustache specification without lambdas:
 * {{name}} {{{name}}} {{&name}} {{#section}} {{^inverted}} {{! comment }} {{> partial}}
 * {{=<% %>=}}, dotted names, the implicit iterator {{.}}, standalone lines.
 *
 * Names are resolved when the template is compiled: through the stack of
 * contexts, innermost first, against the structs' field descriptions. A name no
 * context has is an error with file and line, so a running paper never meets one.
 *
 * What a value prints as depends on where it stands, not on the author's care:
 *   .html  text and quoted attributes: & < > " ' are escaped. In href, src and the like a value that
 *          begins the attribute must be a safe link or prints "about:invalid". In <script type="application/ld+json"> it is a
 *          JSON string's inside (also < > & as \u00XX). Unquoted attributes, event handlers (on...), style, other
 *          scripts and comments may not hold values: compile errors.
 *   .xml   & < > " ' escaped, characters XML 1.0 forbids left out.
 *   .json  a JSON string's inside.
 *   .txt   as it is.
 * {{{name}}} prints unescaped and is allowed only for fields of type struct html (and, in .txt, any).
 *
 * Integers print in decimal, booleans print nothing (they are for sections).
 * A moment needs one of: iso mail date time datetime day weekday year month monthday
 *     {{published.iso}}       2025-08-21T11:19:00+08:00
 *     {{published.mail}}      Thu, 21 Aug 2025 11:19:00 +0800
 *     {{published.date}}      2025年8月21日
 *     {{published.time}}      11:19
 *     {{published.datetime}}  2025年8月21日 11:19
 *     {{published.weekday}}   星期四
 *     {{published.day}}       20250821
 *     {{published.monthday}}  8月21日     {{published.year}} 2025     {{published.month}} 8
 *
 * Sections: a bool, a number other than 0, a non-empty text or html, a moment
 * that was set are shown once with the context unchanged; a struct is shown
 * once and becomes the context; a list is shown for each element.
 */
#ifndef HAOWAI_TEMPLATE_TEMPLATE_H
#define HAOWAI_TEMPLATE_TEMPLATE_H

#include "lib/base/buf.h"
#include "lib/base/fields.h"

struct template;

/* Where partials come from: fills *text (valid until compilation ends) for
 * {{> name}}; false when there is none. Names are file names without ending; a
 * partial is in the language of the file that includes it. */
struct template_source {
    void *context;
    bool (*load)(void *context, struct str name, struct str *text);
};

struct template_options {
    const struct template_source *source; /* NULL: no partials */
    enum field_audience audience;         /* FIELD_FOR_EVERYONE refuses FIELD_DESK fields */
    bool lenient; /* unknown names print nothing instead of failing; for the specification's tests only */
};

/* Compiles `text`; the ending of `file` (".html" ...) chooses the escaping.
 * `root` describes the struct template_render will be given. NULL on error,
 * with "file:line: sentence" in error. */
struct template *template_compile(struct str file, struct str text, const struct fields *root,
                                  const struct template_options *options, char *error, size_t error_size);
void template_free(struct template **template);

/* Appends the rendering of `data` (a struct described by the root's fields).
 * Reads the clock never, allocates nothing but the buffer's growth; safe from
 * many threads. Check out->overflow afterwards. */
void template_render(const struct template *template, const void *data, struct buf *out);

#endif
