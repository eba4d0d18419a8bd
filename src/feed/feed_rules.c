/* feed_rules.c - languages, the newest two days, lengths of videos. */
#include "src/feed/feed_rules.h"

#include "lib/base/arena.h"

enum { NEWS_MS = 48 * 3600 * 1000, VIDEO_SECONDS_MOST = 8 * 3600 };

static struct str small_letters(struct arena *arena, struct str s)
{
    char *copy = arena_bytes(arena, s.n);

    for (size_t i = 0; i < s.n; i++)
        copy[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + ('a' - 'A')) : s.p[i];
    return (struct str){copy, s.n};
}

struct str news_language(struct arena *arena, struct str language)
{
    static const struct {
        struct str subtag, name;
    } CHINESE[] = {
        {STR_INIT("hant"), STR_INIT("zh-tw")}, {STR_INIT("hans"), STR_INIT("zh-cn")},
        {STR_INIT("tw"), STR_INIT("zh-tw")},   {STR_INIT("hk"), STR_INIT("zh-tw")},
        {STR_INIT("mo"), STR_INIT("zh-tw")},   {STR_INIT("cn"), STR_INIT("zh-cn")},
        {STR_INIT("sg"), STR_INIT("zh-cn")},
    };
    struct str rest = small_letters(arena, language), first = str_cut(&rest, '-');

    if (!str_equal(first, STR("zh")))
        return first;
    while (rest.p) {
        struct str subtag = str_cut(&rest, '-');
        for (size_t i = 0; i < sizeof CHINESE / sizeof *CHINESE; i++)
            if (str_equal(subtag, CHINESE[i].subtag))
                return CHINESE[i].name;
    }
    return first;
}

bool news_is_recent(struct moment published, struct moment newest)
{
    return published.ms >= newest.ms - NEWS_MS;
}

int64_t video_map_seconds(int64_t seconds)
{
    return seconds >= 1 && seconds <= VIDEO_SECONDS_MOST ? seconds : 0;
}
