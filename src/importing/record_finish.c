/* record_finish.c - what is made when every member of a line is known: the body, missing titles and ids, the hash. */
#include "src/importing/record_inside.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/body_blocks.h"
#include "src/importing/fit.h"
#include "src/importing/old_address.h"

enum { TITLE_OF_BODY = 40 }; /* characters of a first sentence that serves as title */
enum { VIDEOS_OF_STORY = 10 };

/* --- the body ------------------------------------------------------------------------------- */

static void add_videos(struct reading *reading, struct body *body)
{
    reading->member = "videos";
    for (size_t i = 0; i < reading->videos.n; i++) {
        struct block block = block_of(BLOCK_EMBED);
        struct old_embed embed;
        if (i >= VIDEOS_OF_STORY || !old_embed(reading->arena, reading->videos.at[i], &embed)) {
            record_note(reading, "is at no known address of films", reading->videos.at[i]);
            continue;
        }
        block.kind = embed.kind;
        block.href = embed.href;
        *LIST_ADD(reading->arena, &body->blocks) = block;
    }
}

/* The first sentence, or as much of it as a headline may hold. */
static struct str first_sentence(struct arena *arena, struct str text)
{
    static const struct str ENDS[] = {STR_INIT("。"), STR_INIT("！"), STR_INIT("？"),
                                      STR_INIT("\n"), STR_INIT(". "), STR_INIT("　")};
    size_t end = text.n;

    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        ptrdiff_t at = str_find(text, ENDS[i], 1);
        end = at >= 0 && (size_t)at < end ? (size_t)at : end;
    }
    struct str sentence = str_trim(str_head(text, end));
    return utf8_shorten(arena, utf8_clean(arena, sentence, true, NULL), TITLE_OF_BODY);
}

static void take_title(struct reading *reading, const struct body *body)
{
    struct str text = body_plain(reading->arena, body, 4 * TITLE_OF_BODY);

    if (text.n == 0)
        return;
    reading->record->title = first_sentence(reading->arena, text);
    loss_note(reading->losses, "title", "was missing; took the first sentence of the body", reading->record->title);
}

void record_finish_body(struct reading *reading)
{
    struct record *record = reading->record;
    struct body body = {0};
    char wrong[200] = "";

    reading->member = "body";
    if (reading->body && !body_from_json(reading->arena, reading->body, &body, wrong, sizeof wrong)) {
        record_note(reading, "is no body v1", str_of(wrong));
        body = (struct body){0};
    }
    if (!reading->body)
        fit_paragraphs(reading->arena, reading->text, reading->losses, &body);
    if (reading->videos.n)
        add_videos(reading, &body);
    record->body = fit_body(reading->arena, &body, reading->losses);
    record->has_video = body_has_video(&body);
    record->words = body_words(&body);
    if (record->title.n == 0)
        take_title(reading, &body);
}

/* --- who it is -------------------------------------------------------------------------------- */

static uint64_t hash_texts(const record_texts *texts, uint64_t hash)
{
    for (size_t i = 0; i < texts->n; i++)
        hash = str_hash(texts->at[i], hash + 1);
    return hash + 1;
}

static int64_t hash_of(const struct record *record)
{
    const struct str *const texts[] = {&record->title,        &record->lead,     &record->language,    &record->source,
                                       &record->report_type,  &record->hero,     &record->byline_text, &record->slug,
                                       &record->hero_caption, &record->hero_alt, &record->source_url,  &record->body};
    uint64_t hash =
        (uint64_t)record->published.ms * 31 + (uint64_t)record->updated.ms * 7 + record->kind + record->state * 16u;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = str_hash(*texts[i], hash + 1);
    hash = hash_texts(&record->sections, hash);
    hash = hash_texts(&record->keywords, hash);
    hash = hash_texts(&record->addresses, hash);
    for (size_t i = 0; i < record->bylines.n; i++)
        hash = str_hash(record->bylines.at[i].role, str_hash(record->bylines.at[i].name, hash + 1));
    return (int64_t)hash;
}

static struct str hash_as_id(struct arena *arena, uint64_t hash)
{
    return str_printf(arena, "#%016llx", (unsigned long long)hash);
}

static void give_id(struct reading *reading)
{
    struct record *record = reading->record;

    if (record->addresses.n) {
        struct str address = record->addresses.at[0];
        record->id = address.n <= ID_MOST ? address : hash_as_id(reading->arena, str_hash(address, 0));
        return;
    }
    uint64_t hash = str_hash(record->body, str_hash(record->title, (uint64_t)record->published.ms));
    record->id = hash_as_id(reading->arena, hash);
    loss_note(reading->losses, "id", "was missing; told apart by its content", record->title);
}

void record_finish_identity(struct reading *reading)
{
    struct record *record = reading->record;

    if (record->origin.n == 0)
        record->origin = record->source.n ? record->source : old_host(reading->arena, record->source_url);
    record->origin = str_head(record->origin, ID_MOST);
    record->origin.n = utf8_valid_prefix(record->origin);
    if (record->id.n == 0)
        give_id(reading);
    record->hash = hash_of(record);
}

/* --- its texts ---------------------------------------------------------------------------------- */

enum { TEXTS = 14 };

/* Every text of a record. */
static void texts_of(struct record *record, struct str *out[TEXTS])
{
    struct str *const texts[TEXTS] = {&record->origin,      &record->id,     &record->title,      &record->lead,
                                      &record->language,    &record->source, &record->source_url, &record->report_type,
                                      &record->byline_text, &record->hero,   &record->slug,       &record->hero_caption,
                                      &record->hero_alt,    &record->body};

    memcpy(out, texts, sizeof texts);
}

void record_set_defaults(struct record *record)
{
    struct str *texts[TEXTS];

    *record = (struct record){.kind = RECORD_STORY, .state = STATE_PUBLISHED};
    texts_of(record, texts);
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i] = STR("");
}

static void keep_texts(struct arena *arena, record_texts *texts)
{
    struct str *kept = ARENA_ARRAY(arena, struct str, texts->n);

    for (size_t i = 0; i < texts->n; i++)
        kept[i] = str_copy(arena, texts->at[i]);
    *texts = (record_texts){kept, texts->n, texts->n};
}

void record_keep(struct arena *arena, struct record *record)
{
    struct draft_byline *bylines = ARENA_ARRAY(arena, struct draft_byline, record->bylines.n);
    struct str *texts[TEXTS];

    texts_of(record, texts);
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i] = str_copy(arena, *texts[i]);
    keep_texts(arena, &record->sections);
    keep_texts(arena, &record->keywords);
    keep_texts(arena, &record->addresses);
    for (size_t i = 0; i < record->bylines.n; i++) {
        bylines[i] = record->bylines.at[i];
        bylines[i].name = str_copy(arena, bylines[i].name);
        bylines[i].role = str_copy(arena, bylines[i].role);
    }
    record->bylines.at = bylines;
    record->bylines.capacity = record->bylines.n;
}
