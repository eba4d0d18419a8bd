/* message.c - the one place that knows the bytes of a message. */
#include "lib/channel/message.h"

#include "lib/base/check.h"

enum { HAS_NUMBER = 1, HAS_TEXT = 2 };

static const unsigned char HAS[] = {
    [MESSAGE_HELLO] = 0,
    [MESSAGE_RENEW] = HAS_NUMBER,
    [MESSAGE_APPLIED] = HAS_NUMBER,
    [MESSAGE_NOTE] = HAS_NUMBER | HAS_TEXT,
    [MESSAGE_WELCOME] = 0,
    [MESSAGE_GRANTED] = HAS_NUMBER,
    [MESSAGE_CHANGE] = HAS_NUMBER | HAS_TEXT,
    [MESSAGE_LOOK_UP] = HAS_NUMBER,
};

static bool fits(const struct message *message)
{
    unsigned char has = HAS[message->kind];

    return (has & HAS_NUMBER || message->number == 0) && (has & HAS_TEXT || message->text.n == 0) &&
           message->text.n <= MESSAGE_TEXT_MOST;
}

size_t message_write(char *out, const struct message *message)
{
    CHECK(fits(message));
    out[0] = MESSAGE_VERSION;
    out[1] = (char)message->kind;
    for (int i = 0; i < 8; i++)
        out[2 + i] = (char)(message->number >> 8 * i);
    if (message->text.n)
        memcpy(out + MESSAGE_HEAD, message->text.p, message->text.n);
    return MESSAGE_HEAD + message->text.n;
}

bool message_read(struct str packet, struct message *out)
{
    const unsigned char *bytes = (const unsigned char *)packet.p;

    if (packet.n < MESSAGE_HEAD || bytes[0] != MESSAGE_VERSION || bytes[1] < MESSAGE_HELLO ||
        bytes[1] > MESSAGE_LOOK_UP)
        return false;
    *out = (struct message){.kind = bytes[1], .text = str_from(packet, MESSAGE_HEAD)};
    for (int i = 0; i < 8; i++)
        out->number |= (uint64_t)bytes[2 + i] << 8 * i;
    return fits(out);
}
