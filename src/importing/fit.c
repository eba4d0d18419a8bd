/* fit.c - cutting titles, and making bodies that keep the limits of body v1. */
#include "src/importing/fit.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/body_blocks.h"

enum { PARAGRAPH_MOST = 60000 }; /* bytes; a longer one is divided */

struct str fit_width(struct losses *losses, const char *field, struct str text, size_t most)
{
    size_t at = 0, width = 0, kept = 0;

    /* no byte is wider than half a full-width character, so most texts need no counting */
    if (text.n <= 2 * most || utf8_width(text) <= 2 * most)
        return text;
    while (at < text.n) {
        size_t from = at;
        utf8_next(text, &at);
        width += utf8_width((struct str){text.p + from, at - from});
        if (width > 2 * most - 1)
            break;
        kept = at;
    }
    char what[80];
    snprintf(what, sizeof what, "cut at %zu full-width characters", most);
    loss_note(losses, field, what, text);
    return str_join(losses->arena, str_trim(str_head(text, kept)), STR("…"));
}

/* --- bodies ------------------------------------------------------------------------------- */

struct str fit_body(struct arena *arena, struct body *body, struct losses *losses)
{
    struct str text = STR("");
    char wrong[200];

    if (body_finish_text(arena, body, &text, wrong, sizeof wrong))
        return text;
    loss_note(losses, "body", "cut behind the last block that fits", STR(""));
    while (body->blocks.n && !body_finish_text(arena, body, &text, wrong, sizeof wrong))
        body->blocks.n -= 1 + body->blocks.n / 20;
    return text;
}

/* Ideographic and no-break spaces count as white space here: old texts are indented by them. */
static struct str trim_line(struct str s)
{
    static const struct str WIDE[] = {STR_INIT("\u3000"), STR_INIT("\u00a0")};

    for (size_t before = s.n + 1; s.n < before;) {
        before = s.n;
        s = str_trim(s);
        for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++) {
            if (str_starts(s, WIDE[i]))
                s = str_from(s, WIDE[i].n);
            if (str_ends(s, WIDE[i]))
                s.n -= WIDE[i].n;
        }
    }
    return s;
}

static size_t count_lines(struct str text)
{
    size_t n = 0;

    for (struct str rest = text; rest.p;)
        n += trim_line(str_cut(&rest, '\n')).n > 0;
    return n;
}

struct paragraphs {
    struct arena *arena;
    struct body *body;
    size_t together, lines; /* so many lines are one paragraph; so many does the last one have */
};

static void add_line(struct paragraphs *to, struct str line)
{
    struct body *body = to->body;

    if (body->blocks.n == 0 || to->lines == to->together) {
        *LIST_ADD(to->arena, &body->blocks) = block_of(BLOCK_P);
        to->lines = 0;
    }
    run_list *runs = &body->blocks.at[body->blocks.n - 1].runs;
    if (to->lines++)
        *LIST_ADD(to->arena, runs) = run_of(STR("\n"));
    *LIST_ADD(to->arena, runs) = run_of(line);
}

/* A line too long for comfort goes in pieces. */
static void add_long_line(struct paragraphs *to, struct str line)
{
    while (line.n > PARAGRAPH_MOST) {
        struct str piece = str_head(line, PARAGRAPH_MOST);
        piece.n = utf8_valid_prefix(piece);
        add_line(to, piece);
        line = str_from(line, piece.n);
    }
    if (line.n)
        add_line(to, line);
}

void fit_paragraphs(struct arena *arena, struct str text, struct losses *losses, struct body *out)
{
    size_t lines = count_lines(text), blocks = BODY_BLOCKS_MOST - 10; /* some for pieces of long lines */
    struct paragraphs to = {.arena = arena, .body = out, .together = 1};

    *out = (struct body){0};
    if (lines > blocks) {
        to.together = (lines + blocks - 1) / blocks;
        loss_note(losses, "body", "too many paragraphs; several became one with line breaks", STR(""));
    }
    for (struct str rest = text; rest.p;)
        add_long_line(&to, trim_line(str_cut(&rest, '\n')));
    for (size_t i = 0; to.together > 1 && i < out->blocks.n; i++)
        runs_settle(arena, &out->blocks.at[i].runs);
}
