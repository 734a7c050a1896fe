/* SPDX-License-Identifier: MIT */
/* search/filter.h - which documents are wanted whatever they say: living ones of the days asked
 * for. */
#pragma once

#include "index/reader.h"

/** Packed dates, both ends included; a document without a date is in no range. */
struct filter {
    uint32_t from, to;
};

static inline bool filter_is_open(const struct filter *filter)
{
    return !filter->from && filter->to == UINT32_MAX;
}

static inline bool filter_passes(const struct filter *filter, const struct segment *segment,
                                 uint32_t doc)
{
    uint32_t date = segment->dates[doc];

    if (segment_is_deleted(segment, doc))
        return false;
    return filter_is_open(filter) || (date && date >= filter->from && date <= filter->to);
}
