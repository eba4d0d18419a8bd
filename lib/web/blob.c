/* blob.c - one allocation per rendered part.
 *
 * Only the compressed form is kept: nine readers of ten take it, and the plain
 * one is made from it for the tenth. That halves what a cached page weighs.
 */
#include "lib/web/blob.h"

#include "lib/base/check.h"

#define BLOB_MAGIC 0x424c4f42u

struct blob *blob_new(struct packer *packer, struct str plain, enum pack_effort effort, uint64_t as_of,
                      const struct tag_set *tags, const int64_t *shows, size_t show_count)
{
    struct str run;
    struct pack_sum sum = pack_run(packer, plain, effort, &run);
    size_t tag_bytes = tags->n * sizeof *tags->at, show_bytes = show_count * sizeof *shows;
    size_t bytes = sizeof(struct blob) + tag_bytes + show_bytes + run.n;
    struct blob *blob = malloc(bytes);

    if (!blob)
        die("out of memory");
    char *at = (char *)(blob + 1);
    *blob =
        (struct blob){.magic = BLOB_MAGIC, .references = 1, .checked = as_of, .sum = sum, .bytes = heap_cost(bytes)};
    blob->origin = (struct origin){.as_of = as_of, .tag_count = tags->n, .tags = (void *)at};
    if (tag_bytes)
        memcpy(at, tags->at, tag_bytes);
    at += tag_bytes;
    blob->shows = (void *)at;
    blob->show_count = show_count;
    if (show_bytes)
        memcpy(at, shows, show_bytes);
    at += show_bytes;
    blob->packed = (struct str){at, run.n};
    if (run.n)
        memcpy(at, run.p, run.n);
    return blob;
}

void blob_count(struct blob *blob, _Atomic size_t *alive)
{
    CHECK(!blob->alive);
    blob->alive = alive;
    atomic_fetch_add_explicit(alive, blob->bytes, memory_order_relaxed);
}

void blob_drop(struct blob **out)
{
    struct blob *blob = *out;

    *out = NULL;
    if (!blob)
        return;
    CHECK_LIVE(blob, BLOB_MAGIC);
    if (atomic_fetch_sub_explicit(&blob->references, 1, memory_order_acq_rel) == 1) {
        if (blob->alive)
            atomic_fetch_sub_explicit(blob->alive, blob->bytes, memory_order_relaxed);
        blob->magic = 0;
        free(blob);
    }
}

bool blob_shows(const struct blob *blob, int64_t item)
{
    for (size_t i = 0; i < blob->show_count; i++)
        if (blob->shows[i] == item)
            return true;
    return false;
}
