/* unit_wire.c - the server of unit_wire.h; unit_client.c is its client. */
#include "tests/unit_wire.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BYTES_MOST (64 * 1024 * 1024)
#define PIECES 40

/* --- the handler ---------------------------------------------------------------------- */

/* What an answer points to, until it is released. */
struct payload {
    struct wire *wire;
    struct http_exchange *exchange; /* of answers by a thread */
    struct arena *arena;
    struct iovec pieces[PIECES];
    int64_t number, size;
};

static struct payload *payload_new(struct wire *wire)
{
    struct payload *payload = calloc(1, sizeof *payload);

    CHECK(payload != NULL);
    payload->wire = wire;
    payload->arena = arena_new();
    wire->made++;
    return payload;
}

static void release(void *owner)
{
    struct payload *payload = owner;

    payload->wire->released++;
    arena_free(&payload->arena);
    free(payload);
}

static struct http_answer answer_of(struct payload *payload, int status, struct str body)
{
    payload->pieces[0] = (struct iovec){(char *)(uintptr_t)body.p, body.n};
    return (struct http_answer){
        .status = status,
        .headers = STR("Content-Type: text/plain; charset=utf-8\r\n"),
        .pieces = payload->pieces,
        .piece_count = 1,
        .file = -1,
        .length = body.n,
        .release = release,
        .owner = payload,
    };
}

static int64_t number_of(struct str s)
{
    int64_t n = 0;

    str_to_int(s, &n);
    return n;
}

static struct http_answer hello(struct payload *payload)
{
    struct http_answer answer = answer_of(payload, 200, STR("hello"));

    payload->pieces[1] = (struct iovec){(char *)(uintptr_t) ", ", 2};
    payload->pieces[2] = (struct iovec){(char *)(uintptr_t) "world", 5};
    answer.piece_count = 3;
    answer.length = 12;
    answer.more_headers = STR("ETag: \"1\"\r\n");
    return answer;
}

/* N letters a to z over and over, in PIECES pieces of different sizes. */
static struct http_answer many_bytes(struct payload *payload, int64_t n)
{
    char *bytes = arena_bytes(payload->arena, (size_t)n);
    struct http_answer answer = answer_of(payload, 200, (struct str){bytes, (size_t)n});
    size_t step = (size_t)n / PIECES, at = 0;

    for (size_t i = 0, part = 26; i < (size_t)n; i += part) { /* doubles what is there: handlers must not take long */
        part = i == 0 ? 26 : i;
        part = part < (size_t)n - i ? part : (size_t)n - i;
        memcpy(bytes + i, i == 0 ? "abcdefghijklmnopqrstuvwxyz" : bytes, part);
    }
    for (int i = 0; i < PIECES; i++) {
        payload->pieces[i] = (struct iovec){bytes + at, i < PIECES - 1 ? step : (size_t)n - at};
        at += payload->pieces[i].iov_len;
    }
    answer.piece_count = PIECES;
    return answer;
}

static struct http_answer echo(struct payload *payload, const struct http_request *request)
{
    size_t n = (size_t)request->body.length;
    char *copy = arena_bytes(payload->arena, n);
    struct http_answer answer = answer_of(payload, 200, (struct str){copy, n});

    if (request->body.file < 0)
        memcpy(copy, request->body.memory.p, n);
    else
        CHECK(pread(request->body.file, copy, n, 0) == (ssize_t)n);
    if (request->body.file >= 0)
        answer.more_headers = STR("X-Body: file\r\n");
    return answer;
}

static struct http_answer show_headers(struct payload *payload, const struct http_request *request)
{
    struct buf text = BUF(BYTES_MOST);

    for (size_t i = 0; i < request->header_count; i++)
        buf_printf(&text, "%.*s: %.*s\n", STR_ARG(request->headers[i].name), STR_ARG(request->headers[i].value));
    struct str copy = str_copy(payload->arena, buf_str(&text));
    buf_free(&text);
    return answer_of(payload, 200, copy);
}

static struct http_answer part_of_file(struct payload *payload, struct str range)
{
    struct http_answer answer = answer_of(payload, 206, STR(""));
    struct str rest = range;
    char path[100];

    answer.file_offset = (uint64_t)number_of(str_cut(&rest, '-'));
    answer.length = (uint64_t)number_of(rest);
    answer.piece_count = 0;
    snprintf(path, sizeof path, "%s/file", payload->wire->dir);
    answer.file = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(answer.file >= 0);
    return answer;
}

static void *answer_later(void *argument)
{
    struct payload *payload = argument;
    struct wire *wire = payload->wire;
    struct http_answer answer = answer_of(payload, 200, STR("later"));

    usleep((useconds_t)payload->number * 1000);
    http_answer(payload->exchange, &answer);
    wire->threads--;
    return NULL;
}

static void *write_stream(void *argument)
{
    struct payload *payload = argument;
    struct wire *wire = payload->wire;
    struct http_exchange *exchange = payload->exchange;
    struct http_answer answer = answer_of(payload, 200, STR(""));
    int64_t number = payload->number, size = payload->size;
    char *line = malloc((size_t)size);
    bool taken = true;

    CHECK(line != NULL);
    memset(line, 'x', (size_t)size - 1);
    line[size - 1] = '\n';
    answer.piece_count = 0;
    answer.length = HTTP_LENGTH_UNKNOWN;
    http_answer(exchange, &answer);
    for (int64_t i = 0; i < number && taken; i++) {
        taken = http_stream_write(exchange, (struct str){line, (size_t)size});
        wire->written += taken ? (uint64_t)size : 0;
        usleep(number < 100 ? 2000 : 0);
    }
    wire->refused_writes += !taken;
    http_stream_end(exchange);
    free(line);
    wire->threads--;
    return NULL;
}

static bool start_thread(struct payload *payload, struct http_exchange *exchange, void *(*work)(void *))
{
    pthread_t thread;

    payload->exchange = exchange;
    payload->wire->threads++;
    CHECK(pthread_create(&thread, NULL, work, payload) == 0);
    pthread_detach(thread);
    return false;
}

static bool handle(void *context, int loop, struct http_exchange *exchange, struct http_answer *answer)
{
    const struct http_request *request = http_exchange_request(exchange);
    struct payload *payload = payload_new(context);
    struct str path = request->path, query = request->query;

    (void)loop;
    payload->wire->requests++;
    payload->number = number_of(query);
    if (str_equal(path, STR("/hello"))) {
        *answer = hello(payload);
    } else if (str_equal(path, STR("/bytes"))) {
        *answer = many_bytes(payload, payload->number);
    } else if (str_equal(path, STR("/echo"))) {
        *answer = echo(payload, request);
    } else if (str_equal(path, STR("/headers"))) {
        *answer = show_headers(payload, request);
    } else if (str_equal(path, STR("/client"))) {
        *answer = answer_of(
            payload, 200,
            str_printf(payload->arena, "%.*s %s", STR_ARG(request->client), request->secure ? "https" : "http"));
    } else if (str_equal(path, STR("/file"))) {
        *answer = part_of_file(payload, query);
    } else if (str_equal(path, STR("/status"))) {
        *answer = answer_of(payload, (int)payload->number, STR(""));
    } else if (str_equal(path, STR("/close"))) {
        *answer = answer_of(payload, 200, STR("bye"));
        answer->close = true;
    } else if (str_equal(path, STR("/later"))) {
        return start_thread(payload, exchange, answer_later);
    } else if (str_equal(path, STR("/stream"))) {
        struct str rest = query;
        payload->number = number_of(str_cut(&rest, 'x'));
        payload->size = number_of(rest);
        return start_thread(payload, exchange, write_stream);
    } else if (str_equal(path, STR("/endless"))) {
        payload->number = INT64_MAX;
        payload->size = 1000;
        return start_thread(payload, exchange, write_stream);
    } else {
        *answer = answer_of(payload, 404, STR("nothing here"));
    }
    return true;
}

static void answered(void *context, int loop, const struct http_request *request, int status, uint64_t sent,
                     int64_t microseconds)
{
    struct wire *wire = context;

    (void)loop;
    (void)sent;
    CHECK(request->path.n >= 1 && status >= 200 && microseconds >= 0);
    wire->answered++;
}

/* --- the server ------------------------------------------------------------------------- */

void wire_make_certificate(const char *dir, const char *name)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x509 = X509_new();
    X509_NAME *subject = X509_get_subject_name(x509);
    char path[2][100];

    snprintf(path[0], sizeof path[0], "%s/cert.pem", dir);
    snprintf(path[1], sizeof path[1], "%s/key.pem", dir);
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509), 86400);
    X509_set_pubkey(x509, key);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(x509, subject);
    CHECK(X509_sign(x509, key, EVP_sha256()) > 0);
    FILE *file = fopen(path[0], "w");
    CHECK(file && PEM_write_X509(file, x509) == 1 && fclose(file) == 0);
    file = fopen(path[1], "w");
    CHECK(file && PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1 && fclose(file) == 0);
    X509_free(x509);
    EVP_PKEY_free(key);
}

static void make_file(const char *dir)
{
    char path[100], *bytes = malloc(3000000);

    snprintf(path, sizeof path, "%s/file", dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    for (size_t i = 0; i < 3000000; i++)
        bytes[i] = (char)('A' + i % 26);
    CHECK(fd >= 0 && write(fd, bytes, 3000000) == 3000000);
    close(fd);
    free(bytes);
}

static int listen_tcp(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, 1024) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&address, &size) == 0);
    *port = ntohs(address.sin_port);
    return fd;
}

static int listen_unix(const char *dir)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", dir);
    CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 100) == 0);
    return fd;
}

/* Members that a test left at zero get the default. */
static struct http_limits limits_of(const struct http_limits *wanted)
{
    struct http_limits limits = http_default_limits;

#define TAKE(member) limits.member = wanted->member ? wanted->member : limits.member
    TAKE(target);
    TAKE(header_block);
    TAKE(header_count);
    TAKE(header_ms);
    TAKE(idle_ms);
    TAKE(body_grace_ms);
    TAKE(body_rate);
    TAKE(write_stall_ms);
    TAKE(body_memory);
    TAKE(connections);
    TAKE(connections_per_source);
    TAKE(requests_per_connection);
    TAKE(stream_backlog);
#undef TAKE
    limits.body = wanted->body ? wanted->body : 1 << 20;
    return limits;
}

struct wire *wire_open(const struct wire_options *options)
{
    struct wire *wire = calloc(1, sizeof *wire);
    struct http_handler handler = {.context = wire, .request = handle, .answered = answered};
    char error[200] = "", certificate[100], key[100];

    CHECK(wire != NULL);
    signal(SIGPIPE, SIG_IGN); /* OpenSSL writes to whoever has hung up */
    snprintf(wire->dir, sizeof wire->dir, "/tmp/haowai-wire-XXXXXX");
    CHECK(mkdtemp(wire->dir) != NULL);
    make_file(wire->dir);
    snprintf(certificate, sizeof certificate, "%s/cert.pem", wire->dir);
    snprintf(key, sizeof key, "%s/key.pem", wire->dir);
    if (options->tls)
        wire_make_certificate(wire->dir, "first");
    struct http_config config = {
        .limits = limits_of(&options->limits),
        .loops = options->loops ? options->loops : 1,
        .spill_dir = wire->dir,
        .trusted_proxies = str_of(options->trusted),
        .certificate = options->tls ? certificate : NULL,
        .private_key = options->tls ? key : NULL,
    };
    wire->server = http_server_new(&config, &handler, error, sizeof error);
    if (!wire->server)
        die("%s", error);
    wire->tls = options->tls;
    wire->owns_fd = !options->fd;
    wire->fd = options->fd ? options->fd : options->unix_socket ? listen_unix(wire->dir) : listen_tcp(&wire->port);
    for (int i = 0; i < config.loops; i++)
        http_server_listen(wire->server, i, wire->fd, options->tls, false);
    http_server_start(wire->server);
    return wire;
}

void wire_stop(struct wire *wire, int64_t deadline_ms)
{
    if (!wire->stopped)
        http_server_stop(wire->server, deadline_ms);
    wire->stopped = true;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *ftw)
{
    (void)status;
    (void)kind;
    (void)ftw;
    return remove(path);
}

void wire_close(struct wire **pointer)
{
    struct wire *wire = *pointer;

    wire_stop(wire, 0);
    wire_wait(&wire->threads, 0);
    http_server_free(&wire->server);
    CHECK(wire->made == wire->released); /* every answer is let go of, exactly once */
    CHECK(wire->requests == wire->answered);
    if (wire->owns_fd)
        close(wire->fd);
    nftw(wire->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(wire);
    *pointer = NULL;
}

void wire_wait(const _Atomic int *counter, int value)
{
    int64_t until = clock_steady_ms() + 10000;

    while (*counter != value) {
        if (clock_steady_ms() > until)
            die("waited 10 s for a counter to become %d; it is %d", value, *counter);
        usleep(2000);
    }
}

void wire_settle(struct wire *wire)
{
    struct http_counts counts;

    wire_wait(&wire->threads, 0);
    for (int i = 0; i < 2500; i++) {
        http_server_counts(wire->server, &counts);
        if (!counts.connections_now && wire->released == wire->made && wire->answered == wire->requests)
            return;
        usleep(4000);
    }
    die("waited 10 s for readers to be gone; %d are left", (int)counts.connections_now);
}
