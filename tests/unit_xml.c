/* unit_xml.c - expat's events as a list, see unit_xml.h. */
#include "tests/unit_xml.h"

#include "lib/base/arena.h"
#include "lib/base/buf.h"
#include "lib/base/check.h"

#include <expat.h>

enum { DEEP = 32, TEXT_MOST = 64 << 20 };

struct reading {
    struct arena *arena;
    unit_nodes *nodes;
    struct buf text;
    size_t depth;
    struct {
        size_t node, begin; /* of the open elements: number in the list, where their text begins */
    } open[DEEP];
};

static void element_begins(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    struct unit_node *node = LIST_ADD(reading->arena, reading->nodes);

    CHECK(reading->depth < DEEP);
    node->path = str_copy(reading->arena, str_of(name));
    if (reading->depth > 0)
        node->path = str_printf(reading->arena, "%.*s/%s",
                                STR_ARG(reading->nodes->at[reading->open[reading->depth - 1].node].path), name);
    for (size_t i = 0; attributes[i]; i += 2)
        *LIST_ADD(reading->arena, &node->attributes) = (struct unit_attribute){
            str_copy(reading->arena, str_of(attributes[i])), str_copy(reading->arena, str_of(attributes[i + 1]))};
    reading->open[reading->depth].node = reading->nodes->n - 1;
    reading->open[reading->depth++].begin = reading->text.n;
}

static void element_ends(void *context, const char *name)
{
    struct reading *reading = context;

    (void)name;
    reading->depth--;
    reading->nodes->at[reading->open[reading->depth].node].text =
        str_copy(reading->arena, str_from(buf_str(&reading->text), reading->open[reading->depth].begin));
}

static void text_comes(void *context, const char *text, int n)
{
    struct reading *reading = context;

    buf_add(&reading->text, text, (size_t)n);
}

void unit_xml(struct arena *arena, struct str text, unit_nodes *out)
{
    struct reading reading = {.arena = arena, .nodes = out, .text = BUF(TEXT_MOST)};
    XML_Parser parser = XML_ParserCreate(NULL);

    XML_SetUserData(parser, &reading);
    XML_SetElementHandler(parser, element_begins, element_ends);
    XML_SetCharacterDataHandler(parser, text_comes);
    if (XML_Parse(parser, text.p, (int)text.n, 1) != XML_STATUS_OK)
        die("line %lu, column %lu: %s", (unsigned long)XML_GetCurrentLineNumber(parser),
            (unsigned long)XML_GetCurrentColumnNumber(parser), XML_ErrorString(XML_GetErrorCode(parser)));
    CHECK(!reading.text.overflow);
    XML_ParserFree(parser);
    buf_free(&reading.text);
}

/* NULL when there is none. */
static const struct unit_node *find(const unit_nodes *nodes, const char *path, size_t i)
{
    for (size_t at = 0; at < nodes->n; at++)
        if (str_equal(nodes->at[at].path, str_of(path)) && i-- == 0)
            return &nodes->at[at];
    return NULL;
}

size_t unit_count(const unit_nodes *nodes, const char *path)
{
    size_t n = 0;

    while (find(nodes, path, n))
        n++;
    return n;
}

struct str unit_text(const unit_nodes *nodes, const char *path, size_t i)
{
    const struct unit_node *node = find(nodes, path, i);

    return node ? node->text : STR("");
}

struct str unit_attribute(const unit_nodes *nodes, const char *path, size_t i, const char *name)
{
    const struct unit_node *node = find(nodes, path, i);

    for (size_t at = 0; node && at < node->attributes.n; at++)
        if (str_equal(node->attributes.at[at].name, str_of(name)))
            return node->attributes.at[at].value;
    return STR("");
}
