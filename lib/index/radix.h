/* SPDX-License-Identifier: MIT */
/* index/radix.h - sorting of packed 64-bit records by some of their bits, stable. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/** Sort `n` records by the `bits` bits from bit `low` on; `other` has room for as many. Returns
 *  where the sorted ones are: `records` or `other`. */
uint64_t *radix_sort(uint64_t *records, uint64_t *other, size_t n, unsigned low, unsigned bits);

/** Sort `n` records by all of their lowest `bits` bits, above which they are alike, in no other
 *  memory, but in several times the time. */
void radix_sort_in_place(uint64_t *records, size_t n, unsigned bits);
