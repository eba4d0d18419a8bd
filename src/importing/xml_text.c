/* xml_text.c - ICU converts, a walk over the characters replaces what XML forbids.
 *
 * "Tom & Jerry" and "&#8;" are the commonest ways an export is no XML; outside
 * CDATA the one becomes "&amp;", the other U+FFFD.
 */
#include "src/importing/xml_text.h"

#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"

#include <unicode/ucnv.h>

enum { PIVOT_SIZE = 4096, PIECE_SIZE = 64 * 1024, HEAD_MOST = 200 };
enum { REFERENCE_MOST = 12 }; /* bytes of "&hellip;" */

struct xml_text {
    bool begun;
    UConverter *from, *to; /* NULL: it is UTF-8 as it is */
    UChar pivot[PIVOT_SIZE];
    UChar *pivot_from, *pivot_to;
    struct str in;                    /* not used yet; the caller's */
    char carried[REFERENCE_MOST + 4]; /* the start of a character or reference whose rest has not come */
    size_t carried_n;
    bool cdata;     /* inside a CDATA section */
    size_t matched; /* bytes of what begins or ends one */
    struct buf out;
};

struct xml_text *xml_text_new(void)
{
    struct xml_text *text = calloc(1, sizeof *text);

    if (!text)
        die("out of memory");
    text->out = BUF(8 * PIECE_SIZE);
    return text;
}

void xml_text_free(struct xml_text **out)
{
    struct xml_text *text = *out;

    if (!text)
        return;
    ucnv_close(text->from);
    ucnv_close(text->to);
    buf_free(&text->out);
    free(text);
    *out = NULL;
}

/* --- which encoding -------------------------------------------------------------------------- */

/* The value of encoding="..." in the declaration; "" without one. */
static struct str declared(struct str head)
{
    struct str rest = str_head(head, HEAD_MOST);
    ptrdiff_t at = str_find(rest, STR("encoding="), 0);
    ptrdiff_t end = str_find(rest, STR("?>"), 0);

    if (at < 0 || end < at)
        return STR("");
    rest = str_from(rest, (size_t)at + 9);
    char quote = rest.n ? rest.p[0] : '"';
    rest = str_from(rest, 1);
    return str_cut(&rest, quote);
}

static bool is_utf8(struct str name)
{
    return name.n == 0 || str_equal_nocase(name, STR("utf-8")) || str_equal_nocase(name, STR("utf8")) ||
           str_equal_nocase(name, STR("us-ascii"));
}

static bool open_converter(struct xml_text *text, struct str name)
{
    char word[64] = "";
    UErrorCode status = U_ZERO_ERROR;

    snprintf(word, sizeof word, "%.*s", STR_ARG(str_head(name, sizeof word - 1)));
    text->from = ucnv_open(word, &status);
    text->to = ucnv_open("UTF-8", &status);
    text->pivot_from = text->pivot_to = text->pivot;
    return U_SUCCESS(status);
}

static bool begin(struct xml_text *text, struct str bytes, char *problem, size_t problem_size)
{
    struct str name = declared(bytes);

    if (str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff")))
        name = STR("UTF-16");
    if (is_utf8(name) || open_converter(text, name))
        return true;
    snprintf(problem, problem_size, "the file says it is encoded in something unknown; make it UTF-8");
    return false;
}

bool xml_text_add(struct xml_text *text, struct str bytes, char *problem, size_t problem_size)
{
    if (!text->begun && !begin(text, bytes, problem, problem_size))
        return false;
    text->begun = true;
    text->in = bytes;
    return true;
}

/* --- pieces -------------------------------------------------------------------------------------- */

/* Takes some of the input as UTF-8 (perhaps invalid) into piece[]; returns how much that is. */
static size_t take(struct xml_text *text, char piece[PIECE_SIZE])
{
    if (!text->from) {
        size_t n = text->in.n < PIECE_SIZE ? text->in.n : PIECE_SIZE;
        memcpy(piece, text->in.p, n);
        text->in = str_from(text->in, n);
        return n;
    }
    UErrorCode status = U_ZERO_ERROR;
    char *to = piece;
    const char *from = text->in.p;
    ucnv_convertEx(text->to, text->from, &to, piece + PIECE_SIZE, &from, from + text->in.n, text->pivot,
                   &text->pivot_from, &text->pivot_to, text->pivot + PIVOT_SIZE, 0, 0, &status);
    text->in = str_from(text->in, (size_t)(from - text->in.p));
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
        text->in.n = 0;
    return (size_t)(to - piece);
}

/* How many bytes at the end are the start of a character that goes on behind it. */
static size_t cut_off(struct str s)
{
    for (size_t n = 1; n <= 3 && n <= s.n; n++) {
        unsigned char c = (unsigned char)s.p[s.n - n];
        size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
        if (c >= 0xc0)
            return length > n ? n : 0;
        if (c < 0x80)
            return 0;
    }
    return 0;
}

static bool is_forbidden(uint32_t character)
{
    return (character < 0x20 && character != '\t' && character != '\n' && character != '\r') || character == 0xfffe ||
           character == 0xffff || (character >= 0xd800 && character < 0xe000) || character > 0x10ffff;
}

/* Follows where CDATA sections begin and end. */
static void follow(struct xml_text *text, char c)
{
    static const char BEGINS[] = "<![CDATA[", ENDS[] = "]]>";
    const char *sign = text->cdata ? ENDS : BEGINS;

    if (c == sign[text->matched]) {
        text->matched++;
    } else if (!(text->cdata && c == ']' && text->matched == 2)) { /* "]]]>" ends it as well */
        text->matched = c == sign[0];
    }
    if (sign[text->matched] == '\0') {
        text->cdata = !text->cdata;
        text->matched = 0;
    }
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Length of the reference at the start of s, 0 when it is none. `*bad`: to a character there cannot be. */
static size_t reference(struct str s, bool *bad)
{
    bool number = s.n > 1 && s.p[1] == '#', hex = number && s.n > 2 && s.p[2] == 'x';
    size_t from = hex ? 3 : number ? 2 : 1, n = from;

    *bad = false;
    while (n < s.n && n < REFERENCE_MOST && is_name(s.p[n]))
        n++;
    if (n == from || n == s.n || s.p[n] != ';')
        return 0;
    if (number) {
        char *end;
        char digits[REFERENCE_MOST + 1] = "";
        memcpy(digits, s.p + from, n - from);
        unsigned long value = strtoul(digits, &end, hex ? 16 : 10);
        if (*end)
            return 0;
        *bad = value == 0 || value > 0x10ffff || is_forbidden((uint32_t)value);
    }
    return n + 1;
}

/* What stands for itself is copied in long runs; the rest is replaced. */
static void add_allowed(struct xml_text *text, struct str s)
{
    static const struct str NONE = STR_INIT("\xef\xbf\xbd");
    struct buf *out = &text->out;
    size_t from = 0;

    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t character = utf8_next(s, &at);
        bool invalid = character == UTF8_REPLACEMENT && at == start + 1, bad = false;
        if (character < 0x80)
            follow(text, (char)character);
        if (!invalid && !is_forbidden(character) && (character != '&' || text->cdata))
            continue;
        size_t length = character == '&' ? reference(str_from(s, start), &bad) : 0;
        if (length && !bad)
            continue;
        buf_add(out, s.p + from, start - from);
        buf_add_str(out, character == '&' && !bad ? STR("&amp;") : NONE);
        at = from = bad ? start + length : at;
    }
    buf_add_str(out, str_from(s, from));
}

/* A reference may go on in the next piece. Asked before the piece is walked, so CDATA is not known: it waits there too.
 */
static size_t cut_reference(const struct xml_text *text, struct str s)
{
    size_t most = s.n < REFERENCE_MOST ? s.n : REFERENCE_MOST;

    for (size_t n = 1; n <= most && text->in.n + s.n > REFERENCE_MOST; n++) {
        if (s.p[s.n - n] == '&')
            return n;
        if (s.p[s.n - n] == ';')
            return 0;
    }
    return 0;
}

bool xml_text_next(struct xml_text *text, struct str *out)
{
    char piece[PIECE_SIZE + sizeof text->carried];

    buf_clear(&text->out);
    if (text->in.n == 0)
        return false;
    memcpy(piece, text->carried, text->carried_n);
    struct str s = {piece, text->carried_n};
    s.n += take(text, piece + text->carried_n);
    text->carried_n = cut_off(s);
    if (!text->carried_n)
        text->carried_n = cut_reference(text, s);
    s.n -= text->carried_n;
    memcpy(text->carried, piece + s.n, text->carried_n);
    add_allowed(text, s);
    *out = buf_str(&text->out);
    return out->n > 0 || text->in.n > 0;
}
