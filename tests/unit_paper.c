/* unit_paper.c - a temporary paper for unit tests, see unit_paper.h.
 *
 * Actions run here as the desk runs them (acting.h), but without a listener,
 * and one at a time. Schema files are read from the source tree, so a test
 * needs no generated file.
 */
#include "tests/unit_paper.h"

#include "lib/base/check.h"
#include "lib/web/acting.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCHEMA_STEPS_MOST = 64 };

/* --- opening ------------------------------------------------------------------------- */

static struct str read_file(struct arena *arena, const char *path)
{
    struct buf buf = BUF(1 << 20);
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || !buf_read_fd(&buf, fd) || buf.overflow)
        die("%s: %s (tests run from the repository's root)", path, strerror(errno));
    close(fd);
    struct str text = str_copy(arena, buf_str(&buf));
    buf_free(&buf);
    return text;
}

static int is_schema(const struct dirent *entry)
{
    return str_ends(str_of(entry->d_name), STR(".sql"));
}

/* Names and texts in the order of their numbers. */
static size_t read_schema(struct arena *arena, struct db_migration *out)
{
    struct dirent **entries;
    int n = scandir("schema", &entries, is_schema, alphasort);

    if (n < 1 || n > SCHEMA_STEPS_MOST)
        die("schema: %d steps found (tests run from the repository's root)", n);
    for (int i = 0; i < n; i++) {
        const char *path = str_cstr(arena, str_printf(arena, "schema/%s", entries[i]->d_name));
        out[i].name = str_cstr(arena, str_of(entries[i]->d_name));
        out[i].sql = str_cstr(arena, read_file(arena, path));
        free(entries[i]);
    }
    free(entries);
    return (size_t)n;
}

const char *unit_pgsql(void)
{
    const char *address = getenv("HAOWAI_TEST_PGSQL");

    if (!address || !*address)
        return NULL;
    PGconn *connection = PQconnectdb(address);
    PGresult *result = PQexec(connection, "SET client_min_messages = warning;"
                                          "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("%s: %s", address, PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
    return address;
}

static void open_database(struct unit_paper *paper)
{
    static struct db_migration steps[SCHEMA_STEPS_MOST]; /* the database keeps pointing at them */
    struct db_problem problem = {{0}};
    const char *pgsql = unit_pgsql();
    struct db_config config = {.writer = true, .readers = 2, .migrations = steps};

    config.migration_count = read_schema(paper->arena, steps);
    config.address = str_printf(paper->arena, "%s/content.db", paper->dir);
    if (pgsql)
        config.address = str_of(pgsql);
    paper->app.db = db_open(&config, &problem);
    if (!paper->app.db)
        die("%.*s: %s", STR_ARG(config.address), problem.text);
}

struct unit_paper *unit_paper_open(void)
{
    struct arena *arena = arena_new();
    struct unit_paper *paper = ARENA_NEW(arena, struct unit_paper);
    const char *parent = getenv("TMPDIR");

    paper->arena = arena;
    snprintf(paper->dir, sizeof paper->dir, "%s/haowai-unit-XXXXXX", parent && *parent ? parent : P_tmpdir);
    const char *media = NULL;
    if (mkdtemp(paper->dir)) {
        media = str_cstr(arena, str_printf(arena, "%s/media", paper->dir));
        mkdir(media, 0750);
        paper->app.media = open(media, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (!media || paper->app.media < 0)
        die("%s: %s", paper->dir, strerror(errno));
    clock_zone("Asia/Taipei");
    paper->now = moment_of_local(2025, 8, 21, 11, 19, 0);
    paper->app.dir = paper->dir;
    paper->app.address = STR("https://haowai.example");
    settings_default(&paper->app.settings);
    open_database(paper);
    return paper;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

void unit_paper_close(struct unit_paper **out)
{
    struct unit_paper *paper = *out;
    struct arena *arena = paper->arena;

    db_close(&paper->app.db);
    close(paper->app.media);
    nftw(paper->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(&arena);
    *out = NULL;
}

/* --- reading and writing ------------------------------------------------------------------ */

struct db_tx *unit_begin(struct unit_paper *paper)
{
    return db_begin(paper->app.db, paper->arena);
}

struct str unit_commit(struct unit_paper *paper, struct db_tx **tx)
{
    struct db_change change;
    struct db_problem problem = {{0}};

    (void)paper;
    if (db_commit(tx, &change, &problem) != DB_COMMITTED)
        die("commit: %s", problem.text);
    return change.tags;
}

struct db_reader *unit_read(struct unit_paper *paper, struct tag_set *tags)
{
    if (tags)
        *tags = (struct tag_set){.arena = paper->arena};
    return db_read(paper->app.db, paper->arena, tags);
}

bool unit_has_tag(const struct tag_set *tags, const char *tag)
{
    for (size_t i = 0; i < tags->n; i++)
        if (tags->at[i] == tag_hash(str_of(tag)))
            return true;
    return false;
}

SQL(add_story,
    "INSERT INTO article (id, day, state, listed, published, updated, title, title_breaks, short_title,"
    "  short_breaks, kicker, section, hero, has_video, hide_from_latest, adult, version, lead, hero_caption,"
    "  hero_alt, hero_credit, social_title, seo_title, report_type, byline_text, warning, source, source_url,"
    "  licence, language, words, body)"
    " VALUES ($1, $2, $3, $4, $5, $5, $6, '', '', '', '', $7, 0, 0, 0, 0, 1, '', '',"
    "  '', '', '', '', '', '', '', '', '', '', 'zh-Hant', 0, '{\"v\":1,\"b\":[]}')",
    .touches = "story:$1 section:$7 section:0");
SQL(add_place, "INSERT INTO article_section (section, listed, article) VALUES ($1, $2, $3)", .touches = "-");

void unit_story(struct unit_paper *paper, int64_t id, int64_t minutes, int64_t section)
{
    struct db_tx *tx = unit_begin(paper);
    struct moment at = {paper->now.ms + minutes * 60000};
    bool listed = minutes != UNIT_UNLISTED;

    db_exec(tx, &add_story,
            ARGS(id, moment_day(at), listed ? STR("published") : STR("draft"), listed ? at.ms : 0, at,
                 str_printf(paper->arena, "Story %d", (int)id), section));
    if (listed) {
        db_exec(tx, &add_place, ARGS(0, at, id));
        db_exec(tx, &add_place, ARGS(section, at, id));
    }
    unit_commit(paper, &tx);
}

void unit_media_file(struct unit_paper *paper, const char *name, const void *bytes, size_t n)
{
    int fd = openat(paper->app.media, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

    if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
        die("%s: %s", name, strerror(errno));
    close(fd);
}

/* --- actions ------------------------------------------------------------------------------- */

static void keep_tags(void *context, const struct db_change *change)
{
    struct unit_answer *answer = context;

    answer->tags = change->tags; /* in the arena of the action, which is the paper's */
}

struct unit_answer unit_act(struct unit_paper *paper, const char *method, const char *pattern, const char *path,
                            action_function *function, const char *body)
{
    const struct action_route routes[] = {{method, pattern, function}, {NULL, NULL, NULL}};
    struct unit_answer answer = {.tags = STR("")};
    struct acting_config config = {
        .routes = routes, .db = paper->app.db, .app = &paper->app, .tell = keep_tags, .context = &answer};
    struct str rest = str_of(path);
    struct act what = {.method = str_of(method),
                       .path = str_cut(&rest, '?'),
                       .query = rest.p ? rest : STR(""),
                       .body = str_of(body),
                       .who = STR("test"),
                       .now = paper->now};
    struct pattern_values values;

    if (!pattern_match(pattern, what.path, paper->arena, &values))
        die("%s does not match %s", path, pattern);
    struct acting *acting = acting_new(&config);
    struct act_answer done = act(acting, paper->arena, &what);
    acting_free(&acting);
    answer.status = done.status;
    answer.text = done.body;
    return answer;
}

bool unit_touched(const struct unit_answer *answer, const char *tag)
{
    for (struct str rest = answer->tags; rest.p;)
        if (str_equal(str_cut(&rest, ' '), str_of(tag)))
            return true;
    return false;
}

bool unit_says(const struct unit_answer *answer, const char *part)
{
    return str_find(answer->text, str_of(part), 0) >= 0;
}

int64_t unit_int(struct unit_paper *paper, const struct unit_answer *answer, const char *member)
{
    struct str name = str_printf(paper->arena, "\"%s\":", member);
    ptrdiff_t at = str_find(answer->text, name, 0);

    if (at < 0)
        die("no %s in %.*s", member, STR_ARG(answer->text));
    struct str digits = str_trim(str_from(answer->text, (size_t)at + name.n));
    size_t n = 0;
    while (n < digits.n && (digits.p[n] == '-' || (digits.p[n] >= '0' && digits.p[n] <= '9')))
        n++;
    int64_t number;
    if (!str_to_int(str_head(digits, n), &number))
        die("%s is no number in %.*s", member, STR_ARG(answer->text));
    return number;
}
