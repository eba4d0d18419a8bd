/* story_apply.c - names become numbers: a story is fitted into the paper it is for.
 *
 * Only what the story gives is changed, so the same function makes a new story
 * and corrects an old one. Keywords nobody knows are made on the way; they go
 * with the transaction when the story is refused in the end.
 */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/article/article.h"
#include "src/article/article_rules.h"
#include "src/article/article_write.h"
#include "src/article/story.h"
#include "src/keyword/keyword.h"
#include "src/media/media.h"
#include "src/section/section.h"
#include "src/staff/staff.h"

struct draft draft_new(struct db_reader *db, struct str language)
{
    struct section first = {.id = 0, .slug = STR("")};
    struct draft draft = {.state = STATE_DRAFT, .language = language};
    struct str *const texts[] = {&draft.title,     &draft.short_title,  &draft.social_title, &draft.seo_title,
                                 &draft.kicker,    &draft.lead,         &draft.report_type,  &draft.byline_text,
                                 &draft.warning,   &draft.source,       &draft.source_url,   &draft.licence,
                                 &draft.hero_name, &draft.hero_caption, &draft.hero_alt,     &draft.hero_credit,
                                 &draft.body};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = STR("");
    section_default(db, &first);
    draft.section = (struct draft_section){first.id, first.slug};
    return draft;
}

/* --- what is plain text -------------------------------------------------------------------- */

static void apply_texts(const struct story *story, struct draft *draft)
{
    const struct {
        enum story_member member;
        const struct str *from;
        struct str *to;
    } texts[] = {
        {STORY_TITLE, &story->title, &draft->title},
        {STORY_SHORT_TITLE, &story->short_title, &draft->short_title},
        {STORY_SOCIAL_TITLE, &story->social_title, &draft->social_title},
        {STORY_SEO_TITLE, &story->seo_title, &draft->seo_title},
        {STORY_LEAD, &story->lead, &draft->lead},
        {STORY_REPORT_TYPE, &story->report_type, &draft->report_type},
        {STORY_BYLINE_TEXT, &story->byline_text, &draft->byline_text},
        {STORY_WARNING, &story->warning, &draft->warning},
        {STORY_SOURCE, &story->source, &draft->source},
        {STORY_SOURCE_URL, &story->source_url, &draft->source_url},
        {STORY_LICENCE, &story->licence, &draft->licence},
        {STORY_LANGUAGE, &story->language, &draft->language},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (story_gives(story, texts[i].member))
            *texts[i].to = *texts[i].from;
    if (story_gives(story, STORY_ADULT))
        draft->adult = story->adult;
    if (story_gives(story, STORY_HIDE_FROM_LATEST))
        draft->hide_from_latest = story->hide_from_latest;
    if (story_gives(story, STORY_BODY)) {
        draft->body = story->body.text;
        draft->has_video = story->body.has_video;
        draft->words = story->body.words;
    }
}

/* --- sections --------------------------------------------------------------------------------- */

static bool find_section(struct db_reader *db, const char *field, struct str name, struct draft_section *out,
                         struct story_problem *problem)
{
    struct section found;
    sections known = {0};

    if (section_find_by_slug(db, name, &found) || section_find_by_name(db, name, &found)) {
        *out = (struct draft_section){found.id, found.slug};
        return true;
    }
    sections_list(db, &known);
    struct str slugs = STR("");
    for (size_t i = 0; i < known.n; i++)
        slugs = str_printf(db_arena(db), "%.*s%s%.*s", STR_ARG(slugs), i ? ", " : "", STR_ARG(known.at[i].slug));
    return story_problem_set(problem, field, "there is no section \"%.*s\"; the sections are: %.*s",
                             STR_ARG(utf8_first_chars(name, 40)), STR_ARG(slugs));
}

static bool has_section(const struct draft *draft, int64_t id)
{
    bool found = draft->section.id == id;

    for (size_t i = 0; !found && i < draft->sections.n; i++)
        found = draft->sections.at[i].id == id;
    return found;
}

static bool apply_sections(struct db_reader *db, const struct story *story, struct draft *draft,
                           struct story_problem *problem)
{
    __typeof__(draft->sections) others = draft->sections;

    if (story_gives(story, STORY_SECTION) && story->section.n &&
        !find_section(db, "section", story->section, &draft->section, problem))
        return false;
    draft->sections = (__typeof__(draft->sections)){0};
    if (story_gives(story, STORY_SECTIONS)) {
        others.n = others.capacity = 0;
        for (size_t i = 0; i < story->sections.n; i++)
            if (!find_section(db, "sections", story->sections.at[i], LIST_ADD(db_arena(db), &others), problem))
                return false;
    }
    for (size_t i = 0; i < others.n; i++)
        if (!has_section(draft, others.at[i].id))
            *LIST_ADD(db_arena(db), &draft->sections) = others.at[i];
    return true;
}

/* --- keywords, people, pictures, related stories --------------------------------------------- */

static bool has_keyword(const struct draft *draft, int64_t id)
{
    for (size_t i = 0; i < draft->keywords.n; i++)
        if (draft->keywords.at[i].id == id)
            return true;
    return false;
}

static bool apply_keywords(struct db_tx *tx, const struct story *story, struct draft *draft,
                           struct story_problem *problem)
{
    struct db_reader *db = db_tx_reader(tx);

    if (!story_gives(story, STORY_KEYWORDS))
        return true;
    draft->keywords = (__typeof__(draft->keywords)){0};
    if (story->keywords.n > KEYWORDS_OF_STORY)
        return story_problem_set(problem, "keywords", "has %zu entries; keep at most %d", story->keywords.n,
                                 KEYWORDS_OF_STORY);
    for (size_t i = 0; i < story->keywords.n; i++) {
        struct str name = story->keywords.at[i];
        struct keyword keyword = {.name = name};
        if (utf8_count(name) > KEYWORD_NAME_MOST)
            return story_problem_set(problem, "keywords", "number %zu is longer than %d characters; shorten it", i + 1,
                                     KEYWORD_NAME_MOST);
        keyword.id = keyword_named(tx, name);
        if (!keyword_find(db, keyword.id, &keyword))
            return story_problem_set(problem, "keywords", "number %zu has no letter or digit; leave it out", i + 1);
        if (!has_keyword(draft, keyword.id))
            *LIST_ADD(db_arena(db), &draft->keywords) = (struct draft_keyword){keyword.id, keyword.name};
    }
    return true;
}

static bool apply_bylines(struct db_reader *db, const struct story *story, struct draft *draft,
                          struct story_problem *problem)
{
    if (!story_gives(story, STORY_BYLINES))
        return true;
    draft->bylines = (__typeof__(draft->bylines)){0};
    for (size_t i = 0; i < story->bylines.n; i++) {
        struct draft_byline byline = story->bylines.at[i];
        struct person person;
        bool by_slug = byline.slug.n > 0;
        bool found =
            by_slug ? person_find_by_slug(db, byline.slug, &person) : person_find_by_name(db, byline.name, &person);
        if (by_slug && !found)
            return story_problem_set(problem, "bylines", "there is nobody with the slug \"%.*s\"; give only a name",
                                     STR_ARG(utf8_first_chars(byline.slug, 40)));
        if (found) {
            byline.person = person.id;
            byline.slug = person.slug;
            byline.name = byline.name.n ? byline.name : person.name;
        }
        *LIST_ADD(db_arena(db), &draft->bylines) = byline;
    }
    return true;
}

static bool apply_hero(struct db_reader *db, const struct story *story, struct draft *draft,
                       struct story_problem *problem)
{
    struct media media = {.id = 0, .name = STR("")};

    if (!story_gives(story, STORY_HERO))
        return true;
    if (story->hero.picture.n && !media_find_by_name(db, story->hero.picture, &media))
        return story_problem_set(problem, "hero", "there is no picture \"%.*s\"; register the file in media/ first",
                                 STR_ARG(utf8_first_chars(story->hero.picture, 60)));
    if (media.id && !str_equal(media.kind, STR("image")))
        return story_problem_set(problem, "hero", "\"%.*s\" is no picture", STR_ARG(media.name));
    draft->hero = media.id;
    draft->hero_name = media.name;
    draft->hero_caption = story->hero.caption;
    draft->hero_alt = story->hero.alt;
    draft->hero_credit = story->hero.credit;
    return true;
}

static bool apply_related(struct db_reader *db, const struct story *story, struct draft *draft,
                          struct story_problem *problem)
{
    int64_t day;

    if (!story_gives(story, STORY_RELATED))
        return true;
    draft->related = (__typeof__(draft->related)){0};
    for (size_t i = 0; i < story->related.n; i++) {
        int64_t id = story->related.at[i];
        if (id == draft->id || article_state_of(db, id, &day) == ARTICLE_UNKNOWN)
            return story_problem_set(problem, "related", "%lld is no other published story", (long long)id);
        *LIST_ADD(db_arena(db), &draft->related) = id;
    }
    return true;
}

/* --- state and clock ----------------------------------------------------------------------------- */

/* A story nobody has seen: what it becomes, and when. A moment that was planned stays planned; one that has passed
 * unused means now. */
static void plan(const struct story *story, struct moment now, struct draft *draft)
{
    enum article_state wanted = story_gives(story, STORY_STATE) || !draft->id ? story->state : draft->state;

    if (story_gives(story, STORY_PUBLISHED))
        draft->published = story->published;
    else if (draft->published.ms <= now.ms)
        draft->published = now;
    if (draft->published.ms == 0)
        draft->published = now;
    if (wanted == STATE_PUBLISHED || wanted == STATE_SCHEDULED)
        wanted = draft->published.ms > now.ms ? STATE_SCHEDULED : STATE_PUBLISHED;
    draft->state = wanted;
}

/* A story readers have seen keeps its moment, because its place in lists and its address hang on it. */
static bool apply_state(const struct story *story, struct moment now, struct draft *draft,
                        struct story_problem *problem)
{
    if (!article_state_is_shown(draft->state) && draft->state != STATE_WITHDRAWN) {
        plan(story, now, draft);
        return true;
    }
    if (story_gives(story, STORY_PUBLISHED) && story->published.ms &&
        story->published.ms / 1000 != draft->published.ms / 1000)
        return story_problem_set(problem, "published", "cannot change any more; leave it out");
    if (story_gives(story, STORY_STATE) && story->state != STATE_PUBLISHED)
        draft->state = story->state; /* which the rules will refuse */
    return true;
}

static void apply_kicker(const struct story *story, struct draft *draft)
{
    if (!story_gives(story, STORY_KICKER))
        return;
    draft->kicker = story->kicker.text;
    draft->kicker_until = story->kicker.until;
    if (story->kicker.hours)
        draft->kicker_until.ms = draft->published.ms + story->kicker.hours * 3600000;
}

bool story_apply(struct db_tx *tx, const struct story *story, struct moment now, struct draft *draft,
                 struct story_problem *problem)
{
    struct db_reader *db = db_tx_reader(tx);

    apply_texts(story, draft);
    if (!apply_state(story, now, draft, problem))
        return false;
    apply_kicker(story, draft);
    return apply_sections(db, story, draft, problem) && apply_keywords(tx, story, draft, problem) &&
           apply_bylines(db, story, draft, problem) && apply_hero(db, story, draft, problem) &&
           apply_related(db, story, draft, problem);
}
