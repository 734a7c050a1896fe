/* SPDX-License-Identifier: MIT */
/* search/facets.h - how many of the documents found have which source, kind, year, … */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "index/reader.h"

enum facet {
    FACET_SOURCE,
    FACET_KIND,
    FACET_LANG,
    FACET_PLACE,
    FACET_BYLINE,
    FACET_NUMBER,
    FACET_TAG,
    FACET_YEAR,
    FACET_MONTH,
    FACETS
};

struct facet_count {
    struct muc_string value;
    uint64_t count;
};

struct facets {
    enum facet wanted[FACETS];
    size_t n;
    uint64_t *in_segment[FACETS]; /* counts of the segment at hand, by ordinal; 0: none */
    VECTOR(struct facet_count) totals[FACETS];
    uint64_t *months; /* year × 13 + month; NULL unless wanted */
    uint64_t missing[FACETS];
};

/** Parse "source,year"; NULL and "" ask for nothing. MUC_EARGUMENT: no such facet. */
int facets_parse(const char *names, struct facets *facets, struct muc_error *err);
int facets_begin_segment(struct facets *facets, const struct segment *segment,
                         struct muc_error *err);
void facets_count(struct facets *facets, const struct segment *segment, uint32_t doc);
int facets_end_segment(struct facets *facets, const struct segment *segment, struct muc_error *err);

/** Give out at most `most` values of each, in `arena`. */
int facets_finish(struct facets *facets, size_t most, struct arena *arena, struct muc_facet **out,
                  struct muc_error *err);
void facets_reset(struct facets *facets); /* forget all counts */
void facets_free(struct facets *facets);
