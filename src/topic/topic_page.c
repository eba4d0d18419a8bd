/* topic_page.c - topics: in a row on other pages, all of them, and one with its stories. */
#include "src/topic/topic.h"

#include "lib/base/utf8.h"
#include "src/frame/frame.h"
#include "src/routes.h"

enum { ROW_MOST = 6, COVERS_MOST = 60, DESCRIPTION_LENGTH = 120 };

struct topics_view {
    bool has_topics;
    topics topics;
};
const struct fields TOPICS_VIEW_FIELDS = FIELDS(struct topics_view, FIELD(struct topics_view, has_topics),
                                                FIELD_LIST(struct topics_view, topics, TOPIC_FIELDS));

const void *topics_view(struct part *part)
{
    struct topics_view *view = ARENA_NEW(part->arena, struct topics_view);

    topics_list(part->db, ROW_MOST, &view->topics);
    view->has_topics = view->topics.n > 0;
    return view;
}

/* GET /topics - 200 */
enum answer topics_page(struct request *req)
{
    return page(req, PAGE_TOPICS, ABOUT(0));
}

const void *head_topics_view(struct part *part)
{
    return head_page_make(part, STR("專題"), STR("編輯部整理的專題。"), STR("/topics"));
}

struct topic_entry {
    struct topic topic;
    struct story_card cover; /* without a picture: none of its stories has one */
};
static const struct fields TOPIC_ENTRY_FIELDS =
    FIELDS(struct topic_entry, FIELD_STRUCT(struct topic_entry, topic, TOPIC_FIELDS),
           FIELD_STRUCT(struct topic_entry, cover, STORY_CARD_FIELDS));

struct topic_list {
    LIST(struct topic_entry) topics;
};
const struct fields TOPIC_LIST_FIELDS =
    FIELDS(struct topic_list, FIELD_LIST(struct topic_list, topics, TOPIC_ENTRY_FIELDS));

const void *topic_list_view(struct part *part)
{
    struct topic_list *view = ARENA_NEW(part->arena, struct topic_list);
    topics found = {0};

    topics_list(part->db, TOPICS_MOST, &found);
    for (size_t i = 0; i < found.n; i++) {
        struct topic_entry *entry = LIST_ADD(part->arena, &view->topics);
        entry->topic = found.at[i];
        if (i < COVERS_MOST)
            topic_cover(part->db, found.at[i].id, &entry->cover);
    }
    return view;
}

/* GET /topic/{slug} - 200; 404 when readers see no such topic */
enum answer topic_page(struct request *req)
{
    struct topic topic;

    if (!topic_find_by_slug(req->db, param(req, "slug"), &topic))
        return not_found(req);
    return page(req, PAGE_TOPIC, ABOUT([ABOUT_ITEM] = topic.id));
}

static struct topic topic_of(struct part *part)
{
    struct topic topic = {.id = 0};

    topic_find_published(part->db, part->about->at[ABOUT_ITEM], &topic);
    return topic;
}

const void *head_topic_view(struct part *part)
{
    struct topic topic = topic_of(part);

    return head_page_make(part, topic.title, utf8_shorten(part->arena, topic.description, DESCRIPTION_LENGTH),
                          topic.url);
}

struct topic_view {
    struct topic topic;
    story_cards stories;
};
const struct fields TOPIC_VIEW_FIELDS = FIELDS(struct topic_view, FIELD_STRUCT(struct topic_view, topic, TOPIC_FIELDS),
                                               FIELD_LIST(struct topic_view, stories, STORY_CARD_FIELDS));

const void *topic_view(struct part *part)
{
    struct topic_view *view = ARENA_NEW(part->arena, struct topic_view);

    view->topic = topic_of(part);
    topic_stories(part->db, view->topic.id, &view->stories);
    return view;
}
