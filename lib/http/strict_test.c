/* strict_test.c - the ambiguous requests of tests/data/strict.txt never reach the handler. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "tests/unit_wire.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#define CASES_FILE "tests/data/strict.txt"
#define CANARY STR("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")

/* --- reading the table ------------------------------------------------------------------- */

static int hex_of(struct str s)
{
    char digits[3] = {s.p[0], s.p[1]};

    return (int)strtol(digits, NULL, 16);
}

static void unescape(struct buf *out, struct str s);

/* "\{COUNT:TEXT}": adds the text COUNT times; returns how long it was written. */
static size_t repeat(struct buf *out, struct str s)
{
    struct str text = str_head(s, (size_t)str_find_char(s, '}', 0));
    size_t length = text.n + 1;
    int64_t count = 0;

    CHECK(str_to_int(str_from(str_cut(&text, ':'), 2), &count));
    for (int64_t i = 0; i < count; i++)
        unescape(out, text);
    return length;
}

static size_t escape(struct buf *out, struct str s)
{
    switch (s.p[1]) {
    case 'r': buf_add_char(out, '\r'); return 2;
    case 'n': buf_add_char(out, '\n'); return 2;
    case 't': buf_add_char(out, '\t'); return 2;
    case '0': buf_add_char(out, '\0'); return 2;
    case 'x': buf_add_char(out, (char)hex_of(str_from(s, 2))); return 4;
    case '{': return repeat(out, s);
    default: buf_add_char(out, s.p[1]); return 2;
    }
}

static void unescape(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '\\') {
            i += escape(out, str_from(s, i));
        } else {
            buf_add_char(out, s.p[i++]);
        }
    }
}

/* --- asking --------------------------------------------------------------------------------- */

static struct wire *wire;

static bool is_named(struct str statuses, int status)
{
    for (struct str rest = statuses; rest.p;) {
        int64_t named = 0;
        if (str_to_int(str_cut(&rest, ' '), &named) && named == status)
            return true;
    }
    return false;
}

static const char *verdict(struct client *client, struct str statuses, int requests)
{
    bool is_plain = str_equal(statuses, STR("ok"));
    struct reply reply = client_read(client, false);

    if (is_plain && (reply.status != 404 || client_read(client, false).status != 404))
        return "a plain request was refused";
    if (is_plain)
        return NULL;
    if (!is_named(statuses, reply.status))
        return "another status was answered";
    if (!client_is_closed(client))
        return "the connection was left open";
    return wire->requests == requests ? NULL : "the handler saw a request";
}

static int check_case(struct str name, struct str statuses, const struct buf *bytes)
{
    struct client client = wire_connect(wire);
    int requests = wire->requests;

    client_send(&client, bytes->p, bytes->n);
    const char *wrong = verdict(&client, statuses, requests);
    client_close(&client);
    if (wrong)
        print_error("%.*s: %s\n", STR_ARG(name), wrong);
    return wrong != NULL;
}

static struct str read_table(struct buf *text)
{
    int fd = open(CASES_FILE, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || !buf_read_fd(text, fd))
        die("%s cannot be read (tests run from the repository's root)", CASES_FILE);
    close(fd);
    return buf_str(text);
}

static void ambiguous_requests_are_refused(void **state)
{
    struct buf text = BUF(1 << 20), bytes = BUF(1 << 20);
    struct str name = {NULL, 0}, statuses = {NULL, 0};
    int cases = 0, failed = 0;
    (void)state;

    for (struct str rest = read_table(&text); rest.p;) {
        struct str line = str_cut(&rest, '\n');
        if (str_starts(line, STR("    "))) {
            unescape(&bytes, str_trim(line));
            continue;
        }
        if (bytes.n) {
            buf_add_str(&bytes, CANARY);
            failed += check_case(name, statuses, &bytes);
            cases++;
            buf_clear(&bytes);
        }
        statuses = str_from(line, (size_t)(str_find(line, STR(": "), 0) + 2));
        name = str_head(line, line.n - statuses.n);
    }
    buf_free(&text);
    buf_free(&bytes);
    assert_true(cases > 160);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ambiguous_requests_are_refused)};

    wire = wire_open(&(struct wire_options){0});
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    wire_close(&wire);
    return failed;
}
