/* SPDX-License-Identifier: MIT */
/* server/assets.h - the files of cli/web, built into the program. */
#pragma once

#include <stddef.h>

struct asset {
    const char *name, *type;
    const unsigned char *bytes;
    size_t size;
    const char *version; /* after its content */
};

extern const struct asset assets[]; /* a NULL name at the end */

/** NULL: there is no such file. */
const struct asset *asset_find(const char *name, size_t size);
