/* json_parse.c - RFC 8259 read strictly, in one walk, into a tree in the arena.
 *
 * Written by hand: the bodies of stories are JSON and are read for every page
 * that is made, and jansson takes some 12 ns for each byte of a text where this
 * takes one. It accepts what jansson accepts with JSON_REJECT_DUPLICATES: no
 * U+0000 and no lone surrogates in texts, no whole numbers beyond 64 bits, no
 * fractions a double cannot hold.
 *
 * What a list or object holds is gathered on a stack until its end, when it is
 * known how much room it takes in the arena. Strings are moved into the arena
 * as they are met.
 */
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "lib/json/json_tree.h"

#include <math.h>
#include <stdarg.h>

enum { NEAR_MOST = 20 };        /* bytes of a stranger's that a message repeats */
enum { COMPARED_MOST = 16 };    /* members whose names are compared one with each other; more are sorted */
enum { STACK_MOST = 64 << 20 }; /* bytes */

struct member {
    struct str name;
    struct json value;
};

struct parsing {
    struct arena *arena;
    struct str text;
    size_t at;
    int levels;       /* that may still be opened */
    struct buf stack; /* struct member[] of what is open */
    char *wrong;
    size_t wrong_size;
};

/* --- saying what is wrong ------------------------------------------------------------- */

/* "line 3, column 7: '}' expected near 'b'"; columns count characters. */
static bool __attribute__((format(printf, 2, 3))) refuse(struct parsing *p, const char *format, ...)
{
    struct str before = str_head(p->text, p->at), near = str_head(str_from(p->text, p->at), NEAR_MOST);
    size_t line = 1, start = 0;
    char sentence[160];
    va_list args;

    for (size_t i = 0; i < before.n; i++)
        if (before.p[i] == '\n') {
            line++;
            start = i + 1;
        }
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    near.n = utf8_valid_prefix(near);
    near = utf8_clean(p->arena, near, true, NULL); /* it is a stranger's */
    snprintf(p->wrong, p->wrong_size, "line %zu, column %zu: %s%s%.*s%s", line, utf8_count(str_from(before, start)) + 1,
             sentence, near.n ? " near '" : "", STR_ARG(near), near.n ? "'" : "");
    size_t whole = utf8_valid_prefix(str_of(p->wrong)); /* a message too long may end within a character */
    if (p->wrong_size)
        p->wrong[whole] = '\0';
    return false;
}

/* --- words and numbers ------------------------------------------------------------------ */

static void skip_space(struct parsing *p)
{
    while (p->at < p->text.n) {
        char c = p->text.p[p->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        p->at++;
    }
}

/* The byte at hand, '\0' at the end (and for a byte that is 0, which nothing accepts). */
static char here(const struct parsing *p)
{
    return p->at < p->text.n ? p->text.p[p->at] : '\0';
}

static bool read_word(struct parsing *p, struct json *out)
{
    static const struct {
        struct str word;
        struct json value;
    } WORDS[] = {
        {STR_INIT("true"), {.kind = JSON_BOOL, .number = 1}},
        {STR_INIT("false"), {.kind = JSON_BOOL, .number = 0}},
        {STR_INIT("null"), {.kind = JSON_NULL}},
    };
    struct str rest = str_from(p->text, p->at);

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_starts(rest, WORDS[i].word)) {
            p->at += WORDS[i].word.n;
            *out = WORDS[i].value;
            return true;
        }
    return refuse(p, p->at == p->text.n ? "a value expected, not the end" : "invalid token");
}

static size_t skip_digits(struct parsing *p)
{
    size_t from = p->at;

    while (here(p) >= '0' && here(p) <= '9')
        p->at++;
    return p->at - from;
}

/* A fraction or exponent: its digits are kept, its size is only looked at. */
static bool read_real(struct parsing *p, size_t from, struct json *out)
{
    bool whole = true;

    if (here(p) == '.') {
        p->at++;
        whole = skip_digits(p) > 0;
    }
    if (whole && (here(p) == 'e' || here(p) == 'E')) {
        p->at++;
        p->at += here(p) == '+' || here(p) == '-';
        whole = skip_digits(p) > 0;
    }
    if (!whole)
        return refuse(p, "digits expected");
    struct str digits = {p->text.p + from, p->at - from};
    if (!isfinite(strtod(str_cstr(p->arena, digits), NULL)))
        return refuse(p, "real number overflow");
    *out = (struct json){.kind = JSON_REAL, .text = str_copy(p->arena, digits)};
    return true;
}

static bool read_number(struct parsing *p, struct json *out)
{
    size_t from = p->at;
    int64_t number;

    p->at += here(p) == '-';
    bool zero = here(p) == '0';
    size_t digits = skip_digits(p);
    if (digits == 0 || (zero && digits > 1)) {
        p->at = from;
        return refuse(p, "invalid token");
    }
    if (here(p) == '.' || here(p) == 'e' || here(p) == 'E')
        return read_real(p, from, out);
    if (!str_to_int((struct str){p->text.p + from, p->at - from}, &number)) {
        p->at = from;
        return refuse(p, "too big a whole number");
    }
    *out = (struct json){.kind = JSON_INT, .number = number};
    return true;
}

/* --- texts ---------------------------------------------------------------------------------- */

static bool read_hex(struct parsing *p, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        char c = here(p);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return refuse(p, "invalid escape");
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* Behind "\u". Writes the character; characters beyond U+FFFF come in two escapes. */
static bool read_unicode(struct parsing *p, char **to)
{
    uint32_t first, second;

    if (!read_hex(p, &first))
        return false;
    if (first >= 0xd800 && first < 0xdc00) {
        if (!str_starts(str_from(p->text, p->at), STR("\\u")))
            return refuse(p, "half a surrogate pair");
        p->at += 2;
        if (!read_hex(p, &second))
            return false;
        if (second < 0xdc00 || second >= 0xe000)
            return refuse(p, "half a surrogate pair");
        first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    } else if (first >= 0xdc00 && first < 0xe000) {
        return refuse(p, "half a surrogate pair");
    }
    if (first == 0)
        return refuse(p, "\\u0000 is not allowed");
    *to += utf8_encode(first, *to);
    return true;
}

static bool read_escape(struct parsing *p, char **to)
{
    static const char NAMES[] = "\"\\/bfnrt", MEANT[] = "\"\\/\b\f\n\r\t";
    char c = here(p);
    const char *name = c ? strchr(NAMES, c) : NULL;

    if (c == 'u') {
        p->at++;
        return read_unicode(p, to);
    }
    if (!name)
        return refuse(p, "invalid escape");
    p->at++;
    *(*to)++ = MEANT[name - NAMES];
    return true;
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Is one of eight bytes a quotation mark, a backslash or a control character? May say yes where a byte is near one. */
static bool ends_plain(uint64_t bytes)
{
    uint64_t quote = bytes ^ EACH_BYTE('"'), slash = bytes ^ EACH_BYTE('\\');
    uint64_t found =
        ((quote - EACH_BYTE(1)) & ~quote) | ((slash - EACH_BYTE(1)) & ~slash) | ((bytes - EACH_BYTE(0x20)) & ~bytes);

    return (found & EACH_BYTE(0x80)) != 0;
}

/* Up to the next quotation mark, backslash or control character. */
static size_t plain_length(const struct parsing *p)
{
    size_t end = p->at;
    uint64_t bytes;

    while (p->text.n - end >= sizeof bytes) {
        memcpy(&bytes, p->text.p + end, sizeof bytes);
        if (ends_plain(bytes))
            break;
        end += sizeof bytes;
    }
    while (end < p->text.n) {
        unsigned char c = (unsigned char)p->text.p[end];
        if (c == '"' || c == '\\' || c < 0x20)
            break;
        end++;
    }
    return end - p->at;
}

/* A text with escapes, which are never shorter than what they stand for. `from`: where its first byte is. */
static bool unescape(struct parsing *p, size_t from, struct str *out)
{
    size_t most = p->at - from, end = p->at;

    while (end < p->text.n && p->text.p[end] != '"')
        end += p->text.p[end] == '\\' ? 2 : 1;
    most = (end < p->text.n ? end : p->text.n) - from;
    char *bytes = arena_bytes(p->arena, most + 4), *to = bytes;
    for (p->at = from;;) {
        size_t n = plain_length(p);
        memcpy(to, p->text.p + p->at, n);
        to += n;
        p->at += n;
        if (here(p) != '\\')
            break;
        p->at++;
        if (!read_escape(p, &to))
            return false;
    }
    *out = (struct str){bytes, (size_t)(to - bytes)};
    return true;
}

/* At a quotation mark. */
static bool read_text(struct parsing *p, struct str *out)
{
    size_t from = ++p->at;

    p->at += plain_length(p);
    struct str plain = {p->text.p + from, p->at - from};
    if (here(p) != '\\')
        *out = str_copy(p->arena, plain);
    else if (!unescape(p, from, out))
        return false;
    if (here(p) != '"')
        return refuse(p, p->at == p->text.n ? "a text without its end" : "control character in a text");
    if (utf8_valid_prefix(*out) != out->n) {
        p->at = from;
        return refuse(p, "unable to decode bytes that are no UTF-8");
    }
    p->at++;
    return true;
}

/* --- lists and objects ------------------------------------------------------------------------ */

static bool read_value(struct parsing *p, struct json *out);

static struct member *members(struct parsing *p, size_t from)
{
    return p->stack.p ? (struct member *)(void *)(p->stack.p + from) : NULL;
}

static bool push(struct parsing *p, const struct member *member)
{
    buf_add(&p->stack, member, sizeof *member);
    return !p->stack.overflow || refuse(p, "too much to keep");
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* A name that is there twice; NULL when each is there once. */
static const struct str *find_duplicate(struct arena *arena, const struct str *names, size_t n)
{
    if (n <= COMPARED_MOST) {
        for (size_t i = 1; i < n; i++)
            for (size_t k = 0; k < i; k++)
                if (str_equal(names[i], names[k]))
                    return &names[i];
        return NULL;
    }
    struct str *sorted = ARENA_ARRAY(arena, struct str, n);
    memcpy(sorted, names, n * sizeof *names);
    qsort(sorted, n, sizeof *sorted, compare_names);
    for (size_t i = 1; i < n; i++)
        if (str_equal(sorted[i], sorted[i - 1]))
            return &sorted[i];
    return NULL;
}

/* Moves what was gathered from `from` on into the arena. */
static bool close_level(struct parsing *p, size_t from, enum json_kind kind, struct json *out)
{
    const struct member *gathered = members(p, from);

    *out = (struct json){.kind = kind, .n = (p->stack.n - from) / sizeof *gathered};
    out->at = ARENA_ARRAY(p->arena, struct json, out->n);
    if (kind == JSON_OBJECT)
        out->names = ARENA_ARRAY(p->arena, struct str, out->n);
    for (size_t i = 0; i < out->n; i++) {
        out->at[i] = gathered[i].value;
        if (kind == JSON_OBJECT)
            out->names[i] = gathered[i].name;
    }
    p->stack.n = from;
    p->levels++;
    const struct str *twice = kind == JSON_OBJECT ? find_duplicate(p->arena, out->names, out->n) : NULL;
    return !twice || refuse(p, "duplicate object key");
}

static bool read_member(struct parsing *p, enum json_kind kind, struct member *out)
{
    if (kind == JSON_OBJECT) {
        if (here(p) != '"')
            return refuse(p, "a name in quotation marks expected");
        if (!read_text(p, &out->name))
            return false;
        skip_space(p);
        if (here(p) != ':')
            return refuse(p, "':' expected");
        p->at++;
        skip_space(p);
    }
    return read_value(p, &out->value);
}

/* At its bracket. */
static bool read_level(struct parsing *p, enum json_kind kind, struct json *out)
{
    char end = kind == JSON_OBJECT ? '}' : ']';
    size_t from = p->stack.n;
    struct member member = {.name = STR("")};

    if (p->levels-- == 0) {
        snprintf(p->wrong, p->wrong_size, "lists and objects in one another deeper than %d levels", JSON_DEEP);
        return false;
    }
    p->at++;
    skip_space(p);
    bool more = here(p) != end;
    while (more) {
        if (!read_member(p, kind, &member) || !push(p, &member))
            return false;
        skip_space(p);
        more = here(p) == ',';
        if (!more && here(p) != end)
            return refuse(p, "'%c' expected", end);
        p->at += more;
        if (more)
            skip_space(p);
    }
    p->at++;
    return close_level(p, from, kind, out);
}

static bool read_value(struct parsing *p, struct json *out)
{
    char c = here(p);

    if (c == '"') {
        *out = (struct json){.kind = JSON_TEXT};
        return read_text(p, &out->text);
    }
    if (c == '{' || c == '[')
        return read_level(p, c == '{' ? JSON_OBJECT : JSON_LIST, out);
    return c == '-' || (c >= '0' && c <= '9') ? read_number(p, out) : read_word(p, out);
}

/* --- all of it ------------------------------------------------------------------------------------ */

static bool read_all(struct parsing *p, struct json *out)
{
    skip_space(p);
    if (!read_value(p, out))
        return false;
    skip_space(p);
    return p->at == p->text.n || refuse(p, "end of file expected");
}

const struct json *json_parse_explained(struct arena *arena, struct str text, char *wrong, size_t wrong_size)
{
    struct json *value = ARENA_NEW(arena, struct json);
    struct parsing parsing = {.arena = arena,
                              .text = text,
                              .levels = JSON_DEEP,
                              .stack = BUF(STACK_MOST),
                              .wrong = wrong,
                              .wrong_size = wrong_size};

    if (text.n > JSON_LARGEST) {
        snprintf(wrong, wrong_size, "longer than %d bytes", JSON_LARGEST);
        return NULL;
    }
    bool good = read_all(&parsing, value);
    buf_free(&parsing.stack);
    return good ? value : NULL;
}

const struct json *json_parse(struct arena *arena, struct str text)
{
    char wrong[2];

    return json_parse_explained(arena, text, wrong, sizeof wrong);
}
