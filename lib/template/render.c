/* render.c - running a compiled template: one pass over its steps.
 *
 * The only state is one cursor per list and where the last address attribute
 * began in the output; the latter decides at run time whether a value begins
 * the address, since sections in front of it may have printed something or not.
 */
#include "lib/base/check.h"
#include "lib/template/escape.h"
#include "lib/template/moment.h"
#include "lib/template/program.h"
#include "lib/template/template.h"

struct loop {
    const char *element;
    size_t index, n;
};

static bool loop_is(const struct loop *loop, enum loop_fact fact)
{
    return fact == LOOP_FIRST  ? loop->index == 0
           : fact == LOOP_LAST ? loop->index + 1 == loop->n
                               : true; /* the index counts from 1 */
}

static bool is_true(const struct step *step, const struct loop *loops)
{
    const void *value = loops[step->list].element + step->offset;

    if (step->fact != LOOP_NOTHING)
        return loop_is(&loops[step->list], step->fact);
    switch ((enum field_type)step->type) {
    case FIELD_TYPE_INT: return *(const int64_t *)value != 0;
    case FIELD_TYPE_BOOL: return *(const bool *)value;
    case FIELD_TYPE_TEXT: return ((const struct str *)value)->n != 0;
    case FIELD_TYPE_MOMENT: return ((const struct moment *)value)->ms != 0;
    case FIELD_TYPE_HTML: return ((const struct html *)value)->markup.n != 0;
    case FIELD_TYPE_STRUCT: return true;
    case FIELD_TYPE_LIST: return ((const struct any_list *)value)->n != 0;
    }
    return false;
}

/* Escaped for an attribute; where it begins the address, or follows its first
 * '/', it must not lead anywhere but to a page. */
static void add_link(struct buf *out, struct str s, size_t begin)
{
    size_t before = out->n - begin;
    bool behind_slash = before == 1 && out->p[begin] == '/';
    bool slash_again = s.n && ((unsigned char)s.p[0] <= ' ' || s.p[0] == '/' || s.p[0] == '\\');

    if ((before == 0 && !link_is_safe(s)) || (behind_slash && slash_again))
        s = STR("about:invalid");
    escape_add(out, s, ESCAPE_LINK);
}

static void add_value(const struct step *step, const struct loop *loops, size_t link_begin, struct buf *out)
{
    const struct loop *loop = &loops[step->list];
    const void *value = loop->element + step->offset;

    if (step->fact == LOOP_INDEX) {
        buf_add_int(out, (int64_t)loop->index + 1);
        return;
    }
    switch ((enum field_type)step->type) {
    case FIELD_TYPE_INT: buf_add_int(out, *(const int64_t *)value); break;
    case FIELD_TYPE_MOMENT: moment_add(out, *(const struct moment *)value, (enum moment_form)step->form); break;
    case FIELD_TYPE_HTML: escape_add(out, ((const struct html *)value)->markup, (enum escape)step->escape); break;
    case FIELD_TYPE_TEXT:
        if (step->escape == ESCAPE_LINK)
            add_link(out, *(const struct str *)value, link_begin);
        else
            escape_add(out, *(const struct str *)value, (enum escape)step->escape);
        break;
    case FIELD_TYPE_BOOL:
    case FIELD_TYPE_STRUCT:
    case FIELD_TYPE_LIST: break; /* the compiler lets none through */
    }
}

void template_render(const struct template *template, const void *data, struct buf *out)
{
    struct loop loops[PROGRAM_LISTS] = {{.element = data, .n = 1}};
    size_t link_begin = 0;

    CHECK_LIVE(template, TEMPLATE_MAGIC);
    for (size_t at = 0; at < template->steps.n;) {
        const struct step *step = &template->steps.at[at++];
        struct loop *loop = &loops[step->opens];
        switch ((enum step_kind)step->kind) {
        case STEP_TEXT:
            buf_add_str(out, step->text);
            if (step->link)
                link_begin = out->n - (out->overflow ? 0 : step->link_tail);
            break;
        case STEP_VALUE: add_value(step, loops, link_begin, out); break;
        case STEP_IF: at = is_true(step, loops) ? at : step->jump; break;
        case STEP_IF_NOT: at = is_true(step, loops) ? step->jump : at; break;
        case STEP_EACH: {
            const struct any_list *list = (const void *)(loops[step->list].element + step->offset);
            *loop = (struct loop){.element = list->at, .n = list->n};
            at = list->n ? at : step->jump;
            break;
        }
        case STEP_NEXT:
            loop->element += step->element_size;
            at = ++loop->index < loop->n ? step->jump : at;
            break;
        }
    }
}
