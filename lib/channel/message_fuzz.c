/* message_fuzz.c - whatever is taken for a message is written as the same bytes. */
#include "lib/channel/message.h"

#include "lib/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char packet[MESSAGE_MOST];
    struct str bytes = {(const char *)data, size};
    struct message message;

    if (!message_read(bytes, &message))
        return 0;
    size_t n = message_write(packet, &message);
    CHECK(str_equal(bytes, (struct str){packet, n}));
    return 0;
}
