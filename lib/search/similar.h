/* SPDX-License-Identifier: MIT */
/* search/similar.h - more like these documents: a query of what they say that few others do.
 *
 * Its parts are the pairs of words that are frequent in them and rare in the index. Near copies
 * come first, whatever they score. */
#pragma once

#include "base/buffer.h"
#include "search/analyzers.h"
#include "search/copies.h"
#include "search/filter.h"
#include "search/plan.h"

struct similar {
    const struct reader *reader;
    struct copy *own; /* the documents themselves */
    size_t n_own;
    struct copies copies; /* of any of them */
    struct buffer text;   /* the query */
};

/** With `copies_only` the query is empty. MUC_OK, MUC_ENOTFOUND, MUC_EDAMAGED, MUC_ENOMEM. Needs
 * similar_close() on success alone. */
int similar_open(const struct reader *reader, struct analyzers *analyzers,
                 const struct muc_string *ids, size_t n, bool copies_only, struct similar *out,
                 struct muc_error *err);
void similar_close(struct similar *similar);

/** Of what was found leave `wanted`: without the documents themselves, the near copies that pass
 *  the filter first. */
int similar_arrange(const struct similar *similar, const struct plan *plan, struct filter *filter,
                    struct topk *found, size_t wanted, struct muc_error *err);

bool similar_is_copy(const struct similar *similar, const struct found *found);
