/* url_test.c - addresses: decoding, encoding, the one spelling of a path, which links are safe. */
#include "lib/http/url.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void decoding(void **state)
{
    static const struct {
        struct str in;
        const char *out; /* NULL: refused */
    } CASES[] = {
        {STR_INIT(""), ""},
        {STR_INIT("a+b"), "a+b"},
        {STR_INIT("%e8%99%9f%20x"), "號 x"},
        {STR_INIT("號"), "號"},
        {STR_INIT("%2F%2e"), "/."},
        {STR_INIT("%25"), "%"},
        {STR_INIT("%2525"), "%25"}, /* once, not until nothing is left */
        {STR_INIT("%"), NULL},
        {STR_INIT("a%4"), NULL},
        {STR_INIT("%4g"), NULL},
        {STR_INIT("%+1"), NULL},
        {STR_INIT("%00"), NULL},
        {STR_INIT("a\0b"), NULL},
        {STR_INIT("%0A"), NULL},
        {STR_INIT("%09"), NULL},
        {STR_INIT("%7F"), NULL},
        {STR_INIT("%C2%85"), NULL}, /* a C1 control */
        {STR_INIT("%FF"), NULL},
        {STR_INIT("%C0%AF"), NULL},    /* an overlong '/' */
        {STR_INIT("%ED%A0%80"), NULL}, /* a surrogate */
        {STR_INIT("%E8%99"), NULL},
    };
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct str out;
        bool ok = url_decode(arena, CASES[i].in, &out);
        assert_int_equal(ok, CASES[i].out != NULL);
        if (ok)
            assert_string_equal(str_cstr(arena, out), CASES[i].out);
    }
    arena_free(&arena);
}

static void forms(void **state)
{
    struct arena *arena = arena_new();
    struct str out;
    (void)state;

    assert_true(url_decode_form(arena, STR("%E5%8F%B0+%2B+1"), &out));
    assert_string_equal(str_cstr(arena, out), "台 + 1");
    assert_false(url_decode_form(arena, STR("%"), &out));
    arena_free(&arena);
}

static void encoding(void **state)
{
    struct arena *arena = arena_new();
    struct buf out = BUF(100);
    struct str back;
    (void)state;

    url_encode(&out, STR("A-z_0.9~ /?&=+%號\n"));
    buf_add_char(&out, '\0');
    assert_string_equal(out.p, "A-z_0.9~%20%2F%3F%26%3D%2B%25%E8%99%9F%0A");

    buf_clear(&out);
    url_encode(&out, STR("國際/焦點 + 1"));
    assert_true(url_decode(arena, buf_str(&out), &back));
    assert_true(str_equal(back, STR("國際/焦點 + 1")));
    buf_free(&out);
    arena_free(&arena);
}

static void queries(void **state)
{
    struct str query = STR("page=2&q=%E5%8F%B0&page=3&=x&flag&empty=&a=b=c");
    (void)state;

    assert_true(str_equal(url_query_find(query, STR("page")), STR("2")));
    assert_true(str_equal(url_query_find(query, STR("q")), STR("%E5%8F%B0")));
    assert_true(str_equal(url_query_find(query, STR("a")), STR("b=c")));
    assert_non_null(url_query_find(query, STR("flag")).p);
    assert_int_equal(url_query_find(query, STR("flag")).n, 0);
    assert_non_null(url_query_find(query, STR("empty")).p);
    assert_int_equal(url_query_find(query, STR("empty")).n, 0);
    assert_null(url_query_find(query, STR("pag")).p);
    assert_null(url_query_find(query, STR("")).p);
    assert_null(url_query_find(STR(""), STR("page")).p);
}

static void canonical_paths(void **state)
{
    static const struct str GOOD[] = {
        STR_INIT("/"),
        STR_INIT("/news/20250821/5"),
        STR_INIT("/keyword/%E5%8F%B0"),
        STR_INIT("/a~b-c_d.e/x,y;z=1:2@3!$&'()*+"),
        STR_INIT("/..."),
        STR_INIT("/a/.well-known"),
        STR_INIT("/a%2Fb"),
        STR_INIT("/100%25"),
    };
    static const struct str BAD[] = {
        STR_INIT(""),        STR_INIT("a"),      STR_INIT("//"),    STR_INIT("/a/"),
        STR_INIT("//a"),     STR_INIT("/a//b"),  STR_INIT("/."),    STR_INIT("/.."),
        STR_INIT("/a/../b"), STR_INIT("/a/./b"), STR_INIT("/%2E"),  STR_INIT("/%2e%2e/"),
        STR_INIT("/.%2E"),   STR_INIT("/%61"),   STR_INIT("/%7E"),  STR_INIT("/%e5"),
        STR_INIT("/%E5%8f"), STR_INIT("/%"),     STR_INIT("/%4"),   STR_INIT("/%zz"),
        STR_INIT("/a b"),    STR_INIT("/a?b"),   STR_INIT("/a#b"),  STR_INIT("/台"),
        STR_INIT("/a\\b"),   STR_INIT("/a\0b"),  STR_INIT("/\x7f"), STR_INIT("/a/..%2F../b/"),
        STR_INIT("/[1]"),    STR_INIT("/a|b"),
    };
    (void)state;

    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        assert_true(url_path_is_canonical(GOOD[i]));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(url_path_is_canonical(BAD[i]));
}

static void safe_links(void **state)
{
    static const struct str GOOD[] = {
        STR_INIT("/"),
        STR_INIT("/news/20250821/5?from=home#c1"),
        STR_INIT("https://example.com"),
        STR_INIT("HTTP://Example.com:8080/a?b=c@d#e"),
        STR_INIT("https://例子.tw/新聞/號外"),
        STR_INIT("https://[2001:db8::1]:443/"),
        STR_INIT("https://example.com?x"),
        STR_INIT("https://example.com/a@b:c"),
        STR_INIT("https://192.0.2.1/"),
    };
    static const struct str BAD[] = {
        STR_INIT(""),
        STR_INIT("example.com"),
        STR_INIT("javascript:alert(1)"),
        STR_INIT("JaVaScRiPt:alert(1)"),
        STR_INIT("data:text/html,x"),
        STR_INIT("mailto:a@example.com"),
        STR_INIT("ftp://example.com/"),
        STR_INIT("//example.com/"),
        STR_INIT("/\\example.com/"),
        STR_INIT("https:/example.com"),
        STR_INIT("https:example.com"),
        STR_INIT("https:///example.com"),
        STR_INIT("https://"),
        STR_INIT("https://?x"),
        STR_INIT("https://user@example.com/"),
        STR_INIT("https://user:pass@example.com/"),
        STR_INIT("https://example.com:/"),
        STR_INIT("https://example.com:x/"),
        STR_INIT("https://example.com:65536/"),
        STR_INIT("https://example.com:1:2/"),
        STR_INIT("https://exa mple.com/"),
        STR_INIT("https://example%2ecom/"),
        STR_INIT("https://[::1/"),
        STR_INIT("https://[x]/"),
        STR_INIT("https://example.com/a b"),
        STR_INIT("https://example.com/a\tb"),
        STR_INIT("\x01https://example.com/"),
        STR_INIT(" https://example.com/"),
        STR_INIT("https://example.com/\n"),
        STR_INIT("https://example.com/a\0b"),
        STR_INIT("https://example.com/\xe3\x80\x80"), /* ideographic space */
        STR_INIT("https://example.com/\xe2\x80\xae"), /* right-to-left override */
        STR_INIT("https://example.com\\@evil.example/"),
        STR_INIT("https://example.com/\xff"),
        STR_INIT("relative/path"),
        STR_INIT("#top"),
        STR_INIT("?q"),
    };
    (void)state;

    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        assert_true(url_is_safe_link(GOOD[i]));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(url_is_safe_link(BAD[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoding), cmocka_unit_test(forms),           cmocka_unit_test(encoding),
        cmocka_unit_test(queries),  cmocka_unit_test(canonical_paths), cmocka_unit_test(safe_links),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
