/* SPDX-License-Identifier: MIT */
/* search/duplicates.h - all documents that have near copies, by groups: whoever is a near copy of a
 * member is a member. */
#pragma once

#include "base/arena.h"
#include "index/reader.h"

struct duplicates {
    struct arena arena; /* of what follows */
    struct muc_duplicate *at;
    size_t n;
};

/** Fill `out`, which is zeroed. On failure it is left to arena_free(). Looks at all documents. */
int duplicates_find(const struct reader *reader, struct duplicates *out, struct muc_error *err);
