/* authors.h - "記者王小明、李小華／台北報導" becomes people and a report type. */
#ifndef HAOWAI_IMPORTING_AUTHORS_H
#define HAOWAI_IMPORTING_AUTHORS_H

#include "src/article/draft.h"

struct authors {
    LIST(struct draft_byline) people; /* person 0; none twice */
    struct str report_type;           /* "台北報導", "綜合報導"; or "" */
};

/* `text` is clean and one line. Names are divided by 、 ， , ; ； & / ／ and " and "; before 報導 by spaces too.
 * Whatever is no name of people is one all the same: 節目中心. */
void authors_read(struct arena *arena, struct str text, struct authors *out);

#endif
