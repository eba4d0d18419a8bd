/* children.c - the supervisor's processes: started, counted, told to end. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/events.h"
#include "src/run/supervisor_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { NO_PROCESS_WAIT_MS = 10000 };

struct child *child_find(struct supervisor *all, pid_t pid)
{
    for (int i = 0; i < CHILDREN_MOST; i++)
        if (all->children[i].pid == pid)
            return &all->children[i];
    return NULL;
}

struct child *child_place(struct supervisor *all)
{
    return child_find(all, 0);
}

int children_count(const struct supervisor *all, enum board_role role, bool ending_too)
{
    int n = 0;

    for (int i = 0; i < CHILDREN_MOST; i++) {
        const struct child *child = &all->children[i];
        n += child->pid && child->role == role && (ending_too || !child->ending);
    }
    return n;
}

void board_set(struct supervisor *all, enum board_role role, pid_t pid, bool ready)
{
    struct board_entry *entry = &all->board->at[role];

    if (atomic_exchange(&entry->pid, pid) != pid)
        atomic_store(&entry->since_ms, clock_now().ms);
    atomic_store(&entry->ready, ready);
}

/* The child's side of fork. */
_Noreturn static void become(const struct supervisor *all, enum board_role role, int ready_fd, pid_t supervisor)
{
    struct inherited given = {0};
    const char *wanted = board_role_name(role);
    const char *words[16] = {"haowai", "run", all->dir, "--role", wanted};
    int n = 5;
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != supervisor)
        _exit(0);  /* it died before we asked to be told */
    setpgid(0, 0); /* Ctrl-C is told to us alone */
    for (size_t i = 0; i < all->sockets.n; i++)
        if (strcmp(all->sockets.at[i].name, role == BOARD_EDGE ? "site" : "desk") == 0)
            given.at[given.n++] = all->sockets.at[i];
    given.at[given.n].fd = ready_fd;
    given.at[given.n++].name = "ready";
    if (role == BOARD_DESK) {
        given.at[given.n].fd = all->board_fd;
        given.at[given.n++].name = "board";
    }
    inherited_give(&given);
    words[n++] = "--site"; /* as they are, also when the kernel chose the port */
    words[n++] = all->site;
    words[n++] = "--desk";
    words[n++] = all->desk;
    if (all->options->no_log)
        words[n++] = "--no-log";
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv("/proc/self/exe", (char *const *)(uintptr_t)words);
    _exit(127);
}

void role_start(struct supervisor *all, enum board_role role)
{
    struct child *child = child_place(all);
    int pipe_fds[2];

    all->start_ms[role] = 0;
    if (!child || pipe2(pipe_fds, O_CLOEXEC) != 0) {
        LOG(role_failed, LOG_TEXT("role", str_of(board_role_name(role))));
        return;
    }
    pid_t supervisor = getpid(), pid = fork();
    if (pid == 0)
        become(all, role, pipe_fds[1], supervisor);
    close(pipe_fds[1]);
    if (pid < 0) {
        close(pipe_fds[0]);
        LOG(role_failed, LOG_TEXT("role", str_of(board_role_name(role))), LOG_TEXT("problem", str_of(strerror(errno))));
        all->start_ms[role] = clock_steady_ms() + NO_PROCESS_WAIT_MS;
        return;
    }
    *child = (struct child){.pid = pid, .role = role, .ready_fd = pipe_fds[0], .started_ms = clock_steady_ms()};
    if (children_count(all, role, false) == 1)
        board_set(all, role, pid, false);
    LOG(role_started, LOG_TEXT("role", str_of(board_role_name(role))), LOG_INT("pid", pid));
}

void child_tell(struct child *child, int signal_number)
{
    child->ending = true;
    kill(child->pid, signal_number);
}

void role_end(struct supervisor *all, enum board_role role)
{
    for (int i = 0; i < CHILDREN_MOST; i++)
        if (all->children[i].pid && all->children[i].role == role && !all->children[i].ending)
            child_tell(&all->children[i], SIGTERM);
}
