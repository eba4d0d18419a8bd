/* demo_inside.h - filling the demo paper; for the files of src/demo alone.
 *
 * The paper's past is told again: each action takes for the present the moment
 * it happened at, so stories, corrections, flash items and hot lists come out as
 * they would have. All of it is one transaction.
 */
#ifndef HAOWAI_DEMO_DEMO_INSIDE_H
#define HAOWAI_DEMO_DEMO_INSIDE_H

#include "lib/base/list.h"
#include "lib/json/json.h"
#include "src/app.h"

/* A story that was told already, by the name its files give it. */
struct told_story {
    struct str ref, url;
    int64_t id;
    struct moment published;
};

struct filling {
    struct arena *arena;
    struct app app;
    struct db_tx *tx;
    struct moment end; /* the present */
    struct moment now; /* of what is being told */
    LIST(struct told_story) stories;
    struct db_problem *problem;
};

/* Says what is wrong; returns false. */
bool demo_fail(struct filling *filling, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The content's JSON of that name; an empty list when there is none, NULL (said) when it is no JSON. */
const struct json *demo_json(struct filling *filling, const char *name);

/* Does an action at filling->now. The parsed answer in *answer (may be NULL). False when it was refused, which is said.
 */
bool demo_act(struct filling *filling, const char *method, const char *path, struct str body,
              const struct json **answer);

/* `,"name":value` for each of the members named that the object has, ready to stand in an object behind another. */
struct str demo_members(struct filling *filling, const struct json *object, const char *names);

/* "minutes_ago", or "days_ago" and "at". Never later than the present. */
struct moment demo_moment(const struct filling *filling, const struct json *object);

/* Things that happened, by the moments they happened at. */
struct happening {
    const struct json *what;
    struct moment at;
    size_t order; /* in which they were added: of equal moments the first comes first */
};
typedef LIST(struct happening) happenings;
void demo_happening(struct filling *filling, happenings *list, const struct json *what, struct moment at);
void demo_in_order(happenings *list);

/* NULL (said) when no such story was told. */
const struct told_story *demo_story(struct filling *filling, struct str ref);

/* "[1,2]": numbers of the stories a list of refs names. False when one is not known. */
bool demo_numbers(struct filling *filling, const struct json *refs, struct str *out);

/* --- the steps ------------------------------------------------------------------------ */

/* Files below pictures/ and videos/ into DIR/media. Outside of the transaction. */
bool demo_copy_media(struct filling *filling);

bool demo_add_media(struct filling *filling);
bool demo_add_stories(struct filling *filling);
bool demo_add_corrections(struct filling *filling);
bool demo_add_views(struct filling *filling);

#endif
