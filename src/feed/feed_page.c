/* feed_page.c - the newest stories with their whole text, for feed readers: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1.
 *
 * One view serves the three formats and every list there is a feed of; what a
 * feed is about stands in the page's numbers (a section, a keyword, a person, or
 * none of them: the paper). So a feed is made again exactly when a story enters,
 * leaves or changes, and a withdrawn one is gone from all of them at once.
 */
#include "lib/base/arena.h"
#include "src/article/body.h"
#include "src/frame/frame.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/media/media_file.h"
#include "src/routes.h"
#include "src/section/section.h"
#include "src/staff/staff.h"

enum { FEED_ITEMS = 30, SUMMARY_CHARACTERS = 200 };
enum { FEED_TEXT_MOST = 1 << 20 }; /* bytes of text in one feed; stories behind that come with their summary only */

struct feed_author {
    struct str name, url; /* the url may be empty */
};
static const struct fields FEED_AUTHOR_FIELDS =
    FIELDS(struct feed_author, FIELD(struct feed_author, name), FIELD(struct feed_author, url));

struct feed_item {
    struct article story;
    bool was_updated;
    struct str summary; /* the lead, else the beginning of the text */
    bool has_text;
    struct html text;
    LIST(struct feed_author) authors;
    LIST(struct str) tags;   /* its section and keywords */
    struct str picture_type; /* of the hero */
    int64_t picture_bytes;   /* 0: not known */
};
static const struct fields FEED_ITEM_FIELDS = FIELDS(
    struct feed_item, FIELD_STRUCT(struct feed_item, story, ARTICLE_FIELDS), FIELD(struct feed_item, was_updated),
    FIELD(struct feed_item, summary), FIELD(struct feed_item, has_text), FIELD(struct feed_item, text),
    FIELD_LIST(struct feed_item, authors, FEED_AUTHOR_FIELDS), FIELD_TEXTS(struct feed_item, tags),
    FIELD(struct feed_item, picture_type), FIELD(struct feed_item, picture_bytes));

struct feed {
    struct site_view site;
    struct str name; /* of the section, keyword or person; "" for the paper */
    struct str description;
    struct str url, base;  /* paths: of the page, and what stands before /feed.xml */
    struct moment updated; /* the newest change in it */
    LIST(struct feed_item) items;
};
const struct fields FEED_FIELDS =
    FIELDS(struct feed, FIELD_STRUCT(struct feed, site, SITE_FIELDS), FIELD(struct feed, name),
           FIELD(struct feed, description), FIELD(struct feed, url), FIELD(struct feed, base),
           FIELD(struct feed, updated), FIELD_LIST(struct feed, items, FEED_ITEM_FIELDS));

/* --- addresses ------------------------------------------------------------------------ */

/* GET /feed.xml, /atom.xml, /feed.json - 200 */
enum answer rss_page(struct request *req)
{
    return page(req, PAGE_RSS, ABOUT(0));
}

enum answer atom_page(struct request *req)
{
    return page(req, PAGE_ATOM, ABOUT(0));
}

enum answer json_feed_page(struct request *req)
{
    return page(req, PAGE_JSON_FEED, ABOUT(0));
}

static enum answer of_section(struct request *req, int kind)
{
    struct section section;

    if (!section_find_by_slug(req->db, param(req, "slug"), &section))
        return not_found(req);
    return page(req, kind, ABOUT([ABOUT_SECTION] = section.id));
}

/* GET /section/{slug}/feed.xml, atom.xml, feed.json - 200, 301 when the section was renamed, 404 */
enum answer section_rss_page(struct request *req)
{
    return of_section(req, PAGE_RSS);
}

enum answer section_atom_page(struct request *req)
{
    return of_section(req, PAGE_ATOM);
}

enum answer section_json_feed_page(struct request *req)
{
    return of_section(req, PAGE_JSON_FEED);
}

static enum answer of_keyword(struct request *req, int kind)
{
    struct keyword keyword;

    if (!keyword_find_by_slug(req->db, param(req, "slug"), &keyword))
        return not_found(req);
    return page(req, kind, ABOUT([ABOUT_KEYWORD] = keyword.id));
}

/* GET /keyword/{slug}/feed.xml, atom.xml, feed.json - 200, 301 when it was renamed or merged, 404 */
enum answer keyword_rss_page(struct request *req)
{
    return of_keyword(req, PAGE_RSS);
}

enum answer keyword_atom_page(struct request *req)
{
    return of_keyword(req, PAGE_ATOM);
}

enum answer keyword_json_feed_page(struct request *req)
{
    return of_keyword(req, PAGE_JSON_FEED);
}

/* GET /author/{slug}/feed.xml - 200, 404 */
enum answer author_rss_page(struct request *req)
{
    struct person person;

    if (!person_find_by_slug(req->db, param(req, "slug"), &person))
        return not_found(req);
    return page(req, PAGE_RSS, ABOUT([ABOUT_PERSON] = person.id));
}

/* --- what it is about -------------------------------------------------------------------- */

static void name_feed(struct part *part, struct feed *feed)
{
    const struct about *about = part->about;
    struct section section;
    struct keyword keyword;
    struct person person;

    feed->site = site_view(part);
    feed->description = feed->site.description;
    if (about->at[ABOUT_SECTION] && section_find(part->db, about->at[ABOUT_SECTION], &section)) {
        feed->name = section.name;
        feed->description = section.description;
        feed->base = section.url;
    } else if (about->at[ABOUT_KEYWORD] && keyword_find(part->db, about->at[ABOUT_KEYWORD], &keyword)) {
        feed->name = keyword.name;
        feed->description = keyword.description;
        feed->base = keyword.url;
    } else if (about->at[ABOUT_PERSON] && person_find(part->db, about->at[ABOUT_PERSON], &person)) {
        feed->name = person.name;
        feed->description = person.bio;
        feed->base = person.url;
    }
    feed->url = feed->base.n ? feed->base : STR("/");
}

static void list_stories(struct part *part, story_cards *out)
{
    const struct about *about = part->about;

    if (about->at[ABOUT_KEYWORD])
        stories_with_keyword(part->db, about->at[ABOUT_KEYWORD], 0, FEED_ITEMS, out);
    else if (about->at[ABOUT_PERSON])
        stories_by_person(part->db, about->at[ABOUT_PERSON], 0, FEED_ITEMS, out);
    else
        stories_latest(part->db, about->at[ABOUT_SECTION], 0, FEED_ITEMS, out);
}

/* --- items ------------------------------------------------------------------------------- */

static void add_authors(struct part *part, struct feed_item *item)
{
    byline_list bylines = {0};

    article_bylines(part->db, item->story.id, &bylines);
    for (size_t i = 0; i < bylines.n; i++)
        *LIST_ADD(part->arena, &item->authors) = (struct feed_author){bylines.at[i].name, bylines.at[i].url};
    if (bylines.n == 0 && item->story.byline_text.n)
        *LIST_ADD(part->arena, &item->authors) = (struct feed_author){item->story.byline_text, STR("")};
}

static void add_tags(struct part *part, struct feed_item *item)
{
    story_keywords keywords = {0};

    if (item->story.section_name.n)
        *LIST_ADD(part->arena, &item->tags) = item->story.section_name;
    article_keywords(part->db, item->story.id, &keywords);
    for (size_t i = 0; i < keywords.n; i++)
        *LIST_ADD(part->arena, &item->tags) = keywords.at[i].name;
}

static void add_picture(struct part *part, struct feed_item *item)
{
    const struct app *app = part->app;
    struct media media;

    if (!item->story.hero || !media_find(part->db, item->story.hero, &media))
        return;
    item->picture_type = media_type_of(media.file);
    item->picture_bytes = media_file_bytes(app->media, part->arena, media.file);
}

static void add_text(struct part *part, struct feed_item *item, size_t *text_bytes)
{
    const struct app *app = part->app;
    struct body body = {0};

    body_parse(part->arena, item->story.body, &body);
    item->summary = item->story.lead;
    if (item->summary.n == 0)
        item->summary = body_plain(part->arena, &body, SUMMARY_CHARACTERS);
    if (*text_bytes > FEED_TEXT_MOST)
        return;
    item->text = body_feed_html(part->db, &body, app->address);
    item->has_text = item->text.markup.n > 0;
    *text_bytes += item->text.markup.n;
}

const void *feed_view(struct part *part)
{
    struct feed *feed = ARENA_NEW(part->arena, struct feed);
    story_cards cards = {0};
    size_t text_bytes = 0;

    feed->updated.ms = 1; /* Atom wants a moment even of a feed that has no story yet */
    name_feed(part, feed);
    list_stories(part, &cards);
    for (size_t i = 0; i < cards.n; i++) {
        struct feed_item item = {.has_text = false};
        if (!article_find_published(part->db, cards.at[i].id, &item.story))
            continue;
        item.was_updated = item.story.updated.ms > item.story.published.ms;
        add_authors(part, &item);
        add_tags(part, &item);
        add_picture(part, &item);
        add_text(part, &item, &text_bytes);
        if (item.story.updated.ms > feed->updated.ms)
            feed->updated = item.story.updated;
        *LIST_ADD(part->arena, &feed->items) = item;
    }
    return feed;
}

/* --- corrections ------------------------------------------------------------------------- */

struct correction_feed {
    struct site_view site;
    struct moment updated;
    told_corrections items;
};
const struct fields CORRECTION_FEED_FIELDS =
    FIELDS(struct correction_feed, FIELD_STRUCT(struct correction_feed, site, SITE_FIELDS),
           FIELD(struct correction_feed, updated), FIELD_LIST(struct correction_feed, items, TOLD_CORRECTION_FIELDS));

/* GET /corrections.xml - 200 */
enum answer corrections_rss_page(struct request *req)
{
    return page(req, PAGE_CORRECTIONS_RSS, ABOUT(0));
}

const void *corrections_rss_view(struct part *part)
{
    struct correction_feed *feed = ARENA_NEW(part->arena, struct correction_feed);

    feed->site = site_view(part);
    corrections_latest(part->db, FEED_ITEMS, &feed->items);
    if (feed->items.n)
        feed->updated = feed->items.at[0].at;
    return feed;
}
