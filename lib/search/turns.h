/* SPDX-License-Identifier: MIT */
/* search/turns.h - ways through readings, judged by three neighbours at a time. */
#pragma once

#include "search/readings.h"
#include "search/terms.h"

/** From a reading of one place to one of the next, on a way worth a second look. */
struct step {
    double log;      /* of its likelihood, by pairs */
    uint32_t n_docs; /* that have the two next to each other */
    uint8_t h, i;    /* readings of the place before and of this one */

    /* set by walk_turns(): logs of the best way with this step */
    double best, rest; /* up to its end, from there on */
};

/** A place, as seen from the one before. */
struct stage {
    double best[READINGS_MAX]; /* way to each reading by pairs */
    struct step *steps;        /* rising by h, then i */
    uint32_t n;                /* of them */
};

/** Set the best ways of the steps, of which there is at least one at each of `n` >= 2 places but
 *  the first. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int walk_turns(const struct place *places, size_t n, struct stage *stages, struct lookups *lookups,
               struct muc_error *err);
