/* theme.h - layouts and templates, compiled once against the tables of pages and parts. */
#ifndef HAOWAI_WEB_THEME_H
#define HAOWAI_WEB_THEME_H

#include "lib/template/template.h"
#include "lib/web/blob.h"
#include "lib/web/page.h"

struct embedded_file {
    const char *name; /* path inside the theme, "parts/rail.html" */
    const char *bytes;
    size_t size;
};

/* A file readers fetch by an address that names its content, for ever. */
struct asset {
    struct str name;            /* "/assets/site.css": what the theme's files write */
    struct str address;         /* "/assets/site.4f2a91c03b7d.css" */
    struct iovec plain, packed; /* packed is empty when it is not worth it */
    struct str headers, packed_headers;
};

enum { LAYOUT_MOST_SLOTS = 16 };

/* glue[0] slot[0] glue[1] slot[1] ... glue[n]; each glue is a blob without tags. */
struct layout {
    size_t slot_count;
    int slots[LAYOUT_MOST_SLOTS]; /* kinds of parts */
    struct blob *glue[LAYOUT_MOST_SLOTS + 1];
};

struct theme_config {
    const struct embedded_file *files; /* ends with name == NULL */
    const char *override_dir;          /* files here win over embedded ones; NULL or absent: none */
    const struct page_kind *pages;
    size_t page_count;
    const struct part_kind *parts;
    size_t part_count;
};

struct theme {
    const struct page_kind *pages;
    const struct part_kind *parts;
    size_t page_count, part_count;
    struct layout *layouts;      /* by kind of page */
    struct template **templates; /* by kind of part */
    struct asset *assets;
    size_t asset_count;
    struct theme_config config;
    struct arena *arena;
};

/* "/assets/site.css" in any file of the theme becomes the asset's own address;
 * one that does not exist is an error. The tables and files of the config must
 * outlive the theme. NULL with "file:line: what is wrong" in problem. */
struct theme *theme_load(const struct theme_config *config, struct db_problem *problem);
void theme_free(struct theme **theme);

/* NULL when there is no such asset. */
const struct asset *theme_asset(const struct theme *theme, struct str address);

/* An embedded or overriding file as it is; p == NULL when there is none. */
struct str theme_file(const struct theme_config *config, struct arena *arena, struct str name);

/* A file of the theme with the assets' own addresses, in the arena. False with problem filled when there is none. */
bool theme_text(const struct theme *theme, struct arena *arena, struct str file, struct str *text,
                struct db_problem *problem);

#endif
