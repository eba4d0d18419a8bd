/* run.h - a paper runs: the supervisor and its roles. */
#ifndef HAOWAI_RUN_RUN_H
#define HAOWAI_RUN_RUN_H

#include "lib/base/str.h"

struct run_options {
    const char *site, *desk; /* "host:port"; NULL: as the settings say */
    const char *role;        /* "edge" or "desk" alone; NULL: all of it, under a supervisor */
    bool no_log;             /* no line for each request */
};

/* Runs until SIGTERM or SIGINT. Returns the exit status; what went wrong has been said on standard error. */
int run_paper(const char *dir, const struct run_options *options);

#endif
