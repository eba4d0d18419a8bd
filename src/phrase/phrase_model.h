/* phrase_model.h - the generated tables (tools/make_phrase_model.mjs); for phrase.c only.
 *
 * A gram is one to three UTF-16 units of text, as in the package the tables come
 * from. Whether a phrase ends before unit i is decided by the sum of what the
 * grams around i say. A gram of `length` units at p has one score for each
 * place it may stand in relative to i:
 *
 *     scores[k] counts for the place before unit  p + reach - k,
 *     reach = 3, 2, 3 for grams of one, two, three
 *
 * (UW1..6, BW1..3, TW1..4 of the package, in that order.) A phrase ends where
 * twice the sum is above phrase_total, the sum of all scores there are.
 */
#ifndef HAOWAI_PHRASE_PHRASE_MODEL_H
#define HAOWAI_PHRASE_PHRASE_MODEL_H

#include <stddef.h>
#include <stdint.h>

struct phrase_gram {
    uint16_t units[3];
    int16_t scores[6];
};

/* Sorted by units. */
extern const struct phrase_gram phrase_grams_of_one[], phrase_grams_of_two[], phrase_grams_of_three[];
extern const size_t phrase_grams_of_one_count, phrase_grams_of_two_count, phrase_grams_of_three_count;

extern const int32_t phrase_total;

#endif
