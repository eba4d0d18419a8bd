/* staticpage_desk.c - writing the pages that are no news. */
#include "lib/base/arena.h"
#include "src/actions.h"
#include "src/article/body.h"
#include "src/section/form.h"
#include "src/section/slug.h"
#include "src/staticpage/staticpage.h"

struct page_answer {
    static_pages pages;
};
static const struct fields PAGE_ANSWER_FIELDS =
    FIELDS(struct page_answer, FIELD_LIST(struct page_answer, pages, STATIC_PAGE_FIELDS));

/* GET /desk/api/pages: all, without their texts. */
void static_page_list_action(struct action *a)
{
    struct page_answer answer = {0};

    static_pages_list(a->db, &answer.pages);
    action_answer(a, 200, &PAGE_ANSWER_FIELDS, &answer);
}

static void read_body(struct form *form, struct static_page *page)
{
    struct body body;
    char wrong[300] = "";

    if (!body_read(form->a->arena, json_member(form->a->body, "body"), &body, wrong, sizeof wrong))
        form_refuse(form, FORM_WRONG, "body", "%s", wrong);
    else if (body.blocks.n == 0)
        form_refuse(form, FORM_WRONG, "body", "is empty; give it as Markdown text or as body v1");
    else
        page->body = body_text(form->a->arena, &body);
}

static void check_room(struct form *form)
{
    static_pages known = {0};

    static_pages_list(form->a->db, &known);
    if (known.n >= STATIC_PAGES_MOST)
        form_refuse(form, FORM_TAKEN, NULL, "a paper has at most %d pages; change one instead", STATIC_PAGES_MOST);
}

/* PUT /desk/api/pages/{slug} {title, body, place?}: of a page that exists, what is not named stays. */
void static_page_put_action(struct action *a)
{
    struct form form = form_of(a, "title body place");
    struct str slug = action_param(a, "slug");
    struct static_page page = {.slug = slug, .title = STR(""), .body = STR("")};
    bool known = static_page_find_by_slug(a->db, slug, &page);

    if (!slug_is_valid(slug))
        form_refuse(&form, FORM_WRONG, "slug", "must be " SLUG_RULE);
    if (!known)
        check_room(&form);
    if (!known || form_has(&form, "title"))
        page.title = form_needed_line(&form, "title", STATIC_PAGE_TITLE_MOST);
    page.place = form_int(&form, "place", page.place, 0, STATIC_PAGES_MOST);
    if (!form.refused && (!known || form_has(&form, "body")))
        read_body(&form, &page);
    if (form.refused)
        return;
    page.updated = a->now;
    page.id = static_page_put(a->tx, &page);
    page.url = static_page_url(a->arena, page.slug);
    action_answer(a, known ? 200 : 201, &STATIC_PAGE_FIELDS, &page);
}
