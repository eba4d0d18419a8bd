/* tls.c - certificates, and what we ask of TLS: 1.2 or newer, no renegotiation, ALPN that means what it says.
 *
 * A reload makes a new context and swaps it in; connections hold references to the one they began with. A client that
 * offers protocols of which we speak none is turned away (RFC 7301, 3.2), so bytes meant for another service are never
 * read as HTTP.
 */
#include "lib/http/inside.h"

#include <openssl/err.h>

struct tls {
    char *certificate, *private_key;
    pthread_mutex_t lock;
    SSL_CTX *context;
};

static int choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_size, const unsigned char *offered,
                           unsigned offered_size, void *context)
{
    static const unsigned char ours[] = "\x02h2\x08http/1.1";
    unsigned char *chosen;

    (void)ssl;
    (void)context;
    if (SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, offered, offered_size) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static SSL_CTX *complain(SSL_CTX *context, const char *what, const char *file, char *error, size_t error_size)
{
    char reason[160];

    ERR_error_string_n(ERR_peek_last_error(), reason, sizeof reason);
    snprintf(error, error_size, "%s %s cannot be used: %s", what, file, reason);
    ERR_clear_error();
    SSL_CTX_free(context);
    return NULL;
}

static SSL_CTX *load(const struct tls *tls, char *error, size_t error_size)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());

    if (!context)
        die("OpenSSL cannot make a context");
    ERR_clear_error();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20"); /* TLS 1.2: forward secrecy and AEAD only */
    SSL_CTX_set_session_id_context(context, (const unsigned char *)"http", 4);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); /* tickets need no memory here */
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, NULL);
    if (SSL_CTX_use_certificate_chain_file(context, tls->certificate) != 1)
        return complain(context, "the certificate", tls->certificate, error, error_size);
    if (SSL_CTX_use_PrivateKey_file(context, tls->private_key, SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1)
        return complain(context, "the private key", tls->private_key, error, error_size);
    return context;
}

struct tls *tls_new(const char *certificate, const char *private_key, char *error, size_t error_size)
{
    struct tls *tls = calloc(1, sizeof *tls);

    if (!tls || !(tls->certificate = strdup(certificate)) || !(tls->private_key = strdup(private_key)))
        die("out of memory (TLS)");
    pthread_mutex_init(&tls->lock, NULL);
    tls->context = load(tls, error, error_size);
    if (!tls->context)
        tls_free(&tls);
    return tls;
}

void tls_free(struct tls **pointer)
{
    struct tls *tls = *pointer;

    if (!tls)
        return;
    SSL_CTX_free(tls->context);
    pthread_mutex_destroy(&tls->lock);
    free(tls->certificate);
    free(tls->private_key);
    free(tls);
    *pointer = NULL;
}

bool tls_reload(struct tls *tls, char *error, size_t error_size)
{
    SSL_CTX *fresh = load(tls, error, error_size);

    if (!fresh)
        return false;
    pthread_mutex_lock(&tls->lock);
    SSL_CTX *old = tls->context;
    tls->context = fresh;
    pthread_mutex_unlock(&tls->lock);
    SSL_CTX_free(old);
    return true;
}

SSL *tls_open(struct tls *tls, int fd)
{
    pthread_mutex_lock(&tls->lock);
    SSL *ssl = SSL_new(tls->context);
    pthread_mutex_unlock(&tls->lock);

    if (!ssl || SSL_set_fd(ssl, fd) != 1)
        die("out of memory (TLS)");
    SSL_set_accept_state(ssl);
    return ssl;
}

int tls_handshake(SSL *ssl)
{
    ERR_clear_error();
    int result = SSL_do_handshake(ssl);

    if (result == 1)
        return 1;
    int error = SSL_get_error(ssl, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

bool tls_chose_h2(SSL *ssl)
{
    const unsigned char *name;
    unsigned size;

    SSL_get0_alpn_selected(ssl, &name, &size);
    return size == 2 && memcmp(name, "h2", 2) == 0;
}
