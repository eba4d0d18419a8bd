/* run.c - which role this process has. */
#include "src/run/run.h"

#include "src/run/role.h"
#include "src/run/supervisor.h"

int run_paper(const char *dir, const struct run_options *options)
{
    if (!options->role)
        return supervisor_run(dir, options);
    return strcmp(options->role, "edge") == 0 ? edge_run(dir, options) : desk_run(dir, options);
}
