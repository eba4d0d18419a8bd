/* board.c - a page of shared memory, see board.h. */
#include "src/run/board.h"

#include "lib/base/check.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const char *board_role_name(enum board_role role)
{
    static const char *const NAMES[BOARD_ROLES] = {"supervisor", "edge", "desk"};

    CHECK(role < BOARD_ROLES);
    return NAMES[role];
}

static struct board *map(int fd)
{
    void *memory = mmap(NULL, sizeof(struct board), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    return memory == MAP_FAILED ? NULL : memory;
}

struct board *board_new(int *fd)
{
    *fd = memfd_create("haowai-board", MFD_CLOEXEC);
    return *fd >= 0 && ftruncate(*fd, sizeof(struct board)) == 0 ? map(*fd) : NULL;
}

struct board *board_open(int fd)
{
    struct stat status;

    return fd >= 0 && fstat(fd, &status) == 0 && status.st_size >= (off_t)sizeof(struct board) ? map(fd) : NULL;
}
