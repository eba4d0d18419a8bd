/* card.h - how a row becomes a story_card; inside src/article only.
 *
 * A statement whose rows are cards is
 *     "SELECT " CARD_COLUMNS " FROM article a" CARD_JOINS ...
 * and reads CARD_READS besides what decides who is in the list.
 */
#ifndef HAOWAI_ARTICLE_CARD_H
#define HAOWAI_ARTICLE_CARD_H

#include "src/article/article.h"

#define CARD_COLUMNS                                                                                                   \
    "a.id, a.day, a.published, a.updated, a.title, a.title_breaks, a.short_title, a.short_breaks, a.kicker, a.lead,"   \
    " a.section, s.name AS section_name, s.slug AS section_slug, a.hero, m.name AS hero_name, m.file AS hero_url,"     \
    " m.small_file AS hero_small_url, m.width AS hero_width, m.height AS hero_height,"                                 \
    " m.small_width AS hero_small_width, coalesce(nullif(a.hero_alt, ''), m.alt) AS hero_alt, a.has_video, a.adult"
#define CARD_JOINS " LEFT JOIN section s ON s.id = a.section LEFT JOIN media m ON m.id = a.hero"
#define CARD_READS "story:{id} media:{hero} sections"

/* Fills what no column holds, in the cards from number `from` on. */
void cards_complete(struct arena *arena, story_cards *cards, size_t from);
void card_complete(struct arena *arena, struct story_card *card);

/* File names become addresses; without a small picture the full one is the small one. */
struct picture {
    struct str url, small_url;
    int64_t width, height, small_width, small_height;
};
void picture_complete(struct arena *arena, struct picture *picture);

/* "" for "". */
struct str card_section_url(struct arena *arena, struct str slug);

#endif
