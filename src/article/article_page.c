/* article_page.c - the page of one story: head, text, related stories. */
#include "src/article/article.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/body.h"
#include "src/frame/frame.h"
#include "src/routes.h"

/* GET /news/{day}/{id} - 200; 301 for another day; 410 withdrawn; 404 when no such story was ever published */
enum answer article_page(struct request *req)
{
    int64_t id = param_int(req, "id"), day, section;

    switch (article_place_of(req->db, id, &day, &section)) {
    case ARTICLE_UNKNOWN: return not_found(req);
    case ARTICLE_GONE: return gone(req);
    case ARTICLE_SHOWN: break;
    }
    if (param_int(req, "day") != day)
        return moved(req, article_url(req->arena, day, id));
    return page(req, PAGE_ARTICLE, ABOUT([ABOUT_STORY] = id, [ABOUT_SECTION] = section));
}

/* --- what head and text are made from ---------------------------------------------------- */

struct told {
    bool found;
    struct article article;
    struct body body;
    byline_list bylines;
    story_keywords keywords;
};

static const void *read_story(struct db_reader *db, struct arena *arena, int64_t id)
{
    struct told *told = ARENA_NEW(arena, struct told);

    told->found = article_find_published(db, id, &told->article);
    if (told->found)
        body_parse(arena, told->article.body, &told->body);
    article_bylines(db, id, &told->bylines);
    article_keywords(db, id, &told->keywords);
    return told;
}

/* --- head ------------------------------------------------------------------------------- */

enum { DESCRIPTION_LENGTH = 120 };

static struct str description_of(struct arena *arena, const struct told *told)
{
    return told->article.lead.n ? utf8_shorten(arena, told->article.lead, DESCRIPTION_LENGTH)
                                : body_plain(arena, &told->body, DESCRIPTION_LENGTH);
}

struct author {
    struct str name, url;
    bool more; /* another one follows */
};
static const struct fields AUTHOR_FIELDS =
    FIELDS(struct author, FIELD(struct author, name), FIELD(struct author, url), FIELD(struct author, more));

struct head_article {
    struct site_view site;
    struct article article;
    struct str description;
    bool has_authors;
    LIST(struct author) authors;
    story_keywords keywords;
};
const struct fields HEAD_ARTICLE_FIELDS =
    FIELDS(struct head_article, FIELD_STRUCT(struct head_article, site, SITE_FIELDS),
           FIELD_STRUCT(struct head_article, article, ARTICLE_FIELDS), FIELD(struct head_article, description),
           FIELD(struct head_article, has_authors), FIELD_LIST(struct head_article, authors, AUTHOR_FIELDS),
           FIELD_LIST(struct head_article, keywords, STORY_KEYWORD_FIELDS));

const void *head_article_view(struct part *part)
{
    struct head_article *view = ARENA_NEW(part->arena, struct head_article);
    const struct told *told = part_once(part, read_story, part->about->at[ABOUT_STORY]);
    const byline_list *bylines = &told->bylines;

    view->site = site_view(part);
    view->article = told->article;
    view->description = description_of(part->arena, told);
    for (size_t i = 0; i < bylines->n; i++)
        *LIST_ADD(part->arena, &view->authors) =
            (struct author){.name = bylines->at[i].name, .url = bylines->at[i].url, .more = i + 1 < bylines->n};
    view->has_authors = bylines->n > 0;
    view->keywords = told->keywords;
    return view;
}

/* --- text ------------------------------------------------------------------------------- */

enum { UPDATE_MATTERS_MS = 10 * 60 * 1000, SAME_WORDS = 16 };

struct correction_view {
    struct moment at;
    struct str note;
    bool is_correction, is_clarification, is_update;
};
static const struct fields CORRECTION_VIEW_FIELDS =
    FIELDS(struct correction_view, FIELD(struct correction_view, at), FIELD(struct correction_view, note),
           FIELD(struct correction_view, is_correction), FIELD(struct correction_view, is_clarification),
           FIELD(struct correction_view, is_update));

struct article_view {
    struct site_view site;
    struct article article;
    struct html body_html;
    bool was_updated, has_lead, has_bylines, has_keywords, has_corrections;
    byline_list bylines;
    story_keywords keywords;
    LIST(struct correction_view) corrections;
};
const struct fields ARTICLE_VIEW_FIELDS =
    FIELDS(struct article_view, FIELD_STRUCT(struct article_view, site, SITE_FIELDS),
           FIELD_STRUCT(struct article_view, article, ARTICLE_FIELDS), FIELD(struct article_view, body_html),
           FIELD(struct article_view, was_updated), FIELD(struct article_view, has_lead),
           FIELD(struct article_view, has_bylines), FIELD(struct article_view, has_keywords),
           FIELD(struct article_view, has_corrections), FIELD_LIST(struct article_view, bylines, BYLINE_FIELDS),
           FIELD_LIST(struct article_view, keywords, STORY_KEYWORD_FIELDS),
           FIELD_LIST(struct article_view, corrections, CORRECTION_VIEW_FIELDS));

/* Leads taken from the text's first paragraph, as imported ones are, would be read twice. */
static bool repeats_lead(struct arena *arena, const struct body *body, struct str lead)
{
    return str_starts(body_plain(arena, body, SAME_WORDS * 2), utf8_first_chars(lead, SAME_WORDS));
}

static void add_text(struct part *part, const struct body *body, struct article_view *view)
{
    const struct article *story = &view->article;

    view->body_html = body_html(part->db, body);
    view->has_lead = story->lead.n > 0 && !repeats_lead(part->arena, body, story->lead);
    view->was_updated = story->updated.ms > story->published.ms + UPDATE_MATTERS_MS;
}

static void add_corrections(struct part *part, struct article_view *view)
{
    correction_list notes = {0};

    article_corrections(part->db, view->article.id, &notes);
    for (size_t i = 0; i < notes.n; i++) {
        const struct correction *note = &notes.at[i];
        *LIST_ADD(part->arena, &view->corrections) =
            (struct correction_view){.at = note->at,
                                     .note = note->note,
                                     .is_correction = str_equal(note->kind, STR("correction")),
                                     .is_clarification = str_equal(note->kind, STR("clarification")),
                                     .is_update = str_equal(note->kind, STR("update"))};
    }
    view->has_corrections = notes.n > 0;
}

const void *article_body_view(struct part *part)
{
    struct article_view *view = ARENA_NEW(part->arena, struct article_view);
    const struct told *told = part_once(part, read_story, part->about->at[ABOUT_STORY]);

    view->site = site_view(part);
    if (!told->found)
        return view;
    view->article = told->article;
    view->bylines = told->bylines;
    view->keywords = told->keywords;
    add_text(part, &told->body, view);
    add_corrections(part, view);
    view->has_bylines = view->bylines.n > 0;
    view->has_keywords = view->keywords.n > 0;
    return view;
}

/* --- related ------------------------------------------------------------------------------ */

struct related_view {
    bool has_stories;
    story_cards stories;
};
const struct fields RELATED_FIELDS = FIELDS(struct related_view, FIELD(struct related_view, has_stories),
                                            FIELD_LIST(struct related_view, stories, STORY_CARD_FIELDS));

const void *related_view(struct part *part)
{
    struct related_view *view = ARENA_NEW(part->arena, struct related_view);

    stories_related(part->db, part->about->at[ABOUT_STORY], &view->stories);
    view->has_stories = view->stories.n > 0;
    return view;
}
