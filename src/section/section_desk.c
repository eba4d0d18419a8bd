/* section_desk.c - adding, renaming and ordering sections.
 *
 * Sections are not deleted: their stories' addresses and feeds would have
 * nowhere to lead. One that is not wanted any more is renamed or put last.
 */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/section/form.h"
#include "src/section/section.h"
#include "src/section/section_rules.h"
#include "src/section/slug.h"

struct section_answer {
    sections sections;
};
static const struct fields SECTION_ANSWER_FIELDS =
    FIELDS(struct section_answer, FIELD_LIST(struct section_answer, sections, SECTION_FIELDS));

/* GET /desk/api/sections */
void section_list_action(struct action *a)
{
    struct section_answer answer = {0};

    sections_list(a->db, &answer.sections);
    action_answer(a, 200, &SECTION_ANSWER_FIELDS, &answer);
}

/* Name and slug must be nobody else's. */
static void check_free(struct form *form, const struct section *section)
{
    struct db_reader *db = form->a->db;
    struct section other;

    if (section_find_by_name(db, section->name, &other) && other.id != section->id)
        form_refuse(form, FORM_TAKEN, "name", "section %lld is called so already; choose another name",
                    (long long)other.id);
    if (section_find_by_slug(db, section->slug, &other) && other.id != section->id)
        form_refuse(form, FORM_TAKEN, "slug", "section %lld (%.*s) has this slug; choose another", (long long)other.id,
                    STR_ARG(other.name));
}

/* POST /desk/api/sections {name, slug?, description?} */
void section_add_action(struct action *a)
{
    struct form form = form_of(a, "name slug description");
    struct section section = {.name = form_needed_line(&form, "name", SECTION_NAME_MOST),
                              .slug = form_slug(&form, "slug"),
                              .description = form_line(&form, "description", SECTION_DESCRIPTION_MOST)};
    sections known = {0};

    if (section.slug.n == 0)
        section.slug = slug_of_name(a->arena, section.name);
    if (section.slug.n == 0)
        form_refuse(&form, FORM_WRONG, "slug", "no slug can be made from this name; give one: " SLUG_RULE);
    sections_list(a->db, &known);
    if (known.n >= SECTION_MOST)
        form_refuse(&form, FORM_TAKEN, NULL, "a paper has at most %d sections; rename one instead", SECTION_MOST);
    check_free(&form, &section);
    if (form.refused)
        return;
    section.id = section_add(a->tx, &section);
    section_find(a->db, section.id, &section);
    action_answer(a, 201, &SECTION_FIELDS, &section);
}

/* PUT /desk/api/sections/{id:int} {name?, slug?, description?}: what is not named stays. */
void section_change_action(struct action *a)
{
    struct section section;

    if (!section_find(a->db, action_param_int(a, "id"), &section)) {
        action_refuse(a, 404, "id", "there is no such section; GET /desk/api/sections lists them");
        return;
    }
    struct form form = form_of(a, "name slug description");
    if (form_has(&form, "name"))
        section.name = form_needed_line(&form, "name", SECTION_NAME_MOST);
    if (form_has(&form, "slug"))
        section.slug = form_slug(&form, "slug");
    if (form_has(&form, "description"))
        section.description = form_line(&form, "description", SECTION_DESCRIPTION_MOST);
    if (section.slug.n == 0)
        form_refuse(&form, FORM_WRONG, "slug", "may not be empty: " SLUG_RULE);
    check_free(&form, &section);
    if (form.refused)
        return;
    section_change(a->tx, &section);
    section.url = section_url(a->arena, section.slug);
    action_answer(a, 200, &SECTION_FIELDS, &section);
}

/* PUT /desk/api/sections/order {sections: [ids]}: every section once; the first is the default. */
void section_order_action(struct action *a)
{
    struct form form = form_of(a, "sections");
    form_numbers ids = {0};
    sections known = {0};

    form_ids(&form, "sections", SECTION_MOST, &ids);
    sections_list(a->db, &known);
    const char *problem = form.refused ? NULL : section_order_problem(a->arena, &known, ids.at, ids.n);
    if (problem)
        form_refuse(&form, FORM_WRONG, "sections", "%s", problem);
    if (form.refused)
        return;
    for (size_t i = 0; i < ids.n; i++)
        section_put_at(a->tx, ids.at[i], (int64_t)i + 1);
    section_list_action(a);
}
