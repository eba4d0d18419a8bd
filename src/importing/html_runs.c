/* html_runs.c - text nodes become runs: white space as a browser shows it, line breaks, paragraphs.
 *
 * White space and breaks are written when the next character comes, so none
 * stands at the end of anything. Between two Han characters a line feed of the
 * source is no space: Chinese text is wrapped where it happens to be wrapped.
 */
#include "src/importing/html_walk.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/importing/old_address.h"

enum { ADDRESS_MOST = 300 }; /* bytes of an address that stands alone in a paragraph */

void walk_note(struct walk *walk, const char *what, struct str example)
{
    loss_note(walk->losses, "body", what, example);
}

/* --- blocks ------------------------------------------------------------------------------ */

void walk_add(struct walk *walk, const struct block *block)
{
    if (walk->flat) {
        *LIST_ADD(walk->arena, &walk->late) = *block;
        return;
    }
    if (!walk->full && walk->body->blocks.n >= BODY_BLOCKS_MOST) {
        walk->full = true;
        walk_note(walk, "cut behind the last block that fits", STR(""));
    }
    if (!walk->full && block_says_something(block))
        *LIST_ADD(walk->arena, &walk->body->blocks) = *block;
}

static void reset(struct walk *walk)
{
    walk->runs = (run_list){0};
    walk->begun = walk->gap = walk->gap_is_feed = false;
    walk->breaks = 0;
}

/* A paragraph that is nothing but an address of something that can be embedded. */
static bool is_embed(struct walk *walk, struct block *out)
{
    struct old_embed embed;
    const struct run *run = walk->runs.at;

    if (walk->type != BLOCK_P || walk->runs.n != 1 || run->s.n > ADDRESS_MOST || !str_starts(run->s, STR("http")) ||
        str_find_char(run->s, ' ', 0) >= 0 || !old_embed(walk->arena, run->s, &embed))
        return false;
    *out = block_of(BLOCK_EMBED);
    out->kind = embed.kind;
    out->href = embed.href;
    return true;
}

void walk_end_paragraph(struct walk *walk)
{
    struct block block = block_of(walk->type);

    if (walk->flat) {
        walk->breaks = walk->begun && walk->breaks < 1 ? 1 : walk->breaks;
        walk->gap = false;
        return;
    }
    runs_settle(walk->arena, &walk->runs);
    if (!is_embed(walk, &block))
        block.runs = walk->runs;
    walk_add(walk, &block);
    reset(walk);
}

/* --- flat text ------------------------------------------------------------------------------ */

struct flat walk_flat_begin(struct walk *walk)
{
    struct flat former = {walk->runs,  walk->begun,  walk->gap,   walk->gap_is_feed,
                          walk->exact, walk->breaks, walk->marks, walk->href};

    reset(walk);
    walk->exact = false;
    walk->marks = 0;
    walk->href = STR("");
    walk->flat++;
    return former;
}

run_list walk_flat_end(struct walk *walk, const struct flat *former)
{
    run_list runs = walk->runs;

    runs_settle(walk->arena, &runs);
    walk->flat--;
    walk->runs = former->runs;
    walk->begun = former->begun;
    walk->gap = former->gap;
    walk->gap_is_feed = former->gap_is_feed;
    walk->exact = former->exact;
    walk->breaks = former->breaks;
    walk->marks = former->marks;
    walk->href = former->href;
    return runs;
}

/* --- text -------------------------------------------------------------------------------------- */

static uint32_t last_character(const run_list *runs)
{
    struct str s = runs->n ? runs->at[runs->n - 1].s : STR("");
    size_t at = s.n;

    while (at > 0 && ((unsigned char)s.p[--at] & 0xc0) == 0x80)
        ;
    return at < s.n ? utf8_next(s, &at) : 0;
}

/* What stands between the text before and a character that comes now: nothing, a space, a line break. */
static struct str separator(struct walk *walk, uint32_t next)
{
    bool heading = walk->type == BLOCK_H2 || walk->type == BLOCK_H3;

    if (!walk->begun)
        return STR("");
    if (walk->breaks && !(heading && !walk->flat))
        return walk->breaks > 1 ? STR("\n\n") : STR("\n");
    if (!walk->breaks && !walk->gap)
        return STR("");
    bool wrapped = walk->gap_is_feed && utf8_is_cjk(next) && utf8_is_cjk(last_character(&walk->runs));
    return wrapped ? STR("") : STR(" ");
}

/* Gumbo has decoded entities, so what is no character may be here again. */
static void add_run(struct walk *walk, struct str text)
{
    size_t removed = 0;

    text = utf8_clean(walk->arena, text, false, &removed);
    if (removed)
        walk_note(walk, "characters that are none", text);
    struct run run = run_of(text);
    run.marks = walk->marks;
    run.href = walk->href;
    *LIST_ADD(walk->arena, &walk->runs) = run;
}

/* What stands between two words looks like both of them, as far as they look the same. */
static void add_between(struct walk *walk, struct str text)
{
    const struct run *before = &walk->runs.at[walk->runs.n - 1];
    struct run run = run_of(text);

    run.marks = before->marks & walk->marks;
    if (str_equal(before->href, walk->href))
        run.href = walk->href;
    *LIST_ADD(walk->arena, &walk->runs) = run;
}

/* Before a word: ends the paragraph where an empty line was, else writes what was put off. */
static void before_word(struct walk *walk, struct str rest)
{
    size_t at = 0;

    if (walk->breaks > 1 && !walk->flat && !walk->exact && walk->begun)
        walk_end_paragraph(walk);
    struct str between = separator(walk, utf8_next(rest, &at));
    if (between.n)
        add_between(walk, between);
    walk->begun = true;
    walk->gap = walk->gap_is_feed = false;
    walk->breaks = 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The white space at the start of s; notes what it means. */
static size_t take_space(struct walk *walk, struct str s)
{
    int feeds = 0;
    size_t n = 0;

    for (; n < s.n && is_space(s.p[n]); n++)
        feeds += s.p[n] == '\n';
    walk->gap = walk->gap || n > 0;
    walk->gap_is_feed = walk->gap_is_feed || feeds > 0;
    if (walk->exact)
        walk->breaks += feeds;
    else if (walk->text->lines && feeds > walk->breaks)
        walk->breaks = feeds;
    return n;
}

/* Text whose white space counts: only line feeds are looked at. */
static size_t exact_piece(struct str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] != '\n')
        n++;
    return n;
}

static size_t word_piece(struct str s)
{
    size_t n = 0;

    /* single spaces between words stay where they are */
    while (n < s.n && (!is_space(s.p[n]) || (s.p[n] == ' ' && n + 1 < s.n && !is_space(s.p[n + 1]))))
        n++;
    return n;
}

void walk_text(struct walk *walk, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        struct str rest = str_from(text, at);
        if (walk->exact ? rest.p[0] == '\n' : is_space(rest.p[0])) {
            at += take_space(walk, walk->exact ? str_head(rest, 1) : rest);
            continue;
        }
        size_t n = walk->exact ? exact_piece(rest) : word_piece(rest);
        before_word(walk, rest);
        add_run(walk, str_head(rest, n));
        at += n;
    }
}

void walk_break(struct walk *walk)
{
    walk->breaks++;
    walk->gap = false;
}

void walk_ruby(struct walk *walk, struct str base, struct str reading)
{
    if (base.n == 0) {
        walk_text(walk, reading);
        return;
    }
    before_word(walk, base);
    add_run(walk, base);
    walk->runs.at[walk->runs.n - 1].ruby = reading;
}
