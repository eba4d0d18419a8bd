/* inherited.h - open files a process was started with, by name.
 *
 * The convention is systemd's: LISTEN_FDS of them from number 3 on, their
 * names in LISTEN_FDNAMES, meant for process LISTEN_PID. So a role can be
 * started by our supervisor or by a systemd socket unit (FileDescriptorName=site).
 *
 *     site   sockets readers connect to, one for each loop
 *     desk   the socket editors connect to
 *     ready  a byte is written there when the role does its work
 *     board  what the supervisor knows about the roles (board.h)
 */
#ifndef HAOWAI_RUN_INHERITED_H
#define HAOWAI_RUN_INHERITED_H

#include <stddef.h>

enum { INHERITED_MOST = 80 };

struct inherited {
    char names[INHERITED_MOST * 16]; /* where those of inherited_take stand */
    size_t n;
    struct {
        int fd;
        const char *name;
    } at[INHERITED_MOST];
};

/* Reads and removes the variables; none when they are absent or meant for somebody else. */
void inherited_take(struct inherited *out);

/* File descriptors of that name, at most `most`; returns how many there are. */
int inherited_find(const struct inherited *inherited, const char *name, int out[], int most);

/* In a child between fork and exec: gives these files the numbers from 3 on and sets the variables. Async-signal
 * safety is not needed: the parent has one thread. */
void inherited_give(const struct inherited *inherited);

#endif
