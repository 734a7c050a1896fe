/* SPDX-License-Identifier: MIT */
/* server/results.h - the parts of the page of results. */
#pragma once

#include "server/asked.h"
#include "server/page.h"

enum {
    RESULTS_PER_PAGE = 10,
    RESULTS_FACET_VALUES = 200, /* asked for: all years of an archive; few are shown at first */
};

/** What was asked and what came of it. */
struct results_page {
    struct request *request;
    struct asked asked;
    const char *bad_offset; /* as given, where it was left out; or NULL */
    const struct muc_results *results;
    uint64_t took_us; /* to find them */
};

/** Years, or months, as bars that can be picked. */
void results_years(const struct results_page *page);

/** The column beside the list: order, dates, facets. */
void results_narrow(const struct results_page *page);

/** Filters in force, each with a way to remove it. */
void results_filters(const struct results_page *page);

/** The facet of this name, or NULL. */
const struct muc_facet *results_facet(const struct muc_results *results, const char *name);
