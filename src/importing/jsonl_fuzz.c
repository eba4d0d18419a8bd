/* jsonl_fuzz.c - whatever line of an archive comes, reading it ends, and what becomes a story keeps the paper's limits.
 */
#include "src/importing/record.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "src/article/article_rules.h"
#include "src/article/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_record(struct arena *arena, const struct record *record)
{
    struct body body;
    char wrong[200];

    CHECK(record->title.n > 0 && utf8_width(record->title) <= 2 * TITLE_WIDTH);
    CHECK(utf8_valid_prefix(record->title) == record->title.n && str_find_char(record->title, '\n', 0) < 0);
    CHECK(utf8_width(record->lead) <= 2 * LEAD_WIDTH && record->id.n > 0);
    CHECK(record->keywords.n <= KEYWORDS_OF_STORY && record->bylines.n <= BYLINES_OF_STORY);
    CHECK(record->body.n == 0 || body_from_json(arena, json_parse(arena, record->body), &body, wrong, sizeof wrong));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();

    for (struct str rest = {(const char *)data, size}; rest.p;) {
        const struct json *json = json_parse(arena, str_cut(&rest, '\n'));
        struct losses losses = losses_of(arena);
        struct record_wrong wrong = {""};
        struct record record;
        if (!json)
            continue;
        if (!record_read(arena, json, &losses, &record, &wrong))
            CHECK(wrong.text[0] != '\0');
        else if (record.kind != RECORD_SKIPPED)
            check_record(arena, &record);
        CHECK(losses.kinds.n <= LOSS_KINDS);
    }
    arena_free(&arena);
    return 0;
}
