/* media_file.c - opening a media file by its plain name, without being led elsewhere.
 *
 * The directory was opened when the role started; names have no slash, links
 * are refused, and only the head of a file is read, so neither a long file nor
 * a strange one costs more than a megabyte.
 */
#include "src/media/media_file.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VIDEO_HEAD = 16 };

static bool read_head(int fd, struct arena *arena, size_t most, struct str *out)
{
    struct stat status;

    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    size_t want = (uint64_t)status.st_size < most ? (size_t)status.st_size : most, n = 0;
    char *bytes = arena_bytes(arena, want);
    while (n < want) {
        ssize_t got = read(fd, bytes + n, want - n);
        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    *out = (struct str){bytes, n};
    return true;
}

static int open_file(int dir, struct arena *arena, struct str file)
{
    if (!media_file_is_valid(file))
        return -1;
    return openat(dir, str_cstr(arena, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

int64_t media_file_bytes(int dir, struct arena *arena, struct str file)
{
    struct stat status;
    int fd = open_file(dir, arena, file);

    if (fd < 0)
        return 0;
    bool known = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    close(fd);
    return known ? status.st_size : 0;
}

bool media_file_head(int dir, struct arena *arena, struct str file, size_t most, struct str *out)
{
    int fd = open_file(dir, arena, file);

    if (fd < 0)
        return false;
    bool read_all = read_head(fd, arena, most, out);
    close(fd);
    return read_all;
}

static const char *const NO_FILE = "there is no such file in the paper's media directory; copy it there first";

const char *media_picture_problem(int dir, struct arena *arena, struct str file, struct picture *out)
{
    struct str head;

    if (!media_file_is_valid(file))
        return "must be a plain file name with an ending, of letters A-Z a-z, digits, dots, hyphens and underscores";
    if (!media_file_head(dir, arena, file, PICTURE_HEAD_MOST, &head))
        return NO_FILE;
    if (!picture_read(head, out))
        return "is not a WebP, JPEG, PNG or GIF picture of at most 16383 pixels a side; convert it to WebP";
    if (!picture_ending_fits(file, out->format))
        return "has an ending that does not fit what is in it; rename the file";
    return NULL;
}

const char *media_video_problem(int dir, struct arena *arena, struct str file)
{
    struct str head;

    if (!media_file_is_valid(file))
        return "must be a plain file name with an ending, of letters A-Z a-z, digits, dots, hyphens and underscores";
    if (!media_file_head(dir, arena, file, VIDEO_HEAD, &head))
        return NO_FILE;
    return video_file_fits(file, head) ? NULL : "is not an MP4 or WebM file; convert it to MP4 (H.264)";
}
