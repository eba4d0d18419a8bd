/* bind_test.c - addresses, sockets that share one, who is there already. */
#include "lib/http/bind.h"

#include "lib/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static void shared(void **state)
{
    struct arena *arena = arena_new();
    int fds[3], others[1];
    char error[256] = "";

    (void)state;
    assert_true(bind_all(STR("127.0.0.1:0"), 3, fds, error, sizeof error));
    struct str address = bind_address(arena, fds[0]);
    assert_true(str_starts(address, STR("127.0.0.1:")) && !str_ends(address, STR(":0")));
    assert_true(str_equal(address, bind_address(arena, fds[2])));
    /* a second server of the same user would get a share of the readers */
    assert_false(bind_all(address, 1, others, error, sizeof error));
    assert_non_null(strstr(error, "another program listens there"));
    for (int i = 0; i < 3; i++)
        close(fds[i]);
    assert_true(bind_all(address, 1, others, error, sizeof error));
    close(others[0]);
    arena_free(&arena);
}

static bool binds(const char *address, char *error, size_t size)
{
    int fd;
    bool done = bind_all(str_of(address), 1, &fd, error, size);

    if (done)
        close(fd);
    return done;
}

static void addresses(void **state)
{
    static const char *const BAD[] = {
        "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:http", "no such host:80"};
    char error[256];

    (void)state;
    assert_true(binds("*:0", error, sizeof error));
    assert_true(binds("localhost:0", error, sizeof error));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        error[0] = '\0';
        assert_false(binds(BAD[i], error, sizeof error));
        assert_true(strlen(error) > 10);
    }
    assert_false(binds("192.0.2.1:0", error, sizeof error));
    assert_non_null(strstr(error, "does not have that address"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shared), cmocka_unit_test(addresses)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
