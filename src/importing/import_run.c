/* import_run.c - two threads and three parcels going round between them.
 *
 * The reading thread takes lines from the process that decodes the file, makes
 * records of them (or a request for the desk) and closes a parcel after so many
 * lines or bytes - a rule that looks at the file alone, so an import that goes on
 * after it was killed makes the same parcels as one that was not.
 */
#include "src/importing/import_run.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/random.h"
#include "lib/base/utf8.h"
#include "lib/web/acting.h"
#include "src/importing/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PARCELS = 3 };
enum { ALONE_LINES = 1500, ALONE_BYTES = 3 << 20 };
enum { DESK_LINES = 500, DESK_BYTES = 2 << 20 }; /* small, so that editors never wait long for their turn */
enum { REQUEST_MOST = 7 << 20 };                 /* bytes; the desk takes JSON_LARGEST */
enum { NAMES_MOST = 50000 };
enum { PROGRESS_MS = 200, BAR_CELLS = 20, LABEL_SHOWN = 24 };

/* What goes from the reading thread to the writing one. */
struct parcel {
    struct arena *arena;
    struct import_batch batch;
    struct buf request; /* for the desk */
    bool over;          /* the last one; with a problem when the file is damaged */
    char problem[200];
    struct parcel *next;
};

struct parcels {
    struct parcel *first, **end;
};

struct run {
    struct desk_link *link;
    const struct import_settings *settings;
    struct arena *arena; /* of the result */
    bool alone;          /* no desk */
    int fd;
    int64_t size, position;
    struct lines *lines;
    struct arena *scratch; /* of the reading thread, for one line */
    struct importer importer;
    struct import_result *result;
    int64_t began_ms, shown_ms;

    pthread_mutex_t lock;
    pthread_cond_t moved;
    struct parcels empty, full;
    bool stop; /* the writing thread has given up */
};

/* --- parcels ----------------------------------------------------------------------------- */

static void put(struct run *run, struct parcels *to, struct parcel *parcel)
{
    pthread_mutex_lock(&run->lock);
    parcel->next = NULL;
    *to->end = parcel;
    to->end = &parcel->next;
    pthread_cond_broadcast(&run->moved);
    pthread_mutex_unlock(&run->lock);
}

/* Waits for one; NULL when nobody wants it any more. */
static struct parcel *take(struct run *run, struct parcels *from)
{
    struct parcel *parcel = NULL;

    pthread_mutex_lock(&run->lock);
    while (!from->first && !run->stop)
        pthread_cond_wait(&run->moved, &run->lock);
    if (!run->stop) {
        parcel = from->first;
        from->first = parcel->next;
        if (!from->first)
            from->end = &from->first;
    }
    pthread_mutex_unlock(&run->lock);
    return parcel;
}

/* --- reading ahead --------------------------------------------------------------------------- */

static void add_bad(struct parcel *parcel, int64_t line, struct str reason)
{
    *LIST_ADD(parcel->arena, &parcel->batch.bad) = (struct import_bad){line, str_copy(parcel->arena, reason)};
}

static void add_json(struct run *run, struct parcel *parcel, struct import_request *request, const struct line *line)
{
    char wrong[200] = "";
    const struct json *json = json_parse_explained(run->scratch, line->text, wrong, sizeof wrong);
    struct record_wrong problem = {""};
    struct record record;

    parcel->batch.losses.line = line->number;
    if (!json) { /* the line is known already: "line 1, column 7: ..." */
        const char *why = strncmp(wrong, "line 1, ", 8) == 0 ? wrong + 8 : wrong;
        add_bad(parcel, line->number, str_printf(run->scratch, "is no JSON: %s", why));
    } else if (!run->alone) {
        import_request_add(request, line->number, line->text);
    } else if (record_read(run->scratch, json, &parcel->batch.losses, &record, &problem)) {
        record_keep(parcel->arena, &record);
        *LIST_ADD(parcel->arena, &parcel->batch.records) = record;
    } else {
        add_bad(parcel, line->number, str_of(problem.text));
    }
    arena_reset(run->scratch);
}

static void fill(struct run *run, struct parcel *parcel)
{
    int64_t lines_most = run->alone ? ALONE_LINES : DESK_LINES;
    size_t bytes = 0, bytes_most = run->alone ? ALONE_BYTES : DESK_BYTES;
    struct import_batch *batch = &parcel->batch;
    struct import_request request;
    struct line line = {.kind = LINE_JSON, .index = run->position};

    import_request_begin(&request, &parcel->request);
    while (line.index - batch->from < lines_most && bytes < bytes_most && !parcel->over) {
        lines_next(run->lines, &line);
        bytes += line.text.n;
        switch (line.kind) {
        case LINE_JSON: add_json(run, parcel, &request, &line); break;
        case LINE_BAD: add_bad(parcel, line.number, line.text); break;
        case LINE_END: parcel->over = batch->last = true; break;
        case LINE_DAMAGED:
            parcel->over = true;
            snprintf(parcel->problem, sizeof parcel->problem, "%.*s", STR_ARG(line.text));
            break;
        }
    }
    batch->to = run->position = line.index;
    if (!run->alone)
        import_request_end(&request, batch, run->settings->as_drafts);
}

static void *read_ahead(void *context)
{
    struct run *run = context;
    struct parcel *parcel;
    bool over = false;

    while (!over && (parcel = take(run, &run->empty))) {
        arena_reset(parcel->arena);
        parcel->over = false;
        parcel->problem[0] = '\0';
        parcel->batch = (struct import_batch){.file = run->result->file.name,
                                              .label = run->result->file.label,
                                              .from = run->position,
                                              .losses = losses_of(parcel->arena)};
        fill(run, parcel);
        over = parcel->over;
        put(run, &run->full, parcel);
    }
    return NULL;
}

/* --- writing ------------------------------------------------------------------------------------ */

static bool fail(struct run *run, const char *problem)
{
    snprintf(run->result->problem, sizeof run->result->problem, "%s", problem);
    return false;
}

struct writing {
    struct run *run;
    const struct import_batch *batch;
    struct import_file after;
    bool in_step;
    struct db_problem problem;
};

static bool write_batch(void *context, struct db_tx *tx)
{
    struct writing *writing = context;
    struct db_reader *db = db_tx_reader(tx);

    writing->in_step = import_batch(tx, &writing->run->importer, writing->batch, &writing->after);
    if (db_failed(db))
        snprintf(writing->problem.text, sizeof writing->problem.text, "%s", db_problem_text(db));
    return writing->in_step && !db_failed(db);
}

static const char OUT_OF_STEP[] = "another import of the same file is running; wait for it and try again";

static bool write_alone(struct run *run, struct arena *arena, const struct import_batch *batch,
                        struct import_file *after)
{
    struct writing writing = {.run = run, .batch = batch, .in_step = true};
    bool unknown = false;

    run->importer.now = clock_now();
    bool done = act_quietly(desk_link_acting(run->link), arena, write_batch, &writing, &unknown);
    *after = writing.after;
    if (done)
        return true;
    if (unknown)
        return fail(run, "the disk or the database failed in the middle of writing; start the import again");
    if (!writing.in_step)
        return fail(run, OUT_OF_STEP);
    return fail(run,
                writing.problem.text[0] ? writing.problem.text : "the database failed; nothing of this batch is in");
}

static bool ask_desk(struct run *run, struct arena *arena, const struct parcel *parcel, struct import_file *after)
{
    struct db_problem problem = {{0}};
    struct str answer = STR("");
    int status = desk_call(run->link, arena, "POST", "/desk/api/import", buf_str(&parcel->request), &answer, &problem);
    const struct json *json = status ? json_parse(arena, answer) : NULL;

    if (status == 0)
        return fail(run, problem.text);
    if (parcel->request.overflow)
        return fail(run, "a batch is larger than the desk takes; stop the desk and import without it");
    if (status == 409)
        return fail(run, OUT_OF_STEP);
    if (status != 200) {
        struct str message = json_member_text(json_member(json, "error"), "message", str_head(answer, 200));
        return fail(run, str_cstr(arena, str_printf(arena, "the desk answered %d: %.*s", status, STR_ARG(message))));
    }
    import_file_read(arena, json, after);
    return true;
}

/* The file's texts outlive the batch. */
static void keep_file(struct run *run, const struct import_file *after)
{
    struct import_file *file = &run->result->file;
    struct import_file kept = *after;

    kept.name = file->name;
    kept.label = file->label;
    kept.losses = str_equal(after->losses, file->losses) ? file->losses : str_copy(run->arena, after->losses);
    *file = kept;
}

/* --- progress --------------------------------------------------------------------------------------- */

static void show_bar(int64_t percent)
{
    static const char DONE[] = "####################", LEFT[] = "--------------------";
    int cells = (int)(percent * BAR_CELLS / 100);

    _Static_assert(sizeof DONE - 1 == BAR_CELLS, "a bar of BAR_CELLS cells");
    fprintf(stderr, " [%.*s%.*s] %3d %%", cells, DONE, BAR_CELLS - cells, LEFT, (int)percent);
}

static void show_progress(struct run *run, bool last)
{
    const struct import_file *file = &run->result->file;
    int64_t now = clock_steady_ms(), at = lseek(run->fd, 0, SEEK_CUR);
    int64_t done = file->stories + file->changed + file->known + file->pages - run->result->before.stories -
                   run->result->before.changed - run->result->before.known - run->result->before.pages;

    if (!run->settings->progress || (!last && now - run->shown_ms < PROGRESS_MS))
        return;
    run->shown_ms = now;
    int64_t took = now - run->began_ms + 1;
    fprintf(stderr, "\r\033[K%.*s", STR_ARG(utf8_first_chars(file->label, LABEL_SHOWN)));
    if (run->size > 0 && at >= 0)
        show_bar(last ? 100 : at * 100 / run->size);
    fprintf(stderr, "  %lld stories, %lld a second", (long long)done, (long long)(done * 1000 / took));
    fputs(last ? "\r\033[K" : "", stderr);
    fflush(stderr);
}

/* --- one file ------------------------------------------------------------------------------------------ */

static void give_up(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    run->stop = true;
    pthread_cond_broadcast(&run->moved);
    pthread_mutex_unlock(&run->lock);
}

static void write_all(struct run *run)
{
    struct arena *arena = arena_new();
    bool going = true;

    while (going) {
        struct parcel *parcel = take(run, &run->full);
        const struct import_batch *batch = &parcel->batch;
        struct import_file after = {.losses = STR("")};
        bool nothing = batch->to == batch->from && !batch->last;
        arena_reset(arena);
        if (!nothing && !(run->alone ? write_alone(run, arena, batch, &after) : ask_desk(run, arena, parcel, &after)))
            break;
        if (!nothing)
            keep_file(run, &after);
        if (parcel->problem[0])
            fail(run, parcel->problem);
        going = !parcel->over;
        show_progress(run, !going);
        put(run, &run->empty, parcel);
    }
    give_up(run);
    arena_free(&arena);
}

/* A batch's memory is used for the next one: were it given back to the system meanwhile, every page of it would have
 * to be cleared again, which costs a twelfth of all time. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
}

static void go(struct run *run)
{
    struct parcel parcels[PARCELS] = {{0}};
    pthread_t reader;

    keep_memory();
    pthread_mutex_init(&run->lock, NULL);
    pthread_cond_init(&run->moved, NULL);
    run->empty.end = &run->empty.first;
    run->full.end = &run->full.first;
    run->scratch = arena_new();
    for (int i = 0; i < PARCELS; i++) {
        parcels[i].arena = arena_new();
        parcels[i].request = BUF(REQUEST_MOST);
        put(run, &run->empty, &parcels[i]);
    }
    if (pthread_create(&reader, NULL, read_ahead, run) != 0)
        die("cannot start a thread");
    write_all(run);
    pthread_join(reader, NULL);
    arena_free(&run->scratch);
    for (int i = 0; i < PARCELS; i++) {
        arena_free(&parcels[i].arena);
        buf_free(&parcels[i].request);
    }
    pthread_mutex_destroy(&run->lock);
    pthread_cond_destroy(&run->moved);
}

/* A regular file is known by what is in it; a pipe by nothing, so it cannot go on where it was interrupted. */
static bool fingerprint(struct run *run, char out[2 * 16 + 1])
{
    unsigned char hash[16], piece[64 * 1024];
    crypto_generichash_state state;
    struct stat status;
    ssize_t n;

    if (fstat(run->fd, &status) != 0)
        return false;
    if (!S_ISREG(status.st_mode)) {
        snprintf(out, 33, "pipe-%016llx", (unsigned long long)random_u64());
        return true;
    }
    run->size = status.st_size;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    while ((n = read(run->fd, piece, sizeof piece)) > 0)
        crypto_generichash_update(&state, piece, (unsigned long long)n);
    if (n < 0 || lseek(run->fd, 0, SEEK_SET) != 0)
        return false;
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(out, 33, hash, sizeof hash);
    return true;
}

static struct str label_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_copy(arena, str_of(strcmp(path, "-") == 0 ? "standard input" : slash ? slash + 1 : path));
}

/* What was done of it before; false when nothing is left to do. */
static bool find_file(struct run *run, struct str name, struct str label)
{
    struct db_reader *db = db_read(desk_link_db(run->link), run->arena, NULL);
    struct import_result *result = run->result;

    import_file_find(db, name, &result->file);
    result->file.label = label;
    result->before = result->file;
    result->was_finished = result->file.finished;
    run->position = result->file.position;
    if (!db_read_end(&db))
        return fail(run, "the database cannot be read");
    return !result->was_finished;
}

static void run_file(struct run *run, const char *path)
{
    char name[2 * 16 + 1];

    if (!fingerprint(run, name)) {
        fail(run, strerror(errno));
        return;
    }
    if (!find_file(run, str_copy(run->arena, str_of(name)), label_of(run->arena, path)))
        return;
    run->lines = lines_open(run->fd, run->settings->format, run->position);
    if (!run->lines) {
        fail(run, strerror(errno));
        return;
    }
    go(run);
    lines_close(&run->lines);
}

void import_run(struct desk_link *link, struct arena *arena, const char *path, const struct import_settings *settings,
                struct import_result *out)
{
    struct run run = {.link = link,
                      .settings = settings,
                      .arena = arena,
                      .result = out,
                      .alone = desk_link_acting(link) != NULL,
                      .began_ms = clock_steady_ms()};

    *out = (struct import_result){.file = {.name = STR(""), .label = label_of(arena, path), .losses = STR("[]")}};
    run.fd = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
    if (run.fd < 0) {
        fail(&run, strerror(errno));
        return;
    }
    run.importer = (struct importer){
        .language = settings->language, .as_drafts = settings->as_drafts, .names = names_new(NAMES_MOST)};
    run_file(&run, path);
    names_free(&run.importer.names);
    close(run.fd);
    out->milliseconds = clock_steady_ms() - run.began_ms;
}
