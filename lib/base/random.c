/* random.c - getrandom(2); a kernel that cannot give it cannot run us. */
#include "lib/base/random.h"

#include "lib/base/check.h"

#include <sys/random.h>

void random_fill(void *out, size_t n)
{
    CHECK(getrandom(out, n, 0) == (ssize_t)n); /* up to 256 bytes never come short */
}

uint64_t random_u64(void)
{
    uint64_t value;

    random_fill(&value, sizeof value);
    return value;
}
