/* topic_test.c - topics made, filled, hidden and shown again. */
#include "src/topic/topic.h"

#include "src/actions.h"
#include "src/media/media.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    for (int64_t id = 1; id <= 5; id++)
        unit_story(paper, id, -id, 1);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

static struct unit_answer add(const char *body)
{
    paper->now.ms += 1000;
    return unit_act(paper, "POST", "/desk/api/topics", "/desk/api/topics", topic_add_action, body);
}

static struct unit_answer change(const char *path, const char *body)
{
    return unit_act(paper, "PUT", "/desk/api/topics/{id:int}", path, topic_change_action, body);
}

static void adding(void **state)
{
    struct topic topic;
    struct tag_set tags;
    story_cards cards = {0};
    (void)state;

    struct unit_answer answer = add("{\"title\": \"俄烏戰爭\", \"description\": \"d\", \"stories\": [3, 1, 5]}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_touched(&answer, "topics") && unit_touched(&answer, "topic:1"));
    assert_true(unit_touched(&answer, "topic-slug:俄烏戰爭"));
    struct db_reader *db = unit_read(paper, &tags);
    assert_true(topic_find_by_slug(db, STR("俄烏戰爭"), &topic));
    topic_stories(db, topic.id, &cards);
    assert_true(cards.n == 3 && cards.at[0].id == 3 && cards.at[1].id == 1 && cards.at[2].id == 5);
    assert_true(unit_has_tag(&tags, "topic:1") && unit_has_tag(&tags, "story:3"));
    assert_true(unit_has_tag(&tags, "topic-slug:俄烏戰爭"));
    db_read_end(&db);
}

SQL(give_picture, "UPDATE article SET hero = 1 WHERE id = $1", .touches = "story:$1");

/* The first with a picture stands for the topic. */
static void cover(void **state)
{
    struct story_card card;
    (void)state;

    add("{\"title\": \"one\", \"stories\": [3, 1, 5]}");
    struct db_reader *db = unit_read(paper, NULL);
    assert_false(topic_cover(db, 1, &card));
    db_read_end(&db);
    struct db_tx *tx = unit_begin(paper);
    struct media media = {.name = STR("a"),
                          .kind = STR("image"),
                          .file = STR("a.webp"),
                          .width = 3,
                          .height = 2,
                          .small_file = STR(""),
                          .caption = STR(""),
                          .alt = STR(""),
                          .credit = STR("")};
    media_put(tx, &media);
    db_exec(tx, &give_picture, ARGS(5));
    db_exec(tx, &give_picture, ARGS(1));
    unit_commit(paper, &tx);
    db = unit_read(paper, NULL);
    assert_true(topic_cover(db, 1, &card) && card.id == 1);
    db_read_end(&db);
}

static void changing(void **state)
{
    struct topic topic;
    story_cards cards = {0};
    (void)state;

    add("{\"title\": \"one\", \"description\": \"d\", \"stories\": [1, 2]}");
    struct unit_answer answer = change("/desk/api/topics/1", "{\"stories\": [2, 4], \"title\": \"uno\"}");
    assert_int_equal(answer.status, 200);
    struct db_reader *db = unit_read(paper, NULL);
    assert_true(topic_find_by_slug(db, STR("one"), &topic)); /* the address stays */
    assert_true(str_equal(topic.title, STR("uno")) && str_equal(topic.description, STR("d")));
    topic_stories(db, 1, &cards);
    assert_true(cards.n == 2 && cards.at[0].id == 2 && cards.at[1].id == 4);
    db_read_end(&db);
}

static void hiding(void **state)
{
    struct topic topic;
    topics list = {0};
    (void)state;

    add("{\"title\": \"one\"}");
    add("{\"title\": \"two\", \"listed\": false}");
    struct db_reader *db = unit_read(paper, NULL);
    topics_list(db, 10, &list);
    assert_true(list.n == 1 && list.at[0].id == 1);
    assert_false(topic_find_by_slug(db, STR("two"), &topic) || topic_find_published(db, 2, &topic));
    db_read_end(&db);
    assert_int_equal(add("{\"title\": \"two\"}").status, 409); /* hidden, but taken */
    struct unit_answer answer = change("/desk/api/topics/2", "{\"listed\": true}");
    assert_true(unit_touched(&answer, "topic-slug:two") && unit_touched(&answer, "topics"));
    db = unit_read(paper, NULL);
    list.n = 0;
    topics_list(db, 10, &list);
    assert_true(list.n == 2 && list.at[0].id == 2);
    db_read_end(&db);
}

static void refusing(void **state)
{
    (void)state;
    assert_int_equal(add("{}").status, 422);
    assert_int_equal(add("{\"title\": \"x\", \"stories\": [1, 99]}").status, 422);
    assert_int_equal(add("{\"title\": \"x\", \"stories\": [1, 1]}").status, 422);
    assert_int_equal(add("{\"title\": \"x\", \"stories\": [0]}").status, 422);
    assert_int_equal(add("{\"title\": \"x\", \"listed\": \"yes\"}").status, 422);
    assert_int_equal(change("/desk/api/topics/4", "{}").status, 404);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {CASE(adding), CASE(cover), CASE(changing), CASE(hiding), CASE(refusing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
