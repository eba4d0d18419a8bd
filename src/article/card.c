/* card.c - what of a card is made, not stored: addresses, sizes, the printed titles.
 *
 * A card carries its titles ready to print, because some sixty of them stand on
 * a page and every template would otherwise repeat which title fits which slot.
 */
#include "src/article/card.h"

#include "lib/base/arena.h"
#include "src/media/media.h"
#include "src/phrase/phrase.h"
#include "src/section/section.h"

const struct fields STORY_CARD_FIELDS = FIELDS(
    struct story_card, FIELD(struct story_card, id), FIELD(struct story_card, day), FIELD(struct story_card, published),
    FIELD(struct story_card, updated), FIELD(struct story_card, url), FIELD(struct story_card, title),
    FIELD(struct story_card, title_breaks), FIELD(struct story_card, short_title),
    FIELD(struct story_card, short_breaks), FIELD(struct story_card, kicker), FIELD(struct story_card, lead),
    FIELD(struct story_card, headline), FIELD(struct story_card, list_title), FIELD(struct story_card, section),
    FIELD(struct story_card, section_name), FIELD(struct story_card, section_slug),
    FIELD(struct story_card, section_url), FIELD(struct story_card, hero), FIELD(struct story_card, hero_name),
    FIELD(struct story_card, hero_url), FIELD(struct story_card, hero_small_url), FIELD(struct story_card, hero_alt),
    FIELD(struct story_card, hero_width), FIELD(struct story_card, hero_height),
    FIELD(struct story_card, hero_small_width), FIELD(struct story_card, hero_small_height),
    FIELD(struct story_card, has_video), FIELD(struct story_card, adult));

void picture_complete(struct arena *arena, struct picture *picture)
{
    picture->url = media_url(arena, picture->url);
    if (picture->small_url.n && picture->small_width > 0 && picture->width > 0) {
        picture->small_url = media_url(arena, picture->small_url);
        picture->small_height = (picture->height * picture->small_width + picture->width / 2) / picture->width;
    } else {
        picture->small_url = picture->url;
        picture->small_width = picture->width;
        picture->small_height = picture->height;
    }
}

struct str card_section_url(struct arena *arena, struct str slug)
{
    return slug.n ? section_url(arena, slug) : STR("");
}

void card_complete(struct arena *arena, struct story_card *card)
{
    struct picture picture = {card->hero_url,    card->hero_small_url,   card->hero_width,
                              card->hero_height, card->hero_small_width, 0};
    bool has_short = card->short_title.n > 0;

    picture_complete(arena, &picture);
    card->hero_url = picture.url;
    card->hero_small_url = picture.small_url;
    card->hero_small_width = picture.small_width;
    card->hero_small_height = picture.small_height;
    card->url = article_url(arena, card->day, card->id);
    card->section_url = card_section_url(arena, card->section_slug);
    card->headline = phrase_html_clauses(arena, card->title, card->title_breaks);
    card->list_title = phrase_html(arena, has_short ? card->short_title : card->title,
                                   has_short ? card->short_breaks : card->title_breaks);
}

void cards_complete(struct arena *arena, story_cards *cards, size_t from)
{
    for (size_t i = from; i < cards->n; i++)
        card_complete(arena, &cards->at[i]);
}
