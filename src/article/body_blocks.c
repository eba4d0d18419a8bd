/* body_blocks.c - names, and what holds for every body however it came. */
#include "src/article/body_blocks.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"

const struct str BLOCK_NAMES[BLOCK_TYPES] = {
    [BLOCK_P] = STR_INIT("p"),           [BLOCK_H2] = STR_INIT("h2"),           [BLOCK_H3] = STR_INIT("h3"),
    [BLOCK_QUOTE] = STR_INIT("quote"),   [BLOCK_UL] = STR_INIT("ul"),           [BLOCK_OL] = STR_INIT("ol"),
    [BLOCK_IMG] = STR_INIT("img"),       [BLOCK_GALLERY] = STR_INIT("gallery"), [BLOCK_VIDEO] = STR_INIT("video"),
    [BLOCK_TABLE] = STR_INIT("table"),   [BLOCK_EMBED] = STR_INIT("embed"),     [BLOCK_REL] = STR_INIT("rel"),
    [BLOCK_WIDGET] = STR_INIT("widget"), [BLOCK_HR] = STR_INIT("hr"),
};

const struct str MARK_NAMES[MARKS] = {
    [MARK_B] = STR_INIT("b"),     [MARK_DOT] = STR_INIT("dot"), [MARK_SUB] = STR_INIT("sub"),
    [MARK_SUP] = STR_INIT("sup"), [MARK_DEL] = STR_INIT("del"),
};

const struct embed_kind *embed_kind_find(struct str name)
{
    static const struct embed_kind KINDS[] = {
        {STR_INIT("youtube"), STR_INIT("YouTube")},   {STR_INIT("x"), STR_INIT("X")},
        {STR_INIT("facebook"), STR_INIT("Facebook")}, {STR_INIT("instagram"), STR_INIT("Instagram")},
        {STR_INIT("threads"), STR_INIT("Threads")},   {STR_INIT("link"), STR_INIT("")},
    };

    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_equal(KINDS[i].name, name))
            return &KINDS[i];
    return NULL;
}

bool body_word_is_valid(struct str word)
{
    if (word.n == 0 || word.n > BODY_WORD_MOST || word.p[0] == '.')
        return false;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '.' && c != '_' && c != '-')
            return false;
    }
    return true;
}

struct block block_of(enum block_type type)
{
    struct str none = STR("");

    return (struct block){.type = type,
                          .id = none,
                          .cite = none,
                          .picture = {.img = none, .credit = none, .alt = none},
                          .file = none,
                          .kind = none,
                          .href = none,
                          .key = none};
}

bool block_says_something(const struct block *block)
{
    switch (block->type) {
    case BLOCK_P:
    case BLOCK_H2:
    case BLOCK_H3:
    case BLOCK_QUOTE: return block->runs.n > 0;
    case BLOCK_UL:
    case BLOCK_OL: return block->items.n > 0;
    case BLOCK_IMG: return block->picture.img.n > 0;
    case BLOCK_GALLERY: return block->pictures.n > 0;
    case BLOCK_VIDEO: return block->video > 0 || block->file.n > 0;
    case BLOCK_TABLE: return block->rows.n > 0;
    case BLOCK_EMBED: return block->href.n > 0;
    case BLOCK_REL: return block->refs.n > 0;
    case BLOCK_WIDGET: return block->key.n > 0;
    case BLOCK_HR: return true;
    case BLOCK_TYPES: break;
    }
    return false;
}

/* --- runs ------------------------------------------------------------------------------ */

struct run run_of(struct str s)
{
    return (struct run){.s = s, .ruby = STR(""), .href = STR("")};
}

static size_t white_space_at_start(struct str s)
{
    static const struct str SPACES[] = {STR_INIT(" "), STR_INIT("\n"), STR_INIT("\u3000"), STR_INIT("\u00a0")};

    for (size_t i = 0; i < sizeof SPACES / sizeof *SPACES; i++)
        if (str_starts(s, SPACES[i]))
            return SPACES[i].n;
    return 0;
}

static size_t white_space_at_end(struct str s)
{
    for (size_t n = 1; n <= 3 && n <= s.n; n++)
        if (white_space_at_start((struct str){s.p + s.n - n, n}) == n)
            return n;
    return 0;
}

static void trim_start(run_list *runs)
{
    while (runs->n > 0) {
        size_t n = white_space_at_start(runs->at->s);
        runs->at->s = str_from(runs->at->s, n);
        if (runs->at->s.n > 0 && n == 0)
            return;
        if (runs->at->s.n == 0)
            runs->at++, runs->n--, runs->capacity--;
    }
}

static void trim_end(run_list *runs)
{
    while (runs->n > 0) {
        struct run *last = &runs->at[runs->n - 1];
        size_t n = white_space_at_end(last->s);
        last->s.n -= n;
        if (last->s.n > 0 && n == 0)
            return;
        if (last->s.n == 0)
            runs->n--;
    }
}

static bool look_the_same(const struct run *a, const struct run *b)
{
    return a->marks == b->marks && a->ruby.n == 0 && b->ruby.n == 0 && str_equal(a->href, b->href);
}

static struct str joined(struct arena *arena, const struct run *runs, size_t n)
{
    size_t bytes = 0, at = 0;

    if (n == 1)
        return runs->s;
    for (size_t i = 0; i < n; i++)
        bytes += runs[i].s.n;
    char *text = arena_bytes(arena, bytes);
    for (size_t i = 0; i < n; at += runs[i++].s.n)
        memcpy(text + at, runs[i].s.p, runs[i].s.n);
    /* a mark at the start of one may combine with the letter at the end of the one before it */
    return utf8_clean(arena, (struct str){text, bytes}, false, NULL);
}

static void drop_empty(run_list *runs)
{
    size_t kept = 0;

    for (size_t i = 0; i < runs->n; i++)
        if (runs->at[i].s.n > 0)
            runs->at[kept++] = runs->at[i];
    runs->n = kept;
}

void runs_settle(struct arena *arena, run_list *runs)
{
    size_t kept = 0;

    drop_empty(runs);
    for (size_t i = 0, next; i < runs->n; i = next) {
        for (next = i + 1; next < runs->n && look_the_same(&runs->at[i], &runs->at[next]);)
            next++;
        struct run run = runs->at[i];
        run.s = joined(arena, &runs->at[i], next - i);
        runs->at[kept++] = run;
    }
    runs->n = kept;
    trim_start(runs);
    trim_end(runs);
}

void runs_add_text(struct buf *out, const run_list *runs)
{
    for (size_t i = 0; i < runs->n; i++)
        buf_add_str(out, runs->at[i].s);
}

/* --- the end of reading ------------------------------------------------------------------ */

/* The number of "b12", which is what ids given here look like; 0 for any other. */
static int64_t number_of_id(struct str id)
{
    int64_t number;

    return id.n >= 2 && id.n <= 9 && id.p[0] == 'b' && str_to_int(str_from(id, 1), &number) && number > 0 ? number : 0;
}

/* Numbers go on from the highest there is, so that an address into a story never comes to mean another block of it. */
static void give_ids(struct arena *arena, struct body *body)
{
    int64_t last = 0;

    for (size_t i = 0; i < body->blocks.n; i++) {
        int64_t number = number_of_id(body->blocks.at[i].id);
        last = number > last ? number : last;
    }
    for (size_t i = 0; i < body->blocks.n; i++)
        if (body->blocks.at[i].id.n == 0)
            body->blocks.at[i].id = str_printf(arena, "b%d", (int)++last);
}

const char *body_counts_add(struct body_counts *counts, const struct block *block)
{
    counts->blocks++;
    counts->pictures += block->pictures.n + (block->type == BLOCK_IMG);
    counts->videos += block->type == BLOCK_VIDEO;
    counts->related += block->refs.n;
    return counts->blocks > BODY_BLOCKS_MOST       ? "blocks"
           : counts->pictures > BODY_PICTURES_MOST ? "pictures"
           : counts->videos > BODY_VIDEOS_MOST     ? "videos"
           : counts->related > BODY_RELATED_MOST   ? "related stories"
                                                   : NULL;
}

/* The first limit that is passed, or NULL. */
static const char *too_many(const struct body *body)
{
    struct body_counts counts = {0};
    const char *what = NULL;

    for (size_t i = 0; i < body->blocks.n && !what; i++)
        what = body_counts_add(&counts, &body->blocks.at[i]);
    return what;
}

bool body_finish(struct arena *arena, struct body *body, char *wrong, size_t wrong_size)
{
    return body_finish_text(arena, body, NULL, wrong, wrong_size);
}

bool body_finish_text(struct arena *arena, struct body *body, struct str *text, char *wrong, size_t wrong_size)
{
    struct buf canonical = BUF(BODY_TEXT_MOST);
    const char *what = too_many(body);

    if (what) {
        snprintf(wrong, wrong_size,
                 "has too many %s; one story holds %d blocks, %d pictures, %d videos, %d related stories", what,
                 BODY_BLOCKS_MOST, BODY_PICTURES_MOST, BODY_VIDEOS_MOST, BODY_RELATED_MOST);
        return false;
    }
    give_ids(arena, body);
    body_write(&canonical, body);
    bool fits = !canonical.overflow;
    if (fits && text)
        *text = body->blocks.n ? str_copy(arena, buf_str(&canonical)) : STR("");
    buf_free(&canonical);
    if (!fits)
        snprintf(wrong, wrong_size, "is too long: more than %d bytes as it is stored; split it into several stories",
                 BODY_TEXT_MOST);
    return fits;
}
