/* media_file.h - looking at a file of DIR/media. */
#ifndef HAOWAI_MEDIA_MEDIA_FILE_H
#define HAOWAI_MEDIA_MEDIA_FILE_H

#include "src/media/media_rules.h"

/* The first bytes (at most `most`) of a file in the directory `dir`. False when there is no plain file of that name
 * (links are not followed), or it cannot be read. */
bool media_file_head(int dir, struct arena *arena, struct str file, size_t most, struct str *out);

/* Its length in bytes; 0 when there is no such plain file. */
int64_t media_file_bytes(int dir, struct arena *arena, struct str file);

/* Reads the picture's size. NULL, or a sentence that says what is wrong and what to do. */
const char *media_picture_problem(int dir, struct arena *arena, struct str file, struct picture *out);

/* The same for a video file, whose size is not read. */
const char *media_video_problem(int dir, struct arena *arena, struct str file);

#endif
