/* article_store_test.c - stories through the desk into every list, and what each step makes stale.
 *
 * The tests of single steps say what must happen. The last one trusts nobody:
 * after each of some hundred random steps every question readers ask is asked
 * again, and one whose answer changed must have read a tag the step touched.
 */
#include "src/article/article.h"

#include "lib/base/buf.h"
#include "src/actions.h"
#include "src/article/article_write.h"
#include "src/article/draft_json.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/redirect/redirect.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct unit_paper *paper;
static int64_t world, city;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    world = section_named(tx, STR("World"));
    city = section_named(tx, STR("City"));
    person_named(tx, STR("張方瑀"));
    media_put(tx, &(struct media){.name = STR("harbour"),
                                  .kind = STR("image"),
                                  .file = STR("harbour.webp"),
                                  .width = 1200,
                                  .height = 800,
                                  .small_file = STR("harbour-small.webp"),
                                  .small_width = 400,
                                  .caption = STR("港"),
                                  .alt = STR("一個港"),
                                  .credit = STR("社")});
    unit_commit(paper, &tx);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

/* --- doing ---------------------------------------------------------------------------- */

static struct unit_answer post(const char *json)
{
    paper->now.ms += 60000;
    return unit_act(paper, "POST", "/desk/api/articles", "/desk/api/articles", article_add_action, json);
}

static int64_t publish(const char *json)
{
    struct unit_answer answer = post(json);

    if (answer.status != 201)
        print_message("%.*s\n", STR_ARG(answer.text));
    assert_int_equal(answer.status, 201);
    return unit_int(paper, &answer, "id");
}

static struct unit_answer act(action_function *function, const char *method, const char *what, int64_t id,
                              const char *json)
{
    struct str pattern = str_printf(paper->arena, "/desk/api/%s/{id:int}%s", what, "");
    struct str path = str_printf(paper->arena, "/desk/api/%s/%lld", what, (long long)id);

    paper->now.ms += 60000;
    return unit_act(paper, method, str_cstr(paper->arena, pattern), str_cstr(paper->arena, path), function, json);
}

static struct unit_answer correct(int64_t id, const char *json)
{
    return act(article_correct_action, "POST", "articles", id, json);
}

static struct unit_answer change(int64_t id, const char *json)
{
    return act(article_change_action, "PUT", "articles", id, json);
}

static struct unit_answer withdraw(int64_t id)
{
    return act(article_withdraw_action, "POST", "articles", id, "{\"reason\": \"wrong\"}");
}

/* --- asking --------------------------------------------------------------------------- */

static const char *ids_of(const story_cards *cards)
{
    struct buf found = BUF(10000);

    for (size_t i = 0; i < cards->n; i++)
        buf_printf(&found, "%s%d", i ? " " : "", (int)cards->at[i].id);
    const char *text = str_cstr(paper->arena, buf_str(&found));
    buf_free(&found);
    return text;
}

static const char *latest(int64_t section)
{
    struct db_reader *db = unit_read(paper, NULL);
    story_cards cards = {0};

    stories_latest(db, section, 0, 50, &cards);
    assert_true(db_read_end(&db));
    return ids_of(&cards);
}

static const char *with_keyword(const char *name)
{
    struct db_reader *db = unit_read(paper, NULL);
    story_cards cards = {0};
    struct keyword keyword;

    assert_true(keyword_find_by_name(db, str_of(name), &keyword));
    stories_with_keyword(db, keyword.id, 0, 50, &cards);
    assert_int_equal(keyword.stories, cards.n);
    assert_true(db_read_end(&db));
    return ids_of(&cards);
}

static const char *related(int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    story_cards cards = {0};

    stories_related(db, id, &cards);
    assert_true(db_read_end(&db));
    return ids_of(&cards);
}

static enum article_standing standing(int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t day;
    enum article_standing answer = article_state_of(db, id, &day);

    assert_true(db_read_end(&db));
    return answer;
}

static struct article find(int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct article story;

    assert_true(article_find_published(db, id, &story));
    assert_true(db_read_end(&db));
    return story;
}

static int64_t keyword_id(const char *name)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct keyword keyword;

    assert_true(keyword_find_by_name(db, str_of(name), &keyword));
    assert_true(db_read_end(&db));
    return keyword.id;
}

#define BODY "\"body\": \"First paragraph.\\n\\nSecond.\""

/* --- the life of a story ---------------------------------------------------------------- */

static void publishing_lists_it_everywhere(void **state)
{
    (void)state;
    struct unit_answer answer =
        post("{\"title\": \"川普立場急轉　歐恐獨扛\", \"short_title\": \"川普急轉\", " BODY
             ", \"section\": \"city\", \"sections\": [\"World\", \"city\"],"
             " \"keywords\": [\"川普\", \"歐洲\"], \"bylines\": [\"張方瑀\", {\"name\": \"某人\"}],"
             " \"hero\": \"harbour\", \"url\": \"https://old.example/n?id=5\"}");
    assert_int_equal(answer.status, 201);
    assert_true(unit_says(&answer, "\"url\":\"/news/20250821/1\"") && unit_says(&answer, "\"published\""));
    assert_string_equal(latest(SECTION_SITE), "1");
    assert_string_equal(latest(world), "1");
    assert_string_equal(latest(city), "1");
    assert_string_equal(with_keyword("川普"), "1");
    assert_true(unit_touched(&answer, "story:1") && unit_touched(&answer, "section:0"));
    assert_true(unit_touched(&answer, "section:1") && unit_touched(&answer, "section:2"));
    assert_true(unit_touched(&answer, "keyword:1") && unit_touched(&answer, "person:1"));
    assert_true(unit_touched(&answer, "day:20250821") && unit_touched(&answer, "month:202508"));
    assert_true(unit_touched(&answer, "redirects") && unit_touched(&answer, "archive"));

    struct article story = find(1);
    assert_true(str_equal(story.section_slug, STR("city")) && str_equal(story.section_url, STR("/section/city")));
    assert_true(str_equal(story.hero_small_url, STR("/media/harbour-small.webp")));
    assert_int_equal(story.hero_small_height, 267);
    assert_true(str_equal(story.hero_caption, STR("港")));
    assert_true(str_find(story.headline.markup, STR("<span class=\"vh\">　</span>"), 0) > 0);
    struct db_reader *db = unit_read(paper, NULL);
    struct redirect redirect;
    byline_list bylines = {0};
    assert_true(redirect_find(db, STR("/n?id=5"), &redirect) && redirect.article == 1);
    article_bylines(db, 1, &bylines);
    assert_int_equal(bylines.n, 2);
    assert_true(bylines.at[0].person == 1 && bylines.at[0].url.n > 0);
    assert_true(bylines.at[1].person == 0 && bylines.at[1].url.n == 0);
    db_read_end(&db);
}

static void a_draft_touches_and_shows_nothing(void **state)
{
    (void)state;
    struct unit_answer answer =
        post("{\"title\": \"Draft\", \"state\": \"draft\", \"keywords\": [\"川普\"], " BODY "}");
    assert_int_equal(answer.status, 201);
    assert_false(unit_touched(&answer, "story:1") || unit_touched(&answer, "section:0"));
    assert_false(unit_touched(&answer, "keyword:1") || unit_touched(&answer, "archive"));
    assert_string_equal(latest(SECTION_SITE), "");
    assert_int_equal(standing(1), ARTICLE_UNKNOWN);
    answer = change(1, "{\"title\": \"Draft again\", \"state\": \"review\"}");
    assert_int_equal(answer.status, 200);
    assert_false(unit_touched(&answer, "story:1"));
    assert_int_equal(act(article_withdraw_action, "POST", "articles", 1, "{\"reason\": \"x\"}").status, 409);
    answer = act(article_publish_action, "POST", "articles", 1, NULL);
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "story:1") && unit_touched(&answer, "section:0"));
    assert_string_equal(latest(SECTION_SITE), "1");
    assert_string_equal(with_keyword("川普"), "1");
    assert_int_equal(find(1).published.ms, paper->now.ms);
    assert_int_equal(act(article_publish_action, "POST", "articles", 1, NULL).status, 409);
}

static void correcting_tells_readers_and_keeps_what_was(void **state)
{
    (void)state;
    publish("{\"title\": \"Old\", \"keywords\": [\"a\"], " BODY "}");
    struct unit_answer answer =
        correct(1, "{\"title\": \"New\", \"note\": \"The name was wrong.\", \"reason\": \"call\"}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_says(&answer, "\"corrected\"") && unit_touched(&answer, "story:1"));
    assert_false(unit_touched(&answer, "section:0") || unit_touched(&answer, "keyword:1"));
    struct article story = find(1);
    assert_true(str_equal(story.title, STR("New")) && story.updated.ms == paper->now.ms);
    assert_int_equal(story.version, 2);
    assert_true(story.published.ms < story.updated.ms);
    struct db_reader *db = unit_read(paper, NULL);
    correction_list corrections = {0};
    revision_list revisions = {0};
    struct revision revision;
    article_corrections(db, 1, &corrections);
    assert_int_equal(corrections.n, 1);
    assert_true(str_equal(corrections.at[0].note, STR("The name was wrong.")));
    assert_true(str_equal(corrections.at[0].kind, STR("correction")));
    article_revisions(db, 1, &revisions);
    assert_int_equal(revisions.n, 1);
    assert_true(str_equal(revisions.at[0].reason, STR("call")) && str_equal(revisions.at[0].who, STR("test")));
    assert_true(article_revision_find(db, 1, 1, &revision));
    assert_true(str_find(revision.content, STR("\"title\":\"Old\""), 0) > 0);
    db_read_end(&db);
    assert_int_equal(correct(1, "{\"kind\": \"joke\", \"note\": \"x\"}").status, 422);
    assert_int_equal(correct(1, "{\"published\": \"2020-01-01\"}").status, 422);
    assert_int_equal(correct(1, "{\"state\": \"draft\"}").status, 409);
}

static void withdrawing_takes_it_off_and_publishing_brings_it_back(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"keywords\": [\"a\"], \"bylines\": [\"張方瑀\"], " BODY "}");
    publish("{\"title\": \"Two\", \"keywords\": [\"a\"], \"related\": [1], " BODY "}");
    assert_string_equal(related(2), "1");
    struct moment first = find(1).published;
    struct unit_answer answer = withdraw(1);
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "story:1") && unit_touched(&answer, "section:0"));
    assert_true(unit_touched(&answer, "keyword:1") && unit_touched(&answer, "person:1"));
    assert_string_equal(latest(SECTION_SITE), "2");
    assert_string_equal(with_keyword("a"), "2");
    assert_string_equal(related(2), "");
    assert_int_equal(standing(1), ARTICLE_GONE);
    assert_int_equal(change(1, "{\"title\": \"x\"}").status, 409);
    assert_int_equal(withdraw(1).status, 409);
    assert_int_equal(act(article_publish_action, "POST", "articles", 1, NULL).status, 200);
    assert_int_equal(standing(1), ARTICLE_SHOWN);
    assert_string_equal(latest(SECTION_SITE), "2 1"); /* at its old place */
    assert_int_equal(find(1).published.ms, first.ms);
    assert_int_equal(act(article_withdraw_action, "POST", "articles", 1, "{}").status, 422);
    assert_int_equal(withdraw(99).status, 404);
}

static void moving_touches_where_it_was_and_is(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"section\": \"world\", " BODY "}");
    struct unit_answer answer = change(1, "{\"section\": \"City\", \"hide_from_latest\": true}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "section:0") && unit_touched(&answer, "section:1"));
    assert_true(unit_touched(&answer, "section:2"));
    assert_string_equal(latest(SECTION_SITE), "");
    assert_string_equal(latest(world), "");
    assert_string_equal(latest(city), "1");
    answer = change(1, "{\"section\": \"nowhere\"}");
    assert_int_equal(answer.status, 422);
    assert_true(unit_says(&answer, "world, city"));
}

/* --- the clock ------------------------------------------------------------------------------ */

SQL(count_timers, "SELECT count(*) FROM timer WHERE kind = $1", .reads = "-");
SQL(due_of, "SELECT due FROM timer WHERE kind = $1 AND subject = $2", .reads = "-");

static int64_t due(const char *kind, int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t when = db_int(db, &due_of, ARGS(str_of(kind), id), 0);

    assert_true(db_int(db, &count_timers, ARGS(str_of(kind)), 0) <= 1);
    db_read_end(&db);
    return when;
}

static struct str fire(void (*timer)(struct db_tx *, int64_t, struct moment), int64_t id)
{
    struct db_tx *tx = unit_begin(paper);

    timer(tx, id, paper->now);
    return unit_commit(paper, &tx);
}

static void scheduled_stories_appear_when_due(void **state)
{
    (void)state;
    struct moment when = moment_of_local(2025, 8, 22, 18, 0, 0);
    publish("{\"title\": \"Later\", \"published\": \"2025-08-22 18:00\", " BODY "}");
    assert_int_equal(due("publish_due", 1), when.ms);
    assert_int_equal(standing(1), ARTICLE_UNKNOWN);
    assert_int_equal(fire(article_publish_due, 1).n, 0); /* too early */
    assert_int_equal(change(1, "{\"published\": \"2025-08-22 19:00\"}").status, 200);
    assert_int_equal(due("publish_due", 1), when.ms + 3600000);
    paper->now.ms = when.ms + 3600000;
    assert_true(fire(article_publish_due, 1).n > 0);
    assert_int_equal(due("publish_due", 1), 0);
    assert_string_equal(latest(SECTION_SITE), "1");
    assert_int_equal(find(1).day, 20250822);
    assert_int_equal(find(1).published.ms, when.ms + 3600000);
    assert_int_equal(fire(article_publish_due, 1).n, 0); /* twice */
    publish("{\"title\": \"Never\", \"published\": \"2025-08-24 18:00\", " BODY "}");
    assert_int_equal(change(2, "{\"state\": \"draft\"}").status, 200);
    assert_int_equal(due("publish_due", 2), 0);
    publish("{\"title\": \"Now\", \"published\": \"2025-08-24 18:00\", " BODY "}");
    assert_int_equal(act(article_publish_action, "POST", "articles", 3, "{}").status, 200);
    assert_int_equal(due("publish_due", 3), 0);
    assert_int_equal(standing(3), ARTICLE_SHOWN);
}

static void kickers_expire(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"kicker\": {\"text\": \"快訊\", \"hours\": 2}, " BODY "}");
    assert_int_equal(due("kicker_expiry", 1), paper->now.ms + 7200000);
    assert_int_equal(fire(article_kicker_expired, 1).n, 0); /* too early */
    paper->now.ms += 7200000;
    assert_true(fire(article_kicker_expired, 1).n > 0);
    assert_int_equal(find(1).kicker.n, 0);
    assert_int_equal(due("kicker_expiry", 1), 0);
    assert_int_equal(correct(1, "{\"kicker\": {\"text\": \"獨家\", \"until\": \"2025-08-30 10:00\"}}").status, 200);
    assert_int_equal(correct(1, "{\"kicker\": \"獨家\"}").status, 200);
    assert_int_equal(due("kicker_expiry", 1), 0);
    assert_int_equal(correct(1, "{\"kicker\": null}").status, 200);
    assert_int_equal(find(1).kicker.n, 0);
}

/* --- related ------------------------------------------------------------------------------------ */

static void related_prefers_rare_keywords(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++)
        publish("{\"title\": \"Common\", \"keywords\": [\"common\"], " BODY "}");
    publish("{\"title\": \"Rare\", \"keywords\": [\"rare\"], " BODY "}");                      /* 9 */
    publish("{\"title\": \"Both\", \"keywords\": [\"rare\", \"common\"], " BODY "}");          /* 10 */
    publish("{\"title\": \"This\", \"keywords\": [\"common\", \"rare\", \"own\"], " BODY "}"); /* 11 */
    publish("{\"title\": \"Other\", \"keywords\": [\"other\"], " BODY "}");                    /* 12 */
    assert_string_equal(related(11), "10 9 8 7 6 5");
    assert_int_equal(correct(11, "{\"related\": [12, \"/news/20250821/3\"]}").status, 200);
    assert_string_equal(related(11), "12 3 10 9 8 7");
    withdraw(12);
    assert_string_equal(related(11), "3 10 9 8 7 6");
    assert_int_equal(correct(11, "{\"related\": [11]}").status, 422);
    assert_string_equal(related(9), "11 10");
}

static void related_weighs_what_is_shared(void **state)
{
    (void)state;
    publish("{\"title\": \"Two shared\", \"keywords\": [\"a\", \"b\"], " BODY "}");
    publish("{\"title\": \"Rarest shared\", \"keywords\": [\"rare\"], " BODY "}");
    publish("{\"title\": \"One shared\", \"keywords\": [\"a\"], " BODY "}");
    publish("{\"title\": \"One shared\", \"keywords\": [\"b\"], " BODY "}");
    publish("{\"title\": \"This\", \"keywords\": [\"a\", \"b\", \"rare\"], " BODY "}");
    assert_string_equal(related(5), "1 4 3 2");
    publish("{\"title\": \"Alone\", " BODY "}");
    assert_string_equal(related(6), "");
}

/* --- keywords -------------------------------------------------------------------------------------- */

static void merged_keywords_are_one(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"keywords\": [\"Trump\", \"川普\"], " BODY "}");
    publish("{\"title\": \"Two\", \"keywords\": [\"Trump\"], " BODY "}");
    publish("{\"title\": \"Three\", \"keywords\": [\"川普\"], " BODY "}");
    struct unit_answer answer = act(keyword_merge_action, "POST", "keywords", 1, "{\"into\": 2}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "keyword:1") && unit_touched(&answer, "keyword:2"));
    assert_true(unit_touched(&answer, "keyword-names:1") && unit_touched(&answer, "redirects"));
    assert_string_equal(with_keyword("Trump"), "3 2 1");
    assert_int_equal(keyword_id("Trump"), 2);
    struct db_reader *db = unit_read(paper, NULL);
    struct redirect redirect;
    struct keyword keyword;
    story_keywords keywords = {0};
    assert_true(redirect_find(db, STR("/keyword/trump/feed.xml"), &redirect));
    assert_true(
        str_equal(redirect.target, str_join(paper->arena, keyword_url(paper->arena, STR("川普")), STR("/feed.xml"))));
    assert_false(keyword_find_by_slug(db, STR("trump"), &keyword));
    article_keywords(db, 1, &keywords);
    assert_int_equal(keywords.n, 1);
    db_read_end(&db);
    publish("{\"title\": \"Four\", \"keywords\": [\"Trump\"], " BODY "}");
    assert_string_equal(with_keyword("川普"), "4 3 2 1");
    assert_int_equal(act(keyword_merge_action, "POST", "keywords", 1, "{\"into\": 2}").status, 409);
    /* the merged one gave its name back */
    assert_int_equal(act(keyword_change_action, "PUT", "keywords", 2, "{\"name\": \"Trump\"}").status, 200);
    assert_int_equal(keyword_id("川普"), 2);
    assert_int_equal(act(keyword_alias_remove_action, "POST", "keywords", 2, "{\"alias\": \"川普\"}").status, 200);
    publish("{\"title\": \"Five\", \"keywords\": [\"川普\"], " BODY "}");
    assert_int_equal(keyword_id("川普"), 3);
}

static void renamed_keywords_keep_their_old_address(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"keywords\": [\"特朗普\"], " BODY "}");
    struct unit_answer answer =
        act(keyword_change_action, "PUT", "keywords", 1, "{\"name\": \"川普\", \"type\": \"person\"}");
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "keyword-names:1") && unit_touched(&answer, "keyword-slug:特朗普"));
    assert_int_equal(keyword_id("特朗普"), 1);
    struct db_reader *db = unit_read(paper, NULL);
    struct redirect redirect;
    assert_true(redirect_find(db, keyword_url(paper->arena, STR("特朗普")), &redirect));
    db_read_end(&db);
    assert_int_equal(act(keyword_change_action, "PUT", "keywords", 1, "{\"name\": \"特朗普\"}").status, 200);
    db = unit_read(paper, NULL);
    assert_false(redirect_find(db, keyword_url(paper->arena, STR("特朗普")), &redirect));
    assert_true(redirect_find(db, keyword_url(paper->arena, STR("川普")), &redirect));
    db_read_end(&db);
    assert_int_equal(act(keyword_change_action, "PUT", "keywords", 1, "{\"type\": \"planet\"}").status, 422);
    publish("{\"title\": \"Two\", \"keywords\": [\"歐洲\"], " BODY "}");
    assert_int_equal(act(keyword_change_action, "PUT", "keywords", 2, "{\"name\": \"川普\"}").status, 409);
}

static void aliases_lead_to_their_keyword(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"keywords\": [\"川普\"], " BODY "}");
    assert_int_equal(act(keyword_alias_add_action, "POST", "keywords", 1, "{\"alias\": \"Donald Trump\"}").status, 201);
    assert_int_equal(act(keyword_alias_add_action, "POST", "keywords", 1, "{\"alias\": \"Donald Trump\"}").status, 409);
    publish("{\"title\": \"Two\", \"keywords\": [\"Donald Trump\", \"川普\"], " BODY "}");
    assert_string_equal(with_keyword("川普"), "2 1");
    assert_int_equal(act(keyword_alias_remove_action, "POST", "keywords", 1, "{\"alias\": \"Donald Trump\"}").status,
                     200);
    publish("{\"title\": \"Three\", \"keywords\": [\"Donald Trump\"], " BODY "}");
    assert_string_equal(with_keyword("川普"), "2 1");
}

/* --- the desk's own lists -------------------------------------------------------------------------- */

static struct unit_answer list(const char *query)
{
    struct str path = str_printf(paper->arena, "/desk/api/articles%s", query);

    return unit_act(paper, "GET", "/desk/api/articles", str_cstr(paper->arena, path), article_list_action, NULL);
}

static void the_desk_lists_any_state(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", " BODY "}");
    publish("{\"title\": \"Two\", \"state\": \"draft\", \"section\": \"city\", " BODY "}");
    struct unit_answer answer = list("");
    assert_true(unit_says(&answer, "\"One\"") && unit_says(&answer, "\"Two\""));
    answer = list("?state=draft");
    assert_true(!unit_says(&answer, "\"One\"") && unit_says(&answer, "\"Two\""));
    answer = list("?state=published&section=world");
    assert_true(unit_says(&answer, "\"One\"") && !unit_says(&answer, "\"Two\""));
    answer = list("?limit=1");
    assert_int_equal(unit_int(paper, &answer, "before"), 2);
    answer = list("?limit=1&before=2");
    assert_true(unit_says(&answer, "\"One\""));
    assert_int_equal(list("?state=lost").status, 422);
    assert_int_equal(list("?section=lost").status, 404);
    assert_int_equal(list("?limit=0").status, 422);
}

/* What `show` prints can be sent back and changes nothing but the version. */
static void showing_gives_what_can_be_sent(void **state)
{
    (void)state;
    publish("{\"title\": \"One\", \"lead\": \"L\", \"keywords\": [\"a\", \"b\"], \"bylines\": [{\"name\": \"張方瑀\", "
            "\"role\": \"記者\"}],"
            " \"hero\": {\"picture\": \"harbour\", \"alt\": \"x\"}, \"sections\": [\"city\"], \"adult\": true,"
            " \"kicker\": {\"text\": \"快訊\", \"hours\": 5}, " BODY "}");
    struct db_reader *db = unit_read(paper, NULL);
    struct draft before, after;
    assert_true(article_load(db, 1, &before));
    struct str text = draft_text(paper->arena, &before);
    db_read_end(&db);
    struct unit_answer answer = change(1, str_cstr(paper->arena, text));
    assert_int_equal(answer.status, 200);
    db = unit_read(paper, NULL);
    assert_true(article_load(db, 1, &after));
    assert_string_equal(str_cstr(paper->arena, draft_text(paper->arena, &after)), str_cstr(paper->arena, text));
    db_read_end(&db);
    answer = unit_act(paper, "GET", "/desk/api/articles/{id:int}", "/desk/api/articles/1", article_show_action, NULL);
    assert_true(unit_says(&answer, "\"revisions\":[{\"version\":1") && unit_says(&answer, "\"version\":2"));
    answer = unit_act(paper, "GET", "/desk/api/articles/{id:int}", "/desk/api/articles/1?version=1",
                      article_show_action, NULL);
    assert_true(str_equal(answer.text, text));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(publishing_lists_it_everywhere),
        CASE(a_draft_touches_and_shows_nothing),
        CASE(correcting_tells_readers_and_keeps_what_was),
        CASE(withdrawing_takes_it_off_and_publishing_brings_it_back),
        CASE(moving_touches_where_it_was_and_is),
        CASE(scheduled_stories_appear_when_due),
        CASE(kickers_expire),
        CASE(related_prefers_rare_keywords),
        CASE(related_weighs_what_is_shared),
        CASE(merged_keywords_are_one),
        CASE(renamed_keywords_keep_their_old_address),
        CASE(aliases_lead_to_their_keyword),
        CASE(the_desk_lists_any_state),
        CASE(showing_gives_what_can_be_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
