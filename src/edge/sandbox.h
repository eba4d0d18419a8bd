/* sandbox.h - what an edge gives up before it reads the first byte of a stranger.
 *
 * From then on this process and every thread it starts may read files and
 * answer on the connections it accepted. It cannot open a file for writing,
 * connect or send anywhere, listen, start a program or a process, look into or
 * signal another one, or map memory to execute. Where the kernel has Landlock
 * it cannot open anything outside the paper's content, either: not the vault,
 * not the settings, no home directory.
 *
 * An edge of a PostgreSQL paper must be able to connect to its server again,
 * and so keeps socket and connect; Landlock (from its fourth version) limits
 * them to that server's port.
 */
#ifndef HAOWAI_EDGE_SANDBOX_H
#define HAOWAI_EDGE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

struct sandbox {
    const char *const *readable; /* files and directories that may still be opened to read; ends with NULL */
    bool connects;               /* to a database server */
    int port;                    /* of that server, TCP; 0: by a Unix socket */
};

enum { SANDBOX_LANDLOCK = 1, SANDBOX_SECCOMP = 2 };

/* Call before threads are started. Returns what could not be had (0: all is well); the rest is in force. */
int sandbox_enter(const struct sandbox *sandbox);

#endif
