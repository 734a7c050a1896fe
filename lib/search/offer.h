/* SPDX-License-Identifier: MIT */
/* search/offer.h - "did you mean": a query without slips, if it finds far more than the one typed.
 */
#pragma once

#include "search/repair/slips.h"
#include "search/search.h"

/** Set did_you_mean of a complete answer to `query`. `ms`: what is left of query->time_ms. MUC_OK,
 *  what search() returns. */
int offer(const struct reader *reader, struct analyzers *analyzers, const struct muc_query *query,
          uint32_t ms, const struct correction *correction, struct answer *answer,
          struct muc_error *err);
