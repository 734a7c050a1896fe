/* SPDX-License-Identifier: MIT */
#include "index/content.h"

#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

enum { CHUNK = 64 << 10 };

bool content_hash(int fd, uint64_t size, uint64_t *hash)
{
    XXH3_state_t *state = XXH3_createState();
    char *bytes = malloc(CHUNK);
    uint64_t at = 0;
    ssize_t n = state && bytes ? 1 : -1;

    if (n > 0)
        XXH3_64bits_reset(state);
    while (n > 0 && at <= size) {
        n = pread(fd, bytes, CHUNK, (off_t)at);
        if (n > 0)
            XXH3_64bits_update(state, bytes, (size_t)n);
        at += n > 0 ? (uint64_t)n : 0;
    }
    if (!n && at == size)
        *hash = XXH3_64bits_digest(state);
    XXH3_freeState(state);
    free(bytes);
    return !n && at == size;
}
