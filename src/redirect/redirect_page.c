/* redirect_page.c - the last look before a 404: is it an address of former times? */
#include "src/redirect/redirect.h"

#include "src/article/article.h"
#include "src/routes.h"

static bool find(struct request *req, struct redirect *out)
{
    struct str whole = str_printf(req->arena, "%.*s?%.*s", STR_ARG(req->path), STR_ARG(req->query));

    return (req->query.n && redirect_find(req->db, whole, out)) || redirect_find(req->db, req->path, out);
}

/* Any address - 301 to where it leads now; 404 */
enum answer redirect_page(struct request *req)
{
    struct redirect redirect;
    int64_t day;

    if (!find(req, &redirect))
        return not_found(req);
    if (redirect.article == 0)
        return moved(req, redirect.target);
    switch (article_state_of(req->db, redirect.article, &day)) {
    case ARTICLE_SHOWN: return moved(req, article_url(req->arena, day, redirect.article));
    case ARTICLE_GONE: return gone(req);
    case ARTICLE_UNKNOWN: break;
    }
    return not_found(req);
}
