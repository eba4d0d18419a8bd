/* chunked.h - private: the chunked transfer coding (RFC 9112, 7.1), byte by byte if need be. */
#ifndef HAOWAI_HTTP_CHUNKED_H
#define HAOWAI_HTTP_CHUNKED_H

#include "lib/base/str.h"

struct chunked {
    int state;     /* 0 at first */
    int digits;    /* of the size that is being read */
    uint64_t left; /* bytes of the chunk still to come */
    size_t extras; /* bytes of extensions and trailers so far, all chunks */
};

enum chunked_event {
    CHUNKED_MORE, /* all input is used up, more is needed */
    CHUNKED_DATA, /* *data is a piece of the body, pointing into the input */
    CHUNKED_END,  /* the body is complete; what is left of the input follows it */
    CHUNKED_BAD,
};

/* Takes from the front of *input until something is to be told. */
enum chunked_event chunked_next(struct chunked *chunked, struct str *input, struct str *data);

#endif
