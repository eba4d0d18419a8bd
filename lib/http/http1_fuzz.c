/* http1_fuzz.c - any bytes on a connection of HTTP/1.1: every request is answered and let go of, and how the network
 * cut the bytes makes no difference. */
#include "lib/http/connection_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    struct outcome whole = fuzz_connection(input, 0, NULL);
    struct outcome pieces = fuzz_connection(input, str_hash(input, 1) | 1, NULL);

    CHECK(whole.asked == pieces.asked && whole.digest == pieces.digest && whole.closed == pieces.closed);
    return 0;
}
