/* board.h - what the supervisor knows about its roles, in memory the desk can read: for /health. */
#ifndef HAOWAI_RUN_BOARD_H
#define HAOWAI_RUN_BOARD_H

#include <stdatomic.h>
#include <stdint.h>

enum board_role { BOARD_SUPERVISOR, BOARD_EDGE, BOARD_DESK, BOARD_ROLES };

struct board_entry {
    _Atomic int64_t pid;      /* 0: not running */
    _Atomic int64_t since_ms; /* wall clock */
    _Atomic int64_t restarts; /* after it had died */
    atomic_bool ready;
};

struct board {
    struct board_entry at[BOARD_ROLES];
};

const char *board_role_name(enum board_role role);

/* A new board in *fd; NULL with errno. */
struct board *board_new(int *fd);

/* That of the supervisor who started us; NULL when `fd` is none. */
struct board *board_open(int fd);

#endif
