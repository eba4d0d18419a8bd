/* log.c - a line is composed in memory and leaves with one write(2), so lines
 * of several threads and processes never mix. */
#include "lib/base/log.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/clock.h"

#include <unistd.h>

static const char *const LEVELS[] = {"error", "warning", "notice", "debug"};

static enum log_level highest = LOG_NOTICE;
static const char *process_role = NULL;

void log_setup(enum log_level level, const char *role)
{
    highest = level;
    process_role = role;
}

static bool needs_quotes(struct str s)
{
    if (s.n == 0)
        return true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f)
            return true;
    }
    return false;
}

void log_add_value(struct buf *line, struct str s)
{
    if (!needs_quotes(s)) {
        buf_add_str(line, s);
        return;
    }
    buf_add_char(line, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_printf(line, "\\%c", c);
        else if (c == '\n')
            buf_add_str(line, STR("\\n"));
        else if (c < ' ' || c == 0x7f)
            buf_printf(line, "\\x%02x", c);
        else
            buf_add_char(line, (char)c);
    }
    buf_add_char(line, '"');
}

void log_write(const struct log_kind *kind, const struct log_field *fields)
{
    if (kind->level > highest)
        return;

    struct buf line = BUF(8 * 1024);
    struct arena *arena = arena_new();
    buf_printf(&line, "time=");
    buf_add_str(&line, moment_iso(arena, clock_now()));
    buf_printf(&line, " level=%s", LEVELS[kind->level]);
    if (process_role)
        buf_printf(&line, " role=%s", process_role);
    buf_printf(&line, " event=%s", kind->name);
    for (; fields->key; fields++) {
        buf_printf(&line, " %s=", fields->key);
        if (fields->is_number)
            buf_add_int(&line, fields->number);
        else
            log_add_value(&line, str_head(fields->text, 2048));
    }
    buf_add_char(&line, '\n');
    /* A log that cannot be written must not stop the paper. */
    if (write(STDERR_FILENO, line.p, line.n) < 0) {
    }
    arena_free(&arena);
    buf_free(&line);
}
