/* made_test.c - a page of parts: its two forms, its validators, when it is fresh. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/web/made.h"

#include <setjmp.h>
#include <stdarg.h>
#include <zlib.h>

#include <cmocka.h>

static const struct page_kind PAGE = {"p.html", 200, "text/html", PART_NO_ITEM};
static const struct part_kind PARTS[] = {{.template = "own.html"}, {.template = "shared.html", .shared = true}};
static struct layout layout = {.slot_count = 2, .slots = {0, 1}};
static struct theme theme = {.pages = &PAGE, .page_count = 1, .parts = PARTS, .part_count = 2, .layouts = &layout};
static const struct made_headers HEADERS = {STR_INIT("packed\r\n"), STR_INIT("plain\r\n"), STR_INIT("unchanged\r\n")};
static struct packer *packer;
static struct arena *arena;
static struct tag_table *changes;

static struct blob *blob_of(const char *text, uint64_t as_of, const char *tag)
{
    uint64_t hash = tag_hash(str_of(tag));
    struct tag_set tags = {.at = &hash, .n = *tag ? 1 : 0};

    return blob_new(packer, str_of(text), text[0] == '<' ? PACK_SMALL : PACK_FAST, as_of, &tags, NULL, 0);
}

static int open_all(void **state)
{
    (void)state;
    packer = packer_new();
    arena = arena_new();
    changes = tag_table_new();
    layout.glue[0] = blob_of("<html>", 0, "");
    layout.glue[1] = blob_of("", 0, "");
    layout.glue[2] = blob_of("</html>", 0, "");
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        blob_drop(&layout.glue[i]);
    tag_table_free(&changes);
    arena_free(&arena);
    packer_free(&packer);
    return 0;
}

static struct made *page_of(const char *first, const char *second)
{
    uint64_t tag = tag_hash(STR("decision"));
    struct origin decision = {.as_of = 1, .tag_count = 1, .tags = &tag};
    struct blob *slots[] = {blob_of(first, 1, "first"), blob_of(second, 1, "second")};

    return made_new(&theme, 0, &ABOUT(1), &decision, slots, (struct blob *[]){NULL, NULL}, 1);
}

static struct http_request request_with(const char *encoding, const char *match)
{
    struct http_header *headers = ARENA_ARRAY(arena, struct http_header, 2);
    size_t n = 0;

    if (encoding)
        headers[n++] = (struct http_header){STR("accept-encoding"), str_of(encoding)};
    if (match)
        headers[n++] = (struct http_header){STR("if-none-match"), str_of(match)};
    return (struct http_request){.method = HTTP_GET, .headers = headers, .header_count = n};
}

/* The body as a reader would see it, gzip opened when `packed`. */
static struct str body_of(const struct http_answer *answer, bool packed)
{
    struct buf body = BUF(1 << 20);

    for (size_t i = 0; i < answer->piece_count; i++)
        buf_add(&body, answer->pieces[i].iov_base, answer->pieces[i].iov_len);
    assert_int_equal(body.n, answer->length);
    struct str all = str_copy(arena, buf_str(&body));
    buf_free(&body);
    if (!packed)
        return all;
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)all.p, .avail_in = (unsigned)all.n};
    char *out = arena_bytes(arena, 10000);
    z.next_out = (unsigned char *)out;
    z.avail_out = 10000;
    CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    return (struct str){out, 10000 - z.avail_out};
}

/* "abc" of the line ETag: "abc". */
static const char *etag_in(const struct http_answer *answer)
{
    struct str line = answer->more_headers;

    assert_true(str_starts(line, STR("ETag: \"")) && str_ends(line, STR("\"\r\n")));
    return str_cstr(arena, str_trim(str_from(line, 6)));
}

static struct http_answer answer_to(struct made *made, const struct http_request *request)
{
    struct http_answer answer;

    made_answer(made_keep(made), 200, &HEADERS, request, &answer);
    return answer;
}

static void both_forms(void **state)
{
    struct made *made = page_of("<p>號</p>", "<p>外</p>");
    static const struct {
        const char *accepted;
        bool packed;
    } cases[] = {
        {"gzip", true},
        {"gzip, deflate, br", true},
        {"br;q=1.0, GZIP;q=0.5", true},
        {"*", true},
        {NULL, false},
        {"", false},
        {"br", false},
        {"gzip;q=0", false},
        {"gzip;q=0.000", false},
        {"gzip;q=0.001", true},
        {"*;q=0, gzip", true},
        {"gzip;q=0, *", false},
        {"identity", false},
        {"xgzip", false},
        {"gzip ;q=1", true},
        {"*;q=0", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http_request request = request_with(cases[i].accepted, NULL);
        struct http_answer answer = answer_to(made, &request);
        assert_int_equal(answer.status, 200);
        if (!str_equal(answer.headers, cases[i].packed ? STR("packed\r\n") : STR("plain\r\n")))
            fail_msg("%s", cases[i].accepted);
        assert_true(str_equal(body_of(&answer, cases[i].packed), STR("<html><p>號</p><p>外</p></html>")));
        answer.release(answer.owner);
    }
    assert_int_equal(made->plain_length, strlen("<html><p>號</p><p>外</p></html>"));
    made_drop(&made);
}

static void in_one_piece(void **state)
{
    struct made *made = page_of("<p>號</p>", "<p>外</p>");
    struct http_request gzip = request_with("gzip", NULL), none = request_with(NULL, NULL);
    struct http_answer before = answer_to(made, &gzip);
    size_t bytes = made->bytes;

    (void)state;
    made_join(made);
    assert_in_range(made->bytes, bytes + made->length, bytes + made->length + 64);
    struct http_answer packed = answer_to(made, &gzip), plain = answer_to(made, &none);
    assert_int_equal(packed.piece_count, 1);
    assert_true(str_equal(body_of(&packed, true), body_of(&before, true)));
    assert_true(str_equal(body_of(&plain, false), body_of(&before, true)));
    before.release(before.owner);
    packed.release(packed.owner);
    plain.release(plain.owner);
    made_drop(&made);
}

static void a_head_request_opens_nothing(void **state)
{
    struct made *made = page_of("<p>號</p>", "<p>外</p>");
    struct http_request request = request_with(NULL, NULL);

    (void)state;
    request.method = HTTP_HEAD;
    struct http_answer answer = answer_to(made, &request);
    assert_int_equal(answer.length, made->plain_length);
    assert_int_equal(answer.piece_count, 0);
    answer.release(answer.owner);
    made_drop(&made);
}

static int status_for(struct made *made, const char *encoding, const char *match)
{
    struct http_request request = request_with(encoding, match);
    struct http_answer answer = answer_to(made, &request);

    if (answer.status == 304) {
        assert_true(str_equal(answer.headers, STR("unchanged\r\n")));
        assert_int_equal(answer.piece_count, 0);
        assert_int_equal(answer.length, 0);
        assert_non_null(etag_in(&answer));
    }
    answer.release(answer.owner);
    return answer.status;
}

static void validators(void **state)
{
    struct made *made = page_of("a", "b"), *other = page_of("a", "c");
    struct http_request gzip = request_with("gzip", NULL), none = request_with(NULL, NULL);
    struct http_answer packed = answer_to(made, &gzip), plain = answer_to(made, &none),
                       others = answer_to(other, &gzip);
    const char *packed_tag = etag_in(&packed), *plain_tag = etag_in(&plain), *others_tag = etag_in(&others);
    const char *list = str_cstr(arena, str_printf(arena, "\"x\", W/%s, \"y\"", packed_tag));

    (void)state;
    assert_string_not_equal(packed_tag, plain_tag);
    assert_string_not_equal(packed_tag, others_tag);
    assert_int_equal(status_for(made, "gzip", packed_tag), 304);
    assert_int_equal(status_for(made, NULL, plain_tag), 304);
    assert_int_equal(status_for(made, "gzip", list), 304);
    assert_int_equal(status_for(made, "gzip", "*"), 304);
    assert_int_equal(status_for(made, "gzip", plain_tag), 200); /* its headers would not fit the other form */
    assert_int_equal(status_for(made, NULL, packed_tag), 200);
    assert_int_equal(status_for(made, "gzip", others_tag), 200);
    assert_int_equal(status_for(made, "gzip", ""), 200);
    assert_int_equal(status_for(made, "gzip", "\""), 200);
    packed.release(packed.owner);
    plain.release(plain.owner);
    others.release(others.owner);

    struct http_request known = request_with("gzip", "*");
    struct http_answer missing;
    made_answer(made_keep(made), 404, &HEADERS, &known, &missing);
    assert_int_equal(missing.status, 404); /* only what was found can be unchanged */
    missing.release(missing.owner);
    assert_int_equal(atomic_load(&made->references), 1);
    made_drop(&made);
    made_drop(&other);
}

static void fresh_until_something_it_was_made_from_changes(void **state)
{
    static const char *const tags[] = {"decision", "first", "second", "base", "*"};
    uint64_t tag = tag_hash(STR("decision"));

    (void)state;
    tag_table_free(&changes);
    changes = tag_table_new();
    for (size_t i = 0; i < 5; i++) {
        uint64_t now = tag_table_sequence(changes) + 1;
        assert_true(tag_table_apply(changes, now, STR("start")));
        struct origin decision = {.as_of = now, .tag_count = 1, .tags = &tag};
        struct blob *slots[] = {blob_of("a", now, "first"), blob_of("b", now, "second")};
        struct blob *bases[] = {NULL, blob_of("c", now, "base")};
        struct made *made = made_new(&theme, 0, &ABOUT(1), &decision, slots, bases, now);
        assert_true(made_check(made, changes));
        assert_true(tag_table_apply(changes, now + 1, STR("other thing")));
        assert_true(made_check(made, changes));
        assert_int_equal(made->checked, now + 1);
        assert_true(tag_table_apply(changes, now + 2, str_of(tags[i])));
        assert_false(made_check(made, changes));
        assert_false(made_check(made, changes));
        made_drop(&made);
    }
}

static void an_empty_page(void **state)
{
    struct layout none = {.slot_count = 0, .glue = {layout.glue[1]}};
    struct theme small = theme;
    struct origin decision = {.as_of = 1};
    struct http_request gzip = request_with("gzip", NULL);

    (void)state;
    small.layouts = &none;
    struct made *made = made_new(&small, 0, &ABOUT(1), &decision, NULL, NULL, 1);
    struct http_answer answer = answer_to(made, &gzip);
    assert_int_equal(body_of(&answer, true).n, 0);
    answer.release(answer.owner);
    made_drop(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms),
        cmocka_unit_test(in_one_piece),
        cmocka_unit_test(a_head_request_opens_nothing),
        cmocka_unit_test(validators),
        cmocka_unit_test(fresh_until_something_it_was_made_from_changes),
        cmocka_unit_test(an_empty_page),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
