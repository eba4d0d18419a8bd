/* slug.c - letters and digits of any script stay, everything between them is one hyphen.
 *
 * A Chinese name is its own slug: readers of Chinese can read the address, and
 * every browser shows it decoded. Transliteration was the alternative; it gives
 * three sections the slug "shehui" and nobody a word he would type.
 */
#include "src/section/slug.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/utf8.h"
#include "lib/http/url.h"

#include <unicode/uchar.h>

static bool is_word_character(uint32_t character)
{
    return (U_GET_GC_MASK((UChar32)character) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

bool slug_is_valid(struct str slug)
{
    size_t count = 0;
    uint32_t before = '-';

    for (size_t at = 0; at < slug.n; count++) {
        uint32_t character = utf8_next(slug, &at);
        bool hyphen = character == '-';
        if (hyphen ? before == '-'
                   : !is_word_character(character) || u_tolower((UChar32)character) != (UChar32)character)
            return false;
        before = character;
    }
    return count >= 1 && count <= SLUG_MOST && before != '-';
}

struct str slug_of_name(struct arena *arena, struct str name)
{
    struct buf out = BUF(4 * SLUG_MOST);
    size_t count = 0;
    bool gap = false;

    for (size_t at = 0; at < name.n && count < SLUG_MOST - 1;) {
        uint32_t character = (uint32_t)u_tolower((UChar32)utf8_next(name, &at));
        char bytes[4];
        if (!is_word_character(character)) {
            gap = count > 0;
            continue;
        }
        if (gap) {
            buf_add_char(&out, '-');
            count++;
        }
        buf_add(&out, bytes, utf8_encode(character, bytes));
        count++;
        gap = false;
    }
    struct str slug = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return slug;
}

struct str slug_url(struct arena *arena, struct str prefix, struct str slug)
{
    struct buf out = BUF(4096);

    buf_add_str(&out, prefix);
    url_encode(&out, slug);
    struct str url = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return url;
}
