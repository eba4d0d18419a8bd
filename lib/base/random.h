/* random.h - unguessable bytes from the kernel. */
#ifndef HAOWAI_BASE_RANDOM_H
#define HAOWAI_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_fill(void *out, size_t n);
uint64_t random_u64(void);

#endif
