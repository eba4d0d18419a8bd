/* timer_store.c - see timer_store.h. */
#include "src/desk/timer_store.h"

#include "src/article/article_write.h"
#include "src/flash/flash.h"

static const struct fields TIMER_FIELDS = FIELDS(struct timer, FIELD(struct timer, id), FIELD(struct timer, due),
                                                 FIELD(struct timer, kind), FIELD(struct timer, subject));

/* Rows of other kinds, of a newer program perhaps, are left alone. */
static const char KNOWN[] =
#define TIMER(kind, action, meaning) " " #kind
#include "src/timers.def"
#undef TIMER
    " ";

SQL(due,
    "SELECT id, due, kind, subject FROM timer"
    " WHERE due <= $1 AND $2 LIKE '% ' || kind || ' %'"
    " ORDER BY due, id LIMIT 100",
    .reads = "-");
SQL(next, "SELECT due FROM timer WHERE $1 LIKE '% ' || kind || ' %' ORDER BY due LIMIT 1", .reads = "-");
SQL(unknown, "SELECT count(*) FROM timer WHERE NOT $1 LIKE '% ' || kind || ' %'", .reads = "-");
/* A number alone is not enough: it may have been given again since. */
SQL(take, "DELETE FROM timer WHERE id = $1 AND due = $2 AND kind = $3 AND subject = $4", .touches = "-");

void timers_due(struct db_reader *db, struct moment now, timers *out)
{
    db_rows(db, &due, ARGS(now, str_of(KNOWN)), &TIMER_FIELDS, out);
}

struct moment timer_next(struct db_reader *db)
{
    return (struct moment){db_int(db, &next, ARGS(str_of(KNOWN)), 0)};
}

int64_t timers_unknown(struct db_reader *db)
{
    return db_int(db, &unknown, ARGS(str_of(KNOWN)), 0);
}

bool timer_remove(struct db_tx *tx, const struct timer *timer)
{
    return db_exec(tx, &take, ARGS(timer->id, timer->due, timer->kind, timer->subject)) == 1;
}

void timer_fire(struct db_tx *tx, const struct timer *timer, struct moment now)
{
    int64_t subject = timer->subject;

#define TIMER(name, action, meaning)                                                                                   \
    if (str_equal(timer->kind, STR(#name)))                                                                            \
        action;
#include "src/timers.def"
#undef TIMER
}
