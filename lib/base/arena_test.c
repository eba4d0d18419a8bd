/* arena_test.c - memory is zeroed, aligned, apart, and comes back; lists grow in it; bugs end the process. */
#include "lib/base/arena.h"

#include "lib/base/check.h"
#include "lib/base/list.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void zeroed_and_aligned(void **state)
{
    struct arena *arena = arena_new();
    (void)state;

    for (size_t n = 0; n < 300; n++) {
        arena_bytes(arena, 1); /* puts the next one out of line */
        char *p = arena_zeroed(arena, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, n);
    }
    arena_free(&arena);
    assert_null(arena);
    arena_free(&arena);
}

/* Each block of memory is filled with its own number; none may have been written over by another. */
static void apart(void **state)
{
    enum { PIECES = 2000 };
    struct arena *arena = arena_new();
    unsigned char **at = ARENA_ARRAY(arena, unsigned char *, PIECES);
    (void)state;

    for (size_t i = 0; i < PIECES; i++) {
        at[i] = (unsigned char *)arena_bytes(arena, i % 777);
        memset(at[i], (int)(i % 251), i % 777);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < i % 777; j++)
            assert_int_equal(at[i][j], i % 251);
    char *large = arena_bytes(arena, 5 << 20);
    memset(large, 1, 5 << 20);
    arena_free(&arena);
}

static void going_back(void **state)
{
    struct arena *arena = arena_new();
    (void)state;

    char *kept = arena_bytes(arena, 100);
    memset(kept, 'k', 100);
    size_t before = arena_used(arena);
    struct arena_mark mark = arena_mark(arena);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 1000; i++)
            memset(arena_bytes(arena, 1000), round, 1000);
        assert_true(arena_used(arena) >= before + 1000000);
        arena_back(arena, mark);
        assert_int_equal(arena_used(arena), before);
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(kept[i], 'k');
    char *dirty = arena_bytes(arena, 64);
    memset(dirty, 0xff, 64);
    arena_back(arena, mark);
    const char *clean = arena_zeroed(arena, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(clean[i], 0);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    arena_free(&arena);
}

static void lists_grow(void **state)
{
    struct arena *arena = arena_new();
    LIST(int64_t) numbers = {0};
    (void)state;

    for (int64_t i = 0; i < 10000; i++) {
        int64_t *added = LIST_ADD(arena, &numbers);
        assert_int_equal(*added, 0);
        *added = i * i;
    }
    assert_int_equal(numbers.n, 10000);
    for (int64_t i = 0; i < 10000; i++)
        assert_int_equal(numbers.at[i], i * i);
    arena_free(&arena);
}

/* --- bugs end the process ------------------------------------------------------------- */

static void ask_for_too_much(void)
{
    struct arena *arena = arena_new();

    ARENA_ARRAY(arena, int64_t, SIZE_MAX / 4);
}

static void go_back_twice(void)
{
    struct arena *arena = arena_new();
    struct arena_mark before = arena_mark(arena);

    arena_bytes(arena, 10);
    struct arena_mark after = arena_mark(arena);
    arena_back(arena, before);
    arena_back(arena, after);
}

static void use_what_is_no_arena(void)
{
    char bytes[64] = {0};

    arena_mark((struct arena *)(void *)bytes);
}

/* What it prints to standard error, and how it ends. */
static int run_apart(void (*function)(void), char *said, size_t size)
{
    int pipes[2], status;

    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        function();
        _exit(0);
    }
    close(pipes[1]);
    size_t n = 0;
    for (ssize_t more; (more = read(pipes[0], said + n, size - 1 - n)) > 0;)
        n += (size_t)more;
    said[n] = '\0';
    close(pipes[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void die_now(void)
{
    die("no %s", "paper");
}

static void bugs_are_told_and_abort(void **state)
{
    void (*const BUGS[])(void) = {ask_for_too_much, go_back_twice, use_what_is_no_arena};
    char said[300];
    (void)state;

    for (size_t i = 0; i < sizeof BUGS / sizeof *BUGS; i++) {
        int status = run_apart(BUGS[i], said, sizeof said);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        assert_non_null(strstr(said, "haowai: bug: "));
        assert_non_null(strstr(said, "arena.c:"));
    }
    int status = run_apart(die_now, said, sizeof said);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    assert_string_equal(said, "haowai: no paper\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeroed_and_aligned),
        cmocka_unit_test(apart),
        cmocka_unit_test(going_back),
        cmocka_unit_test(lists_grow),
        cmocka_unit_test(bugs_are_told_and_abort),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
