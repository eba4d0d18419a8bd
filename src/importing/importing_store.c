/* importing_store.c - the tables import_file, import_bad and import_item. No page shows them, so none has a tag. */
#include "src/importing/importing.h"

static const struct fields ITEM_FIELDS = FIELDS(struct import_item, FIELD(struct import_item, article),
                                                FIELD(struct import_item, hash), FIELD(struct import_item, version));
const struct fields IMPORT_BAD_FIELDS =
    FIELDS(struct import_bad, FIELD(struct import_bad, line), FIELD(struct import_bad, reason));
const struct fields IMPORT_FILE_FIELDS =
    FIELDS(struct import_file, FIELD(struct import_file, name), FIELD(struct import_file, label),
           FIELD(struct import_file, at), FIELD(struct import_file, latest), FIELD(struct import_file, position),
           FIELD(struct import_file, stories), FIELD(struct import_file, changed), FIELD(struct import_file, known),
           FIELD(struct import_file, pages), FIELD(struct import_file, skipped), FIELD(struct import_file, bad),
           FIELD(struct import_file, finished), FIELD(struct import_file, losses));

SQL(find_file,
    "SELECT name, label, at, latest, position, stories, changed, known, pages, skipped, bad, finished, losses"
    " FROM import_file WHERE name = $1",
    .reads = "-");
SQL(put_file,
    "INSERT INTO import_file (name, label, at, latest, position, stories, changed, known, pages, skipped, bad,"
    "  finished, losses)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    " ON CONFLICT (name) DO UPDATE SET label = excluded.label, at = excluded.at, latest = excluded.latest,"
    "  position = excluded.position, stories = excluded.stories, changed = excluded.changed, known = excluded.known,"
    "  pages = excluded.pages, skipped = excluded.skipped, bad = excluded.bad, finished = excluded.finished,"
    "  losses = excluded.losses",
    .touches = "-");

SQL(find_bad, "SELECT line, reason FROM import_bad WHERE file = $1 AND line > $2 ORDER BY line LIMIT $3", .reads = "-");
SQL(add_bad, "INSERT INTO import_bad (file, line, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", .touches = "-");

SQL(find_item, "SELECT article, hash, version FROM import_item WHERE source = $1 AND external = $2", .reads = "-");
SQL(add_item,
    "INSERT INTO import_item (source, external, article, hash, version) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT DO NOTHING",
    .touches = "-");
SQL(change_item, "UPDATE import_item SET article = $3, hash = $4, version = $5 WHERE source = $1 AND external = $2",
    .touches = "-");

bool import_file_find(struct db_reader *db, struct str name, struct import_file *out)
{
    *out = (struct import_file){.name = name, .label = STR(""), .losses = STR("[]")};
    return db_row(db, &find_file, ARGS(name), &IMPORT_FILE_FIELDS, out);
}

void import_file_put(struct db_tx *tx, const struct import_file *file)
{
    db_exec(tx, &put_file,
            ARGS(file->name, file->label, file->at, file->latest, file->position, file->stories, file->changed,
                 file->known, file->pages, file->skipped, file->bad, file->finished, file->losses));
}

void import_bad_lines_of(struct db_reader *db, struct str file, int64_t after, int64_t limit, import_bad_lines *out)
{
    db_rows(db, &find_bad, ARGS(file, after, limit), &IMPORT_BAD_FIELDS, out);
}

void import_bad_add(struct db_tx *tx, struct str file, const struct import_bad *bad)
{
    db_exec(tx, &add_bad, ARGS(file, bad->line, bad->reason));
}

bool import_item_add(struct db_tx *tx, struct str origin, struct str id, struct import_item *item)
{
    if (db_exec(tx, &add_item, ARGS(origin, id, item->article, item->hash, item->version)) == 1)
        return true;
    db_row(db_tx_reader(tx), &find_item, ARGS(origin, id), &ITEM_FIELDS, item);
    return false;
}

void import_item_change(struct db_tx *tx, struct str origin, struct str id, const struct import_item *item)
{
    db_exec(tx, &change_item, ARGS(origin, id, item->article, item->hash, item->version));
}
