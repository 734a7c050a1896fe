/* SPDX-License-Identifier: MIT */
#include "index/content.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/error.h"

enum { CHUNK = 64 << 10 };

int content_hash(int fd, uint64_t size, uint64_t *hash, struct muc_error *err)
{
    XXH3_state_t *state = XXH3_createState();
    char *bytes = malloc(CHUNK);
    int rc = state && bytes ? MUC_OK : error_memory(err);
    uint64_t at = 0;
    ssize_t n = 1;

    if (!rc)
        XXH3_64bits_reset(state);
    while (!rc && n > 0 && at <= size) {
        n = pread(fd, bytes, CHUNK, (off_t)at);
        if (n > 0)
            XXH3_64bits_update(state, bytes, (size_t)n);
        at += n > 0 ? (uint64_t)n : 0;
    }
    if (!rc && n < 0)
        rc = error_set(err, MUC_EIO, errno, "", "cannot be read: %s", strerror(errno));
    else if (!rc && (n || at != size))
        rc = error_set(err, MUC_EIO, 0, "", "it changes while it is read");
    if (!rc)
        *hash = XXH3_64bits_digest(state);
    XXH3_freeState(state);
    free(bytes);
    return rc;
}
