/* body.h - the text of a story: "body v1", a list of typed blocks.
 *
 *     {"v":1,"b":[{"id":"k3f9","t":"p","r":[{"s":"text"},{"s":"bold","m":["b"]},
 *                                           {"s":"link","a":{"href":"https://..."}}]}, ...]}
 *
 *     p h2 h3        paragraph, subheads               "r": runs
 *     quote          "r" and "cite" (text)
 *     ul ol          "items": [[run ...] ...]
 *     img            "img": media name, "cap": runs, "credit", "alt": texts
 *     gallery        "items": [{"img","cap","credit","alt"} ...]
 *     video          "video": number of a video, or "file": media file; "cap"
 *     table          "rows": [[[run ...] ...] ...], "head": true when the first row is headings
 *     embed          "kind" (youtube, x, facebook, instagram, threads, link), "href"; printed as a link card
 *     rel            "ref": [numbers or addresses of stories]     延伸閱讀
 *     widget         "key": name of a figure; nothing is printed until there are figures
 *     hr
 *
 * Marks "m": b (bold), dot (emphasis dots), sub, sup, del (struck out), and "ruby": text on a run. Where runs stand, a
 * text stands for a single one. A line feed in a run is a line break (not in h2 and h3).
 * HTML is never stored: it is printed from this tree, every text escaped, so
 * nothing a writer or an import sends can become markup.
 *
 * Reading a story checks everything and refuses the unknown, naming the place
 * ("b[12].t"). Reading what is stored skips what it does not know.
 * Limits: BODY_BLOCKS_MOST blocks, BODY_TEXT_MOST bytes of canonical JSON, and
 * of what has to be looked up when the story is printed.
 */
#ifndef HAOWAI_ARTICLE_BODY_H
#define HAOWAI_ARTICLE_BODY_H

#include "lib/db/db.h"
#include "lib/json/json.h"

enum { BODY_BLOCKS_MOST = 2000, BODY_TEXT_MOST = 200 * 1024 };
enum { BODY_PICTURES_MOST = 400, BODY_VIDEOS_MOST = 40, BODY_RELATED_MOST = 80 }; /* in all blocks together */
enum { BODY_ID_MOST = 32, BODY_WORD_MOST = 120, BODY_HREF_MOST = 2000 };          /* bytes */

struct block; /* body_blocks.h, private to the files of the body */

struct body {
    LIST(struct block) blocks;
};

/* The object or its list of blocks. Texts are cleaned; blocks without an id get one. False with a sentence in `wrong`.
 */
bool body_from_json(struct arena *arena, const struct json *json, struct body *out, char *wrong, size_t wrong_size);

/* Markdown (CommonMark with tables and strikethrough; cmark-gfm). Raw HTML in it is kept as text. A picture
 * ![alt](name "caption") is an img block of that media name; addresses of pictures elsewhere become links. The last
 * line of a quotation is its source when it begins with "—". Of links that are not safe the text stays. */
bool body_from_markdown(struct arena *arena, struct str text, struct body *out, char *wrong, size_t wrong_size);

/* Either: a text is Markdown, an object or a list body v1. Nothing (NULL or null) is an empty body. */
bool body_read(struct arena *arena, const struct json *json, struct body *out, char *wrong, size_t wrong_size);

/* What is stored; "" and damaged text give an empty body. */
void body_parse(struct arena *arena, struct str stored, struct body *out);

/* Canonical JSON: what is stored. The same body gives the same bytes; one without blocks gives "". */
struct str body_text(struct arena *arena, const struct body *body);

bool body_has_video(const struct body *body);

/* Characters that are letters, digits or ideographs; what newsrooms call 字數. */
int64_t body_words(const struct body *body);

/* Paragraphs, one a line, without marks; at most `most` characters (0: all), cut with "…". For descriptions, search. */
struct str body_plain(struct arena *arena, const struct body *body, size_t most);

/* As the article page prints it (themes/default/VIEWS.md, "Text"). Pictures, videos and related stories are looked up
 * through `db` and read their tags. */
struct html body_html(struct db_reader *db, const struct body *body);

/* For feeds: the same without scripts, players, classes or relative addresses; `site` is put before those. */
struct html body_feed_html(struct db_reader *db, const struct body *body, struct str site);

#endif
