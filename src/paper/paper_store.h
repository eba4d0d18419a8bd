/* paper_store.h - what a paper holds, and whether its counted numbers are right. For the command line, not for pages.
 * */
#ifndef HAOWAI_PAPER_PAPER_STORE_H
#define HAOWAI_PAPER_PAPER_STORE_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

struct paper_stats {
    int64_t articles, published, scheduled, drafts, withdrawn, corrections, revisions;
    int64_t sections, people, keywords, media, flashes, videos, topics, pages, redirects, timers;
    int64_t views;        /* all there ever were */
    struct moment newest; /* publication of the newest story readers see */
    int64_t change;       /* number of the last change readers could see */
};
extern const struct fields PAPER_STATS_FIELDS;

void paper_stats(struct db_reader *db, struct paper_stats *out);

/* A rule of the data that must hold: how many rows break it. */
struct paper_fault {
    struct str rule;
    int64_t rows;
};
typedef LIST(struct paper_fault) paper_faults;

/* Appends the rules that are broken. Reads everything: seconds in a large archive. */
void paper_faults_find(struct db_reader *db, paper_faults *out);

/* The files that media and videos name, in the order of names, behind `after`; at most 1000. */
struct media_name {
    struct str file;
};
extern const struct fields MEDIA_NAME_FIELDS;
typedef LIST(struct media_name) media_names;
void paper_media_files(struct db_reader *db, struct str after, media_names *out);

/* The bodies of stories from number `from` on; at most 500. */
struct stored_body {
    int64_t id;
    struct str body;
};
extern const struct fields STORED_BODY_FIELDS;
typedef LIST(struct stored_body) stored_bodies;
void paper_bodies(struct db_reader *db, int64_t from, stored_bodies *out);

#endif
