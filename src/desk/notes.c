/* notes.c - what edges tell the desk: views and counts. */
#include "src/desk/notes.h"

#include "src/desk/desk.h"
#include "src/traffic/views.h"

static void keep_counts(struct edge_counts *edges, int64_t pid, struct str text)
{
    int place = -1;

    if (text.n != sizeof(struct counts))
        return; /* an edge of another version */
    for (int i = HEARERS_MOST - 1; i >= 0; i--)
        if (edges->at[i].pid == pid || (edges->at[i].pid == 0 && (place < 0 || edges->at[place].pid == 0)))
            place = i;
    if (place < 0)
        return;
    edges->at[place].pid = pid;
    memcpy(&edges->at[place].counts, text.p, sizeof(struct counts));
}

static void add_views(struct desk *desk, struct str text)
{
    struct views views;

    for (size_t i = 0; views_read(text, i, &views); i++)
        tally_add(&desk->tally, views);
}

void desk_note(void *context, int64_t pid, int kind, struct str text)
{
    struct desk *desk = context;

    if (kind == NOTE_VIEWS) {
        pthread_mutex_lock(&desk->tally_lock);
        add_views(desk, text);
        pthread_mutex_unlock(&desk->tally_lock);
    } else if (kind == NOTE_COUNTS) {
        pthread_mutex_lock(&desk->edges.lock);
        keep_counts(&desk->edges, pid, text);
        pthread_mutex_unlock(&desk->edges.lock);
    }
}

void desk_left(void *context, int64_t pid)
{
    struct edge_counts *edges = &((struct desk *)context)->edges;

    pthread_mutex_lock(&edges->lock);
    for (int i = 0; i < HEARERS_MOST; i++) {
        if (edges->at[i].pid != pid)
            continue;
        for (int k = 0; k < COUNTER_COUNT; k++)
            if (COUNTERS[k].kind == COUNTER_COUNTS)
                edges->ended.at[k] += edges->at[i].counts.at[k];
        edges->at[i].pid = 0;
    }
    pthread_mutex_unlock(&edges->lock);
}

void edge_counts_sum(struct edge_counts *edges, struct counts *out)
{
    pthread_mutex_lock(&edges->lock);
    *out = edges->ended;
    for (int i = 0; i < HEARERS_MOST; i++)
        for (int k = 0; edges->at[i].pid && k < COUNTER_COUNT; k++)
            out->at[k] += edges->at[i].counts.at[k];
    pthread_mutex_unlock(&edges->lock);
}
