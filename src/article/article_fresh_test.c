/* article_fresh_test.c - nothing readers ask for changes without a tag that says so.
 *
 * Trusting nobody: after each of some hundred random steps of the desk every
 * question readers ask is asked again. One whose answer changed must have read
 * a tag that the step touched. And the books must balance: who is listed is
 * listed everywhere, and keywords carry the number of stories they say.
 */
#include "src/article/article.h"

#include "lib/base/buf.h"
#include "src/actions.h"
#include "src/article/article_write.h"
#include "src/keyword/keyword.h"
#include "src/redirect/redirect.h"
#include "src/section/section.h"
#include "src/staff/staff.h"
#include "tests/unit_paper.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { STEPS = 250, STORIES = 14, KEYWORDS = 6, QUESTIONS_MOST = 400 };

static struct unit_paper *paper;
static uint64_t seed = 20250821;

static int64_t chance(int64_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)below);
}

/* --- what readers ask ------------------------------------------------------------------- */

struct question {
    const char *name;
    int64_t about;
    struct str answer;
    struct tag_set tags;
};

struct asking {
    struct buf out; /* the answer being written */
    struct question *at;
    size_t n;
};

static void say_cards(struct buf *out, const story_cards *cards)
{
    for (size_t i = 0; i < cards->n; i++)
        buf_printf(out, "%d/%d %.*s|%.*s|%.*s|%.*s|%d; ", (int)cards->at[i].day, (int)cards->at[i].id,
                   STR_ARG(cards->at[i].headline.markup), STR_ARG(cards->at[i].list_title.markup),
                   STR_ARG(cards->at[i].kicker), STR_ARG(cards->at[i].section_url), (int)cards->at[i].updated.ms);
}

typedef void question_function(struct db_reader *db, int64_t about, struct buf *out);

static void ask_story(struct db_reader *db, int64_t about, struct buf *out)
{
    struct article story;

    if (article_find_published(db, about, &story))
        buf_printf(out, "%d %d %.*s|%.*s|%.*s|%.*s", (int)story.version, (int)story.updated.ms,
                   STR_ARG(story.headline.markup), STR_ARG(story.kicker), STR_ARG(story.section_name),
                   STR_ARG(story.state));
}

static void ask_standing(struct db_reader *db, int64_t about, struct buf *out)
{
    int64_t day;
    enum article_standing standing = article_state_of(db, about, &day);

    buf_printf(out, "%d %d", (int)standing, (int)day);
}

static void ask_bylines(struct db_reader *db, int64_t about, struct buf *out)
{
    byline_list list = {0};

    article_bylines(db, about, &list);
    for (size_t i = 0; i < list.n; i++)
        buf_printf(out, "%.*s %.*s %.*s; ", STR_ARG(list.at[i].name), STR_ARG(list.at[i].role),
                   STR_ARG(list.at[i].url));
}

static void ask_keywords(struct db_reader *db, int64_t about, struct buf *out)
{
    story_keywords list = {0};

    article_keywords(db, about, &list);
    for (size_t i = 0; i < list.n; i++)
        buf_printf(out, "%.*s %.*s; ", STR_ARG(list.at[i].name), STR_ARG(list.at[i].url));
}

static void ask_corrections(struct db_reader *db, int64_t about, struct buf *out)
{
    correction_list list = {0};

    article_corrections(db, about, &list);
    for (size_t i = 0; i < list.n; i++)
        buf_printf(out, "%.*s; ", STR_ARG(list.at[i].note));
}

static void ask_told(struct db_reader *db, int64_t about, struct buf *out)
{
    told_corrections list = {0};

    corrections_latest(db, about ? 3 : CORRECTIONS_LOOKED_AT, &list);
    for (size_t i = 0; i < list.n; i++)
        buf_printf(out, "%d %.*s %.*s %.*s; ", (int)list.at[i].id, STR_ARG(list.at[i].url), STR_ARG(list.at[i].title),
                   STR_ARG(list.at[i].note));
}

static void ask_related(struct db_reader *db, int64_t about, struct buf *out)
{
    story_cards cards = {0};

    stories_related(db, about, &cards);
    for (size_t i = 0; i < cards.n; i++)
        assert_int_not_equal(cards.at[i].id, about);
    say_cards(out, &cards);
}

#define ASK_LIST(name, function)                                                                                       \
    static void name(struct db_reader *db, int64_t about, struct buf *out)                                             \
    {                                                                                                                  \
        story_cards cards = {0};                                                                                       \
        function(db, about, 0, STORIES_PAGE, &cards);                                                                  \
        buf_printf(out, "%d pages: ", (int)function##_pages(db, about, 100));                                          \
        say_cards(out, &cards);                                                                                        \
    }
ASK_LIST(ask_section, stories_latest)
ASK_LIST(ask_with_keyword, stories_with_keyword)
ASK_LIST(ask_by_person, stories_by_person)
ASK_LIST(ask_day, stories_of_day)

static void ask_month(struct db_reader *db, int64_t about, struct buf *out)
{
    story_days days = {0};

    days_with_stories(db, about, &days);
    for (size_t i = 0; i < days.n; i++)
        buf_printf(out, "%d:%d ", (int)days.at[i].day, (int)days.at[i].stories);
}

static void ask_archive(struct db_reader *db, int64_t about, struct buf *out)
{
    int64_t first, last;

    stories_span(db, &first, &last);
    buf_printf(out, "%d %d %d %d %d", (int)first, (int)last, (int)story_blocks(db), (int)story_block_from(db, 0),
               (int)about);
}

static void ask_block(struct db_reader *db, int64_t about, struct buf *out)
{
    story_addresses list = {0};

    stories_of_block(db, about, &list);
    for (size_t i = 0; i < list.n; i++)
        buf_printf(out, "%d/%d %d ", (int)list.at[i].day, (int)list.at[i].id, (int)list.at[i].updated.ms);
}

static void ask_block_shows(struct db_reader *db, int64_t about, struct buf *out)
{
    buf_printf(out, "%d", story_block_shows(db, about));
}

static void say_keyword(struct buf *out, const struct keyword *keyword)
{
    buf_printf(out, "%d %.*s %.*s %.*s %d>%d; ", (int)keyword->id, STR_ARG(keyword->name), STR_ARG(keyword->url),
               STR_ARG(keyword->type), (int)keyword->stories, (int)keyword->merged_into);
}

static void ask_keyword(struct db_reader *db, int64_t about, struct buf *out)
{
    struct keyword keyword;
    keyword_aliases aliases = {0};

    if (keyword_find(db, about, &keyword))
        say_keyword(out, &keyword);
    keyword_aliases_of(db, about, &aliases);
    for (size_t i = 0; i < aliases.n; i++)
        buf_printf(out, "%.*s ", STR_ARG(aliases.at[i].alias));
}

/* Names that keywords have at one time or another. */
static struct str name_of(int64_t i)
{
    static const char *const NAMES[] = {"trump", "europe", "ukraine", "taipei", "typhoon", "election", "donald", "eu"};

    return str_of(NAMES[i % 8]);
}

static void ask_keyword_by_name(struct db_reader *db, int64_t about, struct buf *out)
{
    struct keyword keyword;

    if (keyword_find_by_slug(db, name_of(about), &keyword))
        say_keyword(out, &keyword);
    if (keyword_find_by_name(db, name_of(about), &keyword))
        say_keyword(out, &keyword);
}

static void ask_keyword_lists(struct db_reader *db, int64_t about, struct buf *out)
{
    keyword_list list = {0};

    if (about)
        keywords_list(db, STR(""), 50, &list);
    else
        keywords_most_used(db, 4, &list);
    for (size_t i = 0; i < list.n; i++)
        say_keyword(out, &list.at[i]);
}

static void ask_keyword_map(struct db_reader *db, int64_t about, struct buf *out)
{
    keyword_list list = {0};

    keywords_for_map(db, &list);
    for (size_t i = 0; i < list.n; i++)
        buf_printf(out, "%.*s %d ", STR_ARG(list.at[i].url), (int)about);
}

static void ask_redirect(struct db_reader *db, int64_t about, struct buf *out)
{
    struct redirect redirect;

    if (redirect_find(db, keyword_url(db_arena(db), name_of(about)), &redirect))
        buf_printf(out, "%.*s", STR_ARG(redirect.target));
}

static void ask(struct asking *asking, const char *name, question_function *function, int64_t about)
{
    struct question *question = &asking->at[asking->n++];
    struct db_reader *db;

    assert_true(asking->n <= QUESTIONS_MOST);
    *question = (struct question){.name = name, .about = about};
    db = unit_read(paper, &question->tags);
    buf_clear(&asking->out);
    function(db, about, &asking->out);
    assert_false(asking->out.overflow);
    question->answer = str_copy(paper->arena, buf_str(&asking->out));
    assert_true(db_read_end(&db));
    tag_set_settle(&question->tags);
}

static void ask_everything(struct asking *asking)
{
    static const struct {
        const char *name;
        question_function *function;
        int64_t from, to;
    } ALL[] = {
        {"story", ask_story, 1, STORIES},
        {"standing", ask_standing, 1, STORIES},
        {"bylines", ask_bylines, 1, STORIES},
        {"keywords", ask_keywords, 1, STORIES},
        {"corrections", ask_corrections, 1, STORIES},
        {"told corrections", ask_told, 0, 1},
        {"related", ask_related, 1, STORIES},
        {"section", ask_section, 0, 2},
        {"with keyword", ask_with_keyword, 1, KEYWORDS},
        {"by person", ask_by_person, 1, 2},
        {"day", ask_day, 20250820, 20250826},
        {"month", ask_month, 202508, 202509},
        {"archive", ask_archive, 0, 0},
        {"block", ask_block, 0, 1},
        {"block shows", ask_block_shows, 0, 1},
        {"keyword", ask_keyword, 1, KEYWORDS},
        {"keyword by name", ask_keyword_by_name, 0, 7},
        {"keyword lists", ask_keyword_lists, 0, 1},
        {"keyword map", ask_keyword_map, 0, 0},
        {"redirect", ask_redirect, 0, 7},
    };

    asking->n = 0;
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++)
        for (int64_t about = ALL[i].from; about <= ALL[i].to; about++)
            ask(asking, ALL[i].name, ALL[i].function, about);
}

static bool is_touched(const struct question *question, struct str tags)
{
    for (struct str rest = tags; rest.p && rest.n;) {
        uint64_t tag = tag_hash(str_cut(&rest, ' '));
        for (size_t i = 0; i < question->tags.n; i++)
            if (question->tags.at[i] == tag)
                return true;
    }
    return false;
}

/* How many questions have another answer than before; none of them without a tag. */
static size_t compare(const struct asking *before, const struct asking *after, struct str tags)
{
    size_t changed = 0;

    assert_int_equal(before->n, after->n);
    for (size_t i = 0; i < before->n; i++) {
        const struct question *was = &before->at[i], *is = &after->at[i];
        if (str_equal(was->answer, is->answer))
            continue;
        changed++;
        if (is_touched(was, tags))
            continue;
        print_message("%s %d:\n  %.*s\n  %.*s\ntouched: %.*s\n", is->name, (int)is->about, STR_ARG(was->answer),
                      STR_ARG(is->answer), STR_ARG(tags));
        fail_msg("a reader's answer changed and no tag it read was touched");
    }
    return changed;
}

/* --- the books --------------------------------------------------------------------------------- */

SQL(wrong_counts,
    "SELECT count(*) FROM keyword k WHERE k.stories <>"
    " (SELECT count(*) FROM article_keyword c WHERE c.keyword = k.id AND c.listed > 0)",
    .reads = "-");
SQL(wrong_listing,
    "SELECT (SELECT count(*) FROM article_section c JOIN article a ON a.id = c.article WHERE a.listed <> c.listed)"
    " + (SELECT count(*) FROM article_keyword c JOIN article a ON a.id = c.article WHERE a.listed <> c.listed)"
    " + (SELECT count(*) FROM article_person c JOIN article a ON a.id = c.article WHERE a.listed <> c.listed)"
    " + (SELECT count(*) FROM article WHERE listed <>"
    "      CASE WHEN state IN ('published', 'corrected') THEN published ELSE 0 END)",
    .reads = "-");
SQL(wrong_sections,
    "SELECT count(*) FROM article a WHERE a.hide_from_latest <>"
    " (SELECT count(*) FROM article_section c WHERE c.article = a.id AND c.section = 0) * -1 + 1"
    " OR NOT EXISTS (SELECT 1 FROM article_section c WHERE c.article = a.id AND c.section = a.section)",
    .reads = "-");
SQL(wrong_timers,
    "SELECT abs((SELECT count(*) FROM article WHERE state = 'scheduled')"
    " - (SELECT count(*) FROM timer WHERE kind = 'publish_due'))",
    .reads = "-");

static void balance(void)
{
    struct db_reader *db = unit_read(paper, NULL);

    assert_int_equal(db_int(db, &wrong_counts, NO_ARGS, -1), 0);
    assert_int_equal(db_int(db, &wrong_listing, NO_ARGS, -1), 0);
    assert_int_equal(db_int(db, &wrong_sections, NO_ARGS, -1), 0);
    assert_int_equal(db_int(db, &wrong_timers, NO_ARGS, -1), 0);
    assert_true(db_read_end(&db));
}

/* --- steps --------------------------------------------------------------------------------------- */

static struct str some_members(void)
{
    static const char *const STATES[] = {"published", "published", "draft", "review"};
    struct str text = str_printf(paper->arena, "\"title\": \"Title %d　clause\"", (int)chance(1000));

#define SOMETIMES(...)                                                                                                 \
    if (chance(3) == 0)                                                                                                \
    text = str_printf(paper->arena, "%.*s, ", STR_ARG(text)),                                                          \
    text = str_join(paper->arena, text, str_printf(paper->arena, __VA_ARGS__))
    SOMETIMES("\"section\": \"%s\"", chance(2) ? "world" : "city");
    SOMETIMES("\"sections\": [\"%s\"]", chance(2) ? "world" : "city");
    SOMETIMES("\"keywords\": [\"%s\", \"%s\"]", name_of(chance(8)).p, name_of(chance(8)).p);
    SOMETIMES("\"bylines\": [\"%s\", \"Nobody\"]", chance(2) ? "Ana Lee" : "Bo Lin");
    SOMETIMES("\"hide_from_latest\": %s", chance(2) ? "true" : "false");
    SOMETIMES("\"short_title\": \"Short %d\"", (int)chance(100));
    SOMETIMES("\"kicker\": {\"text\": \"Now\", \"hours\": %d}", 300 + (int)chance(100));
    SOMETIMES("\"state\": \"%s\"", STATES[chance(4)]);
#undef SOMETIMES
    return text;
}

static const char *object(const char *more)
{
    struct str members = some_members();

    return str_cstr(paper->arena, str_printf(paper->arena, "{%.*s%s}", STR_ARG(members), more));
}

static struct str act(action_function *function, const char *method, const char *what, int64_t id, const char *json)
{
    char pattern[80], path[80];

    snprintf(pattern, sizeof pattern, "/desk/api/%s%s", what, id ? "/{id:int}" : "");
    snprintf(path, sizeof path, "/desk/api/%s", what);
    if (id)
        snprintf(path, sizeof path, "/desk/api/%s/%d", what, (int)id);
    return unit_act(paper, method, pattern, path, function, json).tags;
}

static struct str fire(void (*timer)(struct db_tx *, int64_t, struct moment), int64_t id)
{
    struct db_tx *tx = unit_begin(paper);

    timer(tx, id, paper->now);
    return unit_commit(paper, &tx);
}

static struct str number_object(const char *member, int64_t number)
{
    return str_printf(paper->arena, "{\"%s\": %d}", member, (int)number);
}

static struct str one_step(int64_t stories)
{
    int64_t id = 1 + chance(STORIES), keyword = 1 + chance(KEYWORDS);
    const char *name = str_cstr(paper->arena, str_printf(paper->arena, "{\"name\": \"%s\"}", name_of(chance(8)).p));
    const char *alias = str_cstr(paper->arena, str_printf(paper->arena, "{\"alias\": \"%s\"}", name_of(chance(8)).p));

    if (stories < STORIES && chance(2))
        return act(
            article_add_action, "POST", "articles", 0,
            object(chance(5) ? ", \"body\": \"Text.\"" : ", \"body\": \"Text.\", \"published\": \"2025-08-25 12:00\""));
    switch (chance(12)) {
    case 0: return act(article_withdraw_action, "POST", "articles", id, "{\"reason\": \"r\"}");
    case 1: return act(article_publish_action, "POST", "articles", id, "{}");
    case 2: return fire(article_publish_due, id);
    case 3: return fire(article_kicker_expired, id);
    case 4:
        return act(keyword_merge_action, "POST", "keywords", keyword,
                   chance(4) ? "{}" : str_cstr(paper->arena, number_object("into", 1 + chance(KEYWORDS))));
    case 5: return act(keyword_change_action, "PUT", "keywords", keyword, name);
    case 6: return act(keyword_alias_add_action, "POST", "keywords", keyword, alias);
    case 7: return act(keyword_alias_remove_action, "POST", "keywords", keyword, alias);
    case 8: return act(article_correct_action, "POST", "articles", id, object(", \"note\": \"n\""));
    default: return act(article_change_action, "PUT", "articles", id, object(""));
    }
}

SQL(count_stories, "SELECT count(*) FROM article", .reads = "-");

static void no_answer_changes_untold(void **state)
{
    struct question first[QUESTIONS_MOST], second[QUESTIONS_MOST];
    struct asking before = {BUF(1 << 20), first, 0}, after = {BUF(1 << 20), second, 0};
    size_t changed = 0;
    (void)state;

    ask_everything(&before);
    for (int step = 0; step < STEPS; step++) {
        struct db_reader *db = unit_read(paper, NULL);
        int64_t stories = db_int(db, &count_stories, NO_ARGS, 0);
        db_read_end(&db);
        paper->now.ms += chance(4) * 3600000;
        struct str tags = one_step(stories);
        ask_everything(&after);
        changed += compare(&before, &after, tags);
        balance();
        struct asking swap = before;
        before = after;
        after = swap;
    }
    print_message("%d steps changed %zu answers\n", STEPS, changed);
    assert_true(changed > STEPS);
    buf_free(&before.out);
    buf_free(&after.out);
}

static int open_paper(void **state)
{
    (void)state;
    paper = unit_paper_open();
    struct db_tx *tx = unit_begin(paper);
    section_named(tx, STR("World"));
    section_named(tx, STR("City"));
    person_named(tx, STR("Ana Lee"));
    person_named(tx, STR("Bo Lin"));
    unit_commit(paper, &tx);
    return 0;
}

static int close_paper(void **state)
{
    (void)state;
    unit_paper_close(&paper);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_answer_changes_untold, open_paper, close_paper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
