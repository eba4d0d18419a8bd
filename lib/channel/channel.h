/* channel.h - one process changes data, others keep copies: how they learn of it in time.
 *
 * The *teller* commits changes and tells every *hearer* before it says "done".
 * A hearer answers when it has applied the change. One that does not answer is
 * not waited for longer than its lease: a hearer trusts its copies only while
 * it holds a lease, which it renews all the time. The lease counts from when
 * the hearer sent its renewal and, at the teller, from when that arrived, so
 * the hearer's is over first.
 *
 * A hearer listens on a socket of its own in a directory both know, the teller
 * finds it there and connects: so a hearer needs no right to connect anywhere.
 * A teller that starts finds the hearers of the one before it, and until each
 * has said hello (which ends the lease it may have) or LEASE_MS have passed,
 * nothing is "done".
 *
 * Notes go the other way, from hearer to teller, and may get lost.
 */
#ifndef HAOWAI_CHANNEL_CHANNEL_H
#define HAOWAI_CHANNEL_CHANNEL_H

#include "lib/base/str.h"

enum { LEASE_MS = 2000, LEASE_RENEW_MS = 500, NOTE_MOST = 32 * 1024, HEARERS_MOST = 64 };

/* --- the teller -------------------------------------------------------------------- */

struct teller;

struct teller_config {
    const char *dir; /* where hearers listen; made when it is not there */
    /* A hearer sent a note; on the teller's own thread, must not block for long. `pid` is the hearer's process. */
    void (*note)(void *context, int64_t pid, int kind, struct str text);
    /* It is gone; may be NULL. */
    void (*left)(void *context, int64_t pid);
    void *context;
};

/* NULL with errno when the directory cannot be used. */
struct teller *teller_new(const struct teller_config *config);
void teller_free(struct teller **teller);

/* Tells a change (its tags separated by spaces) and waits until every hearer has applied it or lost its lease. Sequence
 * 0: nothing to tell, but whatever an earlier teller did must be known. One caller at a time. */
void teller_tell(struct teller *teller, uint64_t sequence, struct str tags);

struct hearer_state {
    int64_t pid;
    int64_t lease_ms; /* left of its lease; 0: none */
    uint64_t applied; /* the last change it answered; 0: none since it came */
    bool waited_for;  /* has not answered all it was told */
};

/* At most `most`; returns how many. */
int teller_hearers(struct teller *teller, struct hearer_state *out, int most);

/* --- a hearer ------------------------------------------------------------------------ */

struct hearer;

struct hearer_config {
    const char *dir;
    /* All on the hearer's own thread. */
    /* Learn every change there is (from the database). False: not now. */
    bool (*catch_up)(void *context);
    /* A change was made. False: there are others before it that were not told; then catch_up is called. */
    bool (*change)(void *context, uint64_t sequence, struct str tags);
    /* Copies may be trusted until then (clock_steady_ms); 0: not any more. */
    void (*lease)(void *context, int64_t until_ms);
    /* Once a second, with or without a teller, and once more at the end; the place to send notes. */
    void (*tick)(void *context, struct hearer *hearer);
    void *context;
};

/* Opens its socket; starts no thread yet. NULL with errno. */
struct hearer *hearer_new(const struct hearer_config *config);
void hearer_start(struct hearer *hearer);

/* Ends the thread and the lease. The socket's name stays for the teller to remove: a hearer may have lost the right to.
 */
void hearer_free(struct hearer **hearer);

/* From `tick` only. False: nobody is there to read it, keep it for later. At most NOTE_MOST bytes. */
bool hearer_note(struct hearer *hearer, int kind, struct str text);

#endif
