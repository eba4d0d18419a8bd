/* unit_site.h - a small site for tests of lib/web: items in sections, a list, a line of news on every page; served by a
 * real server on loopback.
 *
 * Addresses: "/" · "/item/{id}" (its title stands in the head and in the body, which must agree) · "/list?page=&tag=" ·
 * "/word/{word}" · "/text" · "/number?n=" (400 unless a number) · "/broken" (a part that is too long) · "/old/..." leads
 * to what the table `redirect` says. Every page shows the line; items and the list show the rail: the titles of the
 * section's items, without the page's own.
 */
#ifndef HAOWAI_TESTS_UNIT_SITE_H
#define HAOWAI_TESTS_UNIT_SITE_H

#include "lib/db/db.h"
#include "lib/web/site.h"

struct unit_site {
    struct arena *arena;
    char dir[256];
    struct db *db; /* writes and reads */
    struct tag_table *changes;
    struct theme *theme;
    struct site *site;
    struct http_server *server;
    int port, listener, media;
    _Atomic int view_delay_us;        /* rendering the line takes this long more */
    _Atomic int lines_rendered, item_pages; /* how often the view of the line, the page function of items, ran */
    _Atomic int viewed, last_viewed;
    _Atomic int failed;
};

struct unit_site_options {
    size_t page_cache, shared_parts, waiting;
    int workers, loops;
    struct str hosts;
    bool no_lease, no_server;
};

/* Defaults where an option is 0: 16 MiB, 1000 parts, 1000 waiting, 2 workers, 1 loop; a lease without end. */
struct unit_site *unit_site_open(const struct unit_site_options *options);
void unit_site_close(struct unit_site **site);

/* Each is one transaction, told to the site before it returns, as the desk would; returns its number. */
uint64_t unit_set_item(struct unit_site *site, int64_t id, int64_t section, const char *title);
uint64_t unit_remove_item(struct unit_site *site, int64_t id);
uint64_t unit_set_line(struct unit_site *site, const char *text);
uint64_t unit_set_redirect(struct unit_site *site, const char *old, const char *target);
uint64_t unit_touch(struct unit_site *site, const char *tag);

/* The same without telling: what a silent channel looks like. */
uint64_t unit_set_line_untold(struct unit_site *site, const char *text, struct str *tags);

/* --- a reader ----------------------------------------------------------------------- */

struct unit_reply {
    int status;
    struct str head, body; /* in the arena */
};

int unit_connect(struct unit_site *site);

/* `headers`: "Name: value\r\n" lines. */
struct unit_reply unit_ask(int connection, struct arena *arena, const char *method, const char *target,
                           const char *headers);

/* GET on a connection of its own. */
struct unit_reply unit_get(struct unit_site *site, const char *target, const char *headers);

/* The value of a header; p == NULL when there is none. `name` as it is sent. */
struct str unit_header(const struct unit_reply *reply, const char *name);
bool unit_shows(const struct unit_reply *reply, const char *text);

/* The gzip body opened. */
struct str unit_unzip(struct arena *arena, struct str packed);

#endif
