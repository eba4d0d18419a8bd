/* routes.c - routes.def, pages.def and parts.def as tables. */
#include "src/routes.h"

const struct route ROUTES[] = {
#define ROUTE(pattern, function, query) {pattern, function, query},
#include "src/routes.def"
#undef ROUTE
    {NULL, NULL, NULL},
};
const size_t ROUTE_COUNT = sizeof ROUTES / sizeof *ROUTES - 1;

#define HTML "text/html; charset=utf-8"
#define RSS "application/rss+xml; charset=utf-8"
#define ATOM "application/atom+xml; charset=utf-8"
#define XML "application/xml; charset=utf-8"
#define JSON_FEED "application/feed+json; charset=utf-8"
#define MANIFEST "application/manifest+json; charset=utf-8"
#define PLAIN "text/plain; charset=utf-8"

const struct page_kind PAGES[PAGE_COUNT] = {
#define PAGE(name, layout, status, type, counted) [PAGE_##name] = {layout, status, type, counted},
#include "src/pages.def"
#undef PAGE
};

/* Words for the columns of parts.def. */
#define SHARED true
#define OWN false
#define NO_VARIANT PART_NO_ITEM, 0
#define WITHOUT_STORY ABOUT_STORY, ABOUT_WITHOUT
#define WITHOUT_ITEM ABOUT_ITEM, ABOUT_WITHOUT
#define ON(number) (1u << ABOUT_##number)

const struct part_kind PARTS[PART_COUNT] = {
#define PART(name, template, described, view, depends, sharing, variant)                                               \
    [PART_##name] = {template, &(described), view, depends, sharing, variant},
#include "src/parts.def"
#undef PART
};
