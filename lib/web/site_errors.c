/* site_errors.c - answers that are no pages: refusals, redirects, texts.
 *
 * The refusals are composed once at start. 500 and 503 are files of the theme
 * as they are, because a page made of parts needs the database that has just
 * failed.
 */
#include "lib/base/check.h"
#include "lib/http/url.h"
#include "lib/web/site_inside.h"

static void add_fixed(struct site *site, int status, const char *headers, const char *type, struct str body)
{
    CHECK(site->fixed_count < FIXED_MOST);
    struct fixed_answer *fixed = &site->fixed[site->fixed_count++];

    fixed->status = status;
    fixed->headers = str_printf(site->arena, "Content-Type: %s\r\nCache-Control: no-store\r\n%s%.*s", type, headers,
                                STR_ARG(site->config.headers));
    fixed->body = (struct iovec){(void *)(uintptr_t)body.p, body.n};
}

static void add_line(struct site *site, int status, const char *headers, const char *line)
{
    add_fixed(site, status, headers, "text/plain; charset=utf-8", str_of(line));
}

/* A file in pages/, or the line when none is named. */
static void add_page(struct site *site, int status, const char *headers, const char *file, const char *line)
{
    struct db_problem problem;
    struct str text;

    if (!file) {
        add_line(site, status, headers, line);
        return;
    }
    if (!theme_text(site->config.theme, site->arena, str_printf(site->arena, "pages/%s", file), &text, &problem))
        die("theme: %s", problem.text);
    add_fixed(site, status, headers, "text/html; charset=utf-8", text);
}

void fixed_answers_load(struct site *site)
{
    add_line(site, 400, "", "400 Bad Request: a value in the address is not what it must be.\n");
    add_line(site, 405, "Allow: GET, HEAD\r\n", "405 Method Not Allowed: this address can only be read.\n");
    add_line(site, 414, "", "414 URI Too Long\n");
    add_line(site, 421, "", "421 Misdirected Request: this server has no site of that name.\n");
    add_page(site, 500, "", site->config.page_failed, "500 Internal Server Error\n");
    add_page(site, 503, "Retry-After: 1\r\n", site->config.page_busy,
             "503 Service Unavailable: try again in a second.\n");
}

void answer_fixed(const struct site *site, int status, struct http_answer *answer)
{
    for (size_t i = 0; i < site->fixed_count; i++) {
        const struct fixed_answer *fixed = &site->fixed[i];
        if (fixed->status != status)
            continue;
        *answer = (struct http_answer){.status = status,
                                       .headers = fixed->headers,
                                       .pieces = &fixed->body,
                                       .piece_count = 1,
                                       .file = -1,
                                       .length = fixed->body.iov_len};
        return;
    }
    CHECK(!"a status without an answer");
}

/* An answer that owns its header lines and its body. */
struct composed {
    struct iovec body;
    char bytes[];
};

static void answer_composed(int status, struct str headers, struct str constant, struct str body,
                            struct http_answer *answer)
{
    struct composed *composed = malloc(sizeof *composed + headers.n + body.n);

    if (!composed)
        die("out of memory");
    memcpy(composed->bytes, headers.p, headers.n);
    if (body.n)
        memcpy(composed->bytes + headers.n, body.p, body.n);
    composed->body = (struct iovec){composed->bytes + headers.n, body.n};
    *answer = (struct http_answer){.status = status,
                                   .headers = constant,
                                   .more_headers = {composed->bytes, headers.n},
                                   .pieces = &composed->body,
                                   .piece_count = body.n ? 1 : 0,
                                   .file = -1,
                                   .length = body.n,
                                   .release = free,
                                   .owner = composed};
}

/* Browsers would keep a 301 for ever; who moves a page back would not be believed. */
void answer_moved(const struct site *site, struct str location, struct http_answer *answer)
{
    struct buf headers = BUF(32 * 1024);

    buf_add_str(&headers, STR("Cache-Control: public, no-cache\r\nLocation: "));
    for (size_t i = 0; i < location.n; i++) {
        if ((unsigned char)location.p[i] < 0x80)
            buf_add_char(&headers, location.p[i]);
        else
            url_encode(&headers, (struct str){location.p + i, 1});
    }
    buf_add_str(&headers, STR("\r\n"));
    if (headers.overflow)
        answer_fixed(site, 500, answer);
    else
        answer_composed(301, buf_str(&headers), site->config.headers, STR(""), answer);
    buf_free(&headers);
}

void answer_text(const struct site *site, struct str text, struct str type, struct http_answer *answer)
{
    struct buf headers = BUF(1024);

    buf_printf(&headers, "Content-Type: %.*s\r\nCache-Control: no-store\r\n", STR_ARG(type));
    CHECK(!headers.overflow && str_find_char(type, '\n', 0) < 0);
    answer_composed(200, buf_str(&headers), site->config.headers, text, answer);
    buf_free(&headers);
}
