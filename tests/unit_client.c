/* unit_client.c - the client of unit_wire.h. */
#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "tests/unit_wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BYTES_MOST (64 * 1024 * 1024)
#define READ_SECONDS 5

static struct arena *memory; /* of all replies, so that tests need not free them */

static void free_memory(void)
{
    arena_free(&memory);
}

struct client wire_connect(const struct wire *wire)
{
    struct sockaddr_in four = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)wire->port)};
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    bool is_unix = wire->port == 0;
    struct client client = {.fd = socket(is_unix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0),
                            .input = BUF(BYTES_MOST)};
    struct timeval patience = {.tv_sec = READ_SECONDS};

    if (!memory) {
        memory = arena_new();
        atexit(free_memory);
    }
    snprintf(local.sun_path, sizeof local.sun_path, "%s/socket", wire->dir);
    struct sockaddr *address = is_unix ? (struct sockaddr *)&local : (struct sockaddr *)&four;
    CHECK(client.fd >= 0);
    if (connect(client.fd, address, is_unix ? sizeof local : sizeof four) != 0)
        die("cannot connect: %s", strerror(errno));
    setsockopt(client.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(client.fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return client;
}

struct client wire_connect_tls(const struct wire *wire, const char *alpn)
{
    struct client client = wire_connect(wire);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    unsigned char protocols[20];

    client.ssl = SSL_new(context);
    SSL_CTX_free(context);
    SSL_set_fd(client.ssl, client.fd);
    if (alpn) {
        protocols[0] = (unsigned char)strlen(alpn);
        memcpy(protocols + 1, alpn, protocols[0]);
        SSL_set_alpn_protos(client.ssl, protocols, protocols[0] + 1u);
    }
    if (SSL_connect(client.ssl) != 1) { /* the test sees it by the missing session */
        SSL_free(client.ssl);
        client.ssl = NULL;
    }
    return client;
}

void client_close(struct client *client)
{
    if (client->ssl) {
        SSL_shutdown(client->ssl);
        SSL_free(client->ssl);
    }
    if (client->fd >= 0)
        close(client->fd);
    if (client->input.p)
        buf_free(&client->input);
    *client = (struct client){.fd = -1};
}

/* A server that has hung up meanwhile is no error here: what it said is read later. */
void client_send(struct client *client, const void *bytes, size_t n)
{
    const char *at = bytes;

    while (n) {
        ssize_t sent = client->ssl ? SSL_write(client->ssl, at, (int)n) : send(client->fd, at, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        at += sent;
        n -= (size_t)sent;
    }
}

void client_say(struct client *client, const char *text)
{
    client_send(client, text, strlen(text));
}

/* False: the server has closed, or reset, or said nothing for READ_SECONDS. */
static bool read_some(struct client *client)
{
    char bytes[16384];
    ssize_t got = client->ssl ? SSL_read(client->ssl, bytes, sizeof bytes) : recv(client->fd, bytes, sizeof bytes, 0);

    if (got <= 0)
        return false;
    buf_add(&client->input, bytes, (size_t)got);
    return true;
}

static struct str take(struct client *client, size_t n)
{
    struct str taken = str_copy(memory, str_head(buf_str(&client->input), n));

    memmove(client->input.p, client->input.p + taken.n, client->input.n - taken.n);
    client->input.n -= taken.n;
    return taken;
}

struct str client_read_bytes(struct client *client, size_t n)
{
    while (client->input.n < n && read_some(client))
        continue;
    return client->input.n ? take(client, n) : STR("");
}

struct str client_read_line(struct client *client)
{
    ptrdiff_t feed;

    while ((feed = str_find_char(buf_str(&client->input), '\n', 0)) < 0)
        if (!read_some(client))
            return STR("");
    struct str line = take(client, (size_t)feed + 1);
    return str_trim(line);
}

static struct str read_chunks(struct client *client)
{
    struct str all = STR("");

    for (;;) {
        struct str line = client_read_line(client);
        char digits[20] = "";
        memcpy(digits, line.p, line.n < 19 ? line.n : 19);
        size_t n = strtoul(digits, NULL, 16);
        all = str_join(memory, all, client_read_bytes(client, n));
        client_read_line(client);
        if (n == 0)
            return all;
    }
}

struct str reply_header(const struct reply *reply, const char *name)
{
    for (struct str rest = reply->head; rest.p;) {
        struct str value = str_trim(str_cut(&rest, '\n'));
        if (str_equal_nocase(str_cut(&value, ':'), str_of(name)))
            return str_trim(value);
    }
    return (struct str){NULL, 0};
}

static int64_t number_of(struct str s)
{
    int64_t n = 0;

    str_to_int(s, &n);
    return n;
}

struct reply client_read(struct client *client, bool head_only)
{
    struct reply reply = {.status = 0};
    ptrdiff_t end;

    while ((end = str_find(buf_str(&client->input), STR("\r\n\r\n"), 0)) < 0)
        if (!read_some(client))
            return reply;
    reply.head = take(client, (size_t)end + 4);
    CHECK(str_starts(reply.head, STR("HTTP/1.1 ")));
    reply.status = (int)number_of(str_head(str_from(reply.head, 9), 3));
    struct str length = reply_header(&reply, "Content-Length");
    if (head_only || reply.status == 304 || reply.status == 204 || reply.status < 200)
        return reply;
    if (length.p)
        reply.body = client_read_bytes(client, (size_t)number_of(length));
    else if (str_equal(reply_header(&reply, "Transfer-Encoding"), STR("chunked")))
        reply.body = read_chunks(client);
    else
        reply.body = client_read_bytes(client, BYTES_MOST);
    return reply;
}

struct reply client_ask(struct client *client, const char *text)
{
    client_say(client, text);
    return client_read(client, false);
}

bool client_is_closed(struct client *client)
{
    char byte;

    errno = 0;
    ssize_t got = client->ssl ? SSL_read(client->ssl, &byte, 1) : recv(client->fd, &byte, 1, 0);

    return client->input.n == 0 && got <= 0 && errno != EAGAIN;
}
