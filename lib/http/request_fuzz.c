/* request_fuzz.c - any bytes as a request's head, and as chunks.
 *
 * What is accepted must have one meaning: every slice lies in the head, the framing contradicts nothing, and it does
 * not matter how the network cut the bytes.
 */
#include "lib/http/request.h"

#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/http/chunked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEADERS 30

static const struct http_limits LIMITS = {.target = 200, .header_block = 2000, .header_count = HEADERS};

/* --- heads ------------------------------------------------------------------------- */

static void check_inside(struct str part, struct str head)
{
    CHECK(part.n == 0 || (part.p >= head.p && part.p + part.n <= head.p + head.n));
    CHECK(!memchr(part.p, '\r', part.n) && !memchr(part.p, '\n', part.n) && !memchr(part.p, '\0', part.n));
}

static void check_meaning(const struct http_request *request, const struct request_framing *framing, struct str head)
{
    size_t hosts = 0, lengths = 0, codings = 0;

    check_inside(request->target, head);
    CHECK(request->path.n && request->path.p[0] == '/' && request->version >= 10 && request->version <= 11);
    CHECK(request->path.n + request->query.n <= request->target.n && request->target.n <= LIMITS.target);
    for (size_t i = 0; i < request->header_count; i++) {
        struct str name = request->headers[i].name;
        check_inside(name, head);
        check_inside(request->headers[i].value, head);
        CHECK(request_is_token(name));
        hosts += str_equal_nocase(name, STR("Host"));
        lengths += str_equal_nocase(name, STR("Content-Length"));
        codings += str_equal_nocase(name, STR("Transfer-Encoding"));
    }
    CHECK(hosts <= 1 && lengths + codings <= 1 && (hosts == 1 || request->version == 10));
    CHECK(framing->has_length == (lengths == 1) && framing->chunked == (codings == 1));
    CHECK(framing->length <= INT64_MAX && (framing->has_length || framing->length == 0));
}

static int read_head(struct str input, size_t step, size_t *end)
{
    size_t line = 0;
    int verdict = 0;

    *end = 0;
    for (size_t n = 0; n < input.n && !*end && !verdict;) {
        n = n + step < input.n ? n + step : input.n;
        verdict = request_find_end(input.p, n, &LIMITS, &line, end);
    }
    return verdict;
}

static void fuzz_head(struct str input)
{
    struct http_header headers[HEADERS];
    struct http_request request = {0};
    struct request_framing framing = {0};
    size_t end, end_by_bytes;
    int verdict = read_head(input, input.n, &end);
    int verdict_by_bytes = read_head(input, 1, &end_by_bytes);

    if (verdict || !end)
        return; /* byte by byte may refuse earlier, and what may be refused early is refused late, too */
    char *copy = malloc(end);
    CHECK(copy != NULL);
    memcpy(copy, input.p, end);
    verdict = request_parse(copy, end, &LIMITS, headers, &request, &framing);
    if (!verdict) {
        check_meaning(&request, &framing, (struct str){copy, end});
        CHECK(verdict_by_bytes == 0 && end_by_bytes == end);
    }
    free(copy);
}

/* --- chunks -------------------------------------------------------------------------- */

/* Decodes in steps; how far it came, or -1 when it is refused. */
static ptrdiff_t decode(struct str input, size_t step, struct buf *out)
{
    struct chunked chunked = {0};
    struct str data;

    for (size_t at = 0; at < input.n;) {
        struct str part = str_head(str_from(input, at), step);
        size_t length = part.n;
        for (;;) {
            enum chunked_event event = chunked_next(&chunked, &part, &data);
            if (event == CHUNKED_BAD)
                return -1;
            if (event == CHUNKED_END)
                return (ptrdiff_t)(at + length - part.n);
            if (event == CHUNKED_MORE)
                break;
            buf_add_str(out, data);
        }
        CHECK(part.n == 0);
        at += length;
    }
    return 0;
}

static void fuzz_chunks(struct str input)
{
    struct buf whole = BUF(1 << 20), pieces = BUF(1 << 20);
    ptrdiff_t end = decode(input, input.n, &whole);

    CHECK(decode(input, 1, &pieces) == end && str_equal(buf_str(&whole), buf_str(&pieces)));
    CHECK(whole.n <= input.n);
    buf_free(&whole);
    buf_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size) {
        fuzz_head((struct str){(const char *)data, size});
        fuzz_chunks((struct str){(const char *)data, size});
    }
    return 0;
}
