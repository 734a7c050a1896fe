/* SPDX-License-Identifier: MIT */
/* search/repair/turns.h - ways through readings, judged by three neighbours at a time. */
#pragma once

#include "search/repair/readings.h"
#include "search/terms.h"

/** As fmax() of numbers that are such, which would be a call. */
static inline double higher_of(double a, double b)
{
    return a > b ? a : b;
}

/** From a reading of one place to one of the next, on a way worth a second look. */
struct step {
    double log;      /* of its likelihood, by pairs */
    uint32_t n_docs; /* that have the two next to each other */
    uint8_t h, i;    /* readings of the place before and of this one */

    /* set by walk_turns() */
    double best, rest; /* logs of the best way with this step: up to its end, on from there */
    const struct lookup *pair; /* of the two, if it was asked for; else NULL */
};

/** A place, as seen from the one before. */
struct stage {
    double best[READINGS_MAX]; /* way to each reading by pairs */
    struct step *steps;        /* rising by h, then i */
    uint32_t n;                /* of them */
};

/** Set the best ways of the steps, of which there is at least one at each of `n` >= 2 places but
 *  the first. The arena gets what is done with when this returns. MUC_OK, MUC_EDAMAGED,
 *  MUC_ENOMEM. */
int walk_turns(const struct place *places, size_t n, struct stage *stages, struct lookups *lookups,
               struct arena *arena, struct muc_error *err);
