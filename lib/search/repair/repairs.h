/* SPDX-License-Identifier: MIT */
/* search/repair/repairs.h - where the words of a repaired query stand in the one that was typed. */
#pragma once

#include "base/vector.h"
#include "query/query.h"

/** Bytes that were typed, and those of the repaired query in their place. */
struct repair {
    uint32_t typed_start, typed_end, start, end;
};

struct repairs {
    VECTOR(struct repair) at; /* rising */
};

/** Make a range of the repaired query the one of what was typed for it. Whether a repair is in it.
 */
bool repairs_find(const struct repairs *repairs, uint32_t *start, uint32_t *end);

/** Whether any word of a tree was typed with marks, and not just repaired so. */
bool repairs_leave_marks(const struct repairs *repairs, const struct node *node);
