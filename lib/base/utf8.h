/* utf8.h - characters: validity, counting, width, cutting, cleaning.
 *
 * Everything that is text has been through utf8_clean at the door, so the rest
 * of the program may assume valid UTF-8 without control characters.
 */
#ifndef HAOWAI_BASE_UTF8_H
#define HAOWAI_BASE_UTF8_H

#include "lib/base/str.h"

enum { UTF8_IDEOGRAPHIC_SPACE = 0x3000, UTF8_REPLACEMENT = 0xfffd };

/* Decodes the character at `*at` and moves `*at` behind it. Invalid bytes give
 * UTF8_REPLACEMENT and move one byte. `*at` must be below s.n. */
uint32_t utf8_next(struct str s, size_t *at);

/* Writes one character into out[4]; returns its length, 0 for no character
 * (surrogates, beyond U+10FFFF). */
size_t utf8_encode(uint32_t character, char out[4]);

/* Length of the longest valid prefix; == s.n when all of it is valid. */
size_t utf8_valid_prefix(struct str s);

/* Characters (code points). */
size_t utf8_count(struct str s);

/* The first `count` characters; never cuts one. */
struct str utf8_first_chars(struct str s, size_t count);

/* The first `count` characters and "…" when anything was cut. */
struct str utf8_shorten(struct arena *arena, struct str s, size_t count);

/* Width in half-width units: a Han character or full-width mark counts 2, a
 * Latin letter or digit 1, a combining mark 0 (Unicode East Asian Width; the
 * ambiguous class counts 1). Newsrooms count headlines in full-width units,
 * that is half of this. */
size_t utf8_width(struct str s);

/* Valid UTF-8 in NFC without control characters. Invalid bytes and U+FFFD, C0
 * and C1 controls, BOMs and non-characters go; CRLF and CR become LF; tabs
 * become spaces; newlines become spaces when `one_line`. Returns the input
 * itself when nothing had to change. `*removed` (may be NULL) is increased by
 * the number of characters dropped. */
struct str utf8_clean(struct arena *arena, struct str s, bool one_line, size_t *removed);

/* Han, Kana, Hangul, Bopomofo: scripts written without spaces between words (Hangul for width's sake). */
bool utf8_is_cjk(uint32_t character);

/* A letter, digit or ideograph of any script. */
bool utf8_is_letter(uint32_t character);
size_t utf8_count_letters(struct str s);

#endif
