/* article_desk.c - what editors do with stories: list, show, publish, change, correct, withdraw.
 *
 * Every one of them is the same four steps: load, read what was sent, ask the
 * rules, save. A correction tells readers, a change does not; both keep what
 * the story was before.
 */
#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/actions.h"
#include "src/app.h"
#include "src/article/article.h"
#include "src/article/article_rules.h"
#include "src/article/article_write.h"
#include "src/article/draft_json.h"
#include "src/article/story.h"
#include "src/redirect/redirect.h"
#include "src/section/section.h"

enum { NOT_FOUND = 404, CONFLICT = 409, UNFIT = 422 };
enum { LIST_USUAL = 50 };

/* What is answered to who changed a story. */
struct saved {
    int64_t id, version;
    struct str url, state, title;
    struct moment published, updated;
};
static const struct fields SAVED_FIELDS =
    FIELDS(struct saved, FIELD(struct saved, id), FIELD(struct saved, version), FIELD(struct saved, url),
           FIELD(struct saved, state), FIELD(struct saved, title), FIELD(struct saved, published),
           FIELD(struct saved, updated));

static void answer_saved(struct action *a, int status, int64_t id)
{
    struct draft draft;
    struct saved saved;

    if (!article_load(a->db, id, &draft)) {
        action_refuse(a, 503, NULL, "the database failed; try again");
        return;
    }
    saved = (struct saved){.id = draft.id,
                           .version = draft.version,
                           .url = article_url(a->arena, draft.day, draft.id),
                           .state = article_state_name(draft.state),
                           .title = draft.title,
                           .published = draft.published,
                           .updated = draft.updated};
    action_answer(a, status, &SAVED_FIELDS, &saved);
}

static void refuse(struct action *a, const struct story_problem *problem)
{
    action_refuse(a, UNFIT, problem->field, "%s", problem->text);
}

/* The story of the address, or a 404. */
static bool load(struct action *a, struct draft *out)
{
    if (article_load(a->db, action_param_int(a, "id"), out))
        return true;
    action_refuse(a, NOT_FOUND, "id", "there is no story with this number; GET /desk/api/articles lists them");
    return false;
}

/* Does the state of the draft follow from that of the former? Else a 409. */
static bool may_move(struct action *a, const struct draft *former, const struct draft *draft)
{
    if (article_may_move(former->state, draft->state))
        return true;
    struct str moves = article_moves_text(a->arena, former->state);
    action_refuse(a, CONFLICT, "state", "the story is %s; from there it can become %.*s",
                  article_state_name(former->state).p, STR_ARG(moves));
    return false;
}

/* A line of the body that is no field of a story: "reason", "note", "kind". "" when absent. */
static struct str own_line(struct action *a, const char *member)
{
    const struct json *value = a->body ? json_member(a->body, member) : NULL;

    if (!value || json_type(value) != JSON_TEXT)
        return STR("");
    return str_trim(utf8_clean(a->arena, json_text(value), true, NULL));
}

static void save(struct action *a, const struct draft *former, struct draft *draft)
{
    if (article_state_is_shown(former->state) || former->state == STATE_WITHDRAWN)
        draft->updated = a->now;
    else
        draft->updated = draft->published;
    article_save(a->tx, former, draft, &(struct change){a->now, a->who, own_line(a, "reason")});
}

/* --- reading -------------------------------------------------------------------------- */

struct list_answer {
    desk_rows articles;
    int64_t before; /* to ask for the next ones; 0 when there are none */
};
static const struct fields LIST_ANSWER_FIELDS = FIELDS(
    struct list_answer, FIELD_LIST(struct list_answer, articles, DESK_ROW_FIELDS), FIELD(struct list_answer, before));

/* GET /desk/api/articles?state=&section=&limit=&before= */
void article_list_action(struct action *a)
{
    struct str state = action_query(a, "state"), slug = action_query(a, "section");
    int64_t limit = action_query_int(a, "limit", LIST_USUAL);
    struct list_answer answer = {.before = 0};
    struct section section = {.id = 0};
    enum article_state known;

    if (state.n && !article_state_from_name(state, &known)) {
        action_refuse(a, UNFIT, "state", "must be draft, review, scheduled, published, corrected or withdrawn");
        return;
    }
    if (slug.n && !section_find_by_slug(a->db, slug, &section)) {
        action_refuse(a, NOT_FOUND, "section", "there is no such section; GET /desk/api/sections lists them");
        return;
    }
    if (limit < 1 || limit > DESK_ROWS_MOST) {
        action_refuse(a, UNFIT, "limit", "must be from 1 to %d", DESK_ROWS_MOST);
        return;
    }
    articles_for_desk(a->db, state, section.id, action_query_int(a, "before", 0), limit, &answer.articles);
    if ((int64_t)answer.articles.n == limit)
        answer.before = answer.articles.at[limit - 1].id;
    action_answer(a, 200, &LIST_ANSWER_FIELDS, &answer);
}

static void write_history(struct action *a, int64_t id)
{
    revision_list revisions = {0};
    correction_list corrections = {0};

    article_revisions(a->db, id, &revisions);
    article_corrections(a->db, id, &corrections);
    buf_add_str(&a->out, STR(",\"corrections\":["));
    for (size_t i = 0; i < corrections.n; i++) {
        buf_add_str(&a->out, i ? STR(",{") : STR("{"));
        json_add_int(&a->out, "id", corrections.at[i].id);
        json_add_moment(&a->out, a->arena, "at", corrections.at[i].at);
        json_add_text(&a->out, "kind", corrections.at[i].kind);
        json_add_text(&a->out, "note", corrections.at[i].note);
        buf_add_char(&a->out, '}');
    }
    buf_add_str(&a->out, STR("],\"revisions\":["));
    for (size_t i = 0; i < revisions.n; i++) {
        buf_add_str(&a->out, i ? STR(",{") : STR("{"));
        json_add_int(&a->out, "version", revisions.at[i].version);
        json_add_moment(&a->out, a->arena, "at", revisions.at[i].at);
        json_add_text(&a->out, "who", revisions.at[i].who);
        json_add_text(&a->out, "reason", revisions.at[i].reason);
        buf_add_char(&a->out, '}');
    }
    buf_add_char(&a->out, ']');
}

/* GET /desk/api/articles/{id:int}: the whole story; with ?version= what it was then. */
void article_show_action(struct action *a)
{
    struct draft draft;
    struct revision revision;
    int64_t version = action_query_int(a, "version", 0);

    if (!load(a, &draft))
        return;
    if (version && version != draft.version) {
        if (!article_revision_find(a->db, draft.id, version, &revision)) {
            action_refuse(a, NOT_FOUND, "version", "is not kept; the story's \"revisions\" say which are");
            return;
        }
        a->status = 200;
        buf_add_str(&a->out, revision.content);
        return;
    }
    a->status = 200;
    buf_add_char(&a->out, '{');
    json_add_int(&a->out, "id", draft.id);
    json_add_text(&a->out, "url", article_url(a->arena, draft.day, draft.id));
    json_add_int(&a->out, "version", draft.version);
    json_add_moment(&a->out, a->arena, "updated", draft.updated);
    json_add_int(&a->out, "words", draft.words);
    draft_write_members(&a->out, a->arena, &draft);
    write_history(a, draft.id);
    buf_add_char(&a->out, '}');
}

/* --- writing -------------------------------------------------------------------------- */

/* POST /desk/api/articles: a new story; published unless it says otherwise. */
void article_add_action(struct action *a)
{
    const struct app *app = a->app;
    struct draft draft = draft_new(a->db, app->settings.language);
    struct story story;
    struct story_problem problem;

    if (!story_read(a->arena, a->body, "", &story, &problem) || !story_apply(a->tx, &story, a->now, &draft, &problem) ||
        !draft_check(&draft, a->now, &problem)) {
        refuse(a, &problem);
        return;
    }
    draft.id = article_insert(a->tx, &draft);
    if (story.url.n)
        redirect_to_story(a->tx, story.url, draft.id);
    answer_saved(a, 201, draft.id);
}

/* Reads what was sent into a draft of the story; false when it was refused. */
static bool read_change(struct action *a, const char *besides, const struct draft *former, struct draft *draft)
{
    struct story story;
    struct story_problem problem;

    *draft = *former;
    if (!story_read(a->arena, a->body, besides, &story, &problem) ||
        !story_apply(a->tx, &story, a->now, draft, &problem) || !draft_check(draft, a->now, &problem)) {
        refuse(a, &problem);
        return false;
    }
    if (story.url.n)
        redirect_to_story(a->tx, story.url, draft->id);
    return true;
}

/* PUT /desk/api/articles/{id:int}: changes what is named; readers are not told. */
void article_change_action(struct action *a)
{
    struct draft former, draft;

    if (!load(a, &former) || !read_change(a, "reason", &former, &draft) || !may_move(a, &former, &draft))
        return;
    save(a, &former, &draft);
    answer_saved(a, 200, draft.id);
}

/* POST /desk/api/articles/{id:int}/correct {changed fields, note?, kind?, reason?} */
void article_correct_action(struct action *a)
{
    struct draft former, draft;
    struct str note = own_line(a, "note"), kind = own_line(a, "kind");

    if (!load(a, &former))
        return;
    if (!article_state_is_shown(former.state)) {
        action_refuse(a, CONFLICT, "state", "the story is %s; only what readers see can be corrected",
                      article_state_name(former.state).p);
        return;
    }
    if (kind.n && !correction_kind_is_known(kind)) {
        action_refuse(a, UNFIT, "kind", "must be correction, clarification or update");
        return;
    }
    if (utf8_width(note) > 2 * NOTE_WIDTH) {
        action_refuse(a, UNFIT, "note", "is too long; shorten it to %d characters", NOTE_WIDTH);
        return;
    }
    if (!read_change(a, "note kind reason", &former, &draft))
        return;
    if (draft.state == former.state)
        draft.state = STATE_CORRECTED;
    if (!may_move(a, &former, &draft))
        return;
    save(a, &former, &draft);
    if (note.n)
        article_correction_add(a->tx, draft.id, a->now, kind.n ? kind : STR("correction"), note);
    answer_saved(a, 200, draft.id);
}

/* POST /desk/api/articles/{id:int}/withdraw {reason} */
void article_withdraw_action(struct action *a)
{
    struct draft former, draft;

    if (!load(a, &former))
        return;
    if (own_line(a, "reason").n == 0) {
        action_refuse(a, UNFIT, "reason", "is missing; say why the story goes, for those who look later");
        return;
    }
    draft = former;
    draft.state = STATE_WITHDRAWN;
    if (!may_move(a, &former, &draft))
        return;
    save(a, &former, &draft);
    answer_saved(a, 200, draft.id);
}

/* Reads {published?, reason?} of a story to be published into a story; nothing said means now. */
static bool read_publication(struct action *a, struct story *out)
{
    struct story_problem problem;

    *out = (struct story){.state = STATE_PUBLISHED};
    if (a->body && !story_read(a->arena, a->body, "reason", out, &problem)) {
        refuse(a, &problem);
        return false;
    }
    if (out->given & ~(1u << STORY_PUBLISHED)) {
        action_refuse(a, UNFIT, NULL, "publishing takes only \"published\" and \"reason\"; change the story with PUT");
        return false;
    }
    out->given = 1u << STORY_STATE | 1u << STORY_PUBLISHED;
    return true;
}

/* POST /desk/api/articles/{id:int}/publish {published?, reason?}: a draft, now or then; a withdrawn story again. */
void article_publish_action(struct action *a)
{
    struct draft former, draft;
    struct story story;
    struct story_problem problem;

    if (!load(a, &former) || !read_publication(a, &story))
        return;
    if (article_state_is_shown(former.state)) {
        action_refuse(a, CONFLICT, "state", "the story is %s already", article_state_name(former.state).p);
        return;
    }
    draft = former;
    if (former.state == STATE_WITHDRAWN)
        draft.state = STATE_PUBLISHED; /* at its old moment and address */
    else if (!story_apply(a->tx, &story, a->now, &draft, &problem)) {
        refuse(a, &problem);
        return;
    }
    if (!draft_check(&draft, a->now, &problem)) {
        refuse(a, &problem);
        return;
    }
    if (!may_move(a, &former, &draft))
        return;
    save(a, &former, &draft);
    answer_saved(a, 200, draft.id);
}
