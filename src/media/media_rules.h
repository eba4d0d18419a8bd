/* media_rules.h - what a media file must be: its name, and its size read from its own first bytes.
 *
 * Formats: JPEG (ITU-T T.81, Exif orientation from CIPA DC-008), PNG (W3C PNG 3rd edition), GIF (89a),
 * WebP (RFC 9649: VP8, VP8L, VP8X). Nothing is decoded; the whole of a picture is not judged here.
 */
#ifndef HAOWAI_MEDIA_MEDIA_RULES_H
#define HAOWAI_MEDIA_MEDIA_RULES_H

#include "lib/base/str.h"

enum { PICTURE_SIDE_MOST = 16383 };       /* pixels: what WebP can be */
enum { PICTURE_HEAD_MOST = 1024 * 1024 }; /* bytes of a file that are looked at */

enum picture_format { PICTURE_JPEG, PICTURE_PNG, PICTURE_GIF, PICTURE_WEBP };

struct picture {
    enum picture_format format;
    int64_t width, height; /* as shown: a JPEG lying on its side by its Exif orientation is turned */
};

/* Reads the size from the first bytes of a file (up to PICTURE_HEAD_MOST of them). False when they are no picture of
 * these formats, are cut off before the size, or tell a side of 0 or above PICTURE_SIDE_MOST. */
bool picture_read(struct str head, struct picture *out);

/* Does the ending of the name say that format? */
bool picture_ending_fits(struct str file, enum picture_format format);

/* MP4 (an "ftyp" box) or WebM (an EBML header) by its first bytes, and by the ending of its name. */
bool video_file_fits(struct str file, struct str head);

/* "image/webp", "video/mp4" ... by the ending of its name; "" for any other. */
struct str media_type_of(struct str file);

/* A plain file name: letters of A-Z a-z 0-9 . _ -, no dot in front, one ending, at most 120 bytes. */
bool media_file_is_valid(struct str file);

/* "harbour" of "harbour.webp". */
struct str media_name_of(struct str file);

#endif
