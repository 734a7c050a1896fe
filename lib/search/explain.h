/* SPDX-License-Identifier: MIT */
/* search/explain.h - what the score of a document is made of, part by part of the query. */
#pragma once

#include "search/plan.h"
#include "search/recency.h"
#include "search/repair/repairs.h"
#include "search/topk.h"

struct explaining {
    const struct reader *reader;
    const struct plan *plan;
    struct muc_string text;        /* of the query as typed */
    const struct repairs *repairs; /* of it to what was searched */
    const struct recency *recency;
    struct arena *arena; /* of what is given out */
};

/** Fill the parts of a hit; their scores add up to that of the document, bit for bit. MUC_OK,
 *  MUC_EDAMAGED, MUC_ENOMEM. */
int explain(const struct explaining *explaining, const struct found *found, struct muc_hit *hit,
            struct muc_error *err);
