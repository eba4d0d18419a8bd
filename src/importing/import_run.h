/* import_run.h - one file goes in: a thread reads ahead while this one writes batch after batch.
 *
 * Without a desk the stories are written here; with a running one each batch is
 * asked of it (POST /desk/api/import). Both end in import_batch (importing.h).
 */
#ifndef HAOWAI_IMPORTING_IMPORT_RUN_H
#define HAOWAI_IMPORTING_IMPORT_RUN_H

#include "src/desk/desk_call.h"
#include "src/importing/decode.h"
#include "src/importing/importing.h"

struct import_settings {
    enum import_format format;
    bool as_drafts;
    bool progress; /* on standard error, a terminal */
    struct str language;
};

struct import_result {
    struct import_file file;   /* as it stands now */
    struct import_file before; /* as it stood when we began */
    bool was_finished;         /* by an earlier run: nothing was done */
    int64_t milliseconds;
    char problem[600]; /* "" or why it was not imported to its end */
};

/* `path` "-" is standard input. Results live in the arena. */
void import_run(struct desk_link *link, struct arena *arena, const char *path, const struct import_settings *settings,
                struct import_result *out);

/* --- the request a desk is sent (import_request.c) ------------------------------------------ */

/* {"file", "label", "from", "to", "last", "drafts", "bad": [{"line", "reason"} ...],
 *  "records": [[line, {...}] ...]} - begun, filled, ended. */
struct import_request {
    struct buf *out;
    size_t records;
};
void import_request_begin(struct import_request *request, struct buf *out);
void import_request_add(struct import_request *request, int64_t line, struct str json);
void import_request_end(struct import_request *request, const struct import_batch *batch, bool as_drafts);

/* Reads one: everything of *out but its records' sections. False with a sentence in `wrong`. */
bool import_request_read(struct arena *arena, const struct json *json, struct import_batch *out, bool *as_drafts,
                         char *wrong, size_t wrong_size);

/* What the desk answers: the file as it stands. */
void import_file_read(struct arena *arena, const struct json *json, struct import_file *out);

#endif
