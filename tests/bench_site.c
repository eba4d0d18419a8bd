/* bench_site.c - what the readers' side costs on a real paper: CPU per page made, linked anew, checked and answered.
 *
 *     bench_site DIR [STORIES] [MIB] [cold]
 *
 * DIR is a paper with stories (haowai import) on which nothing else runs.
 * STORIES (3000) random ones are made with a page cache of MIB (64), without
 * wire or waiting: these are the costs of lib/web, the views, the database and zlib.
 */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/web/site_inside.h"
#include "src/app.h"
#include "src/redirect/redirect.h"
#include "src/routes.h"

#include <inttypes.h>
#include <malloc.h>

SQL(bench_stories, "SELECT id, day FROM article WHERE state = 'published'", .reads = "-");

struct place {
    int64_t id, day;
};
static const struct fields PLACE_FIELDS = FIELDS(struct place, FIELD(struct place, id), FIELD(struct place, day));

extern const struct embedded_file THEME_FILES[];

static struct arena *arena;
static struct app app;
static struct tag_table *changes;
static struct theme *theme;
static struct site *site;
static LIST(struct place) places;
static uint64_t seed = 88172645463325252u;

static uint64_t next_random(void)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return seed;
}

static int64_t cpu_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000 + now.tv_nsec;
}

static void report(const char *what, int64_t ns, int64_t n)
{
    printf("%-52s %9.2f us  (%" PRId64 ")\n", what, (double)ns / 1000 / (double)n, n);
}

static int compare_ns(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void open_paper(const char *dir, size_t mib)
{
    struct db_problem problem;

    arena = arena_new();
    if (!app_load(dir, arena, &app, &problem))
        die("%s", problem.text);
    changes = tag_table_new();
    struct db_config config = app_database(arena, &app, 3);
    config.changes = changes;
    config.writer = true;
    app.db = db_open(&config, &problem);
    if (!app.db)
        die("%s", problem.text);
    struct theme_config files = {
        .files = THEME_FILES, .pages = PAGES, .page_count = PAGE_COUNT, .parts = PARTS, .part_count = PART_COUNT};
    theme = theme_load(&files, &problem);
    if (!theme)
        die("%s", problem.text);
    site = site_new(&(struct site_config){.theme = theme,
                                          .routes = ROUTES,
                                          .route_count = ROUTE_COUNT,
                                          .fallback = redirect_page,
                                          .db = app.db,
                                          .changes = changes,
                                          .app = &app,
                                          .media = app.media,
                                          .workers = 1,
                                          .waiting = 1,
                                          .page_cache = mib << 20,
                                          .shared_parts = 20000,
                                          .page_not_found = PAGE_NOT_FOUND,
                                          .page_gone = PAGE_GONE,
                                          .headers = STR(""),
                                          .hosts = STR("")});
    struct db_reader *db = db_read(app.db, arena, NULL);
    db_rows(db, &bench_stories, NO_ARGS, &PLACE_FIELDS, &places);
    CHECK(db_read_end(&db) && places.n > 0);
    printf("%zu stories, page cache of %zu MiB\n", places.n, mib);
}

static struct str address_of_place(const struct place *place, char *room, size_t size)
{
    int n = snprintf(room, size, "/news/%" PRId64 "/%" PRId64, place->day, place->id);

    return (struct str){room, (size_t)n};
}

/* --- cold ---------------------------------------------------------------------------------- */

static size_t make_stories(struct maker *maker, struct place *chosen, size_t n, int64_t *costs)
{
    char room[80];
    size_t bytes = 0;

    for (size_t i = 0; i < n; i++) {
        struct outcome outcome;
        int64_t before = cpu_ns();
        make_outcome(maker, address_of_place(&chosen[i], room, sizeof room), STR(""), false, &outcome);
        CHECK(outcome.status == 200 && outcome.made);
        bytes += outcome.made->length;
        made_drop(&outcome.made);
        arena_reset(maker->arena);
        costs[i] = cpu_ns() - before;
    }
    return bytes;
}

static void measure_cold(struct maker *maker, struct place *chosen, size_t n)
{
    int64_t *costs = ARENA_ARRAY(arena, int64_t, n), sum = 0;
    struct site_counts before, after;
    struct db_counts db_before, db_after;

    make_stories(maker, chosen, n / 10, costs); /* shared parts, statements, SQLite's cache */
    for (size_t i = 0; i < n; i++)
        chosen[i] = places.at[next_random() % places.n];
    site_counts(site, &before);
    db_counts(app.db, &db_before);
    size_t bytes = make_stories(maker, chosen, n, costs);
    site_counts(site, &after);
    db_counts(app.db, &db_after);
    for (size_t i = 0; i < n; i++)
        sum += costs[i];
    qsort(costs, n, sizeof *costs, compare_ns);
    report("a story made (random of all)", sum, (int64_t)n);
    printf("    median %.1f, 90%% %.1f, 99%% %.1f us; %.1f parts, %.1f statements, %.1f rows each; %zu bytes as gzip\n",
           (double)costs[n / 2] / 1000, (double)costs[n * 9 / 10] / 1000, (double)costs[n * 99 / 100] / 1000,
           (double)(after.parts_rendered - before.parts_rendered) / (double)n,
           (double)(db_after.reads - db_before.reads) / (double)n, (double)(db_after.rows - db_before.rows) / (double)n,
           bytes / n);
    printf("    kept %" PRIu64 " pages, %.1f MiB counted, %" PRIu64 " evicted; shared %" PRIu64
           " parts, %.1f MiB; heap %.1f MiB\n",
           after.pages_kept, (double)after.page_bytes / 1048576, after.pages_evicted, after.shared_kept,
           (double)after.shared_bytes / 1048576, (double)mallinfo2().uordblks / 1048576);
}

/* --- what a page is made of ------------------------------------------------------------------- */

static void measure_packing(struct maker *maker, struct place *chosen, size_t n)
{
    char room[80];
    struct packer *packer = packer_new();
    LIST(struct str) texts = {0};

    for (size_t i = 0; i < n; i++) {
        struct made *made = kept_find(site->kept, address_of_place(&chosen[i], room, sizeof room));
        for (size_t slot = 0; made && slot < made->slot_count; slot++) {
            struct blob *blob = made->slots[slot];
            struct iovec run = {(void *)(uintptr_t)blob->packed.p, blob->packed.n};
            struct buf text = BUF(1 << 24);
            if (theme->parts[theme->layouts[made->kind].slots[slot]].shared)
                continue;
            CHECK(pack_open(&run, 1, &text));
            *LIST_ADD(arena, &texts) = str_copy(arena, buf_str(&text));
            buf_free(&text);
        }
        made_drop(&made);
    }
    (void)maker;
    for (int effort = PACK_FAST; effort <= PACK_SMALL; effort++) {
        int64_t before = cpu_ns();
        size_t in = 0, out = 0;
        for (size_t i = 0; i < texts.n; i++) {
            struct str run;
            pack_run(packer, texts.at[i], (enum pack_effort)effort, &run);
            in += texts.at[i].n;
            out += run.n;
        }
        printf("    own parts of a page packed %s: %7.1f us, %zu bytes to %zu\n",
               effort == PACK_FAST ? "fast" : "small", (double)(cpu_ns() - before) / 1000 / (double)n, in / n, out / n);
    }
    packer_free(&packer);
}

/* --- hot ----------------------------------------------------------------------------------------- */

static void release(struct http_answer *answer)
{
    if (answer->release)
        answer->release(answer->owner);
}

static void measure_hot(struct place *chosen, size_t n, size_t times, const char *what)
{
    static const struct http_header headers[] = {
        {STR_INIT("host"), STR_INIT("localhost")},
        {STR_INIT("user-agent"), STR_INIT("Mozilla/5.0")},
        {STR_INIT("accept-encoding"), STR_INIT("gzip, deflate, br")},
    };
    struct http_request request = {.method = HTTP_GET, .headers = headers, .header_count = 3};
    char(*rooms)[80] = (char(*)[80])arena_bytes(arena, n * 80);
    struct str *addresses = ARENA_ARRAY(arena, struct str, n);
    int64_t found = 0;

    for (size_t i = 0; i < n; i++)
        addresses[i] = address_of_place(&chosen[i], rooms[i], 80);
    int64_t before = cpu_ns();
    for (size_t i = 0; i < times; i++) {
        struct http_answer answer;
        struct made *made = kept_find(site->kept, addresses[i % n]);
        if (!made)
            continue;
        found++;
        CHECK(clock_steady_ms() > 0 && made_check(made, changes));
        made_answer(made, 200, &site->headers[made->kind], &request, &answer);
        release(&answer);
    }
    report(what, cpu_ns() - before, found ? found : 1);
}

/* A change that touches a tag and alters nothing. */
static void touch(const char *tag)
{
    struct db_tx *tx = db_begin(app.db, arena);
    struct db_change change;

    db_touch(tx, str_of(tag));
    CHECK(db_commit(&tx, &change, NULL) == DB_COMMITTED && tag_table_apply(changes, change.sequence, change.tags));
}

static void measure_relink(struct maker *maker, struct place *chosen, size_t n)
{
    int64_t checked = 0, linked = 0, n_checked = 0, n_linked = 0, before;
    char room[80];

    touch("noise");
    for (size_t i = 0; i < n; i++) {
        struct made *made = kept_find(site->kept, address_of_place(&chosen[i], room, sizeof room));
        if (!made)
            continue;
        before = cpu_ns();
        CHECK(made_check(made, changes));
        checked += cpu_ns() - before;
        n_checked++;
        made_drop(&made);
    }
    report("a kept story checked after a change elsewhere", checked, n_checked ? n_checked : 1);
    touch("flash");
    struct outcome outcome;
    before = cpu_ns();
    make_outcome(maker, address_of_place(&chosen[n - 1], room, sizeof room), STR(""), false, &outcome);
    report("the first story after it, with its rendering", cpu_ns() - before, 1);
    made_drop(&outcome.made);
    arena_reset(maker->arena);
    for (size_t i = 0; i < n; i++) {
        struct str address = address_of_place(&chosen[i], room, sizeof room);
        struct made *former = kept_find(site->kept, address);
        if (!former)
            continue;
        before = cpu_ns();
        struct made *made = made_check(former, changes) ? NULL : relink(site, address, former);
        if (made) {
            linked += cpu_ns() - before;
            n_linked++;
        }
        made_drop(&made);
        made_drop(&former);
    }
    report("a kept story linked anew after a flash item", linked, n_linked ? n_linked : 1);
}

int main(int argc, char **argv)
{
    int64_t n = 3000, mib = 64;

    if (argc < 2 || (argc > 2 && !str_to_int(str_of(argv[2]), &n)) || (argc > 3 && !str_to_int(str_of(argv[3]), &mib)))
        die("bench_site DIR [STORIES] [MIB] [cold]");
    open_paper(argv[1], (size_t)mib);
    struct maker maker = maker_new(site);
    struct place *chosen = ARENA_ARRAY(arena, struct place, (size_t)n);
    for (int64_t i = 0; i < n; i++)
        chosen[i] = places.at[next_random() % places.n];
    measure_cold(&maker, chosen, (size_t)n);
    if (argc > 4)
        return 0; /* for a profiler */
    measure_packing(&maker, chosen, (size_t)n < 1000 ? (size_t)n : 1000);
    measure_hot(chosen + n - 1, 1, 2000000, "one hot story answered (find, check, answer, release)");
    measure_hot(chosen, (size_t)n, 1000000, "kept stories answered, in turn");
    measure_relink(&maker, chosen, (size_t)n);
    maker_free(&maker);
    site_free(&site);
    theme_free(&theme);
    db_close(&app.db);
    tag_table_free(&changes);
    arena_free(&arena);
    return 0;
}
