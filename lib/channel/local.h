/* local.h - Unix sockets by path, however long the path is. */
#ifndef HAOWAI_CHANNEL_LOCAL_H
#define HAOWAI_CHANNEL_LOCAL_H

/* Listens at `dir`/`name`, for this user only. `type` is SOCK_STREAM or SOCK_SEQPACKET. The name appears when
 * connections are possible; one that was there is replaced. -1 with errno. */
int local_listen(const char *dir, const char *name, int type);

/* -1 with errno: ECONNREFUSED when nobody listens any more. Waits for nothing: EAGAIN when too many wait already. */
int local_connect(const char *dir, const char *name, int type);

#endif
