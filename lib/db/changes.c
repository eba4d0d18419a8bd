/* changes.c - the numbered log of what was touched, in the table `change`.
 *
 * Each transaction that touched tags writes one row, in itself: a snapshot
 * therefore contains exactly the changes it can see, and everybody who reads
 * the database can catch up from it, whether or not a message reached them.
 * Numbers have no gaps, because there is one writer at a time.
 */
#include "lib/base/check.h"
#include "lib/db/engine.h"

SQL(newest, "SELECT coalesce(max(sequence), 0) FROM change", .reads = "-");
SQL(since, "SELECT sequence, tags FROM change WHERE sequence > $1 ORDER BY sequence LIMIT 2000", .reads = "-");
SQL(record,
    "INSERT INTO change (sequence, at, tags)"
    " SELECT coalesce(max(sequence), 0) + 1, $1, $2 FROM change"
    " RETURNING sequence",
    .touches = "-");
SQL(prune, "DELETE FROM change WHERE sequence <= (SELECT max(sequence) FROM change) - $1", .touches = "-");

const struct fields DB_CHANGE_FIELDS =
    FIELDS(struct db_change_row, FIELD(struct db_change_row, sequence), FIELD(struct db_change_row, tags));

int64_t change_newest(struct db_reader *reader)
{
    return db_int(reader, &newest, NO_ARGS, 0);
}

void db_changes_since(struct db_reader *reader, uint64_t sequence, db_change_rows *out)
{
    db_rows(reader, &since, ARGS((int64_t)sequence), &DB_CHANGE_FIELDS, out);
}

bool change_record(struct db_tx *tx, struct str tags, uint64_t *sequence)
{
    int64_t number = db_exec_int(tx, &record, ARGS(clock_now(), tags), -1);

    *sequence = number > 0 ? (uint64_t)number : 0;
    return number > 0;
}

void db_changes_prune(struct db_tx *tx, int64_t keep)
{
    CHECK(keep >= 1); /* numbering goes on from the newest, so that one stays */
    db_exec(tx, &prune, ARGS(keep));
}
