/* frame.h - what stands around every page, and what all long lists have in common.
 *
 * The structs here are those that themes/default/VIEWS.md lists as small: the
 * paper itself, the head of a list page, numbered pages, stories by day.
 */
#ifndef HAOWAI_FRAME_FRAME_H
#define HAOWAI_FRAME_FRAME_H

#include "lib/web/page.h"
#include "src/article/article.h"

/* The paper, as heads, masthead and footer name it. */
struct site_view {
    struct str title, latin_title, tagline, description, language, address, logo_url, contact_email;
};
extern const struct fields SITE_FIELDS;

/* From the settings; the logo's address is looked up among the media. */
struct site_view site_view(struct part *part);

/* For parts that show nothing else. */
struct site_only {
    struct site_view site;
};
extern const struct fields SITE_ONLY_FIELDS;
const void *site_only_view(struct part *part);

struct link {
    struct str url, title;
};
extern const struct fields LINK_FIELDS;

/* --- long lists --------------------------------------------------------------------- */

struct pager_link {
    int64_t number;
    struct str url;
    bool current, gap; /* gap: numbers are left out before this one */
};

struct pager {
    bool has_pages;
    struct str previous_url, next_url; /* "" at the ends */
    LIST(struct pager_link) links;
};
extern const struct fields PAGER_FIELDS;

/* A page of a long list knows of so many pages behind it; who counts them all pays for all. */
enum { PAGER_AHEAD = 4 };

/* Page `number` (from 1) of the list at `url`, whose first page is `url` itself; it has at least `pages`, counted up to
 * number + PAGER_AHEAD. */
struct pager pager_make(struct arena *arena, struct str url, int64_t number, int64_t pages);
struct str pager_url(struct arena *arena, struct str url, int64_t number);

/* Stories of one day in a list that goes from the newest to the oldest. */
struct day_group {
    struct moment at;
    story_cards stories;
};
extern const struct fields DAY_GROUP_FIELDS;
typedef LIST(struct day_group) day_groups;

/* The cards in their order; a new group where the day of publication changes. */
void day_groups_make(struct arena *arena, const story_cards *cards, day_groups *out);

/* A list that is nothing but its days and its pager. */
struct days_view {
    day_groups days;
    struct pager pager;
};
extern const struct fields DAYS_VIEW_FIELDS;
struct days_view days_view_make(struct arena *arena, const story_cards *cards, struct str url, int64_t number,
                                int64_t pages);

/* The number of the page asked for; below 1 when it is none. */
int64_t list_number(const struct request *req);

/* How a page function of a long list that has `pages` (counted up to list_number) ends: the page, with its number in
 * ABOUT_NUMBER; 404 for a number there is not; 301 for a spelled-out "page=1". */
enum answer list_page(struct request *req, int kind, struct about about, int64_t pages);

/* --- heads of list pages -------------------------------------------------------------- */

struct head_page {
    struct site_view site;
    struct str title, description; /* the description may be empty */
    struct str url;                /* canonical path */
    struct str feed, rss;          /* see VIEWS.md */
    struct str previous_url, next_url;
};
extern const struct fields HEAD_PAGE_FIELDS;

/* The head of a page that is no long list. */
struct head_page *head_page_make(struct part *part, struct str title, struct str description, struct str url);

/* The head of page `number` of `pages`, counted up to number + 1: with the number in title and address, and the
 * neighbours. */
struct head_page *head_list_make(struct part *part, struct str title, struct str description, struct str url,
                                 int64_t number, int64_t pages);

#endif
