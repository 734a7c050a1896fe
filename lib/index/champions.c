/* SPDX-License-Identifier: MIT */
#include "index/champions.h"

#include <string.h>

/* Ten are asked for most often. Where there is a gap behind one of those that follow, the parts of
 * the rest are told from those of the champions best. */
enum { CHAMPIONS_LEAST = 10, REST_MAX = UINT16_MAX };

#define REST_SLACK 0.1F /* far above what the products lose: none of the rest is above it */

static void add(struct champions_finder *finder, float strength, uint32_t doc, uint32_t freq)
{
    uint32_t i = finder->n <= CHAMPIONS_MOST ? finder->n++ : CHAMPIONS_MOST;

    for (; i && finder->at[i - 1].strength < strength; i--)
        finder->at[i] = finder->at[i - 1];
    finder->at[i] = (struct contender){ strength, doc, freq };
}

void champions_find(struct champions_finder *finder, const uint32_t *docs, const uint32_t *freqs,
                    const float *strengths, uint32_t n, float most)
{
    const float *least = &finder->at[CHAMPIONS_MOST].strength;
    uint32_t i = 0;

    for (; i < n && finder->n <= CHAMPIONS_MOST; i++)
        add(finder, strengths[i], docs[i], freqs[i]);
    if (most <= *least)
        return;
    for (; i < n; i++)
        if (strengths[i] > *least)
            add(finder, strengths[i], docs[i], freqs[i]);
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
