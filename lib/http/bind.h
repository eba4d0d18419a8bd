/* bind.h - sockets that wait for connections, by address. */
#ifndef HAOWAI_HTTP_BIND_H
#define HAOWAI_HTTP_BIND_H

#include "lib/base/str.h"

enum { BIND_MOST = 64 };

/* Opens `count` sockets that share one address, for a server's loops: "127.0.0.1:8080", "[::1]:8080", "localhost:80",
 * "*:8080" (everywhere). Port 0 lets the kernel choose one for all of them. The kernel spreads connections over the
 * sockets. False with a sentence in `error`: also when another program, or another server of this one, listens there.
 */
bool bind_all(struct str address, int count, int out[], char *error, size_t error_size);

/* Where a socket waits, "127.0.0.1:8080"; lives in the arena. "" when it cannot be said. */
struct str bind_address(struct arena *arena, int fd);

#endif
