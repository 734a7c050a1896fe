/* SPDX-License-Identifier: MIT */
#include "index/champions.h"

#include <simde/x86/sse2.h>

/* Ten are asked for most often. Where there is a gap behind one of those that follow, the parts of
 * the rest are told from those of the champions best. */
enum { CHAMPIONS_LEAST = 10, REST_MAX = UINT16_MAX };

enum { COLUMNS = 4, IN_COLUMN = 5, TOLD = COLUMNS * IN_COLUMN };

_Static_assert((int)TOLD > (int)CHAMPIONS_MOST, "those that are kept, and the one behind them");

#define REST_SLACK 0.1F /* far above what the products lose: none of the rest is above it */

static void add(struct champions_finder *finder, float strength, uint32_t doc, uint32_t freq)
{
    uint32_t i = finder->n <= CHAMPIONS_MOST ? finder->n++ : CHAMPIONS_MOST;

    for (; i && finder->at[i - 1].strength < strength; i--)
        finder->at[i] = finder->at[i - 1];
    finder->at[i] = (struct contender){ strength, doc, freq };
}

/** At least TOLD strengths of a block are no lower than this, and few more: the lowest of the bests
 *  of four columns, each of which has its IN_COLUMN highest put in order as one number after the
 *  other comes in. */
static float bound_of(const float strengths[LIST_BLOCK])
{
    simde__m128 best[IN_COLUMN];
    float lowest[COLUMNS], bound;

    for (int k = 0; k < IN_COLUMN; k++)
        best[k] = simde_mm_setzero_ps();
    for (uint32_t i = 0; i < LIST_BLOCK; i += COLUMNS) {
        simde__m128 next = simde_mm_loadu_ps(strengths + i);

        for (int k = 0; k < IN_COLUMN; k++) {
            simde__m128 lower = simde_mm_min_ps(best[k], next);

            best[k] = simde_mm_max_ps(best[k], next);
            next = lower;
        }
    }
    simde_mm_storeu_ps(lowest, best[IN_COLUMN - 1]);
    bound = lowest[0];
    for (int k = 1; k < COLUMNS; k++)
        bound = lowest[k] < bound ? lowest[k] : bound;
    return bound;
}

static void consider(struct champions_finder *finder, float strength, uint32_t doc, uint32_t freq)
{
    if (finder->n <= CHAMPIONS_MOST || strength > finder->at[CHAMPIONS_MOST].strength)
        add(finder, strength, doc, freq);
}

/** The first block of a list: of those whose strengths are no lower than the bound, which are more
 *  than are kept, each goes where the number of higher ones says. Where it belongs cannot be
 *  foreseen, so it is counted rather than sought. */
static void take_first(struct champions_finder *finder, const uint32_t *docs, const uint32_t *freqs,
                       const float strengths[LIST_BLOCK], float bound)
{
    float high[LIST_BLOCK + COLUMNS];
    uint32_t at[LIST_BLOCK], n = 0, taken = 0; /* a bit a place */

    for (uint32_t i = 0; i < LIST_BLOCK; i++) {
        at[n] = i;
        high[n] = strengths[i];
        n += strengths[i] >= bound;
    }
    for (uint32_t i = 0; i < COLUMNS; i++)
        high[n + i] = -1;
    for (uint32_t i = 0; i < n; i++) {
        simde__m128 own = simde_mm_set1_ps(high[i]);
        simde__m128i sums = simde_mm_setzero_si128();
        uint32_t lanes[COLUMNS], place;

        for (uint32_t k = 0; k < n; k += COLUMNS) /* all ones are -1 */
            sums = simde_mm_sub_epi32(
                sums, simde_mm_castps_si128(simde_mm_cmpgt_ps(simde_mm_loadu_ps(high + k), own)));
        simde_mm_storeu_si128((simde__m128i *)lanes, sums);
        place = lanes[0] + lanes[1] + lanes[2] + lanes[3];
        while (place <= CHAMPIONS_MOST && taken >> place & 1) /* of equals the first stays first */
            place++;
        if (place > CHAMPIONS_MOST)
            continue;
        taken |= 1U << place;
        finder->at[place] = (struct contender){ high[i], docs[at[i]], freqs[at[i]] };
    }
    finder->n = CHAMPIONS_MOST + 1;
}

/** Those of a block whose strengths are no lower than the bound. */
static void consider_high(struct champions_finder *finder, const uint32_t *docs,
                          const uint32_t *freqs, const float strengths[LIST_BLOCK], float bound)
{
    for (uint32_t i = 0; i < LIST_BLOCK; i += COLUMNS) {
        simde__m128 high =
            simde_mm_cmpge_ps(simde_mm_loadu_ps(strengths + i), simde_mm_set1_ps(bound));

        for (unsigned bits = (unsigned)simde_mm_movemask_ps(high); bits; bits &= bits - 1) {
            uint32_t at = i + (unsigned)__builtin_ctz(bits);

            consider(finder, strengths[at], docs[at], freqs[at]);
        }
    }
}

void champions_find(struct champions_finder *finder, const uint32_t *docs, const uint32_t *freqs,
                    const float *strengths, uint32_t n, float most)
{
    bool is_full = finder->n > CHAMPIONS_MOST;
    float least = finder->at[CHAMPIONS_MOST].strength;

    if (is_full && most <= least)
        return;
    if (n == LIST_BLOCK && !finder->n)
        take_first(finder, docs, freqs, strengths, bound_of(strengths));
    else if (n == LIST_BLOCK)
        consider_high(finder, docs, freqs, strengths, least);
    for (uint32_t i = 0; i < n && n < LIST_BLOCK; i++)
        consider(finder, strengths[i], docs[i], freqs[i]);
}

static float part_of(const struct contender *contender)
{
    return contender->strength / (contender->strength + 1);
}

/** How many are champions: those before the widest gap. */
static uint32_t choose(const struct champions_finder *finder)
{
    uint32_t chosen = CHAMPIONS_LEAST;
    float widest = -1;

    for (uint32_t n = CHAMPIONS_LEAST; n <= CHAMPIONS_MOST; n++) {
        float gap = part_of(&finder->at[n - 1]) - part_of(&finder->at[n]);

        if (gap > widest) {
            widest = gap;
            chosen = n;
        }
    }
    return chosen;
}

void champions_choose(struct champions_finder *finder, struct champions *champions)
{
    uint32_t n = choose(finder);
    float rest = REST_MAX * part_of(&finder->at[n]) + REST_SLACK;

    champions->n = n;
    champions->rest = (uint16_t)(rest < REST_MAX ? rest + 1 : REST_MAX);
    for (uint32_t i = 0; i < n; i++) { /* by rising documents */
        uint32_t to = i;

        for (; to && champions->docs[to - 1] > finder->at[i].doc; to--) {
            champions->docs[to] = champions->docs[to - 1];
            champions->freqs[to] = champions->freqs[to - 1];
        }
        champions->docs[to] = finder->at[i].doc;
        champions->freqs[to] = finder->at[i].freq;
    }
    finder->n = 0;
}
