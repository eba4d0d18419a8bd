/* video.h - 影音: videos with a poster, in their own list and on their own pages.
 *
 * `listed` is the moment a video was published while readers may see it, and 0
 * once it is withdrawn. The address is /video/{id}.
 *
 * Tags: "videos" on every list, "video:{id}" on every row, with "media:{id}" of
 * its poster.
 */
#ifndef HAOWAI_VIDEO_VIDEO_H
#define HAOWAI_VIDEO_VIDEO_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { VIDEO_TITLE_MOST = 120, VIDEO_DESCRIPTION_MOST = 5000, VIDEO_KEYWORDS_MOST = 20 };
enum { VIDEO_MOST = 100 }; /* in one list */

/* One in a list. */
struct video_card {
    int64_t id;
    struct moment listed;
    struct str title, title_breaks;
    struct html headline; /* the title, see phrase_html_clauses */
    int64_t seconds;
    struct str length;                   /* "3:07", "1:02:45" */
    struct str url;                      /* "/video/{id}" */
    struct str poster, poster_alt;       /* address of the small picture (of the full one when there is no small one) */
    int64_t poster_width, poster_height; /* of that picture */
};
extern const struct fields VIDEO_CARD_FIELDS;
typedef LIST(struct video_card) video_cards;

struct video {
    int64_t id;
    struct moment listed;
    struct str title, title_breaks, description;
    struct str file; /* in DIR/media */
    int64_t poster;  /* media, 0 = none */
    int64_t seconds;
    int64_t section; /* 0 = none */
    struct str url, file_url, length;
    struct html headline;
};
extern const struct fields VIDEO_FIELDS;

struct video_keyword {
    int64_t id;
    struct str slug, name, url;
};
extern const struct fields VIDEO_KEYWORD_FIELDS;
typedef LIST(struct video_keyword) video_keywords;

/* A video readers may see. */
bool video_find_published(struct db_reader *db, int64_t id, struct video *out);

/* Did one of that number exist that readers may not see any more? */
bool video_was_withdrawn(struct db_reader *db, int64_t id);

/* Its keywords in order; merged ones give the keyword that took their place. */
void video_keywords_of(struct db_reader *db, int64_t id, video_keywords *out);

/* Published videos, newest first, from number `from` (0: the newest); at most `limit` and VIDEO_MOST. */
void videos_latest(struct db_reader *db, int64_t from, int64_t limit, video_cards *out);
int64_t videos_count(struct db_reader *db);

/* The newest of a section or keyword. */
void videos_of_section(struct db_reader *db, int64_t section, int64_t limit, video_cards *out);
void videos_of_keyword(struct db_reader *db, int64_t keyword, int64_t limit, video_cards *out);

/* "/video/{id}" and "3:07". */
struct str video_url(struct arena *arena, int64_t id);
struct str video_length(struct arena *arena, int64_t seconds);

/* --- changing ------------------------------------------------------------------------- */

/* Adds one, published at video->listed, with keywords (ids) in order. Returns its id. */
int64_t video_add(struct db_tx *tx, const struct video *video, const int64_t *keywords, size_t n);

/* False when readers do not see it anyway. */
bool video_withdraw(struct db_tx *tx, int64_t id);

#endif
