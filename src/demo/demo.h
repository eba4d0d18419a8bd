/* demo.h - the demo paper 海風日報 inside the program: something to look at after `make run`. */
#ifndef HAOWAI_DEMO_DEMO_H
#define HAOWAI_DEMO_DEMO_H

#include "lib/web/acting.h"
#include "src/app.h"

/* Its title and the like become the paper's. Texts live in the arena. */
void demo_settings(struct arena *arena, struct settings *out);

/* Fills an empty paper: media files into DIR/media, then everything else by the desk's actions, dated back from `now`.
 * False with a sentence in *problem. */
bool demo_fill(const char *dir, struct acting *acting, struct moment now, struct db_problem *problem);

#endif
