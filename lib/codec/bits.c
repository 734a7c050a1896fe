/* SPDX-License-Identifier: MIT */
#include "codec/bits.h"

enum { BELOW = 1, ABOVE = 0 }; /* orders tried below and above the logarithm of the mean */

/** The best order is near the logarithm of the mean: only those around it are tried. */
unsigned bits_best_order(const uint32_t *values, uint32_t n, unsigned orders)
{
    uint64_t sum = 0, least = UINT64_MAX;
    unsigned middle, best = 0;

    for (uint32_t i = 0; i < n; i++)
        sum += values[i];
    middle = !n                  ? 0
             : sum <= UINT32_MAX ? code_height((uint32_t)sum / n, 0) /* far sooner divided */
                                 : code_height((uint32_t)(sum / n), 0);
    for (unsigned k = middle > BELOW ? middle - BELOW : 0; k < orders && k <= middle + ABOVE; k++) {
        uint64_t size = 0;

        for (uint32_t i = 0; i < n; i++)
            size += 2 * code_height(values[i], k) - k + 1;
        if (size < least) {
            least = size;
            best = k;
        }
    }
    return best;
}
