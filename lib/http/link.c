/* link.c - the socket, with or without TLS.
 *
 * epoll tells edges, so what the socket said last is remembered in `readable` and `writable` and only a system call
 * that came back short or with EAGAIN changes them. A failure closes the connection here, so callers only look
 * whether they got something.
 */
#include "lib/http/inside.h"

#include <errno.h>
#include <openssl/err.h>
#include <sys/sendfile.h>
#include <unistd.h>

static ssize_t failed(struct connection *connection)
{
    connection_close(connection);
    return LINK_FAILED;
}

/* After an SSL call that moved nothing. Either direction may be what it waits for, so connection_event sets both. */
static ssize_t tls_result(struct connection *connection, int result, bool *ready)
{
    switch (SSL_get_error(connection->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: *ready = false; return LINK_AGAIN;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: return failed(connection);
    }
}

ssize_t link_read(struct connection *connection, char *bytes, size_t n)
{
    if (connection->ssl) {
        size_t got = 0;
        ERR_clear_error();
        int result = SSL_read_ex(connection->ssl, bytes, n, &got);
        return result > 0 ? (ssize_t)got : tls_result(connection, result, &connection->readable);
    }

    ssize_t got = recv(connection->fd, bytes, n, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        connection->readable = errno == EINTR;
        return LINK_AGAIN;
    }
    if (got < 0)
        return failed(connection);
    if ((size_t)got < n && !connection->reader_done)
        connection->readable = false; /* drained; the next byte is a new edge */
    return got;
}

/* Copies the pieces together, for TLS wants one range. */
static size_t flatten(const struct iovec *pieces, size_t count, char *out, size_t room)
{
    size_t n = 0;

    for (size_t i = 0; i < count && n < room; i++) {
        size_t part = pieces[i].iov_len < room - n ? pieces[i].iov_len : room - n;
        memcpy(out + n, pieces[i].iov_base, part);
        n += part;
    }
    return n;
}

/* A write that could not be finished is repeated with the same bytes in front, as OpenSSL demands, because the queue
 * gives them in the same order again. */
static ssize_t tls_write(struct connection *connection, const char *bytes, size_t n)
{
    size_t sent = 0;

    ERR_clear_error();
    int result = SSL_write_ex(connection->ssl, bytes, n, &sent);
    if (result <= 0)
        return tls_result(connection, result, &connection->writable);
    connection->since_ms = connection->loop->now_ms;
    return (ssize_t)sent;
}

static ssize_t plain_result(struct connection *connection, ssize_t sent, size_t wanted)
{
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
        connection->writable = errno == EINTR;
        return LINK_AGAIN;
    }
    if (sent < 0)
        return failed(connection);
    if ((size_t)sent < wanted)
        connection->writable = false;
    connection->since_ms = connection->loop->now_ms;
    return sent;
}

ssize_t link_write(struct connection *connection, struct iovec *pieces, size_t count, bool more)
{
    size_t wanted = 0;

    if (connection->ssl) {
        char *output = connection->loop->output;
        if (count == 1)
            return tls_write(connection, pieces->iov_base,
                             pieces->iov_len < OUTPUT_SIZE ? pieces->iov_len : OUTPUT_SIZE);
        return tls_write(connection, output, flatten(pieces, count, output, OUTPUT_SIZE));
    }
    for (size_t i = 0; i < count; i++)
        wanted += pieces[i].iov_len;
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = count};
    ssize_t sent = sendmsg(connection->fd, &message, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
    return plain_result(connection, sent, wanted);
}

ssize_t link_send_file(struct connection *connection, int file, uint64_t offset, uint64_t n)
{
    off_t at = (off_t)offset;

    if (connection->ssl) {
        char *output = connection->loop->output;
        ssize_t got = pread(file, output, n < OUTPUT_SIZE ? n : OUTPUT_SIZE, at);
        return got <= 0 ? failed(connection) : tls_write(connection, output, (size_t)got);
    }
    ssize_t sent = sendfile(connection->fd, file, &at, n);
    if (sent == 0)
        return failed(connection); /* the file is shorter than its answer said */
    return plain_result(connection, sent,
                        sent > 0 ? (size_t)sent : n); /* short: the socket is full, or the file ends */
}

void link_shutdown(struct connection *connection)
{
    if (connection->ssl && connection->phase != PHASE_HANDSHAKE) {
        ERR_clear_error();
        SSL_shutdown(connection->ssl);
    }
    shutdown(connection->fd, SHUT_WR);
}
