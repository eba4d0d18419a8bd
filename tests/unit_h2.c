/* unit_h2.c - the client of unit_h2.h, by nghttp2. */
#include "tests/unit_h2.h"

#include "lib/base/check.h"

#define LINES 200

static struct stream *find(struct h2_client *client, int32_t id)
{
    for (int i = 0; i < client->n; i++)
        if (client->streams[i].id == id)
            return &client->streams[i];
    return NULL;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name, size_t name_size,
                     const uint8_t *value, size_t value_size, uint8_t flags, void *user_data)
{
    struct stream *stream = find(user_data, frame->hd.stream_id);

    (void)session;
    (void)flags;
    if (name_size == 7 && memcmp(name, ":status", 7) == 0)
        stream->status = (int)strtol((const char *)value, NULL, 10);
    buf_printf(&stream->head, "%.*s: %.*s\n", (int)name_size, name, (int)value_size, value);
    return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *bytes, size_t n, void *user_data)
{
    (void)session;
    (void)flags;
    buf_add(&find(user_data, id)->body, bytes, n);
    return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t error, void *user_data)
{
    struct stream *stream = find(user_data, id);

    (void)session;
    stream->closed = true;
    stream->error = error;
    return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *user_data)
{
    struct h2_client *client = user_data;

    (void)session;
    client->goaway = client->goaway || frame->hd.type == NGHTTP2_GOAWAY;
    return 0;
}

static ssize_t on_wanted(nghttp2_session *session, int32_t id, uint8_t *out, size_t n, uint32_t *flags,
                         nghttp2_data_source *source, void *user_data)
{
    struct stream *stream = source->ptr;

    (void)session;
    (void)id;
    (void)user_data;
    if (stream->sends_slowly && !stream->sending_left)
        return NGHTTP2_ERR_DEFERRED;
    n = n < stream->sending_left ? n : stream->sending_left;
    memcpy(out, stream->sending, n);
    stream->sending += n;
    stream->sending_left -= n;
    if (!stream->sending_left && !stream->sends_slowly)
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return (ssize_t)n;
}

struct h2_client *h2_connect(struct wire *wire, uint32_t window)
{
    nghttp2_session_callbacks *callbacks;
    struct h2_client *client = calloc(1, sizeof *client);
    nghttp2_option *option;
    nghttp2_settings_entry settings = {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window ? window : 1 << 20};

    client->wire = wire_connect_tls(wire, "h2");
    CHECK(client->wire.ssl != NULL);
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_option_new(&option);
    nghttp2_option_set_no_http_messaging(option, 1); /* we want to be able to say nonsense */
    nghttp2_option_set_no_auto_window_update(option, window != 0);
    nghttp2_session_client_new2(&client->session, callbacks, client, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(client->session, NGHTTP2_FLAG_NONE, &settings, 1);
    nghttp2_session_set_local_window_size(client->session, NGHTTP2_FLAG_NONE, 0, 1 << 24);
    return client;
}

void h2_close(struct h2_client **pointer)
{
    struct h2_client *client = *pointer;

    nghttp2_session_del(client->session);
    for (int i = 0; i < client->n; i++) {
        buf_free(&client->streams[i].head);
        buf_free(&client->streams[i].body);
    }
    client_close(&client->wire);
    free(client);
    *pointer = NULL;
}

void h2_flush(struct h2_client *client)
{
    const uint8_t *bytes;
    ssize_t n;

    while ((n = nghttp2_session_mem_send(client->session, &bytes)) > 0)
        client_send(&client->wire, bytes, (size_t)n);
}

bool h2_step(struct h2_client *client)
{
    static uint8_t bytes[65536];

    h2_flush(client);
    int got = SSL_read(client->wire.ssl, bytes, sizeof bytes);
    client->ended = got <= 0;
    return got > 0 && nghttp2_session_mem_recv(client->session, bytes, (size_t)got) == got;
}

int h2_send(struct h2_client *client, const char *lines, const char *body, size_t body_size, bool slowly)
{
    nghttp2_nv nv[LINES];
    size_t n = 0;
    struct stream *stream = &client->streams[client->n];
    nghttp2_data_provider provider = {.source.ptr = stream, .read_callback = on_wanted};

    *stream = (struct stream){.head = BUF(100000),
                              .body = BUF(100000000),
                              .sending = body,
                              .sending_left = body_size,
                              .sends_slowly = slowly};
    for (struct str rest = str_of(lines); rest.n;) {
        struct str line = str_cut(&rest, '\n');
        size_t colon = (size_t)str_find(line, STR(": "), 0);
        nv[n++] = (nghttp2_nv){.name = (uint8_t *)(uintptr_t)line.p,
                               .namelen = colon,
                               .value = (uint8_t *)(uintptr_t)line.p + colon + 2,
                               .valuelen = line.n - colon - 2};
    }
    stream->id = nghttp2_submit_request(client->session, NULL, nv, n, body ? &provider : NULL, NULL);
    CHECK(stream->id > 0);
    return client->n++;
}

int h2_get(struct h2_client *client, const char *path)
{
    char lines[500];

    snprintf(lines, sizeof lines, ":method: GET\n:scheme: https\n:authority: x\n:path: %s\n", path);
    return h2_send(client, lines, NULL, 0, false);
}

struct stream *h2_wait(struct h2_client *client, int which)
{
    while (!client->streams[which].closed && h2_step(client))
        continue;
    return &client->streams[which];
}

struct stream *h2_ask(struct h2_client *client, const char *path)
{
    return h2_wait(client, h2_get(client, path));
}
