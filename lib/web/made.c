/* made.c - linking parts to a page and answering with it.
 *
 * One allocation holds the struct, its slots, pieces and tags. The gzip form is
 * a list of pieces that point into the parts; the plain form is inflated for
 * the few readers that want it.
 */
#include "lib/web/made.h"

#include "lib/base/check.h"

#define MADE_MAGIC 0x4d414445u

enum { LARGEST_PAGE = 32 << 20 };

static void add_piece(struct made *made, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    made->pieces[made->piece_count++] = (struct iovec){.iov_base = (void *)(uintptr_t)bytes, .iov_len = n};
    made->length += n;
}

static void write_etag(char *out, uint64_t hash, const char *ending)
{
    static const char digits[] = "0123456789abcdef";

    memcpy(out, "ETag: \"", 7);
    for (int i = 0; i < 16; i++)
        out[7 + i] = digits[hash >> (60 - 4 * i) & 15];
    memcpy(out + 23, ending, strlen(ending) + 1);
}

static void link_pieces(struct made *made, const struct layout *layout)
{
    struct pack_sum whole = {0};

    add_piece(made, pack_header, PACK_HEADER);
    for (size_t i = 0; i <= made->slot_count; i++) {
        add_piece(made, layout->glue[i]->packed.p, layout->glue[i]->packed.n);
        if (layout->glue[i]->sum.length)
            whole = pack_join(whole, layout->glue[i]->sum);
        if (i == made->slot_count)
            break;
        add_piece(made, made->slots[i]->packed.p, made->slots[i]->packed.n);
        if (made->slots[i]->sum.length)
            whole = pack_join(whole, made->slots[i]->sum);
    }
    pack_trailer(whole, made->trailer);
    add_piece(made, made->trailer, PACK_TRAILER);
    made->plain_length = whole.length;
    made->hash = whole.hash;
    write_etag(made->etag[0], whole.hash, "-g\"\r\n");
    write_etag(made->etag[1], whole.hash, "\"\r\n");
}

struct made *made_new(const struct theme *theme, int kind, const struct about *about, const struct origin *decision,
                      struct blob *const *slots, struct blob *const *bases, uint64_t checked)
{
    const struct layout *layout = &theme->layouts[kind];
    size_t n = layout->slot_count, pieces = 2 * n + 3;
    size_t tag_bytes = decision->tag_count * sizeof *decision->tags;
    size_t bytes = sizeof(struct made) + tag_bytes + pieces * sizeof(struct iovec) + 2 * n * sizeof(struct blob *);
    struct made *made = malloc(bytes);

    if (!made)
        die("out of memory");
    *made = (struct made){.magic = MADE_MAGIC,
                          .references = 1,
                          .checked = checked,
                          .kind = kind,
                          .about = *about,
                          .slot_count = n,
                          .bytes = heap_cost(bytes)};
    char *at = (char *)(made + 1);
    made->pieces = (void *)at;
    at += pieces * sizeof(struct iovec);
    made->slots = (void *)at;
    made->bases = made->slots + n;
    for (size_t i = 0; i < n; i++) {
        made->slots[i] = slots[i];
        made->bases[i] = bases[i];
        if (!slots[i]->alive) /* shared parts are counted where they are shared */
            made->bytes += slots[i]->bytes;
    }
    at += 2 * n * sizeof(struct blob *);
    made->decision = (struct origin){.as_of = decision->as_of, .tag_count = decision->tag_count, .tags = (void *)at};
    if (tag_bytes)
        memcpy(at, decision->tags, tag_bytes);
    link_pieces(made, layout);
    return made;
}

void made_drop(struct made **out)
{
    struct made *made = *out;

    *out = NULL;
    if (!made)
        return;
    CHECK_LIVE(made, MADE_MAGIC);
    if (atomic_fetch_sub_explicit(&made->references, 1, memory_order_acq_rel) > 1)
        return;
    for (size_t i = 0; i < made->slot_count; i++) {
        blob_drop(&made->slots[i]);
        blob_drop(&made->bases[i]);
    }
    free(atomic_load_explicit(&made->joined, memory_order_relaxed));
    made->magic = 0;
    free(made);
}

void made_join(struct made *made)
{
    struct iovec *joined = malloc(sizeof *joined + made->length);

    if (!joined)
        die("out of memory");
    char *at = (char *)(joined + 1);
    *joined = (struct iovec){.iov_base = at, .iov_len = made->length};
    for (size_t i = 0; i < made->piece_count; i++) {
        memcpy(at, made->pieces[i].iov_base, made->pieces[i].iov_len);
        at += made->pieces[i].iov_len;
    }
    made->bytes += heap_cost(sizeof *joined + made->length);
    CHECK(atomic_exchange_explicit(&made->joined, joined, memory_order_release) == NULL);
}

bool made_check(struct made *made, const struct tag_table *changes)
{
    uint64_t newest = tag_table_sequence(changes);

    if (atomic_load_explicit(&made->checked, memory_order_relaxed) >= newest)
        return true;
    if (!origin_fresh(&made->decision, changes))
        return false;
    for (size_t i = 0; i < made->slot_count; i++)
        if (!blob_fresh(made->slots[i], changes) || (made->bases[i] && !blob_fresh(made->bases[i], changes)))
            return false;
    atomic_store_explicit(&made->checked, newest, memory_order_relaxed);
    return true;
}

/* --- answering ------------------------------------------------------------------- */

static void release_made(void *owner)
{
    struct made *made = owner;

    made_drop(&made);
}

/* Is the weight of a coding, "q=0.5" or nothing, more than 0? */
static bool has_weight(struct str weight)
{
    if (!str_starts(weight, STR("q=0")))
        return true;
    for (size_t i = 3; i < weight.n; i++)
        if (weight.p[i] >= '1' && weight.p[i] <= '9')
            return true;
    return false;
}

/* Does Accept-Encoding name gzip, or everything, and not with q=0? (RFC 9110, 12.5.3) */
bool accepts_gzip(const struct http_request *request)
{
    bool everything = false;

    for (struct str rest = http_header(request, STR("accept-encoding")); rest.p;) {
        struct str weight = str_cut(&rest, ',');
        struct str coding = str_trim(str_cut(&weight, ';'));
        bool wanted = !weight.p || has_weight(str_trim(weight));
        if (str_equal_nocase(coding, STR("gzip")))
            return wanted;
        if (str_equal(coding, STR("*")))
            everything = wanted;
    }
    return everything;
}

/* Is this form's ETag one of the reader's? The other form's is not: what the reader keeps goes with its headers. */
static bool has_it(struct str validators, struct str etag_line)
{
    struct str tag = {etag_line.p + strlen("ETag: "), etag_line.n - strlen("ETag: \r\n")};

    if (validators.p == NULL)
        return false;
    return str_find(validators, tag, 0) >= 0 || str_equal(str_trim(validators), STR("*"));
}

void made_plain(const struct made *made, struct buf *out)
{
    CHECK(pack_open(made->pieces + 1, made->piece_count - 2, out)); /* between header and trailer */
}

struct inflated {
    struct buf text;
    struct iovec piece;
    char etag[40];
};

static void release_inflated(void *owner)
{
    struct inflated *inflated = owner;

    buf_free(&inflated->text);
    free(inflated);
}

/* The plain form: a copy of its own, because it is rarely asked for. */
static void answer_plain(struct made *made, struct http_answer *answer)
{
    struct inflated *inflated = calloc(1, sizeof *inflated);

    if (!inflated)
        die("out of memory");
    inflated->text = BUF(LARGEST_PAGE);
    buf_reserve(&inflated->text, made->plain_length + 1);
    made_plain(made, &inflated->text);
    CHECK(inflated->text.n == made->plain_length);
    memcpy(inflated->etag, made->etag[1], sizeof inflated->etag);
    inflated->piece = (struct iovec){.iov_base = inflated->text.p, .iov_len = inflated->text.n};
    answer->more_headers = str_of(inflated->etag);
    answer->pieces = &inflated->piece;
    answer->piece_count = 1;
    answer->release = release_inflated;
    answer->owner = inflated;
    made_drop(&made);
}

void made_answer(struct made *made, int status, const struct made_headers *headers, const struct http_request *request,
                 struct http_answer *answer)
{
    bool packed = accepts_gzip(request);
    const struct iovec *joined = atomic_load_explicit(&made->joined, memory_order_acquire);

    *answer = (struct http_answer){.status = status, .file = -1};
    answer->headers = packed ? headers->packed : headers->plain;
    answer->more_headers = str_of(made->etag[packed ? 0 : 1]);
    answer->length = packed ? made->length : made->plain_length;
    answer->release = release_made;
    answer->owner = made;
    if (status == 200 && has_it(http_header(request, STR("if-none-match")), answer->more_headers)) {
        answer->status = 304;
        answer->headers = headers->unchanged;
        answer->length = 0;
    } else if (packed) {
        answer->pieces = joined ? joined : made->pieces;
        answer->piece_count = joined ? 1 : made->piece_count;
    } else if (request->method != HTTP_HEAD) {
        answer_plain(made, answer);
    }
}
