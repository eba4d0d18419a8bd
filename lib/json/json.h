/* json.h - JSON read into a tree in the arena, and written from described structs.
 *
 * Reading is strict (RFC 8259; UTF-8, no duplicate members, no U+0000, at most JSON_DEEP
 * levels); what was read lives as long as the arena. A number
 * with a fraction or an exponent is JSON_REAL and has no value here: the paper
 * counts in whole numbers.
 */
#ifndef HAOWAI_JSON_JSON_H
#define HAOWAI_JSON_JSON_H

#include "lib/base/buf.h"
#include "lib/base/fields.h"

enum { JSON_DEEP = 64, JSON_LARGEST = 8 << 20 };

enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json;

/* NULL when `text` is no JSON, too deep or longer than JSON_LARGEST. The tree lives in the arena. */
const struct json *json_parse(struct arena *arena, struct str text);

/* The same with a sentence that names line and column ("line 3, column 7: '}' expected"). */
const struct json *json_parse_explained(struct arena *arena, struct str text, char *wrong, size_t wrong_size);

/* JSON_NULL for no value at all (NULL), so that a missing member may be asked, too. */
enum json_kind json_type(const struct json *value);

/* Of a value of that type only. */
bool json_bool(const struct json *value);
int64_t json_int(const struct json *value);
struct str json_text(const struct json *value);

/* Elements of a list, members of an object (in the order they were written); 0 for anything else. */
size_t json_count(const struct json *value);
const struct json *json_element(const struct json *value, size_t i);
struct str json_name(const struct json *object, size_t i);

/* The member of that name; NULL when there is none or it is no object. */
const struct json *json_member(const struct json *object, const char *name);

/* Its text or number when the member is there and of that type; else `otherwise`. */
struct str json_member_text(const struct json *object, const char *name, struct str otherwise);
int64_t json_member_int(const struct json *object, const char *name, int64_t otherwise);

/* --- writing ------------------------------------------------------------------ */

/* Appends "text" in quotation marks, escaped; < > & as \u00XX, so that it may stand in a page. Bytes that are no
 * UTF-8 become U+FFFD. */
void json_write_text(struct buf *out, struct str text);

/* Appends a described struct as an object: members in the order of the description, moments as RFC 3339 (null when
 * never set), html as text. Fields for the desk only with FIELD_FOR_DESK. */
void json_write(struct buf *out, struct arena *arena, const struct fields *fields, const void *data,
                enum field_audience audience);

/* Appends a tree as it was read, without white space. */
void json_write_value(struct buf *out, const struct json *value);

#endif
