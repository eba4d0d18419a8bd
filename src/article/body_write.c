/* body_write.c - canonical JSON: members in one order, nothing that is empty, no white space. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/article/body_blocks.h"

/* Even the largest JSON that can be read, each byte escaped. */
enum { LARGEST = 8 * JSON_LARGEST };

static void write_member(struct buf *out, const char *name)
{
    buf_printf(out, ",\"%s\":", name);
}

static void write_text(struct buf *out, const char *name, struct str text)
{
    if (text.n == 0)
        return;
    write_member(out, name);
    json_write_text(out, text);
}

static void write_marks(struct buf *out, unsigned marks)
{
    const char *before = "[";

    if (!marks)
        return;
    write_member(out, "m");
    for (size_t m = 0; m < MARKS; m++)
        if (marks & 1u << m) {
            buf_printf(out, "%s\"%.*s\"", before, STR_ARG(MARK_NAMES[m]));
            before = ",";
        }
    buf_add_char(out, ']');
}

static void write_runs(struct buf *out, const run_list *runs)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < runs->n; i++) {
        const struct run *run = &runs->at[i];
        buf_add_str(out, i ? STR(",{\"s\":") : STR("{\"s\":"));
        json_write_text(out, run->s);
        write_marks(out, run->marks);
        write_text(out, "ruby", run->ruby);
        if (run->href.n) {
            buf_add_str(out, STR(",\"a\":{\"href\":"));
            json_write_text(out, run->href);
            buf_add_char(out, '}');
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void write_lists(struct buf *out, const run_lists *lists)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < lists->n; i++) {
        if (i)
            buf_add_char(out, ',');
        write_runs(out, &lists->at[i]);
    }
    buf_add_char(out, ']');
}

static void write_caption(struct buf *out, const run_list *cap)
{
    if (cap->n == 0)
        return;
    write_member(out, "cap");
    write_runs(out, cap);
}

/* After "img". */
static void write_picture(struct buf *out, const struct body_picture *picture)
{
    json_write_text(out, picture->img);
    write_caption(out, &picture->cap);
    write_text(out, "credit", picture->credit);
    write_text(out, "alt", picture->alt);
}

static void write_pictures(struct buf *out, const struct block *block)
{
    for (size_t i = 0; i < block->pictures.n; i++) {
        buf_add_str(out, i ? STR(",{\"img\":") : STR("{\"img\":"));
        write_picture(out, &block->pictures.at[i]);
        buf_add_char(out, '}');
    }
}

static void write_table(struct buf *out, const struct block *block)
{
    write_member(out, "rows");
    for (size_t i = 0; i < block->rows.n; i++) {
        buf_add_char(out, i ? ',' : '[');
        write_lists(out, &block->rows.at[i]);
    }
    buf_add_str(out, block->head ? STR("],\"head\":true") : STR("]"));
}

static void write_video(struct buf *out, const struct block *block)
{
    if (block->video > 0) {
        write_member(out, "video");
        buf_add_int(out, block->video);
    }
    write_text(out, "file", block->file);
    write_caption(out, &block->cap);
}

static void write_numbers(struct buf *out, const struct block *block)
{
    write_member(out, "ref");
    for (size_t i = 0; i < block->refs.n; i++) {
        buf_add_char(out, i ? ',' : '[');
        buf_add_int(out, block->refs.at[i]);
    }
    buf_add_char(out, ']');
}

static void write_inside(struct buf *out, const struct block *block)
{
    switch (block->type) {
    case BLOCK_P:
    case BLOCK_H2:
    case BLOCK_H3:
    case BLOCK_QUOTE:
        write_member(out, "r");
        write_runs(out, &block->runs);
        write_text(out, "cite", block->cite);
        break;
    case BLOCK_UL:
    case BLOCK_OL:
        write_member(out, "items");
        write_lists(out, &block->items);
        break;
    case BLOCK_IMG:
        write_member(out, "img");
        write_picture(out, &block->picture);
        break;
    case BLOCK_GALLERY:
        buf_add_str(out, STR(",\"items\":["));
        write_pictures(out, block);
        buf_add_char(out, ']');
        break;
    case BLOCK_VIDEO: write_video(out, block); break;
    case BLOCK_TABLE: write_table(out, block); break;
    case BLOCK_EMBED:
        write_text(out, "kind", block->kind);
        write_text(out, "href", block->href);
        break;
    case BLOCK_REL: write_numbers(out, block); break;
    case BLOCK_WIDGET: write_text(out, "key", block->key); break;
    case BLOCK_HR:
    case BLOCK_TYPES: break;
    }
}

void body_write(struct buf *out, const struct body *body)
{
    buf_add_str(out, STR("{\"v\":1,\"b\":["));
    for (size_t i = 0; i < body->blocks.n && !out->overflow; i++) {
        const struct block *block = &body->blocks.at[i];
        buf_add_str(out, i ? STR(",{\"id\":") : STR("{\"id\":"));
        json_write_text(out, block->id);
        buf_printf(out, ",\"t\":\"%.*s\"", STR_ARG(BLOCK_NAMES[block->type]));
        write_inside(out, block);
        buf_add_char(out, '}');
    }
    buf_add_str(out, STR("]}"));
}

struct str body_text(struct arena *arena, const struct body *body)
{
    struct buf out = BUF(LARGEST);

    if (body->blocks.n == 0)
        return STR("");
    body_write(&out, body);
    CHECK(!out.overflow);
    struct str text = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}
