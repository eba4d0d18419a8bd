/* unit_paper.h - a paper for unit tests: an empty database with the real schema, and actions run in it.
 *
 *     struct unit_paper *paper = unit_paper_open();
 *     struct unit_answer answer = unit_act(paper, "POST", "/desk/api/flash", "/desk/api/flash", flash_add_action,
 *                                          "{\"text\": \"...\"}");
 *     assert_int_equal(answer.status, 201);
 *     assert_true(unit_touched(&answer, "flash"));
 *     unit_paper_close(&paper);
 *
 * The database is a SQLite file in a directory of its own, removed at the end;
 * with HAOWAI_TEST_PGSQL=postgresql://... it is that database, whose schema
 * "public" is emptied first. Run from the repository's root: the schema is read from schema/.
 */
#ifndef HAOWAI_TESTS_UNIT_PAPER_H
#define HAOWAI_TESTS_UNIT_PAPER_H

#include "lib/web/action.h"
#include "src/app.h"

struct unit_paper {
    struct arena *arena; /* everything handed out lives here until the paper is closed */
    struct app app;
    struct moment now; /* what actions take for the time; 2025-08-21 11:19 in Taipei, change it at will */
    char dir[256];
};

struct unit_paper *unit_paper_open(void);
void unit_paper_close(struct unit_paper **paper);

/* HAOWAI_TEST_PGSQL, its schema "public" emptied; NULL when it is not set: then a test makes itself a SQLite file. */
const char *unit_pgsql(void);

struct unit_answer {
    int status;
    struct str text; /* the JSON */
    struct str tags; /* what was touched, separated by spaces; "" when rolled back */
};

/* Runs an action as the desk would: `path` (with query, or without) must match `pattern`; `body` is JSON or NULL. A
 * status of 2xx commits, any other rolls back. */
struct unit_answer unit_act(struct unit_paper *paper, const char *method, const char *pattern, const char *path,
                            action_function *function, const char *body);

bool unit_touched(const struct unit_answer *answer, const char *tag);

/* A member of the answer's top-level object. */
int64_t unit_int(struct unit_paper *paper, const struct unit_answer *answer, const char *member);
bool unit_says(const struct unit_answer *answer, const char *part);

/* The desk's transaction for tests of stores: ends with unit_commit, which returns the tags touched. */
struct db_tx *unit_begin(struct unit_paper *paper);
struct str unit_commit(struct unit_paper *paper, struct db_tx **tx);

/* A snapshot, with tags collected when `tags` is not NULL. End it with db_read_end. */
struct db_reader *unit_read(struct unit_paper *paper, struct tag_set *tags);

bool unit_has_tag(const struct tag_set *tags, const char *tag);

/* A published story the short way: number, minutes after the paper's `now` it is listed at, its section. It carries
 * "Story {id}" as its title. `listed` minutes of UNLISTED make a draft. */
enum { UNIT_UNLISTED = -1000000 };
void unit_story(struct unit_paper *paper, int64_t id, int64_t minutes, int64_t section);

/* A file in the paper's media directory. */
void unit_media_file(struct unit_paper *paper, const char *name, const void *bytes, size_t n);

#endif
