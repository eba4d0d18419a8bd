/* demo_media.c - the demo paper's pictures and films: written to DIR/media, then registered. */
#include "lib/base/arena.h"
#include "lib/web/theme.h"
#include "src/demo/demo_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

extern const struct embedded_file DEMO_FILES[];

enum { FILM_WIDTH = 640 };

static bool write_all(int fd, const char *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t written = write(fd, bytes + done, n - done);
        if (written <= 0)
            return false;
        done += (size_t)written;
    }
    return true;
}

static bool copy_file(struct filling *filling, const char *name, const struct embedded_file *file)
{
    int fd = openat(filling->app.media, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    bool written = fd >= 0 && write_all(fd, file->bytes, file->size);
    int error = errno;

    if (fd >= 0 && close(fd) != 0)
        written = false;
    return written || demo_fail(filling, "%s/media/%s: %s", filling->app.dir, name, strerror(error));
}

bool demo_copy_media(struct filling *filling)
{
    for (const struct embedded_file *file = DEMO_FILES; file->name; file++) {
        struct str name = str_of(file->name);
        bool is_media = str_starts(name, STR("pictures/")) || str_starts(name, STR("videos/"));
        if (is_media && !copy_file(filling, strchr(file->name, '/') + 1, file))
            return false;
    }
    /* the database will say they are there */
    return syncfs(filling->app.media) == 0 || demo_fail(filling, "%s/media: %s", filling->app.dir, strerror(errno));
}

/* `words` holds "name": value pairs. */
static bool put(struct filling *filling, struct str words)
{
    struct str body =
        str_printf(filling->arena, "{%.*s,\"credit\":\"%.*s\"}", STR_ARG(words), STR_ARG(filling->app.settings.title));

    return demo_act(filling, "POST", "/desk/api/media", body, NULL);
}

static bool add_pictures(struct filling *filling, const struct json *pictures)
{
    for (size_t i = 0; i < json_count(pictures); i++) {
        const struct json *picture = json_element(pictures, i);
        if (!put(filling, str_printf(filling->arena, "\"name\":\"%.*s\",\"file\":\"%.*s\",\"small_file\":\"%.*s\"",
                                     STR_ARG(json_member_text(picture, "name", STR(""))),
                                     STR_ARG(json_member_text(picture, "file", STR(""))),
                                     STR_ARG(json_member_text(picture, "small", STR(""))))))
            return false;
    }
    return true;
}

/* A film is as high as the picture it was drawn from. */
static int64_t film_height(const struct json *pictures, struct str name)
{
    for (size_t i = 0; i < json_count(pictures); i++) {
        const struct json *picture = json_element(pictures, i);
        int64_t width = json_member_int(picture, "width", 16), height = json_member_int(picture, "height", 9);
        if (str_equal(json_member_text(picture, "name", STR("")), name))
            return (height * FILM_WIDTH + width / 2) / width;
    }
    return FILM_WIDTH * 9 / 16;
}

static bool add_films(struct filling *filling, const struct json *pictures)
{
    const struct json *videos = demo_json(filling, "videos.json");

    for (size_t i = 0; i < json_count(videos); i++) {
        const struct json *video = json_element(videos, i);
        int64_t height = film_height(pictures, json_member_text(video, "picture", STR("")));
        if (!put(filling, str_printf(filling->arena,
                                     "\"kind\":\"video\",\"file\":\"%.*s.webm\",\"width\":%d,\"height\":%" PRId64,
                                     STR_ARG(json_member_text(video, "ref", STR(""))), FILM_WIDTH, height)))
            return false;
    }
    return videos != NULL;
}

bool demo_add_media(struct filling *filling)
{
    const struct json *pictures = demo_json(filling, "pictures.json");

    return pictures && add_pictures(filling, pictures) && add_films(filling, pictures);
}
