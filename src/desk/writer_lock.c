/* writer_lock.c - advisory locks that end with their process, see writer_lock.h. */
#include "src/desk/writer_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { TRY_AGAIN_US = 20000 };

static int open_lock(const char *run_dir, const char *name, int flags)
{
    char path[4096];

    errno = ENAMETOOLONG;
    if (snprintf(path, sizeof path, "%s/%s", run_dir, name) >= (int)sizeof path)
        return -1;
    return open(path, flags | O_CLOEXEC, 0600);
}

bool writer_lock(const char *run_dir, int64_t wait_ms, struct db_problem *problem)
{
    int64_t until = clock_steady_ms() + wait_ms;
    int fd = open_lock(run_dir, "writer.lock", O_RDWR | O_CREAT);

    if (fd < 0) {
        snprintf(problem->text, sizeof problem->text, "%s/writer.lock: %s", run_dir, strerror(errno));
        return false;
    }
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) { /* held until the process ends */
        if (clock_steady_ms() >= until) {
            close(fd);
            snprintf(problem->text, sizeof problem->text,
                     "another process is writing to this paper; wait until it has finished (it holds %s/writer.lock)",
                     run_dir);
            return false;
        }
        usleep(TRY_AGAIN_US);
    }
    return true;
}

bool supervisor_lives(const char *run_dir)
{
    int fd = open_lock(run_dir, "supervisor.lock", O_RDWR);
    bool lives = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;

    if (fd >= 0)
        close(fd);
    return lives;
}
