/* media_rules.c - a picture's size from its first bytes.
 *
 * Four small readers, each a walk with bounds checked before every read (struct
 * reading, take_...): a header that is cut off or tells nonsense makes the file
 * unreadable, never a guess. Decoding, and so proving, a picture is left to the
 * picture library; here only the room it takes on a page is wanted, and pulling
 * that library into the desk for four numbers would be a large attack surface.
 */
#include "src/media/media_rules.h"

/* Bytes being read: once too few are there, everything read is 0 and `cut` stays set. */
struct reading {
    struct str bytes;
    size_t at;
    bool little; /* least byte first */
    bool cut;
};

static void skip(struct reading *reading, size_t n)
{
    if (n > reading->bytes.n - reading->at) {
        reading->cut = true;
        reading->at = reading->bytes.n;
    } else {
        reading->at += n;
    }
}

static uint32_t take(struct reading *reading, size_t n)
{
    size_t from = reading->at;
    uint32_t value = 0;

    skip(reading, n);
    if (reading->cut)
        return 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | (unsigned char)reading->bytes.p[from + (reading->little ? n - 1 - i : i)];
    return value;
}

static struct str take_text(struct reading *reading, size_t n)
{
    size_t from = reading->at;

    skip(reading, n);
    return reading->cut ? STR("") : (struct str){reading->bytes.p + from, n};
}

/* --- JPEG ------------------------------------------------------------------------- */

enum { EXIF_ORIENTATION = 0x0112, EXIF_SHORT = 3, EXIF_TURNED = 5, EXIF_LAST = 8 };

/* The orientation (1-8) told by an APP1 segment; 1 when it tells none. */
static uint32_t exif_orientation(struct str segment)
{
    if (!str_starts(segment, STR("Exif\0\0")))
        return 1;
    struct reading tiff = {.bytes = str_from(segment, 6)};
    struct str order = take_text(&tiff, 2);
    tiff.little = str_equal(order, STR("II"));
    if ((!tiff.little && !str_equal(order, STR("MM"))) || take(&tiff, 2) != 42)
        return 1;
    uint32_t directory = take(&tiff, 4);
    tiff.at = 0;
    skip(&tiff, directory);
    for (uint32_t entries = take(&tiff, 2); entries && !tiff.cut; entries--) {
        uint32_t tag = take(&tiff, 2), type = take(&tiff, 2);
        skip(&tiff, 4);
        uint32_t value = take(&tiff, 2);
        skip(&tiff, 2);
        if (tag == EXIF_ORIENTATION)
            return type == EXIF_SHORT && value >= 1 && value <= EXIF_LAST ? value : 1;
    }
    return 1;
}

/* Start-of-frame markers: C0-CF but for the tables C4, C8 and CC. */
static bool is_frame(uint32_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Markers without a segment: TEM and RST0-RST7. */
static bool stands_alone(uint32_t marker)
{
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

static uint32_t next_marker(struct reading *file)
{
    if (take(file, 1) != 0xff)
        return 0;
    uint32_t marker = take(file, 1);
    while (marker == 0xff) /* fill bytes */
        marker = take(file, 1);
    return marker;
}

static bool read_jpeg(struct reading *file, struct picture *out)
{
    uint32_t orientation = 1;

    skip(file, 2); /* start of image */
    while (!file->cut) {
        uint32_t marker = next_marker(file);
        if (stands_alone(marker))
            continue;
        if (marker < 0xc0 || marker == 0xd9 || marker == 0xda) /* none, end of image, scan before any frame */
            return false;
        uint32_t length = take(file, 2);
        if (length < 2)
            return false;
        struct str segment = take_text(file, length - 2);
        if (marker == 0xe1 && orientation == 1)
            orientation = exif_orientation(segment);
        if (!is_frame(marker))
            continue;
        struct reading frame = {.bytes = segment};
        skip(&frame, 1); /* precision */
        uint32_t height = take(&frame, 2), width = take(&frame, 2);
        bool turned = orientation >= EXIF_TURNED;
        *out = (struct picture){PICTURE_JPEG, turned ? height : width, turned ? width : height};
        return !frame.cut;
    }
    return false;
}

/* --- PNG, GIF, WebP ----------------------------------------------------------------- */

static bool read_png(struct reading *file, struct picture *out)
{
    skip(file, 8);
    if (take(file, 4) != 13 || !str_equal(take_text(file, 4), STR("IHDR")))
        return false;
    uint32_t width = take(file, 4), height = take(file, 4);
    *out = (struct picture){PICTURE_PNG, width, height};
    return true;
}

static bool read_gif(struct reading *file, struct picture *out)
{
    file->little = true;
    skip(file, 6);
    uint32_t width = take(file, 2), height = take(file, 2);
    *out = (struct picture){PICTURE_GIF, width, height};
    return true;
}

/* The three kinds of first chunk: lossy, lossless, extended. */
static bool read_webp(struct reading *file, struct picture *out)
{
    uint32_t width = 0, height = 0;

    file->little = true;
    skip(file, 12);
    struct str chunk = take_text(file, 4);
    skip(file, 4);
    if (str_equal(chunk, STR("VP8 "))) {
        if (take(file, 3) & 1) /* not a key frame */
            return false;
        if (take(file, 3) != 0x2a019d)
            return false;
        width = take(file, 2) & 0x3fff;
        height = take(file, 2) & 0x3fff;
    } else if (str_equal(chunk, STR("VP8L"))) {
        if (take(file, 1) != 0x2f)
            return false;
        uint32_t bits = take(file, 4);
        width = (bits & 0x3fff) + 1;
        height = (bits >> 14 & 0x3fff) + 1;
    } else if (str_equal(chunk, STR("VP8X"))) {
        skip(file, 4);
        width = take(file, 3) + 1;
        height = take(file, 3) + 1;
    } else {
        return false;
    }
    *out = (struct picture){PICTURE_WEBP, width, height};
    return true;
}

static bool read_any(struct reading *file, struct picture *out)
{
    struct str s = file->bytes;

    if (str_starts(s, STR("\xff\xd8\xff")))
        return read_jpeg(file, out);
    if (str_starts(s, STR("\x89PNG\r\n\x1a\n")))
        return read_png(file, out);
    if (str_starts(s, STR("GIF87a")) || str_starts(s, STR("GIF89a")))
        return read_gif(file, out);
    if (str_starts(s, STR("RIFF")) && str_starts(str_from(s, 8), STR("WEBP")))
        return read_webp(file, out);
    return false;
}

static bool is_side(int64_t side)
{
    return side >= 1 && side <= PICTURE_SIDE_MOST;
}

bool picture_read(struct str head, struct picture *out)
{
    struct reading file = {.bytes = str_head(head, PICTURE_HEAD_MOST)};
    struct picture picture;

    if (!read_any(&file, &picture) || file.cut || !is_side(picture.width) || !is_side(picture.height))
        return false;
    *out = picture;
    return true;
}

/* --- names ---------------------------------------------------------------------------- */

/* From the last dot on; "" without one. */
static struct str ending_of(struct str file)
{
    for (size_t at = file.n; at > 0; at--)
        if (file.p[at - 1] == '.')
            return str_from(file, at - 1);
    return STR("");
}

bool picture_ending_fits(struct str file, enum picture_format format)
{
    struct str ending = ending_of(file);

    switch (format) {
    case PICTURE_JPEG: return str_equal_nocase(ending, STR(".jpg")) || str_equal_nocase(ending, STR(".jpeg"));
    case PICTURE_PNG: return str_equal_nocase(ending, STR(".png"));
    case PICTURE_GIF: return str_equal_nocase(ending, STR(".gif"));
    case PICTURE_WEBP: return str_equal_nocase(ending, STR(".webp"));
    }
    return false;
}

bool video_file_fits(struct str file, struct str head)
{
    struct str ending = ending_of(file);

    if (str_equal_nocase(ending, STR(".mp4")))
        return str_starts(str_from(head, 4), STR("ftyp"));
    return str_equal_nocase(ending, STR(".webm")) && str_starts(head, STR("\x1a\x45\xdf\xa3"));
}

struct str media_type_of(struct str file)
{
    static const struct {
        struct str ending, type;
    } TYPES[] = {
        {STR_INIT(".webp"), STR_INIT("image/webp")}, {STR_INIT(".jpg"), STR_INIT("image/jpeg")},
        {STR_INIT(".jpeg"), STR_INIT("image/jpeg")}, {STR_INIT(".png"), STR_INIT("image/png")},
        {STR_INIT(".gif"), STR_INIT("image/gif")},   {STR_INIT(".mp4"), STR_INIT("video/mp4")},
        {STR_INIT(".webm"), STR_INIT("video/webm")},
    };

    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_equal_nocase(ending_of(file), TYPES[i].ending))
            return TYPES[i].type;
    return STR("");
}

static bool is_file_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

bool media_file_is_valid(struct str file)
{
    if (file.n == 0 || file.n > 120 || file.p[0] == '.')
        return false;
    for (size_t i = 0; i < file.n; i++)
        if (!is_file_character(file.p[i]))
            return false;
    return ending_of(file).n > 1;
}

struct str media_name_of(struct str file)
{
    return str_head(file, file.n - ending_of(file).n);
}
