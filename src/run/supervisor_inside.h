/* supervisor_inside.h - private: what the files behind supervisor.h share. */
#ifndef HAOWAI_RUN_SUPERVISOR_INSIDE_H
#define HAOWAI_RUN_SUPERVISOR_INSIDE_H

#include "src/app.h"
#include "src/run/board.h"
#include "src/run/inherited.h"
#include "src/run/supervisor.h"

#include <sys/types.h>

enum { CHILDREN_MOST = 16 };

struct child {
    pid_t pid; /* 0: free place */
    enum board_role role;
    int ready_fd; /* -1 when it has said so */
    bool ready, ending;
    int64_t started_ms;
};

struct supervisor {
    const char *dir;
    const struct run_options *options;
    struct arena *arena;
    struct app app;
    struct inherited sockets; /* what the roles get: "site" and "desk" */
    struct board *board;
    int board_fd, lock_fd, signals;
    struct child children[CHILDREN_MOST];
    int64_t start_ms[BOARD_ROLES]; /* when to start one; 0: not */
    int64_t delay_ms[BOARD_ROLES]; /* after the next early death */
    bool was_ready[BOARD_ROLES], announced;
    bool reload_again; /* SIGHUP while a new edge was starting */
    int64_t stop_ms;   /* when we were told to end; 0: not */
    int status;
    const char *site, *desk;  /* where the sockets are */
    int64_t patient_until_ms; /* until then an address that is taken may become free */
    char program[4096];       /* the file we were started from */
};

/* --- opening.c ------------------------------------------------------------------------ */

/* Reads the paper, takes its lock, opens its sockets, or takes them over from the program it replaces. Never closed:
 * all of it ends with the process. */
bool supervisor_open(struct supervisor *all, const char *dir, const struct run_options *options);

/* --- children.c ----------------------------------------------------------------------- */

struct child *child_find(struct supervisor *all, pid_t pid);

/* A free place; NULL when there is none. */
struct child *child_place(struct supervisor *all);

int children_count(const struct supervisor *all, enum board_role role, bool ending_too);

/* Who does that role now; 0: nobody. */
void board_set(struct supervisor *all, enum board_role role, pid_t pid, bool ready);

void role_start(struct supervisor *all, enum board_role role);
void child_tell(struct child *child, int signal_number);

/* SIGTERM to all of that role that have not been told yet. */
void role_end(struct supervisor *all, enum board_role role);

/* --- successor.c ----------------------------------------------------------------------- */

/* Executes the program's file in our place; returns only when that cannot be done. */
void supervisor_upgrade(struct supervisor *all);

/* The children of the program we replaced, if we did. */
void supervisor_adopt(struct supervisor *all);

#endif
