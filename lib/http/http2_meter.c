/* http2_meter.c - what a reader of HTTP/2 costs, and since when a head has been coming in.
 *
 * The protocol lets a reader ask for much work with few bytes: open and reset, ping, change settings, send nothing in
 * many frames. Rather than a rule for each known attack there is one account: a frame that brings no request forward
 * costs a unit or more, and one for each KiB of it; useful work (an answer sent whole, data taken) pays units back, and
 * so does time. Who owes more than DEBT_MOST is sent away. Frames are counted before nghttp2 sees them, so it does not
 * matter which of them it ignores.
 */
#include "lib/http/http2.h"

#define DEBT_MOST 800
#define FORGIVEN_PER_SECOND 10
#define SMALL_DATA 64

void h2_credit(struct connection *connection, int64_t value)
{
    struct h2 *h2 = connection->h2;

    h2->debt = h2->debt > value ? h2->debt - value : 0;
}

void h2_charge(struct connection *connection, int64_t cost)
{
    struct h2 *h2 = connection->h2;
    int64_t now = connection->loop->now_ms, forgiven = (now - h2->debt_ms) * FORGIVEN_PER_SECOND / 1000;

    if (forgiven > 0) {
        h2->debt_ms = now;
        h2_credit(connection, forgiven);
    }
    h2->debt += cost;
}

static size_t payload_size(const unsigned char frame[9])
{
    return (size_t)frame[0] << 16 | (size_t)frame[1] << 8 | frame[2];
}

/* Data that nobody waits for is a burden, and so are crumbs; what is padded may be one. */
static int64_t cost_of_data(const struct h2 *h2, int32_t stream_id, size_t size, int flags)
{
    const struct http_exchange *exchange = nghttp2_session_get_stream_user_data(h2->session, stream_id);

    if (!exchange || exchange->state != EXCHANGE_READING)
        return 1 + (int64_t)(size / 1024);
    return flags & NGHTTP2_FLAG_PADDED ? 1 : size < SMALL_DATA && !(flags & NGHTTP2_FLAG_END_STREAM);
}

static int64_t cost_of_frame(const struct h2 *h2)
{
    const unsigned char *frame = h2->frame;
    size_t size = payload_size(frame);
    int32_t stream_id =
        (int32_t)((uint32_t)(frame[5] & 127) << 24 | (uint32_t)frame[6] << 16 | (uint32_t)frame[7] << 8 | frame[8]);

    switch (frame[3]) {
    case NGHTTP2_DATA: return cost_of_data(h2, stream_id, size, frame[4]);
    case NGHTTP2_HEADERS: return 0;    /* a request; what it does wrong is charged when its stream is reset */
    case NGHTTP2_RST_STREAM: return 2; /* and for the work that was begun */
    default: return 1 + (int64_t)(size / 1024);
    }
}

static bool is_of_a_head(const struct h2 *h2)
{
    return h2->frame[3] == NGHTTP2_HEADERS || h2->frame[3] == NGHTTP2_CONTINUATION;
}

static void end_of_frame(struct h2 *h2)
{
    if (is_of_a_head(h2) && (h2->frame[4] & NGHTTP2_FLAG_END_HEADERS))
        h2->heading_ms = 0;
    h2->frame_at = 0;
}

static void begin_of_frame(struct connection *connection)
{
    struct h2 *h2 = connection->h2;

    h2_charge(connection, cost_of_frame(h2));
    h2->payload_left = payload_size(h2->frame);
    if (is_of_a_head(h2) && !h2->heading_ms)
        h2->heading_ms = connection->loop->now_ms;
    if (!h2->payload_left)
        end_of_frame(h2);
}

void h2_meter(struct connection *connection, struct str bytes)
{
    struct h2 *h2 = connection->h2;

    while (bytes.n) {
        if (h2->payload_left) {
            size_t step = h2->payload_left < bytes.n ? h2->payload_left : bytes.n;
            h2->payload_left -= step;
            bytes = str_from(bytes, step);
            if (!h2->payload_left)
                end_of_frame(h2);
        } else {
            h2->frame[h2->frame_at++] = (unsigned char)bytes.p[0];
            bytes = str_from(bytes, 1);
            if (h2->frame_at == sizeof h2->frame)
                begin_of_frame(connection);
        }
    }
}

bool h2_is_abused(const struct h2 *h2)
{
    return h2->debt > DEBT_MOST;
}
