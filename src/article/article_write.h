/* article_write.h - stories come into the database and change there.
 *
 * Who calls has asked article_rules.h before. A story is written with all that
 * belongs to it: the lists it stands in, the numbers on keywords, headline
 * breaks, timers, and, when readers could see it, what it was before. What a
 * write touches depends on whether readers saw the story before or see it after;
 * a draft touches nothing.
 */
#ifndef HAOWAI_ARTICLE_ARTICLE_WRITE_H
#define HAOWAI_ARTICLE_ARTICLE_WRITE_H

#include "lib/db/db.h"
#include "src/article/draft.h"

/* Adds a story. draft->published must be set, also for a draft: its day is that of the address for now. Returns its
 * number, from 1. */
int64_t article_insert(struct db_tx *tx, const struct draft *draft);

/* For imports: adds a story under the number draft->id, which nobody has - article_next and those behind it. Touches no
 * tag and does not count the story on its keywords; the caller touches TAG_EVERYTHING and calls keyword_count_untold,
 * once for all its stories. */
int64_t article_next(struct db_reader *db);
void article_insert_untold(struct db_tx *tx, const struct draft *draft);

/* A story in any state with everything in it; false when there is none. Reads no tag: for the desk, not for pages. */
bool article_load(struct db_reader *db, int64_t id, struct draft *out);

/* Who changed a story when, and why. */
struct change {
    struct moment now;
    struct str who, reason;
};

/* Makes the story `former` (as loaded in this transaction) what `draft` says, with a version one higher. */
void article_save(struct db_tx *tx, const struct draft *former, const struct draft *draft, const struct change *change);

/* Tells readers about a change. Returns the number of the note. */
int64_t article_correction_add(struct db_tx *tx, int64_t id, struct moment at, struct str kind, struct str note);

/* The timers "publish_due" and "kicker_expiry". Nothing happens when the story is not what it was when they were
 * set: published already, put off, or without a kicker. */
void article_publish_due(struct db_tx *tx, int64_t id, struct moment now);
void article_kicker_expired(struct db_tx *tx, int64_t id, struct moment now);

/* --- what a story was ----------------------------------------------------------------- */

struct revision {
    int64_t version; /* that the change replaced */
    struct moment at;
    struct str who, reason;
    struct str content; /* JSON, as draft_write makes it; "" in lists */
};
extern const struct fields REVISION_FIELDS;
typedef LIST(struct revision) revision_list;

/* Newest first, without content. For the desk. */
void article_revisions(struct db_reader *db, int64_t id, revision_list *out);
bool article_revision_find(struct db_reader *db, int64_t id, int64_t version, struct revision *out);

/* --- lists for the desk ------------------------------------------------------------------ */

struct desk_row {
    int64_t id, day, version;
    struct str state, title, section; /* the section's slug */
    struct moment published, updated;
    struct str url;
};
extern const struct fields DESK_ROW_FIELDS;
typedef LIST(struct desk_row) desk_rows;

/* Highest number first, below `before` (0: from the highest), of one state ("" : any) and section (0: any); at most
 * `limit` and DESK_ROWS_MOST. */
enum { DESK_ROWS_MOST = 200 };
void articles_for_desk(struct db_reader *db, struct str state, int64_t section, int64_t before, int64_t limit,
                       desk_rows *out);

#endif
