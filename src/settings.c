/* settings.c - haowai.conf: read, checked, written. settings.def says what there is.
 *
 * A name nobody knows or a value that does not fit refuses to start, naming
 * file and line: a paper that runs with a misspelt setting would be worse.
 */
#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/utf8.h"
#include "src/app.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { LARGEST_CONF = 1 << 20 };
enum { INT_MOST = 1000000 }; /* of any setting that is a number */

/* Help texts, in the order of the fields. */
static const char *const HELP[] = {
#define SETTING(type, name, otherwise, help) help,
#include "settings.def"
#undef SETTING
};

const struct fields SETTINGS_FIELDS = {
    .name = "settings",
    .size = sizeof(struct settings),
    .at =
        (const struct field[]){
#define SETTING(type, name, otherwise, help) FIELD(struct settings, name),
#include "settings.def"
#undef SETTING
        },
    .n = sizeof HELP / sizeof *HELP,
};

void settings_default(struct settings *settings)
{
#define OTHERWISE_TEXT(text) STR(text)
#define OTHERWISE_INT(number) (number)
#define SETTING(type, name, otherwise, help) settings->name = OTHERWISE_##type(otherwise);
#include "settings.def"
#undef SETTING
}

/* --- reading ---------------------------------------------------------------------- */

/* One "name = value"; false with what is wrong. */
static bool set_one(struct settings *settings, struct str line, char *wrong, size_t wrong_size)
{
    struct str rest = line;
    struct str name = str_trim(str_cut(&rest, '='));
    const struct field *field = fields_find(&SETTINGS_FIELDS, name);
    struct str value = rest.p ? str_trim(rest) : STR("");
    int64_t number;

    if (!rest.p) {
        snprintf(wrong, wrong_size, "must be \"name = value\"");
    } else if (!field) {
        snprintf(wrong, wrong_size, "there is no setting \"%.*s\"", (int)str_head(name, 60).n, name.p);
    } else if (field->type == FIELD_TYPE_TEXT) {
        *(struct str *)(void *)((char *)settings + field->offset) = value;
        return true;
    } else if (!str_to_int(value, &number) || number < 0 || number > INT_MOST) {
        snprintf(wrong, wrong_size, "%.*s must be a whole number from 0 to %d", STR_ARG(name), INT_MOST);
    } else {
        *(int64_t *)(void *)((char *)settings + field->offset) = number;
        return true;
    }
    return false;
}

static bool parse(const char *path, struct str text, struct settings *out, struct db_problem *problem)
{
    char wrong[200];
    int number = 0;

    for (struct str rest = text; rest.p;) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        number++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!set_one(out, line, wrong, sizeof wrong)) {
            snprintf(problem->text, sizeof problem->text, "%s:%d: %s", path, number, wrong);
            return false;
        }
    }
    return true;
}

bool settings_load(const char *dir, struct arena *arena, struct settings *out, struct db_problem *problem)
{
    const char *path = str_cstr(arena, str_printf(arena, "%s/haowai.conf", dir));
    struct buf bytes = BUF(LARGEST_CONF);
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    settings_default(out);
    if (fd < 0) {
        snprintf(problem->text, sizeof problem->text,
                 errno == ENOENT ? "%s is no paper (there is no haowai.conf); `haowai init %s` makes one"
                                 : "%s: haowai.conf cannot be read by this user (%s)",
                 dir, errno == ENOENT ? dir : strerror(errno));
        return false;
    }
    bool read = buf_read_fd(&bytes, fd) && !bytes.overflow;
    close(fd);
    struct str text = str_copy(arena, buf_str(&bytes));
    buf_free(&bytes);
    if (!read || utf8_valid_prefix(text) != text.n) {
        snprintf(problem->text, sizeof problem->text, "%s: cannot be read, or is no UTF-8 text", path);
        return false;
    }
    return parse(path, text, out, problem);
}

/* --- writing ------------------------------------------------------------------------ */

static void write_one(struct buf *out, const struct settings *settings, size_t i)
{
    const struct field *field = &SETTINGS_FIELDS.at[i];
    const void *value = (const char *)settings + field->offset;

    buf_printf(out, "# %s\n%.*s = ", HELP[i], STR_ARG(field->name));
    if (field->type == FIELD_TYPE_INT)
        buf_add_int(out, *(const int64_t *)value);
    else
        buf_add_str(out, *(const struct str *)value);
    buf_add_str(out, STR("\n\n"));
}

bool settings_write(const char *dir, const struct settings *settings, struct db_problem *problem)
{
    struct buf out = BUF(LARGEST_CONF);
    struct arena *arena = arena_new();
    const char *path = str_cstr(arena, str_printf(arena, "%s/haowai.conf", dir));
    /* it may hold the password of the database */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);

    buf_add_str(&out, STR("# Settings of this paper. Changes count from the next start.\n\n"));
    for (size_t i = 0; i < SETTINGS_FIELDS.n; i++)
        write_one(&out, settings, i);
    bool written = fd >= 0 && write(fd, out.p, out.n) == (ssize_t)out.n && fsync(fd) == 0;
    if (!written)
        snprintf(problem->text, sizeof problem->text, "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    buf_free(&out);
    arena_free(&arena);
    return written;
}
