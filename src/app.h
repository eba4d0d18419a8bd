/* app.h - what a running role knows: built once at start, passed down, never changed. */
#ifndef HAOWAI_APP_H
#define HAOWAI_APP_H

#include "lib/base/fields.h"
#include "lib/db/db.h"

struct settings {
#define TEXT struct str
#define INT int64_t
#define SETTING(type, name, otherwise, help) type name;
#include "settings.def"
#undef SETTING
#undef TEXT
#undef INT
};

extern const struct fields SETTINGS_FIELDS;

/* Every setting as settings.def says. */
void settings_default(struct settings *out);

/* Reads DIR/haowai.conf ("name = value" lines, # comments); unset ones get their
 * defaults. Texts live in the arena. False with a sentence "file:line: ..." in *problem. */
bool settings_load(const char *dir, struct arena *arena, struct settings *out, struct db_problem *problem);

/* Writes DIR/haowai.conf with every setting, its help as a comment; fails when it exists. */
bool settings_write(const char *dir, const struct settings *settings, struct db_problem *problem);

/* The numbers a page can be about (struct about). */
enum {
    ABOUT_STORY,
    ABOUT_SECTION,
    ABOUT_KEYWORD,
    ABOUT_PERSON,
    ABOUT_ITEM,   /* a video, topic, static page, day or month: what the kind of page says */
    ABOUT_NUMBER, /* a page of a long list (from 1), a range */
    ABOUT_WITHOUT /* a story (on a video's page: a video) the part's lists leave out */
};

struct app {
    const char *dir; /* of the paper */
    int media;       /* directory DIR/media, opened */
    struct settings settings;
    struct str address; /* of the site, without a slash at the end: absolute addresses begin with it */
    struct db *db;      /* opened by whoever needs it, see app_database */
};

/* Reads what the paper in `dir` is: settings, zone, address, the media directory. Opens no database. False with a
 * sentence that says what to do when `dir` is no paper. Everything lives in the arena. */
bool app_load(const char *dir, struct arena *arena, struct app *out, struct db_problem *problem);

/* The site's address, without a slash at the end: the setting, or else that of the listener. */
struct str app_address(struct arena *arena, const struct settings *settings);

/* How its database is opened for reading by `readers` connections; the caller sets writer and changes. */
struct db_config app_database(struct arena *arena, const struct app *app, int readers);

/* DIR/name, for the files a paper consists of. */
const char *app_file(struct arena *arena, const struct app *app, const char *name);

/* The schema's steps, from schema/NNNN_name.sql. */
extern const struct db_migration MIGRATIONS[];
extern const size_t MIGRATION_COUNT;

#endif
