/* SPDX-License-Identifier: MIT */
#include "search/repair/repairs.h"

bool repairs_find(const struct repairs *repairs, uint32_t *start, uint32_t *end)
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

bool repairs_leave_marks(const struct repairs *repairs, const struct node *node)
{
    for (uint32_t i = 0; i < node->n_words; i++) {
        uint32_t start = node->words[i].start, end = node->words[i].end;

        if (node->words[i].marked && !repairs_find(repairs, &start, &end))
            return true;
    }
    for (uint32_t i = 0; i < node->n_children; i++)
        if (repairs_leave_marks(repairs, node->children[i]))
            return true;
    return false;
}
