/* draft_json.h - a whole story as JSON, with the names a story is sent with (story.h). */
#ifndef HAOWAI_ARTICLE_DRAFT_JSON_H
#define HAOWAI_ARTICLE_DRAFT_JSON_H

#include "lib/base/buf.h"
#include "src/article/draft.h"

/* The members of the object, without its braces: "id":12,"state":"draft","title":... */
void draft_write_members(struct buf *out, struct arena *arena, const struct draft *draft);

/* The object, in the arena: what a revision keeps. */
struct str draft_text(struct arena *arena, const struct draft *draft);

/* ,"name":"text" - for those who write on behind the members. */
void json_add_text(struct buf *out, const char *name, struct str text);
void json_add_int(struct buf *out, const char *name, int64_t number);
void json_add_moment(struct buf *out, struct arena *arena, const char *name, struct moment moment);

#endif
