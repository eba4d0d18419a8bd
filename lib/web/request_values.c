/* request_values.c - what page functions ask of a request, and how they end. */
#include "lib/base/check.h"
#include "lib/http/url.h"
#include "lib/web/page.h"

enum { LARGEST_QUERY_INT = 1000000000 };

static int place_of(const struct request *req, const char *name)
{
    CHECK(req->route != NULL);
    int place = pattern_place(req->route->pattern, name);

    CHECK(place >= 0); /* the route has such a parameter */
    return place;
}

struct str param(const struct request *req, const char *name)
{
    return req->values.text[place_of(req, name)];
}

int64_t param_int(const struct request *req, const char *name)
{
    return req->values.number[place_of(req, name)];
}

/* Still encoded; p == NULL when it is absent. */
static struct str query_value(const struct request *req, const char *name)
{
    bool declared = false;

    CHECK(req->route != NULL);
    for (struct str rest = str_of(req->route->query); rest.p;)
        declared |= str_equal(str_cut(&rest, ' '), str_of(name));
    CHECK(declared); /* an undeclared key never arrives */
    return url_query_find(req->query, str_of(name));
}

int64_t query_int(const struct request *req, const char *name, int64_t otherwise)
{
    struct str text = query_value(req, name);
    int64_t number;

    if (!text.p)
        return otherwise;
    bool valid = str_to_int(text, &number) && number >= 0 && number <= LARGEST_QUERY_INT && text.p[0] != '-';
    return valid ? number : -1;
}

struct str query_text(const struct request *req, const char *name)
{
    struct str text = query_value(req, name), decoded;

    return text.p && url_decode_form(req->arena, text, &decoded) ? decoded : STR("");
}

void part_shows(struct part *part, int64_t item)
{
    *LIST_ADD(part->arena, &part->shows) = item;
}

/* --- ends ------------------------------------------------------------------------ */

enum answer page(struct request *req, int kind, struct about about)
{
    req->page = kind;
    req->about = about;
    return ANSWER_PAGE;
}

enum answer moved(struct request *req, struct str location)
{
    req->location = location;
    return ANSWER_MOVED;
}

enum answer not_found(struct request *req)
{
    (void)req;
    return ANSWER_NOT_FOUND;
}

enum answer gone(struct request *req)
{
    (void)req;
    return ANSWER_GONE;
}
