/* article_rules.h - what may become of a story, and what it may say. No database, no clock. */
#ifndef HAOWAI_ARTICLE_ARTICLE_RULES_H
#define HAOWAI_ARTICLE_ARTICLE_RULES_H

#include "src/article/draft.h"

/* "draft", "review", "scheduled", "published", "corrected", "withdrawn". */
struct str article_state_name(enum article_state state);
bool article_state_from_name(struct str name, enum article_state *out);

/* Do readers see a story in this state? */
bool article_state_is_shown(enum article_state state);

/* May a story go from one state to another? From a state to itself means: may it be changed while it stays there. */
bool article_may_move(enum article_state from, enum article_state to);

/* The states it may go to, for error messages: "review, scheduled or published". */
struct str article_moves_text(struct arena *arena, enum article_state from);

/* Limits, in full-width units (utf8_width / 2: a Han character is 1, a Latin letter a half). */
enum {
    TITLE_WIDTH = 120,
    SHORT_TITLE_WIDTH = 60,
    KICKER_WIDTH = 12,
    LEAD_WIDTH = 500,
    CAPTION_WIDTH = 500,
    LABEL_WIDTH = 100 /* report type, free byline, source, licence, credit, names */
};
enum { SECTIONS_OF_STORY = 10, KEYWORDS_OF_STORY = 30, BYLINES_OF_STORY = 20, RELATED_OF_STORY = 20 };
enum { KICKER_HOURS_MOST = 24 * 365, NOTE_WIDTH = 1000 };

/* Is a story fit to be saved in its state? `now` decides what lies in the future. False fills *problem. */
bool draft_check(const struct draft *draft, struct moment now, struct story_problem *problem);

/* A tag of BCP 47, as far as its shape goes: "zh-Hant-TW". */
bool language_is_tag(struct str s);

/* "correction", "clarification", "update". */
bool correction_kind_is_known(struct str kind);

#endif
