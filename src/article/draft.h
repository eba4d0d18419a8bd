/* draft.h - a story as it is written: every field, with the numbers of what it names.
 *
 * Plain data. The desk reads one from a story somebody sent (story.h) or from
 * the database (article_write.h), changes it and saves it; imports fill one
 * in and insert it. Texts are clean (utf8_clean) and live where their maker put them.
 */
#ifndef HAOWAI_ARTICLE_DRAFT_H
#define HAOWAI_ARTICLE_DRAFT_H

#include "lib/base/fields.h"

enum article_state {
    STATE_DRAFT,
    STATE_REVIEW,
    STATE_SCHEDULED,
    STATE_PUBLISHED,
    STATE_CORRECTED,
    STATE_WITHDRAWN,
    STATE_COUNT
};

struct draft_section {
    int64_t id;
    struct str slug;
};
struct draft_keyword {
    int64_t id;
    struct str name;
};
struct draft_byline {
    int64_t person; /* 0: only a name */
    struct str slug, name, role;
};

struct draft {
    int64_t id, day, version; /* 0 before it was inserted; day is set by inserting and publishing */
    enum article_state state;
    struct moment published;    /* first publication; for a scheduled story when that is due */
    struct moment updated;      /* last change readers can see; 0: published */
    struct moment kicker_until; /* 0: for good */

    struct str title;
    struct str short_title, social_title, seo_title, kicker, lead; /* these and the following may be "" */
    struct str report_type, byline_text, warning, source, source_url, licence, language;
    struct draft_section section;        /* the first one */
    LIST(struct draft_section) sections; /* the others */
    LIST(struct draft_keyword) keywords; /* in order, none twice */
    LIST(struct draft_byline) bylines;   /* in order */
    LIST(int64_t) related;               /* in order */
    int64_t hero;                        /* media, 0: none */
    struct str hero_name, hero_caption, hero_alt, hero_credit;
    bool adult, hide_from_latest;

    struct str body; /* body v1, canonical */
    bool has_video;  /* these two are the body's */
    int64_t words;
};

/* What is wrong with a story, for whoever wrote it: a field and a sentence that says what to do. */
struct story_problem {
    const char *field; /* NULL: the whole story */
    char text[400];
};

/* Fills it; returns false, so that a check can end with it. */
bool story_problem_set(struct story_problem *problem, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
