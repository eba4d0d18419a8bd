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
 *   .html  Text, title, textarea and quoted attributes: & < > " ' are escaped. In an attribute that holds an address
 *          (href src action formaction srcset poster cite data ping background longdesc manifest xlink:href) a text
 *          that begins the address must be http:, https:, mailto:, or begin with a single '/', '#' or '?'; anything
 *          else, the empty text too, prints "about:invalid", as does a text that would make "/" before it "//".
 *          In <script type="application/ld+json"> it is a JSON string's inside (also < > & as \u00XX).
 *          Unquoted attributes, event handlers (on...), style, srcdoc, names, other scripts, comments, and the
 *          content of a meta element with http-equiv may not hold values: compile errors.
 *   .xml   The same places; & < > " ' escaped, characters XML 1.0 forbids left out. In <![CDATA[ ]]> nothing is
 *          escaped, but "]]>" is split over two sections.
 *   .json  A JSON string's inside. Outside of strings only whole numbers may stand.
 *   .txt   As it is.
 * A section must end in the same place of the page (text, tag, attribute, string) it began in.
 *
 * {{{name}}} and {{&name}} print unescaped and are allowed only for fields of type struct html where markup may
 * stand (.html text, .xml), and in .txt for any. {{name}} prints a struct html only in JSON strings, escaped like any
 * text; elsewhere it is an error, since escaped markup is never meant.
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
 * A moment never set, or outside the years 1 to 9999, prints nothing.
 *
 * Sections: a bool, a number other than 0, a non-empty text or html, a moment that was set are shown once; names mean
 * the same inside, and {{.}} is the value (a bool leaves {{.}} alone). A struct is shown once and becomes the context;
 * a list is shown for each element. Inside a list's section, however deep, the innermost list is known by
 *     {{#-first}} {{#-last}}  bools
 *     {{-index}}              counts from 1
 * A struct may have a field named "." to be what {{.}} prints.
 *
 * Partials are compiled where they stand, in that context and that place of the page.
 *
 * Limits: sections 64 deep, lists 15 deep, partials 16 deep (so none can include itself) and 1,000 in all.
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
    bool lenient; /* unknown names and partials, and partials too deep, print nothing instead of failing:
                   * for the specification's tests only */
};

/* Compiles `text`; the ending of `file` (".html" ...) chooses the escaping.
 * `root` describes the struct template_render will be given and must outlive
 * only the call; so must `text`. `options` may be NULL: no partials, for
 * everyone. The caller frees the result. NULL on error, with "file:line:
 * sentence" in error (200 bytes are enough for nearly all; longer ones are
 * cut), naming the partial's file when the mistake is there. A name there is
 * not comes with the closest one there is. */
struct template *template_compile(struct str file, struct str text, const struct fields *root,
                                  const struct template_options *options, char *error, size_t error_size);

/* Frees it and sets *template to NULL; does nothing when it is NULL already. */
void template_free(struct template **template);

/* Appends the rendering of `data` (a struct described by the root's fields).
 * Reads the clock never, allocates nothing but the buffer's growth; safe from
 * many threads. Check out->overflow afterwards. */
void template_render(const struct template *template, const void *data, struct buf *out);

#endif
