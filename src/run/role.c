/* role.c - see role.h. */
#include "src/run/role.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/http/bind.h"
#include "src/events.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

int role_failed(const struct role *role, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "haowai: %s: ", role->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n");
    return 1;
}

int role_loops(const struct settings *settings)
{
    int64_t loops = settings->loops;

    if (loops == 0)
        loops = sysconf(_SC_NPROCESSORS_ONLN);
    if (loops < 1)
        return 1;
    return loops > BIND_MOST ? BIND_MOST : (int)loops;
}

/* Signals wait in a file; nothing happens in a handler. SIGPIPE is an error of the write that caused it. */
static int take_signals(void)
{
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGQUIT);
    sigaddset(&ours, SIGHUP); /* a terminal that was closed is the supervisor's affair */
    sigprocmask(SIG_BLOCK, &ours, NULL);
    sigdelset(&ours, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &ours, SFD_CLOEXEC);
}

static void allow_many_files(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

bool role_begin(struct role *role, const char *name, const char *dir, const struct run_options *options)
{
    char process_name[16];
    struct db_problem problem = {{0}};

    *role = (struct role){.name = name, .arena = arena_new(), .options = options};
    snprintf(process_name, sizeof process_name, "haowai-%s", name);
    prctl(PR_SET_NAME, process_name);
    log_setup(LOG_NOTICE, name);
    inherited_take(&role->inherited);
    role->signals = take_signals();
    allow_many_files();
    umask(0027);
    if (!app_load(dir, role->arena, &role->app, &problem)) {
        role_failed(role, "%s", problem.text);
        return false;
    }
    if (options->site)
        role->app.settings.site = str_of(options->site);
    if (options->desk)
        role->app.settings.desk = str_of(options->desk);
    role->app.address = app_address(role->arena, &role->app.settings);
    return true;
}

int role_sockets(const struct role *role, const char *name, struct str address, int most, int out[])
{
    char problem[256];
    int n = inherited_find(&role->inherited, name, out, most);

    if (n > 0)
        return n;
    if (bind_all(address, most, out, problem, sizeof problem))
        return most;
    role_failed(role, "%s", problem);
    return 0;
}

const char *role_run_dir(struct role *role)
{
    const char *dir = app_file(role->arena, &role->app, "run");

    mkdir(dir, 0700);
    return dir;
}

void role_ready(const struct role *role)
{
    int fd;

    LOG(ready, LOG_INT("pid", getpid()));
    if (inherited_find(&role->inherited, "ready", &fd, 1) == 1) {
        if (write(fd, "r", 1) != 1)
            LOG(role_failed, LOG_TEXT("problem", STR("the supervisor does not hear us")));
        close(fd);
    }
}

int role_wait(const struct role *role, int other)
{
    struct pollfd polled[] = {{.fd = role->signals, .events = POLLIN}, {.fd = other, .events = POLLIN}};
    struct signalfd_siginfo info;

    for (;;) {
        if (poll(polled, 2, -1) < 0)
            CHECK(errno == EINTR);
        else if (polled[0].revents && read(role->signals, &info, sizeof info) == sizeof info)
            return (int)info.ssi_signo;
        else if (polled[1].revents)
            return 0;
    }
}
