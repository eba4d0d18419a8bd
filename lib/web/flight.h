/* flight.h - requests for one page that is not ready wait together; one worker makes it. */
#ifndef HAOWAI_WEB_FLIGHT_H
#define HAOWAI_WEB_FLIGHT_H

#include "lib/http/http.h"

struct waiter {
    struct http_exchange *exchange;
    int loop;
    uint64_t arrived; /* the newest change known when the request came */
    int64_t asked_us; /* only a snapshot begun after this moment (clock_steady_us) will do; 0: any that has `arrived` */
};

/* One address being worked on. */
struct flight {
    struct str address, path, query; /* of what was asked for; live as long as the flight */
    size_t waiter_count, waiter_capacity;
    struct waiter *waiters;
    struct flight *chain, *next;
    uint64_t hash;
    char text[];
};

struct flights;

/* At most `most` requests wait in all; more are turned away. */
struct flights *flights_new(size_t most);
void flights_free(struct flights **flights);

/* Puts the request behind the others of its address, or starts a flight a
 * worker will take. False when too many are waiting: answer 503. */
bool flight_join(struct flights *flights, struct str path, struct str query, struct waiter waiter);

/* The next flight to work on; waits for one. NULL after flights_stop. */
struct flight *flight_take(struct flights *flights);

/* The flight is over: takes it out, so that later requests start a new one.
 * Its waiters now belong to the caller, who frees it with flight_free. */
void flight_land(struct flights *flights, struct flight *flight);
void flight_free(struct flight **flight);

/* Makes flight_take return NULL once nothing is waiting. */
void flights_stop(struct flights *flights);

size_t flights_waiting(struct flights *flights);

#endif
