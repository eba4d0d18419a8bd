/* health_store.c - see health_store.h. */
#include "src/desk/health_store.h"

struct last {
    int64_t sequence;
    struct moment at;
};
static const struct fields LAST_FIELDS = FIELDS(struct last, FIELD(struct last, sequence), FIELD(struct last, at));

SQL(newest, "SELECT sequence, at FROM change ORDER BY sequence DESC LIMIT 1", .reads = "-");

void last_change(struct db_reader *db, int64_t *number, struct moment *at)
{
    struct last last = {0};

    db_row(db, &newest, NO_ARGS, &LAST_FIELDS, &last);
    *number = last.sequence;
    *at = last.at;
}
