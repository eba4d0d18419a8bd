/* frame.c - the paper's own view, heads of list pages, numbered pages, stories by day. */
#include "src/frame/frame.h"

#include <inttypes.h>

#include "src/app.h"
#include "src/media/media.h"

const struct fields SITE_FIELDS =
    FIELDS(struct site_view, FIELD(struct site_view, title), FIELD(struct site_view, latin_title),
           FIELD(struct site_view, tagline), FIELD(struct site_view, description), FIELD(struct site_view, language),
           FIELD(struct site_view, address), FIELD(struct site_view, logo_url), FIELD(struct site_view, contact_email));
const struct fields SITE_ONLY_FIELDS = FIELDS(struct site_only, FIELD_STRUCT(struct site_only, site, SITE_FIELDS));
const struct fields LINK_FIELDS = FIELDS(struct link, FIELD(struct link, url), FIELD(struct link, title));
static const struct fields PAGER_LINK_FIELDS =
    FIELDS(struct pager_link, FIELD(struct pager_link, number), FIELD(struct pager_link, url),
           FIELD(struct pager_link, current), FIELD(struct pager_link, gap));
const struct fields PAGER_FIELDS =
    FIELDS(struct pager, FIELD(struct pager, has_pages), FIELD(struct pager, previous_url),
           FIELD(struct pager, next_url), FIELD_LIST(struct pager, links, PAGER_LINK_FIELDS));
const struct fields DAY_GROUP_FIELDS =
    FIELDS(struct day_group, FIELD(struct day_group, at), FIELD_LIST(struct day_group, stories, STORY_CARD_FIELDS));
const struct fields DAYS_VIEW_FIELDS = FIELDS(struct days_view, FIELD_LIST(struct days_view, days, DAY_GROUP_FIELDS),
                                              FIELD_STRUCT(struct days_view, pager, PAGER_FIELDS));
const struct fields HEAD_PAGE_FIELDS =
    FIELDS(struct head_page, FIELD_STRUCT(struct head_page, site, SITE_FIELDS), FIELD(struct head_page, title),
           FIELD(struct head_page, description), FIELD(struct head_page, url), FIELD(struct head_page, feed),
           FIELD(struct head_page, rss), FIELD(struct head_page, previous_url), FIELD(struct head_page, next_url));

/* --- the paper ------------------------------------------------------------------------ */

struct site_view site_view(struct part *part)
{
    const struct app *app = part->app;
    const struct settings *settings = &app->settings;
    struct site_view view = {.title = settings->title,
                             .latin_title = settings->latin_title,
                             .tagline = settings->tagline,
                             .description = settings->description,
                             .language = settings->language,
                             .address = app->address,
                             .contact_email = settings->contact_email};
    struct media logo;

    if (settings->logo.n && media_find_by_name(part->db, settings->logo, &logo))
        view.logo_url = logo.url;
    return view;
}

const void *site_only_view(struct part *part)
{
    struct site_only *view = ARENA_NEW(part->arena, struct site_only);

    view->site = site_view(part);
    return view;
}

/* --- long lists ------------------------------------------------------------------------- */

enum { LINKS_BEFORE = 2 }; /* numbers shown before the current one, besides the first */

struct str pager_url(struct arena *arena, struct str url, int64_t number)
{
    return number == 1 ? url : str_printf(arena, "%.*s?page=%" PRId64, STR_ARG(url), number);
}

struct pager pager_make(struct arena *arena, struct str url, int64_t number, int64_t pages)
{
    struct pager pager = {.has_pages = pages > 1};
    int64_t shown = 0;

    if (number > 1)
        pager.previous_url = pager_url(arena, url, number - 1);
    if (number < pages)
        pager.next_url = pager_url(arena, url, number + 1);
    for (int64_t i = 1; i <= pages && i <= number + PAGER_AHEAD; i++) {
        if (i > 1 && i < number - LINKS_BEFORE)
            i = number - LINKS_BEFORE;
        *LIST_ADD(arena, &pager.links) = (struct pager_link){
            .number = i, .url = pager_url(arena, url, i), .current = i == number, .gap = i != shown + 1};
        shown = i;
    }
    return pager;
}

void day_groups_make(struct arena *arena, const story_cards *cards, day_groups *out)
{
    int64_t day = 0;

    for (size_t i = 0; i < cards->n; i++) {
        struct moment published = cards->at[i].published;
        if (out->n == 0 || moment_day(published) != day) {
            LIST_ADD(arena, out)->at = published;
            day = moment_day(published);
        }
        *LIST_ADD(arena, &out->at[out->n - 1].stories) = cards->at[i];
    }
}

struct days_view days_view_make(struct arena *arena, const story_cards *cards, struct str url, int64_t number,
                                int64_t pages)
{
    struct days_view view = {.pager = pager_make(arena, url, number, pages)};

    day_groups_make(arena, cards, &view.days);
    return view;
}

int64_t list_number(const struct request *req)
{
    return query_int(req, "page", 1);
}

enum answer list_page(struct request *req, int kind, struct about about, int64_t pages)
{
    int64_t number = list_number(req);

    if (number < 1 || number > pages)
        return not_found(req);
    if (number == 1 && query_text(req, "page").n)
        return moved(req, req->path);
    about.at[ABOUT_NUMBER] = number;
    return page(req, kind, about);
}

/* --- heads of list pages ------------------------------------------------------------------ */

struct head_page *head_page_make(struct part *part, struct str title, struct str description, struct str url)
{
    struct head_page *head = ARENA_NEW(part->arena, struct head_page);

    *head = (struct head_page){.site = site_view(part), .title = title, .description = description, .url = url};
    return head;
}

struct head_page *head_list_make(struct part *part, struct str title, struct str description, struct str url,
                                 int64_t number, int64_t pages)
{
    struct head_page *head = head_page_make(part, title, description, pager_url(part->arena, url, number));

    if (number > 1) {
        head->title = str_printf(part->arena, "%.*s（第%" PRId64 "頁）", STR_ARG(title), number);
        head->previous_url = pager_url(part->arena, url, number - 1);
    }
    if (number < pages)
        head->next_url = pager_url(part->arena, url, number + 1);
    return head;
}
