/* SPDX-License-Identifier: MIT */
#include "codec/bits.h"

enum { BELOW = 2, ABOVE = 0 }; /* orders tried below and above the logarithm of the mean */

void bits_flush(struct bits_writer *writer)
{
    for (; writer->n > 0; writer->n -= writer->n < 8 ? writer->n : 8, writer->window >>= 8)
        buffer_byte(writer->out, (uint8_t)writer->window);
    writer->window = 0;
}

/** Place of the highest bit of value + 2^k. */
static unsigned code_height(uint32_t value, unsigned k)
{
    return 63 - (unsigned)__builtin_clzll(value + ((uint64_t)1 << k));
}

void bits_put_code(struct bits_writer *writer, uint32_t value, unsigned k)
{
    unsigned height = code_height(value, k);
    uint64_t w = value + ((uint64_t)1 << k), rest = w ^ (uint64_t)1 << height;
    unsigned head = height - k + 1;

    if (head + height <= 32) {
        bits_put(writer, (uint64_t)1 << (height - k) | rest << head, head + height);
    } else {
        bits_put(writer, (uint64_t)1 << (height - k), head);
        bits_put(writer, rest, height);
    }
}

/** The best order is near the logarithm of the mean: only those around it are tried. */
unsigned bits_best_order(const uint32_t *values, uint32_t n, unsigned orders)
{
    uint64_t sum = 0, least = UINT64_MAX;
    unsigned middle, best = 0;

    for (uint32_t i = 0; i < n; i++)
        sum += values[i];
    middle = n ? code_height((uint32_t)(sum / n), 0) : 0;
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
