/* media_store.c - the table `media`. The name is the key people use, the number the one stories use. */
#include "src/media/media.h"

#include "lib/base/arena.h"
#include "lib/http/url.h"

const struct fields MEDIA_FIELDS = FIELDS(
    struct media, FIELD(struct media, id), FIELD(struct media, name), FIELD(struct media, kind),
    FIELD(struct media, file), FIELD(struct media, width), FIELD(struct media, height), FIELD(struct media, small_file),
    FIELD(struct media, small_width), FIELD(struct media, caption), FIELD(struct media, alt),
    FIELD(struct media, credit), FIELD(struct media, url), FIELD(struct media, small_url));

#define COLUMNS "id, name, kind, file, width, height, small_file, small_width, caption, alt, credit"

SQL(find, "SELECT " COLUMNS " FROM media WHERE id = $1", .reads = "media:$1");
SQL(find_by_name, "SELECT " COLUMNS " FROM media WHERE name = $1", .reads = "media-name:$1 media:{id}");
SQL(latest, "SELECT " COLUMNS " FROM media WHERE id < $1 ORDER BY id DESC LIMIT $2", .reads = "-");
SQL(put,
    "INSERT INTO media (" COLUMNS ")"
    " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM media WHERE true"
    " ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, file = excluded.file, width = excluded.width,"
    "  height = excluded.height, small_file = excluded.small_file, small_width = excluded.small_width,"
    "  caption = excluded.caption, alt = excluded.alt, credit = excluded.credit"
    " RETURNING id",
    .touches = "media:{id} media-name:$1");

struct str media_url(struct arena *arena, struct str file)
{
    if (file.n == 0)
        return file;
    struct buf out = BUF(1024);
    buf_add_str(&out, STR("/media/"));
    url_encode(&out, file);
    struct str url = str_copy(arena, buf_str(&out));
    buf_free(&out);
    return url;
}

static void complete(struct arena *arena, struct media *media)
{
    media->url = media_url(arena, media->file);
    media->small_url = media->small_file.n ? media_url(arena, media->small_file) : media->url;
}

static bool find_one(struct db_reader *db, const struct db_statement *statement, struct db_args args, struct media *out)
{
    if (!db_row(db, statement, args, &MEDIA_FIELDS, out))
        return false;
    complete(db_arena(db), out);
    return true;
}

bool media_find(struct db_reader *db, int64_t id, struct media *out)
{
    return find_one(db, &find, ARGS(id), out);
}

bool media_find_by_name(struct db_reader *db, struct str name, struct media *out)
{
    return find_one(db, &find_by_name, ARGS(name), out);
}

void media_latest(struct db_reader *db, int64_t before, int64_t limit, media_list *out)
{
    db_rows(db, &latest, ARGS(before > 0 ? before : INT64_MAX, limit < MEDIA_MOST ? limit : MEDIA_MOST), &MEDIA_FIELDS,
            out);
    for (size_t i = 0; i < out->n; i++)
        complete(db_arena(db), &out->at[i]);
}

int64_t media_put(struct db_tx *tx, const struct media *media)
{
    return db_exec_int(tx, &put,
                       ARGS(media->name, media->kind, media->file, media->width, media->height, media->small_file,
                            media->small_width, media->caption, media->alt, media->credit),
                       0);
}
