/* SPDX-License-Identifier: MIT */
/* index/champions.h - the documents of a list with the highest parts of a score, found while it is
 * written (codec/list.h has them apart from the others). */
#pragma once

#include "codec/list.h"

/** What is known so far: the best, best first; one more than are kept, for what the rest has. */
struct champions_finder {
    uint32_t n;
    struct contender {
        float
            strength; /* frequency / (k1 (1 - b + b × length / average)): the part rises with it */
        uint32_t doc, freq;
    } at[CHAMPIONS_MOST + 1];
};

/** The next documents, `n` of them, and their strengths, `most` the highest of these. */
void champions_find(struct champions_finder *finder, const uint32_t *docs, const uint32_t *freqs,
                    const float *strengths, uint32_t n, float most);

/** The champions of what was met, more than CHAMPIONS_MOST documents; and begin again. */
void champions_choose(struct champions_finder *finder, struct champions *champions);
