/* story.h - a story as somebody sends it: JSON with names instead of numbers.
 *
 *     {"title": "...", "body": "Markdown text" or body v1, ...}
 *
 *     title short_title social_title seo_title lead report_type byline_text
 *     warning source licence        one line of text
 *     source_url                    an http(s) address
 *     language                      "zh-Hant"
 *     kicker                        "text", {"text", "until": moment} or {"text", "hours": number}
 *     body                          body v1 (object, or its list of blocks) or Markdown text
 *     bylines                       ["name", {"name", "role", "person": slug} ...]
 *     section                       slug or name; absent: the paper's first
 *     sections                      further ones: [slug or name ...]
 *     keywords                      [name or alias ...]; unknown ones are made
 *     hero                          "picture" or {"picture": media name, "caption", "alt", "credit"}
 *     adult hide_from_latest        true or false
 *     published                     a moment; one to come schedules the story
 *     state                         "draft", "review" or "published" (which is what absent means)
 *     url                           an old address, which will lead here
 *     related                       [number or address of a story ...]
 *
 * A member that is null is emptied. Reading asks no database; resolving does.
 */
#ifndef HAOWAI_ARTICLE_STORY_H
#define HAOWAI_ARTICLE_STORY_H

#include "lib/db/db.h"
#include "lib/json/json.h"
#include "src/article/draft.h"

enum story_member {
    STORY_TITLE,
    STORY_SHORT_TITLE,
    STORY_SOCIAL_TITLE,
    STORY_SEO_TITLE,
    STORY_KICKER,
    STORY_LEAD,
    STORY_BODY,
    STORY_BYLINES,
    STORY_REPORT_TYPE,
    STORY_BYLINE_TEXT,
    STORY_SECTION,
    STORY_SECTIONS,
    STORY_KEYWORDS,
    STORY_HERO,
    STORY_WARNING,
    STORY_ADULT,
    STORY_SOURCE,
    STORY_SOURCE_URL,
    STORY_LICENCE,
    STORY_LANGUAGE,
    STORY_PUBLISHED,
    STORY_STATE,
    STORY_HIDE_FROM_LATEST,
    STORY_URL,
    STORY_RELATED,
    STORY_MEMBER_COUNT
};

typedef LIST(struct str) text_list;

struct story {
    uint32_t given; /* bit m: member m was there */
    struct str title, short_title, social_title, seo_title, lead, report_type, byline_text, warning, source, source_url,
        licence, language, section, url;
    struct {
        struct str text;
        struct moment until;
        int64_t hours; /* after publication; 0: see until */
    } kicker;
    struct {
        struct str picture, caption, alt, credit;
    } hero;
    struct {
        struct str text; /* body v1, canonical */
        bool has_video;
        int64_t words;
    } body;
    LIST(struct draft_byline) bylines; /* person 0: not looked up yet */
    text_list sections, keywords;
    LIST(int64_t) related;
    bool adult, hide_from_latest;
    struct moment published;
    enum article_state state; /* draft, review or published */
};

static inline bool story_gives(const struct story *story, enum story_member member)
{
    return (story->given >> member & 1) != 0;
}

/* Reads a story; texts live in the arena or in the JSON. `besides` names further members that the caller reads
 * himself, separated by spaces ("note reason"), or is "". False fills *problem. */
bool story_read(struct arena *arena, const struct json *json, const char *besides, struct story *out,
                struct story_problem *problem);

/* What a new story is before anything was said about it. */
struct draft draft_new(struct db_reader *db, struct str language);

/* Puts what the story gives into the draft: names become numbers, unknown keywords are made, the state and the moment
 * of publication are worked out. False fills *problem; the draft is then of no use. */
bool story_apply(struct db_tx *tx, const struct story *story, struct moment now, struct draft *draft,
                 struct story_problem *problem);

#endif
