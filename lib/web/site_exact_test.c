/* site_exact_test.c - one writer, many readers: every answer is of one moment, and not of one that was over before the
 * reader asked.
 *
 * Each title says in which change it was written. The writer notes, before it commits, when each title ends. What an
 * answer shows is of one moment when no title in it had ended before the youngest was written; it is new enough when
 * none had ended at the last change acknowledged before the reader asked.
 */
#include "tests/unit_small.h"

#include "lib/base/check.h"

#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

enum { ITEMS = 40, CHANGES_MOST = 200000, READERS = 4, ANSWERS_LEAST = 4000 };

static struct small_site *small;
static _Atomic uint64_t ends[ITEMS][CHANGES_MOST]; /* [item][change it was written in]: the change that replaced it */
static uint64_t written[ITEMS];                    /* the writer's own */
static _Atomic uint64_t acknowledged, answers, wrong;
static _Atomic bool over;

/* Items 10 to 13 are always written together with the line, so they are of one change wherever they stand. */
static const int64_t TOGETHER[] = {10, 11, 12, 13}, APART[] = {20, 21, 22, 23};

static void note_end(int64_t item, uint64_t next)
{
    CHECK(next < CHANGES_MOST);
    atomic_store(&ends[item][written[item]], next);
    written[item] = next;
}

/* --- readers ---------------------------------------------------------------------------- */

struct shown {
    uint64_t item, change;
};

static size_t find_shown(struct str body, struct shown *out, size_t most)
{
    size_t n = 0;

    for (ptrdiff_t at = -1; n < most && (at = str_find_char(body, ';', (size_t)at + 1)) >= 0; n++) {
        ptrdiff_t start = at;
        int64_t item, change;
        while (body.p[start] != 'e')
            start--;
        struct str change_text = {body.p + start + 1, (size_t)(at - start) - 1};
        struct str item_text = str_cut(&change_text, 'v');
        CHECK(str_to_int(item_text, &item) && str_to_int(change_text, &change));
        out[n] = (struct shown){(uint64_t)item, (uint64_t)change};
    }
    return n;
}

static bool ended_by(const struct shown *shown, uint64_t change)
{
    uint64_t end = atomic_load(&ends[shown->item][shown->change]);

    return end != 0 && end <= change;
}

/* NULL, or what is wrong with the answer to a question asked when `known` was the last change acknowledged. */
static const char *problem_of(const struct small_reply *reply, int64_t item, uint64_t known)
{
    struct shown shown[32];
    size_t n = find_shown(reply->body, shown, 32), own = 0;
    uint64_t youngest = 0;

    if (reply->status != 200)
        return "the status";
    for (size_t i = 0; i < n; i++) {
        youngest = shown[i].change > youngest ? shown[i].change : youngest;
        own += (int64_t)shown[i].item == item;
    }
    if (item && own != 3)
        return "the page's own item stands elsewhere than in its three places";
    for (size_t i = 0; i < n; i++) {
        if (ended_by(&shown[i], known))
            return "something had been replaced before the reader asked";
        if (ended_by(&shown[i], youngest))
            return "it is of no one moment";
        if (item == 10 && shown[i].change != youngest)
            return "what was written together is shown apart";
    }
    return n < 2 ? "too little" : NULL;
}

static int64_t choose(unsigned *seed, char *target, size_t size)
{
    unsigned choice = (unsigned)rand_r(seed) % 10;
    int64_t item = choice < 2 ? 10 : choice < 5 ? 11 + choice % 3 : choice < 9 ? 20 + choice % 4 : 0;

    if (item)
        snprintf(target, size, "/item/%" PRId64, item);
    else
        snprintf(target, size, "/list?page=%u", (unsigned)rand_r(seed) % 500 + 1);
    return item;
}

static void *read_pages(void *context)
{
    unsigned seed = (unsigned)(uintptr_t)context;
    struct arena *arena = arena_new();
    int connection = small_connect(small);
    char target[40];

    while (!atomic_load(&over)) {
        int64_t item = choose(&seed, target, sizeof target);
        uint64_t known = atomic_load(&acknowledged);
        struct small_reply reply = small_ask(connection, arena, "GET", target, "");
        const char *problem = problem_of(&reply, item, known);
        if (problem) {
            fprintf(stderr, "%s when %" PRIu64 " was known: %s\n%.*s\n", target, known, problem, STR_ARG(reply.body));
            atomic_fetch_add(&wrong, 1);
        }
        atomic_fetch_add(&answers, 1);
        arena_reset(arena);
    }
    close(connection);
    arena_free(&arena);
    return NULL;
}

/* --- the writer -------------------------------------------------------------------------- */

static uint64_t next_number(void)
{
    return atomic_load(&acknowledged) + 1;
}

static uint64_t write_once(unsigned *seed, bool told, struct str *tags)
{
    unsigned choice = (unsigned)rand_r(seed) % 8;
    uint64_t next = next_number();

    if (choice == 0) {
        for (size_t i = 0; i < 4; i++)
            note_end(TOGETHER[i], next);
        note_end(0, next);
        return small_set_many(small, TOGETHER, 4, true, told, tags);
    }
    if (choice < 5) {
        note_end(APART[choice - 1], next);
        return small_set_many(small, &APART[choice - 1], 1, false, told, tags);
    }
    return told ? small_touch(small, "noise") : small_set_many(small, NULL, 0, false, told, tags);
}

/* The channel falls silent: the lease ends, changes are acknowledged untold; later they are caught up with. */
static void write_untold(unsigned *seed)
{
    struct str tags[4];
    uint64_t first = next_number();

    site_lease(small->site, 0);
    for (int i = 0; i < 4; i++) {
        unsigned choice = 1 + (unsigned)rand_r(seed) % 4;
        note_end(APART[choice - 1], next_number());
        atomic_store(&acknowledged, small_set_many(small, &APART[choice - 1], 1, false, false, &tags[i]));
        usleep(500);
    }
    for (uint64_t i = 0; i < 4; i++)
        tag_table_apply(small->changes, first + i, tags[i]);
    site_lease(small->site, INT64_MAX);
}

static void write_all_the_time(int64_t until, bool leases_end)
{
    unsigned seed = 7;

    while (clock_steady_ms() < until || atomic_load(&answers) < ANSWERS_LEAST) {
        if (leases_end && rand_r(&seed) % 20 == 0)
            write_untold(&seed);
        else
            atomic_store(&acknowledged, write_once(&seed, true, NULL));
        if (rand_r(&seed) % 4 == 0)
            usleep((unsigned)rand_r(&seed) % 4000);
    }
}

static void write_first(void)
{
    uint64_t next = 1;

    for (size_t i = 0; i < 4; i++) {
        written[TOGETHER[i]] = next;
        written[APART[i]] = next + 1;
    }
    written[0] = next;
    small_set_many(small, TOGETHER, 4, true, true, NULL);
    atomic_store(&acknowledged, small_set_many(small, APART, 4, false, true, NULL));
}

static int64_t run_ms(void)
{
    const char *seconds = getenv("HAOWAI_TEST_SECONDS");
    int64_t n;

    return seconds && str_to_int(str_of(seconds), &n) ? n * 1000 : 2000;
}

static struct site_counts run(const struct small_options *options, bool leases_end)
{
    pthread_t readers[READERS];
    struct site_counts counts;

    memset(ends, 0, sizeof ends);
    atomic_store(&acknowledged, 0);
    atomic_store(&answers, 0);
    atomic_store(&over, false);
    small = small_open(options);
    write_first();
    for (uintptr_t i = 0; i < READERS; i++)
        CHECK(pthread_create(&readers[i], NULL, read_pages, (void *)(i + 1)) == 0);
    write_all_the_time(clock_steady_ms() + run_ms(), leases_end);
    atomic_store(&over, true);
    for (int i = 0; i < READERS; i++)
        pthread_join(readers[i], NULL);
    site_counts(small->site, &counts);
    print_message("%" PRIu64 " answers, %" PRIu64 " changes; from cache %" PRIu64 ", linked anew %" PRIu64
                  ", made %" PRIu64 ", parts %" PRIu64 ", evicted %" PRIu64 "\n",
                  atomic_load(&answers), atomic_load(&acknowledged), counts.from_cache, counts.relinked,
                  counts.pages_made, counts.parts_rendered, counts.pages_evicted);
    small_close(&small);
    assert_int_equal(wrong, 0);
    assert_true(counts.from_cache > 0 && counts.pages_made > 0 && counts.parts_rendered > counts.pages_made / 4);
    return counts;
}

static void with_room(void **state)
{
    struct site_counts counts = run(&(struct small_options){.workers = 3, .loops = 2}, false);

    (void)state;
    assert_true(counts.relinked > 0);
}

static void with_little_room(void **state)
{
    struct site_counts counts =
        run(&(struct small_options){.workers = 3, .loops = 2, .page_cache = 64 * 4000, .shared_parts = 4}, false);

    (void)state;
    assert_true(counts.pages_evicted > 0);
}

static void with_leases_that_end(void **state)
{
    (void)state;
    run(&(struct small_options){.workers = 3, .loops = 2}, true);
}

static void with_nothing_shared(void **state)
{
    (void)state;
    run(&(struct small_options){.workers = 2, .shared_parts = SMALL_NONE}, false);
}

int main(void)
{
    if (access("/dev/shm", W_OK) == 0) /* what is tried here is not the disk */
        setenv("TMPDIR", "/dev/shm", 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_room),
        cmocka_unit_test(with_little_room),
        cmocka_unit_test(with_leases_that_end),
        cmocka_unit_test(with_nothing_shared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
