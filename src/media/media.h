/* media.h - pictures and video files: what is known of each file in DIR/media.
 *
 * The files are put there by others; here one is registered: its name, what it
 * shows, whose it is, how large it is. Width and height of a picture are read
 * from the file itself (media_rules.h), so a page can reserve its room. `name`
 * is what people call it, without ending; `file` is the file, served at /media/.
 *
 * Tags: "media:{id}"; "media-name:{name}" for who asked by name.
 */
#ifndef HAOWAI_MEDIA_MEDIA_H
#define HAOWAI_MEDIA_MEDIA_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

enum { MEDIA_CAPTION_MOST = 500, MEDIA_ALT_MOST = 300, MEDIA_CREDIT_MOST = 100 }; /* characters */
enum { MEDIA_MOST = 200 };                                                        /* in one list */

struct media {
    int64_t id;
    struct str name;
    struct str kind; /* "image" or "video" */
    struct str file; /* "harbour.webp" */
    int64_t width, height;
    struct str small_file; /* for lists; "" when there is none */
    int64_t small_width;
    struct str caption, alt, credit;
    struct str url, small_url; /* "/media/{file}"; the small one's is that of the file when there is none */
};
extern const struct fields MEDIA_FIELDS;
typedef LIST(struct media) media_list;

bool media_find(struct db_reader *db, int64_t id, struct media *out);
bool media_find_by_name(struct db_reader *db, struct str name, struct media *out);

/* Newest first, those with an id below `before` (0: from the newest): at most `limit` and MEDIA_MOST. For the desk. */
void media_latest(struct db_reader *db, int64_t before, int64_t limit, media_list *out);

/* "/media/{file}"; "" for "". */
struct str media_url(struct arena *arena, struct str file);

/* --- changing ------------------------------------------------------------------------- */

/* Registers it under media->name, or changes what is known of the one of that name. Returns its id. */
int64_t media_put(struct db_tx *tx, const struct media *media);

#endif
