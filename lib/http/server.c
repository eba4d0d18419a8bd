/* server.c - the loops together: made, started, stopped, counted. */
#include "lib/http/inside.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>

#define UNSENT_MOST (128 * 1024) /* bytes the kernel keeps for a reader who does not take them; without it 4 MB */

const struct http_limits http_default_limits = {
    .target = 8 * 1024,
    .header_block = 32 * 1024,
    .header_count = 100,
    .header_ms = 10000,
    .idle_ms = 60000,
    .body_grace_ms = 10000,
    .body_rate = 1024,
    .write_stall_ms = 30000,
    .body = 0,
    .body_memory = 64 * 1024,
    .connections = 20000,
    .connections_per_source = 256,
    .requests_per_connection = 100000,
    .stream_backlog = 256 * 1024,
};

static const char *complaint_about(const struct http_config *config, struct proxies *proxies)
{
    const struct http_limits *limits = &config->limits;

    if (config->loops < 1 || config->loops > 1024)
        return "a server needs 1 to 1024 loops";
    if (limits->header_block < 512 || limits->header_block > INPUT_SIZE / 2 || limits->target >= limits->header_block)
        return "the limit of a header block must lie between 512 bytes and 64 KiB, and be above that of a target";
    if (limits->header_count < 8 || limits->header_count > 1000)
        return "the limit of headers must lie between 8 and 1000";
    if (limits->body_rate < 1 || limits->connections < 1)
        return "a limit that must be positive is not";
    if (!config->certificate != !config->private_key)
        return "a certificate needs a private key, and the other way round";
    if (!proxies_parse(config->trusted_proxies, proxies))
        return "the list of trusted proxies holds something that is no address, block a.b.c.d/n or \"local\"";
    return NULL;
}

struct http_server *http_server_new(const struct http_config *config, const struct http_handler *handler, char *error,
                                    size_t error_size)
{
    struct proxies proxies;
    const char *complaint = complaint_about(config, &proxies);
    struct tls *tls = NULL;

    if (complaint) {
        snprintf(error, error_size, "%s", complaint);
        return NULL;
    }
    if (config->certificate && !(tls = tls_new(config->certificate, config->private_key, error, error_size)))
        return NULL;

    struct http_server *server = calloc(1, sizeof *server);
    struct loop **loops = calloc((size_t)config->loops, sizeof(struct loop *));
    if (!server || !loops)
        die("out of memory (server)");
    *server = (struct http_server){
        .magic = SERVER_MAGIC, .config = *config, .handler = *handler, .proxies = proxies, .tls = tls, .loops = loops};
    server->sources = sources_new(config->limits.connections_per_source);
    for (int i = 0; i < config->loops; i++)
        loops[i] = loop_new(server, i);
    return server;
}

void http_server_listen(struct http_server *server, int loop, int fd, bool tls, bool kind)
{
    struct listener *listener = calloc(1, sizeof *listener);
    int one = 1, unsent = UNSENT_MOST;

    CHECK_LIVE(server, SERVER_MAGIC);
    CHECK(!server->running && loop >= 0 && loop < server->config.loops && (!tls || server->tls));
    if (!listener)
        die("out of memory (listener)");
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); /* accepted sockets inherit these; Unix ones refuse */
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
    *listener = (struct listener){
        .event = EVENT_LISTENER, .fd = fd, .tls = tls, .kind = kind, .next = server->loops[loop]->listeners};
    server->loops[loop]->listeners = listener;
}

void http_server_start(struct http_server *server)
{
    CHECK_LIVE(server, SERVER_MAGIC);
    CHECK(!server->running);
    server->running = true;
    for (int i = 0; i < server->config.loops; i++)
        if (pthread_create(&server->loops[i]->thread, NULL, loop_run, server->loops[i]) != 0)
            die("cannot start a thread for event loop %d", i);
}

bool http_server_reload_tls(struct http_server *server, char *error, size_t error_size)
{
    CHECK_LIVE(server, SERVER_MAGIC);
    if (server->tls)
        return tls_reload(server->tls, error, error_size);
    snprintf(error, error_size, "this server has no certificate to reload");
    return false;
}

void http_server_stop(struct http_server *server, int64_t deadline_ms)
{
    CHECK_LIVE(server, SERVER_MAGIC);
    if (!server->running)
        return;
    atomic_store(&server->stop_deadline_ms, clock_steady_ms() + deadline_ms);
    atomic_store(&server->stopping, true);
    for (int i = 0; i < server->config.loops; i++)
        loop_wake(server->loops[i]);
    for (int i = 0; i < server->config.loops; i++)
        pthread_join(server->loops[i]->thread, NULL);
    server->running = false;
}

void http_server_free(struct http_server **pointer)
{
    struct http_server *server = *pointer;

    if (!server)
        return;
    CHECK_LIVE(server, SERVER_MAGIC);
    CHECK(!server->running);
    for (int i = 0; i < server->config.loops; i++)
        loop_free(&server->loops[i]);
    sources_free(&server->sources);
    tls_free(&server->tls);
    free(server->loops);
    server->magic = 0;
    free(server);
    *pointer = NULL;
}

static uint64_t read_count(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void http_server_counts(const struct http_server *server, struct http_counts *out)
{
    CHECK_LIVE(server, SERVER_MAGIC);
    *out = (struct http_counts){.connections_now = (uint64_t)atomic_load(&server->connections_now)};
    for (int i = 0; i < server->config.loops; i++) {
        const struct loop_counts *counts = &server->loops[i]->counts;
        out->connections += read_count(&counts->connections);
        out->requests += read_count(&counts->requests);
        out->bytes_sent += read_count(&counts->bytes_sent);
        out->refused_requests += read_count(&counts->refused_requests);
        out->refused_connections += read_count(&counts->refused_connections);
        out->timed_out += read_count(&counts->timed_out);
        out->tls_failures += read_count(&counts->tls_failures);
    }
}
