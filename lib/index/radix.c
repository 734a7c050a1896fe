/* SPDX-License-Identifier: MIT */
#include "index/radix.h"

#include <string.h>

enum { DIGIT_BITS = 11 }; /* 2048 open runs: about what the second level of a TLB reaches */

uint64_t *radix_sort(uint64_t *records, uint64_t *other, size_t n, unsigned low, unsigned bits)
{
    size_t starts[1 << DIGIT_BITS];
    unsigned passes = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    unsigned digit = passes ? (bits + passes - 1) / passes : 0;
    uint64_t mask = ((uint64_t)1 << digit) - 1;

    for (unsigned pass = 0; pass < passes; pass++, low += digit) {
        uint64_t *from = records;
        size_t at = 0;

        memset(starts, 0, sizeof *starts << digit);
        for (size_t i = 0; i < n; i++)
            starts[from[i] >> low & mask]++;
        for (size_t i = 0; i <= mask; i++) {
            size_t count = starts[i];

            starts[i] = at;
            at += count;
        }
        for (size_t i = 0; i < n; i++)
            other[starts[from[i] >> low & mask]++] = from[i];
        records = other;
        other = from;
    }
    return records;
}

void radix_sort_in_place(uint64_t *records, size_t n, unsigned bits)
{
    while (n > 1 && bits > 0) {
        size_t low = 0,
               high = n; /* records before `low` have the bit not set, from `high` on set */

        bits--;
        while (low < high) {
            uint64_t record = records[low];

            if (!(record >> bits & 1)) {
                low++;
            } else {
                records[low] = records[--high];
                records[high] = record;
            }
        }
        radix_sort_in_place(records, low, bits); /* not deeper than there are bits */
        records += low;
        n -= low;
    }
}
