/* SPDX-License-Identifier: MIT */
/* search/repairs.h - where the words of a repaired query stand in the one that was typed. */
#pragma once

#include "base/vector.h"

/** Bytes that were typed, and those of the repaired query in their place. */
struct repair {
    uint32_t typed_start, typed_end, start, end;
};

struct repairs {
    VECTOR(struct repair) at; /* rising */
};

/** Make a range of the repaired query the one of what was typed for it. Whether a repair is in it.
 */
static inline bool repairs_find(const struct repairs *repairs, uint32_t *start, uint32_t *end)
{
    uint32_t typed_start = *start, typed_end = *end;
    bool met = false;

    for (size_t i = 0; i < repairs->at.n && repairs->at.at[i].start < *end; i++) {
        const struct repair *repair = &repairs->at.at[i];

        typed_end =
            *end <= repair->end ? repair->typed_end : *end - repair->end + repair->typed_end;
        if (repair->end > *start) {
            typed_start = met || repair->start > *start ? typed_start : repair->typed_start;
            met = true;
        } else {
            typed_start = *start - repair->end + repair->typed_end;
        }
    }
    *start = typed_start;
    *end = typed_end;
    return met;
}
