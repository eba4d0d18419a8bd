/* importing_test.c - batches: what stands in the paper afterwards, when they come twice, changed, or were interrupted.
 */
#include "src/importing/importing.h"

#include "lib/base/arena.h"
#include "src/article/article.h"
#include "src/article/article_write.h"
#include "src/importing/import_run.h"
#include "src/keyword/keyword.h"
#include "src/redirect/redirect.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "src/staticpage/staticpage.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

action_function media_put_action;

static struct unit_paper *paper;
static bool as_drafts;
static struct import_file after;
static struct str tags;

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    as_drafts = false;
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

/* Lines `from` up to `to` (from 0) of a file, each a record. Committed, unless it crashes before. */
enum then { COMMIT, CRASH };

static bool import_lines(const char *file, const char *const *lines, size_t from, size_t to, bool last, enum then then)
{
    struct importer importer = {
        .language = STR("zh-Hant"), .as_drafts = as_drafts, .now = paper->now, .names = names_new(100)};
    struct import_batch batch = {.file = str_of(file),
                                 .label = str_of(file),
                                 .from = (int64_t)from,
                                 .to = (int64_t)to,
                                 .last = last,
                                 .losses = losses_of(paper->arena)};

    for (size_t i = from; i < to; i++) {
        const struct json *json = json_parse(paper->arena, str_of(lines[i]));
        struct record_wrong wrong;
        struct record record;
        batch.losses.line = (int64_t)i + 1;
        if (json && record_read(paper->arena, json, &batch.losses, &record, &wrong))
            *LIST_ADD(paper->arena, &batch.records) = record;
        else
            *LIST_ADD(paper->arena, &batch.bad) = (struct import_bad){(int64_t)i + 1, STR("is bad")};
    }
    struct db_tx *tx = unit_begin(paper);
    bool done = import_batch(tx, &importer, &batch, &after);
    if (done && then == COMMIT)
        tags = unit_commit(paper, &tx);
    else
        db_rollback(&tx);
    names_free(&importer.names);
    return done;
}

static void import_all(const char *file, const char *const *lines, size_t n)
{
    assert_true(import_lines(file, lines, 0, n, true, COMMIT));
}

#define IMPORT(file, ...)                                                                                              \
    import_all(file, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

SQL(count_stories, "SELECT count(*) FROM article", .reads = "-");
SQL(count_redirects, "SELECT count(*) FROM redirect", .reads = "-");
SQL(count_revisions, "SELECT count(*) FROM revision", .reads = "-");
SQL(miscounted,
    "SELECT count(*) FROM keyword WHERE stories <>"
    " (SELECT count(*) FROM article_keyword WHERE keyword = keyword.id AND listed > 0)",
    .reads = "-");

static int64_t count(const struct db_statement *statement)
{
    struct db_reader *db = unit_read(paper, NULL);
    int64_t n = db_int(db, statement, NO_ARGS, -1);

    assert_true(db_read_end(&db));
    return n;
}

static struct draft story(int64_t id)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct draft draft;

    if (!article_load(db, id, &draft))
        fail_msg("there is no story %d", (int)id);
    assert_true(db_read_end(&db));
    return draft;
}

static int64_t leads_to(const char *address)
{
    struct db_reader *db = unit_read(paper, NULL);
    struct redirect redirect = {.article = 0, .target = STR("")};
    bool found = redirect_find(db, str_of(address), &redirect);

    assert_true(db_read_end(&db));
    return found ? redirect.article : -1;
}

static int64_t lost(const char *what)
{
    struct losses losses = losses_of(paper->arena);

    losses_read(&losses, json_parse(paper->arena, after.losses));
    for (size_t i = 0; i < losses.kinds.n; i++)
        if (str_find(losses.kinds.at[i].what, str_of(what), 0) >= 0)
            return losses.kinds.at[i].times;
    return 0;
}

#define IS(text, expected) assert_string_equal(str_cstr(paper->arena, text), expected)

static const char FIRST[] = "{\"id\": \"1\", \"source\": \"某報\", \"title\": \"第一則\", \"body\": "
                            "\"一段。\\n二段。\", \"published\": \"2024-05-26\","
                            " \"section\": \"國際,財經\", \"tags\": [\"甲\", \"乙\"], \"author\": \"王小明\", \"url\": "
                            "\"https://a.example/1\", \"lang\": \"zh-Hans\"}";

static void a_story_stands_where_it_belongs(void **state)
{
    struct person person;
    struct section section;
    (void)state;

    IMPORT("f", FIRST);
    assert_int_equal(after.stories, 1);
    assert_true(after.finished);
    assert_true(str_equal(tags, TAG_EVERYTHING));
    struct draft draft = story(1);
    assert_int_equal(draft.state, STATE_PUBLISHED);
    assert_int_equal(draft.day, 20240526);
    IS(draft.title, "第一則");
    IS(draft.language, "zh-Hans");
    IS(draft.source, "某報");
    assert_int_equal(draft.sections.n, 1);
    assert_int_equal(draft.keywords.n, 2);
    assert_int_equal(draft.bylines.n, 1);
    assert_int_equal(leads_to("/1"), 1);

    struct db_reader *db = unit_read(paper, NULL);
    story_cards cards = {0};
    assert_true(section_find(db, draft.section.id, &section));
    IS(section.name, "國際");
    assert_true(person_find(db, draft.bylines.at[0].person, &person));
    IS(person.name, "王小明");
    stories_latest(db, draft.sections.at[0].id, 0, 10, &cards);
    stories_with_keyword(db, draft.keywords.at[1].id, 0, 10, &cards);
    stories_by_person(db, person.id, 0, 10, &cards);
    stories_latest(db, SECTION_SITE, 0, 10, &cards);
    assert_int_equal(cards.n, 4);
    assert_true(db_read_end(&db));
    assert_int_equal(count(&miscounted), 0);
}

static void the_same_again_adds_nothing(void **state)
{
    (void)state;
    IMPORT("f", FIRST);
    assert_false(import_lines("f", (const char *const[]){FIRST}, 0, 1, true, COMMIT));
    assert_true(after.finished);
    IMPORT("g", FIRST, FIRST);
    assert_int_equal(after.known, 2);
    assert_int_equal(after.stories, 0);
    assert_int_equal(count(&count_stories), 1);
    assert_int_equal(count(&count_redirects), 1);
    assert_int_equal(count(&miscounted), 0);
}

static void a_story_changed_in_the_archive_is_changed_here(void **state)
{
    (void)state;
    IMPORT("f", "{\"id\": 1, \"title\": \"old\", \"body\": \"b\", \"published\": \"2024-05-26\", \"tags\": [\"x\", "
                "\"y\"], \"url\": \"/a\"}");
    IMPORT("g", "{\"id\": 1, \"title\": \"new\", \"body\": \"c\", \"published\": \"2023-01-01\", \"tags\": [\"y\", "
                "\"z\"], \"url\": \"/b\"}");
    assert_int_equal(after.changed, 1);
    struct draft draft = story(1);
    IS(draft.title, "new");
    assert_int_equal(draft.version, 2);
    assert_int_equal(draft.day, 20240526);
    assert_int_equal(moment_day(draft.published), 20240526);
    assert_int_equal(draft.keywords.n, 2);
    assert_int_equal(count(&count_revisions), 1);
    assert_int_equal(leads_to("/a"), 1);
    assert_int_equal(leads_to("/b"), 1);
    assert_int_equal(count(&miscounted), 0);

    /* and back again; then nothing more */
    IMPORT("h",
           "{\"id\": 1, \"title\": \"old\", \"body\": \"b\", \"published\": \"2024-05-26\", \"tags\": [\"x\", \"y\"], "
           "\"url\": \"/a\"}",
           "{\"id\": 1, \"title\": \"old\", \"body\": \"b\", \"published\": \"2024-05-26\", \"tags\": [\"x\", \"y\"], "
           "\"url\": \"/a\"}");
    assert_int_equal(after.changed, 1);
    assert_int_equal(after.known, 1);
    IS(story(1).title, "old");
}

static void who_changed_it_here_keeps_the_last_word(void **state)
{
    (void)state;
    IMPORT("f", "{\"id\": 1, \"title\": \"old\", \"body\": \"b\", \"published\": \"2024-05-26\"}");
    struct db_tx *tx = unit_begin(paper);
    struct draft former, draft;
    assert_true(article_load(db_tx_reader(tx), 1, &former));
    draft = former;
    draft.title = STR("ours");
    article_save(tx, &former, &draft, &(struct change){paper->now, STR("editor"), STR("better")});
    unit_commit(paper, &tx);
    IMPORT("g", "{\"id\": 1, \"title\": \"new\", \"body\": \"b\", \"published\": \"2024-05-26\"}");
    assert_int_equal(after.changed, 0);
    assert_int_equal(after.known, 1);
    assert_int_equal(lost("was changed in the archive and here"), 1);
    IS(story(1).title, "ours");
}

static void what_is_not_said_has_a_default(void **state)
{
    (void)state;
    IMPORT("f", "{\"id\": 1, \"title\": \"no date yet\"}",
           "{\"id\": 2, \"title\": \"dated\", \"published\": \"2020-02-03\"}", "{\"id\": 3, \"title\": \"no date\"}");
    assert_int_equal(story(1).day, 20000101);
    assert_int_equal(story(3).day, 20200203);
    assert_int_equal(lost("took 2000-01-01"), 1);
    assert_int_equal(lost("took that of the story before"), 1);
    assert_int_equal(lost("took the paper's first"), 3);
    assert_true(story(1).section.id > 0);
    IS(story(1).language, "zh-Hant");
    IS(story(1).body, "");
    IMPORT("g", "{\"id\": 4, \"title\": \"another file\"}");
    assert_int_equal(story(4).day, 20000101);
}

static void drafts_stay_drafts(void **state)
{
    (void)state;
    IMPORT("f", "{\"id\": 1, \"title\": \"d\", \"status\": \"draft\"}",
           "{\"id\": 2, \"title\": \"r\", \"status\": \"pending\"}",
           "{\"id\": 3, \"title\": \"s\", \"status\": \"future\", \"published\": \"2030-01-01\"}",
           "{\"id\": 4, \"title\": \"p\", \"status\": \"future\", \"published\": \"2020-01-01\"}",
           "{\"kind\": \"page\", \"id\": 5, \"title\": \"secret page\", \"status\": \"draft\"}");
    assert_int_equal(story(1).state, STATE_DRAFT);
    assert_int_equal(story(2).state, STATE_REVIEW);
    assert_int_equal(story(3).state, STATE_SCHEDULED);
    assert_int_equal(story(4).state, STATE_PUBLISHED);
    assert_int_equal(after.pages, 0);
    assert_int_equal(after.skipped, 1);
    as_drafts = true;
    IMPORT("g", "{\"id\": 6, \"title\": \"p\", \"tags\": [\"x\"]}",
           "{\"kind\": \"page\", \"id\": 7, \"title\": \"page\"}");
    assert_int_equal(story(5).state, STATE_DRAFT);
    assert_int_equal(after.pages, 0);

    struct db_reader *db = unit_read(paper, NULL);
    story_cards cards = {0};
    stories_latest(db, SECTION_SITE, 0, 10, &cards);
    assert_int_equal(cards.n, 1);
    assert_true(db_read_end(&db));
    assert_int_equal(count(&miscounted), 0);
}

static void a_picture_above_the_story(void **state)
{
    static const unsigned char PNG[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\xc0\x08\2\0\0\0";
    (void)state;

    unit_media_file(paper, "ship.png", PNG, sizeof PNG - 1);
    struct unit_answer answer =
        unit_act(paper, "POST", "/desk/api/media", "/desk/api/media", media_put_action, "{\"file\": \"ship.png\"}");
    assert_true(answer.status == 200 || answer.status == 201);
    IMPORT("f", "{\"id\": 1, \"title\": \"t\", \"body\": \"b\", \"hero\": \"ship\", \"hero_caption\": \"c\"}",
           "{\"id\": 2, \"title\": \"t\", \"body\": \"b\", \"hero\": \"later\", \"hero_caption\": \"c\", \"hero_alt\": "
           "\"a\"}",
           "{\"id\": 3, \"title\": \"t\", \"hero\": \"no name!\"}",
           "{\"id\": 4, \"title\": \"t\", \"body\": [{\"t\": \"img\", \"img\": \"there\"}], \"hero\": \"there\"}");
    IS(story(1).hero_name, "ship");
    IS(story(1).hero_caption, "c");
    assert_int_equal(story(2).hero, 0);
    IS(story(2).body,
       "{\"v\":1,\"b\":[{\"id\":\"b2\",\"t\":\"img\",\"img\":\"later\",\"cap\":[{\"s\":\"c\"}],\"alt\":\"a\"},"
       "{\"id\":\"b1\",\"t\":\"p\",\"r\":[{\"s\":\"b\"}]}]}");
    IS(story(3).body, "");
    IS(story(4).body, "{\"v\":1,\"b\":[{\"id\":\"b1\",\"t\":\"img\",\"img\":\"there\"}]}");
    assert_int_equal(lost("its picture is not in media/"), 3);
}

static void pages_are_no_stories(void **state)
{
    struct static_page page;
    (void)state;

    IMPORT("f",
           "{\"kind\": \"page\", \"id\": 1, \"title\": \"About us\", \"slug\": \"About\", \"body\": \"we\","
           " \"urls\": [\"https://old.example/about/\", \"/?page_id=1\"]}",
           "{\"skip\": \"attachment\", \"id\": 2}");
    assert_int_equal(after.pages, 1);
    assert_int_equal(after.skipped, 1);
    assert_int_equal(after.stories, 0);
    struct db_reader *db = unit_read(paper, NULL);
    assert_true(static_page_find_by_slug(db, STR("about"), &page));
    IS(page.title, "About us");
    struct redirect redirect;
    assert_true(redirect_find(db, STR("/about/"), &redirect));
    IS(redirect.target, "/page/about");
    assert_true(db_read_end(&db));
    IMPORT("g", "{\"kind\": \"page\", \"id\": 1, \"title\": \"About us\", \"slug\": \"About\", \"body\": \"we\","
                " \"urls\": [\"https://old.example/about/\", \"/?page_id=1\"]}");
    assert_int_equal(after.known, 1);
}

static void of_two_with_one_address_the_first_has_it(void **state)
{
    (void)state;
    IMPORT("f", "{\"id\": 1, \"title\": \"a\", \"url\": \"https://x.example/story\"}",
           "{\"id\": 2, \"title\": \"b\", \"url\": \"http://www.y.example/story\"}",
           "{\"id\": 3, \"title\": \"c\", \"url\": \"not an address\"}");
    assert_int_equal(leads_to("/story"), 1);
    assert_int_equal(lost("leads to another story already"), 1);
    assert_int_equal(lost("is no old address"), 1);
}

static void sections_beyond_a_hundred_become_keywords(void **state)
{
    const char *lines[120];
    (void)state;

    for (int i = 0; i < 120; i++)
        lines[i] =
            str_cstr(paper->arena,
                     str_printf(paper->arena, "{\"id\": %d, \"title\": \"t\", \"section\": \"section %d\"}", i, i));
    import_all("f", lines, 120);
    assert_true(lost("there are a hundred; became a keyword") >= 20);
    struct draft draft = story(120);
    assert_true(draft.section.id > 0);
    IS(draft.keywords.at[0].name, "section 119");
    assert_int_equal(count(&miscounted), 0);
}

static void bad_lines_are_kept_with_the_file(void **state)
{
    import_bad_lines bad = {0};
    (void)state;

    IMPORT("f", "{\"title\": \"good\"}", "{}", "no JSON", "{\"title\": \"good too\"}");
    assert_int_equal(after.stories, 2);
    assert_int_equal(after.bad, 2);
    struct db_reader *db = unit_read(paper, NULL);
    import_bad_lines_of(db, STR("f"), -1, 10, &bad);
    assert_int_equal(bad.n, 2);
    assert_int_equal(bad.at[0].line, 2);
    assert_int_equal(bad.at[1].line, 3);
    bad.n = 0;
    import_bad_lines_of(db, STR("f"), 2, 10, &bad);
    assert_int_equal(bad.n, 1);
    assert_true(db_read_end(&db));
}

/* --- interrupted ---------------------------------------------------------------------------- */

enum { LINES = 60 };

static void make_lines(const char *lines[LINES])
{
    for (int i = 0; i < LINES; i++) {
        const char *date = i % 4 ? "\"2024-01-02\"" : "null", *title = i % 7 ? "t" : "";
        lines[i] = str_cstr(
            paper->arena,
            str_printf(
                paper->arena,
                "{\"id\": %d, \"title\": \"%s\", \"published\": %s, \"tags\": [\"k%d\"], \"url\": \"/u/%d\", \"x\": 1}",
                i / 2, title, date, i % 5, i / 3));
    }
}

/* What the whole paper is after an import, as far as an import makes it. */
static struct str whole_paper(void)
{
    struct buf out = BUF(1 << 20);
    int64_t n = count(&count_stories);

    for (int64_t id = 1; id <= n; id++) {
        struct draft draft = story(id);
        buf_printf(&out, "%d %.*s %d %d %d\n", (int)id, STR_ARG(draft.title), (int)draft.day, (int)draft.version,
                   (int)draft.keywords.n);
    }
    for (int i = 0; i < LINES; i++)
        buf_printf(&out, "%d ", (int)leads_to(str_cstr(paper->arena, str_printf(paper->arena, "/u/%d", i))));
    buf_printf(&out, "\n%d %d %d %d %d %.*s", (int)after.stories, (int)after.changed, (int)after.known, (int)after.bad,
               (int)after.position, STR_ARG(after.losses));
    struct str text = str_copy(paper->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static void an_interrupted_import_ends_like_any_other(void **state)
{
    const char *lines[LINES];
    (void)state;

    make_lines(lines);
    for (size_t from = 0; from < LINES; from += 10)
        assert_true(import_lines("f", lines, from, from + 10, from + 10 == LINES, COMMIT));
    struct str undisturbed = whole_paper();
    assert_true(after.bad > 0 && after.changed + after.known > 0);
    for (int crash = 0; crash < 6; crash++) {
        struct unit_paper *first = paper;
        paper = unit_paper_open();
        make_lines(lines);
        for (size_t from = 0; from < LINES; from += 10) {
            if ((int)from / 10 == crash)
                import_lines("f", lines, from, from + 10, from + 10 == LINES, CRASH);
            assert_true(import_lines("f", lines, from, from + 10, from + 10 == LINES, COMMIT));
        }
        struct str disturbed = whole_paper();
        if (!str_equal(disturbed, undisturbed))
            fail_msg("%.*s\nis not\n%.*s", STR_ARG(disturbed), STR_ARG(undisturbed));
        unit_paper_close(&paper);
        paper = first;
    }
}

static void a_batch_out_of_step_is_refused(void **state)
{
    const char *lines[LINES];
    (void)state;

    make_lines(lines);
    assert_true(import_lines("f", lines, 0, 10, false, COMMIT));
    assert_false(import_lines("f", lines, 0, 10, false, COMMIT));
    assert_false(import_lines("f", lines, 20, 30, false, COMMIT));
    assert_int_equal(after.position, 10);
    assert_true(import_lines("f", lines, 10, 20, false, COMMIT));
}

/* --- through the desk ------------------------------------------------------------------------- */

void import_action(struct action *a);

static struct unit_answer ask(const char *body)
{
    return unit_act(paper, "POST", "/desk/api/import", "/desk/api/import", import_action, body);
}

static void the_desk_does_the_same(void **state)
{
    struct buf json = BUF(1 << 20);
    struct import_request request;
    struct import_batch batch = {.file = STR("f"), .label = STR("a \"file\""), .to = 3, .last = true};
    (void)state;

    *LIST_ADD(paper->arena, &batch.bad) = (struct import_bad){2, STR("is \"bad\"")};
    import_request_begin(&request, &json);
    import_request_add(&request, 1, str_of(FIRST));
    import_request_add(&request, 3, STR("{\"no\": \"title\"}"));
    import_request_end(&request, &batch, false);
    const char *body = str_cstr(paper->arena, buf_str(&json));
    struct unit_answer answer = ask(body);
    assert_int_equal(answer.status, 200);
    assert_true(unit_touched(&answer, "*"));
    import_file_read(paper->arena, json_parse(paper->arena, answer.text), &after);
    assert_int_equal(after.stories, 1);
    assert_int_equal(after.bad, 2);
    assert_true(after.finished);
    IS(after.label, "a \"file\"");
    assert_int_equal(leads_to("/1"), 1);
    assert_int_equal(lost("has no place"), 1);
    answer = ask(body);
    assert_int_equal(answer.status, 409);
    buf_free(&json);

    static const char *const WRONG[] = {"{}", "[]", "{\"file\": \"f\"}", "{\"file\": \"\", \"from\": 0, \"to\": 1}",
                                        "{\"file\": \"f\", \"from\": 5, \"to\": 1}"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
        assert_int_equal(ask(WRONG[i]).status, 422);
    assert_int_equal(
        ask("{\"file\": \"g\", \"from\": 0, \"to\": 1, \"records\": [5, [1], [1, 2], {\"a\": 1}], \"bad\": [1]}")
            .status,
        200);
}

static void names_are_remembered_and_forgotten(void **state)
{
    struct names *names = names_new(10);
    int64_t number = 0;
    (void)state;

    assert_false(names_find(names, 'k', STR("a"), &number));
    names_put(names, 'k', STR("a"), 5);
    names_put(names, 's', STR("a"), 6);
    assert_true(names_find(names, 'k', STR("a"), &number) && number == 5);
    assert_true(names_find(names, 's', STR("a"), &number) && number == 6);
    for (int i = 0; i < 1000; i++) {
        struct str name = str_of_int(paper->arena, i);
        names_put(names, 'k', name, i);
        assert_true(names_find(names, 'k', name, &number) && number == i);
    }
    assert_false(names_find(names, 's', STR("a"), &number));
    names_free(&names);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_paper, close_paper)
    const struct CMUnitTest tests[] = {
        CASE(a_story_stands_where_it_belongs),
        CASE(the_same_again_adds_nothing),
        CASE(a_story_changed_in_the_archive_is_changed_here),
        CASE(who_changed_it_here_keeps_the_last_word),
        CASE(what_is_not_said_has_a_default),
        CASE(drafts_stay_drafts),
        CASE(a_picture_above_the_story),
        CASE(pages_are_no_stories),
        CASE(of_two_with_one_address_the_first_has_it),
        CASE(sections_beyond_a_hundred_become_keywords),
        CASE(bad_lines_are_kept_with_the_file),
        CASE(an_interrupted_import_ends_like_any_other),
        CASE(a_batch_out_of_step_is_refused),
        CASE(the_desk_does_the_same),
        CASE(names_are_remembered_and_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
