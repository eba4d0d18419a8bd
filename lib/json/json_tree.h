/* json_tree.h - the inside of a value; private to lib/json. */
#ifndef HAOWAI_JSON_JSON_TREE_H
#define HAOWAI_JSON_JSON_TREE_H

#include "lib/json/json.h"

struct json {
    enum json_kind kind;
    union {
        int64_t number;  /* of an int; 0 or 1 of a bool */
        struct str text; /* of a text; the digits of a real, as they are written again */
        struct {         /* of a list or an object */
            size_t n;
            struct json *at;
            struct str *names; /* of an object */
        };
    };
};

#endif
