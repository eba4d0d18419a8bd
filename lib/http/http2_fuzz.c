/* http2_fuzz.c - any bytes on a connection of HTTP/2: every request is answered and let go of. The client's preface
 * comes by itself. Other than in HTTP/1.1 the outcome may depend on how the network cut the bytes, since a frame means
 * something else when its stream has been closed meanwhile. */
#include "lib/http/connection_fuzz.h"

#include <nghttp2/nghttp2.h>

#define PREFACE NGHTTP2_CLIENT_MAGIC "\0\0\0\4\0\0\0\0\0"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf input = BUF(1 << 20);

    buf_add(&input, PREFACE, sizeof PREFACE - 1);
    buf_add(&input, data, size);
    fuzz_connection(buf_str(&input), 0, h2_open);
    fuzz_connection(buf_str(&input), str_hash(buf_str(&input), 1) | 1, h2_open);
    buf_free(&input);
    return 0;
}
