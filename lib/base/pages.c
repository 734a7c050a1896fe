/* SPDX-License-Identifier: MIT */
#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

enum { LARGE = 2 << 20 }; /* bytes of a large page, which lies at a multiple of them */

void *pages_new(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

void *pages_new_large(size_t size, size_t small)
{
    unsigned char *all = size <= SIZE_MAX - LARGE ? pages_new(size + LARGE) : NULL, *at;
    size_t before;

    if (!all)
        return NULL;
    before = -((uintptr_t)all + small) % LARGE;
    at = all + before;
    if (before)
        pages_free(all, before);
    pages_free(at + size, LARGE - before);
#ifdef MADV_HUGEPAGE
    madvise(at + small, size - small, MADV_HUGEPAGE); /* a system without them does as always */
#endif
    return at;
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
