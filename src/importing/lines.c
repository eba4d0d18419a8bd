/* lines.c - frames become lines: JSON lines are cut at line feeds, records are lines already. */
#include "src/importing/lines.h"

#include "lib/base/buf.h"
#include "lib/base/check.h"
#include "src/importing/frame.h"

#include <signal.h>
#include <unistd.h>

enum { DEATHS_MOST = 100 }; /* of processes, for one file */

struct lines {
    int fd;
    enum import_format format;
    int64_t skip, index;
    struct decoder decoder;
    struct frame_reader *reader;
    struct str bytes;   /* of the frame at hand, not cut into lines yet */
    struct buf partial; /* a line whose end has not come */
    bool too_long;      /* the line at hand, which is passed over */
    bool records;       /* the file makes records, not lines: reading can go on at any of them */
    int deaths;
    bool over;
    char text[200];    /* of a bad line */
    char problem[200]; /* of the file */
};

static bool start(struct lines *lines, int64_t skip)
{
    if (!decoder_start(&lines->decoder, lines->fd, lines->format, skip))
        return false;
    lines->reader = frame_reader_new(lines->decoder.pipe);
    return true;
}

static int stop(struct lines *lines)
{
    if (!lines->reader)
        return 0;
    frame_reader_free(&lines->reader);
    return decoder_end(&lines->decoder);
}

struct lines *lines_open(int fd, enum import_format format, int64_t skip)
{
    struct lines *lines = calloc(1, sizeof *lines);

    if (!lines)
        die("out of memory");
    *lines = (struct lines){.fd = fd, .format = format, .skip = skip, .partial = BUF(LINE_MOST)};
    if (!start(lines, skip))
        lines_close(&lines);
    return lines;
}

void lines_close(struct lines **out)
{
    struct lines *lines = *out;

    if (!lines)
        return;
    stop(lines);
    buf_free(&lines->partial);
    free(lines);
    *out = NULL;
}

/* --- what comes ------------------------------------------------------------------------- */

static void say(struct lines *lines, struct line *out, enum line_kind kind, const char *text)
{
    snprintf(lines->text, sizeof lines->text, "%s", text);
    *out = (struct line){kind, lines->index, lines->index, str_of(lines->text)};
}

/* The end, however often it is asked for. */
static void say_end(struct lines *lines, struct line *out)
{
    bool damaged = lines->problem[0] != '\0';

    *out = (struct line){damaged ? LINE_DAMAGED : LINE_END, lines->index, lines->index, str_of(lines->problem)};
}

static void finish(struct lines *lines, struct str problem)
{
    snprintf(lines->problem, sizeof lines->problem, "%.*s", STR_ARG(str_head(problem, sizeof lines->problem - 1)));
    lines->over = true;
    stop(lines);
}

/* The process died over the item behind the last one it told of: a new one passes that over. False when it cannot. */
static bool go_on_behind(struct lines *lines, struct line *out)
{
    int signal = stop(lines);
    const char *why = signal == SIGALRM ? "takes too long to be read" : "is more than its reader could bear";

    if (!lines->records || ++lines->deaths > DEATHS_MOST || lseek(lines->fd, 0, SEEK_SET) != 0)
        return false;
    lines->index++;
    if (!start(lines, lines->index))
        return false;
    say(lines, out, LINE_BAD, why);
    out->number = 0;
    return true;
}

/* A whole line; false when it is one to pass over. */
static bool take_line(struct lines *lines, struct str text, struct line *out)
{
    lines->index++;
    if (lines->index <= lines->skip)
        return false;
    if (lines->index == 1 && str_starts(text, STR("\xef\xbb\xbf")))
        text = str_from(text, 3);
    text = str_trim(text);
    *out = (struct line){LINE_JSON, lines->index, lines->index, text};
    return text.n > 0;
}

/* Passes over a line that is too long, or the rest of it, and says so where it ends. */
static bool take_too_long(struct lines *lines, struct line *out)
{
    lines->too_long = false;
    buf_clear(&lines->partial);
    lines->index++;
    if (lines->index <= lines->skip)
        return false;
    say(lines, out, LINE_BAD, "is longer than 4 MiB");
    return true;
}

/* The next line that ends in the bytes at hand; false when they are used up. */
static bool cut_line(struct lines *lines, struct line *out)
{
    for (ptrdiff_t end; (end = str_find_char(lines->bytes, '\n', 0)) >= 0;) {
        struct str text = str_head(lines->bytes, (size_t)end);
        lines->bytes = str_from(lines->bytes, (size_t)end + 1);
        if (lines->partial.n || lines->too_long) {
            buf_add_str(&lines->partial, text);
            text = buf_str(&lines->partial);
        }
        if (lines->too_long || lines->partial.overflow) {
            if (take_too_long(lines, out))
                return true;
            continue;
        }
        bool taken = take_line(lines, text, out);
        lines->partial.n = 0; /* the text stays where it is until more comes */
        if (taken)
            return true;
    }
    buf_add_str(&lines->partial, lines->bytes);
    lines->too_long = lines->too_long || lines->partial.overflow;
    lines->bytes.n = 0;
    return false;
}

/* What has no line feed behind it at the end of the file is a line too. */
static bool last_line(struct lines *lines, struct line *out)
{
    if (lines->too_long)
        return take_too_long(lines, out);
    if (lines->partial.n == 0)
        return false;
    bool taken = take_line(lines, buf_str(&lines->partial), out);
    lines->partial.n = 0;
    return taken;
}

/* True when it made a line. */
static bool take_frame(struct lines *lines, const struct frame *frame, struct line *out)
{
    struct str bytes = {frame->bytes, frame->n};

    switch ((enum frame_type)frame->type) {
    case FRAME_BEGIN: lines->records = frame->line == FORMAT_WXR; return false;
    case FRAME_BYTES: lines->bytes = bytes; return cut_line(lines, out);
    case FRAME_RECORD:
    case FRAME_BAD:
        if (lines->index < lines->skip)
            lines->index = lines->skip;
        lines->index++;
        *out = (struct line){frame->type == FRAME_BAD ? LINE_BAD : LINE_JSON, lines->index, frame->line, bytes};
        return true;
    case FRAME_END: /* a line may come before it is said */
        finish(lines, bytes);
        if (!last_line(lines, out))
            say_end(lines, out);
        return true;
    }
    return false;
}

void lines_next(struct lines *lines, struct line *out)
{
    struct frame frame;

    if (lines->over) {
        say_end(lines, out);
        return;
    }
    if (lines->bytes.n && cut_line(lines, out))
        return;
    while (frame_read(lines->reader, &frame))
        if (take_frame(lines, &frame, out))
            return;
    if (go_on_behind(lines, out))
        return;
    finish(lines, STR("the process that reads the file died"));
    say_end(lines, out);
}
