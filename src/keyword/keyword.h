/* keyword.h - 關鍵字: people, places, organisations and things that stories are about.
 *
 * A keyword is an entity with one name and any number of aliases (川普 = 特朗普 =
 * Trump). Merging one into another moves its stories and videos; the merged one
 * stays as a row that points on, its name becomes an alias, its address a redirect.
 *
 * Tags: "keyword:{id}" on its stories and their number, "keyword-names:{id}" on
 * name, slug, aliases and merging; "keyword-slug:{slug}", "keyword-name:{name}" for
 * who asked by them; "keywords" on which there are, "keyword-counts" on any number.
 */
#ifndef HAOWAI_KEYWORD_KEYWORD_H
#define HAOWAI_KEYWORD_KEYWORD_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { KEYWORD_NAME_MOST = 60, KEYWORD_DESCRIPTION_MOST = 2000 }; /* characters */
enum { KEYWORD_ALIASES_MOST = 50, KEYWORDS_MOST = 500 };          /* of one; in one list */

struct keyword {
    int64_t id;
    struct str slug, name;
    struct str type; /* see keyword_type_is_known */
    struct str description;
    int64_t merged_into; /* 0, or who took its place */
    int64_t stories;     /* how many listed stories carry it */
    struct str url;      /* "/keyword/{slug}", percent-encoded */
};
extern const struct fields KEYWORD_FIELDS;
typedef LIST(struct keyword) keyword_list;

struct keyword_alias {
    struct str alias;
};
extern const struct fields KEYWORD_ALIAS_FIELDS;
typedef LIST(struct keyword_alias) keyword_aliases;

/* Merged ones are found by id only. */
bool keyword_find(struct db_reader *db, int64_t id, struct keyword *out);
bool keyword_find_by_slug(struct db_reader *db, struct str slug, struct keyword *out);

/* By its name or one of its aliases, exactly as written. */
bool keyword_find_by_name(struct db_reader *db, struct str name, struct keyword *out);

void keyword_aliases_of(struct db_reader *db, int64_t id, keyword_aliases *out);

/* In the order of slugs, from the one behind `after` ("" for the start): at most `limit` and KEYWORDS_MOST. */
void keywords_list(struct db_reader *db, struct str after, int64_t limit, keyword_list *out);

/* Those that most stories carry, for the list of keywords and the site map. */
void keywords_most_used(struct db_reader *db, int64_t limit, keyword_list *out);

/* The same for the site map: more of them, of which only slug and url are filled. */
enum { KEYWORDS_MAP_MOST = 10000 };
void keywords_for_map(struct db_reader *db, keyword_list *out);

struct str keyword_url(struct arena *arena, struct str slug);

/* --- rules (no database) ------------------------------------------------------------- */

/* "person", "place", "organisation", "event", "thing". */
bool keyword_type_is_known(struct str type);
#define KEYWORD_TYPES "person, place, organisation, event, thing"

/* --- changing ------------------------------------------------------------------------- */

/* The keyword of that name or alias, or a new one of type "thing". 0 when no slug can be made from the name (slug.h).
 */
int64_t keyword_named(struct db_tx *tx, struct str name);

/* Adds one: name (nobody's yet, and good for a slug), type and description are used; the slug is made from the name
 * and unique. Returns its id. */
int64_t keyword_add(struct db_tx *tx, const struct keyword *keyword);

/* Name, type and description become those. A new name gives a new slug; the old one becomes an alias, the old
 * address a redirect. */
void keyword_change(struct db_tx *tx, const struct keyword *keyword);

/* `from` becomes part of `into` (another one, not merged itself): stories, aliases, name, address. Videos follow
 * merged_into by themselves. */
void keyword_merge(struct db_tx *tx, int64_t from, int64_t into);

/* False when it is somebody's name or alias already; when it is no alias of this one. */
bool keyword_alias_add(struct db_tx *tx, int64_t id, struct str alias);
bool keyword_alias_remove(struct db_tx *tx, int64_t id, struct str alias);

/* Adds `by` (may be negative) to the number of listed stories of every keyword that a story carries. */
void keywords_count_story(struct db_tx *tx, int64_t article, int64_t by);

/* The same for one keyword, without touching tags: for imports. */
void keyword_count_untold(struct db_tx *tx, int64_t id, int64_t by);

#endif
