/* SPDX-License-Identifier: MIT */
/* server/asked.h - a search as the parameters of a request ask for it: those of mucluc search. */
#pragma once

#include "query_settings.h"
#include "server/request.h"

enum {
    ASKED_LIMIT_MAX = 200,    /* hits of an answer; an export has no limit */
    ASKED_OFFSET_MAX = 10000, /* hits before them */
};

struct asked {
    struct query_settings query; /* first: query_options speaks of it */
    const char *q, *facets;
    uint32_t limit, offset, facet_values;
    bool explain, count, no_collapse;

    struct muc_filter filters[QUERY_FILTERS];
    char dates[64]; /* a query of the dates alone */
};

extern const struct option_spec asked_options[]; /* all of them */
extern const struct option_spec asked_q[];       /* q alone */

/** Read the parameters. False: the answer is a problem. */
bool asked_read(struct request *request, const struct option_spec *options, bool lenient,
                struct asked *asked);

/** Whether a query is no longer than it may be. False: the answer is a problem. */
bool asked_q_fits(struct request *request, const char *q);

/** The query they make. */
struct muc_query asked_query(struct asked *asked, const struct request *request);

/** Whether there is anything to look for. */
bool asked_anything(const struct asked *asked);
