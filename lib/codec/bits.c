/* SPDX-License-Identifier: MIT */
#include "codec/bits.h"

enum { BELOW = 3, ABOVE = 1 }; /* orders tried below and above the logarithm of the mean */

void bits_put(struct bits_writer *writer, uint64_t value, unsigned n)
{
    writer->window |= value << writer->n;
    writer->n += n;
    for (; writer->n >= 8; writer->n -= 8, writer->window >>= 8)
        buffer_byte(writer->out, (uint8_t)writer->window);
}

void bits_flush(struct bits_writer *writer)
{
    if (writer->n)
        buffer_byte(writer->out, (uint8_t)writer->window);
    writer->window = 0;
    writer->n = 0;
}

/** Place of the highest bit of value + 2^k. */
static unsigned code_height(uint32_t value, unsigned k)
{
    return 63 - (unsigned)__builtin_clzll(value + ((uint64_t)1 << k));
}

void bits_put_code(struct bits_writer *writer, uint32_t value, unsigned k)
{
    unsigned height = code_height(value, k);
    uint64_t w = value + ((uint64_t)1 << k);

    bits_put(writer, (uint64_t)1 << (height - k), height - k + 1);
    bits_put(writer, w ^ (uint64_t)1 << height, height);
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
