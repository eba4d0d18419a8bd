/* html_table.c - tables of text. One that only lays a page out, in a single column, is walked through. */
#include "src/importing/html_walk.h"

#include "lib/base/arena.h"

enum { COLUMNS_MOST = 30, ROWS_MOST = 500 };

static bool is_tag(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

typedef LIST(const GumboNode *) node_list;

/* The rows of a table, through thead, tbody and tfoot. */
static void find_rows(struct arena *arena, const GumboNode *node, node_list *out)
{
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (is_tag(child, GUMBO_TAG_TR))
            *LIST_ADD(arena, out) = child;
        else if (is_tag(child, GUMBO_TAG_TBODY) || is_tag(child, GUMBO_TAG_THEAD) || is_tag(child, GUMBO_TAG_TFOOT))
            find_rows(arena, child, out);
    }
}

static size_t count_cells(const GumboNode *row, bool *all_heads)
{
    size_t n = 0;

    *all_heads = true;
    for (unsigned i = 0; i < row->v.element.children.length; i++) {
        const GumboNode *cell = row->v.element.children.data[i];
        bool head = is_tag(cell, GUMBO_TAG_TH);
        n += head || is_tag(cell, GUMBO_TAG_TD);
        *all_heads = *all_heads && (head || !is_tag(cell, GUMBO_TAG_TD));
    }
    return n;
}

static size_t widest(const node_list *rows)
{
    size_t most = 0;
    bool ignored;

    for (size_t i = 0; i < rows->n; i++) {
        size_t n = count_cells(rows->at[i], &ignored);
        most = n > most ? n : most;
    }
    return most;
}

static void add_cell(struct walk *walk, const GumboNode *cell, run_lists *row)
{
    if (walk_attribute(cell, "colspan").n || walk_attribute(cell, "rowspan").n)
        walk_note(walk, "cells of a table that were joined", STR(""));
    run_list runs = walk_runs_of(walk, cell);
    if (row->n < COLUMNS_MOST)
        *LIST_ADD(walk->arena, row) = runs;
    else
        walk_note(walk, "columns of a table beyond the thirtieth", STR(""));
}

static run_lists read_row(struct walk *walk, const GumboNode *node, size_t columns)
{
    run_lists row = {0};

    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *cell = node->v.element.children.data[i];
        if (is_tag(cell, GUMBO_TAG_TD) || is_tag(cell, GUMBO_TAG_TH))
            add_cell(walk, cell, &row);
    }
    while (row.n > 0 && row.n < columns && row.n < COLUMNS_MOST)
        LIST_ADD(walk->arena, &row);
    return row;
}

static bool says_something(const run_lists *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->at[i].n)
            return true;
    return false;
}

static void read_table(struct walk *walk, const node_list *rows, size_t columns)
{
    struct block block = block_of(BLOCK_TABLE);

    for (size_t i = 0; i < rows->n && block.rows.n < ROWS_MOST; i++) {
        run_lists row = read_row(walk, rows->at[i], columns);
        bool heads = false;
        if (!says_something(&row))
            continue;
        count_cells(rows->at[i], &heads);
        block.head = block.head || (block.rows.n == 0 && heads);
        *LIST_ADD(walk->arena, &block.rows) = row;
    }
    if (block.rows.n == ROWS_MOST)
        walk_note(walk, "rows of a table beyond the five hundredth", STR(""));
    walk_add(walk, &block);
}

void walk_table(struct walk *walk, const GumboNode *node)
{
    node_list rows = {0};

    find_rows(walk->arena, node, &rows);
    size_t columns = widest(&rows);
    if (walk->flat)
        walk_note(walk, "table within a table, a list or a quotation became text", STR(""));
    walk_end_paragraph(walk);
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (is_tag(child, GUMBO_TAG_CAPTION))
            walk_children(walk, child);
    }
    walk_end_paragraph(walk);
    for (size_t i = 0; i < rows.n && (walk->flat || columns < 2); i++) {
        walk_children(walk, rows.at[i]);
        walk_end_paragraph(walk);
    }
    if (!walk->flat && columns >= 2)
        read_table(walk, &rows, columns);
}
