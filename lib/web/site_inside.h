/* site_inside.h - private: what the files behind site.h share. */
#ifndef HAOWAI_WEB_SITE_INSIDE_H
#define HAOWAI_WEB_SITE_INSIDE_H

#include "lib/web/address.h"
#include "lib/web/flight.h"
#include "lib/web/kept.h"
#include "lib/web/shared.h"
#include "lib/web/site.h"

#include <pthread.h>

/* Counters are kept apart by loop (and workers in the last one), so that loops do not fight over them. */
enum { COUNT_SETS = 16, COUNT_WORKERS = COUNT_SETS - 1 };

struct count_set {
    _Atomic uint64_t answered, from_cache, relinked, pages_made, parts_rendered, turned_away, failed;
} __attribute__((aligned(64)));

static inline void count_one(_Atomic uint64_t *counter)
{
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

/* An answer whose every byte is known at start. */
struct fixed_answer {
    int status;
    struct str headers;
    struct iovec body;
};

enum { FIXED_MOST = 8 };

/* What one worker thread works with. */
struct maker {
    struct site *site;
    struct arena *arena;
    struct packer *packer;
    struct buf text; /* a part as it is rendered */
};

struct site {
    uint32_t magic;
    struct site_config config;
    struct arena *arena; /* what lives as long as the site */
    struct kept *kept;
    struct shared *shared; /* NULL: nothing is shared */
    struct flights *flights;
    struct made_headers *headers; /* by kind of page */
    struct str *hosts;
    size_t host_count;
    struct fixed_answer fixed[FIXED_MOST];
    size_t fixed_count;
    _Atomic int64_t lease_until;
    pthread_t *threads;
    bool stopped;
    struct count_set counts[COUNT_SETS];
};

#define SITE_MAGIC 0x53495445u

static inline struct count_set *counts_of(struct site *site, int loop)
{
    return &site->counts[(unsigned)loop % COUNT_WORKERS];
}

/* --- making.c ---------------------------------------------------------------------- */

/* What became of a target. */
struct outcome {
    int status;
    struct made *made;     /* the page, with a reference; or */
    struct str location;   /* 301, in the maker's arena; or */
    struct str text, type; /* in the maker's arena; or a fixed answer of this status */
    uint64_t as_of;        /* the number of the snapshot */
    int64_t began_us;      /* a moment before the snapshot */
    bool failed;           /* nothing is known of the target: 500 or 503 */
};

struct maker maker_new(struct site *site);
void maker_free(struct maker *maker);

/* Makes what a target (query as in flight_join) shows, from a snapshot begun now. `afresh`: with nothing that was
 * made before, and nothing of it kept. The caller drops out->made, then resets the maker's arena. */
void make_outcome(struct maker *maker, struct str path, struct str query, bool afresh, struct outcome *out);

/* On a loop thread: exchanges parts of a page that has gone stale for shared ones that are at hand, and keeps the new
 * page. NULL when that is not enough. */
struct made *relink(struct site *site, struct str address, const struct made *former);

/* --- site_errors.c ------------------------------------------------------------------ */

/* Prepares the fixed answers. */
void fixed_answers_load(struct site *site);

/* Never NULL for 400, 405, 414, 421, 500, 503. */
void answer_fixed(const struct site *site, int status, struct http_answer *answer);
void answer_moved(const struct site *site, struct str location, struct http_answer *answer);
void answer_text(const struct site *site, struct str text, struct str type, struct http_answer *answer);

/* --- fixed_files.c ------------------------------------------------------------------- */

/* Answers a path below /assets/ or /media/; false when there is no such file. */
bool answer_file(struct site *site, const struct http_request *request, struct http_answer *answer);

#endif
