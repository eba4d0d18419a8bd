/* article.h - 新聞: a story, and the lists stories stand in, as readers may see them.
 *
 * A story has a number for life; its address is /news/{day}/{id}. Readers see
 * it while `listed` is not 0. What writes stories is in article_write.h, what
 * decides in article_rules.h.
 *
 * Tags: "story:{id}" on every row that shows a story, also of one that was
 * asked for and is not there. Lists also read who is in them: "section:{id}"
 * (0: the site's latest), "keyword:{id}", "person:{id}", "day:{yyyymmdd}",
 * "month:{yyyymm}", "block:{n}", and "archive" for the first and last of all and which blocks there are.
 * Cards show a section's name and a picture: "sections", "media:{id}".
 */
/* allow: long-file, every list of stories */
#ifndef HAOWAI_ARTICLE_ARTICLE_H
#define HAOWAI_ARTICLE_ARTICLE_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

/* "/news/{day}/{id}": the one place that knows. */
struct str article_url(struct arena *arena, int64_t day, int64_t id);

/* The number at the end of "12", "a/12", "/news/20250821/12" or "https://.../12"; false when there is none above 0. */
bool article_number(struct str s, int64_t *out);

/* --- one story ----------------------------------------------------------------- */

struct article {
    int64_t id, day, version;
    struct str state;
    struct moment listed, published, updated; /* updated == published until readers were told of a change */
    struct str url;
    struct str title, title_breaks, short_title, short_breaks, kicker, lead;
    struct html headline;               /* the title as its h1 prints it, see phrase_html_clauses */
    struct str social_title, seo_title; /* "" : the title */
    struct str report_type, byline_text, warning, source, source_url, licence, language;
    int64_t section;
    struct str section_name, section_slug, section_url;
    int64_t hero;                                   /* media, 0 = none: then the next ones are empty */
    struct str hero_name, hero_url, hero_small_url; /* small: the full one when there is no small one */
    int64_t hero_width, hero_height, hero_small_width, hero_small_height;
    struct str hero_caption, hero_alt, hero_credit; /* the story's own, else the picture's */
    bool has_video, hide_from_latest, adult;
    int64_t words;
    struct str body; /* body v1 */
};
extern const struct fields ARTICLE_FIELDS;

/* A story readers may see. */
bool article_find_published(struct db_reader *db, int64_t id, struct article *out);

/* What to answer for a number. `*day` is that of the story's address, 0 for ARTICLE_UNKNOWN. */
enum article_standing {
    ARTICLE_UNKNOWN, /* 404: there is none, or none that was ever published */
    ARTICLE_SHOWN,   /* 200, or 301 to article_url when the day asked for was another */
    ARTICLE_GONE,    /* 410: it was withdrawn */
};
enum article_standing article_state_of(struct db_reader *db, int64_t id, int64_t *day);

/* The same with its primary section (0: none), which is only meant for ARTICLE_SHOWN. */
enum article_standing article_place_of(struct db_reader *db, int64_t id, int64_t *day, int64_t *section);

struct byline {
    int64_t person;        /* 0: without a page of their own */
    struct str name, role; /* as printed; the role may be empty */
    struct str slug, url;  /* "/author/{slug}"; "" without a page */
};
extern const struct fields BYLINE_FIELDS;
typedef LIST(struct byline) byline_list;
void article_bylines(struct db_reader *db, int64_t id, byline_list *out);

struct story_keyword {
    int64_t id;
    struct str slug, name, type, url;
};
extern const struct fields STORY_KEYWORD_FIELDS;
typedef LIST(struct story_keyword) story_keywords;
void article_keywords(struct db_reader *db, int64_t id, story_keywords *out);

/* What readers are told about changes, newest first. */
struct correction {
    int64_t id;
    struct moment at;
    struct str kind; /* "correction", "clarification", "update" */
    struct str note;
};
extern const struct fields CORRECTION_FIELDS;
typedef LIST(struct correction) correction_list;
void article_corrections(struct db_reader *db, int64_t id, correction_list *out);

/* What readers of all stories were told lately, newest first, with the story's address and title: of the newest
 * CORRECTIONS_LOOKED_AT those whose story they may see, at most `limit`. Tag "corrections". */
enum { CORRECTIONS_LOOKED_AT = 200 };
struct told_correction {
    int64_t id, article, day;
    struct moment at, listed;
    struct str kind, note, title, url;
};
extern const struct fields TOLD_CORRECTION_FIELDS;
typedef LIST(struct told_correction) told_corrections;
void corrections_latest(struct db_reader *db, size_t limit, told_corrections *out);

/* --- lists ---------------------------------------------------------------------- */

/* What lists print of a story. */
struct story_card {
    int64_t id, day;
    struct moment published, updated;
    struct str url;
    struct str title, title_breaks, short_title, short_breaks, kicker, lead;
    struct html headline;   /* for cards: the title, clause by clause */
    struct html list_title; /* for plain lists: the short title, else the title, in one run */
    int64_t section;
    struct str section_name, section_slug, section_url;
    int64_t hero;
    struct str hero_name, hero_url, hero_small_url, hero_alt;
    int64_t hero_width, hero_height, hero_small_width, hero_small_height;
    bool has_video, adult;
};
extern const struct fields STORY_CARD_FIELDS;
typedef LIST(struct story_card) story_cards;

/* Every list is bounded: `limit` above STORIES_MOST counts as that, `from` above STORIES_DEEP finds nothing. */
enum { STORIES_MOST = 1000, STORIES_DEEP = 20000 };
enum { STORIES_PAGE = 20 }; /* stories on one page of a long list */

/* One by number; false when readers may not see it. */
bool story_card_find(struct db_reader *db, int64_t id, struct story_card *out);

/* Those of the `n` numbers that readers may see, in that order. */
void story_cards_find(struct db_reader *db, const int64_t *ids, size_t n, story_cards *out);

/* Newest first, from number `from` of the list (0: the newest). Section 0: the whole site's latest. */
void stories_latest(struct db_reader *db, int64_t section, int64_t from, int64_t limit, story_cards *out);
void stories_with_keyword(struct db_reader *db, int64_t keyword, int64_t from, int64_t limit, story_cards *out);
void stories_by_person(struct db_reader *db, int64_t person, int64_t from, int64_t limit, story_cards *out);
void stories_of_day(struct db_reader *db, int64_t day, int64_t from, int64_t limit, story_cards *out);

/* How many pages of STORIES_PAGE the list has: at least 1, at most `most` and STORIES_DEEP / STORIES_PAGE. Every story
 * counted is a step down the index, so ask for no more than you will show. */
int64_t stories_latest_pages(struct db_reader *db, int64_t section, int64_t most);
int64_t stories_with_keyword_pages(struct db_reader *db, int64_t keyword, int64_t most);
int64_t stories_by_person_pages(struct db_reader *db, int64_t person, int64_t most);
int64_t stories_of_day_pages(struct db_reader *db, int64_t day, int64_t most);

/* Related to a story: those an editor chose, then by shared keywords; at most RELATED_MOST, never itself. */
enum { RELATED_MOST = 6 };
void stories_related(struct db_reader *db, int64_t id, story_cards *out);

/* --- the archive ------------------------------------------------------------------ */

struct story_day {
    int64_t day, stories; /* yyyymmdd */
};
extern const struct fields STORY_DAY_FIELDS;
typedef LIST(struct story_day) story_days;

/* The days of a month (yyyymm) that have stories, newest first. */
void days_with_stories(struct db_reader *db, int64_t month, story_days *out);

/* The nearest day (yyyymmdd) before or after that has stories; 0: none. */
int64_t day_with_stories_before(struct db_reader *db, int64_t day);
int64_t day_with_stories_after(struct db_reader *db, int64_t day);

/* Days (yyyymmdd) of the oldest and the newest story; false when there is none. */
bool stories_span(struct db_reader *db, int64_t *first, int64_t *last);

/* Addresses of all stories readers may see, by number in blocks of STORY_BLOCK: block n holds n * STORY_BLOCK up to
 * the next one's start. For site maps; a block's tag "block:{n}" is touched by every visible change in it. */
enum { STORY_BLOCK = 2000 };
struct story_address {
    int64_t id, day;
    struct moment published, updated;
};
extern const struct fields STORY_ADDRESS_FIELDS;
typedef LIST(struct story_address) story_addresses;
void stories_of_block(struct db_reader *db, int64_t block, story_addresses *out);
int64_t story_blocks(struct db_reader *db); /* how many there are */

/* The first block from number `from` on in which readers may see a story; -1: there is none. */
int64_t story_block_from(struct db_reader *db, int64_t from);
bool story_block_shows(struct db_reader *db, int64_t block);

#endif
