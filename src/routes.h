/* routes.h - the tables of what readers can see: addresses, kinds of pages, kinds of parts.
 *
 * A page function is declared here by its line in routes.def, a view and its
 * fields by their line in parts.def; no domain's header mentions pages.
 */
#ifndef HAOWAI_ROUTES_H
#define HAOWAI_ROUTES_H

#include "lib/web/page.h"
#include "src/app.h"

#define ROUTE(pattern, function, query) page_function function;
#include "src/routes.def"
#undef ROUTE

#define PART(name, template, described, view, depends, sharing, variant)                                               \
    extern const struct fields described;                                                                              \
    part_view view;
#include "src/parts.def"
#undef PART

enum page_name {
#define PAGE(name, layout, status, type, counted) PAGE_##name,
#include "src/pages.def"
#undef PAGE
    PAGE_COUNT
};

enum part_name {
#define PART(name, template, described, view, depends, sharing, variant) PART_##name,
#include "src/parts.def"
#undef PART
    PART_COUNT
};

/* Asked when no route matches, or the page function found nothing: old addresses (src/redirect/redirect_page.c). Its
 * req->query is the whole query. */
page_function redirect_page;

/* Ends with pattern == NULL; ROUTE_COUNT without that. */
extern const struct route ROUTES[];
extern const size_t ROUTE_COUNT;
extern const struct page_kind PAGES[PAGE_COUNT];
extern const struct part_kind PARTS[PART_COUNT];

#endif
