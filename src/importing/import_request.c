/* import_request.c - a batch on its way to the desk: JSON in JSON, put together without reading it again. */
#include "lib/base/arena.h"
#include "src/importing/import_run.h"

void import_request_begin(struct import_request *request, struct buf *out)
{
    *request = (struct import_request){.out = out};
    buf_clear(out);
    buf_add_str(out, STR("{\"records\":["));
}

void import_request_add(struct import_request *request, int64_t line, struct str json)
{
    if (request->records++)
        buf_add_char(request->out, ',');
    buf_add_char(request->out, '[');
    buf_add_int(request->out, line);
    buf_add_char(request->out, ',');
    buf_add_str(request->out, json);
    buf_add_char(request->out, ']');
}

static void add_text(struct buf *out, const char *name, struct str text)
{
    buf_printf(out, ",\"%s\":", name);
    json_write_text(out, text);
}

void import_request_end(struct import_request *request, const struct import_batch *batch, bool as_drafts)
{
    struct buf *out = request->out;

    buf_add_str(out, STR("],\"bad\":["));
    for (size_t i = 0; i < batch->bad.n; i++) {
        buf_printf(out, "%s{\"line\":%lld", i ? "," : "", (long long)batch->bad.at[i].line);
        add_text(out, "reason", batch->bad.at[i].reason);
        buf_add_char(out, '}');
    }
    buf_printf(out, "],\"from\":%lld,\"to\":%lld,\"last\":%s,\"drafts\":%s", (long long)batch->from,
               (long long)batch->to, batch->last ? "true" : "false", as_drafts ? "true" : "false");
    add_text(out, "file", batch->file);
    add_text(out, "label", batch->label);
    buf_add_char(out, '}');
}

/* --- reading ------------------------------------------------------------------------------ */

static bool member_bool(const struct json *json, const char *name)
{
    const struct json *value = json_member(json, name);

    return json_type(value) == JSON_BOOL && json_bool(value);
}

static void add_bad(struct arena *arena, struct import_batch *batch, int64_t line, struct str reason)
{
    *LIST_ADD(arena, &batch->bad) = (struct import_bad){line, reason};
}

static void read_record(struct arena *arena, const struct json *pair, struct import_batch *out)
{
    const struct json *line = json_count(pair) == 2 ? json_element(pair, 0) : NULL;
    struct record_wrong wrong;
    struct record record;

    out->losses.line = json_type(line) == JSON_INT ? json_int(line) : 0;
    if (line && record_read(arena, json_element(pair, 1), &out->losses, &record, &wrong))
        *LIST_ADD(arena, &out->records) = record;
    else
        add_bad(arena, out, out->losses.line,
                str_copy(arena, str_of(line ? wrong.text : "is no pair of line and record")));
}

bool import_request_read(struct arena *arena, const struct json *json, struct import_batch *out, bool *as_drafts,
                         char *wrong, size_t wrong_size)
{
    const struct json *records = json_member(json, "records"), *bad = json_member(json, "bad");

    *out = (struct import_batch){.file = json_member_text(json, "file", STR("")),
                                 .label = json_member_text(json, "label", STR("")),
                                 .from = json_member_int(json, "from", -1),
                                 .to = json_member_int(json, "to", -1),
                                 .last = member_bool(json, "last"),
                                 .losses = losses_of(arena)};
    *as_drafts = member_bool(json, "drafts");
    if (out->file.n == 0 || out->from < 0 || out->to < out->from) {
        snprintf(wrong, wrong_size, "needs \"file\", \"from\" and \"to\"; use haowai import");
        return false;
    }
    for (size_t i = 0; i < json_count(records); i++)
        read_record(arena, json_element(records, i), out);
    for (size_t i = 0; i < json_count(bad); i++)
        add_bad(arena, out, json_member_int(json_element(bad, i), "line", 0),
                json_member_text(json_element(bad, i), "reason", STR("")));
    return true;
}

void import_file_read(struct arena *arena, const struct json *json, struct import_file *out)
{
    *out = (struct import_file){.name = json_member_text(json, "name", STR("")),
                                .label = json_member_text(json, "label", STR("")),
                                .position = json_member_int(json, "position", 0),
                                .stories = json_member_int(json, "stories", 0),
                                .changed = json_member_int(json, "changed", 0),
                                .known = json_member_int(json, "known", 0),
                                .pages = json_member_int(json, "pages", 0),
                                .skipped = json_member_int(json, "skipped", 0),
                                .bad = json_member_int(json, "bad", 0),
                                .finished = member_bool(json, "finished"),
                                .losses = str_copy(arena, json_member_text(json, "losses", STR("[]")))};
}
