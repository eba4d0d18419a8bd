/* log.h - named events with fields, one logfmt line each, on standard error.
 *
 *     LOG(edge_ready, LOG_INT("loops", 2), LOG_TEXT("site", address));
 *     time=2026-11-24T12:00:00+08:00 level=notice event=edge_ready loops=2 site=127.0.0.1:8080
 *
 * Kinds of events stand in a table (events.def) and nowhere else. Who handles a
 * failure logs it, once; code in lib/ returns it instead. Values are quoted and
 * escaped, so nothing a stranger sent can forge a line or colour a terminal.
 */
#ifndef HAOWAI_BASE_LOG_H
#define HAOWAI_BASE_LOG_H

#include "lib/base/str.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_NOTICE, LOG_DEBUG };

struct log_kind {
    const char *name;
    enum log_level level;
    const char *meaning;
};

struct log_field {
    const char *key;
    bool is_number;
    int64_t number;
    struct str text;
};

#define LOG_INT(field_key, value) ((struct log_field){.key = (field_key), .is_number = true, .number = (value)})
#define LOG_TEXT(field_key, value) ((struct log_field){.key = (field_key), .text = (value)})

#define LOG(kind, ...) log_write(&log_kind_##kind, (struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){.key = NULL}})

/* `fields` ends with a field whose key is NULL. */
void log_write(const struct log_kind *kind, const struct log_field *fields);

struct buf;

/* Appends a value as it stands in a line, quoted and escaped where that is needed. For lines written in another way. */
void log_add_value(struct buf *line, struct str value);

/* Events above this level are not written; LOG_NOTICE at start. `role` (a literal) is printed in each line. */
void log_setup(enum log_level level, const char *role);

#endif
