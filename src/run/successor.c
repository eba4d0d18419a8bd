/* successor.c - SIGUSR2: a new program in our place, with our number, sockets and children. */
#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "src/events.h"
#include "src/run/supervisor_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static const char ADOPT[] = "HAOWAI_ADOPT"; /* "edge 17 desk 18": children of the program we replace */

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

void supervisor_upgrade(struct supervisor *all)
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

void supervisor_adopt(struct supervisor *all)
{
    const char *text = getenv(ADOPT);
    struct str rest = str_of(text);

    while (text && rest.p) {
        struct str role = str_cut(&rest, ' '), pid = rest.p ? str_cut(&rest, ' ') : STR("");
        struct child *child = child_place(all);
        int64_t number;
        if (!child || !str_to_int(pid, &number) || number <= 1)
            break;
        *child = (struct child){.pid = (pid_t)number, .ready_fd = -1, .ready = true, .started_ms = clock_steady_ms()};
        child->role = str_equal(role, STR("edge")) ? BOARD_EDGE : BOARD_DESK;
        all->was_ready[child->role] = true;
    }
    unsetenv(ADOPT);
}
