/* section_store.c - the table `section`; a change of slug leaves a redirect behind. */
#include "src/section/section.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/redirect/redirect.h"
#include "src/section/slug.h"

const struct fields SECTION_FIELDS =
    FIELDS(struct section, FIELD(struct section, id), FIELD(struct section, slug), FIELD(struct section, name),
           FIELD(struct section, description), FIELD(struct section, place), FIELD(struct section, url));

SQL(list, "SELECT id, slug, name, description, place FROM section ORDER BY place, id LIMIT 100", .reads = "sections");
SQL(find, "SELECT id, slug, name, description, place FROM section WHERE id = $1", .reads = "sections");
SQL(find_by_slug, "SELECT id, slug, name, description, place FROM section WHERE slug = $1", .reads = "sections");
SQL(find_by_name, "SELECT id, slug, name, description, place FROM section WHERE name = $1 ORDER BY place, id LIMIT 1",
    .reads = "sections");
SQL(find_first, "SELECT id, slug, name, description, place FROM section ORDER BY place, id LIMIT 1",
    .reads = "sections");
SQL(count, "SELECT count(*) FROM section", .reads = "sections");

SQL(add,
    "INSERT INTO section (id, slug, name, description, place)"
    " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, coalesce(max(place), 0) + 1 FROM section"
    " RETURNING id",
    .touches = "sections");
SQL(change, "UPDATE section SET slug = $2, name = $3, description = $4 WHERE id = $1", .touches = "sections");
SQL(put_at, "UPDATE section SET place = $2 WHERE id = $1", .touches = "sections");

struct str section_url(struct arena *arena, struct str slug)
{
    return slug_url(arena, STR("/section/"), slug);
}

void sections_list(struct db_reader *db, sections *out)
{
    db_rows(db, &list, NO_ARGS, &SECTION_FIELDS, out);
    for (size_t i = 0; i < out->n; i++)
        out->at[i].url = section_url(db_arena(db), out->at[i].slug);
}

static bool find_one(struct db_reader *db, const struct db_statement *statement, struct db_args args,
                     struct section *out)
{
    if (!db_row(db, statement, args, &SECTION_FIELDS, out))
        return false;
    out->url = section_url(db_arena(db), out->slug);
    return true;
}

bool section_find(struct db_reader *db, int64_t id, struct section *out)
{
    return find_one(db, &find, ARGS(id), out);
}

bool section_find_by_slug(struct db_reader *db, struct str slug, struct section *out)
{
    return find_one(db, &find_by_slug, ARGS(slug), out);
}

bool section_find_by_name(struct db_reader *db, struct str name, struct section *out)
{
    return find_one(db, &find_by_name, ARGS(name), out);
}

bool section_default(struct db_reader *db, struct section *out)
{
    return find_one(db, &find_first, NO_ARGS, out);
}

/* --- changing ----------------------------------------------------------------------- */

int64_t section_add(struct db_tx *tx, const struct section *section)
{
    redirect_free(tx, section_url(db_arena(db_tx_reader(tx)), section->slug));
    return db_exec_int(tx, &add, ARGS(section->slug, section->name, section->description), 0);
}

void section_change(struct db_tx *tx, const struct section *section)
{
    struct arena *arena = db_arena(db_tx_reader(tx));
    struct section former;

    if (!section_find(db_tx_reader(tx), section->id, &former))
        return;
    db_exec(tx, &change, ARGS(section->id, section->slug, section->name, section->description));
    if (!str_equal(former.slug, section->slug))
        redirect_to_page(tx, section_url(arena, former.slug), section_url(arena, section->slug));
}

void section_put_at(struct db_tx *tx, int64_t id, int64_t place)
{
    db_exec(tx, &put_at, ARGS(id, place));
}

int64_t section_named(struct db_tx *tx, struct str name)
{
    struct db_reader *db = db_tx_reader(tx);
    struct section section = {.description = STR("")};

    name = utf8_first_chars(str_trim(name), SECTION_NAME_MOST);
    if (section_find_by_name(db, name, &section))
        return section.id;
    section.name = name;
    section.slug = slug_of_name(db_arena(db), name);
    if (section.slug.n == 0)
        return 0;
    struct section same;
    if (section_find_by_slug(db, section.slug, &same))
        return same.id;
    return db_int(db, &count, NO_ARGS, 0) < SECTION_MOST ? section_add(tx, &section) : 0;
}
