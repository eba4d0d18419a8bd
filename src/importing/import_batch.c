/* import_batch.c - stories to be become stories, as many as a batch holds, in one transaction. */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/article_rules.h"
#include "src/article/article_write.h"
#include "src/article/body_blocks.h"
#include "src/article/story.h"
#include "src/importing/fit.h"
#include "src/importing/importing.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/redirect/redirect.h"
#include "src/section/section.h"
#include "src/section/slug.h"
#include "src/staff/staff.h"
#include "src/staticpage/staticpage.h"

enum { LOSSES_MOST = 1 << 20 }; /* bytes of all losses as JSON */

/* A transaction at work. */
struct work {
    struct db_tx *tx;
    struct db_reader *db;
    struct arena *arena;
    struct importer *importer;
    struct import_file *file;
    struct losses losses;
    struct draft empty;    /* what a story is before anything is said about it */
    int64_t next;          /* number of the next story */
    LIST(int64_t) carried; /* keywords of listed stories, once for each */
};

struct moment import_undated(void)
{
    return moment_of_local(2000, 1, 1, 0, 0, 0);
}

static void note(struct work *work, const char *field, const char *what, struct str example)
{
    loss_note(&work->losses, field, what, example);
}

/* --- names become numbers ------------------------------------------------------------------ */

typedef int64_t name_function(struct db_tx *tx, struct str name);

/* 0 when nobody can be called so. */
static int64_t number_of(struct work *work, char kind, name_function *named, struct str name)
{
    int64_t number;

    if (names_find(work->importer->names, kind, name, &number))
        return number;
    number = named(work->tx, name);
    names_put(work->importer->names, kind, name, number);
    return number;
}

static void add_keyword(struct work *work, struct draft *draft, const char *field, struct str name)
{
    int64_t id = number_of(work, 'k', keyword_named, name);

    if (!id || draft->keywords.n == KEYWORDS_OF_STORY) {
        note(work, field, id ? "more than thirty of one story" : "has no letter or digit", name);
        return;
    }
    for (size_t i = 0; i < draft->keywords.n; i++)
        if (draft->keywords.at[i].id == id)
            return;
    *LIST_ADD(work->arena, &draft->keywords) = (struct draft_keyword){id, name};
}

static bool stands_in(const struct draft *draft, int64_t section)
{
    bool found = draft->section.id == section;

    for (size_t i = 0; !found && i < draft->sections.n; i++)
        found = draft->sections.at[i].id == section;
    return found;
}

/* The first one that can be is the story's own. A name that cannot become a section becomes a keyword. */
static void put_sections(struct work *work, const struct record *record, struct draft *draft)
{
    bool placed = false;

    draft->sections.n = 0;
    for (size_t i = 0; i < record->sections.n; i++) {
        struct str name = record->sections.at[i];
        int64_t id = name.n ? number_of(work, 's', section_named, name) : 0;
        if (!id && name.n) {
            note(work, "section", "there are a hundred; became a keyword", name);
            add_keyword(work, draft, "section", name);
        } else if (id && !placed) {
            draft->section = (struct draft_section){id, STR("")};
            placed = true;
        } else if (id && !stands_in(draft, id) && draft->sections.n < SECTIONS_OF_STORY) {
            *LIST_ADD(work->arena, &draft->sections) = (struct draft_section){id, STR("")};
        }
    }
    if (!placed)
        draft->section = work->empty.section;
    if (!placed && record->sections.n == 0)
        note(work, "section", "was missing; took the paper's first", STR(""));
}

static void put_bylines(struct work *work, const struct record *record, struct draft *draft)
{
    draft->bylines = (__typeof__(draft->bylines)){0};
    for (size_t i = 0; i < record->bylines.n; i++) {
        struct draft_byline byline = record->bylines.at[i];
        byline.person = number_of(work, 'p', person_named, byline.name);
        *LIST_ADD(work->arena, &draft->bylines) = byline;
    }
}

static bool shows_picture(const struct body *body, struct str name)
{
    for (size_t i = 0; i < body->blocks.n; i++)
        if (body->blocks.at[i].type == BLOCK_IMG && str_equal(body->blocks.at[i].picture.img, name))
            return true;
    return false;
}

static run_list caption_of(struct arena *arena, struct str text)
{
    run_list runs = {0};

    if (text.n)
        *LIST_ADD(arena, &runs) = run_of(text);
    return runs;
}

/* A picture that media/ does not have stands at the top of the body, where it appears once the file is there. */
static void put_hero_above(struct work *work, const struct record *record, struct draft *draft)
{
    struct block picture = block_of(BLOCK_IMG);
    struct body body, whole = {0};

    body_parse(work->arena, draft->body, &body);
    if (shows_picture(&body, record->hero))
        return;
    picture.picture.img = record->hero;
    picture.picture.alt = record->hero_alt;
    picture.picture.cap = caption_of(work->arena, record->hero_caption);
    *LIST_ADD(work->arena, &whole.blocks) = picture;
    for (size_t i = 0; i < body.blocks.n; i++)
        *LIST_ADD(work->arena, &whole.blocks) = body.blocks.at[i];
    draft->body = fit_body(work->arena, &whole, &work->losses);
}

static void put_hero(struct work *work, const struct record *record, struct draft *draft)
{
    struct media media;

    if (record->hero.n == 0)
        return;
    if (media_find_by_name(work->db, record->hero, &media) && str_equal(media.kind, STR("image"))) {
        draft->hero = media.id;
        draft->hero_name = media.name;
        draft->hero_caption = record->hero_caption;
        draft->hero_alt = record->hero_alt;
        return;
    }
    note(work, "hero", "its picture is not in media/; it appears above the text when it is", record->hero);
    if (body_word_is_valid(record->hero))
        put_hero_above(work, record, draft);
}

/* --- a story -------------------------------------------------------------------------------- */

static void put_texts(const struct record *record, struct draft *draft)
{
    draft->title = record->title;
    draft->lead = record->lead;
    draft->source = record->source;
    draft->source_url = record->source.n ? record->source_url : STR("");
    draft->report_type = record->report_type;
    draft->byline_text = record->byline_text;
    draft->body = record->body;
    draft->has_video = record->has_video;
    draft->words = record->words;
    if (record->language.n)
        draft->language = record->language;
}

/* Everything a record says. The moment and the state are the caller's. */
static void put_record(struct work *work, const struct record *record, struct draft *draft)
{
    put_texts(record, draft);
    draft->keywords = (__typeof__(draft->keywords)){0};
    for (size_t i = 0; i < record->keywords.n; i++)
        add_keyword(work, draft, "tags", record->keywords.at[i]);
    put_sections(work, record, draft);
    put_bylines(work, record, draft);
    put_hero(work, record, draft);
}

static struct moment published_of(struct work *work, const struct record *record)
{
    struct moment *latest = &work->file->latest;

    if (record->published.ms) {
        *latest = record->published;
        return record->published;
    }
    note(work, "published", latest->ms ? "was missing; took that of the story before" : "was missing; took 2000-01-01",
         STR(""));
    return latest->ms ? *latest : import_undated();
}

static enum article_state state_of(const struct work *work, const struct record *record, struct moment published)
{
    if (work->importer->as_drafts)
        return STATE_DRAFT;
    if (record->state == STATE_PUBLISHED && published.ms > work->importer->now.ms)
        return STATE_SCHEDULED;
    return record->state;
}

static void add_redirects(struct work *work, const struct record *record, int64_t article, struct str target)
{
    struct str key;

    for (size_t i = 0; i < record->addresses.n; i++) {
        struct redirect there = {.article = 0, .target = STR("")};
        struct str address = record->addresses.at[i];
        if (!redirect_key(work->arena, address, &key)) {
            note(work, "url", "is no old address that can lead here", address);
            continue;
        }
        if (redirect_add_untold(work->tx, key, article, target))
            continue;
        redirect_find(work->db, key, &there);
        if (there.article != article || !str_equal(there.target, target))
            note(work, "url", "leads to another story already", address);
    }
}

static void add_story(struct work *work, const struct record *record, struct moment published)
{
    struct draft draft = work->empty;

    put_record(work, record, &draft);
    draft.id = work->next++;
    draft.published = published;
    draft.updated = record->updated.ms > published.ms ? record->updated : (struct moment){0};
    draft.state = state_of(work, record, published);
    article_insert_untold(work->tx, &draft);
    for (size_t i = 0; article_state_is_shown(draft.state) && i < draft.keywords.n; i++)
        *LIST_ADD(work->arena, &work->carried) = draft.keywords.at[i].id;
    add_redirects(work, record, draft.id, STR(""));
    work->file->stories++;
}

/* What readers saw keeps its moment, and an archive takes nothing away from them. */
static void put_state(struct work *work, const struct record *record, struct moment published, struct draft *draft)
{
    struct moment now = work->importer->now;

    if (article_state_is_shown(draft->state)) {
        draft->updated =
            record->updated.ms > draft->published.ms && record->updated.ms <= now.ms ? record->updated : now;
        return;
    }
    draft->published = published;
    draft->state = state_of(work, record, published);
}

static void change_story(struct work *work, const struct record *record, struct moment published,
                         struct import_item *item)
{
    struct draft former, draft;

    if (!article_load(work->db, item->article, &former) || former.version != item->version) {
        note(work, "item", "was changed in the archive and here; kept as it is here", record->title);
        work->file->known++;
        return;
    }
    draft = former;
    put_record(work, record, &draft);
    put_state(work, record, published, &draft);
    article_save(work->tx, &former, &draft,
                 &(struct change){work->importer->now, STR("import"), STR("imported again")});
    *item = (struct import_item){item->article, record->hash, former.version + 1};
    import_item_change(work->tx, record->origin, record->id, item);
    add_redirects(work, record, item->article, STR(""));
    work->file->changed++;
}

/* --- a static page ------------------------------------------------------------------------------ */

static void put_page(struct work *work, const struct record *record)
{
    struct str slug = slug_of_name(work->arena, record->slug.n ? record->slug : record->title);
    struct static_page page = {.slug = slug, .title = record->title, .body = record->body};

    if (record->state != STATE_PUBLISHED || work->importer->as_drafts || slug.n == 0) {
        note(work, "item", slug.n ? "static page that is not published" : "static page without a name", record->title);
        work->file->skipped++;
        return;
    }
    page.title = str_copy(work->arena, utf8_first_chars(page.title, STATIC_PAGE_TITLE_MOST));
    page.updated = record->updated.ms     ? record->updated
                   : record->published.ms ? record->published
                                          : work->importer->now;
    static_page_put(work->tx, &page);
    add_redirects(work, record, 0, static_page_url(work->arena, slug));
    work->file->pages++;
}

/* --- a batch ---------------------------------------------------------------------------------------- */

static void put_one(struct work *work, const struct record *record)
{
    bool page = record->kind == RECORD_PAGE;
    struct import_item item = {page ? 0 : work->next, record->hash, page ? 0 : 1};

    work->losses.line = record->line;
    if (record->kind == RECORD_SKIPPED) {
        work->file->skipped++;
        return;
    }
    struct moment published = page ? record->published : published_of(work, record);
    bool is_new = import_item_add(work->tx, record->origin, record->id, &item);
    if (!is_new && item.hash == record->hash)
        work->file->known++;
    else if (is_new && !page)
        add_story(work, record, published);
    else if (!page && item.article)
        change_story(work, record, published, &item);
    else
        put_page(work, record);
    if (!is_new && page && item.hash != record->hash)
        import_item_change(work->tx, record->origin, record->id, &(struct import_item){.hash = record->hash});
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* How many more stories each keyword has: one write for each, not one for each story. */
static void count_keywords(struct work *work)
{
    int64_t *ids = work->carried.at;

    if (work->carried.n)
        qsort(ids, work->carried.n, sizeof *ids, compare_numbers);
    for (size_t i = 0, next; i < work->carried.n; i = next) {
        for (next = i + 1; next < work->carried.n && ids[next] == ids[i];)
            next++;
        keyword_count_untold(work->tx, ids[i], (int64_t)(next - i));
    }
}

static void put_bad(struct work *work, const struct import_batch *batch)
{
    for (size_t i = 0; i < batch->bad.n; i++)
        if (work->file->bad++ < IMPORT_BAD_MOST)
            import_bad_add(work->tx, batch->file, &batch->bad.at[i]);
}

/* A paper without sections gets one, so that every story stands somewhere. */
static struct draft empty_draft(struct work *work)
{
    struct draft draft = draft_new(work->db, work->importer->language);

    if (!draft.section.id)
        draft.section = (struct draft_section){section_named(work->tx, STR("新聞")), STR("")};
    return draft;
}

static void save_file(struct work *work, const struct import_batch *batch)
{
    struct buf losses = BUF(LOSSES_MOST);

    losses_add(&work->losses, &batch->losses);
    losses_write(&losses, &work->losses);
    if (!losses.overflow)
        work->file->losses = str_copy(work->arena, buf_str(&losses));
    buf_free(&losses);
    work->file->label = batch->label;
    work->file->at = work->importer->now;
    work->file->position = batch->to;
    work->file->finished = batch->last;
    import_file_put(work->tx, work->file);
}

bool import_batch(struct db_tx *tx, struct importer *importer, const struct import_batch *batch,
                  struct import_file *after)
{
    struct db_reader *db = db_tx_reader(tx);
    struct work work = {.tx = tx,
                        .db = db,
                        .arena = db_arena(db),
                        .importer = importer,
                        .file = after,
                        .losses = losses_of(db_arena(db))};

    import_file_find(db, batch->file, after);
    if (after->position != batch->from || after->finished)
        return false;
    db_touch(tx, TAG_EVERYTHING);
    losses_read(&work.losses, json_parse(work.arena, after->losses));
    work.empty = empty_draft(&work);
    work.next = article_next(db);
    for (size_t i = 0; i < batch->records.n; i++)
        put_one(&work, &batch->records.at[i]);
    count_keywords(&work);
    put_bad(&work, batch);
    save_file(&work, batch);
    return true;
}
