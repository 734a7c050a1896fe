/* SPDX-License-Identifier: MIT */
/* index/ranks.h - the forms of an inversion in the orders in which families have their terms. */
#pragma once

#include "index/invert.h"

/** An order of forms: rank of each form, and one form of each rank. */
struct ranks {
    uint32_t *of, *form;
    uint32_t n;
};

/** Those of the forms that the records have: as EXACT, FOLDED and PAIR order them. Forms that one
 *  term stands for have one rank. */
struct orders {
    struct ranks exact, folded, written;
};

/** The first two; `counts`: how often the text has each form. */
int orders_build(const struct invert *invert, const uint32_t *counts, struct orders *orders,
                 struct muc_error *err);
/** The last one, of the text alone, in place of the first, which is freed. */
int orders_turn(const struct invert *invert, const uint32_t *counts, struct orders *orders,
                struct muc_error *err);
void orders_free(struct orders *orders);
