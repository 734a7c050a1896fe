/* SPDX-License-Identifier: MIT */
/* index/champions.h - the documents of a list with the highest parts of a score, found while it is
 * written (codec/list.h has them apart from the others). */
#pragma once

#include "codec/list.h"

/** What is known so far: the best, best first; one more than are kept, for what the rest has. */
struct champions_finder {
    uint32_t n;
    struct contender {
        float strength; /* frequency × share: the part rises with it */
        uint32_t doc, freq;
    } at[CHAMPIONS_MOST + 1];
};

/** The next documents, `n` of them; `shares` as struct segment_writer has them, `most`: the highest
 *  strength of these. */
void champions_find(struct champions_finder *finder, const uint32_t *docs, const uint32_t *freqs,
                    uint32_t n, const float *shares, float most);

/** The champions of what was met, more than CHAMPIONS_MOST documents; and begin again. */
void champions_choose(struct champions_finder *finder, struct champions *champions);
