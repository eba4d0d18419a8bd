/* media_fuzz.c - any bytes at all as a media file's head and as its name. */
#include "lib/base/check.h"
#include "src/media/media_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str head = {(const char *)data, size};
    struct picture picture;

    if (picture_read(head, &picture)) {
        CHECK(picture.width >= 1 && picture.width <= PICTURE_SIDE_MOST);
        CHECK(picture.height >= 1 && picture.height <= PICTURE_SIDE_MOST);
    }
    if (media_file_is_valid(head)) {
        struct str name = media_name_of(head);
        CHECK(name.n > 0 && name.n < head.n && head.p[name.n] == '.');
    }
    video_file_fits(STR("x.mp4"), head);
    video_file_fits(STR("x.webm"), head);
    return 0;
}
