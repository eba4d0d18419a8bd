/* importing_desk.c - an archive comes in through the running desk, batch by batch. */
#include "src/actions.h"
#include "src/app.h"
#include "src/importing/import_run.h"

enum { NAMES_OF_BATCH = 4000 };

/* POST /desk/api/import: a batch of a file (import_run.h). 200 with where the file stands; 409 with the same when it
 * does not stand where the batch begins. */
void import_action(struct action *a)
{
    const struct app *app = a->app;
    struct importer importer = {.language = app->settings.language, .now = a->now};
    struct import_batch batch;
    struct import_file after;
    char wrong[200];

    if (!import_request_read(a->arena, a->body, &batch, &importer.as_drafts, wrong, sizeof wrong)) {
        action_refuse(a, 422, NULL, "%s", wrong);
        return;
    }
    importer.names = names_new(NAMES_OF_BATCH);
    bool done = import_batch(a->tx, &importer, &batch, &after);
    names_free(&importer.names);
    action_answer(a, done ? 200 : 409, &IMPORT_FILE_FIELDS, &after);
}
