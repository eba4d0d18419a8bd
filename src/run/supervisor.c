/* supervisor.c - starts the roles, starts again what dies, hands over without dropping a request.
 *
 * It has one thread, opens no database and reads nothing a stranger sent. It
 * owns the listening sockets: a role that dies leaves its visitors in the
 * socket's queue, where its successor finds them. A new edge (SIGHUP) takes
 * the same sockets; when it is ready the old one is told to finish.
 *
 * Roles are the same program, executed anew, so that each process has its own
 * memory layout: who crashes one to learn it learns nothing about the next.
 * SIGUSR2 executes the program's file in place of the supervisor itself, which
 * keeps its process number, its sockets and its children.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/events.h"
#include "src/run/supervisor_inside.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    EDGE_WAITS_MS = 1500, /* for the desk, at the start; then readers come first */
    STABLE_MS = 1000,     /* who lived that long did not die of its start */
    FIRST_DELAY_MS = 100,
    LONGEST_DELAY_MS = 10000,
    EDGE_STOP_MS = 8000, /* readers get that long, then the desk is told to end, too */
    STOP_MS = 15000,     /* then whoever is left is killed */
};

static void stop(struct supervisor *all, int status)
{
    if (all->stop_ms)
        return;
    LOG(paper_stopping);
    all->stop_ms = clock_steady_ms();
    all->status = status;
    all->start_ms[BOARD_EDGE] = all->start_ms[BOARD_DESK] = 0;
    role_end(all, BOARD_EDGE);
}

/* --- starting, handing over -------------------------------------------------------------- */

static void announce(struct supervisor *all)
{
    const char *scheme = all->app.settings.certificate.n ? "https" : "http";

    if (all->announced || !all->was_ready[BOARD_EDGE] || !all->was_ready[BOARD_DESK])
        return;
    all->announced = true;
    printf("%.*s is open.\n  readers  %s://%s/\n  desk     http://%s/health\nCtrl-C closes it.\n",
           STR_ARG(all->app.settings.title), scheme, all->site, all->desk);
    fflush(stdout);
    LOG(paper_started, LOG_TEXT("site", str_of(all->site)), LOG_TEXT("desk", str_of(all->desk)));
}

static void reload(struct supervisor *all)
{
    bool starting = false;

    for (int i = 0; i < CHILDREN_MOST; i++) {
        const struct child *child = &all->children[i];
        starting |= child->pid && child->role == BOARD_EDGE && !child->ready && !child->ending;
    }
    all->reload_again = starting;
    if (!starting)
        role_start(all, BOARD_EDGE);
}

static void child_ready(struct supervisor *all, struct child *ready)
{
    ready->ready = true;
    all->was_ready[ready->role] = true;
    board_set(all, ready->role, ready->pid, true);
    for (int i = 0; i < CHILDREN_MOST; i++) {
        struct child *other = &all->children[i];
        if (other != ready && other->pid && other->role == ready->role && !other->ending)
            child_tell(other, SIGQUIT);
    }
    announce(all);
    /* the first edge waited for this */
    if (ready->role == BOARD_DESK && all->start_ms[BOARD_EDGE])
        all->start_ms[BOARD_EDGE] = clock_steady_ms();
    if (ready->role == BOARD_EDGE && all->reload_again)
        reload(all);
}

/* How long to wait before a role that died is started again. */
static int64_t delay_for(struct supervisor *all, const struct child *dead)
{
    int64_t *delay = &all->delay_ms[dead->role], now = *delay;

    if (clock_steady_ms() - dead->started_ms >= STABLE_MS) {
        *delay = 0;
        return 0;
    }
    *delay = now == 0 ? FIRST_DELAY_MS : now * 2 < LONGEST_DELAY_MS ? now * 2 : LONGEST_DELAY_MS;
    return now;
}

static void child_died(struct supervisor *all, const struct child *dead, int how)
{
    bool alone = children_count(all, dead->role, false) == 0;
    int64_t delay = delay_for(all, dead);

    LOG(role_died, LOG_TEXT("role", str_of(board_role_name(dead->role))), LOG_INT("pid", dead->pid),
        WIFSIGNALED(how) ? LOG_INT("signal", WTERMSIG(how)) : LOG_INT("status", WEXITSTATUS(how)),
        LOG_INT("delay_ms", delay));
    if (!all->announced && !all->was_ready[dead->role] && WIFEXITED(how)) {
        stop(all, 1); /* it has said what is wrong with the paper */
        return;
    }
    atomic_fetch_add(&all->board->at[dead->role].restarts, 1);
    if (alone)
        all->start_ms[dead->role] = clock_steady_ms() + delay;
}

static void child_ended(struct supervisor *all, struct child *child, int how)
{
    struct child ended = *child;

    if (ended.ready_fd >= 0)
        close(ended.ready_fd);
    *child = (struct child){.ready_fd = -1};
    if (atomic_load(&all->board->at[ended.role].pid) == ended.pid)
        board_set(all, ended.role, 0, false);
    if (!ended.ending && !all->stop_ms) {
        child_died(all, &ended, how);
        return;
    }
    LOG(role_ended, LOG_TEXT("role", str_of(board_role_name(ended.role))), LOG_INT("pid", ended.pid));
    if (!all->stop_ms && children_count(all, ended.role, false) == 0)
        all->start_ms[ended.role] = clock_steady_ms(); /* a desk that made room for its successor */
}

static void reap(struct supervisor *all)
{
    int how;

    for (pid_t pid; (pid = waitpid(-1, &how, WNOHANG)) > 0;) {
        struct child *child = child_find(all, pid);
        if (child)
            child_ended(all, child, how);
    }
}

/* --- the loop -------------------------------------------------------------------------------- */

static void take_signal(struct supervisor *all, int number)
{
    switch (number) {
    case SIGCHLD: reap(all); break;
    case SIGTERM:
    case SIGINT:
        if (all->stop_ms) /* asked twice: at once */
            all->stop_ms = clock_steady_ms() - STOP_MS;
        else
            stop(all, 0);
        break;
    case SIGHUP:
        LOG(paper_reloading);
        if (!all->stop_ms)
            reload(all);
        break;
    case SIGUSR2:
        if (!all->stop_ms)
            supervisor_upgrade(all);
        break;
    }
}

static void take_all_signals(struct supervisor *all)
{
    struct signalfd_siginfo info;

    while (read(all->signals, &info, sizeof info) == sizeof info)
        take_signal(all, (int)info.ssi_signo);
}

static void hear_child(struct supervisor *all, struct child *child)
{
    char byte;

    ssize_t n = read(child->ready_fd, &byte, 1);
    close(child->ready_fd);
    child->ready_fd = -1;
    if (n == 1)
        child_ready(all, child);
}

/* What is due now; returns how long nothing will be, -1 for ever. */
static int do_what_is_due(struct supervisor *all)
{
    int64_t now = clock_steady_ms(), next = INT64_MAX;

    for (int role = 0; role < BOARD_ROLES; role++) {
        if (all->start_ms[role] && all->start_ms[role] <= now)
            role_start(all, role);
        if (all->start_ms[role] && all->start_ms[role] < next)
            next = all->start_ms[role];
    }
    if (all->stop_ms) {
        bool edges_gone = children_count(all, BOARD_EDGE, true) == 0;
        if (edges_gone || now >= all->stop_ms + EDGE_STOP_MS)
            role_end(all, BOARD_DESK);
        for (int i = 0; i < CHILDREN_MOST && now >= all->stop_ms + STOP_MS; i++)
            if (all->children[i].pid)
                kill(all->children[i].pid, SIGKILL);
        next = now + 200;
    }
    return next == INT64_MAX ? -1 : next <= now ? 0 : (int)(next - now);
}

static void turn(struct supervisor *all)
{
    struct pollfd polled[CHILDREN_MOST + 1] = {{.fd = all->signals, .events = POLLIN}};
    struct child *who[CHILDREN_MOST + 1];
    nfds_t n = 1;
    int wait = do_what_is_due(all);

    for (int i = 0; i < CHILDREN_MOST; i++)
        if (all->children[i].pid && all->children[i].ready_fd >= 0) {
            who[n] = &all->children[i];
            polled[n++] = (struct pollfd){.fd = all->children[i].ready_fd, .events = POLLIN};
        }
    poll(polled, n, wait);
    for (nfds_t i = 1; i < n; i++)
        if (polled[i].revents)
            hear_child(all, who[i]);
    if (polled[0].revents)
        take_all_signals(all);
}

static bool anybody_left(const struct supervisor *all)
{
    return children_count(all, BOARD_EDGE, true) + children_count(all, BOARD_DESK, true) > 0;
}

int supervisor_run(const char *dir, const struct run_options *options)
{
    struct arena *arena = arena_new();
    struct supervisor *all = ARENA_NEW(arena, struct supervisor);

    all->arena = arena;
    if (!supervisor_open(all, dir, options))
        return 1;
    supervisor_adopt(all);
    reap(all);
    if (anybody_left(all)) { /* we are the new program: exchange all of the old one's roles */
        all->announced = true;
        role_end(all, BOARD_DESK);
    } else {
        role_start(all, BOARD_DESK);
    }
    /* or when the desk is ready, which may have a schema to bring up to date */
    all->start_ms[BOARD_EDGE] = clock_steady_ms() + EDGE_WAITS_MS;
    while (!all->stop_ms || anybody_left(all))
        turn(all);
    unlink(app_file(all->arena, &all->app, "run/site"));
    LOG(paper_stopped);
    return all->status;
}
