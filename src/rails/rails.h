/* rails.h - the lists beside and below a story, planned together so that none repeats another.
 *
 * Order of choice beside a section: read most (in the section, then anywhere), placed by editors, latest (of the
 * section, then of the site). On other pages the site's latest choose first. Then what was read most and what is
 * recommended are filled up with the newest that are left. Each list takes the best of its kind that no earlier one
 * has; so every list keeps its length as long as the section or the paper has enough stories.
 *
 * Tags: "hot:{section}", "hot:0", "front:{section}", "front:0", "section:{section}", "section:0" as far as they were
 * looked at, and "story:{id}" of what was considered.
 */
#ifndef HAOWAI_RAILS_RAILS_H
#define HAOWAI_RAILS_RAILS_H

#include "src/article/article.h"
#include "src/traffic/traffic.h"

enum { RAIL_HOT = 10, RAIL_LATEST = 10, RAIL_RECOMMENDED = 6 };

struct rails {
    story_cards hot;            /* most read of the section within a day, then its newest */
    story_cards site_hot;       /* the same of the whole site; empty where `hot` is that */
    story_cards recommended;    /* placed on the section's front, then on the home page, then the section's newest */
    story_cards section_latest; /* newest of the section; empty for SECTION_SITE */
    story_cards latest;         /* newest of the whole site */
};
extern const struct fields RAILS_FIELDS;

/* The rails of a section's pages (SECTION_SITE: of all others). `without`: a story they must not show, or 0. */
void rails_plan(struct db_reader *db, int64_t section, int64_t without, struct rails *out);

/* The hot list's own page: at most HOT_MOST, the unlisted left out. Not filled up with others. */
void rails_hot(struct db_reader *db, int64_t section, enum span span, story_cards *out);

/* The latest list's own page: the newest of the site from number `from` (0: the newest). */
void rails_latest(struct db_reader *db, int64_t from, int64_t limit, story_cards *out);

#endif
