/* notes.h - what edges tell the desk over the channel (lib/channel). */
#ifndef HAOWAI_DESK_NOTES_H
#define HAOWAI_DESK_NOTES_H

enum note_kind {
    NOTE_VIEWS = 1, /* as views_write makes them (src/traffic/views.h) */
    NOTE_COUNTS,    /* a struct counts (src/counters.h); of the same program, else it is left alone */
};

#endif
