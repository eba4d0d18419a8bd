/* decoder.c - the process for foreign files is started, shut in, and ended.
 *
 * It is forked, not executed: it needs none of the files a program start does.
 * seccomp lets it read, write, have memory and end; everything else fails.
 */
#include "lib/base/check.h"
#include "src/importing/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IN = 3, OUT = 4, PIPE_SIZE = 1 << 20 };
enum { MEMORY_MOST = 768 << 20 }; /* bytes: a zstd window, and a story whose HTML is much worse than it looks */

/* --- inside ------------------------------------------------------------------------------ */

static const int ALLOWED[] = {
    SCMP_SYS(read),   SCMP_SYS(write),        SCMP_SYS(writev),         SCMP_SYS(lseek),         SCMP_SYS(brk),
    SCMP_SYS(munmap), SCMP_SYS(mremap),       SCMP_SYS(madvise),        SCMP_SYS(futex),         SCMP_SYS(getrandom),
    SCMP_SYS(alarm),  SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid),        SCMP_SYS(getpid),
    SCMP_SYS(tgkill), SCMP_SYS(exit),         SCMP_SYS(exit_group),     SCMP_SYS(clock_gettime),
};

static bool shut_in(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool done = filter != NULL;

    for (size_t i = 0; done && i < sizeof ALLOWED / sizeof *ALLOWED; i++)
        done = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0) == 0;
    /* memory, but none that could be executed */
    done = done && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                    SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
    done = done && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                    SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
    done = done && seccomp_load(filter) == 0;
    if (filter)
        seccomp_release(filter);
    return done;
}

static void limit(int resource, rlim_t most)
{
    struct rlimit limits = {most, most};

    setrlimit((__rlimit_resource_t)resource, &limits);
}

/* Leaves it the file and the pipe. What it might say on standard error when it breaks is said by its parent. */
static bool keep_files(int in, int out)
{
    int parked_in = fcntl(in, F_DUPFD, 10), parked_out = fcntl(out, F_DUPFD, 10), nowhere = open("/dev/null", O_RDWR);

    if (parked_in < 0 || parked_out < 0 || nowhere < 0 || dup2(parked_in, IN) < 0 || dup2(parked_out, OUT) < 0)
        return false;
    for (int fd = 0; fd < IN; fd++)
        if (dup2(nowhere, fd) < 0)
            return false;
    return close_range(OUT + 1, ~0u, 0) == 0;
}

_Noreturn static void be_decoder(int in, int out, enum import_format format, int64_t skip, int parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* the parent decides when Ctrl-C ends it */
    if (getppid() != parent || !keep_files(in, out))
        _exit(1);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NPROC, 0);
    limit(RLIMIT_FSIZE, 0);
#if !defined(__SANITIZE_ADDRESS__)
    limit(RLIMIT_DATA, MEMORY_MOST);
#endif
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !shut_in())
        _exit(1);
    decode_file(IN, OUT, format, skip);
    _exit(0);
}

/* --- outside ------------------------------------------------------------------------------ */

bool decoder_start(struct decoder *out, int in, enum import_format format, int64_t skip)
{
    int ends[2], parent = getpid();

    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE);
    out->pid = fork();
    if (out->pid == 0)
        be_decoder(in, ends[1], format, skip, parent);
    close(ends[1]);
    out->pipe = ends[0];
    if (out->pid > 0)
        return true;
    close(ends[0]);
    return false;
}

/* One that died may need a moment to be buried. */
int decoder_end(struct decoder *decoder)
{
    const struct timespec moment = {.tv_nsec = 5000000};
    int status = 0, waited = 0;

    close(decoder->pipe);
    while (waitpid(decoder->pid, &status, WNOHANG) == 0) {
        if (waited++ == 40)
            kill(decoder->pid, SIGKILL);
        nanosleep(&moment, NULL);
    }
    bool by_us = waited > 40;
    return WIFSIGNALED(status) && !by_us ? WTERMSIG(status) : 0;
}
