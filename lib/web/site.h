/* site.h - readers' side: a request comes in, a kept page goes out, or a worker makes it.
 *
 * Requests are answered on the loop thread when the page is kept and fresh (one
 * load, one compare), or is an asset. Everything else is a flight (flight.h): a
 * worker takes a snapshot, finds the route, calls its page function, collects
 * the parts (kept, shared or rendered), links them (made.h), keeps the page and
 * answers all who wait. A page that went stale keeps the parts that did not.
 *
 * Exactness: a request is answered only from a snapshot, or from a page found
 * fresh, that contains every change known when the request came. While the
 * lease (site_lease) has run out, the channel to the desk is silent and "known"
 * means: asked of the database now; so every page is checked against a new
 * snapshot before it goes out.
 */
#ifndef HAOWAI_WEB_SITE_H
#define HAOWAI_WEB_SITE_H

#include "lib/db/db.h"
#include "lib/http/http.h"
#include "lib/web/page.h"
#include "lib/web/theme.h"

struct site_config {
    const struct theme *theme;
    const struct route *routes; /* ends with pattern == NULL; the first that matches */
    size_t route_count;
    page_function *fallback; /* asked when no route matches or a page function said not found: where does an old
                                   address lead today? (moved, gone, not found). NULL: nobody knows */
    struct db *db;           /* opened with `changes`, and with a reader for each worker */
    struct tag_table *changes;
    void *app;                           /* for page functions and views */
    int media;                           /* directory served at /media/ */
    int workers;                         /* threads */
    size_t page_cache;                   /* bytes */
    size_t shared_parts;                 /* most kept; 0: none are shared */
    size_t waiting;                      /* requests that may wait; more get 503 */
    int page_not_found, page_gone;       /* kinds of pages for 404 and 410 */
    const char *page_failed, *page_busy; /* files in pages/ sent as they are for 500 and 503; NULL: a line of text */
    struct str headers;                  /* lines sent with every page: security headers */
    struct str hosts;                    /* host names answered, separated by spaces; "": any. Others get 421 */

    /* Readers saw item `item` (page_kind.counted); on a loop thread. May be NULL. */
    void (*viewed)(void *context, int loop, int64_t item, const struct http_request *request);
    /* First look at a request that is no page ("/me", "/health"): true when it was answered. May be NULL. */
    bool (*other)(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer);
    /* A page could not be made (the database failed: 503; it is too long: 500), on a worker: to be logged. May be
     * NULL. */
    void (*failed)(void *context, struct str target, const char *problem);
    void *context; /* of these three */
};

struct site;

/* The config is copied; what it points to must outlive the site. Starts the workers. Ends the process when the theme
 * lacks a file sent as it is. Without a lease (site_lease) every request asks the database. */
struct site *site_new(const struct site_config *config);

/* After http_server_stop, so that no more requests come: waits until the workers have answered all that wait. */
void site_stop(struct site *site);

/* After http_server_free: answers that nobody took any more were still the server's to let go of. */
void site_free(struct site **site);

/* http_handler.request, with the site as context. */
bool site_request(void *site, int loop, struct http_exchange *exchange, struct http_answer *answer);

/* Pages found fresh may be sent without asking the database until this moment (clock_steady_ms). 0: never. Whoever
 * renews a lease that had run out has first brought `changes` up to date. */
void site_lease(struct site *site, int64_t until_ms);

/* A page made anew from the database with nothing kept or shared: what every answer must equal, byte for byte.
 * `target` is path and query. The caller frees `body` (plain form). Returns the status; `location` is set for 301. */
int site_render_afresh(struct site *site, struct str target, struct buf *body, struct buf *location);

struct site_counts {
    uint64_t answered;   /* all requests */
    uint64_t from_cache; /* answered with a page that was kept and fresh, without a worker */
    uint64_t relinked;   /* the same, after parts that had moved on were exchanged for those of today */
    uint64_t pages_made; /* by workers */
    uint64_t parts_rendered, turned_away, failed;
    uint64_t pages_kept, page_bytes, pages_evicted, shared_kept, shared_bytes, waiting;
};
void site_counts(struct site *site, struct site_counts *out);

#endif
