/* compile.c - from tokens to steps.
 *
 * The compiler walks the tokens once, keeping the stack of contexts and the
 * cursor in the page. Literal text is collected until something must happen at
 * run time, so comments, struct sections and partials leave no step behind.
 * Partials are compiled where they are included: the same partial may mean
 * different fields, and stand in a different attribute, each time.
 *
 * Invariant: `literal` is empty whenever the index of a step is taken.
 */
#include "lib/base/check.h"
#include "lib/template/context.h"
#include "lib/template/names.h"
#include "lib/template/parse.h"
#include "lib/template/template.h"

#include <stdarg.h>

enum {
    PARTIAL_DEPTH = 16,    /* partials inside each other */
    PARTIAL_COUNT = 1000,  /* in one template: one that includes itself twice would not end otherwise */
    TEXT_MAX = 16 << 20,   /* bytes of one literal run, partials included */
    INDENTED_MAX = 1 << 20 /* bytes of one partial with its indentation */
};

/* What is being read: the template or a partial. */
struct unit {
    struct str file;
    struct tokens tokens;
    unsigned depth;
};

struct compiler {
    struct template *template;
    struct arena *scratch;
    const struct template_options *options;
    const struct unit *unit; /* innermost */
    unsigned line;           /* of the token being compiled */
    struct str ending;       /* of the file's name, with the dot */
    struct scopes scopes;
    size_t sections; /* open ones */
    size_t lists;    /* open ones, the root included */
    struct cursor cursor;
    struct buf literal;
    ptrdiff_t link_at; /* where in `literal` an address attribute begins, or -1 */
    size_t partials;
    char *error;
    size_t error_size;
};

static bool fail(struct compiler *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool fail(struct compiler *c, const char *format, ...)
{
    char sentence[300];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    snprintf(c->error, c->error_size, "%.*s:%u: %s", STR_ARG(c->unit->file), c->line, sentence);
    return false;
}

static bool compile_range(struct compiler *c, size_t from, size_t to);

/* --- steps ------------------------------------------------------------------ */

static void flush_literal(struct compiler *c)
{
    if (c->literal.n == 0)
        return;

    struct step *step = LIST_ADD(c->template->arena, &c->template->steps);
    *step = (struct step){.kind = STEP_TEXT, .text = str_copy(c->template->arena, buf_str(&c->literal))};
    if (c->link_at >= 0) {
        step->link = true;
        step->link_tail = (uint32_t)(c->literal.n - (size_t)c->link_at);
    }
    c->link_at = -1;
    buf_clear(&c->literal);
}

/* Adds a step about the subject and returns its index. */
static size_t add_step(struct compiler *c, enum step_kind kind, const struct subject *subject)
{
    flush_literal(c);
    *LIST_ADD(c->template->arena, &c->template->steps) = (struct step){.kind = (uint8_t)kind,
                                                                       .type = (uint8_t)subject->type,
                                                                       .fact = (uint8_t)subject->fact,
                                                                       .form = (uint8_t)subject->form,
                                                                       .list = (uint8_t)subject->list,
                                                                       .offset = subject->offset};
    return c->template->steps.n - 1;
}

static void jump_here(struct compiler *c, size_t step)
{
    flush_literal(c);
    c->template->steps.at[step].jump = (uint32_t)c->template->steps.n;
}

/* --- tags ------------------------------------------------------------------- */

static bool compile_text(struct compiler *c, struct str text)
{
    ptrdiff_t link_at;
    const char *wrong = cursor_feed(&c->cursor, text, &link_at);

    if (wrong)
        return fail(c, "%s", wrong);
    if (link_at >= 0)
        c->link_at = (ptrdiff_t)c->literal.n + link_at;
    buf_add_str(&c->literal, text);
    return !c->literal.overflow || fail(c, "the template is larger than %d bytes", TEXT_MAX);
}

/* *known is false when a lenient template names what there is not. */
static bool resolve(struct compiler *c, struct str name, struct subject *out, bool *known)
{
    char sentence[250];
    enum name_result result = name_resolve(&c->scopes, name, out, sentence, sizeof sentence);

    *known = result == NAME_FOUND;
    return *known || (result == NAME_UNKNOWN && c->options->lenient) || fail(c, "%s", sentence);
}

static bool check_printable(struct compiler *c, struct str name, const struct subject *subject)
{
    struct str shown = str_head(name, 60);

    if (subject->type == FIELD_TYPE_STRUCT || subject->type == FIELD_TYPE_LIST)
        return fail(c, "\"%.*s\" is %s and cannot be printed: open a section with {{#%.*s}}", STR_ARG(shown),
                    subject_kind(subject), STR_ARG(shown));
    if (subject->type == FIELD_TYPE_MOMENT && subject->form == MOMENT_FORM_NONE)
        return fail(c, "\"%.*s\" is a moment and needs a form: %s", STR_ARG(shown), MOMENT_FORM_NAMES);
    return true;
}

static bool compile_value(struct compiler *c, struct str name, bool raw)
{
    struct subject subject;
    enum escape escape = ESCAPE_NONE;
    bool known;

    if (!resolve(c, name, &subject, &known))
        return false;
    if (!known || subject.type == FIELD_TYPE_BOOL)
        return true;
    if (!check_printable(c, name, &subject))
        return false;

    bool number = subject.type == FIELD_TYPE_INT || moment_form_is_number(subject.form);
    const char *wrong =
        cursor_value(&c->cursor, (struct printed){.type = subject.type, .number = number, .raw = raw}, &escape);
    if (wrong)
        return fail(c, "\"%.*s\": %s", STR_ARG(str_head(name, 60)), wrong);
    size_t step = add_step(c, STEP_VALUE, &subject);
    c->template->steps.at[step].escape = (uint8_t)escape;
    return true;
}

/* The scope of a section's body: the element of a list, or the value itself. */
static bool push_scope(struct compiler *c, const struct subject *subject)
{
    struct scope scope = {.subject = *subject};

    if (subject->type == FIELD_TYPE_LIST) {
        if (c->lists == PROGRAM_LISTS)
            return fail(c, "lists are more than %d deep", PROGRAM_LISTS - 1);
        scope.element = true;
        scope.subject = (struct subject){
            .type = subject->of ? FIELD_TYPE_STRUCT : FIELD_TYPE_TEXT, .of = subject->of, .list = c->lists++};
    }
    c->scopes.at[c->scopes.n++] = scope;
    return true;
}

static bool compile_list(struct compiler *c, const struct subject *list, size_t from, size_t to)
{
    size_t number = c->lists;
    size_t each = add_step(c, STEP_EACH, list);
    size_t element_size = list->of ? list->of->size : sizeof(struct str);

    if (!push_scope(c, list) || !compile_range(c, from, to))
        return false;
    size_t next = add_step(c, STEP_NEXT, list);
    struct step *steps = c->template->steps.at;
    steps[each].opens = steps[next].opens = (uint8_t)number;
    steps[next].element_size = element_size;
    steps[next].jump = (uint32_t)each + 1;
    jump_here(c, each);
    c->scopes.n--;
    c->lists--;
    return true;
}

/* A struct's section costs nothing when it is rendered; a condition leaves
 * bools out of the contexts, so that {{.}} stays what it was. */
static bool compile_once(struct compiler *c, const struct subject *subject, bool inverted, size_t from, size_t to)
{
    bool conditional = inverted || subject->type != FIELD_TYPE_STRUCT;
    bool scoped = !inverted && subject->type != FIELD_TYPE_BOOL;
    size_t condition = conditional ? add_step(c, inverted ? STEP_IF_NOT : STEP_IF, subject) : 0;

    if (scoped && !push_scope(c, subject))
        return false;
    if (!compile_range(c, from, to))
        return false;
    if (conditional)
        jump_here(c, condition);
    if (scoped)
        c->scopes.n--;
    return true;
}

static bool compile_any_section(struct compiler *c, size_t opening)
{
    const struct token *token = &c->unit->tokens.at[opening];
    bool inverted = token->kind == TOKEN_INVERTED;
    size_t from = opening + 1, to = token->match;
    struct subject subject;
    bool known;

    if (!resolve(c, token->text, &subject, &known))
        return false;
    if (!known)
        return !inverted || compile_range(c, from, to);
    if (subject.form != MOMENT_FORM_NONE)
        return fail(c, "a section asks whether the moment is set: leave \".%.*s\" out",
                    STR_ARG(str_from(token->text, (size_t)str_find_char(token->text, '.', 0) + 1)));

    cursor_boundary(&c->cursor);
    struct cursor before = c->cursor;
    bool done = subject.type == FIELD_TYPE_LIST && !inverted ? compile_list(c, &subject, from, to)
                                                             : compile_once(c, &subject, inverted, from, to);
    if (!done)
        return false;
    cursor_boundary(&c->cursor);
    c->line = token->line;
    const char *wrong = cursor_merge(&c->cursor, &before);
    return !wrong || fail(c, "\"%.*s\": %s", STR_ARG(str_head(token->text, 60)), wrong);
}

/* The depth is bounded because the compiler calls itself, also for conditions that open no scope. */
static bool compile_section(struct compiler *c, size_t opening)
{
    if (c->sections == SECTIONS_DEEP)
        return fail(c, "sections are more than %d deep", SECTIONS_DEEP);
    c->sections++;
    bool done = compile_any_section(c, opening);
    c->sections--;
    return done;
}

/* --- partials --------------------------------------------------------------- */

/* Every line of a partial that stands alone is moved in as far as its tag. */
static bool indent_lines(struct compiler *c, struct str indent, struct str *text)
{
    struct buf lines = BUF(INDENTED_MAX);

    if (indent.n == 0)
        return true;
    for (size_t at = 0; at < text->n;) {
        ptrdiff_t newline = str_find_char(*text, '\n', at);
        size_t end = newline < 0 ? text->n : (size_t)newline + 1;
        buf_add_str(&lines, indent);
        buf_add(&lines, text->p + at, end - at);
        at = end;
    }
    bool fits = !lines.overflow;
    *text = str_copy(c->scratch, buf_str(&lines));
    buf_free(&lines);
    return fits || fail(c, "an indented partial is larger than %d bytes", INDENTED_MAX);
}

static bool compile_unit(struct compiler *c, struct str file, struct str text, unsigned depth)
{
    const struct unit *outer = c->unit;
    unsigned line = c->line;
    struct unit unit = {.file = file, .depth = depth};
    struct flaw flaw;

    c->unit = &unit;
    if (!template_parse(c->scratch, text, &unit.tokens, &flaw)) {
        c->line = flaw.line;
        return fail(c, "%s", flaw.sentence);
    }
    if (!compile_range(c, 0, unit.tokens.n))
        return false;
    c->unit = outer ? outer : c->unit;
    c->line = outer ? line : c->line;
    return true;
}

static bool compile_partial(struct compiler *c, const struct token *token)
{
    const struct template_source *source = c->options->source;
    struct str name = token->text, text;

    if (!source || !source->load(source->context, name, &text))
        return c->options->lenient || fail(c, "there is no partial \"%.*s\"", STR_ARG(str_head(name, 60)));
    /* Recursion over data needs a check at run time that compilation in place has not; a lenient
     * template ends it here, where the data is meant to have ended long before. */
    if (c->unit->depth == PARTIAL_DEPTH)
        return c->options->lenient || fail(c, "partials are more than %d deep: does \"%.*s\" include itself?",
                                           PARTIAL_DEPTH, STR_ARG(str_head(name, 60)));
    if (++c->partials > PARTIAL_COUNT)
        return fail(c, "more than %d partials are included", PARTIAL_COUNT);
    return indent_lines(c, token->indent, &text) &&
           compile_unit(c, str_join(c->scratch, name, c->ending), text, c->unit->depth + 1);
}

/* --- all of it -------------------------------------------------------------- */

static bool compile_range(struct compiler *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct token *token = &c->unit->tokens.at[i];
        bool done = true;
        c->line = token->line;
        switch (token->kind) {
        case TOKEN_TEXT: done = compile_text(c, token->text); break;
        case TOKEN_VALUE: done = compile_value(c, token->text, false); break;
        case TOKEN_RAW: done = compile_value(c, token->text, true); break;
        case TOKEN_PARTIAL: done = compile_partial(c, token); break;
        case TOKEN_CLOSE: break;
        case TOKEN_SECTION:
        case TOKEN_INVERTED:
            done = compile_section(c, i);
            i = token->match;
            break;
        }
        if (!done)
            return false;
    }
    return true;
}

static struct str ending_of(struct str file)
{
    for (size_t i = file.n; i-- > 0 && file.p[i] != '/';)
        if (file.p[i] == '.')
            return str_from(file, i);
    return STR("");
}

static bool language_of(struct str ending, enum language *out)
{
    static const struct {
        struct str ending;
        enum language language;
    } languages[] = {{STR_INIT(".html"), LANGUAGE_HTML},
                     {STR_INIT(".xml"), LANGUAGE_XML},
                     {STR_INIT(".json"), LANGUAGE_JSON},
                     {STR_INIT(".txt"), LANGUAGE_TEXT}};

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_equal(ending, languages[i].ending)) {
            *out = languages[i].language;
            return true;
        }
    return false;
}

static bool compile_file(struct compiler *c, struct str file, struct str text)
{
    const struct unit nothing = {.file = file};
    enum language language;

    c->unit = &nothing;
    c->line = 1;
    if (!language_of(c->ending, &language))
        return fail(c, "a template's name ends in .html, .xml, .json or .txt");
    cursor_start(&c->cursor, language);
    if (!compile_unit(c, file, text, 0))
        return false;
    flush_literal(c);
    const char *wrong = cursor_end(&c->cursor);
    return !wrong || fail(c, "%s", wrong);
}

struct template *template_compile(struct str file, struct str text, const struct fields *root,
                                  const struct template_options *options, char *error, size_t error_size)
{
    static const struct template_options plain = {.audience = FIELD_FOR_EVERYONE};
    struct arena *arena = arena_new();
    struct template *template = ARENA_NEW(arena, struct template);
    struct compiler c = {.template = template,
                         .scratch = arena_new(),
                         .options = options ? options : &plain,
                         .ending = ending_of(file),
                         .lists = 1,
                         .literal = BUF(TEXT_MAX),
                         .link_at = -1,
                         .error = error,
                         .error_size = error_size};

    *template = (struct template){.magic = TEMPLATE_MAGIC, .arena = arena};
    c.scopes = (struct scopes){.n = 1, .audience = c.options->audience};
    c.scopes.at[0].subject = (struct subject){.type = FIELD_TYPE_STRUCT, .of = root};
    bool done = compile_file(&c, file, text);
    buf_free(&c.literal);
    arena_free(&c.scratch);
    if (!done)
        template_free(&template);
    return template;
}

void template_free(struct template **template)
{
    if (!*template)
        return;
    CHECK_LIVE(*template, TEMPLATE_MAGIC);
    struct arena *arena = (*template)->arena;
    (*template)->magic = 0;
    *template = NULL;
    arena_free(&arena);
}
