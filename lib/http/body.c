/* body.c - where a request's body goes while it comes in.
 *
 * Small ones stay in memory; beyond limits.body_memory the whole moves to a file without a name (O_TMPFILE), so that a
 * crash leaves nothing behind and fifty slow uploads cost fifty file descriptors and no memory.
 */
#include "lib/http/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct body body_new(const struct http_limits *limits)
{
    return (struct body){.memory = BUF(limits->body_memory), .file = -1};
}

bool body_is_welcome(const struct request_framing *framing, const struct http_config *config)
{
    if (framing->length > config->limits.body || (framing->chunked && !config->limits.body))
        return false;
    return framing->length <= config->limits.body_memory || config->spill_dir;
}

static bool write_all(int file, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(file, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static bool move_to_file(struct body *body, const char *folder)
{
    body->file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (body->file < 0 || !write_all(body->file, buf_str(&body->memory)))
        return false;
    buf_free(&body->memory);
    return true;
}

int body_add(struct body *body, struct str bytes, const struct http_config *config)
{
    const struct http_limits *limits = &config->limits;

    if (bytes.n > limits->body || body->length > limits->body - bytes.n)
        return 413;
    body->length += bytes.n;
    if (body->file < 0 && body->length <= limits->body_memory) {
        buf_add_str(&body->memory, bytes);
        return 0;
    }
    if (body->file < 0 && !config->spill_dir)
        return 413;
    if (body->file < 0 && !move_to_file(body, config->spill_dir))
        return 503;
    return write_all(body->file, bytes) ? 0 : 503;
}

struct http_body body_result(const struct body *body)
{
    return (struct http_body){
        .memory = body->file < 0 ? buf_str(&body->memory) : STR(""), .file = body->file, .length = body->length};
}

void body_free(struct body *body)
{
    if (body->file >= 0)
        close(body->file);
    body->file = -1;
    if (body->memory.p)
        buf_free(&body->memory);
}
