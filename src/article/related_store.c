/* related_store.c - 相關新聞: what to read after this story.
 *
 * What an editor chose comes first. The rest is found by keywords: of the
 * story's RAREST keywords each brings its RECENT newest stories, one short walk
 * down one index; a story weighs the sum of the keywords that brought it, a
 * rare keyword weighing more than a common one, and the newer wins among
 * equals. So the price is the same for an archive of any size.
 *
 * Alternative rejected: comparing texts. It finds the same event better, and
 * belongs to the search index when there is one.
 *
 * Which keywords are rarest depends on how many stories carry each: every
 * keyword of the story is therefore read, not only those that were used.
 */
#include "src/article/article.h"

#include "lib/base/arena.h"

enum { RAREST = 3, RECENT = 12, CANDIDATES_MOST = RAREST * RECENT };

struct chosen {
    int64_t related;
};
static const struct fields CHOSEN_FIELDS = FIELDS(struct chosen, FIELD(struct chosen, related));

struct carried {
    int64_t keyword, stories;
};
static const struct fields CARRIED_FIELDS =
    FIELDS(struct carried, FIELD(struct carried, keyword), FIELD(struct carried, stories));

struct candidate {
    int64_t article, listed, weight;
};
static const struct fields CANDIDATE_FIELDS =
    FIELDS(struct candidate, FIELD(struct candidate, article), FIELD(struct candidate, listed));

typedef LIST(int64_t) numbers;

SQL(find_chosen,
    "SELECT related FROM article_related WHERE article = $1"
    "   AND EXISTS (SELECT 1 FROM article WHERE id = $1 AND listed > 0)"
    " ORDER BY place LIMIT 20",
    .reads = "story:$1 story:{related}");
SQL(find_carried,
    "SELECT c.keyword, k.stories FROM article_keyword c JOIN keyword k ON k.id = c.keyword"
    " WHERE c.article = $1 AND c.listed > 0 ORDER BY c.place LIMIT 100",
    .reads = "story:$1 keyword:{keyword}");
SQL(find_recent,
    "SELECT article, listed FROM article_keyword WHERE keyword = $1 AND listed > 0"
    " ORDER BY listed DESC, article DESC LIMIT 12",
    .reads = "keyword:$1");

static bool is_among(const numbers *list, int64_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] == id)
            return true;
    return false;
}

/* 32 for a keyword nobody else carries, one less each time twice as many stories do. */
static int64_t weight_of(int64_t stories)
{
    int64_t weight = 32;

    for (; stories > 1 && weight > 1; stories /= 2)
        weight--;
    return weight;
}

static void add_candidate(struct candidate *candidates, size_t *n, const struct candidate *found, int64_t weight)
{
    for (size_t i = 0; i < *n; i++) {
        if (candidates[i].article == found->article) {
            candidates[i].weight += weight;
            return;
        }
    }
    candidates[*n] = *found;
    candidates[(*n)++].weight = weight;
}

static int compare(const void *a_void, const void *b_void)
{
    const struct candidate *a = a_void, *b = b_void;

    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->listed != b->listed)
        return a->listed > b->listed ? -1 : 1;
    return a->article > b->article ? -1 : a->article < b->article;
}

/* Sorting three of a handful here is cheaper than a sorter in the database; equals keep their order. */
static struct carried take_rarest(struct carried *carried, size_t *n)
{
    size_t rarest = 0;

    for (size_t i = 1; i < *n; i++)
        if (carried[i].stories < carried[rarest].stories)
            rarest = i;
    struct carried taken = carried[rarest];
    memmove(carried + rarest, carried + rarest + 1, (--*n - rarest) * sizeof *carried);
    return taken;
}

/* The `most` best of those that share keywords and are not in `taken`. */
static void find_by_keywords(struct db_reader *db, int64_t id, const numbers *taken, size_t most, numbers *out)
{
    LIST(struct carried) carried = {0};
    struct candidate candidates[CANDIDATES_MOST];
    size_t n = 0;

    db_rows(db, &find_carried, ARGS(id), &CARRIED_FIELDS, &carried);
    for (int i = 0; carried.n && i < RAREST; i++) {
        LIST(struct candidate) recent = {0};
        struct carried rarest = take_rarest(carried.at, &carried.n);
        db_rows(db, &find_recent, ARGS(rarest.keyword), &CANDIDATE_FIELDS, &recent);
        for (size_t j = 0; j < recent.n && j < RECENT; j++)
            add_candidate(candidates, &n, &recent.at[j], weight_of(rarest.stories));
    }
    qsort(candidates, n, sizeof *candidates, compare);
    for (size_t i = 0; i < n && out->n < most; i++)
        if (!is_among(taken, candidates[i].article))
            *LIST_ADD(db_arena(db), out) = candidates[i].article;
}

void stories_related(struct db_reader *db, int64_t id, story_cards *out)
{
    LIST(struct chosen) chosen = {0};
    numbers taken = {0}, found = {0};
    story_cards cards = {0};

    db_rows(db, &find_chosen, ARGS(id), &CHOSEN_FIELDS, &chosen);
    for (size_t i = 0; i < chosen.n; i++)
        if (chosen.at[i].related != id && !is_among(&taken, chosen.at[i].related))
            *LIST_ADD(db_arena(db), &taken) = chosen.at[i].related;
    story_cards_find(db, taken.at, taken.n, &cards);
    *LIST_ADD(db_arena(db), &taken) = id;
    if (cards.n < RELATED_MOST) {
        find_by_keywords(db, id, &taken, RELATED_MOST - cards.n, &found);
        story_cards_find(db, found.at, found.n, &cards);
    }
    for (size_t i = 0; i < cards.n && i < RELATED_MOST; i++)
        *LIST_ADD(db_arena(db), out) = cards.at[i];
}
