/* keyword_test.c - keywords named, renamed, merged, counted; found by every name they ever had. */
#include "src/keyword/keyword.h"

#include "src/actions.h"
#include "src/redirect/redirect.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct unit_paper *paper;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(paper->arena, text), expected)

/* Does something in a transaction of its own and returns what was touched. */
#define IN_TX(tags, statement)                                                                                         \
    do {                                                                                                               \
        struct db_tx *tx = unit_begin(paper);                                                                          \
        statement;                                                                                                     \
        *(tags) = unit_commit(paper, &tx);                                                                             \
    } while (0)

static int64_t named(const char *name)
{
    struct str tags;
    int64_t id;

    IN_TX(&tags, id = keyword_named(tx, str_of(name)));
    return id;
}

static bool has(struct str tags, const char *tag)
{
    for (struct str rest = tags; rest.p;)
        if (str_equal(str_cut(&rest, ' '), str_of(tag)))
            return true;
    return false;
}

static struct keyword keyword_of(int64_t id)
{
    struct keyword keyword = {.id = 0};
    struct db_reader *db = unit_read(paper, NULL);

    assert_true(keyword_find(db, id, &keyword));
    assert_true(db_read_end(&db));
    return keyword;
}

/* The number of the keyword of that name or alias; 0 when there is none. */
static int64_t called(const char *name)
{
    struct keyword keyword = {.id = 0};
    struct db_reader *db = unit_read(paper, NULL);

    keyword_find_by_name(db, str_of(name), &keyword);
    assert_true(db_read_end(&db));
    return keyword.id;
}

/* Where an address leads; "" when nowhere. */
static const char *leads(const char *old)
{
    struct redirect redirect = {.target = STR("")};
    struct db_reader *db = unit_read(paper, NULL);

    redirect_find(db, str_of(old), &redirect);
    assert_true(db_read_end(&db));
    return str_cstr(paper->arena, redirect.target);
}

SQL(carry, "INSERT INTO article_keyword (keyword, listed, article, place) VALUES ($1, $2, $3, $4)", .touches = "-");

static void carries(int64_t story, int64_t keyword, int64_t listed, int64_t place)
{
    struct str tags;

    IN_TX(&tags, db_exec(tx, &carry, ARGS(keyword, listed, story, place)));
}

/* --- names ------------------------------------------------------------------------------ */

static void names_are_made_once(void **state)
{
    (void)state;
    int64_t trump = named(" 川普 ");
    assert_int_equal(trump, 1);
    assert_int_equal(named("川普"), trump);
    assert_int_equal(named("Donald Trump"), 2);
    assert_int_equal(named("DONALD TRUMP"), 3); /* another spelling is another one, with a slug of its own */
    IS(keyword_of(2).slug, "donald-trump");
    IS(keyword_of(3).slug, "donald-trump-2");
    IS(keyword_of(1).url, "/keyword/%E5%B7%9D%E6%99%AE");
    IS(keyword_of(1).type, "thing");
    assert_int_equal(named("——"), 0); /* no letter in it */
    assert_int_equal(named(""), 0);
    assert_int_equal(called("特朗普"), 0);
}

static void long_names_are_cut_between_characters(void **state)
{
    struct str name = STR("");
    (void)state;

    for (int i = 0; i < 100; i++)
        name = str_join(paper->arena, name, STR("港"));
    int64_t id = named(str_cstr(paper->arena, name));
    assert_int_equal(keyword_of(id).name.n, 3 * KEYWORD_NAME_MOST);
    assert_int_equal(named(str_cstr(paper->arena, name)), id);
}

static void aliases(void **state)
{
    struct tag_set read;
    struct str tags;
    struct keyword keyword;
    keyword_aliases list = {0};
    bool added, again, taken, removed;
    (void)state;

    int64_t trump = named("川普"), musk = named("馬斯克");
    IN_TX(&tags, added = keyword_alias_add(tx, trump, STR("特朗普")));
    assert_true(added && has(tags, "keyword-name:特朗普") && has(tags, "keyword-names:1"));
    IN_TX(&tags, again = keyword_alias_add(tx, trump, STR("特朗普")));
    IN_TX(&tags, taken = keyword_alias_add(tx, musk, STR("川普")));
    assert_false(again || taken);
    assert_int_equal(called("特朗普"), trump);
    assert_int_equal(named("特朗普"), trump); /* stories that call him so carry the same keyword */

    struct db_reader *db = unit_read(paper, &read);
    assert_true(keyword_find_by_name(db, STR("特朗普"), &keyword));
    keyword_aliases_of(db, trump, &list);
    assert_int_equal(list.n, 1);
    IS(list.at[0].alias, "特朗普");
    assert_true(unit_has_tag(&read, "keyword-name:特朗普") && unit_has_tag(&read, "keyword-names:1"));
    assert_true(db_read_end(&db));

    IN_TX(&tags, removed = keyword_alias_remove(tx, musk, STR("特朗普"))); /* not his */
    assert_false(removed);
    IN_TX(&tags, removed = keyword_alias_remove(tx, trump, STR("特朗普")));
    assert_true(removed && has(tags, "keyword-name:特朗普"));
    assert_int_equal(called("特朗普"), 0);
}

static void rename_to(int64_t id, const char *name, struct str *tags)
{
    struct keyword keyword = keyword_of(id);

    keyword.name = str_of(name);
    IN_TX(tags, keyword_change(tx, &keyword));
}

static void renaming_there_and_back(void **state)
{
    struct str tags;
    (void)state;

    int64_t id = named("Twitter");
    rename_to(id, "X", &tags);
    assert_true(has(tags, "keyword-names:1") && has(tags, "keyword-slug:twitter") && has(tags, "keyword-slug:x"));
    assert_true(has(tags, "keyword-name:Twitter") && has(tags, "keyword-name:X") && has(tags, "redirects"));
    IS(keyword_of(id).slug, "x");
    assert_int_equal(called("Twitter"), id);
    assert_string_equal(leads("/keyword/twitter"), "/keyword/x");
    assert_string_equal(leads("/keyword/twitter/feed.xml"), "/keyword/x/feed.xml");

    rename_to(id, "Twitter", &tags);
    assert_int_equal(called("X"), id);
    assert_string_equal(leads("/keyword/x"), "/keyword/twitter");
    assert_string_equal(leads("/keyword/twitter"), ""); /* no circle */

    rename_to(id, "TWITTER", &tags); /* the same slug: no redirect */
    IS(keyword_of(id).slug, "twitter");
    assert_string_equal(leads("/keyword/twitter"), "");
    struct keyword same = keyword_of(id);
    same.description = STR("社群網站");
    IN_TX(&tags, keyword_change(tx, &same));
    assert_true(has(tags, "keyword-names:1") && !has(tags, "redirects"));
    IS(keyword_of(id).description, "社群網站");
}

static void a_new_keyword_takes_a_former_address(void **state)
{
    struct str tags;
    (void)state;

    int64_t old = named("港口");
    rename_to(old, "碼頭", &tags);
    assert_string_equal(leads("/keyword/港口"), "/keyword/%E7%A2%BC%E9%A0%AD");
    IN_TX(&tags, assert_true(keyword_alias_remove(tx, old, STR("港口"))));
    int64_t new = named("港口");
    assert_true(new != old);
    assert_string_equal(leads("/keyword/港口"), "");
    IS(keyword_of(new).slug, "港口");
}

/* --- merging --------------------------------------------------------------------------------- */

static void merging_moves_everything(void **state)
{
    struct keyword keyword;
    struct str tags;
    bool added;
    (void)state;

    int64_t trump = named("川普"), other = named("特朗普"), third = named("Trump");
    IN_TX(&tags, added = keyword_alias_add(tx, other, STR("老川")));
    assert_true(added);
    for (int64_t story = 1; story <= 3; story++)
        unit_story(paper, story, 0, 1);
    carries(1, trump, 5, 1);
    carries(1, other, 5, 2); /* has both: keeps one */
    carries(2, other, 5, 1);
    carries(3, other, 0, 1); /* a draft */
    IN_TX(&tags, keyword_merge(tx, third, other));
    IN_TX(&tags, keyword_merge(tx, other, trump));

    assert_true(has(tags, "keyword:1") && has(tags, "keyword:2") && has(tags, "keyword-names:1"));
    assert_true(has(tags, "keyword-names:2") && has(tags, "keyword-names:3")); /* the one merged earlier moved along */
    assert_true(has(tags, "keyword-slug:特朗普") && has(tags, "keyword-name:特朗普") && has(tags, "keyword-counts"));
    assert_int_equal(keyword_of(trump).stories, 2);
    assert_int_equal(keyword_of(other).stories, 0);
    assert_int_equal(keyword_of(other).merged_into, trump);
    assert_int_equal(keyword_of(third).merged_into, trump);
    assert_int_equal(called("特朗普"), trump);
    assert_int_equal(called("老川"), trump);
    assert_int_equal(called("Trump"), trump);
    assert_string_equal(leads("/keyword/特朗普"), "/keyword/%E5%B7%9D%E6%99%AE");
    assert_string_equal(leads("/keyword/trump"), "/keyword/%E5%B7%9D%E6%99%AE"); /* straight, not over the second */
    struct db_reader *db = unit_read(paper, NULL);
    assert_false(keyword_find_by_slug(db, STR("特朗普"), &keyword));
    assert_true(db_read_end(&db));
}

static void merging_with_itself_changes_nothing(void **state)
{
    struct str tags;
    (void)state;

    int64_t id = named("川普");
    IN_TX(&tags, keyword_merge(tx, id, id));
    assert_int_equal(tags.n, 0);
    IN_TX(&tags, keyword_merge(tx, id, 99));
    assert_int_equal(tags.n, 0);
    assert_int_equal(keyword_of(id).merged_into, 0);
}

/* --- lists -------------------------------------------------------------------------------------- */

static void lists_in_order(void **state)
{
    struct tag_set read;
    struct str tags;
    keyword_list first = {0}, rest = {0}, used = {0}, map = {0};
    (void)state;

    named("b"), named("a"), named("c"), named("d");
    unit_story(paper, 1, 0, 1);
    unit_story(paper, 2, 0, 1);
    carries(1, 3, 5, 1);
    carries(2, 3, 5, 1);
    carries(2, 4, 5, 2);
    IN_TX(&tags, keywords_count_story(tx, 1, 1));
    assert_true(has(tags, "keyword:3") && has(tags, "keyword-counts") && !has(tags, "keyword:4"));
    IN_TX(&tags, keywords_count_story(tx, 2, 1));
    IN_TX(&tags, keyword_count_untold(tx, 3, 1); keyword_count_untold(tx, 4, 1));
    assert_int_equal(tags.n, 0);
    IN_TX(&tags, keywords_count_story(tx, 2, -1));

    struct db_reader *db = unit_read(paper, &read);
    keywords_list(db, STR(""), 3, &first);
    keywords_list(db, first.at[2].slug, 3, &rest);
    keywords_most_used(db, 10, &used);
    keywords_for_map(db, &map);
    assert_true(db_read_end(&db));
    assert_int_equal(first.n, 3);
    IS(first.at[0].slug, "a");
    IS(first.at[2].slug, "c");
    assert_int_equal(rest.n, 1);
    assert_int_equal(used.n, 2); /* those without stories are not used */
    assert_true(used.at[0].id == 3 && used.at[0].stories == 2 && used.at[1].id == 4 && used.at[1].stories == 1);
    assert_int_equal(map.n, 2);
    IS(map.at[0].url, "/keyword/c");
    assert_true(unit_has_tag(&read, "keywords") && unit_has_tag(&read, "keyword-counts"));
    assert_true(unit_has_tag(&read, "keyword-names:3") && unit_has_tag(&read, "keyword:2"));
}

static void types(void **state)
{
    (void)state;
    assert_true(keyword_type_is_known(STR("person")) && keyword_type_is_known(STR("organisation")));
    assert_false(keyword_type_is_known(STR("Person")) || keyword_type_is_known(STR("")));
}

/* --- the desk ------------------------------------------------------------------------------------- */

static void the_desk_keeps_them_in_order(void **state)
{
    static const struct {
        const char *method, *pattern, *path;
        action_function *function;
        const char *body;
        int status;
        const char *says;
    } STEPS[] = {
        {"POST", "/desk/api/keywords", "/desk/api/keywords", keyword_add_action,
         "{\"name\": \"川普\", \"type\": \"person\"}", 201, "\"type\":\"person\""},
        {"POST", "/desk/api/keywords", "/desk/api/keywords", keyword_add_action, "{\"name\": \"川普\"}", 409,
         "keyword 1"},
        {"POST", "/desk/api/keywords", "/desk/api/keywords", keyword_add_action, "{\"name\": \"——\"}", 422, "letter"},
        {"POST", "/desk/api/keywords", "/desk/api/keywords", keyword_add_action, "{\"type\": \"person\"}", 422, "name"},
        {"POST", "/desk/api/keywords", "/desk/api/keywords", keyword_add_action,
         "{\"name\": \"x\", \"type\": \"planet\"}", 422, "must be one of person"},
        {"POST", "/desk/api/keywords", "/desk/api/keywords", keyword_add_action, "{\"name\": \"特朗普\"}", 201,
         "\"id\":2"},
        {"POST", "/desk/api/keywords/{id:int}/aliases", "/desk/api/keywords/1/aliases", keyword_alias_add_action,
         "{\"alias\": \"Trump\"}", 201, "{\"alias\":\"Trump\"}"},
        {"POST", "/desk/api/keywords/{id:int}/aliases", "/desk/api/keywords/2/aliases", keyword_alias_add_action,
         "{\"alias\": \"Trump\"}", 409, "keyword 1"},
        {"GET", "/desk/api/keywords/{id:int}", "/desk/api/keywords/1", keyword_show_action, NULL, 200, "Trump"},
        {"GET", "/desk/api/keywords", "/desk/api/keywords?name=Trump", keyword_list_action, NULL, 200, "\"id\":1"},
        {"GET", "/desk/api/keywords", "/desk/api/keywords?limit=1", keyword_list_action, NULL, 200,
         "\"after\":\"川普\""},
        {"GET", "/desk/api/keywords", "/desk/api/keywords?limit=0", keyword_list_action, NULL, 422, "from 1 to"},
        {"POST", "/desk/api/keywords/{id:int}/aliases/remove", "/desk/api/keywords/2/aliases/remove",
         keyword_alias_remove_action, "{\"alias\": \"Trump\"}", 404, "no alias of this"},
        {"POST", "/desk/api/keywords/{id:int}/aliases/remove", "/desk/api/keywords/1/aliases/remove",
         keyword_alias_remove_action, "{\"alias\": \"Trump\"}", 200, "\"aliases\":[]"},
        {"PUT", "/desk/api/keywords/{id:int}", "/desk/api/keywords/1", keyword_change_action,
         "{\"description\": \"美國總統\"}", 200, "美國總統"},
        {"PUT", "/desk/api/keywords/{id:int}", "/desk/api/keywords/1", keyword_change_action, "{\"name\": \"特朗普\"}",
         409, "merge the two"},
        {"PUT", "/desk/api/keywords/{id:int}", "/desk/api/keywords/9", keyword_change_action, "{}", 404,
         "no such keyword"},
        {"POST", "/desk/api/keywords/{id:int}/merge", "/desk/api/keywords/2/merge", keyword_merge_action,
         "{\"into\": 2}", 422, "another keyword"},
        {"POST", "/desk/api/keywords/{id:int}/merge", "/desk/api/keywords/2/merge", keyword_merge_action,
         "{\"into\": 1}", 200, "{\"alias\":\"特朗普\"}"},
        {"POST", "/desk/api/keywords/{id:int}/merge", "/desk/api/keywords/1/merge", keyword_merge_action,
         "{\"into\": 2}", 422, "not merged itself"},
        {"PUT", "/desk/api/keywords/{id:int}", "/desk/api/keywords/2", keyword_change_action, "{\"name\": \"y\"}", 409,
         "part of number 1"},
        {"GET", "/desk/api/keywords/{id:int}", "/desk/api/keywords/2", keyword_show_action, NULL, 200,
         "\"merged_into\":1"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        struct unit_answer answer =
            unit_act(paper, STEPS[i].method, STEPS[i].pattern, STEPS[i].path, STEPS[i].function, STEPS[i].body);
        if (answer.status != STEPS[i].status || !unit_says(&answer, STEPS[i].says))
            fail_msg("step %zu, %s: %d %.*s", i, STEPS[i].path, answer.status, STR_ARG(answer.text));
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(names_are_made_once),
        CASE(long_names_are_cut_between_characters),
        CASE(aliases),
        CASE(renaming_there_and_back),
        CASE(a_new_keyword_takes_a_former_address),
        CASE(merging_moves_everything),
        CASE(merging_with_itself_changes_nothing),
        CASE(lists_in_order),
        CASE(types),
        CASE(the_desk_keeps_them_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
