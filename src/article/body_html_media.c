/* body_html_media.c - pictures, videos and related stories in a body: looked up, so each reads its tags. */
#include "lib/base/arena.h"
#include "src/article/article.h"
#include "src/article/body_html.h"
#include "src/media/media.h"
#include "src/media/media_rules.h"
#include "src/video/video.h"

#include <inttypes.h>

static void print_number(struct body_print *print, int64_t number)
{
    buf_add_int(print->out, number);
}

/* name="value" with a space before. */
static void print_attribute(struct body_print *print, const char *name, struct str text)
{
    buf_printf(print->out, " %s=\"", name);
    print_text(print, text);
    buf_add_char(print->out, '"');
}

static void print_address_attribute(struct body_print *print, const char *name, struct str url)
{
    buf_printf(print->out, " %s=\"", name);
    print_address(print, url);
    buf_add_char(print->out, '"');
}

static void print_size(struct body_print *print, int64_t width, int64_t height)
{
    buf_printf(print->out, " width=\"%" PRId64 "\" height=\"%" PRId64 "\"", width, height);
}

/* --- pictures ------------------------------------------------------------------------------- */

/* A phone takes the small one when there is one. */
static void print_choices(struct body_print *print, const struct media *media)
{
    if (media->small_file.n == 0 || media->small_width <= 0)
        return;
    print_markup(print, " srcset=\"");
    print_address(print, media->small_url);
    print_markup(print, " ");
    print_number(print, media->small_width);
    print_markup(print, "w, ");
    print_address(print, media->url);
    print_markup(print, " ");
    print_number(print, media->width);
    print_markup(print, "w\" sizes=\"(min-width:720px) 722px, 100vw\"");
}

static void print_img(struct body_print *print, const struct media *media, struct str alt)
{
    print_markup(print, "<img");
    print_address_attribute(print, "src", media->url);
    if (!print->feed)
        print_choices(print, media);
    print_size(print, media->width, media->height);
    print_attribute(print, "alt", alt);
    print_markup(print, print->feed ? ">" : " loading=\"lazy\" decoding=\"async\">");
}

static void print_credit(struct body_print *print, struct str credit)
{
    if (credit.n == 0)
        return;
    print_markup(print, print->feed ? "（圖／" : "<span class=\"credit\">（圖／");
    print_text(print, credit);
    print_markup(print, print->feed ? "）" : "）</span>");
}

static void print_caption(struct body_print *print, const run_list *cap, struct str otherwise, struct str credit)
{
    if (cap->n == 0 && otherwise.n == 0 && credit.n == 0)
        return;
    print_markup(print, "<figcaption>");
    if (cap->n)
        print_runs(print, cap);
    else
        print_text(print, otherwise);
    print_credit(print, credit);
    print_markup(print, "</figcaption>");
}

static struct str first_of(struct str a, struct str b)
{
    return a.n ? a : b;
}

/* The block's own caption, credit and description, else those of the picture. */
void print_picture(struct body_print *print, const struct body_picture *picture)
{
    struct media media;

    if (!media_find_by_name(print->db, picture->img, &media) || !str_equal(media.kind, STR("image")))
        return;
    print_markup(print, "<figure>");
    print_img(print, &media, first_of(picture->alt, media.alt));
    print_caption(print, &picture->cap, media.caption, first_of(picture->credit, media.credit));
    print_markup(print, "</figure>");
}

void print_gallery(struct body_print *print, const struct block *block)
{
    const char *begin = print->feed ? "<div>" : "<div class=\"gallery\">";
    size_t before = print->out->n;

    print_markup(print, begin);
    for (size_t i = 0; i < block->pictures.n; i++)
        print_picture(print, &block->pictures.at[i]);
    if (print->out->n == before + strlen(begin))
        print->out->n = before; /* none of them is there */
    else
        print_markup(print, "</div>");
}

/* --- videos ------------------------------------------------------------------------------------ */

struct film {
    struct str url, type; /* of the file */
    struct str page;      /* where it has one, else the file */
    struct str title;     /* "" for a file */
    struct media poster;  /* id 0: none */
};

static bool find_film(struct body_print *print, const struct block *block, struct film *out)
{
    struct video video;
    struct media media;

    *out = (struct film){.title = STR("")};
    if (block->video > 0) {
        if (!video_find_published(print->db, block->video, &video))
            return false;
        *out = (struct film){video.file_url, media_type_of(video.file), video.url, video.title, {0}};
        if (video.poster > 0 && !media_find(print->db, video.poster, &out->poster))
            out->poster = (struct media){0};
        return true;
    }
    if (!media_find_by_name(print->db, media_name_of(block->file), &media) || !str_equal(media.kind, STR("video")))
        return false;
    *out = (struct film){media.url, media_type_of(media.file), media.url, media.caption, {0}};
    return true;
}

static void print_player(struct body_print *print, const struct film *film)
{
    bool has_poster = film->poster.id > 0;

    print_markup(print, "<video controls preload=\"none\"");
    if (has_poster)
        print_address_attribute(print, "poster", film->poster.url);
    print_size(print, has_poster ? film->poster.width : 16, has_poster ? film->poster.height : 9);
    print_markup(print, "><source");
    print_address_attribute(print, "src", film->url);
    if (film->type.n)
        print_attribute(print, "type", film->type);
    print_markup(print, "></video>");
}

/* What a feed has instead of a player. */
static void print_film_link(struct body_print *print, const struct film *film)
{
    print_markup(print, "<a");
    print_address_attribute(print, "href", film->page);
    print_markup(print, ">");
    if (film->poster.id > 0)
        print_img(print, &film->poster, first_of(film->title, STR("影片")));
    else
        print_markup(print, "影片");
    print_markup(print, "</a>");
}

void print_video(struct body_print *print, const struct block *block)
{
    struct film film;

    if (!find_film(print, block, &film))
        return;
    print_markup(print, print->feed ? "<figure>" : "<figure class=\"video\">");
    if (print->feed)
        print_film_link(print, &film);
    else
        print_player(print, &film);
    print_caption(print, &block->cap, film.title, STR(""));
    print_markup(print, "</figure>");
}

/* --- related stories -------------------------------------------------------------------------------- */

void print_related(struct body_print *print, const struct block *block)
{
    story_cards cards = {0};

    story_cards_find(print->db, block->refs.at, block->refs.n, &cards);
    if (cards.n == 0)
        return;
    print_markup(print, print->feed ? "<p>延伸閱讀：" : "<aside class=\"inset\"><span>延伸閱讀</span>");
    for (size_t i = 0; i < cards.n; i++) {
        print_markup(print, i ? "<br><a" : "<a");
        print_address_attribute(print, "href", cards.at[i].url);
        print_markup(print, ">");
        if (print->feed)
            print_text(print, cards.at[i].title);
        else
            buf_add_str(print->out, cards.at[i].list_title.markup);
        print_markup(print, "</a>");
    }
    print_markup(print, print->feed ? "</p>" : "</aside>");
}
