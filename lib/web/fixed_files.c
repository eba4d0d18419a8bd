/* fixed_files.c - the theme's assets from memory, media from a directory.
 *
 * Media come from strangers by way of the desk: only plain names are opened,
 * only known types are shown, nothing is sniffed, and no script of theirs runs
 * (sandbox). They may be replaced under their name, so caches in between ask
 * each time and browsers each hour.
 */
#include "lib/base/check.h"
#include "lib/web/site_inside.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- assets --------------------------------------------------------------------- */

static bool answer_asset(const struct site *site, const struct http_request *request, struct http_answer *answer)
{
    const struct asset *asset = theme_asset(site->config.theme, request->path);

    if (!asset)
        return false;
    bool packed = asset->packed.iov_len > 0 && accepts_gzip(request);
    const struct iovec *piece = packed ? &asset->packed : &asset->plain;
    *answer = (struct http_answer){.status = 200,
                                   .headers = packed ? asset->packed_headers : asset->headers,
                                   .pieces = piece,
                                   .piece_count = 1,
                                   .file = -1,
                                   .length = piece->iov_len};
    return true;
}

/* --- media: names and types --------------------------------------------------------- */

static bool is_plain_name(struct str name)
{
    if (name.n == 0 || name.n > 255 || name.p[0] == '.')
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '_' || c == '.';
        if (!plain)
            return false;
    }
    return true;
}

static struct str type_of(struct str name)
{
    static const struct {
        struct str ending, type;
    } TYPES[] = {
        {STR_INIT(".webp"), STR_INIT("image/webp")},   {STR_INIT(".jpg"), STR_INIT("image/jpeg")},
        {STR_INIT(".jpeg"), STR_INIT("image/jpeg")},   {STR_INIT(".png"), STR_INIT("image/png")},
        {STR_INIT(".gif"), STR_INIT("image/gif")},     {STR_INIT(".avif"), STR_INIT("image/avif")},
        {STR_INIT(".svg"), STR_INIT("image/svg+xml")}, {STR_INIT(".mp4"), STR_INIT("video/mp4")},
        {STR_INIT(".webm"), STR_INIT("video/webm")},   {STR_INIT(".vtt"), STR_INIT("text/vtt; charset=utf-8")},
        {STR_INIT(".mp3"), STR_INIT("audio/mpeg")},    {STR_INIT(".pdf"), STR_INIT("application/pdf")},
    };

    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (name.n > TYPES[i].ending.n && str_equal_nocase(str_from(name, name.n - TYPES[i].ending.n), TYPES[i].ending))
            return TYPES[i].type;
    return STR("application/octet-stream");
}

/* --- media: validators and ranges ---------------------------------------------------- */

struct media {
    int file;
    uint64_t size;
    char etag[48];
    char modified[30];
    char headers[512];
};

static struct media *media_open(int dir, struct str name)
{
    char path[256];
    struct stat status;

    memcpy(path, name.p, name.n);
    path[name.n] = '\0';
    int file = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return NULL;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(file);
        return NULL;
    }
    struct media *media = malloc(sizeof *media);
    if (!media)
        die("out of memory");
    int64_t modified_ms = status.st_mtim.tv_sec * (int64_t)1000 + status.st_mtim.tv_nsec / 1000000;
    *media = (struct media){.file = file, .size = (uint64_t)status.st_size};
    snprintf(media->etag, sizeof media->etag, "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 "\"", (uint64_t)status.st_ino,
             (uint64_t)status.st_size,
             (uint64_t)status.st_mtim.tv_sec * 1000000000u + (uint64_t)status.st_mtim.tv_nsec);
    moment_http((struct moment){modified_ms}, media->modified);
    media->modified[29] = '\0';
    return media;
}

/* Has the reader this very file? ETags count before dates (RFC 9110, 13.2.2). */
static bool is_unchanged(const struct media *media, const struct http_request *request)
{
    struct str tags = http_header(request, STR("if-none-match"));
    struct str since = http_header(request, STR("if-modified-since"));

    if (tags.p)
        return str_find(tags, str_of(media->etag), 0) >= 0 || str_equal(tags, STR("*"));
    return str_equal(since, str_of(media->modified)); /* the date we gave; any other is another file's */
}

static bool take_digits(struct str *rest, uint64_t *out)
{
    size_t n = 0;

    for (*out = 0; n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9'; n++) {
        if (n == 18)
            return false;
        *out = *out * 10 + (uint64_t)(rest->p[n] - '0');
    }
    *rest = str_from(*rest, n);
    return n > 0;
}

/* What of the file is wanted. */
enum wanted { WANTED_ALL, WANTED_PART, WANTED_BEYOND };

/* "a-b", "a-" or "-n" as the first and the last byte, both within the file. */
static enum wanted parse_range(struct str rest, uint64_t size, uint64_t *first, uint64_t *last)
{
    bool has_first = take_digits(&rest, first);

    if (!str_starts(rest, STR("-")))
        return WANTED_ALL;
    rest = str_from(rest, 1);
    bool has_last = take_digits(&rest, last);
    if (rest.n || (!has_first && !has_last) || (has_first && has_last && *last < *first))
        return WANTED_ALL;
    if (!has_first) { /* the last n bytes */
        *first = *last < size ? size - *last : 0;
        if (*last == 0)
            return WANTED_BEYOND;
    }
    if (*first >= size)
        return WANTED_BEYOND;
    if (!has_first || !has_last || *last >= size)
        *last = size - 1;
    return WANTED_PART;
}

/* Several ranges, or what is none, count as none: the whole is sent (RFC 9110, 14.2). */
static enum wanted find_range(const struct media *media, const struct http_request *request, uint64_t *first,
                              uint64_t *last)
{
    struct str range = http_header(request, STR("range")), condition = http_header(request, STR("if-range"));

    if (!range.p || request->method != HTTP_GET || !str_starts(range, STR("bytes=")))
        return WANTED_ALL;
    if (condition.p && !str_equal(condition, str_of(media->etag)) && !str_equal(condition, str_of(media->modified)))
        return WANTED_ALL;
    return parse_range(str_from(range, strlen("bytes=")), media->size, first, last);
}

/* --- media: answering ------------------------------------------------------------------ */

static void write_headers(struct media *media, struct str type, const char *range)
{
    const char *shown = str_equal(type, STR("application/octet-stream")) ? "Content-Disposition: attachment\r\n" : "";
    int n = snprintf(media->headers, sizeof media->headers,
                     "Content-Type: %.*s\r\n%s%sETag: %s\r\nLast-Modified: %s\r\nAccept-Ranges: bytes\r\n"
                     "Cache-Control: public, max-age=3600, s-maxage=0, must-revalidate\r\n"
                     "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; sandbox\r\n",
                     STR_ARG(type), shown, range, media->etag, media->modified);

    CHECK(n > 0 && (size_t)n < sizeof media->headers);
}

/* The file goes along, or is closed here when there is nothing to send of it. */
static void fill_answer(struct media *media, int status, uint64_t offset, uint64_t length, struct str type,
                        const char *range, struct http_answer *answer)
{
    write_headers(media, type, range);
    *answer = (struct http_answer){.status = status,
                                   .headers = str_of(media->headers),
                                   .file = media->file,
                                   .file_offset = offset,
                                   .length = length,
                                   .release = free,
                                   .owner = media};
    if (length == 0) {
        close(media->file);
        answer->file = -1;
    }
}

static bool answer_media(const struct site *site, const struct http_request *request, struct http_answer *answer)
{
    struct str name = str_from(request->path, strlen("/media/")), type = type_of(name);
    struct media *media = is_plain_name(name) ? media_open(site->config.media, name) : NULL;
    uint64_t first, last;
    char range[96];

    if (!media)
        return false;
    if (is_unchanged(media, request)) {
        fill_answer(media, 304, 0, 0, type, "", answer);
        return true;
    }
    switch (find_range(media, request, &first, &last)) {
    case WANTED_ALL: fill_answer(media, 200, 0, media->size, type, "", answer); break;
    case WANTED_PART:
        snprintf(range, sizeof range, "Content-Range: bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64 "\r\n", first, last,
                 media->size);
        fill_answer(media, 206, first, last - first + 1, type, range, answer);
        break;
    case WANTED_BEYOND:
        snprintf(range, sizeof range, "Content-Range: bytes */%" PRIu64 "\r\n", media->size);
        fill_answer(media, 416, 0, 0, type, range, answer);
        break;
    }
    return true;
}

bool answer_file(struct site *site, const struct http_request *request, struct http_answer *answer)
{
    if (str_starts(request->path, STR("/assets/")))
        return answer_asset(site, request, answer);
    return str_starts(request->path, STR("/media/")) && answer_media(site, request, answer);
}
