/* SPDX-License-Identifier: MIT */
#include "codec/bits.h"

/** The best order is near the logarithm of the mean: that and the one below are tried. A height is
 *  the same with both, or one more with the higher order, which then takes a bit more of the value
 *  than of those that are the same it saves: so they need only be counted. */
unsigned bits_best_order(const uint32_t *values, uint32_t n, unsigned orders)
{
    uint64_t sum = 0;
    uint32_t higher = 0; /* values whose height is one more with the higher order */
    unsigned k;

    for (uint32_t i = 0; i < n; i++)
        sum += values[i];
    k = !n                  ? 0
        : sum <= UINT32_MAX ? code_height((uint32_t)sum / n, 0) /* far sooner divided */
                            : code_height((uint32_t)(sum / n), 0);
    k = k < orders ? k : orders - 1;
    if (!k)
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t at = values[i] + ((uint64_t)1 << k), below = values[i] + ((uint64_t)1 << (k - 1));

        higher += (at ^ below) > below; /* the highest bit is another one */
    }
    return 2 * (uint64_t)higher < n ? k : k - 1;
}

uint64_t bits_take_rest(struct bits *in, unsigned k)
{
    unsigned zeros = in->window ? (unsigned)__builtin_ctzll(in->window) : 64;

    if (zeros + k > 32 || zeros >= in->n) {
        in->bad = true;
        return 0;
    }
    bits_take(in, zeros + 1);
    return ((uint64_t)1 << (zeros + k) | bits_take(in, zeros + k)) - ((uint64_t)1 << k);
}
