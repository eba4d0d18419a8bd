/* staff_store.c - the table `person`.
 *
 * Whether a name or slug is somebody's depends on who there is, so every search
 * by them reads "people" besides the person found: who was not found yesterday
 * may be there today.
 */
#include "src/staff/staff.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/section/slug.h"

const struct fields PERSON_FIELDS =
    FIELDS(struct person, FIELD(struct person, id), FIELD(struct person, slug), FIELD(struct person, name),
           FIELD(struct person, role), FIELD(struct person, bio), FIELD(struct person, url));

SQL(find, "SELECT id, slug, name, role, bio FROM person WHERE id = $1", .reads = "person:$1");
SQL(find_by_slug, "SELECT id, slug, name, role, bio FROM person WHERE slug = $1", .reads = "people person:{id}");
SQL(find_by_name, "SELECT id, slug, name, role, bio FROM person WHERE name = $1 ORDER BY id LIMIT 1",
    .reads = "people person:{id}");
SQL(list, "SELECT id, slug, name, role, bio FROM person WHERE slug > $1 ORDER BY slug LIMIT $2",
    .reads = "people person:{id}");
SQL(add,
    "INSERT INTO person (id, slug, name, role, bio)"
    " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4 FROM person"
    " RETURNING id",
    .touches = "people person:{id}");
SQL(change, "UPDATE person SET name = $2, role = $3, bio = $4 WHERE id = $1", .touches = "people person:$1");

struct str person_url(struct arena *arena, struct str slug)
{
    return slug_url(arena, STR("/author/"), slug);
}

static bool find_one(struct db_reader *db, const struct db_statement *statement, struct db_args args,
                     struct person *out)
{
    if (!db_row(db, statement, args, &PERSON_FIELDS, out))
        return false;
    out->url = person_url(db_arena(db), out->slug);
    return true;
}

bool person_find(struct db_reader *db, int64_t id, struct person *out)
{
    return find_one(db, &find, ARGS(id), out);
}

bool person_find_by_slug(struct db_reader *db, struct str slug, struct person *out)
{
    return find_one(db, &find_by_slug, ARGS(slug), out);
}

bool person_find_by_name(struct db_reader *db, struct str name, struct person *out)
{
    return find_one(db, &find_by_name, ARGS(name), out);
}

void people_list(struct db_reader *db, struct str after, int64_t limit, people *out)
{
    db_rows(db, &list, ARGS(after, limit < PEOPLE_MOST ? limit : PEOPLE_MOST), &PERSON_FIELDS, out);
    for (size_t i = 0; i < out->n; i++)
        out->at[i].url = person_url(db_arena(db), out->at[i].slug);
}

int64_t person_add(struct db_tx *tx, const struct person *person)
{
    return db_exec_int(tx, &add, ARGS(person->slug, person->name, person->role, person->bio), 0);
}

void person_change(struct db_tx *tx, const struct person *person)
{
    db_exec(tx, &change, ARGS(person->id, person->name, person->role, person->bio));
}

int64_t person_named(struct db_tx *tx, struct str name)
{
    struct db_reader *db = db_tx_reader(tx);
    struct person person = {.role = STR(""), .bio = STR("")}, same;

    person.name = utf8_first_chars(str_trim(name), PERSON_NAME_MOST);
    if (person_find_by_name(db, person.name, &same))
        return same.id;
    person.slug = slug_of_name(db_arena(db), person.name);
    if (person.slug.n == 0)
        return 0;
    return person_find_by_slug(db, person.slug, &same) ? same.id : person_add(tx, &person);
}
