/* SPDX-License-Identifier: MIT */
/* index/merge_walk.h - the terms of a family of all inputs of a merge, in their order.
 *
 *   rc = terms_walk_open(&walk, …);
 *   while (!rc && (rc = terms_walk_next(&walk, …)) == 1)
 *       rc = … walk.at[0 … walk.n_at) stand at the term walk.term …
 *   terms_walk_close(&walk);                       in any case */
#pragma once

#include "index/merge_parts.h"

/** An input whose terms are walked through. */
struct source {
    const struct input *input;
    struct term_iter iter;
    bool open;
};

/** A source that stands at a term. */
struct waiting {
    struct source *source;
    uint32_t shared; /* bytes of its term that are those of the term below it */
};

struct terms_walk {
    struct source *sources;
    size_t n;
    struct waiting *waiting; /* from the highest term to the lowest; of equals by falling sources */
    size_t n_waiting;
    struct source **at; /* those that stand at the term at hand, in their order … */
    size_t n_at;
    char term[TERM_MAX]; /* … which is this */
    size_t term_size;
};

int terms_walk_open(struct terms_walk *walk, const struct merge *merge, enum family family,
                    struct muc_error *err);
/** 1: the next term; 0: there is none; or what failed. */
int terms_walk_next(struct terms_walk *walk, struct muc_error *err);
void terms_walk_close(struct terms_walk *walk);
