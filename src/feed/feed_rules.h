/* feed_rules.h - what formats for machines ask for in their own words. */
#ifndef HAOWAI_FEED_FEED_RULES_H
#define HAOWAI_FEED_FEED_RULES_H

#include "lib/base/clock.h"

/* A language (BCP 47) as news site maps name it: "zh-tw" for Traditional and "zh-cn" for Simplified Chinese, else
 * the first subtag in small letters: "en" for "en-US". Lives in the arena. */
struct str news_language(struct arena *arena, struct str language);

/* May a story of `published` stand in the news site map of a paper whose newest story is of `newest`? It is no
 * more than 48 hours older. */
bool news_is_recent(struct moment published, struct moment newest);

/* What a video site map may tell of a duration: 1 second to 8 hours; else 0, which is to be left out. */
int64_t video_map_seconds(int64_t seconds);

#endif
