/* record.h - one line of an archive: JSON becomes a story to be, with names where the paper has numbers.
 *
 *     id                     what the source calls it; else url; else its content tells it apart
 *     title                  else the first sentence of the body
 *     body                   paragraphs divided by line feeds, or body v1
 *     published, date        moment (clock.h), or seconds or milliseconds since 1970
 *     updated, modified      the same
 *     section                name; several divided by commas: the first and others
 *     sections, sections_all further ones [name ...]
 *     tags, keywords         [name ...] or names divided by commas
 *     author, authors        text (authors.h) or [text ...]
 *     source                 whose story it is, as readers are told
 *     origin                 whose `id` it is; else source, else the host of url
 *     url, urls              old addresses, which will lead here
 *     lang, language         "zh-Hant"
 *     summary, lead, excerpt one paragraph above the body
 *     state, status          "draft", "review" (pending), "published" (publish, future)
 *     videos                 [addresses of films]
 *     hero                   name of a picture in media/, with hero_caption and hero_alt; while it is not there, the
 *                            body begins with it
 *     kind                   "story", or "page" for one that is no news, with its `slug`
 *     skip                   why it is nothing for this paper; noted and passed over
 *
 * Any member may be missing or null. What is not kept is noted as a loss of the
 * member: what has no place here, is of the wrong type, is cut, or was guessed.
 */
#ifndef HAOWAI_IMPORTING_RECORD_H
#define HAOWAI_IMPORTING_RECORD_H

#include "lib/json/json.h"
#include "src/article/draft.h"
#include "src/importing/loss.h"

typedef LIST(struct str) record_texts;

enum record_kind { RECORD_STORY, RECORD_PAGE, RECORD_SKIPPED };

struct record {
    enum record_kind kind;
    int64_t line;
    struct str origin, id;    /* together they tell it from all others */
    int64_t hash;             /* of all that would become of it: another one means it was changed */
    enum article_state state; /* draft, review or published */
    struct moment published;  /* 0: not said */
    struct moment updated;    /* 0: never */
    struct str title, lead, language, source, source_url, report_type, byline_text, slug;
    struct str hero, hero_caption, hero_alt;
    record_texts sections, keywords, addresses;
    LIST(struct draft_byline) bylines; /* person 0 */
    struct str body;                   /* body v1, canonical; "" for a headline without text */
    bool has_video;
    int64_t words;
};

struct record_wrong {
    char text[200];
};

/* Texts live in the arena, in the JSON or in losses->arena. Losses are noted at losses->line. False, with a sentence,
 * for what cannot become a story: no object, or neither title nor body. */
bool record_read(struct arena *arena, const struct json *json, struct losses *losses, struct record *out,
                 struct record_wrong *wrong);

/* Copies every text of it into another arena. */
void record_keep(struct arena *arena, struct record *record);

#endif
