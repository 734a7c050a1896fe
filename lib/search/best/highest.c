/* SPDX-License-Identifier: MIT */
#include "search/best/highest.h"

#include <float.h>
#include <math.h>
#include <simde/x86/avx2.h>
#include <stdbool.h>

enum { LANES = 4, VECTORS = HIGHEST_ROW / LANES, WORD = 64, WORDS = HIGHEST_ROOM / WORD };

_Static_assert((int)WORD % (int)HIGHEST_ROW == 0, "a word of bits is full rows");

static inline uint32_t full_rows(uint32_t n)
{
    return (n + HIGHEST_ROW - 1) / HIGHEST_ROW * HIGHEST_ROW;
}

/** How many of `n` values are above each of one row. (Once, as a loop: its code is short then, and
 *  what a query runs through has to fit a processor's first cache of instructions.) */
__attribute__((noinline)) static void count_above(const double *values, uint32_t n,
                                                  const double *row, uint64_t counts[HIGHEST_ROW])
{
    simde__m256d items[VECTORS];
    simde__m256i above[VECTORS];

    for (size_t v = 0; v < VECTORS; v++) {
        items[v] = simde_mm256_loadu_pd(row + LANES * v);
        above[v] = simde_mm256_setzero_si256();
    }
    for (uint32_t i = 0; i < n; i++) {
        const simde__m256d value = simde_mm256_set1_pd(values[i]);

        for (size_t v = 0; v < VECTORS; v++)
            above[v] = simde_mm256_sub_epi64(above[v], simde_mm256_castpd_si256(simde_mm256_cmp_pd(
                                                           value, items[v], SIMDE_CMP_GT_OQ)));
    }
    for (size_t v = 0; v < VECTORS; v++)
        simde_mm256_storeu_si256((simde__m256i *)(counts + LANES * v), above[v]);
}

/** What `most` of the sums, in full rows, reach: as many of the columns have such a maximum. */
static double find_bound(const double *sums, uint32_t n, uint32_t most)
{
    const simde__m256d infinite = simde_mm256_set1_pd(INFINITY);
    const simde__m256i enough = simde_mm256_set1_epi64x(most);
    simde__m256d maxima[VECTORS], bound = infinite;
    double columns[HIGHEST_ROW];
    uint64_t above[HIGHEST_ROW];
    simde__m128d half;

    for (size_t v = 0; v < VECTORS; v++)
        maxima[v] = simde_mm256_loadu_pd(sums + LANES * v);
    for (uint32_t i = HIGHEST_ROW; i < n; i += HIGHEST_ROW)
        for (size_t v = 0; v < VECTORS; v++)
            maxima[v] = simde_mm256_max_pd(maxima[v], simde_mm256_loadu_pd(sums + i + LANES * v));
    for (size_t v = 0; v < VECTORS; v++)
        simde_mm256_storeu_pd(columns + LANES * v, maxima[v]);
    count_above(columns, n < HIGHEST_ROW ? n : HIGHEST_ROW, columns, above);
    for (size_t v = 0; v < VECTORS; v++) {
        simde__m256i among = simde_mm256_cmpgt_epi64(
            enough, simde_mm256_loadu_si256((const simde__m256i *)(above + LANES * v)));

        bound = simde_mm256_min_pd(
            bound, simde_mm256_blendv_pd(infinite, maxima[v], simde_mm256_castsi256_pd(among)));
    }
    half =
        simde_mm_min_pd(simde_mm256_castpd256_pd128(bound), simde_mm256_extractf128_pd(bound, 1));
    return simde_mm_cvtsd_f64(simde_mm_min_pd(half, simde_mm_unpackhi_pd(half, half)));
}

/** Which of the sums are at least so high, a bit each; their number. */
__attribute__((noinline)) static uint32_t find_reaching(const double *sums, uint32_t n,
                                                        double least, uint64_t bits[WORDS])
{
    const simde__m256d bound = simde_mm256_set1_pd(least > -DBL_MAX ? least : -DBL_MAX);
    uint32_t n_reaching = 0;

    for (uint32_t w = 0; WORD * w < n; w++) {
        const double *at = sums + (size_t)WORD * w;
        uint32_t left = n - WORD * w;
        uint64_t word = 0;

        left = left < WORD ? left : WORD;
        for (uint32_t i = 0; i < left; i += LANES)
            word |= (uint64_t)(unsigned)simde_mm256_movemask_pd(
                        simde_mm256_cmp_pd(simde_mm256_loadu_pd(at + i), bound, SIMDE_CMP_GE_OQ))
                    << i;
        bits[w] = word & UINT64_MAX >> (WORD - left);
        n_reaching += (uint32_t)__builtin_popcountll(bits[w]);
    }
    return n_reaching;
}

/** Sums to keys of the same order, no two of which are alike: of a sum plus 2^24 the last bits of
 * the exponent and all behind it, then how many come after. A bit of an exponent that would be that
 * of no number is taken out. */
static void make_keys(double *sums, uint32_t n)
{
    const uint64_t first = (uint64_t)1 << 62 | (HIGHEST_ROOM - 1);
    const simde__m256d rounder = simde_mm256_set1_pd(1 << 24); /* see search/score.h */
    simde__m256i after = simde_mm256_set_epi64x((int64_t)first - 3, (int64_t)first - 2,
                                                (int64_t)first - 1, (int64_t)first);

    for (uint32_t i = 0; i < n; i += LANES) {
        simde__m256i key =
            simde_mm256_castpd_si256(simde_mm256_add_pd(simde_mm256_loadu_pd(sums + i), rounder));

        key = simde_mm256_xor_si256(simde_mm256_slli_epi64(key, 8), after);
        simde_mm256_storeu_pd(sums + i, simde_mm256_castsi256_pd(key));
        after = simde_mm256_sub_epi64(after, simde_mm256_set1_epi64x(LANES));
    }
}

/** Put places in the order of their keys, of which there are full rows. */
static void put_in_order(const double *keys, const uint8_t *places, struct highest *found)
{
    uint64_t ranks[HIGHEST_ROOM];
    const uint32_t n = found->n, rows = full_rows(n);

    for (uint32_t start = 0; start < n; start += HIGHEST_ROW)
        count_above(keys, rows, keys + start, ranks + start);
    for (uint32_t i = 0; i < n; i++)
        found->places[ranks[i]] = places[i];
}

void highest_find(double *sums, uint32_t n, size_t most, double least, struct highest *found)
{
    const uint32_t rows = full_rows(n);
    const bool has_bound = n > HIGHEST_ROW && most <= HIGHEST_ROW;
    uint8_t places[HIGHEST_ROOM];
    double keys[HIGHEST_ROOM];
    uint64_t bits[WORDS];
    uint32_t at = 0;

    found->n = n;
    for (uint32_t i = n; i < rows; i++)
        sums[i] = -INFINITY;
    if (!has_bound || least > -INFINITY)
        found->n = find_reaching(sums, n, least, bits);
    if (has_bound && found->n > HIGHEST_ROW) {
        double bound = find_bound(sums, rows, (uint32_t)most);

        least = bound > least ? bound : least;
        found->n = find_reaching(sums, n, least, bits);
    }
    found->least = least;
    for (uint32_t w = 0; at < found->n; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1, at++) {
            places[at] = (uint8_t)(WORD * w + (uint32_t)__builtin_ctzll(left));
            keys[at] = sums[places[at]];
        }
    for (; at % HIGHEST_ROW; at++)
        keys[at] = -INFINITY;
    make_keys(keys, at);
    put_in_order(keys, places, found);
}
