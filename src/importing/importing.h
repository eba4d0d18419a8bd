/* importing.h - 匯入: an archive comes in, batch by batch, each batch in one transaction.
 *
 * A file is known by its fingerprint; with each batch it is noted how far it
 * got and what was lost so far, in the same transaction as the stories. So an
 * import that was killed goes on behind the last batch that was committed, and
 * its report at the end is that of an import nobody disturbed.
 *
 * A story is known by its origin and id. The same one again adds nothing. One
 * that was changed in the archive since is changed here too, with a revision -
 * unless somebody changed it here meanwhile, who then keeps the last word.
 *
 * What a story does not say: without a moment it takes that of the story before
 * it in the file, else UNDATED; without a section it stands in the paper's
 * first; without a language it is in the paper's. A moment to come schedules it.
 */
#ifndef HAOWAI_IMPORTING_IMPORTING_H
#define HAOWAI_IMPORTING_IMPORTING_H

#include "lib/db/db.h"
#include "src/importing/loss.h"
#include "src/importing/names.h"
#include "src/importing/record.h"

/* The day of stories of which nobody knows when they were published: 2000-01-01. */
struct moment import_undated(void);

/* --- what is known of a file ------------------------------------------------------------- */

struct import_file {
    struct str name;  /* its fingerprint */
    struct str label; /* what it is called */
    struct moment at, latest;
    int64_t position; /* lines done */
    int64_t stories, changed, known, pages, skipped, bad;
    bool finished;
    struct str losses; /* JSON, see loss.h */
};
extern const struct fields IMPORT_FILE_FIELDS;

/* False, and one of which nothing is done yet in *out, when it is new. */
bool import_file_find(struct db_reader *db, struct str name, struct import_file *out);

/* A line that could not be read. Kept with the file, the first IMPORT_BAD_MOST of them. */
struct import_bad {
    int64_t line;
    struct str reason;
};
extern const struct fields IMPORT_BAD_FIELDS;
typedef LIST(struct import_bad) import_bad_lines;
enum { IMPORT_BAD_MOST = 100000 };

/* Those behind line `after`, in order, at most `limit`. */
void import_bad_lines_of(struct db_reader *db, struct str file, int64_t after, int64_t limit, import_bad_lines *out);

/* --- doing it ------------------------------------------------------------------------------ */

struct import_batch {
    struct str file, label;
    int64_t from, to; /* lines behind `from`, up to `to` */
    bool last;        /* the file ends here */
    LIST(struct record) records;
    import_bad_lines bad;
    struct losses losses; /* of reading them */
};

struct importer {
    struct str language; /* of the paper */
    bool as_drafts;      /* nothing is published */
    struct moment now;
    struct names *names; /* to be thrown away when a transaction was not committed */
};

/* Writes the stories, touches TAG_EVERYTHING, and tells in *after where the file stands then. Nothing is done, and
 * false said, when the file does not stand at batch->from: *after says where it does. */
bool import_batch(struct db_tx *tx, struct importer *importer, const struct import_batch *batch,
                  struct import_file *after);

/* --- its rows (importing_store.c) ------------------------------------------------------------ */

struct import_item {
    int64_t article; /* 0: a static page */
    int64_t hash, version;
};
/* False when it is there already: then *item is what it says. */
bool import_item_add(struct db_tx *tx, struct str origin, struct str id, struct import_item *item);
void import_item_change(struct db_tx *tx, struct str origin, struct str id, const struct import_item *item);
void import_file_put(struct db_tx *tx, const struct import_file *file);
void import_bad_add(struct db_tx *tx, struct str file, const struct import_bad *bad);

#endif
