/* sandbox.c - no_new_privs, rlimits, Landlock, seccomp; see sandbox.h.
 *
 * seccomp is an allow-list: what is not named fails with EPERM. It cannot see
 * paths; that is what Landlock is for. Landlock has no wrapper in Debian 12's C
 * library, so its three system calls are made by hand.
 */
#include "src/edge/sandbox.h"

#include "lib/base/check.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- Landlock -------------------------------------------------------------------------- */

/* Newer than the system's header; the numbers are the kernel's interface. */
#define LANDLOCK_FS_TRUNCATE (1ULL << 14)  /* version 3 */
#define LANDLOCK_FS_IOCTL_DEV (1ULL << 15) /* version 5 */
#define LANDLOCK_NET_BIND_TCP (1ULL << 0)  /* version 4 */
#define LANDLOCK_NET_CONNECT_TCP (1ULL << 1)
#define LANDLOCK_NET_RULE 2
#define LANDLOCK_SCOPES 3ULL /* version 6: abstract sockets, signals */

struct ruleset {
    uint64_t files, net, scoped;
};

struct net_rule {
    uint64_t access, port;
};

static int landlock_version(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static int ruleset_new(int version)
{
    struct ruleset rules = {.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    size_t size = sizeof rules.files;

    if (version >= 2)
        rules.files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        rules.files |= LANDLOCK_FS_TRUNCATE;
    if (version >= 4) {
        rules.net = LANDLOCK_NET_BIND_TCP | LANDLOCK_NET_CONNECT_TCP;
        size = offsetof(struct ruleset, scoped);
    }
    if (version >= 5)
        rules.files |= LANDLOCK_FS_IOCTL_DEV;
    if (version >= 6) {
        rules.scoped = LANDLOCK_SCOPES;
        size = sizeof rules;
    }
    return (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

static void allow_reading(int ruleset, const char *path)
{
    struct stat status;
    int fd = open(path, O_PATH | O_CLOEXEC);

    if (fd < 0)
        return; /* what is not there cannot be read */
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = fd};
    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
        rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

static bool landlock_enter(const struct sandbox *sandbox)
{
    int version = landlock_version();
    int ruleset = version < 1 ? -1 : ruleset_new(version);

    if (ruleset < 0)
        return false;
    for (const char *const *path = sandbox->readable; *path; path++)
        allow_reading(ruleset, *path);
    if (version >= 4 && sandbox->connects && sandbox->port) {
        struct net_rule rule = {LANDLOCK_NET_CONNECT_TCP, (uint64_t)sandbox->port};
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_NET_RULE, &rule, 0);
    }
    bool entered = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return entered;
}

/* --- seccomp --------------------------------------------------------------------------- */

/* Calls that need no look at their arguments. */
/* clang-format off */
static const int ALLOWED[] = {
    /* connections that were accepted */
    SCMP_SYS(accept4), SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendfile), SCMP_SYS(shutdown), SCMP_SYS(close),
    SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
    /* waiting */
    SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait), SCMP_SYS(poll),
    SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(eventfd2), SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime), SCMP_SYS(futex), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(sched_yield),
    SCMP_SYS(restart_syscall),
    /* files that are open, SQLite's shared memory among them */
    SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(pwrite64), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(fcntl), SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(flock), SCMP_SYS(getdents64),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(fadvise64), SCMP_SYS(readahead),
    /* memory and threads */
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mincore), SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list), SCMP_SYS(rseq), SCMP_SYS(set_tid_address), SCMP_SYS(gettid), SCMP_SYS(getpid),
    SCMP_SYS(getppid), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
    SCMP_SYS(membarrier), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(arch_prctl),
    /* clocks, chance, signals, who we are */
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times),
    SCMP_SYS(getrandom), SCMP_SYS(getrusage), SCMP_SYS(getrlimit), SCMP_SYS(sysinfo), SCMP_SYS(uname),
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigpending), SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(sigaltstack), SCMP_SYS(signalfd4),
};
/* clang-format on */

static bool allow_all(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof ALLOWED / sizeof *ALLOWED; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0) != 0)
            return false;
    return true;
}

/* The same with a condition on an argument: (argument & mask) == value. */
static bool allow_if(scmp_filter_ctx filter, int call, unsigned argument, uint64_t mask, uint64_t value)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, value)) == 0;
}

static bool allow_limited(scmp_filter_ctx filter)
{
    const uint64_t writes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    const uint64_t whole = UINT32_MAX;

    return allow_if(filter, SCMP_SYS(open), 1, writes, O_RDONLY) &&
           allow_if(filter, SCMP_SYS(openat), 2, writes, O_RDONLY) &&
           allow_if(filter, SCMP_SYS(mmap), 2, PROT_EXEC, 0) && allow_if(filter, SCMP_SYS(mprotect), 2, PROT_EXEC, 0) &&
           allow_if(filter, SCMP_SYS(clone), 0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM) &&
           /* looking at limits, not setting them */
           allow_if(filter, SCMP_SYS(prlimit64), 2, UINT64_MAX, 0) &&
           /* abort() of our own */
           allow_if(filter, SCMP_SYS(tgkill), 0, whole, (uint64_t)getpid()) &&
           allow_if(filter, SCMP_SYS(prctl), 0, whole, PR_SET_NAME) &&
           /* the C library falls back on clone, whose flags can be seen */
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

static bool allow_connecting(scmp_filter_ctx filter, const struct sandbox *sandbox)
{
    if (!sandbox->connects)
        return true;
    bool local = sandbox->port == 0;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(connect), 0) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendmmsg), 0) == 0 &&
           (local ? allow_if(filter, SCMP_SYS(socket), 0, UINT32_MAX, AF_UNIX)
                  : allow_if(filter, SCMP_SYS(socket), 0, UINT32_MAX, AF_INET) &&
                        allow_if(filter, SCMP_SYS(socket), 0, UINT32_MAX, AF_INET6));
}

static bool seccomp_enter(const struct sandbox *sandbox)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool entered = filter && allow_all(filter) && allow_limited(filter) && allow_connecting(filter, sandbox) &&
                   seccomp_load(filter) == 0;

    if (filter)
        seccomp_release(filter);
    return entered;
}

int sandbox_enter(const struct sandbox *sandbox)
{
    const struct rlimit none = {0, 0};
    int missing = 0;

    setrlimit(RLIMIT_CORE, &none); /* memory holds the certificate's key */
    CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    if (!landlock_enter(sandbox))
        missing |= SANDBOX_LANDLOCK;
    if (!seccomp_enter(sandbox))
        missing |= SANDBOX_SECCOMP;
    return missing;
}
