/* story_fuzz.c - whatever JSON comes, reading a story ends, and what it accepts is clean. */
#include "src/article/story.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "src/article/article_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const struct json *json = json_parse(arena, (struct str){(const char *)data, size});
    struct story_problem problem = {.text = ""};
    struct story story;

    if (json && story_read(arena, json, "note kind reason", &story, &problem)) {
        CHECK(utf8_valid_prefix(story.title) == story.title.n);
        CHECK(str_find_char(story.title, '\n', 0) < 0);
        CHECK(!story_gives(&story, STORY_STATE) || story.state <= STATE_PUBLISHED);
    } else if (json) {
        CHECK(problem.text[0] != '\0' && utf8_valid_prefix(str_of(problem.text)) == strlen(problem.text));
    }
    arena_free(&arena);
    return 0;
}
