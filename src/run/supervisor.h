/* supervisor.h - one process watches over the others. */
#ifndef HAOWAI_RUN_SUPERVISOR_H
#define HAOWAI_RUN_SUPERVISOR_H

#include "src/run/run.h"

/* Opens the sockets, starts desk and edge, starts again what dies, until SIGTERM or SIGINT; SIGHUP exchanges the edge
 * without dropping a request, SIGUSR2 the whole program. Returns the exit status. */
int supervisor_run(const char *dir, const struct run_options *options);

#endif
