/* once.h - what the parts of one page share while it is made. */
#ifndef HAOWAI_WEB_ONCE_H
#define HAOWAI_WEB_ONCE_H

#include "lib/web/page.h"

struct once_result {
    once_function *read;
    int64_t id;
    const void *value;
    struct tag_set tags; /* of what it read */
};

/* Of one page and one snapshot; zero-initialise. */
struct once {
    LIST(struct once_result) results;
};

#endif
