/* moment.h - the written forms of a moment that a template can ask for. */
#ifndef HAOWAI_TEMPLATE_MOMENT_H
#define HAOWAI_TEMPLATE_MOMENT_H

#include "lib/base/buf.h"
#include "lib/base/clock.h"

enum moment_form {
    MOMENT_FORM_NONE, /* the moment itself: good for sections, cannot be printed */
    MOMENT_FORM_ISO,
    MOMENT_FORM_MAIL,
    MOMENT_FORM_DATE,
    MOMENT_FORM_TIME,
    MOMENT_FORM_DATETIME,
    MOMENT_FORM_DAY,
    MOMENT_FORM_WEEKDAY,
    MOMENT_FORM_YEAR,
    MOMENT_FORM_MONTH,
    MOMENT_FORM_MONTHDAY,
};

/* The names of all forms, for error messages. */
extern const char MOMENT_FORM_NAMES[];

/* The form called `name` ("iso", "date" ...); false when there is none. */
bool moment_form_find(struct str name, enum moment_form *out);

/* A form that is a plain decimal number (day, year, month). */
bool moment_form_is_number(enum moment_form form);

/* Appends the moment in the paper's zone; nothing when it was never set or
 * lies outside the years 1 to 9999. The result holds no character that HTML, XML or JSON would have to escape. */
void moment_add(struct buf *out, struct moment moment, enum moment_form form);

#endif
