/* access_log.c - see access_log.h.
 *
 * allow: heap, a buffer for each event loop that lives as long as the process
 */
#include "src/edge/access_log.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/clock.h"
#include "lib/base/log.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <unistd.h>

enum { LINES_MOST = 64 * 1024, FLUSH_AT = 48 * 1024, VALUE_MOST = 512 };

struct lines {
    _Alignas(64) pthread_mutex_t lock; /* the loop's own, but for the flush of each second */
    struct buf text;
    int64_t second; /* for which `time` was written */
    char time[40];
    size_t time_n;
};

struct access_log {
    int loops;
    struct lines at[];
};

struct access_log *access_log_new(int loops)
{
    struct access_log *log = aligned_alloc(64, sizeof *log + 64 + (size_t)loops * sizeof(struct lines));

    if (!log)
        die("out of memory");
    log->loops = loops;
    for (int i = 0; i < loops; i++) {
        struct lines *lines = &log->at[i];
        *lines = (struct lines){.text = BUF(LINES_MOST)};
        pthread_mutex_init(&lines->lock, NULL);
    }
    return log;
}

void access_log_free(struct access_log **out)
{
    struct access_log *log = *out;

    if (!log)
        return;
    access_log_flush(log);
    for (int i = 0; i < log->loops; i++) {
        buf_free(&log->at[i].text);
        pthread_mutex_destroy(&log->at[i].lock);
    }
    free(log);
    *out = NULL;
}

void network_of(struct buf *out, struct str address)
{
    char text[64];
    unsigned char bytes[16];

    if (address.n >= sizeof text) {
        buf_add_char(out, '?');
        return;
    }
    memcpy(text, address.p, address.n);
    text[address.n] = '\0';
    if (inet_pton(AF_INET, text, bytes) == 1) {
        bytes[3] = 0;
        buf_add_str(out, str_of(inet_ntop(AF_INET, bytes, text, sizeof text)));
    } else if (inet_pton(AF_INET6, text, bytes) == 1) {
        memset(bytes + 6, 0, sizeof bytes - 6);
        buf_add_str(out, str_of(inet_ntop(AF_INET6, bytes, text, sizeof text)));
    } else {
        log_add_value(out, address); /* "local" */
    }
}

static void write_out(struct lines *lines)
{
    /* a log that cannot be written must not stop the paper */
    if (lines->text.n && write(STDERR_FILENO, lines->text.p, lines->text.n) < 0) {
    }
    buf_clear(&lines->text);
}

static void add_time(struct lines *lines)
{
    struct moment now = clock_now();

    if (now.ms / 1000 != lines->second) {
        struct arena *arena = arena_new();
        struct str time = moment_iso(arena, now);
        lines->second = now.ms / 1000;
        lines->time_n = time.n < sizeof lines->time ? time.n : sizeof lines->time;
        memcpy(lines->time, time.p, lines->time_n);
        arena_free(&arena);
    }
    buf_add(&lines->text, lines->time, lines->time_n);
}

static void add_text(struct buf *line, struct str name, struct str value)
{
    buf_add_str(line, name);
    log_add_value(line, str_head(value, VALUE_MOST));
}

static void add_number(struct buf *line, struct str name, int64_t number)
{
    buf_add_str(line, name);
    buf_add_int(line, number);
}

static struct str method_name(enum http_method method)
{
    static const struct str NAMES[] = {
        [HTTP_GET] = STR_INIT("GET"),         [HTTP_HEAD] = STR_INIT("HEAD"),   [HTTP_POST] = STR_INIT("POST"),
        [HTTP_PUT] = STR_INIT("PUT"),         [HTTP_PATCH] = STR_INIT("PATCH"), [HTTP_DELETE] = STR_INIT("DELETE"),
        [HTTP_OPTIONS] = STR_INIT("OPTIONS"),
    };

    return NAMES[method];
}

static void add_header(struct buf *line, struct str name, const struct http_request *request, struct str header)
{
    struct str value = http_header(request, header);

    if (value.n)
        add_text(line, name, value);
}

void access_log_add(struct access_log *log, int loop, const struct http_request *request, int status, uint64_t sent,
                    int64_t microseconds)
{
    CHECK(loop >= 0 && loop < log->loops);
    struct lines *lines = &log->at[loop];
    struct buf *line = &lines->text;

    pthread_mutex_lock(&lines->lock);
    buf_add_str(line, STR("time="));
    add_time(lines);
    buf_add_str(line, STR(" level=notice role=edge event=request client="));
    network_of(line, request->client);
    add_text(line, STR(" method="), method_name(request->method));
    add_text(line, STR(" target="), request->target);
    add_number(line, STR(" status="), status);
    add_number(line, STR(" bytes="), (int64_t)sent);
    add_number(line, STR(" us="), microseconds);
    add_header(line, STR(" referer="), request, STR("referer"));
    add_header(line, STR(" agent="), request, STR("user-agent"));
    buf_add_char(line, '\n');
    if (line->n >= FLUSH_AT)
        write_out(lines);
    pthread_mutex_unlock(&lines->lock);
}

void access_log_flush(struct access_log *log)
{
    for (int i = 0; i < log->loops; i++) {
        pthread_mutex_lock(&log->at[i].lock);
        write_out(&log->at[i]);
        pthread_mutex_unlock(&log->at[i].lock);
    }
}
