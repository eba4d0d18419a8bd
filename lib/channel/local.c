/* local.c - Unix sockets, see local.h.
 *
 * An address holds 107 bytes of path, and a paper may lie deeper. So the path
 * is told as /proc/self/fd/N/name, where N is the opened directory.
 */
#include "lib/channel/local.h"

#include "lib/base/banned.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 128 };

static bool set_path(struct sockaddr_un *address, int dir, const char *name)
{
    int n = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", dir, name);

    address->sun_family = AF_UNIX;
    errno = ENAMETOOLONG;
    return n > 0 && (size_t)n < sizeof address->sun_path;
}

static int open_dir(const char *dir)
{
    return open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* Bound under another name first: between bind and listen a connection would be refused. */
static bool listen_at(int fd, int dir, const char *name)
{
    struct sockaddr_un address = {0};
    char first_name[64];
    int n = snprintf(first_name, sizeof first_name, ".%d-%d", (int)getpid(), fd);

    if (n < 0 || !set_path(&address, dir, first_name))
        return false;
    unlinkat(dir, first_name, 0);
    return bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && fchmodat(dir, first_name, 0600, 0) == 0 &&
           listen(fd, BACKLOG) == 0 && renameat(dir, first_name, dir, name) == 0;
}

static bool connect_to(int fd, int dir, const char *name)
{
    struct sockaddr_un address = {0};

    return set_path(&address, dir, name) && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
}

static int open_socket(const char *dir, const char *name, int type, bool (*use)(int fd, int dir, const char *name))
{
    int place = open_dir(dir);
    int fd = place < 0 ? -1 : socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd >= 0 && !use(fd, place, name)) {
        int error = errno;
        close(fd);
        errno = error;
        fd = -1;
    }
    int error = errno;
    if (place >= 0)
        close(place);
    errno = error;
    return fd;
}

int local_listen(const char *dir, const char *name, int type)
{
    return open_socket(dir, name, type, listen_at);
}

int local_connect(const char *dir, const char *name, int type)
{
    return open_socket(dir, name, type, connect_to);
}
