/* staticpage_store.c - the table `page`. */
#include "src/staticpage/staticpage.h"

#include "lib/base/arena.h"
#include "src/section/slug.h"

const struct fields STATIC_PAGE_FIELDS =
    FIELDS(struct static_page, FIELD(struct static_page, id), FIELD(struct static_page, slug),
           FIELD(struct static_page, title), FIELD(struct static_page, place), FIELD(struct static_page, updated),
           FIELD(struct static_page, body), FIELD(struct static_page, url));

SQL(find, "SELECT id, slug, title, place, updated, body FROM page WHERE id = $1", .reads = "page:$1");
SQL(find_by_slug, "SELECT id, slug, title, place, updated, body FROM page WHERE slug = $1",
    .reads = "page-slug:$1 page:{id}");
SQL(list,
    "SELECT id, slug, title, place, updated FROM page"
    " ORDER BY CASE WHEN place = 0 THEN 1 ELSE 0 END, place, id LIMIT 100",
    .reads = "pages page:{id}");
SQL(put,
    "INSERT INTO page (id, slug, title, place, updated, body)"
    " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5 FROM page WHERE true"
    " ON CONFLICT (slug) DO UPDATE SET title = excluded.title, place = excluded.place, updated = excluded.updated,"
    "  body = excluded.body"
    " RETURNING id",
    .touches = "pages page:{id} page-slug:$1");

struct str static_page_url(struct arena *arena, struct str slug)
{
    return slug_url(arena, STR("/page/"), slug);
}

static bool find_one(struct db_reader *db, const struct db_statement *statement, struct db_args args,
                     struct static_page *out)
{
    if (!db_row(db, statement, args, &STATIC_PAGE_FIELDS, out))
        return false;
    out->url = static_page_url(db_arena(db), out->slug);
    return true;
}

bool static_page_find(struct db_reader *db, int64_t id, struct static_page *out)
{
    return find_one(db, &find, ARGS(id), out);
}

bool static_page_find_by_slug(struct db_reader *db, struct str slug, struct static_page *out)
{
    return find_one(db, &find_by_slug, ARGS(slug), out);
}

void static_pages_list(struct db_reader *db, static_pages *out)
{
    db_rows(db, &list, NO_ARGS, &STATIC_PAGE_FIELDS, out);
    for (size_t i = 0; i < out->n; i++)
        out->at[i].url = static_page_url(db_arena(db), out->at[i].slug);
}

int64_t static_page_put(struct db_tx *tx, const struct static_page *page)
{
    return db_exec_int(tx, &put, ARGS(page->slug, page->title, page->place, page->updated, page->body), 0);
}
