/* page.h - what is written above the page cache: pages, parts, views.
 *
 * A page is a sequence of parts. Three tables say everything:
 *
 *   routes.def   address -> page function; it finds out what the page is about
 *                and whether it exists, and ends with page(), not_found() ...
 *   pages.def    kind of page -> layout file: literal text with {{> part}} slots
 *   parts.def    kind of part -> view function, its fields, and which of the
 *                page's numbers it depends on
 *
 * A part with equal numbers is one part, on however many pages it stands: it is
 * rendered once and shared. View functions block and run top to bottom in a
 * worker thread; everything they make lives in part->arena. What they read
 * through part->db is what the finished part depends on; they read no clock.
 */
#ifndef HAOWAI_WEB_PAGE_H
#define HAOWAI_WEB_PAGE_H

#include "lib/base/arena.h"
#include "lib/base/fields.h"
#include "lib/db/db.h"
#include "lib/web/pattern.h"

/* What a page is about: a few numbers, whose meaning the application names. */
enum { ABOUT_MOST = 8 };

struct about {
    int64_t at[ABOUT_MOST];
};

#define ABOUT(...) ((struct about){{__VA_ARGS__}})

/* --- parts --------------------------------------------------------------------- */

struct once;

struct part {
    struct db_reader *db;
    struct arena *arena;
    void *app;
    const struct about *about;
    struct once *once;   /* see part_once; may be NULL */
    LIST(int64_t) shows; /* see part_shows */
};

/* Returns the struct its template prints, described by part_kind.fields; lives in part->arena. */
typedef const void *part_view(struct part *part);

/* Notes that the part shows this item. Where a kind has `without` set, a page
 * about an item that the part shows gets a variant that leaves it out. */
void part_shows(struct part *part, int64_t item);

/* What several parts of one page are made from: read and worked out once for the page. `read` is called the first time
 * it is asked for with this `id`, later the same result is given; what it read counts for every part that asks. It must
 * not depend on anything but the database and `id`. */
typedef const void *once_function(struct db_reader *db, struct arena *arena, int64_t id);
const void *part_once(struct part *part, once_function *read, int64_t id);

enum { PART_NO_ITEM = -1 };

struct part_kind {
    const char *template; /* file in parts/: "article-body.html"; without its ending it names the slot */
    const struct fields *fields;
    part_view *view;
    uint32_t depends;  /* bit i: about.at[i] makes a difference */
    bool shared;       /* kept for other pages too */
    int item, without; /* about.at[item] is the page's own item; the variant without it has the same number
                                    in about.at[without]. PART_NO_ITEM: no variants */
};

/* --- pages --------------------------------------------------------------------- */

struct page_kind {
    const char *layout; /* file in pages/: "article.html" */
    int status;         /* 200, or that of an error page */
    const char *type;   /* media type with charset */
    int counted;        /* about.at[counted] was viewed when it is answered; PART_NO_ITEM: not counted */
};

enum answer {
    ANSWER_PAGE,      /* page() */
    ANSWER_NOT_FOUND, /* 404 */
    ANSWER_GONE,      /* 410 */
    ANSWER_MOVED,     /* 301 to req->location */
    ANSWER_BAD,       /* 400: a parameter is not what it must be */
    ANSWER_TEXT,      /* req->text with req->type; kept neither here nor by browsers */
};

struct route;

/* What a page function gets. It cannot see who asks: pages are the same for everybody. */
struct request {
    struct arena *arena;
    struct db_reader *db;
    void *app;
    const struct route *route; /* NULL for site_config.fallback */
    struct pattern_values values;
    struct str path, query; /* the query holds declared keys only, in their order; all of it where no route matched */

    /* the answer */
    int page;
    struct about about;
    struct str location, text, type;
};

typedef enum answer page_function(struct request *req);

/* One line of routes.def. Pattern: "/news/{day:int}/{id:int}", "/topic/{slug}". Query
 * keys that make a difference are named, separated by spaces; all others are ignored. */
struct route {
    const char *pattern;
    page_function *function;
    const char *query;
};

/* A parameter of the path: decoded text, or a number ("{id:int}" matches 1-18 digits without leading zero). */
struct str param(const struct request *req, const char *name);
int64_t param_int(const struct request *req, const char *name);

/* A declared query parameter; `otherwise` when it is absent, -1 when it is no
 * whole number from 0 to 10^9. */
int64_t query_int(const struct request *req, const char *name, int64_t otherwise);
struct str query_text(const struct request *req, const char *name);

/* How a page function ends. `location` is a path of this site or an absolute address. */
enum answer page(struct request *req, int kind, struct about about);
enum answer moved(struct request *req, struct str location);
enum answer not_found(struct request *req);
enum answer gone(struct request *req);

#endif
