/* keyword_store.c - the tables `keyword` and `keyword_alias`, and what of other tables a keyword takes along.
 *
 * A merged keyword keeps its row, so its number stays somebody's: it has no
 * stories, is found by number only, and points at who took its place - directly,
 * for merging moves earlier ones along. Its name and slug are free again.
 *
 * Stories show their keywords' names: a change of names touches
 * "keyword-names:{id}", which they all read, so a keyword of a hundred
 * thousand stories is renamed by touching one tag.
 */
#include "src/keyword/keyword.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/redirect/redirect.h"
#include "src/section/slug.h"

const struct fields KEYWORD_FIELDS =
    FIELDS(struct keyword, FIELD(struct keyword, id), FIELD(struct keyword, slug), FIELD(struct keyword, name),
           FIELD(struct keyword, type), FIELD(struct keyword, description), FIELD(struct keyword, merged_into),
           FIELD(struct keyword, stories), FIELD(struct keyword, url));
const struct fields KEYWORD_ALIAS_FIELDS = FIELDS(struct keyword_alias, FIELD(struct keyword_alias, alias));

#define COLUMNS "id, slug, name, type, description, merged_into, stories"

SQL(find, "SELECT " COLUMNS " FROM keyword WHERE id = $1", .reads = "keyword:$1 keyword-names:$1");
SQL(find_by_slug, "SELECT " COLUMNS " FROM keyword WHERE slug = $1 AND merged_into = 0",
    .reads = "keyword-slug:$1 keyword:{id} keyword-names:{id}");
SQL(find_by_name,
    "SELECT " COLUMNS " FROM keyword WHERE merged_into = 0 AND id = coalesce("
    "  (SELECT id FROM keyword WHERE name = $1 AND merged_into = 0),"
    "  (SELECT keyword FROM keyword_alias WHERE alias = $1))",
    .reads = "keyword-name:$1 keyword:{id} keyword-names:{id}");
SQL(find_aliases, "SELECT alias FROM keyword_alias WHERE keyword = $1 ORDER BY alias LIMIT 200",
    .reads = "keyword-names:$1");
SQL(list, "SELECT " COLUMNS " FROM keyword WHERE slug > $1 AND merged_into = 0 ORDER BY slug LIMIT $2",
    .reads = "keywords keyword:{id} keyword-names:{id}");
SQL(most_used,
    "SELECT " COLUMNS " FROM keyword WHERE merged_into = 0 AND stories > 0 ORDER BY stories DESC, id LIMIT $1",
    .reads = "keywords keyword-counts keyword-names:{id}");
/* Ten thousand rows leave out what nobody prints, and the tags of names: a new slug touches "keywords". */
SQL(for_map, "SELECT slug FROM keyword WHERE merged_into = 0 AND stories > 0 ORDER BY stories DESC, id DESC LIMIT $1",
    .reads = "keywords keyword-counts");
SQL(slug_is_taken, "SELECT 1 FROM keyword WHERE slug = $1 AND merged_into = 0", .reads = "-");

SQL(add,
    "INSERT INTO keyword (" COLUMNS ") SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, 0, 0 FROM keyword"
    " RETURNING id",
    .touches = "keywords keyword-slug:$1 keyword-name:$2 keyword-names:{id}");
SQL(describe, "UPDATE keyword SET type = $2, description = $3 WHERE id = $1", .touches = "keyword-names:$1");
SQL(rename_to, "UPDATE keyword SET slug = $2, name = $3 WHERE id = $1",
    .touches = "keywords keyword-names:$1 keyword-slug:$2 keyword-name:$3");
/* Whoever found it under its former slug or name looks again. */
SQL(leave_names, "UPDATE keyword SET merged_into = $2 WHERE id = $1 AND slug = $3 AND name = $4",
    .touches = "keywords keyword-names:$1 keyword-slug:$3 keyword-name:$4");
SQL(add_alias, "INSERT INTO keyword_alias (alias, keyword) VALUES ($1, $2) ON CONFLICT (alias) DO NOTHING",
    .touches = "keyword-name:$1 keyword-names:$2");
SQL(drop_alias, "DELETE FROM keyword_alias WHERE alias = $1 AND keyword = $2",
    .touches = "keyword-name:$1 keyword-names:$2");

SQL(move_stories,
    "UPDATE article_keyword SET keyword = $2 WHERE keyword = $1"
    "   AND article NOT IN (SELECT article FROM article_keyword WHERE keyword = $2)",
    .touches = "keyword:$1 keyword:$2");
SQL(drop_stories, "DELETE FROM article_keyword WHERE keyword = $1", .touches = "keyword:$1");
SQL(move_aliases, "UPDATE keyword_alias SET keyword = $2 WHERE keyword = $1 RETURNING alias",
    .touches = "keyword-names:$2 keyword-name:{alias}");
SQL(move_merged, "UPDATE keyword SET merged_into = $2 WHERE merged_into = $1 RETURNING id",
    .touches = "keyword-names:{id}");
SQL(recount,
    "UPDATE keyword SET stories = (SELECT count(*) FROM article_keyword WHERE keyword = $1 AND listed > 0)"
    " WHERE id = $1",
    .touches = "keyword:$1 keyword-counts");

SQL(count_story,
    "UPDATE keyword SET stories = stories + $2"
    " WHERE id IN (SELECT keyword FROM article_keyword WHERE article = $1)"
    " RETURNING id",
    .touches = "keyword:{id} keyword-counts");
SQL(count_untold, "UPDATE keyword SET stories = stories + $2 WHERE id = $1", .touches = "-");

/* --- finding ------------------------------------------------------------------------ */

struct str keyword_url(struct arena *arena, struct str slug)
{
    return slug_url(arena, STR("/keyword/"), slug);
}

static bool find_one(struct db_reader *db, const struct db_statement *statement, struct db_args args,
                     struct keyword *out)
{
    if (!db_row(db, statement, args, &KEYWORD_FIELDS, out))
        return false;
    out->url = keyword_url(db_arena(db), out->slug);
    return true;
}

bool keyword_find(struct db_reader *db, int64_t id, struct keyword *out)
{
    return find_one(db, &find, ARGS(id), out);
}

bool keyword_find_by_slug(struct db_reader *db, struct str slug, struct keyword *out)
{
    return find_one(db, &find_by_slug, ARGS(slug), out);
}

bool keyword_find_by_name(struct db_reader *db, struct str name, struct keyword *out)
{
    return find_one(db, &find_by_name, ARGS(name), out);
}

void keyword_aliases_of(struct db_reader *db, int64_t id, keyword_aliases *out)
{
    db_rows(db, &find_aliases, ARGS(id), &KEYWORD_ALIAS_FIELDS, out);
}

static void complete_from(struct db_reader *db, keyword_list *keywords, size_t from)
{
    for (size_t i = from; i < keywords->n; i++)
        keywords->at[i].url = keyword_url(db_arena(db), keywords->at[i].slug);
}

void keywords_list(struct db_reader *db, struct str after, int64_t limit, keyword_list *out)
{
    size_t from = out->n;

    db_rows(db, &list, ARGS(after, limit < KEYWORDS_MOST ? limit : KEYWORDS_MOST), &KEYWORD_FIELDS, out);
    complete_from(db, out, from);
}

void keywords_most_used(struct db_reader *db, int64_t limit, keyword_list *out)
{
    size_t from = out->n;

    db_rows(db, &most_used, ARGS(limit < KEYWORDS_MOST ? limit : KEYWORDS_MOST), &KEYWORD_FIELDS, out);
    complete_from(db, out, from);
}

void keywords_for_map(struct db_reader *db, keyword_list *out)
{
    size_t from = out->n;

    db_rows(db, &for_map, ARGS(KEYWORDS_MAP_MOST), &KEYWORD_FIELDS, out);
    complete_from(db, out, from);
}

/* --- adding and naming ----------------------------------------------------------------- */

/* The slug of the name; with "-2", "-3" ... when others have it. A former address of somebody else's is free. */
static struct str free_slug(struct db_tx *tx, struct str name)
{
    struct db_reader *db = db_tx_reader(tx);
    struct str plain = slug_of_name(db_arena(db), name), slug = plain;

    for (int i = 2; slug.n && db_int(db, &slug_is_taken, ARGS(slug), 0); i++)
        slug = str_printf(db_arena(db), "%.*s-%d", STR_ARG(utf8_first_chars(plain, SLUG_MOST - 8)), i);
    return slug;
}

int64_t keyword_add(struct db_tx *tx, const struct keyword *keyword)
{
    struct str slug = free_slug(tx, keyword->name);

    if (slug.n == 0)
        return 0;
    redirect_free(tx, keyword_url(db_arena(db_tx_reader(tx)), slug));
    return db_exec_int(tx, &add, ARGS(slug, keyword->name, keyword->type, keyword->description), 0);
}

int64_t keyword_named(struct db_tx *tx, struct str name)
{
    struct db_reader *db = db_tx_reader(tx);
    struct keyword keyword = {.type = STR("thing"), .description = STR("")}, known;

    keyword.name = utf8_first_chars(str_trim(name), KEYWORD_NAME_MOST);
    return keyword_find_by_name(db, keyword.name, &known) ? known.id : keyword_add(tx, &keyword);
}

void keyword_change(struct db_tx *tx, const struct keyword *keyword)
{
    struct arena *arena = db_arena(db_tx_reader(tx));
    struct keyword former;

    if (!keyword_find(db_tx_reader(tx), keyword->id, &former))
        return;
    db_exec(tx, &describe, ARGS(keyword->id, keyword->type, keyword->description));
    if (str_equal(former.name, keyword->name))
        return;
    bool same_slug = str_equal(slug_of_name(arena, keyword->name), former.slug);
    struct str slug = same_slug ? former.slug : free_slug(tx, keyword->name);
    db_exec(tx, &leave_names, ARGS(keyword->id, 0, former.slug, former.name));
    db_exec(tx, &rename_to, ARGS(keyword->id, slug, keyword->name));
    db_exec(tx, &drop_alias, ARGS(keyword->name, keyword->id));
    db_exec(tx, &add_alias, ARGS(former.name, keyword->id));
    if (!same_slug)
        redirect_to_page(tx, former.url, keyword_url(arena, slug));
}

bool keyword_alias_add(struct db_tx *tx, int64_t id, struct str alias)
{
    struct keyword known;

    if (keyword_find_by_name(db_tx_reader(tx), alias, &known))
        return false;
    return db_exec(tx, &add_alias, ARGS(alias, id)) == 1;
}

bool keyword_alias_remove(struct db_tx *tx, int64_t id, struct str alias)
{
    return db_exec(tx, &drop_alias, ARGS(alias, id)) == 1;
}

/* --- stories ----------------------------------------------------------------------------- */

void keyword_merge(struct db_tx *tx, int64_t from, int64_t into)
{
    struct keyword lost, kept;

    if (from == into || !keyword_find(db_tx_reader(tx), from, &lost) || !keyword_find(db_tx_reader(tx), into, &kept))
        return;
    db_exec(tx, &move_stories, ARGS(from, into));
    db_exec(tx, &drop_stories, ARGS(from));
    db_exec(tx, &move_aliases, ARGS(from, into));
    db_exec(tx, &move_merged, ARGS(from, into));
    db_exec(tx, &leave_names, ARGS(from, into, lost.slug, lost.name));
    db_exec(tx, &add_alias, ARGS(lost.name, into));
    db_exec(tx, &recount, ARGS(from));
    db_exec(tx, &recount, ARGS(into));
    redirect_to_page(tx, lost.url, kept.url);
}

void keywords_count_story(struct db_tx *tx, int64_t article, int64_t by)
{
    db_exec(tx, &count_story, ARGS(article, by));
}

void keyword_count_untold(struct db_tx *tx, int64_t id, int64_t by)
{
    db_exec(tx, &count_untold, ARGS(id, by));
}
