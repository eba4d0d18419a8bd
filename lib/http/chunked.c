/* chunked.c - decodes chunked bodies, strictly.
 *
 * One state per place in the grammar, one byte at a time outside of data, so that it does not matter how the network
 * cut the bytes. Sizes are 1 to 15 hexadecimal digits and nothing else (fifteen cannot overflow); lines end with CRLF;
 * extensions and trailers are checked, counted against one small budget for the whole body, and dropped.
 */
#include "lib/http/chunked.h"

#include "lib/http/grammar.h"

enum state {
    SIZE,      /* hexadecimal digits */
    EXTENSION, /* behind ';' */
    SIZE_FEED, /* CR of the size line seen */
    DATA,
    DATA_RETURN, /* data done, CR must follow */
    DATA_FEED,
    TRAILER_START, /* start of a line behind the last chunk */
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_FEED,
    END_FEED, /* CR of the empty line seen */
    ENDED,
};

#define EXTRAS_MAX 4096
#define BROKEN (-1)

static bool is_name_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_text(unsigned char c)
{
    return (c >= ' ' && c != 127) || c == '\t';
}

static int size_byte(struct chunked *chunked, unsigned char c)
{
    int value = hex_value((char)c);

    if (value >= 0) {
        chunked->left = chunked->left * 16 + (unsigned)value;
        return ++chunked->digits <= 15 ? SIZE : BROKEN;
    }
    if (chunked->digits == 0)
        return BROKEN;
    return c == '\r' ? SIZE_FEED : c == ';' ? EXTENSION : BROKEN;
}

/* The state after a byte that is not data. */
static int next_state(struct chunked *chunked, unsigned char c)
{
    switch (chunked->state) {
    case SIZE: return size_byte(chunked, c);
    case EXTENSION: return c == '\r' ? SIZE_FEED : is_text(c) ? EXTENSION : BROKEN;
    case SIZE_FEED: return c != '\n' ? BROKEN : chunked->left ? DATA : TRAILER_START;
    case DATA_RETURN: return c == '\r' ? DATA_FEED : BROKEN;
    case DATA_FEED: return c == '\n' ? SIZE : BROKEN;
    case TRAILER_START: return c == '\r' ? END_FEED : is_name_char(c) ? TRAILER_NAME : BROKEN;
    case TRAILER_NAME: return c == ':' ? TRAILER_VALUE : is_name_char(c) ? TRAILER_NAME : BROKEN;
    case TRAILER_VALUE: return c == '\r' ? TRAILER_FEED : is_text(c) ? TRAILER_VALUE : BROKEN;
    case TRAILER_FEED: return c == '\n' ? TRAILER_START : BROKEN;
    case END_FEED: return c == '\n' ? ENDED : BROKEN;
    default: return BROKEN;
    }
}

static bool is_extra(int state)
{
    return state == EXTENSION || state == TRAILER_NAME || state == TRAILER_VALUE || state == TRAILER_FEED;
}

static struct str take_data(struct chunked *chunked, struct str *input)
{
    struct str data = str_head(*input, chunked->left < input->n ? (size_t)chunked->left : input->n);

    *input = str_from(*input, data.n);
    chunked->left -= data.n;
    if (chunked->left == 0) {
        chunked->state = DATA_RETURN;
        chunked->digits = 0;
    }
    return data;
}

enum chunked_event chunked_next(struct chunked *chunked, struct str *input, struct str *data)
{
    while (input->n) {
        if (chunked->state == DATA) {
            *data = take_data(chunked, input);
            return CHUNKED_DATA;
        }
        chunked->state = next_state(chunked, (unsigned char)input->p[0]);
        *input = str_from(*input, 1);
        if (chunked->state == ENDED)
            return CHUNKED_END;
        if (chunked->state == BROKEN || (is_extra(chunked->state) && ++chunked->extras > EXTRAS_MAX))
            return CHUNKED_BAD;
    }
    return CHUNKED_MORE;
}
