/* SPDX-License-Identifier: MIT */
/* search/repair/reread_parts.h - what reread.c and split.c share. */
#pragma once

#include "search/terms.h"

enum { REPAIRED_SIZE = 160 }; /* bytes that stand for one word */

/** Read a word as syllables run together, each neighbour of the next somewhere in the index. The
 *  size of what is written into `out`: 0 if it is nothing of the kind; or what failed. */
int split_word(struct lookups *lookups, const struct query_word *word, char out[REPAIRED_SIZE],
               struct muc_error *err);
