/* video_store.c - the tables `video` and `video_keyword`.
 *
 * Lists carry the poster with them (one join), so a page of thirty videos is
 * one question. A list has no address of its own in the index for keywords: the
 * rows of a keyword are few and are sorted when asked.
 */
#include "src/video/video.h"

#include "lib/base/arena.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/phrase/phrase.h"

const struct fields VIDEO_CARD_FIELDS =
    FIELDS(struct video_card, FIELD(struct video_card, id), FIELD(struct video_card, listed),
           FIELD(struct video_card, title), FIELD(struct video_card, title_breaks), FIELD(struct video_card, headline),
           FIELD(struct video_card, seconds), FIELD(struct video_card, length), FIELD(struct video_card, url),
           FIELD(struct video_card, poster), FIELD(struct video_card, poster_alt),
           FIELD(struct video_card, poster_width), FIELD(struct video_card, poster_height));
const struct fields VIDEO_FIELDS = FIELDS(
    struct video, FIELD(struct video, id), FIELD(struct video, listed), FIELD(struct video, title),
    FIELD(struct video, title_breaks), FIELD(struct video, description), FIELD(struct video, file),
    FIELD(struct video, poster), FIELD(struct video, seconds), FIELD(struct video, section), FIELD(struct video, url),
    FIELD(struct video, file_url), FIELD(struct video, length), FIELD(struct video, headline));
const struct fields VIDEO_KEYWORD_FIELDS =
    FIELDS(struct video_keyword, FIELD(struct video_keyword, id), FIELD(struct video_keyword, slug),
           FIELD(struct video_keyword, name), FIELD(struct video_keyword, url));

/* The small picture when there is one; its height follows from its width. */
#define CARD                                                                                                           \
    "SELECT v.id, v.listed, v.title, v.title_breaks, v.seconds, v.poster AS tag_poster,"                               \
    " CASE WHEN m.small_file <> '' THEN m.small_file ELSE coalesce(m.file, '') END AS poster,"                         \
    " coalesce(m.alt, '') AS poster_alt,"                                                                              \
    " CASE WHEN m.small_file <> '' THEN m.small_width ELSE coalesce(m.width, 0) END AS poster_width,"                  \
    " CASE WHEN m.small_file <> '' THEN (m.height * m.small_width + m.width / 2) / m.width"                            \
    "      ELSE coalesce(m.height, 0) END AS poster_height"                                                            \
    " FROM video v LEFT JOIN media m ON m.id = v.poster AND m.width > 0"
#define CARD_READS "videos video:{id} media:{tag_poster}"

SQL(latest, CARD " WHERE v.listed > 0 ORDER BY v.listed DESC, v.id DESC LIMIT $1 OFFSET $2", .reads = CARD_READS);
SQL(of_section, CARD " WHERE v.section = $1 AND v.listed > 0 ORDER BY v.listed DESC, v.id DESC LIMIT $2",
    .reads = CARD_READS);
SQL(of_keyword,
    CARD " WHERE v.id IN (SELECT video FROM video_keyword WHERE keyword IN"
         "  (SELECT id FROM keyword WHERE id = $1 OR merged_into = $1))"
         " AND v.listed > 0 ORDER BY v.listed DESC, v.id DESC LIMIT $2",
    .reads = CARD_READS " keyword-names:$1");
SQL(count, "SELECT count(*) FROM video WHERE listed > 0", .reads = "videos");
SQL(find_published,
    "SELECT id, listed, title, title_breaks, description, file, poster, seconds, section"
    "  FROM video WHERE id = $1 AND listed > 0",
    .reads = "video:$1");
SQL(find_withdrawn, "SELECT 1 AS found FROM video WHERE id = $1 AND listed = 0", .reads = "video:$1");
SQL(keywords_of,
    "SELECT k.id, k.slug, k.name, c.id AS tag_carried"
    "  FROM video_keyword v JOIN keyword c ON c.id = v.keyword"
    "  JOIN keyword k ON k.id = CASE WHEN c.merged_into = 0 THEN c.id ELSE c.merged_into END"
    " WHERE v.video = $1 ORDER BY v.place",
    .reads = "video:$1 keyword-names:{id} keyword-names:{tag_carried}");

SQL(add,
    "INSERT INTO video (id, listed, title, title_breaks, description, file, poster, seconds, section)"
    " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM video"
    " RETURNING id",
    .touches = "videos video:{id}");
SQL(add_keyword, "INSERT INTO video_keyword (video, place, keyword) VALUES ($1, $2, $3)", .touches = "video:$1");
SQL(withdraw, "UPDATE video SET listed = 0 WHERE id = $1 AND listed > 0", .touches = "videos video:$1");

struct str video_url(struct arena *arena, int64_t id)
{
    return str_join(arena, STR("/video/"), str_of_int(arena, id));
}

static void complete(struct arena *arena, video_cards *cards, size_t from)
{
    for (size_t i = from; i < cards->n; i++) {
        struct video_card *card = &cards->at[i];
        card->url = video_url(arena, card->id);
        card->headline = phrase_html_clauses(arena, card->title, card->title_breaks);
        card->length = video_length(arena, card->seconds);
        card->poster = media_url(arena, card->poster);
    }
}

static int64_t bounded(int64_t limit)
{
    return limit < VIDEO_MOST ? limit : VIDEO_MOST;
}

void videos_latest(struct db_reader *db, int64_t from, int64_t limit, video_cards *out)
{
    size_t had = out->n;

    db_rows(db, &latest, ARGS(bounded(limit), from), &VIDEO_CARD_FIELDS, out);
    complete(db_arena(db), out, had);
}

void videos_of_section(struct db_reader *db, int64_t section, int64_t limit, video_cards *out)
{
    size_t had = out->n;

    db_rows(db, &of_section, ARGS(section, bounded(limit)), &VIDEO_CARD_FIELDS, out);
    complete(db_arena(db), out, had);
}

void videos_of_keyword(struct db_reader *db, int64_t keyword, int64_t limit, video_cards *out)
{
    size_t had = out->n;

    db_rows(db, &of_keyword, ARGS(keyword, bounded(limit)), &VIDEO_CARD_FIELDS, out);
    complete(db_arena(db), out, had);
}

int64_t videos_count(struct db_reader *db)
{
    return db_int(db, &count, NO_ARGS, 0);
}

bool video_find_published(struct db_reader *db, int64_t id, struct video *out)
{
    struct arena *arena = db_arena(db);

    if (!db_row(db, &find_published, ARGS(id), &VIDEO_FIELDS, out))
        return false;
    out->url = video_url(arena, id);
    out->file_url = media_url(arena, out->file);
    out->length = video_length(arena, out->seconds);
    out->headline = phrase_html_clauses(arena, out->title, out->title_breaks);
    return true;
}

bool video_was_withdrawn(struct db_reader *db, int64_t id)
{
    return db_int(db, &find_withdrawn, ARGS(id), 0) == 1;
}

static bool has_keyword(const video_keywords *keywords, int64_t id)
{
    for (size_t i = 0; i < keywords->n; i++)
        if (keywords->at[i].id == id)
            return true;
    return false;
}

void video_keywords_of(struct db_reader *db, int64_t id, video_keywords *out)
{
    video_keywords carried = {0};

    db_rows(db, &keywords_of, ARGS(id), &VIDEO_KEYWORD_FIELDS, &carried);
    for (size_t i = 0; i < carried.n; i++) {
        if (has_keyword(out, carried.at[i].id)) /* two it carries have become one */
            continue;
        carried.at[i].url = keyword_url(db_arena(db), carried.at[i].slug);
        *LIST_ADD(db_arena(db), out) = carried.at[i];
    }
}

int64_t video_add(struct db_tx *tx, const struct video *video, const int64_t *keywords, size_t n)
{
    int64_t id = db_exec_int(tx, &add,
                             ARGS(video->listed, video->title, video->title_breaks, video->description, video->file,
                                  video->poster, video->seconds, video->section),
                             0);

    for (size_t i = 0; i < n; i++)
        db_exec(tx, &add_keyword, ARGS(id, (int64_t)i + 1, keywords[i]));
    return id;
}

bool video_withdraw(struct db_tx *tx, int64_t id)
{
    return db_exec(tx, &withdraw, ARGS(id)) > 0;
}
