/* wxr_item.c - what WordPress calls things, and what they are called here. */
#include "src/importing/wxr_item.h"

#include "lib/base/arena.h"
#include "lib/base/utf8.h"
#include "src/importing/html_body.h"
#include "src/importing/old_address.h"

struct writing {
    struct buf *out;
    struct arena *arena;
    const struct wxr_site *site;
    const struct attachments *attachments;
    const struct wxr_item *item;
    struct losses losses;
    int members;
};

/* --- writing -------------------------------------------------------------------------------- */

static void add_name(struct writing *w, const char *name)
{
    buf_printf(w->out, "%s\"%s\":", w->members++ ? "," : "", name);
}

/* Texts are cleaned when the record is read, but JSON holds no invalid ones. */
static void add_text(struct writing *w, const char *name, struct str text)
{
    text = str_trim(text);
    if (text.n == 0)
        return;
    add_name(w, name);
    json_write_text(w->out, utf8_clean(w->arena, text, false, NULL));
}

static void add_texts(struct writing *w, const char *name, const struct str *texts, size_t n)
{
    if (n == 0)
        return;
    add_name(w, name);
    for (size_t i = 0; i < n; i++) {
        buf_add_char(w->out, i ? ',' : '[');
        json_write_text(w->out, utf8_clean(w->arena, texts[i], true, NULL));
    }
    buf_add_char(w->out, ']');
}

/* Text that may hold entities and tags. */
static struct str plain(struct writing *w, struct str html)
{
    bool marked = str_find_char(html, '&', 0) >= 0 || str_find_char(html, '<', 0) >= 0;

    return str_trim(marked ? html_plain(w->arena, html) : html);
}

/* --- moments ----------------------------------------------------------------------------------- */

/* "2013-06-07 03:00:44" in UTC, or "0000-00-00 00:00:00" for what was never published. */
static struct str utc(struct writing *w, struct str date)
{
    date = str_trim(date);
    if (date.n != 19 || str_starts(date, STR("0000")))
        return STR("");
    return str_printf(w->arena, "%.*sT%.*sZ", STR_ARG(str_head(date, 10)), STR_ARG(str_from(date, 11)));
}

static struct str first_said(struct str a, struct str b, struct str c)
{
    if (a.n)
        return a;
    return b.n && !str_starts(b, STR("0000")) ? b : c;
}

static void add_moments(struct writing *w)
{
    const struct wxr_item *item = w->item;

    add_text(w, "published", first_said(utc(w, item->date_gmt), str_trim(item->date), str_trim(item->pub_date)));
    add_text(w, "updated", first_said(utc(w, item->modified_gmt), str_trim(item->modified), STR("")));
}

/* --- people, sections, keywords ------------------------------------------------------------------- */

static struct str author_name(const struct wxr_site *site, struct str login)
{
    for (size_t i = 0; i < site->authors.n; i++)
        if (str_equal(site->authors.at[i].login, login) && site->authors.at[i].name.n)
            return site->authors.at[i].name;
    return login;
}

typedef LIST(struct str) name_list;

static void find_terms(struct writing *w, const char *domain, name_list *out)
{
    for (size_t i = 0; i < w->item->terms.n; i++) {
        const struct wxr_term *term = &w->item->terms.at[i];
        struct str name = str_equal(term->domain, str_of(domain)) ? plain(w, term->name) : STR("");
        if (name.n)
            *LIST_ADD(w->arena, out) = name;
    }
}

/* Several who wrote it together are terms of a plugin's; then the creator is whoever typed it in. */
static void add_authors(struct writing *w)
{
    name_list names = {0};

    find_terms(w, "author", &names);
    struct str creator = plain(w, author_name(w->site, str_trim(w->item->creator)));
    if (names.n == 0 && creator.n)
        *LIST_ADD(w->arena, &names) = creator;
    add_texts(w, "authors", names.at, names.n);
}

static bool is_no_category(struct str name)
{
    return str_equal_nocase(name, STR("uncategorized")) || str_equal(name, STR("未分類")) ||
           str_equal(name, STR("未分类"));
}

static void add_terms(struct writing *w)
{
    name_list categories = {0}, tags = {0};
    size_t kept = 0;

    find_terms(w, "category", &categories);
    for (size_t i = 0; i < categories.n; i++)
        if (!is_no_category(categories.at[i]))
            categories.at[kept++] = categories.at[i];
    add_texts(w, "sections", categories.at, kept);
    find_terms(w, "post_tag", &tags);
    add_texts(w, "tags", tags.at, tags.n);
    for (size_t i = 0; i < w->item->terms.n; i++) {
        const struct wxr_term *term = &w->item->terms.at[i];
        bool known = term->domain.n == 0 || str_equal(term->domain, STR("category")) ||
                     str_equal(term->domain, STR("post_tag")) || str_equal(term->domain, STR("author"));
        if (!known)
            loss_note_of(&w->losses, STR("category"),
                         str_printf(w->arena, "taxonomy %.*s has no place in this paper",
                                    STR_ARG(utf8_first_chars(term->domain, 40))),
                         term->name);
    }
}

/* --- addresses --------------------------------------------------------------------------------------- */

/* The site's path: "/blog" of "https://example.org/blog/". */
static struct str site_path(const struct wxr_site *site)
{
    ptrdiff_t host = str_find(site->address, STR("//"), 0);
    ptrdiff_t slash = host < 0 ? -1 : str_find_char(site->address, '/', (size_t)host + 2);
    struct str path = slash < 0 ? STR("") : str_from(site->address, (size_t)slash);

    while (str_ends(path, STR("/")))
        path.n--;
    return path;
}

static void add_addresses(struct writing *w, bool page)
{
    name_list addresses = {0};
    const struct wxr_item *item = w->item;

    if (str_trim(item->link).n)
        *LIST_ADD(w->arena, &addresses) = str_trim(item->link);
    if (str_starts(str_trim(item->guid), STR("http")))
        *LIST_ADD(w->arena, &addresses) = str_trim(item->guid);
    if (item->id.n)
        *LIST_ADD(w->arena, &addresses) = str_printf(w->arena, "%.*s/?%s=%.*s", STR_ARG(site_path(w->site)),
                                                     page ? "page_id" : "p", STR_ARG(item->id));
    add_texts(w, "urls", addresses.at, addresses.n);
}

/* --- what has no place here ----------------------------------------------------------------------------- */

static void note_metas(struct writing *w)
{
    for (size_t i = 0; i < w->item->metas.n; i++) {
        const struct wxr_meta *meta = &w->item->metas.at[i];
        struct str key = utf8_first_chars(meta->key, 40);
        bool thumbnail = str_equal(key, STR("_thumbnail_id")) && !attachments_find(w->attachments, meta->value);
        bool told = str_starts(key, STR("_yoast")) || thumbnail;
        if (key.n && meta->value.n && (told || key.p[0] != '_'))
            loss_note_of(&w->losses, STR("postmeta"),
                         str_printf(w->arena, "field %.*s has no place in this paper", STR_ARG(key)), meta->value);
    }
    for (int64_t i = 0; i < w->item->comments; i++)
        loss_note(&w->losses, "comments", "readers' comments are not taken over", STR(""));
}

static void add_losses(struct writing *w)
{
    if (w->losses.kinds.n == 0)
        return;
    add_name(w, "losses");
    losses_write(w->out, &w->losses);
}

/* Why an item is nothing for a paper; "" when it is. */
static struct str reason_to_skip(struct writing *w)
{
    struct str type = w->item->type, status = w->item->status;

    if (str_equal(type, STR("attachment")))
        return STR("attachment: its file is not in the archive");
    if (type.n && !str_equal(type, STR("post")) && !str_equal(type, STR("page")))
        return str_printf(w->arena, "type %.*s has no place in this paper", STR_ARG(utf8_first_chars(type, 40)));
    if (str_equal(status, STR("trash")) || str_equal(status, STR("auto-draft")) || str_equal(status, STR("inherit")))
        return str_printf(w->arena, "is in state %.*s", STR_ARG(status));
    return STR("");
}

/* --- a story or page ---------------------------------------------------------------------------------------- */

static void add_state(struct writing *w)
{
    struct str status = w->item->status;

    if (w->item->password.n) {
        loss_note(&w->losses, "password", "protected by a password; made a draft", STR(""));
        status = STR("draft");
    } else if (str_equal(status, STR("private"))) {
        loss_note(&w->losses, "status", "private; made a draft", STR(""));
    }
    add_text(w, "status", status.n ? status : STR("publish"));
}

static void add_body(struct writing *w)
{
    struct body body;
    struct html_text text = {.html = shortcodes_as_html(w->arena, w->item->content, w->attachments, &w->losses),
                             .site = w->site->address,
                             .lines = str_find(w->item->content, STR("<!-- wp:"), 0) < 0};

    struct str canonical = html_body(w->arena, &text, &w->losses, &body);
    if (canonical.n == 0)
        return;
    add_name(w, "body");
    buf_add_str(w->out, canonical);
}

/* The picture above the story; without what the file says of it there is none. */
static void add_hero(struct writing *w)
{
    const struct attachment *picture = NULL;

    for (size_t i = 0; i < w->item->metas.n && !picture; i++)
        if (str_equal(w->item->metas.at[i].key, STR("_thumbnail_id")))
            picture = attachments_find(w->attachments, w->item->metas.at[i].value);
    if (!picture)
        return;
    add_text(w, "hero", old_picture_name(w->arena, picture->url));
    add_text(w, "hero_caption", picture->caption);
    add_text(w, "hero_alt", picture->alt);
}

static void add_story(struct writing *w)
{
    bool page = str_equal(w->item->type, STR("page"));

    add_text(w, "kind", page ? STR("page") : STR("story"));
    add_text(w, "slug", w->item->name);
    add_text(w, "title", plain(w, w->item->title));
    add_text(w, "excerpt", plain(w, w->item->excerpt));
    add_text(w, "lang", w->site->language);
    add_state(w);
    add_moments(w);
    add_authors(w);
    add_terms(w);
    add_addresses(w, page);
    add_hero(w);
    add_body(w);
    note_metas(w);
}

void wxr_item_write(struct buf *out, struct arena *arena, const struct wxr_site *site,
                    const struct attachments *attachments, const struct wxr_item *item)
{
    struct writing w = {
        .out = out, .arena = arena, .site = site, .attachments = attachments, .item = item, .losses = losses_of(arena)};
    struct str skip = reason_to_skip(&w);

    w.losses.line = item->line;
    buf_add_char(out, '{');
    add_text(&w, "id", item->id);
    add_text(&w, "origin", site->address);
    if (skip.n)
        add_text(&w, "skip", skip);
    else
        add_story(&w);
    add_losses(&w);
    buf_add_char(out, '}');
}
