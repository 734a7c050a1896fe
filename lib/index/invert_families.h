/* SPDX-License-Identifier: MIT */
/* index/invert_families.h - what the files that write an inversion's families share. */
#pragma once

#include "index/rounds.h"

struct families {
    struct invert *invert;
    struct orders orders;
    struct rounds rounds;
    uint32_t *counts; /* of each form, how many of the records at hand have it */
    uint32_t n_forms;
};

/* ---- invert_pairs.c */
/** FAMILY_PAIR or FAMILY_PAIR_FOLDED, of the records of title and text, which are those at hand. */
int invert_write_pairs(struct families *families, enum family family, struct muc_error *err);
