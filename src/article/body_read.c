/* body_read.c - JSON becomes a body, member by member, from one table per kind of block.
 *
 * One reader serves twice. A story that comes in is read strictly: texts are
 * cleaned, and the first thing that is unknown or wrong is refused with its
 * place. What is stored was read strictly once, perhaps by a later program; it
 * is read without complaint, and what is unknown is left out.
 */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "lib/http/url.h"
#include "src/article/article.h"
#include "src/article/body_blocks.h"

#include <stdarg.h>

enum { SHOWN = 40 }; /* characters of a stranger's word in a message */

/* Where in the JSON, for messages: "b", then [12] in it, then .t in that. */
struct place {
    const struct place *in;
    const char *member; /* or NULL: element number `i` */
    size_t i;
};

struct reading {
    struct arena *arena;
    bool strict;
    bool one_line; /* line feeds become spaces */
    const struct place *place;
    struct body_counts counts; /* of a reading that is not strict; the others are looked at in the end */
    char *wrong;
    size_t wrong_size;
};

/* False stops the reading. */
typedef bool member_reader(struct reading *reading, const struct json *value, void *out);

/* --- saying what is wrong --------------------------------------------------------------- */

static void add_place(struct buf *out, const struct place *place)
{
    if (!place)
        return;
    add_place(out, place->in);
    if (place->member)
        buf_printf(out, "%s%s", place->in ? "." : "", place->member);
    else
        buf_printf(out, "[%zu]", place->i);
}

/* In a strict reading: false, with place and sentence. In the other one: true, go on without it. */
static bool __attribute__((format(printf, 2, 3))) refuse(struct reading *reading, const char *format, ...)
{
    struct buf out = BUF(1000);
    va_list args;
    char sentence[500];

    if (!reading->strict)
        return true;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    add_place(&out, reading->place);
    buf_printf(&out, " %s", sentence);
    snprintf(reading->wrong, reading->wrong_size, "%.*s", STR_ARG(buf_str(&out)));
    buf_free(&out);
    return false;
}

/* A stranger's word as it may be shown. */
static const char *shown(struct reading *reading, struct str word)
{
    return str_cstr(reading->arena, utf8_first_chars(utf8_clean(reading->arena, word, true, NULL), SHOWN));
}

/* --- objects and lists --------------------------------------------------------------------- */

struct member {
    struct str name; /* a literal */
    member_reader *read;
    size_t offset; /* of what it fills in the struct */
    bool needed;
};

struct shape {
    const struct member *at;
    size_t n;
};

#define SHAPE(table) ((struct shape){(table), sizeof(table) / sizeof *(table)})

static bool read_in(struct reading *reading, struct place place, member_reader *read, const struct json *value,
                    void *out)
{
    place.in = reading->place;
    reading->place = &place;
    bool go_on = read(reading, value, out);
    reading->place = place.in;
    return go_on;
}

static bool refuse_member(struct reading *reading, struct str name, struct shape shape)
{
    struct str known = STR("");

    if (!reading->strict)
        return true;
    for (size_t i = 0; i < shape.n; i++)
        known = str_printf(reading->arena, "%.*s%s%s", STR_ARG(known), i ? ", " : "", shape.at[i].name.p);
    return refuse(reading, "has an unknown member \"%s\"; it may have %.*s", shown(reading, name), STR_ARG(known));
}

static const struct member *member_named(struct shape shape, struct str name)
{
    for (size_t m = 0; m < shape.n; m++)
        if (str_equal(shape.at[m].name, name))
            return &shape.at[m];
    return NULL;
}

/* A member that is null counts as absent. `base` is the struct the shape's offsets are of. */
static bool read_object(struct reading *reading, const struct json *object, struct shape shape, void *base)
{
    unsigned seen = 0; /* bit m: the shape's member m */

    if (json_type(object) != JSON_OBJECT)
        return refuse(reading, "must be an object, {...}");
    for (size_t i = 0; i < json_count(object); i++) {
        const struct json *value = json_element(object, i);
        const struct member *member = member_named(shape, json_name(object, i));
        if (!member && !refuse_member(reading, json_name(object, i), shape))
            return false;
        if (!member || json_type(value) == JSON_NULL)
            continue;
        seen |= 1u << (member - shape.at);
        struct place place = {.member = member->name.p};
        if (!read_in(reading, place, member->read, value, (char *)base + member->offset))
            return false;
    }
    for (size_t m = 0; m < shape.n; m++)
        if (shape.at[m].needed && !(seen & 1u << m))
            return refuse(reading, "needs \"%s\"", shape.at[m].name.p);
    return true;
}

/* `read` adds to what `out` is, once per element. */
static bool read_each(struct reading *reading, const struct json *value, member_reader *read, void *out)
{
    if (json_type(value) != JSON_LIST)
        return refuse(reading, "must be a list, [...]");
    for (size_t i = 0; i < json_count(value); i++)
        if (!read_in(reading, (struct place){.i = i}, read, json_element(value, i), out))
            return false;
    return true;
}

/* --- values ----------------------------------------------------------------------------------- */

static bool read_text(struct reading *reading, const struct json *value, void *out)
{
    if (json_type(value) != JSON_TEXT)
        return refuse(reading, "must be a text in quotation marks");
    struct str text = json_text(value);
    *(struct str *)out = reading->strict ? utf8_clean(reading->arena, text, reading->one_line, NULL) : text;
    return true;
}

static bool read_line(struct reading *reading, const struct json *value, void *out)
{
    struct str *line = out;

    if (json_type(value) != JSON_TEXT)
        return refuse(reading, "must be a text in quotation marks");
    *line = reading->strict ? str_trim(utf8_clean(reading->arena, json_text(value), true, NULL)) : json_text(value);
    return true;
}

static bool read_bool(struct reading *reading, const struct json *value, void *out)
{
    if (json_type(value) != JSON_BOOL)
        return refuse(reading, "must be true or false");
    *(bool *)out = json_bool(value);
    return true;
}

static bool read_word(struct reading *reading, const struct json *value, void *out)
{
    struct str word = json_type(value) == JSON_TEXT ? json_text(value) : STR("");

    if (!body_word_is_valid(word))
        return refuse(reading, "must be a name of A-Z a-z 0-9 . _ -, at most %d of them", BODY_WORD_MOST);
    *(struct str *)out = word;
    return true;
}

static bool read_id(struct reading *reading, const struct json *value, void *out)
{
    struct str id = STR("");

    if (!read_word(reading, value, &id))
        return false;
    if (id.n > BODY_ID_MOST)
        return refuse(reading, "is longer than %d characters", BODY_ID_MOST);
    *(struct str *)out = id;
    return true;
}

static bool read_link(struct reading *reading, const struct json *value, void *out)
{
    struct str link = json_type(value) == JSON_TEXT ? str_trim(json_text(value)) : STR("");

    if (link.n > BODY_HREF_MOST || !url_is_safe_link(link))
        return refuse(reading, "must be an address that begins with https://, http:// or /, of at most %d bytes",
                      BODY_HREF_MOST);
    *(struct str *)out = link;
    return true;
}

static bool read_kind(struct reading *reading, const struct json *value, void *out)
{
    struct str kind = json_type(value) == JSON_TEXT ? json_text(value) : STR("");

    if (!embed_kind_find(kind))
        return refuse(reading, "must be youtube, x, facebook, instagram, threads or link");
    *(struct str *)out = kind;
    return true;
}

/* --- runs ------------------------------------------------------------------------------------ */

static bool read_mark(struct reading *reading, const struct json *value, void *out)
{
    struct str name = json_type(value) == JSON_TEXT ? json_text(value) : STR("");

    for (size_t m = 0; m < MARKS; m++)
        if (str_equal(name, MARK_NAMES[m])) {
            *(unsigned *)out |= 1u << m;
            return true;
        }
    return refuse(reading, "is no mark (\"%s\"); marks are b, dot, sub, sup and del", shown(reading, name));
}

static bool read_marks(struct reading *reading, const struct json *value, void *out)
{
    return read_each(reading, value, read_mark, out);
}

static bool read_anchor(struct reading *reading, const struct json *value, void *out)
{
    static const struct member MEMBERS[] = {{STR_INIT("href"), read_link, 0, true}};

    return read_object(reading, value, SHAPE(MEMBERS), out);
}

static bool read_run(struct reading *reading, const struct json *value, void *out)
{
    static const struct member MEMBERS[] = {
        {STR_INIT("s"), read_text, offsetof(struct run, s), true},
        {STR_INIT("m"), read_marks, offsetof(struct run, marks), false},
        {STR_INIT("ruby"), read_line, offsetof(struct run, ruby), false},
        {STR_INIT("a"), read_anchor, offsetof(struct run, href), false},
    };
    run_list *runs = out;
    struct run run = run_of(STR(""));

    if (!read_object(reading, value, SHAPE(MEMBERS), &run))
        return false;
    *LIST_ADD(reading->arena, runs) = run;
    return true;
}

static bool read_runs(struct reading *reading, const struct json *value, void *out)
{
    run_list *runs = out;
    struct run single = run_of(STR(""));
    bool go_on;

    if (json_type(value) == JSON_TEXT) {
        go_on = read_text(reading, value, &single.s);
        *LIST_ADD(reading->arena, runs) = single;
    } else {
        go_on = read_each(reading, value, read_run, runs);
    }
    runs_settle(reading->arena, runs);
    return go_on;
}

/* An item of a list; an empty one is left out. */
static bool read_item(struct reading *reading, const struct json *value, void *out)
{
    run_list item = {0};

    if (!read_runs(reading, value, &item))
        return false;
    if (item.n)
        *LIST_ADD(reading->arena, (run_lists *)out) = item;
    return true;
}

static bool read_items(struct reading *reading, const struct json *value, void *out)
{
    return read_each(reading, value, read_item, out);
}

/* A cell may be empty. */
static bool read_cell(struct reading *reading, const struct json *value, void *out)
{
    return read_runs(reading, value, LIST_ADD(reading->arena, (run_lists *)out));
}

typedef LIST(run_lists) row_list;

static bool read_row(struct reading *reading, const struct json *value, void *out)
{
    run_lists row = {0};

    if (!read_each(reading, value, read_cell, &row))
        return false;
    if (row.n)
        *LIST_ADD(reading->arena, (row_list *)out) = row;
    return true;
}

static bool read_rows(struct reading *reading, const struct json *value, void *out)
{
    return read_each(reading, value, read_row, out);
}

/* --- what is not text ---------------------------------------------------------------------- */

static bool read_picture(struct reading *reading, const struct json *value, void *out)
{
    static const struct member MEMBERS[] = {
        {STR_INIT("img"), read_word, offsetof(struct body_picture, img), true},
        {STR_INIT("cap"), read_runs, offsetof(struct body_picture, cap), false},
        {STR_INIT("credit"), read_line, offsetof(struct body_picture, credit), false},
        {STR_INIT("alt"), read_line, offsetof(struct body_picture, alt), false},
    };
    struct body_picture picture = block_of(BLOCK_IMG).picture;
    LIST(struct body_picture) *pictures = out;

    if (!read_object(reading, value, SHAPE(MEMBERS), &picture))
        return false;
    if (picture.img.n)
        *LIST_ADD(reading->arena, pictures) = picture;
    return true;
}

static bool read_pictures(struct reading *reading, const struct json *value, void *out)
{
    return read_each(reading, value, read_picture, out);
}

static bool read_number(struct reading *reading, const struct json *value, void *out)
{
    if (json_type(value) != JSON_INT || json_int(value) < 1)
        return refuse(reading, "must be a number from 1 on");
    *(int64_t *)out = json_int(value);
    return true;
}

static bool read_story(struct reading *reading, const struct json *value, void *out)
{
    int64_t number = json_type(value) == JSON_INT ? json_int(value) : 0;
    LIST(int64_t) *numbers = out;

    if (json_type(value) == JSON_TEXT && !article_number(str_trim(json_text(value)), &number))
        number = 0;
    if (number < 1)
        return refuse(reading, "is no story's number or address");
    *LIST_ADD(reading->arena, numbers) = number;
    return true;
}

static bool read_stories(struct reading *reading, const struct json *value, void *out)
{
    return read_each(reading, value, read_story, out);
}

/* --- blocks --------------------------------------------------------------------------------- */

/* It was looked at before the others: it decides what they are. */
static bool read_type(struct reading *reading, const struct json *value, void *out)
{
    (void)reading, (void)value, (void)out;
    return true;
}

#define BLOCK_MEMBERS                                                                                                  \
    {STR_INIT("t"), read_type, 0, true},                                                                               \
    {                                                                                                                  \
        STR_INIT("id"), read_id, offsetof(struct block, id), false                                                     \
    }

static const struct member TEXT_MEMBERS[] = {BLOCK_MEMBERS,
                                             {STR_INIT("r"), read_runs, offsetof(struct block, runs), true}};
static const struct member QUOTE_MEMBERS[] = {
    BLOCK_MEMBERS,
    {STR_INIT("r"), read_runs, offsetof(struct block, runs), true},
    {STR_INIT("cite"), read_line, offsetof(struct block, cite), false},
};
static const struct member LIST_MEMBERS[] = {BLOCK_MEMBERS,
                                             {STR_INIT("items"), read_items, offsetof(struct block, items), true}};
static const struct member IMG_MEMBERS[] = {
    BLOCK_MEMBERS,
    {STR_INIT("img"), read_word, offsetof(struct block, picture.img), true},
    {STR_INIT("cap"), read_runs, offsetof(struct block, picture.cap), false},
    {STR_INIT("credit"), read_line, offsetof(struct block, picture.credit), false},
    {STR_INIT("alt"), read_line, offsetof(struct block, picture.alt), false},
};
static const struct member GALLERY_MEMBERS[] = {
    BLOCK_MEMBERS, {STR_INIT("items"), read_pictures, offsetof(struct block, pictures), true}};
static const struct member VIDEO_MEMBERS[] = {
    BLOCK_MEMBERS,
    {STR_INIT("video"), read_number, offsetof(struct block, video), false},
    {STR_INIT("file"), read_word, offsetof(struct block, file), false},
    {STR_INIT("cap"), read_runs, offsetof(struct block, cap), false},
};
static const struct member TABLE_MEMBERS[] = {
    BLOCK_MEMBERS,
    {STR_INIT("rows"), read_rows, offsetof(struct block, rows), true},
    {STR_INIT("head"), read_bool, offsetof(struct block, head), false},
};
static const struct member EMBED_MEMBERS[] = {
    BLOCK_MEMBERS,
    {STR_INIT("kind"), read_kind, offsetof(struct block, kind), false},
    {STR_INIT("href"), read_link, offsetof(struct block, href), true},
};
static const struct member REL_MEMBERS[] = {BLOCK_MEMBERS,
                                            {STR_INIT("ref"), read_stories, offsetof(struct block, refs), true}};
static const struct member WIDGET_MEMBERS[] = {BLOCK_MEMBERS,
                                               {STR_INIT("key"), read_word, offsetof(struct block, key), true}};
static const struct member HR_MEMBERS[] = {BLOCK_MEMBERS};

#define SHAPE_INIT(table)                                                                                              \
    {                                                                                                                  \
        (table), sizeof(table) / sizeof *(table)                                                                       \
    }
static const struct shape SHAPES[BLOCK_TYPES] = {
    [BLOCK_P] = SHAPE_INIT(TEXT_MEMBERS),        [BLOCK_H2] = SHAPE_INIT(TEXT_MEMBERS),
    [BLOCK_H3] = SHAPE_INIT(TEXT_MEMBERS),       [BLOCK_QUOTE] = SHAPE_INIT(QUOTE_MEMBERS),
    [BLOCK_UL] = SHAPE_INIT(LIST_MEMBERS),       [BLOCK_OL] = SHAPE_INIT(LIST_MEMBERS),
    [BLOCK_IMG] = SHAPE_INIT(IMG_MEMBERS),       [BLOCK_GALLERY] = SHAPE_INIT(GALLERY_MEMBERS),
    [BLOCK_VIDEO] = SHAPE_INIT(VIDEO_MEMBERS),   [BLOCK_TABLE] = SHAPE_INIT(TABLE_MEMBERS),
    [BLOCK_EMBED] = SHAPE_INIT(EMBED_MEMBERS),   [BLOCK_REL] = SHAPE_INIT(REL_MEMBERS),
    [BLOCK_WIDGET] = SHAPE_INIT(WIDGET_MEMBERS), [BLOCK_HR] = SHAPE_INIT(HR_MEMBERS),
};

static enum block_type type_named(struct str name)
{
    enum block_type type = 0;

    while (type < BLOCK_TYPES && !str_equal(name, BLOCK_NAMES[type]))
        type++;
    return type;
}

static bool refuse_type(struct reading *reading, struct str name)
{
    struct place place = {.in = reading->place, .member = "t"};
    struct str known = STR("");

    if (!reading->strict)
        return true;
    for (size_t t = 0; t < BLOCK_TYPES; t++)
        known = str_printf(reading->arena, "%.*s%s%.*s", STR_ARG(known), t ? ", " : "", STR_ARG(BLOCK_NAMES[t]));
    reading->place = &place;
    refuse(reading, "\"%s\" is no kind of block; there are %.*s", shown(reading, name), STR_ARG(known));
    reading->place = place.in;
    return false;
}

static bool id_is_taken(const struct body *body, struct str id)
{
    for (size_t i = 0; id.n && i < body->blocks.n; i++)
        if (str_equal(body->blocks.at[i].id, id))
            return true;
    return false;
}

static bool read_block(struct reading *reading, const struct json *value, void *out)
{
    struct str name = json_member_text(value, "t", STR(""));
    struct block block = block_of(type_named(name));
    struct body *body = out;

    if (json_type(value) != JSON_OBJECT)
        return refuse(reading, "must be an object, {\"t\": ...}");
    if (block.type == BLOCK_TYPES)
        return refuse_type(reading, name);
    reading->one_line = block.type == BLOCK_H2 || block.type == BLOCK_H3;
    if (!read_object(reading, value, SHAPES[block.type], &block))
        return false;
    if (block.type == BLOCK_VIDEO && (block.video > 0) == (block.file.n > 0))
        return refuse(reading, "needs either \"video\", a video's number, or \"file\", a media file");
    if (id_is_taken(body, block.id) && !refuse(reading, "has the id \"%s\" of another block", shown(reading, block.id)))
        return false;
    if (block.type == BLOCK_EMBED && block.kind.n == 0)
        block.kind = STR("link");
    if (block_says_something(&block) && (reading->strict || !body_counts_add(&reading->counts, &block)))
        *LIST_ADD(reading->arena, &body->blocks) = block;
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------- */

static bool read_blocks(struct reading *reading, const struct json *value, void *out)
{
    if (json_count(value) > BODY_BLOCKS_MOST &&
        !refuse(reading, "has %zu blocks; at most %d fit into one story", json_count(value), BODY_BLOCKS_MOST))
        return false;
    return read_each(reading, value, read_block, out);
}

static bool read_version(struct reading *reading, const struct json *value, void *out)
{
    (void)out;
    return (json_type(value) == JSON_INT && json_int(value) == 1) || refuse(reading, "must be 1");
}

static bool read_body(struct reading *reading, const struct json *value, struct body *out)
{
    static const struct member MEMBERS[] = {{STR_INIT("v"), read_version, 0, false},
                                            {STR_INIT("b"), read_blocks, offsetof(struct body, blocks), true}};

    *out = (struct body){0};
    if (json_type(value) == JSON_LIST)
        return read_in(reading, (struct place){.member = "b"}, read_blocks, value, out);
    return read_object(reading, value, SHAPE(MEMBERS), out);
}

bool body_from_json(struct arena *arena, const struct json *json, struct body *out, char *wrong, size_t wrong_size)
{
    struct reading reading = {.arena = arena, .strict = true, .wrong = wrong, .wrong_size = wrong_size};

    return read_body(&reading, json, out) && body_finish(arena, out, wrong, wrong_size);
}

bool body_read(struct arena *arena, const struct json *json, struct body *out, char *wrong, size_t wrong_size)
{
    *out = (struct body){0};
    switch (json_type(json)) {
    case JSON_NULL: return true;
    case JSON_TEXT: return body_from_markdown(arena, json_text(json), out, wrong, wrong_size);
    case JSON_LIST:
    case JSON_OBJECT: return body_from_json(arena, json, out, wrong, wrong_size);
    default: break;
    }
    snprintf(wrong, wrong_size, "must be body v1 (an object or its list of blocks) or Markdown text");
    return false;
}

void body_parse(struct arena *arena, struct str stored, struct body *out)
{
    struct reading reading = {.arena = arena};
    const struct json *json = stored.n ? json_parse(arena, stored) : NULL;

    *out = (struct body){0};
    if (json)
        read_body(&reading, json, out);
}
