/* unit_pages.h - pages of a unit paper, as readers would get them.
 *
 *     struct unit_page got = unit_get(paper, "/section/world/feed.xml");
 *     assert_int_equal(got.status, 200);
 *
 * Routes, page functions, views and the theme in themes/default are the real
 * ones; nothing is kept, so every call reads the database. Assets keep their plain addresses in layouts. Ends the test
 * when a part depends on a number that its line in parts.def does not name.
 */
#ifndef HAOWAI_TESTS_UNIT_PAGES_H
#define HAOWAI_TESTS_UNIT_PAGES_H

#include "lib/web/page.h"
#include "tests/unit_paper.h"

struct unit_page {
    int status;          /* 200, 301, 400, 404, 410 */
    struct str body;     /* of a page, an error page or text; else "" */
    struct str type;     /* media type */
    struct str location; /* of a 301 */
    int kind;            /* of the page; -1: none */
    struct about about;  /* of the page */
    struct tag_set tags; /* what all of it was made from */
};

/* `target`: path and query, still encoded. Everything lives in the paper's arena. */
struct unit_page unit_get(struct unit_paper *paper, const char *target);

/* Does the theme bring this asset ("/assets/site.4f2a91c03b7d.css")? */
bool unit_has_asset(struct str address);

static inline bool unit_shows(const struct unit_page *got, const char *text)
{
    return str_find(got->body, str_of(text), 0) >= 0;
}

#endif
