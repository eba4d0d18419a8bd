/* topic_desk.c - making topics and changing what stands in them. */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/phrase/phrase.h"
#include "src/section/form.h"
#include "src/section/slug.h"
#include "src/topic/topic.h"

struct topic_answer {
    topics topics;
};
static const struct fields TOPIC_ANSWER_FIELDS =
    FIELDS(struct topic_answer, FIELD_LIST(struct topic_answer, topics, TOPIC_FIELDS));

/* GET /desk/api/topics */
void topic_list_action(struct action *a)
{
    struct topic_answer answer = {0};

    topics_list(a->db, TOPICS_MOST, &answer.topics);
    action_answer(a, 200, &TOPIC_ANSWER_FIELDS, &answer);
}

static void read_stories(struct form *form, form_numbers *out)
{
    int64_t day;

    form_ids(form, "stories", TOPIC_STORIES_MOST, out);
    for (size_t i = 0; i < out->n && !form->refused; i++)
        if (article_state_of(form->a->db, out->at[i], &day) == ARTICLE_UNKNOWN)
            form_refuse(form, FORM_WRONG, "stories", "story %lld was never published; publish it first",
                        (long long)out->at[i]);
}

static void read_title(struct form *form, struct topic *topic)
{
    topic->title = form_needed_line(form, "title", TOPIC_TITLE_MOST);
    topic->title_breaks = phrase_breaks(form->a->arena, topic->title, NULL);
}

/* POST /desk/api/topics {title, slug?, description?, stories?, listed?} */
void topic_add_action(struct action *a)
{
    struct form form = form_of(a, "title slug description stories listed");
    struct topic topic = {.slug = form_slug(&form, "slug"),
                          .description = form_text(&form, "description", TOPIC_DESCRIPTION_MOST)};
    form_numbers stories = {0};

    read_title(&form, &topic);
    if (form_bool(&form, "listed", true))
        topic.listed = a->now;
    if (topic.slug.n == 0)
        topic.slug = slug_of_name(a->arena, topic.title);
    if (topic.slug.n == 0)
        form_refuse(&form, FORM_WRONG, "slug", "no slug can be made from this title; give one: " SLUG_RULE);
    else if (topic_slug_is_taken(a->db, topic.slug))
        form_refuse(&form, FORM_TAKEN, "slug", "another topic has this slug; choose another");
    read_stories(&form, &stories);
    if (form.refused)
        return;
    topic.id = topic_add(a->tx, &topic);
    topic_set_stories(a->tx, topic.id, stories.at, stories.n);
    topic_find(a->db, topic.id, &topic);
    action_answer(a, 201, &TOPIC_FIELDS, &topic);
}

/* PUT /desk/api/topics/{id:int} {title?, description?, stories?, listed?}: what is not named stays. */
void topic_change_action(struct action *a)
{
    struct topic topic;
    form_numbers stories = {0};

    if (!topic_find(a->db, action_param_int(a, "id"), &topic)) {
        action_refuse(a, 404, "id", "there is no such topic; GET /desk/api/topics lists those readers see");
        return;
    }
    struct form form = form_of(a, "title description stories listed");
    if (form_has(&form, "title"))
        read_title(&form, &topic);
    if (form_has(&form, "description"))
        topic.description = form_text(&form, "description", TOPIC_DESCRIPTION_MOST);
    bool listed = form_bool(&form, "listed", topic.listed.ms != 0);
    if (listed != (topic.listed.ms != 0))
        topic.listed = listed ? a->now : (struct moment){0};
    read_stories(&form, &stories);
    if (form.refused)
        return;
    topic_change(a->tx, &topic);
    if (form_has(&form, "stories"))
        topic_set_stories(a->tx, topic.id, stories.at, stories.n);
    action_answer(a, 200, &TOPIC_FIELDS, &topic);
}
