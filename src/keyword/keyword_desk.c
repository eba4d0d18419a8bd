/* keyword_desk.c - keeping keywords in order: describing, renaming, merging, aliases. */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/keyword/keyword.h"
#include "src/section/form.h"
#include "src/section/slug.h"

enum { LIST_USUAL = 100 };

struct list_answer {
    keyword_list keywords;
    struct str after; /* to ask for the next ones; "" when there are none */
};
static const struct fields LIST_ANSWER_FIELDS = FIELDS(
    struct list_answer, FIELD_LIST(struct list_answer, keywords, KEYWORD_FIELDS), FIELD(struct list_answer, after));

struct show_answer {
    struct keyword keyword;
    keyword_aliases aliases;
};
static const struct fields SHOW_ANSWER_FIELDS =
    FIELDS(struct show_answer, FIELD_STRUCT(struct show_answer, keyword, KEYWORD_FIELDS),
           FIELD_LIST(struct show_answer, aliases, KEYWORD_ALIAS_FIELDS));

static void answer_keyword(struct action *a, int status, int64_t id)
{
    struct show_answer answer = {.aliases = {0}};

    keyword_find(a->db, id, &answer.keyword);
    keyword_aliases_of(a->db, id, &answer.aliases);
    action_answer(a, status, &SHOW_ANSWER_FIELDS, &answer);
}

/* The keyword of the address, or a 404; with `alive`, not one that was merged. */
static bool load(struct action *a, bool alive, struct keyword *out)
{
    if (!keyword_find(a->db, action_param_int(a, "id"), out)) {
        action_refuse(a, 404, "id", "there is no such keyword; GET /desk/api/keywords lists them");
        return false;
    }
    if (alive && out->merged_into) {
        action_refuse(a, FORM_TAKEN, "id", "this keyword became part of number %lld; change that one",
                      (long long)out->merged_into);
        return false;
    }
    return true;
}

/* GET /desk/api/keywords?after=&limit=: by slug; with ?name= the one of that name or alias. */
void keyword_list_action(struct action *a)
{
    struct list_answer answer = {.after = STR("")};
    struct str name = action_query(a, "name");
    int64_t limit = action_query_int(a, "limit", LIST_USUAL);
    struct keyword one;

    if (limit < 1 || limit > KEYWORDS_MOST) {
        action_refuse(a, FORM_WRONG, "limit", "must be from 1 to %d", KEYWORDS_MOST);
        return;
    }
    if (name.n == 0)
        keywords_list(a->db, action_query(a, "after"), limit, &answer.keywords);
    else if (keyword_find_by_name(a->db, name, &one))
        *LIST_ADD(a->arena, &answer.keywords) = one;
    if (name.n == 0 && (int64_t)answer.keywords.n == limit)
        answer.after = answer.keywords.at[limit - 1].slug;
    action_answer(a, 200, &LIST_ANSWER_FIELDS, &answer);
}

/* GET /desk/api/keywords/{id:int} */
void keyword_show_action(struct action *a)
{
    struct keyword keyword;

    if (load(a, false, &keyword))
        answer_keyword(a, 200, keyword.id);
}

/* Fills in what was sent; the name must be nobody else's. */
static void read_keyword(struct form *form, struct keyword *keyword)
{
    struct keyword other;

    if (form_has(form, "name") || keyword->id == 0)
        keyword->name = form_needed_line(form, "name", KEYWORD_NAME_MOST);
    if (form_has(form, "type"))
        keyword->type = form_line(form, "type", KEYWORD_NAME_MOST);
    if (form_has(form, "description"))
        keyword->description = form_text(form, "description", KEYWORD_DESCRIPTION_MOST);
    if (form->refused)
        return;
    if (!keyword_type_is_known(keyword->type))
        form_refuse(form, FORM_WRONG, "type", "must be one of " KEYWORD_TYPES);
    if (slug_of_name(form->a->arena, keyword->name).n == 0)
        form_refuse(form, FORM_WRONG, "name", "needs a letter or a digit");
    if (keyword_find_by_name(form->a->db, keyword->name, &other) && other.id != keyword->id)
        form_refuse(form, FORM_TAKEN, "name", "is a name or alias of keyword %lld; merge the two instead",
                    (long long)other.id);
}

/* POST /desk/api/keywords {name, type?, description?} */
void keyword_add_action(struct action *a)
{
    struct form form = form_of(a, "name type description");
    struct keyword keyword = {.type = STR("thing"), .description = STR("")};

    read_keyword(&form, &keyword);
    if (!form.refused)
        answer_keyword(a, 201, keyword_add(a->tx, &keyword));
}

/* PUT /desk/api/keywords/{id:int} {name?, type?, description?} */
void keyword_change_action(struct action *a)
{
    struct keyword keyword;

    if (!load(a, true, &keyword))
        return;
    struct form form = form_of(a, "name type description");
    read_keyword(&form, &keyword);
    if (form.refused)
        return;
    keyword_change(a->tx, &keyword);
    answer_keyword(a, 200, keyword.id);
}

/* POST /desk/api/keywords/{id:int}/merge {into}: the keyword of the address becomes part of another. */
void keyword_merge_action(struct action *a)
{
    struct keyword from, into;

    if (!load(a, true, &from))
        return;
    struct form form = form_of(a, "into");
    int64_t id = form_int(&form, "into", 0, 1, INT64_MAX);
    if (form.refused)
        return;
    if (id == from.id || !keyword_find(a->db, id, &into) || into.merged_into) {
        form_refuse(&form, FORM_WRONG, "into", "must be the number of another keyword that was not merged itself");
        return;
    }
    keyword_merge(a->tx, from.id, into.id);
    answer_keyword(a, 200, into.id);
}

/* POST /desk/api/keywords/{id:int}/aliases {alias} */
void keyword_alias_add_action(struct action *a)
{
    struct keyword keyword, other;
    keyword_aliases known = {0};

    if (!load(a, true, &keyword))
        return;
    struct form form = form_of(a, "alias");
    struct str alias = form_needed_line(&form, "alias", KEYWORD_NAME_MOST);
    if (form.refused)
        return;
    keyword_aliases_of(a->db, keyword.id, &known);
    if (known.n >= KEYWORD_ALIASES_MOST)
        form_refuse(&form, FORM_TAKEN, "alias", "a keyword has at most %d; remove one first", KEYWORD_ALIASES_MOST);
    else if (keyword_find_by_name(a->db, alias, &other))
        form_refuse(&form, FORM_TAKEN, "alias", "is a name or alias of keyword %lld already", (long long)other.id);
    else if (!keyword_alias_add(a->tx, keyword.id, alias))
        form_refuse(&form, FORM_TAKEN, "alias", "is taken; choose another");
    if (!form.refused)
        answer_keyword(a, 201, keyword.id);
}

/* POST /desk/api/keywords/{id:int}/aliases/remove {alias} */
void keyword_alias_remove_action(struct action *a)
{
    struct keyword keyword;

    if (!load(a, true, &keyword))
        return;
    struct form form = form_of(a, "alias");
    struct str alias = form_needed_line(&form, "alias", KEYWORD_NAME_MOST);
    if (form.refused)
        return;
    if (!keyword_alias_remove(a->tx, keyword.id, alias))
        form_refuse(&form, 404, "alias", "is no alias of this keyword; GET /desk/api/keywords/{id} lists them");
    else
        answer_keyword(a, 200, keyword.id);
}
