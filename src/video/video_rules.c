/* video_rules.c - how long a video is, as people write it. */
#include "src/video/video.h"

struct str video_length(struct arena *arena, int64_t seconds)
{
    int hours = (int)(seconds / 3600), minutes = (int)(seconds / 60 % 60), rest = (int)(seconds % 60);

    return hours ? str_printf(arena, "%d:%02d:%02d", hours, minutes, rest)
                 : str_printf(arena, "%d:%02d", minutes, rest);
}
