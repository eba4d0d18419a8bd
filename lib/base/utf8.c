/* utf8.c - decoding by hand, properties and normalisation by ICU. */
#include "lib/base/utf8.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* RFC 3629: what may follow each first byte, so that overlong forms,
 * surrogates and numbers beyond U+10FFFF are never accepted. */
static size_t sequence_length(struct str s, size_t at)
{
    unsigned char first = (unsigned char)s.p[at];
    unsigned char low = 0x80, high = 0xbf; /* bounds of the second byte */
    size_t n;

    if (first < 0x80)
        return 1;
    if (first < 0xc2)
        return 0;
    if (first < 0xe0) {
        n = 2;
    } else if (first < 0xf0) {
        n = 3;
        if (first == 0xe0)
            low = 0xa0;
        if (first == 0xed)
            high = 0x9f;
    } else if (first < 0xf5) {
        n = 4;
        if (first == 0xf0)
            low = 0x90;
        if (first == 0xf4)
            high = 0x8f;
    } else {
        return 0;
    }
    if (s.n - at < n)
        return 0;
    for (size_t i = 1; i < n; i++) {
        unsigned char c = (unsigned char)s.p[at + i];
        if (c < low || c > high)
            return 0;
        low = 0x80;
        high = 0xbf;
    }
    return n;
}

/* Most of a Chinese text: three bytes that begin with E4 to E9 are U+4000 to U+9FFF, and need no look at bounds. */
static inline bool is_han_here(struct str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;

    return s.n - at >= 3 && p[0] >= 0xe4 && p[0] <= 0xe9 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    CHECK(*at < s.n);
    const unsigned char *p = (const unsigned char *)s.p + *at;

    if (is_han_here(s, *at)) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    }
    size_t n = sequence_length(s, *at);
    if (n == 0) {
        *at += 1;
        return UTF8_REPLACEMENT;
    }
    *at += n;
    switch (n) {
    case 1: return p[0];
    case 2: return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    case 3: return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    default:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 |
               (p[3] & 0x3f);
    }
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c >= 0xd800 && c < 0xe000)
        return 0;
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    if (c > 0x10ffff)
        return 0;
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

size_t utf8_valid_prefix(struct str s)
{
    size_t at = 0;

    while (at < s.n) {
        size_t n = is_han_here(s, at) ? 3 : sequence_length(s, at);
        if (n == 0)
            break;
        at += n;
    }
    return at;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;

    for (size_t at = 0; at < s.n; count++)
        utf8_next(s, &at);
    return count;
}

struct str utf8_first_chars(struct str s, size_t count)
{
    size_t at = 0;

    while (count-- && at < s.n)
        utf8_next(s, &at);
    return str_head(s, at);
}

struct str utf8_shorten(struct arena *arena, struct str s, size_t count)
{
    struct str head = utf8_first_chars(s, count);

    return head.n == s.n ? s : str_join(arena, head, STR("…"));
}

size_t utf8_width(struct str s)
{
    size_t width = 0;

    for (size_t at = 0; at < s.n;) {
        UChar32 c = (UChar32)utf8_next(s, &at);
        int kind = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK)
            continue;
        width += kind == U_EA_FULLWIDTH || kind == U_EA_WIDE ? 2 : 1;
    }
    return width;
}

bool utf8_is_cjk(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff);
}

bool utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return (c >= 0x4e00 && c <= 0x9fff) || u_isalnum((UChar32)c);
}

size_t utf8_count_letters(struct str s)
{
    size_t count = 0;

    for (size_t at = 0; at < s.n;) {
        const unsigned char *p = (const unsigned char *)s.p + at;
        bool ideograph = is_han_here(s, at) && (p[0] > 0xe4 || p[1] >= 0xb8); /* U+4E00 and above */
        if (ideograph)
            at += 3;
        count += ideograph || utf8_is_letter(utf8_next(s, &at));
    }
    return count;
}

/* A character no story needs: controls other than newline, direction
 * overrides (a headline must not turn the rest of a list around), BOM, non-characters. */
static bool unwanted(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == UTF8_REPLACEMENT || c == 0xfeff ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 ||
           (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

/* Drops what is unwanted and settles line ends; true when the text changed. */
static bool filter(struct str s, bool one_line, struct buf *out, size_t *removed)
{
    bool changed = false;

    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (c == '\r') {
            changed = true;
            if (at < s.n && s.p[at] == '\n')
                continue;
            c = '\n';
        }
        if (c == '\t' || (c == '\n' && one_line)) {
            buf_add_char(out, ' ');
            changed = true;
        } else if (c == '\n') {
            buf_add_char(out, '\n');
        } else if (unwanted(c)) {
            changed = true;
            if (removed)
                ++*removed;
        } else {
            buf_add(out, s.p + start, at - start);
        }
    }
    return changed;
}

/* Han text and ASCII are NFC already: nothing below U+0300 composes, nor does
 * anything in the blocks of ordinary Han, Kana and punctuation. */
static bool surely_composed(uint32_t c)
{
    return c < 0x300 || (c >= 0x2010 && c <= 0x206f) || (c >= 0x2500 && c <= 0x25ff) || (c >= 0x3000 && c <= 0x3029) ||
           (c >= 0x3030 && c <= 0x3098) || (c >= 0x30a0 && c <= 0x312f) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xff00 && c <= 0xffef);
}

static bool surely_nfc(struct str s)
{
    for (size_t at = 0; at < s.n;)
        if (!surely_composed(utf8_next(s, &at)))
            return false;
    return true;
}

/* Nothing to do, as for nearly every text: found out in one look at each character. */
static bool surely_clean(struct str s, bool one_line)
{
    for (size_t at = 0; at < s.n;) {
        unsigned char first = (unsigned char)s.p[at];
        if (is_han_here(s, at)) {
            at += 3;
        } else if (first < 0x80) {
            if ((first < 0x20 && (first != '\n' || one_line)) || first == 0x7f)
                return false;
            at++;
        } else {
            uint32_t c = utf8_next(s, &at);
            if (unwanted(c) || !surely_composed(c))
                return false;
        }
    }
    return true;
}

static struct str nfc(struct arena *arena, struct str s)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFCInstance(&status);
    int32_t wide_length = 0, out_length = 0, bytes = 0;
    int32_t room = (int32_t)s.n * 3 + 16; /* NFC grows UTF-16 by at most three */

    CHECK(U_SUCCESS(status));
    if (surely_nfc(s) || s.n > INT32_MAX / 8)
        return s;
    UChar *wide = ARENA_ARRAY(arena, UChar, s.n + 1);
    UChar *composed = ARENA_ARRAY(arena, UChar, (size_t)room);
    u_strFromUTF8(wide, (int32_t)s.n + 1, &wide_length, s.p, (int32_t)s.n, &status);
    out_length = unorm2_normalize(normalizer, wide, wide_length, composed, room, &status);
    if (U_SUCCESS(status) && out_length == wide_length && u_memcmp(wide, composed, wide_length) == 0)
        return s;
    char *out = arena_bytes(arena, (size_t)out_length * 3 + 1);
    u_strToUTF8(out, out_length * 3 + 1, &bytes, composed, out_length, &status);
    CHECK(U_SUCCESS(status));
    return (struct str){out, (size_t)bytes};
}

struct str utf8_clean(struct arena *arena, struct str s, bool one_line, size_t *removed)
{
    if (surely_clean(s, one_line))
        return s;
    struct buf kept = BUF(s.n + 1);
    bool changed = filter(s, one_line, &kept, removed);
    struct str clean = changed ? str_copy(arena, buf_str(&kept)) : s;

    buf_free(&kept);
    return nfc(arena, clean);
}
