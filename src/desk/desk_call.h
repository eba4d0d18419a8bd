/* desk_call.h - the command line asks for an action.
 *
 * With a running desk it goes through the Unix socket DIR/run/desk.sock and the
 * desk does it; without one this process takes the writer's lock (DIR/run/writer.lock)
 * and does it itself. Either way the action, its rules and its answer are the same.
 */
#ifndef HAOWAI_DESK_DESK_CALL_H
#define HAOWAI_DESK_DESK_CALL_H

#include "lib/base/buf.h"
#include "lib/db/db.h"

struct desk_link;

/* For the paper in `dir`. NULL with a sentence that says what to do. */
struct desk_link *desk_link_open(const char *dir, struct db_problem *problem);
void desk_link_close(struct desk_link **link);

/* "GET", "/desk/api/flash?limit=5", JSON or "". The answer's JSON is in the arena. Returns its status; 0 when
 * the desk went away in the middle, which leaves open whether it was done (*problem says so; ask again with the same
 * key). */
int desk_call(struct desk_link *link, struct arena *arena, const char *method, const char *target, struct str body,
              struct str *answer, struct db_problem *problem);

/* The paper's database for reading; with a running desk of a SQLite paper read-only, else the writer's own. */
struct db *desk_link_db(struct desk_link *link);

/* NULL when a running desk does the writing. */
struct acting;
struct acting *desk_link_acting(struct desk_link *link);

#endif
