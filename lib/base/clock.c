/* clock.c - reading clocks and dates, writing them. */
#include "lib/base/clock.h"

#include <unistd.h>

static const char MONTHS[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char WEEKDAYS[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

bool clock_zone(const char *name)
{
    char path[256];
    int n = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);

    if (strstr(name, "..") || name[0] == '/' || n < 0 || (size_t)n >= sizeof path)
        return false;
    if (strcmp(name, "UTC") != 0 && access(path, R_OK) != 0)
        return false;
    setenv("TZ", name, 1);
    tzset();
    return true;
}

static int64_t read_clock(clockid_t id, int64_t per_second)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * per_second + t.tv_nsec / (1000000000 / per_second);
}

struct moment clock_now(void)
{
    return (struct moment){read_clock(CLOCK_REALTIME, 1000)};
}

int64_t clock_steady_ms(void)
{
    return read_clock(CLOCK_MONOTONIC, 1000);
}

int64_t clock_steady_us(void)
{
    return read_clock(CLOCK_MONOTONIC, 1000000);
}

int64_t clock_cpu_us(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID, 1000000);
}

static time_t seconds_of(struct moment moment)
{
    int64_t s = moment.ms / 1000;

    return (time_t)(moment.ms % 1000 < 0 ? s - 1 : s);
}

struct local_time moment_local(struct moment moment)
{
    time_t t = seconds_of(moment);
    struct tm tm;

    localtime_r(&t, &tm);
    return (struct local_time){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                               tm.tm_min,         tm.tm_sec,     tm.tm_wday, (int)(tm.tm_gmtoff / 60)};
}

struct moment moment_of_local(int year, int month, int day, int hour, int minute, int second)
{
    struct tm tm = {.tm_year = year - 1900,
                    .tm_mon = month - 1,
                    .tm_mday = day,
                    .tm_hour = hour,
                    .tm_min = minute,
                    .tm_sec = second,
                    .tm_isdst = -1};

    return (struct moment){(int64_t)mktime(&tm) * 1000};
}

int64_t moment_day(struct moment moment)
{
    struct local_time t = moment_local(moment);

    return t.year * 10000 + t.month * 100 + t.day;
}

struct moment moment_next_midnight(struct moment moment)
{
    struct local_time t = moment_local(moment);

    return moment_of_local(t.year, t.month, t.day + 1, 0, 0, 0);
}

struct str moment_iso(struct arena *arena, struct moment moment)
{
    struct local_time t = moment_local(moment);
    int offset = t.offset_minutes < 0 ? -t.offset_minutes : t.offset_minutes;

    return str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", t.year, t.month, t.day, t.hour, t.minute,
                      t.second, t.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

struct str moment_mail(struct arena *arena, struct moment moment)
{
    struct local_time t = moment_local(moment);
    int offset = t.offset_minutes < 0 ? -t.offset_minutes : t.offset_minutes;

    return str_printf(arena, "%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d", WEEKDAYS[t.weekday], t.day,
                      MONTHS[t.month - 1], t.year, t.hour, t.minute, t.second, t.offset_minutes < 0 ? '-' : '+',
                      offset / 60, offset % 60);
}

void moment_http(struct moment moment, char out[29])
{
    time_t t = seconds_of(moment);
    struct tm tm;
    char text[64];

    gmtime_r(&t, &tm);
    snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", WEEKDAYS[tm.tm_wday], tm.tm_mday,
             MONTHS[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
    memcpy(out, text, 29);
}

/* Exactly `digits` digits from the front of `*s`. */
static bool take_number(struct str *s, int digits, int *out)
{
    int64_t value;

    if (s->n < (size_t)digits || s->p[0] == '-' || !str_to_int(str_head(*s, (size_t)digits), &value))
        return false;
    *s = str_from(*s, (size_t)digits);
    *out = (int)value;
    return true;
}

static bool take_char(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

struct parts {
    int year, month, day, hour, minute, second, milli;
    bool zoned;
    int zone; /* minutes east of Greenwich */
};

/* "Z", "GMT", "UTC", "+08:00", "+0800", "+08". */
static bool take_zone(struct str *s, struct parts *t)
{
    int hours, rest = 0;

    t->zoned = true;
    if (take_char(s, 'Z'))
        return true;
    if (str_starts(*s, STR("GMT")) || str_starts(*s, STR("UTC"))) {
        *s = str_from(*s, 3);
        return true;
    }
    int sign = take_char(s, '+') ? 1 : take_char(s, '-') ? -1 : 0;
    if (!sign || !take_number(s, 2, &hours))
        return false;
    bool colon = take_char(s, ':');
    if ((colon || s->n) && !take_number(s, 2, &rest))
        return false;
    if (hours > 14 || rest > 59)
        return false;
    t->zone = sign * (hours * 60 + rest);
    return true;
}

static bool day_exists(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (leap && month == 2);
}

/* Milliseconds; what is finer is dropped. */
static int take_fraction(struct str *s)
{
    int milli = 0, unit = 100;

    for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; *s = str_from(*s, 1)) {
        milli += (s->p[0] - '0') * unit;
        unit /= 10;
    }
    return milli;
}

static bool take_time(struct str *s, struct parts *t)
{
    if (!take_number(s, 2, &t->hour) || !take_char(s, ':') || !take_number(s, 2, &t->minute))
        return false;
    if (take_char(s, ':') && !take_number(s, 2, &t->second))
        return false;
    if (take_char(s, '.'))
        t->milli = take_fraction(s);
    return t->hour <= 23 && t->minute <= 59 && t->second <= 60;
}

static bool parse_iso(struct str s, struct parts *t)
{
    if (!take_number(&s, 4, &t->year))
        return false;
    bool dashes = take_char(&s, '-');
    if (!take_number(&s, 2, &t->month) || (dashes && !take_char(&s, '-')) || !take_number(&s, 2, &t->day))
        return false;
    if (s.n == 0)
        return true;
    if (!(take_char(&s, 'T') || take_char(&s, ' ')) || !take_time(&s, t))
        return false;
    while (take_char(&s, ' '))
        ;
    return s.n == 0 || (take_zone(&s, t) && s.n == 0);
}

static bool parse_mail(struct str s, struct parts *t)
{
    ptrdiff_t comma = str_find_char(s, ',', 0);
    int digits;

    if (comma >= 0)
        s = str_trim(str_from(s, (size_t)comma + 1));
    digits = s.n > 1 && s.p[1] != ' ' ? 2 : 1;
    if (!take_number(&s, digits, &t->day) || !take_char(&s, ' ') || s.n < 4)
        return false;
    for (int month = 0; month < 12; month++)
        if (str_equal(str_head(s, 3), (struct str){MONTHS[month], 3}))
            t->month = month + 1;
    s = str_from(s, 3);
    if (!t->month || !take_char(&s, ' ') || !take_number(&s, 4, &t->year) || !take_char(&s, ' ') || !take_time(&s, t))
        return false;
    take_char(&s, ' ');
    return s.n == 0 || (take_zone(&s, t) && s.n == 0);
}

bool moment_parse(struct str s, struct moment *out)
{
    struct parts t = {0}, mail = {0};

    s = str_trim(s);
    if (!parse_iso(s, &t)) {
        if (!parse_mail(s, &mail))
            return false;
        t = mail;
    }
    if (!day_exists(t.year, t.month, t.day))
        return false;
    if (t.zoned) {
        struct tm tm = {.tm_year = t.year - 1900,
                        .tm_mon = t.month - 1,
                        .tm_mday = t.day,
                        .tm_hour = t.hour,
                        .tm_min = t.minute,
                        .tm_sec = t.second};
        out->ms = ((int64_t)timegm(&tm) - t.zone * 60) * 1000;
    } else {
        *out = moment_of_local(t.year, t.month, t.day, t.hour, t.minute, t.second);
    }
    out->ms += t.milli;
    return true;
}
