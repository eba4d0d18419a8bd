/* inherited.c - LISTEN_FDS, see inherited.h. */
#include "src/run/inherited.h"

#include "lib/base/check.h"
#include "lib/base/str.h"

#include <fcntl.h>
#include <unistd.h>

enum { FIRST = 3 };

static bool env_is(const char *name, int64_t *out)
{
    const char *value = getenv(name);

    return value && str_to_int(str_of(value), out);
}

void inherited_take(struct inherited *out)
{
    int64_t pid, n;
    const char *text = getenv("LISTEN_FDNAMES");

    out->n = 0;
    if (env_is("LISTEN_PID", &pid) && pid == getpid() && env_is("LISTEN_FDS", &n) && n > 0 && n <= INHERITED_MOST &&
        text && strlen(text) < sizeof out->names) {
        memcpy(out->names, text, strlen(text) + 1);
        char *name = out->names;
        for (; out->n < (size_t)n && name; out->n++) {
            char *end = strchr(name, ':');
            if (end)
                *end++ = '\0';
            out->at[out->n].fd = FIRST + (int)out->n;
            out->at[out->n].name = name;
            fcntl(FIRST + (int)out->n, F_SETFD, FD_CLOEXEC);
            name = end;
        }
    }
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
}

int inherited_find(const struct inherited *inherited, const char *name, int out[], int most)
{
    int n = 0;

    for (size_t i = 0; i < inherited->n && n < most; i++)
        if (strcmp(inherited->at[i].name, name) == 0)
            out[n++] = inherited->at[i].fd;
    return n;
}

static void set_number(const char *name, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)number);
    setenv(name, text, 1);
}

void inherited_give(const struct inherited *inherited)
{
    char names[INHERITED_MOST * 16] = "";
    size_t used = 0;
    int above = FIRST + (int)inherited->n;
    int copies[INHERITED_MOST];

    /* Out of the way first: a target number may still be somebody's source. */
    for (size_t i = 0; i < inherited->n; i++) {
        copies[i] = fcntl(inherited->at[i].fd, F_DUPFD_CLOEXEC, above);
        CHECK(copies[i] >= 0);
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? ":" : "", inherited->at[i].name);
        CHECK(used < sizeof names);
    }
    for (size_t i = 0; i < inherited->n; i++)
        CHECK(dup2(copies[i], FIRST + (int)i) >= 0); /* without close-on-exec */
    set_number("LISTEN_PID", getpid());
    set_number("LISTEN_FDS", (int64_t)inherited->n);
    setenv("LISTEN_FDNAMES", names, 1);
}
