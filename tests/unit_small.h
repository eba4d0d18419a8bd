/* unit_small.h - a small site for tests of lib/web: items in sections, a list, a line of news on every page; served
 * by a
 * real server on loopback.
 *
 * Addresses: "/" · "/echo/{id}" (the shared part alone) · "/item/{id}" (its title stands in three parts, two of its
 * own and a shared one, which must agree) · "/list?page=&tag=" ·
 * "/word/{word}" · "/text" · "/number?n=" (400 unless a number) · "/broken" (a part that is too long) · "/old/..."
 * leads
 * to what the table `redirect` says. Every page shows the line; items and the list show the rail: the titles of the
 * section's items, without the page's own.
 */
#ifndef HAOWAI_TESTS_UNIT_SMALL_H
#define HAOWAI_TESTS_UNIT_SMALL_H

#include "lib/db/db.h"
#include "lib/web/site.h"

struct small_site {
    struct arena *arena;
    char dir[256];
    struct db *db; /* writes and reads */
    struct tag_table *changes;
    struct theme *theme;
    struct site *site;
    struct http_server *server;
    int port, listener, media;
    _Atomic int view_delay_us;              /* rendering the line takes this long more */
    _Atomic int lines_rendered, item_pages; /* how often the view of the line, the page function of items, ran */
    _Atomic int viewed, last_viewed;
    _Atomic int failed;
};

#define SMALL_NONE SIZE_MAX /* for a size that shall be 0 */

/* How often a part has read its item (part_once). */
extern _Atomic int small_items_read;

struct small_options {
    size_t page_cache, shared_parts, waiting;
    int workers, loops;
    struct str hosts;
    bool no_lease, no_server;
};

/* Defaults where an option is 0: 16 MiB, 1000 parts, 1000 waiting, 2 workers, 1 loop; a lease without end. */
struct small_site *small_open(const struct small_options *options);
void small_close(struct small_site **site);

/* Each is one transaction, told to the site before it returns, as the desk would; returns its number. */
uint64_t small_set_item(struct small_site *site, int64_t id, int64_t section, const char *title);
uint64_t small_remove_item(struct small_site *site, int64_t id);
uint64_t small_set_line(struct small_site *site, const char *text);
uint64_t small_set_redirect(struct small_site *site, const char *old, const char *target);
uint64_t small_touch(struct small_site *site, const char *tag);

/* Gives n items (each to the section of its tens) and, when `line` is set, the line a title that says who it is and in
 * which change it was written: "e12v345;" (the line is 0), in one transaction. Told, or its tags in *tags. */
uint64_t small_set_many(struct small_site *site, const int64_t *items, size_t n, bool line, bool told,
                        struct str *tags);

/* Takes a table away, as a failing disk would, and puts it back. */
void small_break_table(struct small_site *site, const char *table);
void small_mend_table(struct small_site *site, const char *table);

/* The same without telling: what a silent channel looks like. */
uint64_t small_set_line_untold(struct small_site *site, const char *text, struct str *tags);

/* --- a reader ----------------------------------------------------------------------- */

struct small_reply {
    int status;
    struct str head, body; /* in the arena */
};

int small_connect(struct small_site *site);

/* `headers`: "Name: value\r\n" lines. */
struct small_reply small_ask(int connection, struct arena *arena, const char *method, const char *target,
                             const char *headers);

/* The two halves of it. */
void small_send(int connection, const char *method, const char *target, const char *headers);
struct small_reply small_receive(int connection, struct arena *arena, const char *method);

/* GET on a connection of its own. */
struct small_reply small_get(struct small_site *site, const char *target, const char *headers);

/* The value of a header; p == NULL when there is none. `name` as it is sent. */
struct str small_header(const struct small_reply *reply, const char *name);
bool small_shows(const struct small_reply *reply, const char *text);

/* The gzip body opened. */
struct str small_unzip(struct arena *arena, struct str packed);

#endif
