/* json_jansson.h - jansson, with the three names that both of us chose set aside; private to lib/json. */
#ifndef HAOWAI_JSON_JSON_JANSSON_H
#define HAOWAI_JSON_JSON_JANSSON_H

#define JSON_OBJECT JANSSON_OBJECT
#define JSON_REAL JANSSON_REAL
#define JSON_NULL JANSSON_NULL
#define json_type jansson_type
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_REAL
#undef JSON_NULL
#undef json_type

#endif
