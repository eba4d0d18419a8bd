/* site_test.c - the readers' side over a real wire: what is answered, what is kept, and what is made anew. */
#include "tests/unit_small.h"

#include "lib/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static struct small_site *small;

static void open_with(const struct small_options *options)
{
    small = small_open(options);
    small_set_line(small, "first line");
    small_set_item(small, 1, 1, "One");
    small_set_item(small, 2, 1, "Two");
    small_set_item(small, 3, 2, "Three");
}

static int open_default(void **state)
{
    (void)state;
    open_with(&(struct small_options){.workers = 2});
    return 0;
}

static int close_small(void **state)
{
    (void)state;
    small_close(&small);
    return 0;
}

static struct site_counts counts(void)
{
    struct site_counts out;

    site_counts(small->site, &out);
    return out;
}

static struct small_reply get(const char *target)
{
    return small_get(small, target, "");
}

static int status_of(const char *target)
{
    return get(target).status;
}

static struct str header_of(const char *target, const char *name)
{
    struct small_reply reply = get(target);

    return small_header(&reply, name);
}

static void assert_text(struct str text, const char *expected)
{
    if (!text.p || !str_equal(text, str_of(expected)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(text), expected);
}

/* --- pages ------------------------------------------------------------------------------ */

static void a_page_is_made_once_and_kept(void **state)
{
    struct small_reply reply = get("/item/1");

    (void)state;
    assert_int_equal(reply.status, 200);
    assert_true(small_shows(&reply, "<title>One</title>"));
    assert_true(small_shows(&reply, "line: first line"));
    for (int i = 0; i < 3; i++)
        assert_true(str_equal(get("/item/1").body, reply.body));
    assert_int_equal(counts().pages_made, 1);
    assert_int_equal(counts().from_cache, 3);
    assert_int_equal(counts().answered, 4);
    assert_int_equal(counts().pages_kept, 1);
}

static void the_header(void **state)
{
    struct small_reply plain = get("/item/1"), packed = small_get(small, "/item/1", "Accept-Encoding: gzip\r\n");

    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct small_reply *reply = i ? &packed : &plain;
        assert_text(small_header(reply, "Content-Type"), "text/html; charset=utf-8");
        assert_text(small_header(reply, "Cache-Control"), "public, no-cache");
        assert_text(small_header(reply, "Vary"), "Accept-Encoding");
        assert_text(small_header(reply, "X-Frame-Options"), "DENY");
        assert_true(small_header(reply, "ETag").n > 10);
    }
    assert_text(small_header(&packed, "Content-Encoding"), "gzip");
    assert_null(small_header(&plain, "Content-Encoding").p);
    assert_true(str_equal(small_unzip(small->arena, packed.body), plain.body));
    assert_text(header_of("/feed.xml", "Content-Type"), "application/xml");
}

static void unchanged(void **state)
{
    int connection = small_connect(small);
    struct small_reply first = small_ask(connection, small->arena, "GET", "/item/1", "Accept-Encoding: gzip\r\n");
    struct str tag = small_header(&first, "ETag");
    const char *known = str_cstr(
        small->arena, str_printf(small->arena, "Accept-Encoding: gzip\r\nIf-None-Match: %.*s\r\n", STR_ARG(tag)));
    struct small_reply again = small_ask(connection, small->arena, "GET", "/item/1", known);

    (void)state;
    assert_int_equal(again.status, 304);
    assert_true(str_equal(small_header(&again, "ETag"), tag));
    assert_text(small_header(&again, "Cache-Control"), "public, no-cache");
    assert_null(small_header(&again, "Content-Encoding").p);
    small_set_line(small, "second line");
    again = small_ask(connection, small->arena, "GET", "/item/1", known);
    assert_int_equal(again.status, 200);
    assert_false(str_equal(small_header(&again, "ETag"), tag));
    small_set_line(small, "first line");
    again = small_ask(connection, small->arena, "GET", "/item/1", known);
    assert_int_equal(again.status, 304); /* it says again what the reader has */
    close(connection);
}

static void head_requests(void **state)
{
    int connection = small_connect(small);
    struct small_reply full = small_ask(connection, small->arena, "GET", "/item/2", "");

    (void)state;
    for (int i = 0; i < 2; i++) { /* kept, and made for the first time */
        const char *target = i ? "/item/3" : "/item/2";
        struct small_reply head = small_ask(connection, small->arena, "HEAD", target, "");
        assert_int_equal(head.status, 200);
        assert_int_equal(head.body.n, 0);
        assert_true(small_header(&head, "ETag").n > 10);
    }
    struct small_reply head = small_ask(connection, small->arena, "HEAD", "/item/2", "");
    assert_true(str_equal(small_header(&head, "Content-Length"), small_header(&full, "Content-Length")));
    assert_int_equal(atomic_load(&small->viewed), 1); /* the GET */
    close(connection);
}

static void views_are_told(void **state)
{
    (void)state;
    get("/item/2"); /* made */
    get("/item/2"); /* kept */
    get("/");
    get("/list");
    get("/item/99");
    for (int i = 0; i < 100 && atomic_load(&small->viewed) < 2; i++)
        usleep(1000); /* an answer is told when it has been sent */
    assert_int_equal(atomic_load(&small->viewed), 2);
    assert_int_equal(atomic_load(&small->last_viewed), 2);
}

/* --- addresses ----------------------------------------------------------------------------- */

static void only_declared_keys_make_a_difference(void **state)
{
    struct str page_2 = get("/list?page=2").body;

    (void)state;
    assert_true(str_find(page_2, STR("<p>number 2</p>"), 0) > 0);
    assert_true(str_equal(get("/list?utm_source=x&page=2&fbclid=3").body, page_2));
    assert_true(str_equal(get("/list?page=2&page=3").body, page_2));
    assert_int_equal(counts().pages_made, 1);
    assert_true(str_find(get("/list").body, STR("<p>number 1</p>"), 0) > 0);
    assert_true(str_find(get("/list?PAGE=2").body, STR("<p>number 1</p>"), 0) > 0);
    assert_int_equal(counts().pages_made, 2);
    assert_true(str_find(get("/list?tag=%E5%8F%B0&page=1").body, STR("<p>number 30001</p>"), 0) > 0);
    assert_int_equal(status_of("/item/1?anything=else"), 200);
    assert_int_equal(counts().pages_kept, 4);
}

static void bad_values(void **state)
{
    static const char *const bad[] = {"/list?page=0",           "/list?page=",          "/list?page=x",
                                      "/list?page=-1",          "/list?page=1x",        "/list?page=%31",
                                      "/list?page=99999999999", "/list?page=1000000001"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (status_of(bad[i]) != 400)
            fail_msg("%s", bad[i]);
    assert_int_equal(status_of("/list?page=1000000000"), 404);
    assert_int_equal(counts().pages_kept, 1); /* the one that says 404 */
}

static void other_spellings(void **state)
{
    static const char *const cases[][2] = {
        {"/list/", "/list"},      {"//list", "/list"},        {"/list//?page=2", "/list?page=2"},
        {"/item/1/", "/item/1"},  {"/%69tem/1", "/item/1"},   {"/word/%e5%8f%b0", "/word/%E5%8F%B0"},
        {"/word/%41", "/word/A"}, {"//item//1//", "/item/1"},
    };
    static const char *const nowhere[] = {"/nothing/", "/./list",   "/x/../list", "/item/1/x",  "/item/01", "/item/x",
                                          "/LIST",     "/word/%ff", "/word/%",    "/list.html", "/word/a/b"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_reply reply = get(cases[i][0]);
        if (reply.status != 301)
            fail_msg("%s: %d", cases[i][0], reply.status);
        assert_text(small_header(&reply, "Location"), cases[i][1]);
        assert_text(small_header(&reply, "Cache-Control"), "public, no-cache");
    }
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++)
        if (status_of(nowhere[i]) != 404 && status_of(nowhere[i]) != 400)
            fail_msg("%s", nowhere[i]);
    assert_text(get("/word/%E5%8F%B0").body, "台");
}

static void not_found_and_gone(void **state)
{
    struct small_reply missing = get("/item/99");

    (void)state;
    assert_int_equal(missing.status, 404);
    assert_true(small_shows(&missing, "<p>not found</p>") && small_shows(&missing, "first line"));
    assert_true(str_equal(get("/nowhere").body, missing.body));
    assert_int_equal(counts().pages_made, 1); /* one page says it for all */
    small_set_line(small, "second line");
    missing = get("/nowhere");
    assert_int_equal(missing.status, 404);
    assert_true(small_shows(&missing, "second line"));

    small_set_item(small, 99, 1, "Ninety-nine");
    assert_int_equal(status_of("/item/99"), 200);
    small_remove_item(small, 99);
    struct small_reply gone = get("/item/99");
    assert_int_equal(gone.status, 410);
    assert_true(small_shows(&gone, "<p>gone</p>"));
    small_set_item(small, 99, 1, "Back again");
    gone = get("/item/99");
    assert_int_equal(gone.status, 200);
    assert_true(small_shows(&gone, "Back again"));
}

static void old_addresses(void **state)
{
    (void)state;
    assert_int_equal(status_of("/old/story.php?id=5&x=1"), 404);
    small_set_redirect(small, "/old/story.php?id=5&x=1", "/item/1");
    small_set_redirect(small, "/item/77", "/item/2");
    small_set_redirect(small, "/2019/slug/", "https://example.org/x?y=1#z");
    small_set_redirect(small, "/list/", "/item/3"); /* wins over the other spelling */
    small_set_redirect(small, "/word", "/word/號外");
    assert_text(header_of("/old/story.php?id=5&x=1", "Location"), "/item/1");
    assert_text(header_of("/item/77", "Location"), "/item/2");
    assert_text(header_of("/2019/slug/", "Location"), "https://example.org/x?y=1#z");
    assert_text(header_of("/list/", "Location"), "/item/3");
    assert_text(header_of("/word", "Location"), "/word/%E8%99%9F%E5%A4%96");
    small_set_redirect(small, "/item/77", "/item/3");
    assert_text(header_of("/item/77", "Location"), "/item/3");
    small_set_item(small, 77, 1, "There now");
    assert_int_equal(status_of("/item/77"), 200);

    static const char *const unsafe[] = {"javascript:alert(1)", "//evil.example/", "/x\r\nSet-Cookie: a=b", "", "x"};
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        small_set_redirect(small, "/unsafe", unsafe[i]);
        assert_int_equal(status_of("/unsafe"), 404);
    }
}

static void texts_are_not_kept(void **state)
{
    struct small_reply reply = get("/text");

    (void)state;
    assert_text(reply.body, "first line");
    assert_text(small_header(&reply, "Content-Type"), "text/plain; charset=utf-8");
    assert_text(small_header(&reply, "Cache-Control"), "no-store");
    assert_text(small_header(&reply, "X-Frame-Options"), "DENY");
    assert_int_equal(counts().pages_kept, 0);
}

static void other_methods(void **state)
{
    static const char *const methods[] = {"PUT", "DELETE", "OPTIONS", "PATCH"};

    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        int connection = small_connect(small);
        struct small_reply reply = small_ask(connection, small->arena, methods[i], "/item/1", "");
        assert_int_equal(reply.status, 405);
        assert_text(small_header(&reply, "Allow"), "GET, HEAD");
        close(connection);
    }
    int connection = small_connect(small);
    assert_int_equal(small_ask(connection, small->arena, "DELETE", "/me", "").status, 204); /* the hook looks first */
    close(connection);
}

static void long_addresses(void **state)
{
    char target[6000] = "/list?tag=";

    (void)state;
    memset(target + 10, 'x', 3000);
    assert_int_equal(status_of(target), 200);
    memset(target + 10, 'x', 5000);
    assert_int_equal(status_of(target), 414);
    memcpy(target, "/list?foo=", 10);
    assert_int_equal(status_of(target), 200);
    target[0] = '/';
    memset(target + 1, 'x', 5000);
    assert_int_equal(status_of(target), 414);
}

static void hosts(void **state)
{
    static const struct {
        const char *host;
        int status;
    } cases[] = {
        {"paper.example", 200}, {"PAPER.example:8080", 200}, {"www.paper.example", 200},  {"[::1]:80", 200},
        {"[::1]", 200},         {"evil.example", 421},       {"paper.example.evil", 421}, {"xpaper.example", 421},
        {"127.0.0.1", 421},
    };

    (void)state;
    open_with(&(struct small_options){.hosts = STR("paper.example  www.paper.example [::1]")});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char header[80];
        snprintf(header, sizeof header, "Host: %s\r\n", cases[i].host);
        if (small_get(small, "/", header).status != cases[i].status)
            fail_msg("%s", cases[i].host);
    }
    small_close(&small);
}

/* --- parts ------------------------------------------------------------------------------------ */

static void a_page_never_lists_itself(void **state)
{
    struct small_reply one = get("/item/1"), two = get("/item/2"), list = get("/list");

    (void)state;
    assert_true(small_shows(&one, "<ul><li>Two</li></ul>"));
    assert_true(small_shows(&two, "<ul><li>One</li></ul>"));
    assert_true(small_shows(&list, "<ul><li>Two</li><li>One</li></ul>"));
    uint64_t rendered = counts().parts_rendered;
    get("/item/1");
    get("/list?page=2");
    assert_int_equal(counts().parts_rendered, rendered + 1); /* the number */

    for (int i = 10; i < 15; i++)
        small_set_item(small, i, 1, "Newer");
    one = get("/item/1"); /* pushed out of the list of five: no variant is needed any more */
    assert_true(small_shows(&one, "<ul><li>Newer</li><li>Newer</li><li>Newer</li><li>Newer</li><li>Newer</li></ul>"));
    rendered = counts().parts_rendered;
    get("/item/2");
    assert_int_equal(counts().parts_rendered, rendered); /* own parts kept, the list shared */
    small_remove_item(small, 14);
    two = get("/item/2"); /* back in the list */
    assert_true(small_shows(&two, "<ul><li>Newer</li><li>Newer</li><li>Newer</li><li>Newer</li><li>One</li></ul>"));
}

static void parts_read_together_what_they_share(void **state)
{
    int before = atomic_load(&small_items_read);

    (void)state;
    get("/item/1");
    assert_int_equal(atomic_load(&small_items_read), before + 1); /* head, body and echo */
    get("/echo/1");
    assert_int_equal(atomic_load(&small_items_read), before + 1); /* kept */
    small_set_item(small, 1, 1, "One, changed");
    struct small_reply reply = get("/echo/1");
    assert_true(small_shows(&reply, "<b>One, changed</b>")); /* what another part had read counts for this one */
    reply = get("/item/1");
    assert_true(small_shows(&reply, "<title>One, changed</title>") && small_shows(&reply, "<h1>One, changed</h1>"));
    assert_int_equal(atomic_load(&small_items_read), before + 3);
}

static void one_line_on_many_pages_is_rendered_once(void **state)
{
    enum { MANY = 300 };
    char target[20];

    (void)state;
    for (int i = 0; i < MANY; i++) {
        small_set_item(small, 100 + i, i % 2 + 1, "Many");
        snprintf(target, sizeof target, "/item/%d", 100 + i);
        assert_int_equal(status_of(target), 200);
    }
    int rendered = atomic_load(&small->lines_rendered), pages = atomic_load(&small->item_pages);
    uint64_t made = counts().pages_made;
    small_set_line(small, "news");
    for (int i = 0; i < MANY; i++) {
        snprintf(target, sizeof target, "/item/%d", 100 + i);
        struct small_reply reply = get(target);
        assert_true(small_shows(&reply, "line: news"));
    }
    assert_int_equal(atomic_load(&small->lines_rendered), rendered + 1);
    assert_in_range(counts().pages_made, made + 1, made + MANY); /* most pages were last seen with older lists */
    pages = atomic_load(&small->item_pages);
    small_set_line(small, "more news");
    for (int i = 0; i < MANY; i++) {
        snprintf(target, sizeof target, "/item/%d", 100 + i);
        struct small_reply reply = get(target);
        assert_true(small_shows(&reply, "line: more news"));
    }
    assert_int_equal(atomic_load(&small->item_pages), pages + 1); /* all others were linked on the loop thread */
    assert_in_range(counts().relinked, MANY - 1, 2 * MANY);
}

static void everything_can_be_touched(void **state)
{
    (void)state;
    get("/item/1");
    uint64_t rendered = counts().parts_rendered;
    small_touch(small, "*");
    get("/item/1");
    assert_int_equal(counts().parts_rendered, 2 * rendered);
}

static void nothing_shared_nothing_kept(void **state)
{
    (void)state;
    small = small_open(&(struct small_options){.page_cache = SMALL_NONE, .shared_parts = SMALL_NONE});
    small_set_line(small, "a line");
    for (int i = 0; i < 3; i++) {
        struct small_reply reply = get("/");
        assert_int_equal(reply.status, 200);
        assert_true(small_shows(&reply, "line: a line"));
    }
    assert_int_equal(counts().pages_made, 3);
    assert_int_equal(counts().parts_rendered, 3);
    assert_int_equal(counts().pages_kept, 0);
    small_close(&small);
}

/* --- many at once, and failure -------------------------------------------------------------------- */

/* Asks, and does not wait. */
static int start(const char *target)
{
    int connection = small_connect(small);

    small_send(connection, "GET", target, "");
    return connection;
}

static struct small_reply finish(int connection)
{
    struct small_reply reply = small_receive(connection, small->arena, "GET");

    close(connection);
    return reply;
}

static void a_thousand_requests_make_one_page(void **state)
{
    enum { MANY = 200 };
    int connections[MANY];

    (void)state;
    atomic_store(&small->view_delay_us, 300000);
    for (int i = 0; i < MANY; i++)
        connections[i] = start("/item/1");
    for (int i = 0; i < MANY; i++)
        assert_int_equal(finish(connections[i]).status, 200);
    assert_int_equal(counts().pages_made, 1);
    assert_int_equal(atomic_load(&small->item_pages), 1);
}

static void waiting_is_bounded(void **state)
{
    enum { MANY = 30 };
    int connections[MANY], busy = 0;

    (void)state;
    open_with(&(struct small_options){.waiting = 10, .workers = 1});
    atomic_store(&small->view_delay_us, 300000);
    for (int i = 0; i < MANY; i++)
        connections[i] = start("/");
    for (int i = 0; i < MANY; i++) {
        int status = finish(connections[i]).status;
        assert_true(status == 200 || status == 503);
        busy += status == 503;
    }
    assert_int_equal(busy, MANY - 10);
    assert_int_equal(counts().turned_away, MANY - 10);
    assert_int_equal(counts().waiting, 0);
    small_close(&small);
}

static void a_page_too_long_fails(void **state)
{
    struct small_reply reply = get("/broken");

    (void)state;
    assert_int_equal(reply.status, 500);
    assert_true(small_shows(&reply, "<p>failed</p>"));
    assert_true(small_shows(&reply, "/assets/small."));
    assert_false(small_shows(&reply, "/assets/small.css"));
    assert_text(small_header(&reply, "Cache-Control"), "no-store");
    assert_int_equal(atomic_load(&small->failed), 1);
    assert_int_equal(counts().failed, 1);
}

static void a_failing_database_is_told(void **state)
{
    (void)state;
    get("/item/1");
    small_break_table(small, "line");
    assert_int_equal(status_of("/item/1"), 200); /* kept, and fresh as far as anybody knows */
    struct small_reply reply = get("/item/2");
    assert_int_equal(reply.status, 200); /* the line is shared */
    small_touch(small, "line");
    reply = get("/item/2");
    assert_int_equal(reply.status, 503);
    assert_true(small_shows(&reply, "<p>busy</p>"));
    assert_text(small_header(&reply, "Retry-After"), "1");
    assert_text(small_header(&reply, "Cache-Control"), "no-store");
    assert_int_equal(atomic_load(&small->failed), 1);
    assert_int_equal(status_of("/text"), 503);
    small_mend_table(small, "line");
    assert_int_equal(status_of("/item/2"), 200);
}

static void stopping_while_pages_are_made(void **state)
{
    enum { MANY = 20 };
    int connections[MANY];

    (void)state;
    open_with(&(struct small_options){.workers = 1});
    atomic_store(&small->view_delay_us, 300000);
    for (int i = 0; i < MANY; i++)
        connections[i] = start(i % 2 ? "/item/1" : "/item/2");
    usleep(20000);
    small_close(&small); /* the server gives up before the worker has its answers */
    for (int i = 0; i < MANY; i++)
        close(connections[i]);
}

/* --- exactness, step by step (site_exact_test.c tries it by chance) ----------------------------------- */

enum { LONG_US = 300000, MOMENT_US = 100000 };

/* A worker has begun, and will take a while to render the line. */
static int start_slow(const char *target)
{
    atomic_store(&small->view_delay_us, LONG_US);
    int connection = start(target);

    usleep(MOMENT_US);
    atomic_store(&small->view_delay_us, 0);
    return connection;
}

static void who_asks_after_a_change_gets_it(void **state)
{
    int early = start_slow("/"), late;

    (void)state;
    small_set_line(small, "second line");
    late = start("/"); /* joins the flight under way */
    struct small_reply reply = finish(late);
    assert_true(small_shows(&reply, "second line"));
    reply = finish(early);
    assert_int_equal(reply.status, 200);
    assert_int_equal(counts().pages_made, 2);
}

static void who_asks_after_another_change_need_not_wait(void **state)
{
    int early = start_slow("/"), late;

    (void)state;
    small_set_item(small, 1, 1, "One, changed"); /* nothing that page shows */
    late = start("/");
    assert_int_equal(finish(late).status, 200);
    assert_int_equal(finish(early).status, 200);
    assert_int_equal(counts().pages_made, 1);
}

static void without_a_lease_a_flight_under_way_proves_nothing(void **state)
{
    struct str tags;

    (void)state;
    site_lease(small->site, 0);
    int early = start_slow("/"), late;
    small_set_line_untold(small, "second line", &tags);
    late = start("/");
    struct small_reply reply = finish(late);
    assert_true(small_shows(&reply, "second line"));
    finish(early);
}

static void a_part_from_a_newer_snapshot_is_not_mixed_in(void **state)
{
    int early = start_slow("/item/1");

    (void)state;
    small_set_item(small, 1, 1, "One, changed");
    struct small_reply reply = get("/echo/1"); /* the shared part as it is now */
    assert_true(small_shows(&reply, "One, changed"));
    reply = finish(early);
    assert_true(small_shows(&reply, "<h1>One</h1>"));
    assert_true(small_shows(&reply, "<b>One</b>"));
    reply = get("/item/1");
    assert_true(small_shows(&reply, "<h1>One, changed</h1>") && small_shows(&reply, "<b>One, changed</b>"));
}

static void a_part_from_a_newer_snapshot_that_did_not_change_will_do(void **state)
{
    int early = start_slow("/item/1");

    (void)state;
    small_set_item(small, 3, 2, "Three, changed");
    get("/echo/1");
    uint64_t rendered = counts().parts_rendered;
    finish(early);
    assert_int_equal(counts().parts_rendered, rendered + 4); /* line, body, list, and the list without this one */
}

/* --- leases, and the page without a cache -------------------------------------------------------------- */

static void without_a_lease_the_database_is_asked(void **state)
{
    struct str tags;

    (void)state;
    get("/item/1");
    small_set_line_untold(small, "untold", &tags);
    struct small_reply reply = get("/item/1");
    assert_true(small_shows(&reply, "first line")); /* with a lease, what was not told is not known */
    site_lease(small->site, clock_steady_ms() - 1);
    reply = get("/item/1");
    assert_true(small_shows(&reply, "untold"));
    uint64_t made = counts().pages_made, kept = counts().from_cache;
    get("/item/1");
    assert_int_equal(counts().pages_made, made); /* the kept page is checked, not made again */
    assert_int_equal(counts().from_cache, kept);
    site_lease(small->site, clock_steady_ms() + 60000);
    get("/item/1");
    assert_int_equal(counts().from_cache, kept + 1);
    site_lease(small->site, 0);
    small_set_line_untold(small, "again", &tags);
    reply = get("/item/1");
    assert_true(small_shows(&reply, "again"));
}

static void afresh(const char *target, int status)
{
    struct buf body = BUF(1 << 20), location = BUF(1000);
    struct small_reply reply = get(target);

    assert_int_equal(reply.status, status);
    assert_int_equal(site_render_afresh(small->site, str_of(target), &body, &location), status);
    if (status == 301)
        assert_true(str_equal(buf_str(&location), small_header(&reply, "Location")));
    else if (status != 400)
        assert_text(reply.body, str_cstr(small->arena, buf_str(&body)));
    buf_free(&body);
    buf_free(&location);
}

static void every_answer_equals_one_made_afresh(void **state)
{
    (void)state;
    small_set_redirect(small, "/old", "/item/1");
    small_remove_item(small, 3);
    for (int i = 0; i < 3; i++) {
        afresh("/", 200);
        afresh("/item/1", 200);
        afresh("/item/2", 200);
        afresh("/item/3", 410);
        afresh("/item/4", 404);
        afresh("/old", 301);
        afresh("/list/", 301);
        afresh("/list?x=1&page=7", 200);
        afresh("/list?page=x", 400);
        afresh("/text", 200);
        afresh("/feed.xml", 200);
        small_set_line(small, i ? "third" : "second");
        small_set_item(small, 2, 1 + i, "Two, moved");
    }
    assert_int_equal(counts().pages_kept, 7);
    assert_true(counts().shared_bytes > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_default, close_small)
    const struct CMUnitTest tests[] = {
        TEST(a_page_is_made_once_and_kept),
        TEST(the_header),
        TEST(unchanged),
        TEST(head_requests),
        TEST(views_are_told),
        TEST(only_declared_keys_make_a_difference),
        TEST(bad_values),
        TEST(other_spellings),
        TEST(not_found_and_gone),
        TEST(old_addresses),
        TEST(texts_are_not_kept),
        TEST(other_methods),
        TEST(long_addresses),
        cmocka_unit_test(hosts),
        TEST(a_page_never_lists_itself),
        TEST(parts_read_together_what_they_share),
        TEST(one_line_on_many_pages_is_rendered_once),
        TEST(everything_can_be_touched),
        cmocka_unit_test(nothing_shared_nothing_kept),
        TEST(a_thousand_requests_make_one_page),
        cmocka_unit_test(waiting_is_bounded),
        cmocka_unit_test(stopping_while_pages_are_made),
        TEST(a_page_too_long_fails),
        TEST(a_failing_database_is_told),
        TEST(who_asks_after_a_change_gets_it),
        TEST(who_asks_after_another_change_need_not_wait),
        TEST(without_a_lease_a_flight_under_way_proves_nothing),
        TEST(a_part_from_a_newer_snapshot_is_not_mixed_in),
        TEST(a_part_from_a_newer_snapshot_that_did_not_change_will_do),
        TEST(without_a_lease_the_database_is_asked),
        TEST(every_answer_equals_one_made_afresh),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
