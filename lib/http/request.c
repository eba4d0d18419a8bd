/* request.c - one request head, read strictly.
 *
 * Between us and a reader there may be proxies that read the same bytes; wherever two programs could disagree on where
 * a request ends, we refuse. So there is one spelling for everything: CRLF ends a line, one space separates, a name
 * touches its colon, a length is digits, the only transfer coding is "chunked". A lenient reader with a list of known
 * attacks was rejected: the list is never complete.
 *
 * Invariant: a head that is accepted has exactly one meaning under RFC 9112, and every slice lies inside it.
 */
#include "lib/http/request.h"

#include "lib/http/grammar.h"

#define BAD_REQUEST 400

/* What a byte may be part of. */
enum { TOKEN = 1, PATH = 2, QUERY = 4, VALUE = 8 };

/* Letters, digits and the marks each part adds. Browsers leave []{}|\^` in a query as they are (URL Standard, query
 * percent-encode set), so a query may hold them although RFC 3986 would escape them. */
#define LETTER (TOKEN | PATH | QUERY | VALUE)
static const unsigned char ALLOWED[256] = {
    ['a' ... 'z'] = LETTER,
    ['A' ... 'Z'] = LETTER,
    ['0' ... '9'] = LETTER,
    ['\t'] = VALUE,
    [' '] = VALUE,
    ['!'] = TOKEN | PATH | QUERY | VALUE,
    ['"'] = VALUE,
    ['#'] = TOKEN | VALUE,
    ['$'] = TOKEN | PATH | QUERY | VALUE,
    ['%'] = TOKEN | PATH | QUERY | VALUE,
    ['&'] = TOKEN | PATH | QUERY | VALUE,
    ['\''] = TOKEN | PATH | QUERY | VALUE,
    ['('] = PATH | QUERY | VALUE,
    [')'] = PATH | QUERY | VALUE,
    ['*'] = TOKEN | PATH | QUERY | VALUE,
    ['+'] = TOKEN | PATH | QUERY | VALUE,
    [','] = PATH | QUERY | VALUE,
    ['-'] = LETTER,
    ['.'] = LETTER,
    ['/'] = PATH | QUERY | VALUE,
    [':'] = PATH | QUERY | VALUE,
    [';'] = PATH | QUERY | VALUE,
    ['<'] = VALUE,
    ['='] = PATH | QUERY | VALUE,
    ['>'] = VALUE,
    ['?'] = QUERY | VALUE,
    ['@'] = PATH | QUERY | VALUE,
    ['['] = QUERY | VALUE,
    ['\\'] = QUERY | VALUE,
    [']'] = QUERY | VALUE,
    ['^'] = TOKEN | QUERY | VALUE,
    ['_'] = LETTER,
    ['`'] = TOKEN | QUERY | VALUE,
    ['{'] = QUERY | VALUE,
    ['|'] = TOKEN | QUERY | VALUE,
    ['}'] = QUERY | VALUE,
    ['~'] = LETTER,
    [128 ... 255] = VALUE,
};

static bool all_are(struct str s, int part)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(ALLOWED[(unsigned char)s.p[i]] & part))
            return false;
    return true;
}

bool request_is_token(struct str s)
{
    return s.n && all_are(s, TOKEN);
}

bool request_value_is_valid(struct str s)
{
    return all_are(s, VALUE);
}

/* A line that has not ended: its CR may only be its last byte so far. */
static bool tail_is_possible(const char *p, size_t n)
{
    const char *cr = memchr(p, '\r', n);

    return !cr || cr == p + n - 1;
}

/* HTTP/0.9 has no version and no empty line that we could wait for. */
static bool ends_with_version(const char *line, size_t n)
{
    static const char any[] = "HTTP/1.1";

    return n >= sizeof any - 1 && memcmp(line + n - (sizeof any - 1), any, 5) == 0;
}

int request_find_end(const char *bytes, size_t n, const struct http_limits *limits, size_t *line, size_t *end)
{
    *end = 0;
    if (n && !(bytes[0] >= 'A' && bytes[0] <= 'Z'))
        return BAD_REQUEST; /* no method begins so; TLS on a plain port is told at once */
    for (;;) {
        const char *feed = memchr(bytes + *line, '\n', n - *line);
        if (!feed)
            break;
        size_t at = (size_t)(feed - bytes);
        if (at == *line || bytes[at - 1] != '\r')
            return BAD_REQUEST;
        if (*line == 0 && !ends_with_version(bytes, at - 1))
            return BAD_REQUEST;
        if (at == *line + 1) {
            *end = at + 1;
            return *end > limits->header_block ? 431 : 0;
        }
        *line = at + 1;
    }
    if (*line == 0 && n > limits->target + sizeof "OPTIONS  HTTP/1.1\r\n")
        return 414;
    if (n >= limits->header_block)
        return 431;
    return tail_is_possible(bytes + *line, n - *line) ? 0 : BAD_REQUEST;
}

int request_read_method(struct str s, enum http_method *out)
{
    static const struct str names[] = {
        [HTTP_GET] = STR_INIT("GET"),         [HTTP_HEAD] = STR_INIT("HEAD"),   [HTTP_POST] = STR_INIT("POST"),
        [HTTP_PUT] = STR_INIT("PUT"),         [HTTP_PATCH] = STR_INIT("PATCH"), [HTTP_DELETE] = STR_INIT("DELETE"),
        [HTTP_OPTIONS] = STR_INIT("OPTIONS"),
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(s, names[i])) {
            *out = (enum http_method)i;
            return 0;
        }
    return request_is_token(s) ? 501 : BAD_REQUEST;
}

/* Every '%' begins an escape (in a path), and none of them is %00. */
static bool escapes_are_valid(struct str s, bool strict)
{
    for (ptrdiff_t at = 0; (at = str_find_char(s, '%', (size_t)at)) >= 0; at++) {
        struct str digits = str_head(str_from(s, (size_t)at + 1), 2);
        if (str_equal(digits, STR("00")))
            return false;
        if (strict && (digits.n < 2 || hex_value(digits.p[0]) < 0 || hex_value(digits.p[1]) < 0))
            return false;
    }
    return true;
}

int request_read_target(struct str target, const struct http_limits *limits, struct http_request *out)
{
    ptrdiff_t mark = str_find_char(target, '?', 0);

    if (target.n > limits->target)
        return 414;
    out->target = target;
    out->path = mark < 0 ? target : str_head(target, (size_t)mark);
    out->query = mark < 0 ? STR("") : str_from(target, (size_t)mark + 1);
    if (!target.n || target.p[0] != '/') /* absolute, authority and asterisk forms are for proxies */
        return BAD_REQUEST;
    if (!all_are(out->path, PATH) || !all_are(out->query, QUERY))
        return BAD_REQUEST;
    return escapes_are_valid(out->path, true) && escapes_are_valid(out->query, false) ? 0 : BAD_REQUEST;
}

static int read_version(struct str s, int *out)
{
    if (s.n != 8 || !str_starts(s, STR("HTTP/")) || s.p[6] != '.')
        return BAD_REQUEST;
    if (s.p[5] < '0' || s.p[5] > '9' || s.p[7] < '0' || s.p[7] > '9')
        return BAD_REQUEST;
    *out = (s.p[5] - '0') * 10 + (s.p[7] - '0');
    return *out == 10 || *out == 11 ? 0 : 505;
}

static int read_request_line(struct str line, const struct http_limits *limits, struct http_request *out)
{
    struct str rest = line;
    struct str method = str_cut(&rest, ' ');
    struct str target = rest.p ? str_cut(&rest, ' ') : STR("");
    int verdict;

    if (!rest.p) /* fewer than two spaces; more than two fail as part of the version */
        return line.n > limits->target ? 414 : BAD_REQUEST;
    if ((verdict = request_read_method(method, &out->method)))
        return verdict;
    if ((verdict = read_version(rest, &out->version)))
        return verdict;
    return request_read_target(target, limits, out);
}

bool request_read_length(struct str s, uint64_t *out)
{
    int64_t value;

    if (!s.n || s.n > 19 || s.p[0] == '-' || !str_to_int(s, &value))
        return false;
    *out = (uint64_t)value;
    return true;
}

/* "keep-alive, close" as a list of words in any case. */
static bool list_has(struct str list, struct str word)
{
    for (struct str rest = list; rest.p;)
        if (str_equal_nocase(str_trim(str_cut(&rest, ',')), word))
            return true;
    return false;
}

static int note_length(struct str value, struct request_framing *framing)
{
    if (framing->has_length || framing->chunked || !request_read_length(value, &framing->length))
        return BAD_REQUEST;
    framing->has_length = true;
    return 0;
}

static int note_coding(struct str value, int version, struct request_framing *framing)
{
    if (framing->has_length || framing->chunked || version < 11 || !str_equal(value, STR("chunked")))
        return BAD_REQUEST;
    framing->chunked = true;
    return 0;
}

static int note_host(struct str value, struct http_request *out)
{
    if (out->host.n || !authority_is_valid(value, false))
        return BAD_REQUEST;
    out->host = value;
    return 0;
}

/* The five headers that decide where a request ends and whom it is for. */
static int note_header(const struct http_header *header, struct http_request *out, struct request_framing *framing)
{
    struct str name = header->name, value = header->value;

    switch (name.n) {
    case 4: return str_equal(name, STR("host")) ? note_host(value, out) : 0;
    case 6:
        if (str_equal(name, STR("expect")) && out->version >= 11) {
            if (!str_equal_nocase(value, STR("100-continue")))
                return 417;
            framing->expects_continue = true;
        }
        return 0;
    case 10:
        if (str_equal(name, STR("connection"))) {
            if (list_has(value, STR("close")))
                framing->keep_alive = false;
            else if (out->version == 10 && list_has(value, STR("keep-alive")))
                framing->keep_alive = true;
        }
        return 0;
    case 14: return str_equal(name, STR("content-length")) ? note_length(value, framing) : 0;
    case 17: return str_equal(name, STR("transfer-encoding")) ? note_coding(value, out->version, framing) : 0;
    default: return 0;
    }
}

static struct str without_blanks(struct str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* One line without its CRLF. False: not a header; a line that begins with a blank (folding) has an empty name. */
static bool read_header(char *line, size_t n, struct http_header *out)
{
    size_t i = 0;

    for (; i < n && (ALLOWED[(unsigned char)line[i]] & TOKEN); i++)
        if (line[i] >= 'A' && line[i] <= 'Z')
            line[i] = (char)(line[i] | 0x20);
    if (i == 0 || i == n || line[i] != ':')
        return false;
    out->name = (struct str){line, i};
    out->value = without_blanks((struct str){line + i + 1, n - i - 1});
    return request_value_is_valid(out->value);
}

static int read_headers(char *at, char *end, const struct http_limits *limits, struct http_header *headers,
                        struct http_request *out, struct request_framing *framing)
{
    while (at[0] != '\r') {
        char *feed = memchr(at, '\n', (size_t)(end - at));
        struct http_header *header = &headers[out->header_count];
        int verdict;

        if (out->header_count == limits->header_count)
            return 431;
        if (!read_header(at, (size_t)(feed - at) - 1, header))
            return BAD_REQUEST;
        if ((verdict = note_header(header, out, framing)))
            return verdict;
        out->header_count++;
        at = feed + 1;
    }
    return at + 2 == end ? 0 : BAD_REQUEST; /* a CR at the start of a line that is not the empty line */
}

int request_parse(char *head, size_t n, const struct http_limits *limits, struct http_header *headers,
                  struct http_request *out, struct request_framing *framing)
{
    char *feed = memchr(head, '\n', n);
    int verdict = read_request_line((struct str){head, (size_t)(feed - head) - 1}, limits, out);

    if (verdict)
        return verdict;
    *framing = (struct request_framing){.keep_alive = out->version >= 11};
    out->headers = headers;
    out->header_count = 0;
    out->host = STR("");
    verdict = read_headers(feed + 1, head + n, limits, headers, out, framing);
    if (verdict)
        return verdict;
    return out->version >= 11 && !out->host.n ? BAD_REQUEST : 0;
}
