/* redirect_store.c - the table `redirect`.
 *
 * An old address of a page covers the feeds behind it: readers' programs keep
 * asking for them for years.
 */
#include "src/redirect/redirect.h"

#include "lib/base/arena.h"

const struct fields REDIRECT_FIELDS =
    FIELDS(struct redirect, FIELD(struct redirect, article), FIELD(struct redirect, target));

SQL(find, "SELECT article, target FROM redirect WHERE old = $1", .reads = "redirects");
SQL(to_story,
    "INSERT INTO redirect (old, article, target) VALUES ($1, $2, '')"
    " ON CONFLICT (old) DO UPDATE SET article = excluded.article, target = ''",
    .touches = "redirects");
SQL(add_untold, "INSERT INTO redirect (old, article, target) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    .touches = "-");
SQL(to_path,
    "INSERT INTO redirect (old, article, target) VALUES ($1, 0, $2)"
    " ON CONFLICT (old) DO UPDATE SET article = 0, target = excluded.target",
    .touches = "redirects");
SQL(move_along, "UPDATE redirect SET target = $2 WHERE article = 0 AND target = $1", .touches = "redirects");
SQL(drop, "DELETE FROM redirect WHERE old = $1", .touches = "redirects");

static const struct str BELOW[] = {STR_INIT(""), STR_INIT("/feed.xml"), STR_INIT("/atom.xml"), STR_INIT("/feed.json")};
enum { BELOW_COUNT = sizeof BELOW / sizeof *BELOW };

bool redirect_find(struct db_reader *db, struct str address, struct redirect *out)
{
    struct str key;

    return redirect_key(db_arena(db), address, &key) && db_row(db, &find, ARGS(key), &REDIRECT_FIELDS, out);
}

void redirect_to_story(struct db_tx *tx, struct str old, int64_t article)
{
    db_exec(tx, &to_story, ARGS(old, article));
}

bool redirect_add_untold(struct db_tx *tx, struct str old, int64_t article, struct str target)
{
    return db_exec(tx, &add_untold, ARGS(old, article, target)) == 1;
}

void redirect_to_page(struct db_tx *tx, struct str from, struct str to)
{
    struct arena *arena = db_arena(db_tx_reader(tx));

    redirect_free(tx, to);
    for (size_t i = 0; i < BELOW_COUNT; i++) {
        struct str old = str_join(arena, from, BELOW[i]), target = str_join(arena, to, BELOW[i]);
        db_exec(tx, &move_along, ARGS(old, target));
        db_exec(tx, &to_path, ARGS(old, target));
    }
}

void redirect_free(struct db_tx *tx, struct str path)
{
    for (size_t i = 0; i < BELOW_COUNT; i++)
        db_exec(tx, &drop, ARGS(str_join(db_arena(db_tx_reader(tx)), path, BELOW[i])));
}
