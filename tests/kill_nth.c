/* kill_nth.c - LD_PRELOAD: the process dies by SIGKILL just before its n-th call that changes the world.
 *
 * KILL_FILE names a file that holds a struct aim; every process that was
 * started with this library maps it. While `left` is above 0 (and `pid` is 0
 * or this process) each write, sync, rename, unlink, truncation or send takes
 * one off, and the call that reaches 0 is not made any more. The counting goes
 * on in `calls`, so a driver learns how many points there are.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct aim {
    _Atomic int64_t left, pid, calls, hit;
};

static struct aim *aim;

__attribute__((constructor)) static void map_aim(void)
{
    const char *path = getenv("KILL_FILE");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *at;

    if (fd < 0)
        return;
    at = mmap(NULL, sizeof *aim, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (at != MAP_FAILED)
        aim = at;
}

static void point(void)
{
    int64_t pid = aim ? atomic_load(&aim->pid) : -1;

    if (pid < 0 || (pid != 0 && pid != getpid()))
        return;
    atomic_fetch_add(&aim->calls, 1);
    if (atomic_load(&aim->left) > 0 && atomic_fetch_sub(&aim->left, 1) == 1) {
        atomic_store(&aim->hit, getpid());
        kill(getpid(), SIGKILL);
    }
}

#define PASS_ON(type, name, parameters, arguments)                                                                     \
    type name parameters;                                                                                              \
    type name parameters                                                                                               \
    {                                                                                                                  \
        static type(*next) parameters;                                                                                 \
        if (!next)                                                                                                     \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                                                                 \
        point();                                                                                                       \
        return next arguments;                                                                                         \
    }

PASS_ON(ssize_t, write, (int fd, const void *bytes, size_t n), (fd, bytes, n))
PASS_ON(ssize_t, pwrite, (int fd, const void *bytes, size_t n, off_t at), (fd, bytes, n, at))
PASS_ON(ssize_t, pwrite64, (int fd, const void *bytes, size_t n, off64_t at), (fd, bytes, n, at))
PASS_ON(ssize_t, writev, (int fd, const struct iovec *pieces, int n), (fd, pieces, n))
PASS_ON(ssize_t, pwritev, (int fd, const struct iovec *pieces, int n, off_t at), (fd, pieces, n, at))
PASS_ON(int, fsync, (int fd), (fd))
PASS_ON(int, fdatasync, (int fd), (fd))
PASS_ON(int, rename, (const char *from, const char *to), (from, to))
PASS_ON(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
PASS_ON(int, unlink, (const char *path), (path))
PASS_ON(int, unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
PASS_ON(int, ftruncate, (int fd, off_t n), (fd, n))
PASS_ON(int, ftruncate64, (int fd, off64_t n), (fd, n))
PASS_ON(ssize_t, send, (int fd, const void *bytes, size_t n, int flags), (fd, bytes, n, flags))
PASS_ON(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
PASS_ON(ssize_t, sendto, (int fd, const void *bytes, size_t n, int flags, const struct sockaddr *to, socklen_t length),
        (fd, bytes, n, flags, to, length))
