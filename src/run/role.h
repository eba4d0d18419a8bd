/* role.h - what edge and desk have in common: how a role starts, says it is ready, and is told to end. */
#ifndef HAOWAI_RUN_ROLE_H
#define HAOWAI_RUN_ROLE_H

#include "src/app.h"
#include "src/run/inherited.h"
#include "src/run/run.h"

struct role {
    const char *name; /* a literal */
    struct arena *arena;
    struct app app;
    const struct run_options *options;
    struct inherited inherited;
    int signals; /* SIGTERM, SIGINT and SIGQUIT arrive here */
};

/* Reads what the paper is, with the options' addresses in place of the settings'. Call before any thread starts. False
 * when it is none; said on standard error. */
bool role_begin(struct role *role, const char *name, const char *dir, const struct run_options *options);

/* The sockets of that name we were started with, or `most` new ones at `address`. Returns how many; 0 with the
 * reason said on standard error. */
int role_sockets(const struct role *role, const char *name, struct str address, int most, int out[]);

/* DIR/run, made when it is not there. */
const char *role_run_dir(struct role *role);

/* Tells the supervisor, and the log. */
void role_ready(const struct role *role);

/* Waits for a signal to end: SIGTERM and SIGINT mean soon, SIGQUIT means when everybody has been served. `other` (-1:
 * none) is another file to wait for; 0 is returned when it can be read. */
int role_wait(const struct role *role, int other);

/* "haowai: edge: sentence" on standard error; returns 1, the exit status. */
int role_failed(const struct role *role, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How many event loops readers get. */
int role_loops(const struct settings *settings);

/* The roles themselves; each returns its exit status. */
int edge_run(const char *dir, const struct run_options *options);
int desk_run(const char *dir, const struct run_options *options);

#endif
