/* site.c - requests on the loop threads, flights on the workers.
 *
 * A loop thread answers what takes no waiting: a page that is kept and fresh, one whose moved parts are all at hand, a
 * file, a refusal. It takes one short lock (of a sixty-fourth of the kept pages) and allocates nothing for a page that
 * is fresh. The rest joins a flight, and a worker answers it.
 *
 * When is an outcome new enough for a request? With a lease, what was acknowledged before the request came is in the
 * table of changes; so it must be from a snapshot with at least that number, or a page found fresh since. Without one
 * the table proves nothing, and only a snapshot begun after the request came will do. A flight that was begun earlier
 * answers those it is new enough for and is made once more for the others.
 */
#include "lib/web/site.h"

#include "lib/base/check.h"
#include "lib/web/site_inside.h"

#include <unistd.h>

enum {
    ADDRESS_MOST = 4096,    /* bytes of path and declared query */
    BEHIND_ATTEMPTS = 500,  /* a snapshot that is behind what is known (a replica's) is taken again ... */
    BEHIND_PAUSE_US = 2000, /* ... after this long */
};

/* --- on a loop thread ---------------------------------------------------------------- */

/* The Host header without its port. */
static struct str host_name(struct str host)
{
    size_t end = host.n;

    while (end > 0 && host.p[end - 1] >= '0' && host.p[end - 1] <= '9')
        end--;
    return end > 1 && host.p[end - 1] == ':' ? str_head(host, end - 1) : host;
}

static bool is_our_host(const struct site *site, struct str host)
{
    for (size_t i = 0; i < site->host_count; i++)
        if (str_equal_nocase(site->hosts[i], host_name(host)))
            return true;
    return site->host_count == 0;
}

static bool has_lease(struct site *site)
{
    int64_t until = atomic_load_explicit(&site->lease_until, memory_order_acquire);

    return until != 0 && clock_steady_ms() < until;
}

static void tell_viewed(struct site *site, int loop, const struct made *made, const struct http_request *request)
{
    const struct page_kind *kind = &site->config.theme->pages[made->kind];

    if (site->config.viewed && kind->counted >= 0 && request->method == HTTP_GET)
        site->config.viewed(site->config.context, loop, made->about.at[kind->counted], request);
}

static void answer_page(struct site *site, struct made *made, const struct http_request *request,
                        struct http_answer *answer)
{
    int kind = made->kind;

    made_answer(made, site->config.theme->pages[kind].status, &site->headers[kind], request, answer);
}

/* Answers with the page kept for this address, if it is fresh or can be made so with what is at hand. */
static bool answer_kept(struct site *site, int loop, struct str address, const struct http_request *request,
                        struct http_answer *answer)
{
    struct made *made = kept_find(site->kept, address);

    if (!made)
        return false;
    if (!made_check(made, site->config.changes)) {
        struct made *former = made;
        made = relink(site, address, former);
        made_drop(&former);
        if (!made)
            return false;
        count_one(&counts_of(site, loop)->relinked);
    }
    count_one(&counts_of(site, loop)->from_cache);
    tell_viewed(site, loop, made, request);
    answer_page(site, made, request, answer);
    return true;
}

/* Path, and what of the query makes a difference, composed in `out`: "/path" or "/path?a=1". */
static struct str address_of(const struct site *site, const struct http_request *request, struct buf *out)
{
    struct pattern_values values;

    if (!request->query.n)
        return request->path;
    const struct route *route = address_route(site->config.routes, request->path, NULL, &values);
    buf_add_str(out, request->path);
    buf_add_char(out, '?');
    if (route)
        address_query(route->query, request->query, out);
    else
        buf_add_str(out, request->query);
    return out->n > request->path.n + 1 ? buf_str(out) : request->path;
}

static bool answer_at_once(struct site *site, int status, struct http_answer *answer)
{
    answer_fixed(site, status, answer);
    return true;
}

static bool join(struct site *site, int loop, struct http_exchange *exchange, struct str address, bool leased,
                 struct http_answer *answer)
{
    size_t path = http_exchange_request(exchange)->path.n;
    struct waiter waiter = {.exchange = exchange,
                            .loop = loop,
                            .arrived = tag_table_sequence(site->config.changes),
                            .asked_us = leased ? 0 : clock_steady_us()};

    if (flight_join(site->flights, str_head(address, path), str_from(address, path + 1), waiter))
        return false; /* a worker answers; the exchange may be gone already */
    count_one(&counts_of(site, loop)->turned_away);
    return answer_at_once(site, 503, answer);
}

static bool answer_request(struct site *site, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    const struct http_request *request = http_exchange_request(exchange);
    char room[ADDRESS_MOST];
    struct buf composed = {.p = room, .capacity = sizeof room, .max = sizeof room};

    if (site->config.other && site->config.other(site->config.context, loop, exchange, answer))
        return true;
    if (!is_our_host(site, request->host))
        return answer_at_once(site, 421, answer);
    if (request->method != HTTP_GET && request->method != HTTP_HEAD)
        return answer_at_once(site, 405, answer);
    struct str address = address_of(site, request, &composed);
    if (composed.overflow || address.n > sizeof room)
        return answer_at_once(site, 414, answer);
    bool leased = has_lease(site);
    if (leased && answer_kept(site, loop, address, request, answer))
        return true;
    if (answer_file(site, request, answer))
        return true;
    return join(site, loop, exchange, address, leased, answer);
}

bool site_request(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    struct site *site = context;

    CHECK_LIVE(site, SITE_MAGIC);
    count_one(&counts_of(site, loop)->answered);
    return answer_request(site, loop, exchange, answer);
}

/* --- on a worker ---------------------------------------------------------------------- */

/* A view is told on the loop thread that lets go of the answer. */
struct sent {
    struct site *site;
    struct http_exchange *exchange;
    int loop;
    struct made *made;
    void (*release)(void *owner);
    void *owner;
};

static void release_sent(void *owner)
{
    struct sent *sent = owner;

    tell_viewed(sent->site, sent->loop, sent->made, http_exchange_request(sent->exchange));
    sent->release(sent->owner);
    made_drop(&sent->made);
    free(sent);
}

static void tell_when_sent(struct site *site, const struct waiter *waiter, struct made *made,
                           struct http_answer *answer)
{
    if (!site->config.viewed || site->config.theme->pages[made->kind].counted < 0)
        return;
    struct sent *sent = malloc(sizeof *sent);
    if (!sent)
        die("out of memory");
    *sent = (struct sent){site, waiter->exchange, waiter->loop, made_keep(made), answer->release, answer->owner};
    answer->release = release_sent;
    answer->owner = sent;
}

static void answer_outcome(struct site *site, const struct waiter *waiter, const struct outcome *outcome)
{
    const struct http_request *request = http_exchange_request(waiter->exchange);
    struct http_answer answer;

    if (outcome->made) {
        answer_page(site, made_keep(outcome->made), request, &answer);
        tell_when_sent(site, waiter, outcome->made, &answer);
    } else if (outcome->status == 301) {
        answer_moved(site, outcome->location, &answer);
    } else if (outcome->status == 200) {
        answer_text(site, outcome->text, outcome->type, &answer);
    } else {
        answer_fixed(site, outcome->status, &answer);
    }
    http_answer(waiter->exchange, &answer);
}

static bool is_new_enough(const struct site *site, const struct outcome *outcome, const struct waiter *waiter)
{
    if (outcome->failed)
        return true;
    if (waiter->asked_us)
        return outcome->began_us > waiter->asked_us;
    return outcome->as_of >= waiter->arrived || (outcome->made && made_check(outcome->made, site->config.changes));
}

/* Answers those it is new enough for; the others stay. */
static void answer_waiters(struct site *site, struct flight *flight, const struct outcome *outcome)
{
    size_t left = 0;

    for (size_t i = 0; i < flight->waiter_count; i++) {
        if (is_new_enough(site, outcome, &flight->waiters[i]))
            answer_outcome(site, &flight->waiters[i], outcome);
        else
            flight->waiters[left++] = flight->waiters[i];
    }
    flight->waiter_count = left;
}

static void fly(struct maker *maker, struct flight *flight)
{
    struct site *site = maker->site;
    struct outcome outcome;

    make_outcome(maker, flight->path, flight->query, false, &outcome);
    flight_land(site->flights, flight);
    answer_waiters(site, flight, &outcome);
    for (int attempt = 0; flight->waiter_count > 0; attempt++) {
        made_drop(&outcome.made);
        arena_reset(maker->arena);
        if (attempt > 0)
            usleep(BEHIND_PAUSE_US);
        make_outcome(maker, flight->path, flight->query, false, &outcome);
        if (attempt == BEHIND_ATTEMPTS) {
            made_drop(&outcome.made);
            outcome = (struct outcome){.failed = true, .status = 503};
        }
        answer_waiters(site, flight, &outcome);
    }
    made_drop(&outcome.made);
    arena_reset(maker->arena);
    flight_free(&flight);
}

static void *work(void *context)
{
    struct maker maker = maker_new(context);

    for (struct flight *flight; (flight = flight_take(maker.site->flights));)
        fly(&maker, flight);
    maker_free(&maker);
    return NULL;
}

/* --- starting and stopping --------------------------------------------------------------- */

static void load_hosts(struct site *site)
{
    LIST(struct str) hosts = {0};

    for (struct str rest = site->config.hosts; rest.p;) {
        struct str host = str_cut(&rest, ' ');
        if (host.n)
            *LIST_ADD(site->arena, &hosts) = host;
    }
    site->hosts = hosts.at;
    site->host_count = hosts.n;
}

static void load_headers(struct site *site)
{
    const struct theme *theme = site->config.theme;
    struct arena *arena = site->arena;
    struct str always =
        str_join(arena, STR("Cache-Control: public, no-cache\r\nVary: Accept-Encoding\r\n"), site->config.headers);

    site->headers = ARENA_ARRAY(arena, struct made_headers, theme->page_count);
    for (size_t i = 0; i < theme->page_count; i++) {
        struct made_headers *headers = &site->headers[i];
        headers->unchanged = always;
        headers->plain = str_printf(arena, "Content-Type: %s\r\n%.*s", theme->pages[i].type, STR_ARG(always));
        headers->packed = str_join(arena, headers->plain, STR("Content-Encoding: gzip\r\n"));
    }
}

struct site *site_new(const struct site_config *config)
{
    struct site *site = aligned_alloc(64, (sizeof *site + 63) / 64 * 64);

    CHECK(config->workers > 0 && config->db && config->changes);
    if (!site)
        die("out of memory");
    memset(site, 0, sizeof *site);
    site->magic = SITE_MAGIC;
    site->config = *config;
    site->arena = arena_new();
    load_hosts(site);
    load_headers(site);
    fixed_answers_load(site);
    site->kept = kept_new(config->page_cache);
    site->shared = config->shared_parts ? shared_new(config->shared_parts, config->changes) : NULL;
    site->flights = flights_new(config->waiting);
    site->threads = ARENA_ARRAY(site->arena, pthread_t, (size_t)config->workers);
    for (int i = 0; i < config->workers; i++)
        if (pthread_create(&site->threads[i], NULL, work, site) != 0)
            die("cannot start a thread for worker %d", i);
    return site;
}

void site_stop(struct site *site)
{
    CHECK_LIVE(site, SITE_MAGIC);
    if (site->stopped)
        return;
    flights_stop(site->flights);
    for (int i = 0; i < site->config.workers; i++)
        pthread_join(site->threads[i], NULL);
    site->stopped = true;
}

void site_free(struct site **out)
{
    struct site *site = *out;

    *out = NULL;
    if (!site)
        return;
    site_stop(site);
    flights_free(&site->flights);
    kept_free(&site->kept);
    shared_free(&site->shared);
    arena_free(&site->arena);
    site->magic = 0;
    free(site);
}

void site_lease(struct site *site, int64_t until_ms)
{
    CHECK_LIVE(site, SITE_MAGIC);
    atomic_store_explicit(&site->lease_until, until_ms, memory_order_release);
}

/* --- for the oracle and for counters ------------------------------------------------------- */

int site_render_afresh(struct site *site, struct str target, struct buf *body, struct buf *location)
{
    struct maker maker = maker_new(site);
    struct buf composed = BUF(target.n + 1);
    struct http_request request = {.target = target};
    struct outcome outcome;

    request.query = target;
    request.path = str_cut(&request.query, '?');
    struct str address = address_of(site, &request, &composed);
    make_outcome(&maker, request.path, str_from(address, request.path.n + 1), true, &outcome);
    buf_add_str(location, outcome.location);
    if (outcome.made)
        made_plain(outcome.made, body);
    else if (outcome.status == 200)
        buf_add_str(body, outcome.text);
    made_drop(&outcome.made);
    buf_free(&composed);
    maker_free(&maker);
    return outcome.status;
}

void site_counts(struct site *site, struct site_counts *out)
{
    struct kept_counts kept;
    struct shared_counts shared = {0};

    *out = (struct site_counts){.waiting = flights_waiting(site->flights)};
    for (int i = 0; i < COUNT_SETS; i++) {
        struct count_set *set = &site->counts[i];
        out->answered += atomic_load_explicit(&set->answered, memory_order_relaxed);
        out->from_cache += atomic_load_explicit(&set->from_cache, memory_order_relaxed);
        out->relinked += atomic_load_explicit(&set->relinked, memory_order_relaxed);
        out->pages_made += atomic_load_explicit(&set->pages_made, memory_order_relaxed);
        out->parts_rendered += atomic_load_explicit(&set->parts_rendered, memory_order_relaxed);
        out->turned_away += atomic_load_explicit(&set->turned_away, memory_order_relaxed);
        out->failed += atomic_load_explicit(&set->failed, memory_order_relaxed);
    }
    kept_counts(site->kept, &kept);
    out->pages_kept = kept.pages;
    out->page_bytes = kept.bytes;
    out->pages_evicted = kept.evicted;
    if (site->shared)
        shared_counts(site->shared, &shared);
    out->shared_kept = shared.kept;
    out->shared_bytes = shared.bytes + shared.orphans;
}
