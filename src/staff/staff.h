/* staff.h - the people of the paper: who writes, photographs, edits.
 *
 * A byline names a person of this table, who has a page of their own at
 * /author/{slug}, or just a name. Two people may have the same name; only the
 * slug tells them apart. (Accounts of the desk come with the desk.)
 *
 * Tags: "person:{id}" on everything about one, "people" on who there is.
 */
#ifndef HAOWAI_STAFF_STAFF_H
#define HAOWAI_STAFF_STAFF_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { PERSON_NAME_MOST = 60, PERSON_ROLE_MOST = 40, PERSON_BIO_MOST = 2000 }; /* characters */
enum { PEOPLE_MOST = 1000 };                                                   /* in one list */

struct person {
    int64_t id;
    struct str slug, name;
    struct str role; /* 記者, 攝影 ...; may be empty */
    struct str bio;
    struct str url; /* "/author/{slug}", percent-encoded */
};
extern const struct fields PERSON_FIELDS;
typedef LIST(struct person) people;

bool person_find(struct db_reader *db, int64_t id, struct person *out);
bool person_find_by_slug(struct db_reader *db, struct str slug, struct person *out);

/* The first of that name that was added. */
bool person_find_by_name(struct db_reader *db, struct str name, struct person *out);

/* By name, from the one behind `after` (a slug; "" for the start): at most `limit`, and at most PEOPLE_MOST. */
void people_list(struct db_reader *db, struct str after, int64_t limit, people *out);

struct str person_url(struct arena *arena, struct str slug);

/* --- changing ------------------------------------------------------------------------- */

/* Returns the new id. */
int64_t person_add(struct db_tx *tx, const struct person *person);

/* Name, role and bio become those; the slug stays, because addresses do not break. */
void person_change(struct db_tx *tx, const struct person *person);

/* The first of that name, else whoever has the slug made from it ("Ana Lee" is "ana lee"), else a new one. 0 when the
 * name gives no slug. For imports. */
int64_t person_named(struct db_tx *tx, struct str name);

#endif
