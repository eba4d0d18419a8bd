/* topic.h - 專題: stories an editor gathered under one title, in the editor's order.
 *
 * Tags: "topics" on every list of topics, "topic:{id}" on each and on its
 * stories, "topic-slug:{slug}" for who asked by slug.
 */
#ifndef HAOWAI_TOPIC_TOPIC_H
#define HAOWAI_TOPIC_TOPIC_H

#include "src/article/article.h"

enum { TOPIC_TITLE_MOST = 80, TOPIC_DESCRIPTION_MOST = 2000, TOPIC_STORIES_MOST = 200 };
enum { TOPICS_MOST = 200 }; /* in one list */

struct topic {
    int64_t id;
    struct str slug, title, title_breaks, description;
    struct moment listed; /* when it was published; 0: readers do not see it */
    struct str url;       /* "/topic/{slug}", percent-encoded */
    struct html headline; /* the title, see phrase_html_clauses */
};
extern const struct fields TOPIC_FIELDS;
typedef LIST(struct topic) topics;

/* Topics readers may see. */
bool topic_find_published(struct db_reader *db, int64_t id, struct topic *out);
bool topic_find_by_slug(struct db_reader *db, struct str slug, struct topic *out);

/* Newest first; at most `limit` and TOPICS_MOST. */
void topics_list(struct db_reader *db, int64_t limit, topics *out);

/* Its stories that readers may see, in order. */
void topic_stories(struct db_reader *db, int64_t id, story_cards *out);

/* The first of them with a picture, among its first few; false when none has one. */
bool topic_cover(struct db_reader *db, int64_t id, struct story_card *out);

struct str topic_url(struct arena *arena, struct str slug);

/* --- changing and the desk ---------------------------------------------------------------- */

/* Whether readers see it or not. */
bool topic_find(struct db_reader *db, int64_t id, struct topic *out);

/* Is it the slug of a topic, shown or not? */
bool topic_slug_is_taken(struct db_reader *db, struct str slug);

/* Returns the new id. */
int64_t topic_add(struct db_tx *tx, const struct topic *topic);

/* Title, description and `listed` become those; the slug stays, because addresses do not break. */
void topic_change(struct db_tx *tx, const struct topic *topic);

/* Exactly these stories in this order. */
void topic_set_stories(struct db_tx *tx, int64_t id, const int64_t *numbers, size_t n);

#endif
