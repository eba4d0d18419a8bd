/* json_write.c - JSON out of texts, described structs and trees. */
#include "lib/base/check.h"
#include "lib/base/utf8.h"
#include "lib/json/json_tree.h"

/* What may not stand for itself. Bytes of longer characters do, when they make one. */
static void write_special(struct buf *out, struct str text, size_t *at)
{
    static const char names[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
    size_t start = *at;
    uint32_t c = utf8_next(text, at);

    if (c < sizeof names && names[c])
        buf_printf(out, "\\%c", names[c]);
    else if (c < 0x80 || (c == UTF8_REPLACEMENT && *at == start + 1))
        buf_printf(out, "\\u%04x", (unsigned)c);
    else
        buf_add(out, text.p + start, *at - start);
}

static bool stands_for_itself(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

/* How much of the text from `at` on can be copied as it is: of one that is valid UTF-8 all longer characters. */
static size_t plain_run(struct str text, size_t at, bool valid)
{
    size_t end = at;

    while (end < text.n &&
           (stands_for_itself((unsigned char)text.p[end]) || (valid && (unsigned char)text.p[end] >= 0x80)))
        end++;
    return end - at;
}

void json_write_text(struct buf *out, struct str text)
{
    bool valid = utf8_valid_prefix(text) == text.n;

    buf_add_char(out, '"');
    for (size_t at = 0; at < text.n;) {
        size_t n = plain_run(text, at, valid);
        buf_add(out, text.p + at, n);
        at += n;
        if (at < text.n)
            write_special(out, text, &at);
    }
    buf_add_char(out, '"');
}

static void write_moment(struct buf *out, struct arena *arena, struct moment moment)
{
    if (moment.ms)
        json_write_text(out, moment_iso(arena, moment));
    else
        buf_add_str(out, STR("null"));
}

static void write_list(struct buf *out, struct arena *arena, const struct fields *of, const struct any_list *list,
                       enum field_audience audience)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i)
            buf_add_char(out, ',');
        if (of)
            json_write(out, arena, of, (const char *)list->at + i * of->size, audience);
        else
            json_write_text(out, ((const struct str *)list->at)[i]);
    }
    buf_add_char(out, ']');
}

static void write_field(struct buf *out, struct arena *arena, const struct field *field, const void *at,
                        enum field_audience audience)
{
    switch (field->type) {
    case FIELD_TYPE_INT: buf_add_int(out, *(const int64_t *)at); break;
    case FIELD_TYPE_BOOL: buf_add_str(out, *(const bool *)at ? STR("true") : STR("false")); break;
    case FIELD_TYPE_TEXT: json_write_text(out, *(const struct str *)at); break;
    case FIELD_TYPE_MOMENT: write_moment(out, arena, *(const struct moment *)at); break;
    case FIELD_TYPE_HTML: json_write_text(out, ((const struct html *)at)->markup); break;
    case FIELD_TYPE_STRUCT: json_write(out, arena, field->of, at, audience); break;
    case FIELD_TYPE_LIST: write_list(out, arena, field->of, at, audience); break;
    }
}

void json_write(struct buf *out, struct arena *arena, const struct fields *fields, const void *data,
                enum field_audience audience)
{
    bool first = true;

    buf_add_char(out, '{');
    for (size_t i = 0; i < fields->n; i++) {
        const struct field *field = &fields->at[i];
        if (field->audience == FIELD_FOR_DESK && audience != FIELD_FOR_DESK)
            continue;
        if (!first)
            buf_add_char(out, ',');
        first = false;
        json_write_text(out, field->name);
        buf_add_char(out, ':');
        write_field(out, arena, field, (const char *)data + field->offset, audience);
    }
    buf_add_char(out, '}');
}

static void write_elements(struct buf *out, const struct json *value)
{
    bool object = value->kind == JSON_OBJECT;

    buf_add_char(out, object ? '{' : '[');
    for (size_t i = 0; i < value->n; i++) {
        if (i)
            buf_add_char(out, ',');
        if (object) {
            json_write_text(out, value->names[i]);
            buf_add_char(out, ':');
        }
        json_write_value(out, &value->at[i]);
    }
    buf_add_char(out, object ? '}' : ']');
}

void json_write_value(struct buf *out, const struct json *value)
{
    switch (json_type(value)) {
    case JSON_NULL: buf_add_str(out, STR("null")); break;
    case JSON_BOOL: buf_add_str(out, value->number ? STR("true") : STR("false")); break;
    case JSON_INT: buf_add_int(out, value->number); break;
    case JSON_REAL: buf_add_str(out, value->text); break;
    case JSON_TEXT: json_write_text(out, value->text); break;
    case JSON_LIST:
    case JSON_OBJECT: write_elements(out, value); break;
    }
}
