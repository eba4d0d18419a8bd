/* frame_page.c - masthead, sections, footer, the head of error pages, the manifest. */
#include "src/frame/frame.h"
#include "src/routes.h"
#include "src/section/section.h"
#include "src/staticpage/staticpage.h"

struct masthead {
    struct site_view site;
    struct moment today; /* never set: the page would have to change at midnight; the script prints the date */
    sections sections;
};
const struct fields MASTHEAD_FIELDS =
    FIELDS(struct masthead, FIELD_STRUCT(struct masthead, site, SITE_FIELDS), FIELD(struct masthead, today),
           FIELD_LIST(struct masthead, sections, SECTION_FIELDS));

const void *masthead_view(struct part *part)
{
    struct masthead *view = ARENA_NEW(part->arena, struct masthead);

    view->site = site_view(part);
    sections_list(part->db, &view->sections);
    return view;
}

struct nav_section {
    struct str name, url;
    bool current; /* the page belongs to it */
};
static const struct fields NAV_SECTION_FIELDS =
    FIELDS(struct nav_section, FIELD(struct nav_section, name), FIELD(struct nav_section, url),
           FIELD(struct nav_section, current));

struct nav {
    LIST(struct nav_section) sections;
};
const struct fields NAV_FIELDS = FIELDS(struct nav, FIELD_LIST(struct nav, sections, NAV_SECTION_FIELDS));

const void *nav_view(struct part *part)
{
    struct nav *view = ARENA_NEW(part->arena, struct nav);
    sections known = {0};

    sections_list(part->db, &known);
    for (size_t i = 0; i < known.n; i++)
        *LIST_ADD(part->arena, &view->sections) =
            (struct nav_section){.name = known.at[i].name,
                                 .url = known.at[i].url,
                                 .current = known.at[i].id == part->about->at[ABOUT_SECTION]};
    return view;
}

struct footer {
    struct site_view site;
    sections sections;
    static_pages pages;
};
const struct fields FOOTER_FIELDS =
    FIELDS(struct footer, FIELD_STRUCT(struct footer, site, SITE_FIELDS),
           FIELD_LIST(struct footer, sections, SECTION_FIELDS), FIELD_LIST(struct footer, pages, STATIC_PAGE_FIELDS));

const void *footer_view(struct part *part)
{
    struct footer *view = ARENA_NEW(part->arena, struct footer);
    static_pages known = {0};

    view->site = site_view(part);
    sections_list(part->db, &view->sections);
    static_pages_list(part->db, &known);
    for (size_t i = 0; i < known.n; i++)
        if (known.at[i].place > 0)
            *LIST_ADD(part->arena, &view->pages) = known.at[i];
    return view;
}

/* GET /manifest.webmanifest - 200 */
enum answer manifest_page(struct request *req)
{
    return page(req, PAGE_MANIFEST, ABOUT(0));
}
