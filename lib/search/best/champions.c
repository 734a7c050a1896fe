/* SPDX-License-Identifier: MIT */
/* What the lists tell of their best documents, before one of their blocks is opened. */
#include "search/best/best_run.h"
#include "search/discount.h"

/** The parts of the documents of a batch that nothing is taken off, highest first; their number.
 *  Those that raise no floor are left out, and nothing is asked about them. */
static uint32_t sort_parts(struct best *best, double parts[CHAMPIONS_MOST])
{
    const struct batch *batch = best->batch;
    uint32_t n = 0;

    for (uint32_t i = 0; i < batch->n && best->plan->discount; i++)
        standing_ahead(best->segment, batch->docs[i]);
    for (uint32_t i = 0; i < batch->n; i++) {
        double part = batch->sums[i];
        uint32_t to = n;

        if (part <= best_threshold(best) ||
            discount_find(best->plan->discount, best->segment, batch->docs[i]))
            continue;
        for (; to && parts[to - 1] < part; to--)
            parts[to] = parts[to - 1];
        parts[to] = part;
        n++;
    }
    return n;
}

/** Leave the champions of a list in the batch, those that are wanted, and raise the floor to what
 *  as many as are asked for have. `rest`: no others have more. False: nothing is told. */
static bool ask(struct best *best, struct clause *clause, double *rest)
{
    const size_t most = best->topk->most;
    double parts[CHAMPIONS_MOST];

    if (!clause_champions(clause, best->plan, best->segment, best->batch, rest))
        return false;
    best_sift(best, NULL);
    if (sort_parts(best, parts) >= most)
        best->floor = parts[most - 1];
    return true;
}

bool best_ask_champions(struct best *best)
{
    double rest = INFINITY;

    if (best->forwards || best->parts.phrases.n ||
        (best->parts.n_required && best->n > 1)) /* they need not match */
        return false;
    for (uint32_t c = 0; c < best->n; c++) {
        best->batch->n = 0;
        if (best->n > 1 && best->clauses[c].bound <= best_threshold(best))
            continue;
        if (!ask(best, &best->clauses[c], &rest))
            rest = INFINITY;
    }
    if (best->n == 1 && rest < best_threshold(best)) {
        best->clauses[0].known = true;
        best_finish(best);
        return true;
    }
    best->batch->n = 0;
    return false;
}
