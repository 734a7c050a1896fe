/* SPDX-License-Identifier: MIT */
/* index/ranks.h - the forms of an inversion in the orders in which families have their terms. */
#pragma once

#include "index/invert.h"

/** An order of forms: rank of each form, and one form of each rank. Forms that one term stands for
 *  have one rank; those that are in no record have none. */
struct ranks {
    uint32_t *of, *form; /* form: NULL once pairs have copied the words of the ranks */
    uint32_t n;
};

/** As EXACT orders those of the text and of the fields; `counts`: how often the text has each. */
int ranks_by_terms(const struct invert *invert, const uint32_t *counts, struct ranks *ranks,
                   struct muc_error *err);
/** As PAIR orders those of the text. */
int ranks_by_letters(const struct invert *invert, const uint32_t *counts, struct ranks *ranks,
                     struct muc_error *err);
/** The order of EXACT becomes that of FOLDED, in the same memory: in it the forms of a folded word
 *  are neighbours. */
int ranks_fold(const struct invert *invert, struct ranks *ranks, struct muc_error *err);
void ranks_free(struct ranks *ranks);
