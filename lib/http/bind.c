/* bind.c - listening sockets, see bind.h.
 *
 * SO_REUSEPORT lets any process of the same user join an address, a second
 * paper by mistake included. So the address is tried without it first; that
 * fails when anybody is there.
 */
#include "lib/http/bind.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096 };

/* Cuts "host:port"; host is "" for everywhere. */
static bool split(struct str address, struct str *host, struct str *port)
{
    size_t colon = address.n;

    while (colon > 0 && address.p[colon - 1] != ':')
        colon--;
    if (colon == 0)
        return false;
    *host = str_head(address, colon - 1);
    *port = str_from(address, colon);
    if (str_equal(*host, STR("*")))
        *host = STR("");
    else if (host->n == 0)
        return false;
    if (str_starts(*host, STR("[")) && str_ends(*host, STR("]")))
        *host = str_head(str_from(*host, 1), host->n - 2);
    int64_t number;
    return str_to_int(*port, &number) && number >= 0 && number <= 65535;
}

static struct addrinfo *find_address(struct str address, char *error, size_t error_size)
{
    struct addrinfo hints = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    struct arena *arena = arena_new();
    struct str host, port;

    if (!split(address, &host, &port)) {
        snprintf(error, error_size, "\"%.*s\" is no address; write it like 127.0.0.1:8080", STR_ARG(address));
    } else {
        int status = getaddrinfo(host.n ? str_cstr(arena, host) : NULL, str_cstr(arena, port), &hints, &found);
        if (status != 0)
            snprintf(error, error_size, "%.*s: %s", STR_ARG(address), gai_strerror(status));
    }
    arena_free(&arena);
    return found;
}

static int open_one(const struct addrinfo *at, bool shared)
{
    int one = 1, fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (shared)
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && (!shared || listen(fd, BACKLOG) == 0))
        return fd;
    int problem = errno;
    close(fd);
    errno = problem;
    return -1;
}

static bool is_free(const struct addrinfo *at)
{
    int fd = open_one(at, false);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* After the first socket of port 0 the others use the port it was given. */
static void keep_port(int fd, struct addrinfo *at)
{
    socklen_t size = at->ai_addrlen;

    getsockname(fd, at->ai_addr, &size);
}

static bool open_all(struct addrinfo *at, int count, int out[])
{
    int n = 0;

    if (!is_free(at))
        return false;
    for (; n < count && (out[n] = open_one(at, true)) >= 0; n++)
        keep_port(out[n], at);
    if (n == count)
        return true;
    int problem = errno;
    while (n > 0)
        close(out[--n]);
    errno = problem;
    return false;
}

static const char *advice(int problem)
{
    switch (problem) {
    case EADDRINUSE: return "; another program listens there: stop it, or choose another port";
    case EACCES: return "; ports below 1024 need root or CAP_NET_BIND_SERVICE";
    case EADDRNOTAVAIL: return "; this machine does not have that address";
    default: return "";
    }
}

bool bind_all(struct str address, int count, int out[], char *error, size_t error_size)
{
    CHECK(count >= 1 && count <= BIND_MOST);
    struct addrinfo *found = find_address(address, error, error_size);

    if (!found)
        return false;
    bool done = open_all(found, count, out);
    if (!done)
        snprintf(error, error_size, "%.*s: %s%s", STR_ARG(address), strerror(errno), advice(errno));
    freeaddrinfo(found);
    return done;
}

struct str bind_address(struct arena *arena, int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    char host[NI_MAXHOST], port[NI_MAXSERV];

    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0 ||
        getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return STR("");
    return str_printf(arena, address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}
