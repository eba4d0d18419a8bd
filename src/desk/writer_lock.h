/* writer_lock.h - one process writes a paper at a time: the desk, or a command without a desk. */
#ifndef HAOWAI_DESK_WRITER_LOCK_H
#define HAOWAI_DESK_WRITER_LOCK_H

#include "lib/db/db.h"

/* Takes RUN_DIR/writer.lock for as long as this process lives; waits up to `wait_ms` for who has it. False with a
 * sentence. */
bool writer_lock(const char *run_dir, int64_t wait_ms, struct db_problem *problem);

/* Is a supervisor watching over this paper (RUN_DIR/supervisor.lock)? */
bool supervisor_lives(const char *run_dir);

#endif
