/* escape.c - one table per language: what to write instead of each byte.
 *
 * A byte without an entry stands for itself, so ordinary text is copied in runs.
 * All tables work on bytes: what they replace is ASCII, which never occurs
 * inside a longer UTF-8 sequence.
 */
#include "lib/template/escape.h"

#define CONTROLS_AS(x)                                                                                                 \
    [0x00] = x("00"), [0x01] = x("01"), [0x02] = x("02"), [0x03] = x("03"), [0x04] = x("04"), [0x05] = x("05"),        \
    [0x06] = x("06"), [0x07] = x("07"), [0x0b] = x("0b"), [0x0e] = x("0e"), [0x0f] = x("0f"), [0x10] = x("10"),        \
    [0x11] = x("11"), [0x12] = x("12"), [0x13] = x("13"), [0x14] = x("14"), [0x15] = x("15"), [0x16] = x("16"),        \
    [0x17] = x("17"), [0x18] = x("18"), [0x19] = x("19"), [0x1a] = x("1a"), [0x1b] = x("1b"), [0x1c] = x("1c"),        \
    [0x1d] = x("1d"), [0x1e] = x("1e"), [0x1f] = x("1f")
#define AS_JSON(hex) "\\u00" hex
#define AS_NOTHING(hex) ""

#define MARKUP ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"
#define JSON_STRING                                                                                                    \
    CONTROLS_AS(AS_JSON), ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r",              \
                          ['"'] = "\\\"", ['\\'] = "\\\\"

static const char *const HTML[256] = {MARKUP};
static const char *const XML[256] = {MARKUP, CONTROLS_AS(AS_NOTHING), ['\b'] = "", ['\f'] = ""};
static const char *const CDATA[256] = {CONTROLS_AS(AS_NOTHING), ['\b'] = "", ['\f'] = ""};
static const char *const JSON[256] = {JSON_STRING};
static const char *const SCRIPT[256] = {JSON_STRING, ['<'] = "\\u003c", ['>'] = "\\u003e", ['&'] = "\\u0026"};

static void add_by_table(struct buf *out, struct str s, const char *const table[256])
{
    size_t start = 0;

    for (size_t i = 0; i < s.n; i++) {
        const char *instead = table[(unsigned char)s.p[i]];
        if (!instead)
            continue;
        buf_add(out, s.p + start, i - start);
        buf_add(out, instead, strlen(instead));
        start = i + 1;
    }
    buf_add(out, s.p + start, s.n - start);
}

/* "]]>" ends a CDATA section: a '>' which may follow "]]" gets a new section.
 * At the beginning of a value the brackets could be the end of the last one. */
static void add_cdata(struct buf *out, struct str s)
{
    size_t start = 0;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '>' && (i == 0 || s.p[i - 1] == ']')) {
            add_by_table(out, (struct str){s.p + start, i - start}, CDATA);
            buf_add_str(out, STR("]]><![CDATA["));
            start = i;
        }
    add_by_table(out, str_from(s, start), CDATA);
}

static void add_xml(struct buf *out, struct str s, enum escape escape)
{
    if (escape == ESCAPE_CDATA)
        add_cdata(out, s);
    else
        add_by_table(out, s, XML);
}

/* U+FFFE and U+FFFF (EF BF BE, EF BF BF) are the two forbidden characters a table of bytes cannot name. */
static void add_without_noncharacters(struct buf *out, struct str s, enum escape escape)
{
    size_t start = 0;

    for (size_t i = 0; i + 2 < s.n; i++) {
        const unsigned char *p = (const unsigned char *)s.p + i;
        if (p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe) {
            add_xml(out, (struct str){s.p + start, i - start}, escape);
            start = i + 3;
            i += 2;
        }
    }
    add_xml(out, str_from(s, start), escape);
}

void escape_add(struct buf *out, struct str s, enum escape escape)
{
    switch (escape) {
    case ESCAPE_NONE: buf_add_str(out, s); break;
    case ESCAPE_HTML:
    case ESCAPE_LINK: add_by_table(out, s, HTML); break;
    case ESCAPE_XML:
    case ESCAPE_CDATA: add_without_noncharacters(out, s, escape); break;
    case ESCAPE_JSON: add_by_table(out, s, JSON); break;
    case ESCAPE_SCRIPT: add_by_table(out, s, SCRIPT); break;
    }
}

bool link_is_safe(struct str s)
{
    static const struct str schemes[] = {STR_INIT("http:"), STR_INIT("https:"), STR_INIT("mailto:")};

    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f || s.p[i] == '\\')
            return false;
    if (s.n && (s.p[0] == '#' || s.p[0] == '?'))
        return true;
    if (s.n && s.p[0] == '/')
        return s.n == 1 || s.p[1] != '/';
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_equal_nocase(str_head(s, schemes[i].n), schemes[i]))
            return true;
    return false;
}
