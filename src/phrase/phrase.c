/* phrase.c - a headline becomes phrases: the model's opinion, then the rules of the house.
 *
 * The model counts in UTF-16 units, we in bytes, so a clause is first spread out
 * into units that know their byte. Every gram of the text is looked up once (a
 * binary search in at most 1,213 rows) and its scores are added to the places
 * around it: a headline of 30 characters takes some 3 microseconds.
 *
 * The house's rules only ever take breaks away. What they keep whole:
 * closing and opening punctuation with its neighbour, numbers with what they
 * count, Latin words, short quotes, and the words the caller protects.
 */
#include "src/phrase/phrase.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/utf8.h"
#include "src/phrase/phrase_model.h"

enum { TITLE_MOST = 4000 };    /* bytes; longer ones are no headlines and get no breaks */
enum { QUOTE_KEPT_WHOLE = 8 }; /* characters inside the marks */
enum { SINGLES_MOST = 4 };     /* single characters that become one phrase */

/* One clause, unit by unit. */
struct clause {
    struct str text;
    size_t n;
    uint16_t *units;
    size_t *at;   /* byte offset of each; the second unit of a pair has that of the first */
    bool *breaks; /* may a line end before unit i? */
};

/* --- the model --------------------------------------------------------------------- */

static void spread(struct arena *arena, struct str text, struct clause *out)
{
    *out = (struct clause){.text = text};
    out->units = ARENA_ARRAY(arena, uint16_t, text.n + 1);
    out->at = ARENA_ARRAY(arena, size_t, text.n + 1);
    out->breaks = ARENA_ARRAY(arena, bool, text.n + 1);
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t character = utf8_next(text, &at);
        out->at[out->n] = from;
        if (character < 0x10000) {
            out->units[out->n++] = (uint16_t)character;
            continue;
        }
        out->units[out->n++] = (uint16_t)(0xd800 + ((character - 0x10000) >> 10));
        out->at[out->n] = from;
        out->units[out->n++] = (uint16_t)(0xdc00 + ((character - 0x10000) & 0x3ff));
    }
}

static int compare_units(const uint16_t *a, const uint16_t *b, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static const int16_t *find_scores(const struct phrase_gram *grams, size_t n, const uint16_t *units, size_t length)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_units(units, grams[middle].units, length);
        if (order == 0)
            return grams[middle].scores;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void judge(struct arena *arena, struct clause *clause)
{
    const struct {
        const struct phrase_gram *grams;
        size_t count, length, reach, features;
    } groups[] = {
        {phrase_grams_of_one, phrase_grams_of_one_count, 1, 3, 6},
        {phrase_grams_of_two, phrase_grams_of_two_count, 2, 2, 3},
        {phrase_grams_of_three, phrase_grams_of_three_count, 3, 3, 4},
    };
    int32_t *sums = ARENA_ARRAY(arena, int32_t, clause->n + 4);

    for (size_t group = 0; group < sizeof groups / sizeof *groups; group++) {
        for (size_t p = 0; p + groups[group].length <= clause->n; p++) {
            const int16_t *scores =
                find_scores(groups[group].grams, groups[group].count, clause->units + p, groups[group].length);
            for (size_t k = 0; scores && k < groups[group].features; k++)
                if (p + groups[group].reach >= k)
                    sums[p + groups[group].reach - k] += scores[k];
        }
    }
    for (size_t i = 1; i < clause->n; i++)
        clause->breaks[i] = 2 * sums[i] > phrase_total && clause->at[i] != clause->at[i - 1];
}

/* --- the rules of the house ----------------------------------------------------------- */

static bool is_one_of(uint16_t unit, const uint16_t *set)
{
    for (; *set; set++)
        if (*set == unit)
            return true;
    return false;
}

static const uint16_t OPENING[] = u"「『（《〈【〔“‘(［[";
static const uint16_t CLOSING[] = u"」』）》〉】〕”’)］]，。、！？：；,.!?:;…—％%℃／/～‧·．";
static const uint16_t MULTIPLES[] = u"百千萬億兆"; /* 1萬8400 is one number */
static const uint16_t JOINING[] = u"-_&@#+'’.,:%/";

static bool is_digit(uint16_t unit)
{
    return (unit >= '0' && unit <= '9') || (unit >= 0xff10 && unit <= 0xff19);
}

/* Letters and digits of scripts that put spaces between words. */
static bool is_latin(uint16_t unit)
{
    bool letter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= 0xc0 && unit < 0x250);
    bool wide = (unit >= 0xff21 && unit <= 0xff3a) || (unit >= 0xff41 && unit <= 0xff5a);

    return letter || wide || is_digit(unit);
}

static void keep_neighbours(struct clause *clause)
{
    for (size_t i = 1; i < clause->n; i++) {
        uint16_t before = clause->units[i - 1], after = clause->units[i];
        bool one_word =
            (is_latin(before) || is_one_of(before, JOINING)) && (is_latin(after) || is_one_of(after, JOINING));
        bool counted = is_digit(before) && !is_one_of(after, OPENING);
        bool goes_on = i > 1 && is_digit(clause->units[i - 2]) && is_one_of(before, MULTIPLES) && is_digit(after);
        if (one_word || counted || goes_on || is_one_of(before, OPENING) || is_one_of(after, CLOSING) ||
            before == ' ' || after == ' ')
            clause->breaks[i] = false; /* beside a space the space itself is the place */
    }
}

static void keep_range(struct clause *clause, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        clause->breaks[i] = false;
}

/* The model likes to leave single characters standing (策|略, 後|離|開): a row of them is one phrase. */
static void keep_single_characters(struct clause *clause)
{
    size_t row = 0; /* single characters that end before i - 1 and are one phrase now */

    for (size_t i = 1; i < clause->n; i++) {
        bool single = (i == 1 || clause->breaks[i - 1] || row) && clause->breaks[i];
        bool next_is_single = i + 1 == clause->n || clause->breaks[i + 1];
        row = single ? row + 1 : 0;
        if (row && row < SINGLES_MOST && next_is_single)
            clause->breaks[i] = false;
        else
            row = 0;
    }
}

static void keep_quotes(struct clause *clause)
{
    for (size_t i = 0; i < clause->n; i++) {
        size_t end = i + 1;
        if (clause->units[i] != u'「')
            continue;
        while (end < clause->n && clause->units[end] != u'」')
            end++;
        if (end < clause->n && end - i - 1 <= QUOTE_KEPT_WHOLE)
            keep_range(clause, i, end + 1);
    }
}

static void keep_word(struct clause *clause, struct str word)
{
    size_t i = 0;

    for (ptrdiff_t at = str_find(clause->text, word, 0); at >= 0; at = str_find(clause->text, word, (size_t)at + 1)) {
        for (i = 0; i < clause->n; i++)
            if (clause->at[i] > (size_t)at && clause->at[i] < (size_t)at + word.n)
                clause->breaks[i] = false;
    }
}

/* --- all of it --------------------------------------------------------------------------- */

static void find_in_clause(struct arena *arena, struct str text, const word_list *whole, struct clause *clause)
{
    spread(arena, text, clause);
    judge(arena, clause);
    keep_neighbours(clause);
    keep_quotes(clause);
    keep_single_characters(clause);
    for (size_t i = 0; whole && i < whole->n; i++)
        if (whole->at[i].n)
            keep_word(clause, whole->at[i]);
}

void phrase_boundaries(struct arena *arena, struct str text, break_list *out)
{
    struct clause clause;

    spread(arena, text, &clause);
    judge(arena, &clause);
    for (size_t i = 1; i < clause.n; i++)
        if (clause.breaks[i])
            *LIST_ADD(arena, out) = clause.at[i];
}

struct str phrase_breaks(struct arena *arena, struct str title, const word_list *whole)
{
    struct buf out = BUF(8 * TITLE_MOST);
    const struct str space = STR("\u3000");

    for (size_t from = 0; from < title.n && title.n <= TITLE_MOST;) {
        ptrdiff_t end = str_find(title, space, from);
        size_t to = end < 0 ? title.n : (size_t)end;
        struct arena_mark mark = arena_mark(arena);
        struct clause clause;
        find_in_clause(arena, (struct str){title.p + from, to - from}, whole, &clause);
        for (size_t i = 1; i < clause.n; i++)
            if (clause.breaks[i])
                buf_printf(&out, "%s%zu", out.n ? " " : "", from + clause.at[i]);
        arena_back(arena, mark);
        from = to + space.n;
    }
    struct str breaks = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return breaks;
}
