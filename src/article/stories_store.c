/* stories_store.c - every list of stories: each is one walk down one index.
 *
 * A list first takes its numbers from the index of its membership table, newest
 * first, and only then fetches the rows: page 500 of a section skips ten
 * thousand index entries, not ten thousand stories.
 *
 * What a list depends on is who is in it (one tag) and each story it shows.
 */
#include "src/article/article.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "src/article/card.h"

const struct fields STORY_DAY_FIELDS =
    FIELDS(struct story_day, FIELD(struct story_day, day), FIELD(struct story_day, stories));
const struct fields STORY_ADDRESS_FIELDS =
    FIELDS(struct story_address, FIELD(struct story_address, id), FIELD(struct story_address, day),
           FIELD(struct story_address, published), FIELD(struct story_address, updated));

#define CARDS_OF(select, members)                                                                                      \
    "SELECT " CARD_COLUMNS " FROM (" select members " ORDER BY listed DESC, article DESC LIMIT $3 OFFSET $2) l"        \
    "  JOIN article a ON a.id = l.article" CARD_JOINS " ORDER BY l.listed DESC, l.article DESC"
#define COUNT_OF(select, members) "SELECT count(*) FROM (" select members " LIMIT $2) l"

#define MEMBERS "SELECT listed, article"
#define ONES "SELECT 1"
#define OF_SECTION " FROM article_section WHERE section = $1 AND listed > 0"
#define OF_KEYWORD " FROM article_keyword WHERE keyword = $1 AND listed > 0"
#define OF_PERSON " FROM article_person WHERE person = $1 AND listed > 0"
#define OF_DAY " FROM article WHERE day = $1 AND listed > 0"
/* A person may stand in two roles of one story. */
#define DISTINCT_MEMBERS "SELECT DISTINCT listed, article"

SQL(of_section, CARDS_OF(MEMBERS, OF_SECTION), .reads = "section:$1 " CARD_READS);
SQL(of_keyword, CARDS_OF(MEMBERS, OF_KEYWORD), .reads = "keyword:$1 " CARD_READS);
SQL(of_person, CARDS_OF(DISTINCT_MEMBERS, OF_PERSON), .reads = "person:$1 " CARD_READS);
SQL(of_day, CARDS_OF("SELECT listed, id AS article", OF_DAY), .reads = "day:$1 " CARD_READS);
SQL(count_of_section, COUNT_OF(ONES, OF_SECTION), .reads = "section:$1");
SQL(count_of_keyword, COUNT_OF(ONES, OF_KEYWORD), .reads = "keyword:$1");
SQL(count_of_person, COUNT_OF(DISTINCT_MEMBERS, OF_PERSON), .reads = "person:$1");
SQL(count_of_day, COUNT_OF(ONES, OF_DAY), .reads = "day:$1");

static void list(struct db_reader *db, const struct db_statement *statement, int64_t about, int64_t from, int64_t limit,
                 story_cards *out)
{
    size_t start = out->n;

    if (from < 0 || from > STORIES_DEEP || limit < 1)
        return;
    db_rows(db, statement, ARGS(about, from, limit < STORIES_MOST ? limit : STORIES_MOST), &STORY_CARD_FIELDS, out);
    cards_complete(db_arena(db), out, start);
}

static int64_t pages(struct db_reader *db, const struct db_statement *statement, int64_t about, int64_t most)
{
    int64_t countable = most < 1 ? 0 : most < STORIES_DEEP / STORIES_PAGE ? most * STORIES_PAGE : STORIES_DEEP;
    int64_t stories = db_int(db, statement, ARGS(about, countable), 0);

    return stories ? (stories + STORIES_PAGE - 1) / STORIES_PAGE : 1;
}

void stories_latest(struct db_reader *db, int64_t section, int64_t from, int64_t limit, story_cards *out)
{
    list(db, &of_section, section, from, limit, out);
}

void stories_with_keyword(struct db_reader *db, int64_t keyword, int64_t from, int64_t limit, story_cards *out)
{
    list(db, &of_keyword, keyword, from, limit, out);
}

void stories_by_person(struct db_reader *db, int64_t person, int64_t from, int64_t limit, story_cards *out)
{
    list(db, &of_person, person, from, limit, out);
}

void stories_of_day(struct db_reader *db, int64_t day, int64_t from, int64_t limit, story_cards *out)
{
    list(db, &of_day, day, from, limit, out);
}

int64_t stories_latest_pages(struct db_reader *db, int64_t section, int64_t most)
{
    return pages(db, &count_of_section, section, most);
}

int64_t stories_with_keyword_pages(struct db_reader *db, int64_t keyword, int64_t most)
{
    return pages(db, &count_of_keyword, keyword, most);
}

int64_t stories_by_person_pages(struct db_reader *db, int64_t person, int64_t most)
{
    return pages(db, &count_of_person, person, most);
}

int64_t stories_of_day_pages(struct db_reader *db, int64_t day, int64_t most)
{
    return pages(db, &count_of_day, day, most);
}

/* --- by number ---------------------------------------------------------------------- */

SQL(find_card, "SELECT " CARD_COLUMNS " FROM article a" CARD_JOINS " WHERE a.id = $1 AND a.listed > 0",
    .reads = "story:$1 media:{hero} sections");
/* Those that are not there matter as much as those that are. */
SQL(find_cards,
    "SELECT " CARD_COLUMNS " FROM article a" CARD_JOINS
    " WHERE a.id IN ($1, $2, $3, $4, $5, $6, $7, $8) AND a.listed > 0",
    .reads = "story:$1 story:$2 story:$3 story:$4 story:$5 story:$6 story:$7 story:$8 media:{hero} sections");
enum { CARDS_AT_ONCE = 8 };

bool story_card_find(struct db_reader *db, int64_t id, struct story_card *out)
{
    *out = (struct story_card){0};
    if (!db_row(db, &find_card, ARGS(id), &STORY_CARD_FIELDS, out))
        return false;
    card_complete(db_arena(db), out);
    return true;
}

static void find_some(struct db_reader *db, const int64_t *ids, size_t n, story_cards *out)
{
    int64_t some[CARDS_AT_ONCE];
    story_cards found = {0};

    for (size_t i = 0; i < CARDS_AT_ONCE; i++)
        some[i] = ids[i < n ? i : 0];
    db_rows(db, &find_cards, ARGS(some[0], some[1], some[2], some[3], some[4], some[5], some[6], some[7]),
            &STORY_CARD_FIELDS, &found);
    cards_complete(db_arena(db), &found, 0);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < found.n; j++)
            if (found.at[j].id == ids[i])
                *LIST_ADD(db_arena(db), out) = found.at[j];
}

void story_cards_find(struct db_reader *db, const int64_t *ids, size_t n, story_cards *out)
{
    for (size_t from = 0; from < n; from += CARDS_AT_ONCE)
        find_some(db, ids + from, n - from < CARDS_AT_ONCE ? n - from : CARDS_AT_ONCE, out);
}

/* --- the archive --------------------------------------------------------------------- */

SQL(days_of_month,
    "SELECT day, count(*) AS stories FROM article"
    " WHERE day BETWEEN $1 * 100 AND $1 * 100 + 31 AND listed > 0"
    " GROUP BY day ORDER BY day DESC",
    .reads = "month:$1");
SQL(first_day, "SELECT day FROM article WHERE listed > 0 ORDER BY day LIMIT 1", .reads = "archive");
SQL(last_day, "SELECT day FROM article WHERE listed > 0 ORDER BY day DESC LIMIT 1", .reads = "archive");
SQL(day_before, "SELECT day FROM article WHERE day < $1 AND listed > 0 ORDER BY day DESC LIMIT 1", .reads = "archive");
SQL(day_after, "SELECT day FROM article WHERE day > $1 AND listed > 0 ORDER BY day LIMIT 1", .reads = "archive");
SQL(last_number, "SELECT id FROM article WHERE listed > 0 ORDER BY id DESC LIMIT 1", .reads = "archive");
SQL(of_block,
    "SELECT id, day, published, updated FROM article"
    " WHERE id >= $2 AND id < $3 AND listed > 0 AND $1 >= 0 ORDER BY id",
    .reads = "block:$1");

SQL(block_from, "SELECT id / 2000 AS block FROM article WHERE id >= $1 AND listed > 0 ORDER BY id LIMIT 1",
    .reads = "archive");
SQL(block_shows, "SELECT id FROM article WHERE id >= $2 AND id < $3 AND listed > 0 AND $1 >= 0 LIMIT 1",
    .reads = "block:$1");
_Static_assert(STORY_BLOCK == 2000, "block_from names the size of a block");

void days_with_stories(struct db_reader *db, int64_t month, story_days *out)
{
    if (month > 0 && month <= 999912)
        db_rows(db, &days_of_month, ARGS(month), &STORY_DAY_FIELDS, out);
}

int64_t day_with_stories_before(struct db_reader *db, int64_t day)
{
    return db_int(db, &day_before, ARGS(day), 0);
}

int64_t day_with_stories_after(struct db_reader *db, int64_t day)
{
    return db_int(db, &day_after, ARGS(day), 0);
}

bool stories_span(struct db_reader *db, int64_t *first, int64_t *last)
{
    *first = db_int(db, &first_day, NO_ARGS, 0);
    *last = *first ? db_int(db, &last_day, NO_ARGS, 0) : 0;
    return *first != 0;
}

static bool block_is_possible(int64_t block)
{
    return block >= 0 && block < INT64_MAX / STORY_BLOCK;
}

void stories_of_block(struct db_reader *db, int64_t block, story_addresses *out)
{
    if (block_is_possible(block))
        db_rows(db, &of_block, ARGS(block, block * STORY_BLOCK, (block + 1) * STORY_BLOCK), &STORY_ADDRESS_FIELDS, out);
}

int64_t story_blocks(struct db_reader *db)
{
    int64_t last = db_int(db, &last_number, NO_ARGS, -1);

    return last < 0 ? 0 : last / STORY_BLOCK + 1;
}

int64_t story_block_from(struct db_reader *db, int64_t from)
{
    return block_is_possible(from) ? db_int(db, &block_from, ARGS(from * STORY_BLOCK), -1) : -1;
}

bool story_block_shows(struct db_reader *db, int64_t block)
{
    return block_is_possible(block) &&
           db_int(db, &block_shows, ARGS(block, block * STORY_BLOCK, (block + 1) * STORY_BLOCK), -1) >= 0;
}
