/* unit_xml.h - an XML document as a flat list of elements, for tests.
 *
 *     unit_xml(arena, body, &nodes);
 *     assert_int_equal(unit_count(&nodes, "rss/channel/item"), 2);
 *     unit_text(&nodes, "rss/channel/item/title", 0)
 *
 * Elements are known by the names that lead to them, as written, prefixes included.
 */
#ifndef HAOWAI_TESTS_UNIT_XML_H
#define HAOWAI_TESTS_UNIT_XML_H

#include "lib/base/list.h"
#include "lib/base/str.h"

struct unit_attribute {
    struct str name, value;
};

struct unit_node {
    struct str path, text; /* text: all inside it, also of the elements in it */
    LIST(struct unit_attribute) attributes;
};
typedef LIST(struct unit_node) unit_nodes;

/* In the order they begin. Ends the program when the text is not well-formed. */
void unit_xml(struct arena *arena, struct str text, unit_nodes *out);

size_t unit_count(const unit_nodes *nodes, const char *path);

/* Of number `i` (from 0) with that path; "" when there is none. */
struct str unit_text(const unit_nodes *nodes, const char *path, size_t i);
struct str unit_attribute(const unit_nodes *nodes, const char *path, size_t i, const char *name);

#endif
