/* SPDX-License-Identifier: MIT */
/* search/filter.h - which documents are wanted whatever they say: living ones of the days and with
 * the values asked for. */
#pragma once

#include "index/reader.h"

struct filter {
    uint32_t from, to;               /* packed dates, both ends included; a document without a date
                                      * is in no range but the open one */
    const struct muc_filter *wanted; /* all of them */
    size_t n;
    /* of the segment at hand: where the wanted values stand (NULL: tags), and their numbers there
     */
    const struct values *columns[MUC_FILTERS_MAX];
    uint32_t ordinals[MUC_FILTERS_MAX];
};

/** MUC_EARGUMENT: too many, or no such field. */
int filter_open(const struct muc_query *query, struct filter *filter, struct muc_error *err);

/** Find the wanted values in a segment, before its documents are asked for. */
void filter_begin_segment(struct filter *filter, const struct segment *segment);

/** Whether a document has all the wanted values. */
bool filter_has_values(const struct filter *filter, const struct segment *segment, uint32_t doc);

static inline bool filter_is_open(const struct filter *filter)
{
    return !filter->from && filter->to == UINT32_MAX && !filter->n;
}

static inline bool filter_passes(const struct filter *filter, const struct segment *segment,
                                 uint32_t doc)
{
    uint32_t date = segment->dates[doc];

    if (segment_is_deleted(segment, doc))
        return false;
    if ((filter->from || filter->to != UINT32_MAX) &&
        !(date && date >= filter->from && date <= filter->to))
        return false;
    return !filter->n || filter_has_values(filter, segment, doc);
}
