/* phrase.h - where a Chinese headline may break: between phrases, not inside words.
 *
 * Browsers break Chinese anywhere, so a headline tears words apart. Here it is
 * cut into phrases when it is saved; the places are stored with it as text,
 * byte offsets separated by spaces ("6 13 22"), and printed as <wbr> inside
 * an element whose style is word-break:keep-all; overflow-wrap:anywhere.
 *
 * Which places: the 13 features of BudouX (github.com/google/budoux, model
 * zh-Hant, see phrase_model.h), then rules of the house: quotes 「」 of up to
 * 8 characters, a number and what it counts, Latin words and protected words stay
 * whole; closing punctuation stays with what it closes. U+3000 divides a headline into clauses, and a
 * clause is looked at by itself.
 */
#ifndef HAOWAI_PHRASE_PHRASE_H
#define HAOWAI_PHRASE_PHRASE_H

#include "lib/base/fields.h"
#include "lib/base/list.h"
#include "lib/base/str.h"

typedef LIST(struct str) word_list;
typedef LIST(size_t) break_list;

/* The stored form. `whole` (may be NULL): words that no break may divide. Lives in the arena. */
struct str phrase_breaks(struct arena *arena, struct str title, const word_list *whole);

/* The title with <wbr> at its breaks, escaped; U+3000 printed as it is. For plain lists.
 * Offsets that do not fit the title (it was changed elsewhere) are ignored. */
struct html phrase_html(struct arena *arena, struct str title, struct str breaks);

/* The same, each clause in <span class="hl">, U+3000 between them in <span class="vh">: for h1 and cards, where
 * clauses are broken before phrases. */
struct html phrase_html_clauses(struct arena *arena, struct str title, struct str breaks);

/* The model alone, without the house's rules: byte offsets at which it would break. For tests. */
void phrase_boundaries(struct arena *arena, struct str text, break_list *out);

#endif
