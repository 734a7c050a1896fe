/* SPDX-License-Identifier: MIT */
/* index/bisect.h - an order of documents that puts like ones together: recursive graph bisection.
 *
 * Halves are exchanged documents until the terms of each are as much its own as can be; then each
 * half is halved, down to as many documents as a block of a list has. So the lists of most terms
 * have many documents here and none there: their blocks are dense, and what the best document of a
 * block could reach is near what the others do. Pure; the same documents give the same order.
 *
 * Method: Dhulipala, Kabiljo, Karrer, Ottaviano, Pupyrev, Shalita, Compressing Graphs and Indexes
 * with Recursive Graph Bisection (2016); gains of both halves in one order: Mackenzie, Petri,
 * Moffat, Faster Index Reordering with Bipartite Graph Partitioning (2021). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** The terms of documents, by their numbers. */
struct forward_index {
    uint32_t n_terms; /* at most 1 << 15, so that what draws a document fits into 32 bits */
    uint32_t *ends;   /* document d has terms[ends[d] … ends[d + 1]), each once */
    uint16_t *terms;
};

enum { BISECT_MOST = 1 << 17 }; /* documents at a time */

/** Bring the documents in `docs`, of which there are `n` <= BISECT_MOST, into such an order. False:
 *  no memory; they are as they were then. */
bool bisect_documents(const struct forward_index *index, uint32_t *docs, uint32_t n);
