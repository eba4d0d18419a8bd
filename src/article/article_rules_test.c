/* article_rules_test.c - every move between states, every limit of a field. */
#include "src/article/article_rules.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Rows: from; columns: to, in the order of the states. */
static const char *const MOVES[STATE_COUNT] = {
    [STATE_DRAFT] = "yyyynn",     [STATE_REVIEW] = "yyyynn",    [STATE_SCHEDULED] = "yyyynn",
    [STATE_PUBLISHED] = "nnnyyy", [STATE_CORRECTED] = "nnnnyy", [STATE_WITHDRAWN] = "nnnynn",
};

static void every_move(void **state)
{
    (void)state;
    for (enum article_state from = 0; from < STATE_COUNT; from++)
        for (enum article_state to = 0; to < STATE_COUNT; to++)
            assert_int_equal(article_may_move(from, to), MOVES[from][to] == 'y');
}

/* Whatever happens, what readers saw never becomes a draft again. */
static void no_way_back_to_a_draft(void **state)
{
    bool reached[STATE_COUNT] = {[STATE_PUBLISHED] = true};
    (void)state;

    for (int round = 0; round < STATE_COUNT; round++)
        for (enum article_state from = 0; from < STATE_COUNT; from++)
            for (enum article_state to = 0; to < STATE_COUNT; to++)
                if (reached[from] && article_may_move(from, to))
                    reached[to] = true;
    assert_true(reached[STATE_CORRECTED] && reached[STATE_WITHDRAWN]);
    assert_false(reached[STATE_DRAFT] || reached[STATE_REVIEW] || reached[STATE_SCHEDULED]);
}

static void names_of_states(void **state)
{
    enum article_state found;
    (void)state;

    for (enum article_state one = 0; one < STATE_COUNT; one++) {
        assert_true(article_state_from_name(article_state_name(one), &found));
        assert_int_equal(found, one);
        assert_int_equal(article_state_is_shown(one), one == STATE_PUBLISHED || one == STATE_CORRECTED);
    }
    assert_false(article_state_from_name(STR("gone"), &found));
    assert_false(article_state_from_name(STR(""), &found));
}

static void says_where_a_story_may_go(void **state)
{
    struct arena *arena = arena_new();
    (void)state;

    assert_string_equal(str_cstr(arena, article_moves_text(arena, STATE_DRAFT)), "review, scheduled or published");
    assert_string_equal(str_cstr(arena, article_moves_text(arena, STATE_PUBLISHED)), "corrected or withdrawn");
    assert_string_equal(str_cstr(arena, article_moves_text(arena, STATE_CORRECTED)), "withdrawn");
    arena_free(&arena);
}

/* --- fields ----------------------------------------------------------------------- */

static const struct moment NOW = {1755746340000};

static struct draft good_draft(void)
{
    return (struct draft){.state = STATE_PUBLISHED,
                          .published = NOW,
                          .title = STR("標題"),
                          .language = STR("zh-Hant"),
                          .body = STR("{\"v\":1,\"b\":[]}")};
}

/* The field complained about; "" when the draft is good. */
static const char *complaint(const struct draft *draft)
{
    static struct story_problem problem;

    if (draft_check(draft, NOW, &problem))
        return "";
    assert_true(problem.text[0] != '\0');
    return problem.field;
}

static struct str wide(struct arena *arena, size_t half_widths)
{
    char *text = arena_bytes(arena, 2 * half_widths);
    size_t n = 0;

    for (size_t i = 0; i + 1 < half_widths; i += 2, n += 3)
        memcpy(text + n, "字", 3);
    if (half_widths % 2)
        text[n++] = 'x';
    return (struct str){text, n};
}

static void limits_count_full_width(void **state)
{
    static const struct {
        const char *field;
        size_t offset, width;
    } LIMITS[] = {
        {"title", offsetof(struct draft, title), TITLE_WIDTH},
        {"short_title", offsetof(struct draft, short_title), SHORT_TITLE_WIDTH},
        {"social_title", offsetof(struct draft, social_title), TITLE_WIDTH},
        {"seo_title", offsetof(struct draft, seo_title), TITLE_WIDTH},
        {"kicker", offsetof(struct draft, kicker), KICKER_WIDTH},
        {"lead", offsetof(struct draft, lead), LEAD_WIDTH},
        {"report_type", offsetof(struct draft, report_type), LABEL_WIDTH},
        {"byline_text", offsetof(struct draft, byline_text), LABEL_WIDTH},
        {"warning", offsetof(struct draft, warning), LABEL_WIDTH},
        {"source", offsetof(struct draft, source), LABEL_WIDTH},
        {"licence", offsetof(struct draft, licence), LABEL_WIDTH},
        {"hero.caption", offsetof(struct draft, hero_caption), CAPTION_WIDTH},
        {"hero.alt", offsetof(struct draft, hero_alt), CAPTION_WIDTH},
        {"hero.credit", offsetof(struct draft, hero_credit), LABEL_WIDTH},
    };
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
        struct draft draft = good_draft();
        struct str *text = (void *)((char *)&draft + LIMITS[i].offset);
        *text = wide(arena, 2 * LIMITS[i].width);
        assert_string_equal(complaint(&draft), "");
        *text = wide(arena, 2 * LIMITS[i].width + 1);
        assert_string_equal(complaint(&draft), LIMITS[i].field);
    }
    arena_free(&arena);
}

static void needs_title_and_body(void **state)
{
    struct draft draft = good_draft();
    (void)state;

    assert_string_equal(complaint(&draft), "");
    draft.title = STR("");
    assert_string_equal(complaint(&draft), "title");
    draft = good_draft();
    draft.body = STR("");
    assert_string_equal(complaint(&draft), "body");
}

static void counts_entries(void **state)
{
    struct arena *arena = arena_new();
    struct draft draft = good_draft();
    (void)state;

    for (int i = 0; i < KEYWORDS_OF_STORY; i++)
        LIST_ADD(arena, &draft.keywords);
    for (int i = 0; i < SECTIONS_OF_STORY; i++)
        LIST_ADD(arena, &draft.sections);
    for (int i = 0; i < RELATED_OF_STORY; i++)
        LIST_ADD(arena, &draft.related);
    for (int i = 0; i < BYLINES_OF_STORY; i++)
        LIST_ADD(arena, &draft.bylines)->name = STR("記者");
    assert_string_equal(complaint(&draft), "");
    LIST_ADD(arena, &draft.keywords);
    assert_string_equal(complaint(&draft), "keywords");
    draft.keywords.n = 0;
    LIST_ADD(arena, &draft.bylines)->name = STR("記者");
    assert_string_equal(complaint(&draft), "bylines");
    draft.bylines.n = 1;
    draft.bylines.at[0].role = wide(arena, 2 * LABEL_WIDTH + 2);
    assert_string_equal(complaint(&draft), "bylines");
    draft.bylines.n = 0;
    LIST_ADD(arena, &draft.sections);
    assert_string_equal(complaint(&draft), "sections");
    draft.sections.n = 0;
    LIST_ADD(arena, &draft.related);
    assert_string_equal(complaint(&draft), "related");
    arena_free(&arena);
}

static void links_and_languages(void **state)
{
    static const char *const LINKS[] = {"https://example.org/a?b=1", "http://example.org/"};
    static const char *const NO_LINKS[] = {"javascript:alert(1)", "example.org",      "https://", "https://a b.org/",
                                           "https://a.org/\"x",   "https://a.org\\b", "/news/1"};
    static const char *const LANGUAGES[] = {"zh-Hant", "en", "zh-Hans-CN", "x-klingon"};
    static const char *const NO_LANGUAGES[] = {"", "-", "zh_Hant", "zh-", "-zh", "zh--Hant", "toolongpart", "中文"};
    struct draft draft = good_draft();
    (void)state;

    for (size_t i = 0; i < sizeof LINKS / sizeof *LINKS; i++) {
        draft.source_url = str_of(LINKS[i]);
        assert_string_equal(complaint(&draft), "");
    }
    for (size_t i = 0; i < sizeof NO_LINKS / sizeof *NO_LINKS; i++) {
        draft.source_url = str_of(NO_LINKS[i]);
        assert_string_equal(complaint(&draft), "source_url");
    }
    draft.source_url = STR("");
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++) {
        draft.language = str_of(LANGUAGES[i]);
        assert_string_equal(complaint(&draft), "");
    }
    for (size_t i = 0; i < sizeof NO_LANGUAGES / sizeof *NO_LANGUAGES; i++) {
        draft.language = str_of(NO_LANGUAGES[i]);
        assert_string_equal(complaint(&draft), "language");
    }
}

static void times_fit_the_state(void **state)
{
    static const struct {
        enum article_state state;
        int64_t published, kicker_until; /* milliseconds from now; 0: none */
        const char *kicker, *complaint;
    } CASES[] = {
        {STATE_SCHEDULED, 1, 0, "", ""},           {STATE_SCHEDULED, 0, 0, "", "published"},
        {STATE_SCHEDULED, -1, 0, "", "published"}, {STATE_PUBLISHED, 0, 0, "", ""},
        {STATE_PUBLISHED, -1, 0, "", ""},          {STATE_PUBLISHED, 1, 0, "", "published"},
        {STATE_CORRECTED, 1, 0, "", "published"},  {STATE_DRAFT, 1, 0, "", ""},
        {STATE_WITHDRAWN, -1, 0, "", ""},          {STATE_PUBLISHED, 0, 1, "快訊", ""},
        {STATE_PUBLISHED, 0, 1, "", "kicker"},     {STATE_PUBLISHED, 0, -1, "快訊", "kicker"},
        {STATE_SCHEDULED, 5, 4, "快訊", "kicker"}, {STATE_SCHEDULED, 5, 5, "快訊", "kicker"},
        {STATE_SCHEDULED, 5, 6, "快訊", ""},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct draft draft = good_draft();
        draft.state = CASES[i].state;
        draft.published.ms = NOW.ms + CASES[i].published;
        draft.kicker = str_of(CASES[i].kicker);
        draft.kicker_until.ms = CASES[i].kicker_until ? NOW.ms + CASES[i].kicker_until : 0;
        assert_string_equal(complaint(&draft), CASES[i].complaint);
    }
}

static void problems_never_end_inside_a_character(void **state)
{
    struct story_problem problem;
    struct arena *arena = arena_new();
    (void)state;

    for (size_t n = 190; n < 210; n++) {
        assert_false(story_problem_set(&problem, "title", "%.*s", STR_ARG(wide(arena, 2 * n - n % 2))));
        assert_true(strlen(problem.text) < sizeof problem.text);
        assert_true(str_ends(str_of(problem.text), STR("字")) || str_ends(str_of(problem.text), STR("x")));
    }
    arena_free(&arena);
}

static void kinds_of_corrections(void **state)
{
    (void)state;
    assert_true(correction_kind_is_known(STR("correction")));
    assert_true(correction_kind_is_known(STR("clarification")));
    assert_true(correction_kind_is_known(STR("update")));
    assert_false(correction_kind_is_known(STR("")));
    assert_false(correction_kind_is_known(STR("Correction")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_move),
        cmocka_unit_test(no_way_back_to_a_draft),
        cmocka_unit_test(names_of_states),
        cmocka_unit_test(says_where_a_story_may_go),
        cmocka_unit_test(limits_count_full_width),
        cmocka_unit_test(needs_title_and_body),
        cmocka_unit_test(counts_entries),
        cmocka_unit_test(links_and_languages),
        cmocka_unit_test(times_fit_the_state),
        cmocka_unit_test(problems_never_end_inside_a_character),
        cmocka_unit_test(kinds_of_corrections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
