/* opening.c - a paper opens: its lock, its sockets, the signals its supervisor listens to. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/http/bind.h"
#include "src/events.h"
#include "src/run/role.h"
#include "src/run/supervisor_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PATIENCE_MS = 10000, /* for the roles of a supervisor that was killed: they are finishing */
    TRY_AGAIN_US = 20000,
};

static int say(const char *problem)
{
    fprintf(stderr, "haowai run: %s\n", problem);
    return 1;
}

static bool take_lock(struct supervisor *all)
{
    const char *dir = app_file(all->arena, &all->app, "run");
    const char *path = app_file(all->arena, &all->app, "run/supervisor.lock");
    char text[32] = "";

    if (inherited_find(&all->sockets, "lock", &all->lock_fd, 1) == 1)
        return true;
    mkdir(dir, 0700);
    all->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (all->lock_fd < 0) {
        fprintf(stderr, "haowai run: %s: %s\n", path, strerror(errno));
        return false;
    }
    if (flock(all->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        if (read(all->lock_fd, text, sizeof text - 1) <= 0)
            text[0] = '?';
        fprintf(stderr, "haowai run: this paper is open already, by process %.*s. Close that one first: kill %.*s\n",
                (int)strcspn(text, "\n"), text, (int)strcspn(text, "\n"), text);
        return false;
    }
    int n = snprintf(text, sizeof text, "%d\n", (int)getpid());
    return ftruncate(all->lock_fd, 0) == 0 && pwrite(all->lock_fd, text, (size_t)n, 0) == n;
}

/* Returns where they are; NULL when they could not be opened. */
static const char *open_sockets(struct supervisor *all, const char *name, struct str address, int count)
{
    int fds[BIND_MOST];
    char problem[256];

    if (inherited_find(&all->sockets, name, fds, 1) == 1)
        return str_cstr(all->arena, bind_address(all->arena, fds[0]));
    while (!bind_all(address, count, fds, problem, sizeof problem)) {
        if (clock_steady_ms() >= all->patient_until_ms) {
            say(problem);
            return NULL;
        }
        usleep(TRY_AGAIN_US);
    }
    for (int i = 0; i < count; i++) {
        all->sockets.at[all->sockets.n].fd = fds[i];
        all->sockets.at[all->sockets.n++].name = name;
    }
    return str_cstr(all->arena, bind_address(all->arena, fds[0]));
}

/* For commands that print addresses (app_load). */
static void write_site(struct supervisor *all)
{
    const char *path = app_file(all->arena, &all->app, "run/site");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

    if (fd < 0 || write(fd, all->site, strlen(all->site)) < 0)
        fprintf(stderr, "haowai run: %s: %s\n", path, strerror(errno));
    if (fd >= 0)
        close(fd);
}

/* Only the sockets stay; board and lock have places of their own. */
static void forget_others(struct inherited *sockets)
{
    size_t n = 0;

    for (size_t i = 0; i < sockets->n; i++)
        if (strcmp(sockets->at[i].name, "site") == 0 || strcmp(sockets->at[i].name, "desk") == 0)
            sockets->at[n++] = sockets->at[i];
    sockets->n = n;
}

static int take_signals(void)
{
    static const int OURS[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR2};
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof OURS / sizeof *OURS; i++)
        sigaddset(&set, OURS[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

bool supervisor_open(struct supervisor *all, const char *dir, const struct run_options *options)
{
    struct db_problem problem = {{0}};

    all->dir = dir;
    all->options = options;
    all->board_fd = -1;
    log_setup(LOG_NOTICE, "supervisor");
    umask(0027);
    inherited_take(&all->sockets);
    if (!app_load(dir, all->arena, &all->app, &problem)) {
        say(problem.text);
        return false;
    }
    struct settings *settings = &all->app.settings;
    if (options->site)
        settings->site = str_of(options->site);
    if (options->desk)
        settings->desk = str_of(options->desk);
    if (!take_lock(all))
        return false;
    if (inherited_find(&all->sockets, "board", &all->board_fd, 1) == 1)
        all->board = board_open(all->board_fd);
    else
        all->board = board_new(&all->board_fd);
    if (!all->board) {
        say(strerror(errno));
        return false;
    }
    forget_others(&all->sockets);
    if (access(app_file(all->arena, &all->app, "run/site"), F_OK) == 0) /* whoever wrote it could not remove it */
        all->patient_until_ms = clock_steady_ms() + PATIENCE_MS;
    all->site = open_sockets(all, "site", settings->site, role_loops(settings));
    all->desk = all->site ? open_sockets(all, "desk", settings->desk, 1) : NULL;
    if (!all->desk)
        return false;
    write_site(all);
    ssize_t n = readlink("/proc/self/exe", all->program, sizeof all->program - 1);
    all->program[n > 0 ? n : 0] = '\0';
    all->signals = take_signals();
    board_set(all, BOARD_SUPERVISOR, getpid(), true);
    return true;
}
