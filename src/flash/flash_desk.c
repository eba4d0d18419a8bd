/* flash_desk.c - putting a line of flash news up and taking it down. */
#include "lib/base/arena.h"
#include "lib/http/url.h"
#include "src/actions.h"
#include "src/article/article.h"
#include "src/flash/flash.h"
#include "src/section/form.h"

enum { URL_MOST = 1000, HOUR_MS = 3600 * 1000 };

struct flash_answer {
    flashes flashes;
};
static const struct fields FLASH_ANSWER_FIELDS =
    FIELDS(struct flash_answer, FIELD_LIST(struct flash_answer, flashes, FLASH_FIELDS));

/* GET /desk/api/flash */
void flash_list_action(struct action *a)
{
    struct flash_answer answer = {0};

    flash_live(a->db, FLASH_MOST, &answer.flashes);
    action_answer(a, 200, &FLASH_ANSWER_FIELDS, &answer);
}

/* When it ends: "until", or so many hours from now. */
static struct moment end_of(struct form *form)
{
    struct moment now = form->a->now, until;
    int64_t hours = form_int(form, "hours", FLASH_HOURS, 1, FLASH_HOURS_MOST);

    if (form_has(form, "until") && form_has(form, "hours"))
        form_refuse(form, FORM_WRONG, "until", "give either until or hours");
    until = form_moment(form, "until", (struct moment){now.ms + hours * HOUR_MS});
    if (until.ms <= now.ms || until.ms > now.ms + (int64_t)FLASH_HOURS_MOST * HOUR_MS)
        form_refuse(form, FORM_WRONG, "until", "must lie within the next %d hours", FLASH_HOURS_MOST);
    return until;
}

static void check_where_to(struct form *form, struct flash *flash)
{
    struct story_card card;

    if (flash->article && flash->url.n)
        form_refuse(form, FORM_WRONG, "url", "give either article or url");
    if (flash->article && !form->refused && !story_card_find(form->a->db, flash->article, &card))
        form_refuse(form, FORM_WRONG, "article", "readers can see no story %lld; publish it first, or leave it out",
                    (long long)flash->article);
    if (flash->article && !form->refused) {
        flash->day = card.day;
        flash->link = article_url(form->a->arena, card.day, card.id);
    }
    if (flash->url.n && !url_is_safe_link(flash->url))
        form_refuse(form, FORM_WRONG, "url", "must begin with https://, http:// or /");
}

/* POST /desk/api/flash {text, article? | url?, hours? | until?} */
void flash_add_action(struct action *a)
{
    struct form form = form_of(a, "text article url hours until");
    struct flash flash = {.at = a->now,
                          .listed = true,
                          .text = form_needed_line(&form, "text", FLASH_TEXT_MOST),
                          .article = form_int(&form, "article", 0, 0, INT64_MAX),
                          .url = form_line(&form, "url", URL_MOST)};
    struct moment until = end_of(&form);

    flash.link = flash.url;
    check_where_to(&form, &flash);
    if (form.refused)
        return;
    flash.id = flash_add(a->tx, &flash, until);
    action_answer(a, 201, &FLASH_FIELDS, &flash);
}

/* DELETE /desk/api/flash/{id:int} */
void flash_remove_action(struct action *a)
{
    if (flash_remove(a->tx, action_param_int(a, "id")))
        flash_list_action(a);
    else
        action_refuse(a, 404, "id", "no such item is shown; GET /desk/api/flash lists those that are");
}
