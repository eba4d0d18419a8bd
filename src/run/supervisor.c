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
/* allow: long-file, one state machine */
#include "src/run/supervisor.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/http/bind.h"
#include "src/app.h"
#include "src/events.h"
#include "src/run/board.h"
#include "src/run/inherited.h"
#include "src/run/role.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHILDREN_MOST = 16,
    EDGE_WAITS_MS = 1500,  /* for the desk, at the start; then readers come first */
    STABLE_MS = 1000,      /* who lived that long did not die of its start */
    FIRST_DELAY_MS = 100, LONGEST_DELAY_MS = 10000,
    EDGE_STOP_MS = 8000,   /* readers get that long, then the desk is told to end, too */
    STOP_MS = 15000,       /* then whoever is left is killed */
    PATIENCE_MS = 10000,   /* for the roles of a supervisor that was killed: they are finishing */
    TRY_AGAIN_US = 20000,
};

static const char ADOPT[] = "HAOWAI_ADOPT"; /* "edge 17 desk 18": children of the program we replace */

struct child {
    pid_t pid; /* 0: free place */
    enum board_role role;
    int ready_fd; /* -1 when it has said so */
    bool ready, ending;
    int64_t started_ms;
};

struct supervisor {
    const char *dir;
    const struct run_options *options;
    struct arena *arena;
    struct app app;
    struct inherited sockets; /* what the roles get: "site" and "desk" */
    struct board *board;
    int board_fd, lock_fd, signals;
    struct child children[CHILDREN_MOST];
    int64_t start_ms[BOARD_ROLES]; /* when to start one; 0: not */
    int64_t delay_ms[BOARD_ROLES]; /* after the next early death */
    bool was_ready[BOARD_ROLES], announced;
    bool reload_again;             /* SIGHUP while a new edge was starting */
    int64_t stop_ms;               /* when we were told to end; 0: not */
    int status;
    const char *site, *desk;       /* where the sockets are */
    int64_t patient_until_ms;      /* until then an address that is taken may become free */
    char program[4096];            /* the file we were started from */
};

static int say(const char *problem)
{
    fprintf(stderr, "haowai run: %s\n", problem);
    return 1;
}

/* --- children ------------------------------------------------------------------------- */

static struct child *find_child(struct supervisor *all, pid_t pid)
{
    for (int i = 0; i < CHILDREN_MOST; i++)
        if (all->children[i].pid == pid)
            return &all->children[i];
    return NULL;
}

static int count_children(const struct supervisor *all, enum board_role role, bool ending_too)
{
    int n = 0;

    for (int i = 0; i < CHILDREN_MOST; i++) {
        const struct child *child = &all->children[i];
        n += child->pid && child->role == role && (ending_too || !child->ending);
    }
    return n;
}

static void set_board(struct supervisor *all, enum board_role role, pid_t pid, bool ready)
{
    struct board_entry *entry = &all->board->at[role];

    if (atomic_exchange(&entry->pid, pid) != pid)
        atomic_store(&entry->since_ms, clock_now().ms);
    atomic_store(&entry->ready, ready);
}

/* The child's side of fork. */
_Noreturn static void become(const struct supervisor *all, enum board_role role, int ready_fd)
{
    struct inherited given = {0};
    const char *wanted = board_role_name(role);
    const char *words[16] = {"haowai", "run", all->dir, "--role", wanted};
    int n = 5;
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGTERM);
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

static void start_role(struct supervisor *all, enum board_role role)
{
    struct child *child = find_child(all, 0);
    int pipe_fds[2];

    all->start_ms[role] = 0;
    if (!child || pipe2(pipe_fds, O_CLOEXEC) != 0) {
        LOG(role_failed, LOG_TEXT("role", str_of(board_role_name(role))));
        return;
    }
    pid_t pid = fork();
    if (pid == 0)
        become(all, role, pipe_fds[1]);
    close(pipe_fds[1]);
    if (pid < 0) {
        close(pipe_fds[0]);
        LOG(role_failed, LOG_TEXT("role", str_of(board_role_name(role))), LOG_TEXT("problem", str_of(strerror(errno))));
        all->start_ms[role] = clock_steady_ms() + LONGEST_DELAY_MS;
        return;
    }
    *child = (struct child){.pid = pid, .role = role, .ready_fd = pipe_fds[0], .started_ms = clock_steady_ms()};
    if (count_children(all, role, false) == 1)
        set_board(all, role, pid, false);
    LOG(role_started, LOG_TEXT("role", str_of(board_role_name(role))), LOG_INT("pid", pid));
}

static void tell_child(struct child *child, int signal_number)
{
    child->ending = true;
    kill(child->pid, signal_number);
}

static void end_role(struct supervisor *all, enum board_role role)
{
    for (int i = 0; i < CHILDREN_MOST; i++)
        if (all->children[i].pid && all->children[i].role == role && !all->children[i].ending)
            tell_child(&all->children[i], SIGTERM);
}

static void stop(struct supervisor *all, int status)
{
    if (all->stop_ms)
        return;
    LOG(paper_stopping);
    all->stop_ms = clock_steady_ms();
    all->status = status;
    all->start_ms[BOARD_EDGE] = all->start_ms[BOARD_DESK] = 0;
    end_role(all, BOARD_EDGE);
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
        start_role(all, BOARD_EDGE);
}

static void child_ready(struct supervisor *all, struct child *ready)
{
    ready->ready = true;
    all->was_ready[ready->role] = true;
    set_board(all, ready->role, ready->pid, true);
    for (int i = 0; i < CHILDREN_MOST; i++) {
        struct child *other = &all->children[i];
        if (other != ready && other->pid && other->role == ready->role && !other->ending)
            tell_child(other, SIGQUIT);
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
    bool alone = count_children(all, dead->role, false) == 0;
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
        set_board(all, ended.role, 0, false);
    if (!ended.ending && !all->stop_ms) {
        child_died(all, &ended, how);
        return;
    }
    LOG(role_ended, LOG_TEXT("role", str_of(board_role_name(ended.role))), LOG_INT("pid", ended.pid));
    if (!all->stop_ms && count_children(all, ended.role, false) == 0)
        all->start_ms[ended.role] = clock_steady_ms(); /* a desk that made room for its successor */
}

static void reap(struct supervisor *all)
{
    int how;

    for (pid_t pid; (pid = waitpid(-1, &how, WNOHANG)) > 0;) {
        struct child *child = find_child(all, pid);
        if (child)
            child_ended(all, child, how);
    }
}

/* --- a new program in our place -------------------------------------------------------------- */

static void keep_children(struct supervisor *all)
{
    struct buf text = BUF(1024);

    for (int i = 0; i < CHILDREN_MOST; i++)
        if (all->children[i].pid)
            buf_printf(&text, "%s%s %d", text.n ? " " : "", board_role_name(all->children[i].role),
                       (int)all->children[i].pid);
    setenv(ADOPT, str_cstr(all->arena, buf_str(&text)), 1);
    buf_free(&text);
}

/* Our own command line, as the kernel keeps it. */
static char **own_words(struct arena *arena)
{
    struct buf text = BUF(1 << 20);
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC), n = 0;
    LIST(char *) words = {0};

    if (fd < 0 || !buf_read_fd(&text, fd) || text.overflow)
        die("/proc/self/cmdline: %s", strerror(errno));
    close(fd);
    struct str all = str_copy(arena, buf_str(&text));
    buf_free(&text);
    for (; all.n; n++) {
        struct str word = str_cut(&all, '\0');
        *LIST_ADD(arena, &words) = (char *)(uintptr_t)str_cstr(arena, word);
    }
    LIST_ADD(arena, &words); /* NULL */
    return words.at;
}

static void upgrade(struct supervisor *all)
{
    struct inherited given = all->sockets;
    const char *program = all->program;

    LOG(paper_upgrading, LOG_TEXT("program", str_of(program)));
    if (access(program, X_OK) != 0) {
        LOG(role_failed, LOG_TEXT("role", STR("supervisor")), LOG_TEXT("problem", str_of(strerror(errno))));
        return;
    }
    given.at[given.n].fd = all->board_fd;
    given.at[given.n++].name = "board";
    given.at[given.n].fd = all->lock_fd;
    given.at[given.n++].name = "lock";
    keep_children(all);
    char **words = own_words(all->arena);
    inherited_give(&given);
    execv(program, words);
    die("%s: %s", program, strerror(errno)); /* our sockets have moved; the roles end with us */
}

static void adopt(struct supervisor *all)
{
    const char *text = getenv(ADOPT);
    struct str rest = str_of(text);

    while (text && rest.p) {
        struct str role = str_cut(&rest, ' '), pid = rest.p ? str_cut(&rest, ' ') : STR("");
        struct child *child = find_child(all, 0);
        int64_t number;
        if (!child || !str_to_int(pid, &number) || number <= 1)
            break;
        *child = (struct child){.pid = (pid_t)number, .ready_fd = -1, .ready = true, .started_ms = clock_steady_ms()};
        child->role = str_equal(role, STR("edge")) ? BOARD_EDGE : BOARD_DESK;
        all->was_ready[child->role] = true;
    }
    unsetenv(ADOPT);
}

/* --- opening ------------------------------------------------------------------------------- */

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

static bool begin(struct supervisor *all, const char *dir, const struct run_options *options)
{
    struct db_problem problem = {{0}};

    *all = (struct supervisor){.dir = dir, .options = options, .arena = arena_new(), .board_fd = -1};
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
    set_board(all, BOARD_SUPERVISOR, getpid(), true);
    return true;
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
            upgrade(all);
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
            start_role(all, role);
        if (all->start_ms[role] && all->start_ms[role] < next)
            next = all->start_ms[role];
    }
    if (all->stop_ms) {
        bool edges_gone = count_children(all, BOARD_EDGE, true) == 0;
        if (edges_gone || now >= all->stop_ms + EDGE_STOP_MS)
            end_role(all, BOARD_DESK);
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
    return count_children(all, BOARD_EDGE, true) + count_children(all, BOARD_DESK, true) > 0;
}

int supervisor_run(const char *dir, const struct run_options *options)
{
    static struct supervisor all; /* allow: state, one a process */

    if (!begin(&all, dir, options))
        return 1;
    adopt(&all);
    reap(&all);
    if (anybody_left(&all)) { /* we are the new program: exchange all of the old one's roles */
        all.announced = true;
        end_role(&all, BOARD_DESK);
    } else {
        start_role(&all, BOARD_DESK);
    }
    /* or when the desk is ready, which may have a schema to bring up to date */
    all.start_ms[BOARD_EDGE] = clock_steady_ms() + EDGE_WAITS_MS;
    while (!all.stop_ms || anybody_left(&all))
        turn(&all);
    unlink(app_file(all.arena, &all.app, "run/site"));
    LOG(paper_stopped);
    return all.status;
}
