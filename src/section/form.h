/* form.h - reading what an editor sent, member by member, each with its limits.
 *
 *     struct form form = form_of(a, "text article url hours");
 *     struct str text = form_line(&form, "text", FLASH_TEXT_MOST);
 *     int64_t hours = form_int(&form, "hours", FLASH_HOURS, 1, FLASH_HOURS_MOST);
 *     if (form.refused)
 *         return;
 *
 * One thing that is wrong is told, with its member's name; what is read
 * after that is empty. So an action reads all it needs and looks once. Texts
 * are cleaned (utf8_clean) and trimmed, their limits count characters.
 */
#ifndef HAOWAI_SECTION_FORM_H
#define HAOWAI_SECTION_FORM_H

#include "lib/web/action.h"

/* Statuses of refusals, besides 404. */
enum { FORM_WRONG = 422, FORM_TAKEN = 409 };

struct form {
    struct action *a;
    bool refused;
};

/* Refuses a body that is no object or has a member not named in `members` (separated by spaces). */
struct form form_of(struct action *a, const char *members);

bool form_has(const struct form *form, const char *member);

/* One line; a text with line breaks and empty lines. "" when absent or null. */
struct str form_line(struct form *form, const char *member, size_t most);
struct str form_text(struct form *form, const char *member, size_t most);

/* The same, and refused when it is empty. */
struct str form_needed_line(struct form *form, const char *member, size_t most);

int64_t form_int(struct form *form, const char *member, int64_t otherwise, int64_t least, int64_t most);
bool form_bool(struct form *form, const char *member, bool otherwise);

/* The moment in any spelling of moment_parse; `otherwise` when absent. */
struct moment form_moment(struct form *form, const char *member, struct moment otherwise);

/* A slug; "" when absent. */
struct str form_slug(struct form *form, const char *member);

/* Whole numbers above 0, none twice, at most `most`; empty when absent. */
typedef LIST(int64_t) form_numbers;
void form_ids(struct form *form, const char *member, size_t most, form_numbers *out);

/* Lines, none empty, at most `most` of at most `characters` each; empty when absent. */
typedef LIST(struct str) form_lines;
void form_list(struct form *form, const char *member, size_t most, size_t characters, form_lines *out);

/* A whole number of the query, brought into its limits; `otherwise` when it is absent or none. */
int64_t form_query(const struct action *a, const char *name, int64_t otherwise, int64_t least, int64_t most);

/* Refuses, unless something was refused before. */
void form_refuse(struct form *form, int status, const char *member, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
