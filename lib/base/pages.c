/* SPDX-License-Identifier: MIT */
#include "base/pages.h"

#include <sys/mman.h>

void *pages_new(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

void pages_free(void *at, size_t size)
{
    if (at)
        munmap(at, size);
}

void pages_ready(void *at, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    madvise(at, size, MADV_POPULATE_WRITE); /* what an older system does not know is done later */
#else
    (void)at, (void)size;
#endif
}
