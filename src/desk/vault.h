/* vault.h - the second database: what no process that talks to readers may ever see.
 *
 * Passwords, sessions, keys and what members tell about themselves will live
 * there. Only the desk opens it; the file is its user's alone (0600), and the
 * edge's sandbox does not reach it.
 */
#ifndef HAOWAI_DESK_VAULT_H
#define HAOWAI_DESK_VAULT_H

#include "src/app.h"

/* Makes DIR/vault.db when it is not there, and brings its schema up to date. */
bool vault_make(const struct app *app, struct db_problem *problem);

#endif
