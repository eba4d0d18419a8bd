/* http2.c - HTTP/2 is not spoken yet: tls.c does not offer it, so none of this is ever called. */
#include "lib/http/inside.h"

void h2_open(struct connection *connection)
{
    connection_close(connection);
}

void h2_drive(struct connection *connection)
{
    connection_close(connection);
}

void h2_answer(struct http_exchange *exchange)
{
    connection_close(exchange->connection);
}

void h2_shutdown(struct connection *connection)
{
    connection_close(connection);
}

int64_t h2_deadline(const struct connection *connection)
{
    return connection->since_ms;
}

void h2_free(struct connection *connection)
{
    connection->h2 = NULL;
}
