/* wxr_fuzz.c - whatever XML comes, and in whatever pieces: every frame it makes is JSON or a reason. */
#include "src/importing/wxr.h"

#include "lib/base/arena.h"
#include "lib/base/check.h"
#include "lib/json/json.h"
#include "src/importing/attachments.h"
#include "src/importing/frame.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("frames", 0);
    size_t piece = size ? 1 + data[0] * 4u : 1;
    struct str file = str_from((struct str){(const char *)data, size}, 1);
    struct attachments *attachments = attachments_new();
    struct wxr *gathering = wxr_open_gathering(attachments), *wxr = wxr_open(fd, 0, attachments);
    struct arena *arena = arena_new();
    struct frame frame;
    char problem[200];

    wxr_feed(gathering, file);
    wxr_close(&gathering, problem, sizeof problem);
    for (size_t at = 0; at < file.n; at += piece)
        wxr_feed(wxr, str_head(str_from(file, at), piece));
    wxr_close(&wxr, problem, sizeof problem);
    attachments_free(&attachments);
    lseek(fd, 0, SEEK_SET);
    struct frame_reader *reader = frame_reader_new(fd);
    while (frame_read(reader, &frame)) {
        CHECK(frame.n > 0 && frame.line > 0);
        CHECK(frame.type == FRAME_BAD || json_parse(arena, (struct str){frame.bytes, frame.n}));
        arena_reset(arena);
    }
    frame_reader_free(&reader);
    arena_free(&arena);
    close(fd);
    return 0;
}
