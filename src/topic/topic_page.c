/* topic_page.c - topics: in a row on other pages, all of them, and one with its stories. */
#include "src/topic/topic.h"

#include "lib/base/utf8.h"
#include "src/frame/frame.h"
#include "src/routes.h"

enum { ROW_MOST = 6, DESCRIPTION_LENGTH = 120 };

struct topics_view {
    bool has_topics;
    topics topics;
};
const struct fields TOPICS_VIEW_FIELDS = FIELDS(struct topics_view, FIELD(struct topics_view, has_topics),
                                                FIELD_LIST(struct topics_view, topics, TOPIC_FIELDS));

static struct topics_view *list(struct part *part, int64_t most)
{
    struct topics_view *view = ARENA_NEW(part->arena, struct topics_view);

    topics_list(part->db, most, &view->topics);
    view->has_topics = view->topics.n > 0;
    return view;
}

const void *topics_view(struct part *part)
{
    return list(part, ROW_MOST);
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

const void *topic_list_view(struct part *part)
{
    return list(part, TOPICS_MOST);
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
