/* sandbox_test.c - an edge that was taken over: what it may still do, tried in a child that entered the sandbox. */
#include "src/edge/sandbox.h"

#include "tests/unit_paper.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct unit_paper *paper;

static const char *in_paper(const char *name)
{
    return str_cstr(paper->arena, str_printf(paper->arena, "%s/%s", paper->dir, name));
}

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

/* --- attempts; each returns whether it was possible, in the child --------------------------- */

static bool open_with(const char *path, int flags)
{
    return open(path, flags | O_CLOEXEC, 0600) >= 0;
}

static bool writes_database(void)
{
    return open_with(in_paper("content.db"), O_RDWR) || open_with(in_paper("content.db"), O_WRONLY | O_APPEND);
}

static bool writes_log(void)
{
    return open_with(in_paper("content.db-wal"), O_RDWR);
}

static bool makes_file(void)
{
    return open_with(in_paper("media/new.html"), O_WRONLY | O_CREAT) || open_with(paper->dir, O_TMPFILE | O_WRONLY) ||
           creat(in_paper("media/new.html"), 0600) >= 0;
}

static bool changes_files(void)
{
    return unlink(in_paper("media/there")) == 0 || rename(in_paper("media/there"), in_paper("media/gone")) == 0 ||
           truncate(in_paper("media/there"), 0) == 0 || mkdir(in_paper("media/dir"), 0700) == 0 ||
           symlink("/etc/passwd", in_paper("media/link")) == 0 || chmod(in_paper("media/there"), 0777) == 0;
}

static bool opens_vault(void)
{
    return open_with(in_paper("vault.db"), O_RDONLY);
}

static bool opens_settings(void)
{
    return open_with(in_paper("haowai.conf"), O_RDONLY) || open_with("/etc/passwd", O_RDONLY) ||
           open_with("/proc/self/environ", O_RDONLY) || open_with("/proc/self/mem", O_RDONLY);
}

static bool connects(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ||
           socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
}

static int unconnected = -1; /* a socket from before */

static bool connects_an_old_socket(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    return connect(unconnected, (struct sockaddr *)&address, sizeof address) == 0 || errno != EPERM ||
           bind(unconnected, (struct sockaddr *)&address, sizeof address) == 0 || listen(unconnected, 1) == 0;
}

static bool starts_programs(void)
{
    char *const words[] = {(char *)(uintptr_t) "true", NULL};
    pid_t pid;

    return fork() >= 0 || vfork() >= 0 || posix_spawn(&pid, "/bin/true", NULL, NULL, words, NULL) == 0 ||
           execv("/bin/true", words) == 0 || errno != EPERM;
}

static bool looks_into_others(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 || kill(getppid(), 0) == 0 ||
           syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0) >= 0 ||
           syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 || syscall(SYS_pidfd_open, getppid(), 0) >= 0;
}

static bool makes_code(void)
{
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ||
           mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0 || memfd_create("code", 0) >= 0;
}

static bool gains_rights(void)
{
    return setuid(0) == 0 || syscall(SYS_unshare, 0x10000000) == 0 || syscall(SYS_bpf, 0, NULL, 0) >= 0 ||
           syscall(SYS_io_uring_setup, 1, NULL) >= 0 || syscall(SYS_userfaultfd, 0) >= 0 ||
           syscall(SYS_keyctl, 0, 0, 0, 0, 0) >= 0 || syscall(SYS_mount, "", "", "", 0, NULL) == 0;
}

static void *idle(void *argument)
{
    return argument;
}

/* What it is there for must go on. */
static bool serves(void)
{
    struct arena *arena = arena_new();
    struct db_reader *db = db_read(paper->app.db, arena, NULL);
    pthread_t thread;
    char byte;

    bool good = db_read_end(&db) && pthread_create(&thread, NULL, idle, NULL) == 0 && pthread_join(thread, NULL) == 0;
    int file = openat(paper->app.media, "there", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return good && file >= 0 && read(file, &byte, 1) == 1 && malloc(64 << 20) != NULL;
}

/* --- trying ------------------------------------------------------------------------------------ */

/* In a child: enters the sandbox, then tries. */
static bool possible(bool (*attempt)(void), const struct sandbox *sandbox)
{
    fflush(NULL);
    pid_t pid = fork();
    int how;

    if (pid == 0) {
        int missing = sandbox_enter(sandbox);
        if (missing & SANDBOX_SECCOMP)
            _exit(2);
        _exit(attempt() ? 1 : 0);
    }
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) <= 1);
    return WEXITSTATUS(how) == 1;
}

static struct sandbox edges_own(void)
{
    static const char *readable[5];

    readable[0] = in_paper("content.db");
    readable[1] = in_paper("content.db-wal");
    readable[2] = in_paper("content.db-shm");
    readable[3] = in_paper("media");
    return (struct sandbox){.readable = readable};
}

static void refused(void **state)
{
    struct sandbox sandbox = edges_own();

    (void)state;
    assert_true(open_with(in_paper("vault.db"), O_RDONLY)); /* the attempts are real: they work outside */
    assert_true(open_with(in_paper("content.db"), O_RDWR));
    assert_false(possible(writes_database, &sandbox));
    assert_false(possible(writes_log, &sandbox));
    assert_false(possible(makes_file, &sandbox));
    assert_false(possible(changes_files, &sandbox));
    assert_false(possible(connects, &sandbox));
    assert_false(possible(connects_an_old_socket, &sandbox));
    assert_false(possible(starts_programs, &sandbox));
    assert_false(possible(looks_into_others, &sandbox));
    assert_false(possible(makes_code, &sandbox));
    assert_false(possible(gains_rights, &sandbox));
    if (!has_landlock())
        skip();
    assert_false(possible(opens_vault, &sandbox));
    assert_false(possible(opens_settings, &sandbox));
}

static void possible_still(void **state)
{
    struct sandbox sandbox = edges_own();

    (void)state;
    assert_true(possible(serves, &sandbox));
}

static bool connects_by_tcp(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool connects_locally(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

/* An edge of a PostgreSQL paper keeps what it needs for its server, and only that. */
static void with_a_server(void **state)
{
    struct sandbox sandbox = edges_own();

    (void)state;
    sandbox.connects = true;
    sandbox.port = 5432;
    assert_true(possible(connects_by_tcp, &sandbox));
    assert_false(possible(connects_locally, &sandbox)); /* or it could talk to run/desk.sock */
    assert_false(possible(writes_database, &sandbox));
    assert_false(possible(starts_programs, &sandbox));
    sandbox.port = 0;
    assert_true(possible(connects_locally, &sandbox));
    assert_false(possible(connects_by_tcp, &sandbox));
}

static int set_up(void **state)
{
    (void)state;
    paper = unit_paper_open();
    unit_media_file(paper, "there", "x", 1);
    for (const char *const *name =
             (const char *const[]){"vault.db", "haowai.conf", "content.db", "content.db-wal", NULL};
         *name; name++)
        close(open(in_paper(*name), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    unconnected = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(unconnected);
    unit_paper_close(&paper);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(possible_still, set_up, tear_down),
        cmocka_unit_test_setup_teardown(with_a_server, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
