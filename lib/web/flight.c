/* flight.c - a queue of addresses to be made, each once, with those who wait for it.
 *
 * "Reads never wait for work twice": ten thousand readers of a story nobody has
 * rendered yet cost one rendering. All under one lock; it is taken only for
 * pages that are not ready.
 */
#include "lib/web/flight.h"

#include "lib/base/check.h"
#include "lib/base/random.h"

#include <pthread.h>

enum { CHAINS = 4096 };

struct flights {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    size_t most, waiting;
    uint64_t seed;
    bool stopped;
    struct flight *first, **last;
    struct flight *chains[CHAINS];
};

struct flights *flights_new(size_t most)
{
    struct flights *flights = calloc(1, sizeof *flights);

    if (!flights)
        die("out of memory");
    pthread_mutex_init(&flights->lock, NULL);
    pthread_cond_init(&flights->ready, NULL);
    flights->most = most;
    flights->seed = random_u64();
    flights->last = &flights->first;
    return flights;
}

void flights_free(struct flights **flights)
{
    if (*flights) {
        CHECK((*flights)->waiting == 0);
        pthread_mutex_destroy(&(*flights)->lock);
        pthread_cond_destroy(&(*flights)->ready);
        free(*flights);
        *flights = NULL;
    }
}

static struct flight *flight_new(struct flights *flights, struct str path, struct str query, uint64_t hash)
{
    size_t length = path.n + (query.n ? 1 + query.n : 0);
    struct flight *flight = calloc(1, sizeof *flight + length);

    if (!flight)
        die("out of memory");
    memcpy(flight->text, path.p, path.n);
    if (query.n) {
        flight->text[path.n] = '?';
        memcpy(flight->text + path.n + 1, query.p, query.n);
    }
    flight->address = (struct str){flight->text, length};
    flight->path = str_head(flight->address, path.n);
    flight->query = query.n ? str_from(flight->address, path.n + 1) : STR("");
    flight->hash = hash;
    flight->chain = flights->chains[hash % CHAINS];
    flights->chains[hash % CHAINS] = flight;
    *flights->last = flight;
    flights->last = &flight->next;
    pthread_cond_signal(&flights->ready);
    return flight;
}

static void add_waiter(struct flight *flight, struct waiter waiter)
{
    if (flight->waiter_count == flight->waiter_capacity) {
        flight->waiter_capacity = flight->waiter_capacity ? flight->waiter_capacity * 2 : 4;
        flight->waiters = realloc(flight->waiters, flight->waiter_capacity * sizeof waiter);
        if (!flight->waiters)
            die("out of memory");
    }
    flight->waiters[flight->waiter_count++] = waiter;
}

bool flight_join(struct flights *flights, struct str path, struct str query, struct waiter waiter)
{
    uint64_t hash = str_hash(path, str_hash(query, flights->seed));
    bool room;

    pthread_mutex_lock(&flights->lock);
    room = flights->waiting < flights->most && !flights->stopped;
    if (room) {
        struct flight *flight = flights->chains[hash % CHAINS];
        while (flight && !(flight->hash == hash && str_equal(flight->path, path) && str_equal(flight->query, query)))
            flight = flight->chain;
        if (!flight)
            flight = flight_new(flights, path, query, hash);
        add_waiter(flight, waiter);
        flights->waiting++;
    }
    pthread_mutex_unlock(&flights->lock);
    return room;
}

struct flight *flight_take(struct flights *flights)
{
    pthread_mutex_lock(&flights->lock);
    while (!flights->first && !flights->stopped)
        pthread_cond_wait(&flights->ready, &flights->lock);
    struct flight *flight = flights->first;
    if (flight) {
        flights->first = flight->next;
        if (!flights->first)
            flights->last = &flights->first;
    }
    pthread_mutex_unlock(&flights->lock);
    return flight;
}

void flight_land(struct flights *flights, struct flight *flight)
{
    pthread_mutex_lock(&flights->lock);
    struct flight **link = &flights->chains[flight->hash % CHAINS];
    while (*link != flight)
        link = &(*link)->chain;
    *link = flight->chain;
    flights->waiting -= flight->waiter_count;
    pthread_mutex_unlock(&flights->lock);
}

void flight_free(struct flight **flight)
{
    free((*flight)->waiters);
    free(*flight);
    *flight = NULL;
}

void flights_stop(struct flights *flights)
{
    pthread_mutex_lock(&flights->lock);
    flights->stopped = true;
    pthread_cond_broadcast(&flights->ready);
    pthread_mutex_unlock(&flights->lock);
}

size_t flights_waiting(struct flights *flights)
{
    pthread_mutex_lock(&flights->lock);
    size_t waiting = flights->waiting;
    pthread_mutex_unlock(&flights->lock);
    return waiting;
}
