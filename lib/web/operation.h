/* operation.h - answers already given, by idempotency key: asking twice does a thing once.
 *
 * An answer is kept in the transaction it answers for, so it is there exactly
 * when what it says was done.
 */
#ifndef HAOWAI_WEB_OPERATION_H
#define HAOWAI_WEB_OPERATION_H

#include "lib/db/db.h"

enum { OPERATION_KEY_MOST = 200 };

struct operation {
    int64_t request_hash; /* of the request it was given to; a key belongs to one request */
    int64_t status;
    struct str answer;
};

/* Was an answer given under this key? */
bool operation_find(struct db_reader *db, struct str key, struct operation *out);

void operation_keep(struct db_tx *tx, struct str key, struct moment at, const struct operation *operation);

/* Forgets answers given before `before`: their keys may be used anew. Returns how many. */
int64_t operations_prune(struct db_tx *tx, struct moment before);

#endif
