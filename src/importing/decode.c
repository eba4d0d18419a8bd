/* decode.c - what the process for foreign files does: unpack, see what it is, hand it on. */
#include "src/importing/decode.h"

#include "lib/unpack/unpack.h"
#include "src/importing/attachments.h"
#include "src/importing/frame.h"
#include "src/importing/wxr.h"

#include <unistd.h>

bool import_format_from_name(struct str name, enum import_format *out)
{
    *out = str_equal(name, STR("wxr")) ? FORMAT_WXR : FORMAT_JSONL;
    return str_equal(name, STR("jsonl")) || str_equal(name, STR("wxr"));
}

/* XML begins with '<', behind white space and a mark of its encoding at most. */
static bool looks_like_xml(struct str piece)
{
    for (size_t i = 0; i < piece.n; i++) {
        unsigned char c = (unsigned char)piece.p[i];
        bool mark = c == 0xef || c == 0xbb || c == 0xbf || c == 0xfe || c == 0xff || c == 0;
        if (!mark && c != ' ' && c != '\t' && c != '\r' && c != '\n')
            return c == '<';
    }
    return false;
}

static enum unpack_outcome pass_lines_on(struct unpack *unpack, struct str piece, int out)
{
    enum unpack_outcome outcome;

    do {
        if (piece.n && !frame_write(out, FRAME_BYTES, 0, piece))
            return UNPACK_END;
        outcome = unpack_next(unpack, &piece);
    } while (outcome == UNPACK_BYTES);
    return outcome;
}

static enum unpack_outcome feed_all(struct unpack *unpack, struct str piece, struct wxr *wxr)
{
    enum unpack_outcome outcome;

    do {
        wxr_feed(wxr, piece);
        outcome = unpack_next(unpack, &piece);
    } while (outcome == UNPACK_BYTES);
    return outcome;
}

/* A file is gone through twice, first for its pictures; a pipe only once. */
static struct attachments *gather(int in, struct unpack **unpack, struct str *piece)
{
    struct attachments *attachments = attachments_new();
    char ignored[2];

    if (lseek(in, 0, SEEK_CUR) < 0)
        return attachments;
    struct wxr *wxr = wxr_open_gathering(attachments);
    feed_all(*unpack, *piece, wxr);
    wxr_close(&wxr, ignored, sizeof ignored);
    unpack_close(unpack);
    lseek(in, 0, SEEK_SET);
    *unpack = unpack_open(in);
    *piece = STR("");
    unpack_next(*unpack, piece);
    return attachments;
}

static enum unpack_outcome read_wxr(int in, struct unpack **unpack, struct str piece, int out, int64_t skip,
                                    char *problem, size_t problem_size)
{
    struct attachments *attachments = gather(in, unpack, &piece);
    struct wxr *wxr = wxr_open(out, skip, attachments);
    enum unpack_outcome outcome = feed_all(*unpack, piece, wxr);

    wxr_close(&wxr, problem, problem_size);
    attachments_free(&attachments);
    return outcome;
}

void decode_file(int in, int out, enum import_format format, int64_t skip)
{
    struct unpack *unpack = unpack_open(in);
    char problem[200] = "";
    struct str piece = STR("");
    enum unpack_outcome outcome = unpack_next(unpack, &piece);

    if (format == FORMAT_BY_CONTENT)
        format = looks_like_xml(piece) ? FORMAT_WXR : FORMAT_JSONL;
    frame_write(out, FRAME_BEGIN, format, STR(""));
    if (outcome == UNPACK_BYTES && format == FORMAT_WXR)
        outcome = read_wxr(in, &unpack, piece, out, skip, problem, sizeof problem);
    else if (outcome == UNPACK_BYTES)
        outcome = pass_lines_on(unpack, piece, out);
    if (outcome == UNPACK_DAMAGED)
        snprintf(problem, sizeof problem, "%s", unpack_problem(unpack));
    frame_write(out, FRAME_END, 0, str_of(problem));
    unpack_close(&unpack);
}
