/* staff_desk.c - adding people and changing what is said about them. */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/section/form.h"
#include "src/section/slug.h"
#include "src/staff/staff.h"

enum { NAMESAKES_MOST = 99 };

struct staff_answer {
    people people;
};
static const struct fields STAFF_ANSWER_FIELDS =
    FIELDS(struct staff_answer, FIELD_LIST(struct staff_answer, people, PERSON_FIELDS));

/* GET /desk/api/people?after=SLUG&limit=N */
void person_list_action(struct action *a)
{
    struct staff_answer answer = {0};

    people_list(a->db, action_query(a, "after"), form_query(a, "limit", 200, 1, PEOPLE_MOST), &answer.people);
    action_answer(a, 200, &STAFF_ANSWER_FIELDS, &answer);
}

/* The slug of the name, with a number for a namesake; "" when there is none. */
static struct str free_slug(struct action *a, struct str name)
{
    struct str base = slug_of_name(a->arena, name), slug = base;
    struct person same;

    for (int number = 2; base.n && person_find_by_slug(a->db, slug, &same); number++) {
        if (number > NAMESAKES_MOST)
            return STR("");
        slug = str_printf(a->arena, "%.*s-%d", STR_ARG(base), number);
    }
    return slug;
}

/* POST /desk/api/people {name, slug?, role?, bio?} */
void person_add_action(struct action *a)
{
    struct form form = form_of(a, "name slug role bio");
    struct person person = {.name = form_needed_line(&form, "name", PERSON_NAME_MOST),
                            .slug = form_slug(&form, "slug"),
                            .role = form_line(&form, "role", PERSON_ROLE_MOST),
                            .bio = form_text(&form, "bio", PERSON_BIO_MOST)};
    struct person other;

    if (person.slug.n == 0)
        person.slug = free_slug(a, person.name);
    else if (person_find_by_slug(a->db, person.slug, &other))
        form_refuse(&form, FORM_TAKEN, "slug", "%.*s has this slug; choose another or leave it out",
                    STR_ARG(other.name));
    if (person.slug.n == 0)
        form_refuse(&form, FORM_WRONG, "slug", "no slug can be made from this name; give one: " SLUG_RULE);
    if (form.refused)
        return;
    person.id = person_add(a->tx, &person);
    person.url = person_url(a->arena, person.slug);
    action_answer(a, 201, &PERSON_FIELDS, &person);
}

/* PUT /desk/api/people/{id:int} {name?, role?, bio?}: what is not named stays. */
void person_change_action(struct action *a)
{
    struct person person;

    if (!person_find(a->db, action_param_int(a, "id"), &person)) {
        action_refuse(a, 404, "id", "there is no such person; GET /desk/api/people lists them");
        return;
    }
    struct form form = form_of(a, "name role bio");
    if (form_has(&form, "name"))
        person.name = form_needed_line(&form, "name", PERSON_NAME_MOST);
    if (form_has(&form, "role"))
        person.role = form_line(&form, "role", PERSON_ROLE_MOST);
    if (form_has(&form, "bio"))
        person.bio = form_text(&form, "bio", PERSON_BIO_MOST);
    if (form.refused)
        return;
    person_change(a->tx, &person);
    action_answer(a, 200, &PERSON_FIELDS, &person);
}
