/* phrase_test.c - the model as its package has it, the house's rules, the markup.
 *
 * The expected phrases of MODEL were printed by the npm package. For more,
 * HAOWAI_PHRASES names a file of lines "headline TAB phrase|phrase" as
 * tools/print_phrases.mjs prints them.
 */
#include "src/phrase/phrase.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const char *model_says(struct str text)
{
    struct buf out = BUF(10000);
    break_list breaks = {0};
    size_t from = 0;

    phrase_boundaries(arena, text, &breaks);
    for (size_t i = 0; i < breaks.n; i++) {
        buf_printf(&out, "%.*s|", (int)(breaks.at[i] - from), text.p + from);
        from = breaks.at[i];
    }
    buf_add_str(&out, str_from(text, from));
    const char *said = str_cstr(arena, buf_str(&out));
    buf_free(&out);
    return said;
}

/* The title with '|' at its stored breaks. */
static const char *broken(const char *title, const word_list *whole)
{
    struct str text = str_of(title), breaks = phrase_breaks(arena, text, whole);
    struct buf out = BUF(10000);
    size_t from = 0;
    int64_t at;

    for (struct str rest = breaks; rest.p && breaks.n;) {
        assert_true(str_to_int(str_cut(&rest, ' '), &at));
        buf_printf(&out, "%.*s|", (int)((size_t)at - from), text.p + from);
        from = (size_t)at;
    }
    buf_add_str(&out, str_from(text, from));
    const char *said = str_cstr(arena, buf_str(&out));
    buf_free(&out);
    return said;
}

static const struct {
    const char *title, *phrases;
} MODEL[] = {
    {"港都輕軌成圓通車首日　十二萬人搶搭環狀線", "港|都|輕軌成圓|通車|首日|　|十二萬|人|搶搭|環狀線"},
    {"颱風逼近東部海面　氣象署：今晚恐發陸上警報", "颱風|逼|近|東部|海面|　|氣象署：|今晚|恐發陸|上警報"},
    {"立法院三讀通過居住法修正案　租金補貼延長三年", "立法院|三讀|通過|居住法|修正|案|　租金補貼|延長|三年"},
    {"央行宣布升息半碼　房貸族每月多繳千元", "央行|宣布|升息|半|碼　房貸族|每|月|多|繳千|元"},
    {"國道3號清晨5車追撞　2人送醫", "國道3|號清晨|5車|追撞|　2|人|送|醫"},
    {"「最低限度角色」惹議　歐洲盟友盼美方說清楚", "「最|低|限度|角色」|惹議|　|歐洲|盟|友盼|美方|說清楚"},
    {"台積電第三季營收年增28.5%　創單季新高", "台積|電|第三|季|營|收年|增2|8.5%|　創單季|新|高"},
    {"一名19歲少年登上玉山主峰　刷新紀錄", "一|名|19|歲少年|登|上|玉山|主峰|　刷|新紀錄"},
    {"市長：明年1月1日起全面禁用一次性塑膠杯", "市長：|明年|1月|1日|起|全面|禁用|一|次|性塑|膠杯"},
    {"國民黨籍立委質詢民主進步黨政府預算", "國民黨籍|立委|質詢|民主進步黨|政府|預算"},
    {"二十一日起高鐵加開三十分班次", "二十一日|起|高鐵|加開|三十|分|班|次"},
    {"在台北街頭賣了四十年的麵攤　老闆決定退休", "在|台北|街|頭|賣|了|四十|年|的|麵攤|　|老闆|決定|退休"},
    {"iPhone新機開賣　Apple信義店排隊人潮破百", "iPhone|新機|開賣|　Apple信義店排隊|人|潮|破百"},
    {"記者會現場直擊：她哽咽說「謝謝大家」", "記者會|現場|直擊：|她|哽咽|說|「謝謝|大家」"},
    {"漁港清晨第一道光　老船長口中的海", "漁港|清晨|第一|道|光　|老船長|口|中|的|海"},
    {"地方媽媽組志工隊　守護校園周邊3公尺小巷", "地方|媽媽組志工隊|　守|護校園|周邊3|公尺|小巷"},
    {"", ""},
    {"人", "人"},
};

static void breaks_where_the_package_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MODEL / sizeof *MODEL; i++)
        assert_string_equal(model_says(str_of(MODEL[i].title)), MODEL[i].phrases);
}

static void breaks_where_the_package_does_on_many(void **state)
{
    const char *path = getenv("HAOWAI_PHRASES");
    struct buf file = BUF(1 << 26);
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    size_t lines = 0;
    (void)state;

    if (fd < 0) {
        print_message("skipped: HAOWAI_PHRASES names no file\n");
        return;
    }
    assert_true(buf_read_fd(&file, fd));
    close(fd);
    for (struct str rest = buf_str(&file); rest.p && rest.n; lines++) {
        struct str line = str_cut(&rest, '\n'), title = str_cut(&line, '\t');
        assert_string_equal(model_says(title), str_cstr(arena, line));
    }
    print_message("%zu headlines as the package breaks them\n", lines);
    assert_true(lines > 0);
    buf_free(&file);
}

static const struct {
    const char *title, *phrases;
} HOUSE[] = {
    {"國道3號清晨5車追撞　2人送醫", "國道3號清晨|5車|追撞　2人|送醫"},
    {"台積電第三季營收年增28.5%　創單季新高", "台積|電|第三|季營|收年|增28.5%　創單季|新高"},
    {"「最低限度角色」惹議", "「最低限度角色」|惹議"},
    {"記者會現場直擊：她哽咽說「謝謝大家」", "記者會|現場|直擊：|她|哽咽|說|「謝謝大家」"},
    {"他說「這是一段非常非常長的引言喔」後離開", "他說|「這|是|一段|非常|非常長|的|引言|喔」|後離開"},
    {"NBA／Stephen Curry 轟30分 勇士127:118勝", "NBA／Stephen Curry 轟30分 勇士|127:118勝"},
    {"𠮷野家今天開店", "𠮷野家|今天|開店"},
    {"瀾港球場1萬8400人的最後一球", "瀾港|球場|1萬8400人|的|最後|一球"},
    {"甲", "甲"},
};

static void keeps_to_the_rules_of_the_house(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof HOUSE / sizeof *HOUSE; i++)
        assert_string_equal(broken(HOUSE[i].title, NULL), HOUSE[i].phrases);
}

static void never_divides_protected_words(void **state)
{
    static const char TITLE[] = "羅致政打卡立院：捍衛民主防線";
    word_list whole = {0};
    (void)state;

    assert_non_null(strstr(broken(TITLE, NULL), "羅致|政"));
    *LIST_ADD(arena, &whole) = STR("羅致政");
    *LIST_ADD(arena, &whole) = STR("");
    assert_null(strstr(broken(TITLE, &whole), "羅致|政"));
    assert_null(strstr(broken(TITLE, &whole), "羅|致政"));
}

static void prints_markup(void **state)
{
    static const struct {
        const char *title, *breaks, *run, *clauses;
    } CASES[] = {
        {"甲乙丙", "3 6", "甲<wbr>乙<wbr>丙", "<span class=\"hl\">甲<wbr>乙<wbr>丙</span>"},
        {"甲乙　丙丁", "3 12", "甲<wbr>乙　丙<wbr>丁",
         "<span class=\"hl\">甲<wbr>乙</span><span class=\"vh\">　</span><span class=\"hl\">丙<wbr>丁</span>"},
        {"A<b>\"&'", "", "A&lt;b&gt;&quot;&amp;&#39;", NULL},
        {"", "", "", ""},
        {"甲", "3 6 999 x", "甲", NULL},        /* the title was shortened */
        {"甲乙丙", "1 2 4 5", "甲乙丙", NULL},  /* inside characters */
        {"甲乙丙", "6 3", "甲乙<wbr>丙", NULL}, /* out of order */
        {"甲乙", "-3 0 3", "甲<wbr>乙", NULL},
        {"甲　", "", "甲　", "<span class=\"hl\">甲</span><span class=\"vh\">　</span>"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct str title = str_of(CASES[i].title), breaks = str_of(CASES[i].breaks);
        assert_string_equal(str_cstr(arena, phrase_html(arena, title, breaks).markup), CASES[i].run);
        if (CASES[i].clauses)
            assert_string_equal(str_cstr(arena, phrase_html_clauses(arena, title, breaks).markup), CASES[i].clauses);
    }
}

/* Whatever comes in, the words come out. */
static void loses_no_text(void **state)
{
    char title[61];
    uint64_t random = 88172645463325252u;
    (void)state;

    for (int round = 0; round < 2000; round++) {
        struct buf plain = BUF(1000);
        for (size_t i = 0; i + 1 < sizeof title; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            title[i] = "abc 123\xe4\xba\xba\xe3\x80\x80\xe3\x80\x8c\xe3\x80\x8d\xf0\xa0\xae\xb7"[random % 22];
        }
        struct str text = {title, sizeof title - 1};
        struct str html = phrase_html(arena, text, phrase_breaks(arena, text, NULL)).markup;
        for (struct str rest = html; rest.n;) {
            bool wbr = str_starts(rest, STR("<wbr>"));
            if (!wbr)
                buf_add_char(&plain, rest.p[0]);
            rest = str_from(rest, wbr ? 5 : 1);
        }
        assert_true(str_equal(buf_str(&plain), text));
        buf_free(&plain);
    }
}

static void leaves_what_is_no_headline_alone(void **state)
{
    char *text = arena_bytes(arena, 9000);
    (void)state;

    for (size_t i = 0; i < 9000; i += 3)
        memcpy(text + i, "人", 3);
    assert_int_equal(phrase_breaks(arena, (struct str){text, 9000}, NULL).n, 0);
    assert_int_equal(phrase_breaks(arena, STR(""), NULL).n, 0);
    assert_int_equal(phrase_breaks(arena, STR("　　"), NULL).n, 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        CASE(breaks_where_the_package_does),
        CASE(breaks_where_the_package_does_on_many),
        CASE(keeps_to_the_rules_of_the_house),
        CASE(never_divides_protected_words),
        CASE(prints_markup),
        CASE(loses_no_text),
        CASE(leaves_what_is_no_headline_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
