/* operation_store.c - the table `operation`. */
#include "lib/web/operation.h"

static const struct fields OPERATION_FIELDS = FIELDS(struct operation, FIELD(struct operation, request_hash),
                                                     FIELD(struct operation, status), FIELD(struct operation, answer));

SQL(find, "SELECT request_hash, status, answer FROM operation WHERE key = $1", .reads = "-");
SQL(keep, "INSERT INTO operation (key, at, request_hash, status, answer) VALUES ($1, $2, $3, $4, $5)", .touches = "-");
SQL(prune, "DELETE FROM operation WHERE at < $1", .touches = "-");

bool operation_find(struct db_reader *db, struct str key, struct operation *out)
{
    return db_row(db, &find, ARGS(key), &OPERATION_FIELDS, out);
}

void operation_keep(struct db_tx *tx, struct str key, struct moment at, const struct operation *operation)
{
    db_exec(tx, &keep, ARGS(key, at, operation->request_hash, operation->status, operation->answer));
}

int64_t operations_prune(struct db_tx *tx, struct moment before)
{
    return db_exec(tx, &prune, ARGS(before));
}
