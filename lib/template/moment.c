/* moment.c - moments as templates print them.
 *
 * clock.h has two of these forms already, but it allocates from an arena and a
 * render must not; so all ten are written here, digit by digit. printf would
 * cost more than the rest of a render.
 */
#include "lib/template/moment.h"

const char MOMENT_FORM_NAMES[] = "iso, mail, date, time, datetime, day, weekday, year, month or monthday";

static const struct str FORMS[] = {
    [MOMENT_FORM_ISO] = STR_INIT("iso"),           [MOMENT_FORM_MAIL] = STR_INIT("mail"),
    [MOMENT_FORM_DATE] = STR_INIT("date"),         [MOMENT_FORM_TIME] = STR_INIT("time"),
    [MOMENT_FORM_DATETIME] = STR_INIT("datetime"), [MOMENT_FORM_DAY] = STR_INIT("day"),
    [MOMENT_FORM_WEEKDAY] = STR_INIT("weekday"),   [MOMENT_FORM_YEAR] = STR_INIT("year"),
    [MOMENT_FORM_MONTH] = STR_INIT("month"),       [MOMENT_FORM_MONTHDAY] = STR_INIT("monthday"),
};

/* A day inside 0001-01-01 and 9999-12-31 in UTC, so that the year has four digits in every zone. */
static const int64_t EARLIEST_MS = -62135510400000, LATEST_MS = 253402214400000;

static const char MONTHS[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char WEEKDAYS[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char HAN_WEEKDAYS[7][4] = {"日", "一", "二", "三", "四", "五", "六"};

bool moment_form_find(struct str name, enum moment_form *out)
{
    for (size_t i = MOMENT_FORM_ISO; i < sizeof FORMS / sizeof *FORMS; i++)
        if (str_equal(FORMS[i], name)) {
            *out = (enum moment_form)i;
            return true;
        }
    return false;
}

bool moment_form_is_number(enum moment_form form)
{
    return form == MOMENT_FORM_DAY || form == MOMENT_FORM_YEAR || form == MOMENT_FORM_MONTH;
}

static void add_two(struct buf *out, int value)
{
    buf_add(out, (char[]){(char)('0' + value / 10 % 10), (char)('0' + value % 10)}, 2);
}

static void add_four(struct buf *out, int value)
{
    add_two(out, value / 100);
    add_two(out, value % 100);
}

static void add_clock(struct buf *out, const struct local_time *t)
{
    add_two(out, t->hour);
    buf_add_char(out, ':');
    add_two(out, t->minute);
}

static void add_zone(struct buf *out, int offset, struct str colon)
{
    int minutes = offset < 0 ? -offset : offset;

    buf_add_char(out, offset < 0 ? '-' : '+');
    add_two(out, minutes / 60);
    buf_add_str(out, colon);
    add_two(out, minutes % 60);
}

static void add_iso(struct buf *out, const struct local_time *t)
{
    add_four(out, t->year);
    buf_add_char(out, '-');
    add_two(out, t->month);
    buf_add_char(out, '-');
    add_two(out, t->day);
    buf_add_char(out, 'T');
    add_clock(out, t);
    buf_add_char(out, ':');
    add_two(out, t->second);
    add_zone(out, t->offset_minutes, STR(":"));
}

static void add_mail(struct buf *out, const struct local_time *t)
{
    buf_add(out, WEEKDAYS[t->weekday], 3);
    buf_add_str(out, STR(", "));
    add_two(out, t->day);
    buf_add_char(out, ' ');
    buf_add(out, MONTHS[t->month - 1], 3);
    buf_add_char(out, ' ');
    add_four(out, t->year);
    buf_add_char(out, ' ');
    add_clock(out, t);
    buf_add_char(out, ':');
    add_two(out, t->second);
    buf_add_char(out, ' ');
    add_zone(out, t->offset_minutes, STR(""));
}

static void add_monthday(struct buf *out, const struct local_time *t)
{
    buf_add_int(out, t->month);
    buf_add_str(out, STR("月"));
    buf_add_int(out, t->day);
    buf_add_str(out, STR("日"));
}

static void add_date(struct buf *out, const struct local_time *t)
{
    buf_add_int(out, t->year);
    buf_add_str(out, STR("年"));
    add_monthday(out, t);
}

void moment_add(struct buf *out, struct moment moment, enum moment_form form)
{
    if (moment.ms == 0 || moment.ms < EARLIEST_MS || moment.ms > LATEST_MS)
        return;

    struct local_time t = moment_local(moment);
    switch (form) {
    case MOMENT_FORM_NONE: break;
    case MOMENT_FORM_ISO: add_iso(out, &t); break;
    case MOMENT_FORM_MAIL: add_mail(out, &t); break;
    case MOMENT_FORM_DATE: add_date(out, &t); break;
    case MOMENT_FORM_TIME: add_clock(out, &t); break;
    case MOMENT_FORM_DATETIME:
        add_date(out, &t);
        buf_add_char(out, ' ');
        add_clock(out, &t);
        break;
    case MOMENT_FORM_DAY: buf_add_int(out, t.year * 10000 + t.month * 100 + t.day); break;
    case MOMENT_FORM_WEEKDAY:
        buf_add_str(out, STR("星期"));
        buf_add(out, HAN_WEEKDAYS[t.weekday], 3);
        break;
    case MOMENT_FORM_YEAR: buf_add_int(out, t.year); break;
    case MOMENT_FORM_MONTH: buf_add_int(out, t.month); break;
    case MOMENT_FORM_MONTHDAY: add_monthday(out, &t); break;
    }
}
