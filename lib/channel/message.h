/* message.h - what goes over the channel: one packet, one message.
 *
 * byte 0: version; byte 1: kind; bytes 2-9: a number, little endian; then text.
 * Which kinds have a number or a text is said below; what a kind does not have
 * must be absent (0, empty). Anything else is no message.
 */
#ifndef HAOWAI_CHANNEL_MESSAGE_H
#define HAOWAI_CHANNEL_MESSAGE_H

#include "lib/base/str.h"

enum {
    MESSAGE_VERSION = 1,
    MESSAGE_HEAD = 10,
    MESSAGE_TEXT_MOST = 32 * 1024,
    MESSAGE_MOST = MESSAGE_HEAD + MESSAGE_TEXT_MOST
};

enum message_kind {
    /* from the hearer */
    MESSAGE_HELLO = 1, /* "I hold no lease any more" */
    MESSAGE_RENEW,     /* number: which renewal */
    MESSAGE_APPLIED,   /* number: of the change */
    MESSAGE_NOTE,      /* number: what kind of note; text */
    /* from the teller */
    MESSAGE_WELCOME, /* "from now on you are told" */
    MESSAGE_GRANTED, /* number: the renewal's */
    MESSAGE_CHANGE,  /* number: its sequence; text: its tags */
    MESSAGE_LOOK_UP, /* the same with too many tags for a message: read them from the database */
};

struct message {
    enum message_kind kind;
    uint64_t number;
    struct str text;
};

/* Writes it to `out`, which holds MESSAGE_MOST bytes; returns its length. The text must not be too long. */
size_t message_write(char *out, const struct message *message);

/* False when `packet` is no message. The text points into the packet. */
bool message_read(struct str packet, struct message *out);

#endif
