/* topic_store.c - the tables `topic` and `topic_article`. */
#include "src/topic/topic.h"

#include "lib/base/arena.h"
#include "src/phrase/phrase.h"
#include "src/section/slug.h"

const struct fields TOPIC_FIELDS =
    FIELDS(struct topic, FIELD(struct topic, id), FIELD(struct topic, slug), FIELD(struct topic, title),
           FIELD(struct topic, title_breaks), FIELD(struct topic, description), FIELD(struct topic, listed),
           FIELD(struct topic, url), FIELD(struct topic, headline));

#define COLUMNS "id, slug, title, title_breaks, description, listed"

SQL(find, "SELECT " COLUMNS " FROM topic WHERE id = $1", .reads = "topic:$1");
SQL(find_published, "SELECT " COLUMNS " FROM topic WHERE id = $1 AND listed > 0", .reads = "topic:$1");
SQL(find_by_slug, "SELECT " COLUMNS " FROM topic WHERE slug = $1 AND listed > 0", .reads = "topic-slug:$1 topic:{id}");
SQL(slug_is_taken, "SELECT 1 AS found FROM topic WHERE slug = $1", .reads = "topic-slug:$1");
SQL(list, "SELECT " COLUMNS " FROM topic WHERE listed > 0 ORDER BY listed DESC, id DESC LIMIT $1",
    .reads = "topics topic:{id}");
SQL(stories, "SELECT article FROM topic_article WHERE topic = $1 ORDER BY place LIMIT $2", .reads = "topic:$1");

SQL(add,
    "INSERT INTO topic (" COLUMNS ") SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5 FROM topic"
    " RETURNING id",
    .touches = "topics topic:{id} topic-slug:$1");
SQL(change,
    "UPDATE topic SET title = $2, title_breaks = $3, description = $4, listed = $5 WHERE id = $1"
    " RETURNING slug",
    .touches = "topics topic:$1 topic-slug:{slug}");
SQL(clear_stories, "DELETE FROM topic_article WHERE topic = $1", .touches = "topic:$1");
SQL(add_story, "INSERT INTO topic_article (topic, place, article) VALUES ($1, $2, $3)", .touches = "topic:$1");

struct str topic_url(struct arena *arena, struct str slug)
{
    return slug_url(arena, STR("/topic/"), slug);
}

static void complete(struct arena *arena, struct topic *topic)
{
    topic->url = topic_url(arena, topic->slug);
    topic->headline = phrase_html_clauses(arena, topic->title, topic->title_breaks);
}

static bool find_one(struct db_reader *db, const struct db_statement *statement, struct db_args args, struct topic *out)
{
    if (!db_row(db, statement, args, &TOPIC_FIELDS, out))
        return false;
    complete(db_arena(db), out);
    return true;
}

bool topic_find(struct db_reader *db, int64_t id, struct topic *out)
{
    return find_one(db, &find, ARGS(id), out);
}

bool topic_find_published(struct db_reader *db, int64_t id, struct topic *out)
{
    return find_one(db, &find_published, ARGS(id), out);
}

bool topic_find_by_slug(struct db_reader *db, struct str slug, struct topic *out)
{
    return find_one(db, &find_by_slug, ARGS(slug), out);
}

bool topic_slug_is_taken(struct db_reader *db, struct str slug)
{
    return db_int(db, &slug_is_taken, ARGS(slug), 0) == 1;
}

void topics_list(struct db_reader *db, int64_t limit, topics *out)
{
    db_rows(db, &list, ARGS(limit < TOPICS_MOST ? limit : TOPICS_MOST), &TOPIC_FIELDS, out);
    for (size_t i = 0; i < out->n; i++)
        complete(db_arena(db), &out->at[i]);
}

struct story_number {
    int64_t article;
};
static const struct fields STORY_NUMBER_FIELDS = FIELDS(struct story_number, FIELD(struct story_number, article));

static void first_stories(struct db_reader *db, int64_t id, int64_t most, story_cards *out)
{
    LIST(struct story_number) rows = {0};

    db_rows(db, &stories, ARGS(id, most), &STORY_NUMBER_FIELDS, &rows);
    int64_t *numbers = ARENA_ARRAY(db_arena(db), int64_t, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        numbers[i] = rows.at[i].article;
    story_cards_find(db, numbers, rows.n, out);
}

void topic_stories(struct db_reader *db, int64_t id, story_cards *out)
{
    first_stories(db, id, TOPIC_STORIES_MOST, out);
}

bool topic_cover(struct db_reader *db, int64_t id, struct story_card *out)
{
    enum { FIRST_FEW = 8 };
    story_cards cards = {0};

    first_stories(db, id, FIRST_FEW, &cards);
    for (size_t i = 0; i < cards.n; i++) {
        if (cards.at[i].hero_url.n) {
            *out = cards.at[i];
            return true;
        }
    }
    return false;
}

int64_t topic_add(struct db_tx *tx, const struct topic *topic)
{
    return db_exec_int(tx, &add,
                       ARGS(topic->slug, topic->title, topic->title_breaks, topic->description, topic->listed), 0);
}

void topic_change(struct db_tx *tx, const struct topic *topic)
{
    db_exec(tx, &change, ARGS(topic->id, topic->title, topic->title_breaks, topic->description, topic->listed));
}

void topic_set_stories(struct db_tx *tx, int64_t id, const int64_t *numbers, size_t n)
{
    db_exec(tx, &clear_stories, ARGS(id));
    for (size_t i = 0; i < n; i++)
        db_exec(tx, &add_story, ARGS(id, (int64_t)i + 1, numbers[i]));
}
