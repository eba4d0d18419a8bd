/* making.c - a page from a snapshot, out of parts that are kept, shared or rendered now.
 *
 * Why what goes out is exact:
 *
 *  1. A snapshot has a number S: it contains the changes 1 to S and no others. When it has begun, the table of changes
 *     knows at least those (db_read sees to that).
 *  2. A part rendered from snapshot B depends on the data its tags name and on nothing else. Its bytes are what any
 *     snapshot from B on would give, until a change touches one of its tags; and what any snapshot before B would have
 *     given, back to the last change that did.
 *  3. So a part from B may stand on a page of snapshot S when no change between the two, whichever is older, touched
 * its
 *     tags. Asking "no change after min(B, S)" is enough, since the table knows all changes up to max(B, S); it may say
 *     no for a change that came later still, which costs a rendering and no more.
 *  4. A page made from snapshot S consists of parts that pass 3 and of a decision (which page, about what) read from
 * S. It
 *     is therefore what S gives, byte for byte: it never mixes two versions of one story.
 *  5. A page put together without a snapshot (relink) is checked as a whole against one reading of the newest change:
 * it
 *     is what that moment gives.
 *  6. Where a part has variants, the part that said which one is needed belongs to the page like those that are shown.
 *  7. A request is answered from a snapshot begun after it came, or from a page found fresh with the changes known
 * when it
 *     came. Which of the two is the caller's business (site.c); here only the number S is handed back.
 *  8. Redirects, "not found" and texts are made from a snapshot each time and never kept; the page that says "not
 * found"
 *     is a page as any other, kept under a name that no path has.
 */
#include "lib/base/check.h"
#include "lib/http/url.h"
#include "lib/web/once.h"
#include "lib/web/site_inside.h"

enum { LARGEST_PART = 8 << 20 };

struct making {
    struct site *site;
    struct maker *maker; /* with db: NULL on a loop thread */
    struct db_reader *db;
    uint64_t as_of; /* its number */
    bool afresh;
    const struct made *former; /* the page of this address as it was; may lend parts */
    struct once once;          /* what parts of this page have read together */
    const char *problem;       /* why nothing came of it */
};

struct maker maker_new(struct site *site)
{
    return (struct maker){.site = site, .arena = arena_new(), .packer = packer_new(), .text = BUF(LARGEST_PART)};
}

void maker_free(struct maker *maker)
{
    arena_free(&maker->arena);
    packer_free(&maker->packer);
    buf_free(&maker->text);
}

/* --- parts ------------------------------------------------------------------------- */

/* Sentence 3 above; without a snapshot, the first half of sentence 5. */
static bool usable(const struct making *making, struct blob *blob)
{
    const struct tag_table *changes = making->site->config.changes;

    if (!making->db || blob->origin.as_of <= making->as_of)
        return blob_fresh(blob, changes);
    return tag_table_fresh(changes, blob->origin.tags, blob->origin.tag_count, making->as_of);
}

static struct blob *render_part(void *context, const struct part_key *key)
{
    struct making *making = context;
    struct maker *maker = making->maker;
    const struct theme *theme = making->site->config.theme;
    const struct part_kind *kind = &theme->parts[key->kind];
    struct tag_set tags = {.arena = maker->arena};
    struct part part = {.db = making->db,
                        .arena = maker->arena,
                        .app = making->site->config.app,
                        .about = &key->about,
                        .once = &making->once};
    struct blob *blob = NULL;

    db_collect(making->db, &tags);
    const void *data = kind->view(&part);
    db_collect(making->db, NULL);
    buf_clear(&maker->text);
    if (!db_failed(making->db))
        template_render(theme->templates[key->kind], data, &maker->text);
    if (maker->text.overflow) {
        making->problem = "a part of the page is too long";
    } else if (!db_failed(making->db)) {
        tag_set_settle(&tags);
        blob = blob_new(maker->packer, buf_str(&maker->text), kind->shared ? PACK_SMALL : PACK_FAST, making->as_of,
                        &tags, part.shows.at, part.shows.n);
        count_one(&making->site->counts[COUNT_WORKERS].parts_rendered);
    }
    return blob;
}

/* The part of that kind for these numbers, with a reference; NULL when it is not to be had. */
static struct blob *get_part(struct making *making, int kind, const struct about *about, struct blob *former)
{
    struct site *site = making->site;
    const struct part_kind *kinds = site->config.theme->parts;
    struct part_key key = part_key(kinds, kind, about);

    if (former && usable(making, former))
        return blob_keep(former);
    if (kinds[kind].shared && site->shared && !making->afresh) {
        struct blob *blob =
            making->db ? shared_get(site->shared, &key, render_part, making) : shared_find(site->shared, &key);
        if (!blob || usable(making, blob))
            return blob;
        blob_drop(&blob); /* another worker's snapshot is ahead of ours, and between the two the part changed */
    }
    return making->db ? render_part(making, &key) : NULL;
}

/* Fills slot i with its part, and with the one it is a variant of when it is one. */
static bool fill_slot(struct making *making, int kind, const struct about *about, size_t i, struct blob **slot,
                      struct blob **base)
{
    const struct part_kind *parts = making->site->config.theme->parts;
    const struct made *former = making->former;
    struct blob *former_slot = former ? former->slots[i] : NULL, *former_base = former ? former->bases[i] : NULL;
    struct about without = *about;

    *slot = get_part(making, kind, about, former_base ? former_base : former_slot);
    *base = NULL;
    if (!*slot || parts[kind].item < 0 || !blob_shows(*slot, about->at[parts[kind].item]))
        return *slot != NULL;
    *base = *slot;
    without.at[parts[kind].without] = about->at[parts[kind].item];
    *slot = get_part(making, kind, &without, former_base ? former_slot : NULL);
    if (!*slot)
        blob_drop(base);
    return *slot != NULL;
}

/* NULL when a part is not to be had. */
static struct made *assemble(struct making *making, int kind, const struct about *about, const struct origin *decision)
{
    const struct theme *theme = making->site->config.theme;
    const struct layout *layout = &theme->layouts[kind];
    const struct made *former = making->former;
    struct blob *slots[LAYOUT_MOST_SLOTS], *bases[LAYOUT_MOST_SLOTS];
    size_t n = 0;

    if (former && (former->kind != kind || memcmp(&former->about, about, sizeof *about) != 0))
        making->former = NULL;
    while (n < layout->slot_count && fill_slot(making, layout->slots[n], about, n, &slots[n], &bases[n]))
        n++;
    if (n == layout->slot_count)
        return made_new(theme, kind, about, decision, slots, bases, making->db ? making->as_of : 0);
    while (n-- > 0) {
        blob_drop(&slots[n]);
        blob_drop(&bases[n]);
    }
    return NULL;
}

struct made *relink(struct site *site, struct str address, const struct made *former)
{
    struct making making = {.site = site, .former = former};
    struct made *made = NULL;

    if (origin_fresh(&former->decision, site->config.changes))
        made = assemble(&making, former->kind, &former->about, &former->decision);
    if (made && !made_check(made, site->config.changes))
        made_drop(&made); /* a change came in between */
    if (made)
        kept_put(site->kept, address, made);
    return made;
}

/* --- pages --------------------------------------------------------------------------- */

/* Keeps it, unless it is for the oracle. */
static struct made *make_page(struct making *making, struct str address, int kind, const struct about *about,
                              struct tag_set *tags)
{
    struct site *site = making->site;

    tag_set_settle(tags);
    struct origin decision = {.as_of = making->as_of, .tag_count = tags->n, .tags = tags->at};
    struct made *made = assemble(making, kind, about, &decision);
    if (!made)
        return NULL;
    count_one(&site->counts[COUNT_WORKERS].pages_made);
    if (making->afresh)
        return made;
    if (site->shared) {
        struct shared_counts counts;
        shared_counts(site->shared, &counts);
        kept_beside(site->kept, counts.orphans);
    }
    kept_put(site->kept, address, made);
    return made;
}

/* The page that says that there is none. It depends on nothing but its parts. */
static struct made *make_error_page(struct making *making, struct str name, int kind)
{
    struct tag_set no_tags = {.arena = making->maker->arena};
    struct made *former = making->afresh ? NULL : kept_find(making->site->kept, name);
    struct made *made = NULL;

    if (former && made_check(former, making->site->config.changes))
        return former;
    making->former = former;
    made = make_page(making, name, kind, &ABOUT(0), &no_tags);
    making->former = NULL;
    made_drop(&former);
    return made;
}

/* Another spelling of an address that has a page. */
static bool respelled(struct making *making, const struct request *req, struct str *location)
{
    struct pattern_values values;

    if (!address_respell(making->maker->arena, req->path, location) || str_equal(*location, req->path) ||
        !address_route(making->site->config.routes, *location, making->maker->arena, &values))
        return false;
    if (req->query.n)
        *location = str_printf(making->maker->arena, "%.*s?%.*s", STR_ARG(*location), STR_ARG(req->query));
    return true;
}

static enum answer decide(struct making *making, struct request *req)
{
    const struct site_config *config = &making->site->config;
    enum answer answer = ANSWER_NOT_FOUND;

    req->route = address_route(config->routes, req->path, req->arena, &req->values);
    bool routed = req->route != NULL;
    if (routed)
        answer = req->route->function(req);
    if (answer == ANSWER_NOT_FOUND && config->fallback) {
        req->route = NULL;
        answer = config->fallback(req);
    }
    if (answer == ANSWER_NOT_FOUND && !routed && respelled(making, req, &req->location))
        answer = ANSWER_MOVED;
    if (answer == ANSWER_MOVED && !url_is_safe_link(req->location))
        answer = ANSWER_NOT_FOUND; /* old data may hold anything */
    return answer;
}

static void carry_out(struct making *making, enum answer answer, struct str address, struct request *req,
                      struct tag_set *tags, struct outcome *out)
{
    const struct site_config *config = &making->site->config;

    switch (answer) {
    case ANSWER_PAGE:
        CHECK(req->page >= 0 && (size_t)req->page < config->theme->page_count);
        out->made = make_page(making, address, req->page, &req->about, tags);
        break;
    case ANSWER_NOT_FOUND: out->made = make_error_page(making, STR("404"), config->page_not_found); break;
    case ANSWER_GONE: out->made = make_error_page(making, STR("410"), config->page_gone); break;
    case ANSWER_MOVED:
        out->status = 301;
        out->location = req->location;
        break;
    case ANSWER_BAD: out->status = 400; break;
    case ANSWER_TEXT:
        out->status = 200;
        out->text = req->text;
        out->type = req->type;
        break;
    }
    if (out->made)
        out->status = config->theme->pages[out->made->kind].status;
}

/* Forgets what was begun: the answer is 503 or 500. */
static void give_up(struct making *making, struct str address, const char *problem, struct outcome *out)
{
    const struct site_config *config = &making->site->config;

    made_drop(&out->made);
    out->failed = true;
    out->status = making->problem ? 500 : 503;
    count_one(&making->site->counts[COUNT_WORKERS].failed);
    if (config->failed)
        config->failed(config->context, address, making->problem ? making->problem : problem);
}

static void make_from(struct making *making, struct str address, struct request *req, struct tag_set *tags,
                      struct outcome *out)
{
    struct made *former = making->afresh ? NULL : kept_find(making->site->kept, address);

    if (former && made_check(former, making->site->config.changes)) {
        out->made = former;
        out->status = making->site->config.theme->pages[former->kind].status;
        return;
    }
    enum answer answer = decide(making, req);
    db_collect(making->db, NULL);
    making->former = former;
    if (!db_failed(making->db))
        carry_out(making, answer, address, req, tags, out);
    made_drop(&former);
}

void make_outcome(struct maker *maker, struct str path, struct str query, bool afresh, struct outcome *out)
{
    struct site *site = maker->site;
    struct str address = query.n ? str_printf(maker->arena, "%.*s?%.*s", STR_ARG(path), STR_ARG(query)) : path;
    struct tag_set tags = {.arena = maker->arena};

    *out = (struct outcome){.began_us = clock_steady_us()};
    struct db_reader *db = db_read(site->config.db, maker->arena, &tags);
    struct making making = {.site = site, .maker = maker, .db = db, .as_of = db_sequence(db), .afresh = afresh};
    struct request req = {.arena = maker->arena, .db = db, .app = site->config.app, .path = path, .query = query};
    out->as_of = making.as_of;
    if (!db_failed(db))
        make_from(&making, address, &req, &tags, out);
    struct str problem = str_copy(maker->arena, str_of(db_problem_text(db)));
    bool sound = db_read_end(&db);
    if (!sound || out->status == 0)
        give_up(&making, address, str_cstr(maker->arena, problem), out);
}
