/* body_plain.c - what a body says, without how it looks. */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/body_blocks.h"

enum { LARGEST = 8 << 20 }; /* bytes: no body that may be stored has as many */

bool body_has_video(const struct body *body)
{
    for (size_t i = 0; i < body->blocks.n; i++)
        if (body->blocks.at[i].type == BLOCK_VIDEO)
            return true;
    return false;
}

/* --- lines ------------------------------------------------------------------------------ */

/* A line break within a paragraph is a space here. */
static void add_paragraph(struct buf *out, const run_list *runs)
{
    size_t start = out->n + 1;

    if (runs->n == 0)
        return;
    if (out->n)
        buf_add_char(out, '\n');
    else
        start = 0;
    runs_add_text(out, runs);
    for (size_t i = start; i < out->n; i++)
        if (out->p[i] == '\n')
            out->p[i] = ' ';
}

static void add_lists(struct buf *out, const run_lists *lists)
{
    for (size_t i = 0; i < lists->n; i++)
        add_paragraph(out, &lists->at[i]);
}

/* Captions are not part of the text: a description that begins with one would puzzle. */
static void add_block(struct buf *out, const struct block *block)
{
    struct run cite = run_of(block->cite);

    add_paragraph(out, &block->runs);
    if (block->cite.n)
        add_paragraph(out, &(run_list){.at = &cite, .n = 1});
    add_lists(out, &block->items);
    for (size_t i = 0; i < block->rows.n; i++)
        add_lists(out, &block->rows.at[i]);
}

struct str body_plain(struct arena *arena, const struct body *body, size_t most)
{
    struct buf out = BUF(LARGEST);

    /* a character has at most four bytes, so that much is enough to know that something was cut */
    for (size_t i = 0; i < body->blocks.n && (most == 0 || out.n <= 4 * most); i++)
        add_block(&out, &body->blocks.at[i]);
    struct str text = buf_str(&out);
    text = most ? utf8_shorten(arena, text, most) : text;
    text = str_copy(arena, text);
    buf_free(&out);
    return text;
}

int64_t body_words(const struct body *body)
{
    struct buf text = BUF(LARGEST);

    for (size_t i = 0; i < body->blocks.n; i++)
        add_block(&text, &body->blocks.at[i]);
    int64_t words = (int64_t)utf8_count_letters(buf_str(&text));
    buf_free(&text);
    return words;
}
