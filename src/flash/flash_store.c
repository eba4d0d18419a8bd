/* flash_store.c - the table `flash` and the timers that end its items.
 *
 * A timer is only a reminder: what counts is `listed`. An item removed before
 * its time takes its timer along, and a timer that fires late or twice finds
 * nothing to do.
 */
#include "src/flash/flash.h"

#include "lib/base/arena.h"
#include "src/article/article.h"

const struct fields FLASH_FIELDS =
    FIELDS(struct flash, FIELD(struct flash, id), FIELD(struct flash, at), FIELD(struct flash, listed),
           FIELD(struct flash, text), FIELD(struct flash, article), FIELD(struct flash, day), FIELD(struct flash, url),
           FIELD(struct flash, link));

SQL(live,
    "SELECT f.id, f.at, f.listed, f.text, f.article, coalesce(a.day, 0) AS day, f.url"
    "  FROM flash f LEFT JOIN article a ON a.id = f.article AND a.listed > 0"
    " WHERE f.listed = 1 ORDER BY f.at DESC, f.id DESC LIMIT $1",
    .reads = "flash story:{article}");
SQL(add,
    "INSERT INTO flash (id, at, listed, text, article, url)"
    " SELECT coalesce(max(id), 0) + 1, $1, 1, $2, $3, $4 FROM flash"
    " RETURNING id",
    .touches = "flash");
/* The tag is a column, so that an item that is not shown any more touches nothing. */
SQL(unlist, "UPDATE flash SET listed = 0 WHERE id = $1 AND listed = 1 RETURNING id, 'flash' AS tag_list",
    .touches = "{tag_list}");
SQL(remind,
    "INSERT INTO timer (id, due, kind, subject)"
    " SELECT coalesce(max(id), 0) + 1, $1, 'flash_expiry', $2 FROM timer",
    .touches = "-");
SQL(forget, "DELETE FROM timer WHERE kind = 'flash_expiry' AND subject = $1", .touches = "-");

void flash_live(struct db_reader *db, int64_t limit, flashes *out)
{
    size_t from = out->n;

    db_rows(db, &live, ARGS(limit < FLASH_MOST ? limit : FLASH_MOST), &FLASH_FIELDS, out);
    for (size_t i = from; i < out->n; i++) {
        struct flash *flash = &out->at[i];
        flash->link = flash->day ? article_url(db_arena(db), flash->day, flash->article) : flash->url;
    }
}

int64_t flash_add(struct db_tx *tx, const struct flash *flash, struct moment until)
{
    int64_t id = db_exec_int(tx, &add, ARGS(flash->at, flash->text, flash->article, flash->url), 0);

    db_exec(tx, &remind, ARGS(until, id));
    return id;
}

bool flash_remove(struct db_tx *tx, int64_t id)
{
    if (db_exec_int(tx, &unlist, ARGS(id), 0) == 0)
        return false;
    db_exec(tx, &forget, ARGS(id));
    return true;
}

void flash_expired(struct db_tx *tx, int64_t id)
{
    flash_remove(tx, id);
}
