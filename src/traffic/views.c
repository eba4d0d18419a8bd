/* views.c - see views.h.
 *
 * allow: heap, tables that live as long as the process
 */
#include "src/traffic/views.h"

#include "lib/base/check.h"

#include <sched.h>
#include <stdatomic.h>

/* Stories one loop can count in a second; a power of two, filled to three quarters. */
enum { PLACES = 1 << 15, FULL = PLACES / 4 * 3 };

struct place {
    int64_t story; /* 0: free */
    int64_t count;
};

struct table {
    size_t n;
    uint32_t used[FULL]; /* which places */
    struct place places[PLACES];
};

struct loop_views {
    _Alignas(64) atomic_int busy, active;
    _Atomic uint64_t lost;
    struct table *tables[2];
};

struct view_tables {
    int loops;
    struct loop_views at[];
};

/* --- who counts ------------------------------------------------------------------- */

static bool says(struct str value, struct str word)
{
    for (size_t i = 0; i + word.n <= value.n; i++)
        if (str_equal_nocase((struct str){value.p + i, word.n}, word))
            return true;
    return false;
}

/* Who calls itself one. Others that are no people cannot be told from them by what they say. */
static bool is_robot(struct str agent)
{
    static const struct str WORDS[] = {STR_INIT("bot"),     STR_INIT("crawl"),    STR_INIT("spider"),
                                       STR_INIT("slurp"),   STR_INIT("fetcher"),  STR_INIT("preview"),
                                       STR_INIT("monitor"), STR_INIT("headless"), STR_INIT("facebookexternalhit")};

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (says(agent, WORDS[i]))
            return true;
    return false;
}

static bool is_ahead_of_time(const struct http_request *request)
{
    static const struct str NAMES[] = {STR_INIT("sec-purpose"), STR_INIT("purpose"), STR_INIT("x-moz"),
                                       STR_INIT("x-purpose")};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        struct str value = http_header(request, NAMES[i]);
        if (value.n && (says(value, STR("prefetch")) || says(value, STR("prerender")) || says(value, STR("preview"))))
            return true;
    }
    return false;
}

bool view_counts(const struct http_request *request)
{
    return request->method == HTTP_GET && !is_ahead_of_time(request) &&
           !is_robot(http_header(request, STR("user-agent")));
}

/* --- counting --------------------------------------------------------------------- */

static struct table *table_new(void)
{
    struct table *table = calloc(1, sizeof *table); /* untouched places cost no memory */

    if (!table)
        die("out of memory");
    return table;
}

struct view_tables *view_tables_new(int loops)
{
    struct view_tables *tables = aligned_alloc(64, sizeof *tables + 64 + (size_t)loops * sizeof(struct loop_views));

    if (!tables)
        die("out of memory");
    tables->loops = loops;
    for (int i = 0; i < loops; i++) {
        struct loop_views *loop = &tables->at[i];
        atomic_init(&loop->busy, 0);
        atomic_init(&loop->active, 0);
        atomic_init(&loop->lost, 0);
        loop->tables[0] = table_new();
        loop->tables[1] = table_new();
    }
    return tables;
}

void view_tables_free(struct view_tables **out)
{
    struct view_tables *tables = *out;

    for (int i = 0; tables && i < tables->loops; i++) {
        free(tables->at[i].tables[0]);
        free(tables->at[i].tables[1]);
    }
    free(tables);
    *out = NULL;
}

static bool add(struct table *table, int64_t story)
{
    size_t i = ((uint64_t)story * 0x9e3779b97f4a7c15u) >> 49; /* the top 15 bits */

    while (table->places[i].story && table->places[i].story != story)
        i = (i + 1) & (PLACES - 1);
    struct place *place = &table->places[i];
    if (!place->story) {
        if (table->n == FULL)
            return false;
        place->story = story;
        table->used[table->n++] = (uint32_t)i;
    }
    place->count++;
    return true;
}

void views_count(struct view_tables *tables, int loop, int64_t story)
{
    CHECK(loop >= 0 && loop < tables->loops && story != 0);
    struct loop_views *own = &tables->at[loop];

    atomic_store(&own->busy, 1); /* before the table is looked up, in everybody's eyes */
    if (!add(own->tables[atomic_load(&own->active)], story))
        atomic_fetch_add_explicit(&own->lost, 1, memory_order_relaxed);
    atomic_store_explicit(&own->busy, 0, memory_order_release);
}

void views_take(struct view_tables *tables, take_views *take, void *context)
{
    for (int i = 0; i < tables->loops; i++) {
        struct loop_views *loop = &tables->at[i];
        int taken = atomic_load(&loop->active);
        atomic_store(&loop->active, !taken);
        while (atomic_load(&loop->busy)) /* a few nanoseconds, unless the loop was interrupted right there */
            sched_yield();
        struct table *table = loop->tables[taken];
        for (size_t k = 0; k < table->n; k++) {
            struct place *place = &table->places[table->used[k]];
            take(context, (struct views){place->story, place->count});
            *place = (struct place){0};
        }
        table->n = 0;
    }
}

uint64_t views_lost(struct view_tables *tables)
{
    uint64_t lost = 0;

    for (int i = 0; i < tables->loops; i++)
        lost += atomic_exchange(&tables->at[i].lost, 0);
    return lost;
}

/* --- as bytes ------------------------------------------------------------------------ */

static void write_number(struct buf *out, int64_t number)
{
    for (int i = 0; i < 8; i++)
        buf_add_char(out, (char)((uint64_t)number >> 8 * i));
}

static int64_t read_number(const char *bytes)
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++)
        number |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
    return (int64_t)number;
}

void views_write(struct buf *out, struct views views)
{
    if (!buf_reserve(out, VIEWS_SIZE))
        return;
    write_number(out, views.story);
    write_number(out, views.count);
}

bool views_read(struct str bytes, size_t i, struct views *out)
{
    if (bytes.n / VIEWS_SIZE <= i)
        return false;
    *out = (struct views){read_number(bytes.p + i * VIEWS_SIZE), read_number(bytes.p + i * VIEWS_SIZE + 8)};
    return out->story >= 1 && out->count >= 1;
}
