/* loss.c - a short list, searched from the front: kinds are few, however many stories there are. */
#include "src/importing/loss.h"

#include "lib/base/utf8.h"

static const struct fields EXAMPLE_FIELDS =
    FIELDS(struct loss_example, FIELD(struct loss_example, line), FIELD(struct loss_example, text));
const struct fields LOSS_FIELDS = FIELDS(struct loss, FIELD(struct loss, field), FIELD(struct loss, what),
                                         FIELD(struct loss, times), FIELD_LIST(struct loss, examples, EXAMPLE_FIELDS));

enum { NAME_MOST = 40 }; /* characters of a field's name, which may be a stranger's */

static struct loss *find(struct losses *losses, struct str field, struct str what)
{
    for (size_t i = 0; i < losses->kinds.n; i++)
        if (str_equal(losses->kinds.at[i].what, what) && str_equal(losses->kinds.at[i].field, field))
            return &losses->kinds.at[i];
    return NULL;
}

static struct loss *find_or_add(struct losses *losses, struct str field, struct str what)
{
    struct loss *loss = find(losses, field, what);

    if (loss)
        return loss;
    if (losses->kinds.n >= LOSS_KINDS - 1) {
        field = STR("others");
        what = STR("further kinds of losses");
        if ((loss = find(losses, field, what)))
            return loss;
    }
    loss = LIST_ADD(losses->arena, &losses->kinds);
    loss->field = str_copy(losses->arena, field);
    loss->what = str_copy(losses->arena, what);
    return loss;
}

static void add_example(struct losses *losses, struct loss *loss, int64_t line, struct str text)
{
    if (text.n && loss->examples.n < LOSS_EXAMPLES)
        *LIST_ADD(losses->arena, &loss->examples) = (struct loss_example){line, str_copy(losses->arena, text)};
}

void loss_note_of(struct losses *losses, struct str field, struct str what, struct str example)
{
    field = str_trim(utf8_clean(losses->arena, utf8_first_chars(field, NAME_MOST), true, NULL));
    struct loss *loss = find_or_add(losses, field, what);

    loss->times++;
    if (loss->examples.n >= LOSS_EXAMPLES)
        return;
    struct str head = utf8_first_chars(example, 4 * LOSS_EXAMPLE_MOST);
    example = str_trim(utf8_clean(losses->arena, head, true, NULL));
    add_example(losses, loss, losses->line, utf8_shorten(losses->arena, example, LOSS_EXAMPLE_MOST));
}

void loss_note(struct losses *losses, const char *field, const char *what, struct str example)
{
    loss_note_of(losses, str_of(field), str_of(what), example);
}

void losses_add(struct losses *to, const struct losses *from)
{
    for (size_t i = 0; i < from->kinds.n; i++) {
        const struct loss *more = &from->kinds.at[i];
        struct loss *loss = find_or_add(to, more->field, more->what);
        loss->times += more->times;
        for (size_t k = 0; k < more->examples.n; k++)
            add_example(to, loss, more->examples.at[k].line, more->examples.at[k].text);
    }
}

void losses_write(struct buf *out, const struct losses *losses)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < losses->kinds.n; i++) {
        if (i)
            buf_add_char(out, ',');
        json_write(out, losses->arena, &LOSS_FIELDS, &losses->kinds.at[i], FIELD_FOR_EVERYONE);
    }
    buf_add_char(out, ']');
}

static void read_one(struct losses *losses, const struct json *json)
{
    const struct json *examples = json_member(json, "examples");
    int64_t times = json_member_int(json, "times", 0);
    struct str what = json_member_text(json, "what", STR(""));

    if (times < 1 || what.n == 0)
        return;
    struct loss *loss = find_or_add(losses, json_member_text(json, "field", STR("")), what);
    loss->times += times;
    for (size_t i = 0; i < json_count(examples); i++) {
        const struct json *example = json_element(examples, i);
        add_example(losses, loss, json_member_int(example, "line", 0), json_member_text(example, "text", STR("")));
    }
}

void losses_read(struct losses *losses, const struct json *json)
{
    if (json_type(json) != JSON_LIST)
        return;
    for (size_t i = 0; i < json_count(json); i++)
        read_one(losses, json_element(json, i));
}
