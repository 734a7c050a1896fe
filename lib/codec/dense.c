/* SPDX-License-Identifier: MIT */
#include "codec/dense.h"

#include "codec/ones.h"

_Static_assert(
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
    "words are read as they lie: a big-endian machine has to swap bytes in dense_word()");

enum { WORD = 64 };

static uint32_t words_of(const uint32_t *values, uint32_t before)
{
    return (values[DENSE_VALUES - 1] - (before + 1)) / WORD + 1;
}

size_t dense_size_of(const uint32_t *values, uint32_t before)
{
    uint32_t n = words_of(values, before);

    return n <= DENSE_WORDS ? 1 + sizeof(uint64_t) * (size_t)n : SIZE_MAX;
}

void dense_encode(struct buffer *out, const uint32_t *values, uint32_t before, uint8_t flag)
{
    uint32_t n = words_of(values, before);
    uint64_t words[DENSE_WORDS] = { 0 };

    for (unsigned i = 0; i < DENSE_VALUES; i++) {
        uint32_t bit = values[i] - (before + 1);

        words[bit / WORD] |= (uint64_t)1 << bit % WORD;
    }
    buffer_byte(out, (uint8_t)((DENSE_WIDTHS + n) << 2 | flag));
    buffer_append(out, words, n * sizeof *words);
}

/** Numbers that count from `first`, as what they are. */
static void widen(const uint16_t *from, uint32_t first, uint32_t *values)
{
    enum { LANES = 8 };
    const simde__m128i more = simde_mm_set1_epi32((int32_t)first), zero = simde_mm_setzero_si128();

    for (uint32_t i = 0; i < DENSE_VALUES; i += LANES) {
        simde__m128i row = simde_mm_loadu_si128((const simde__m128i *)(from + i));

        simde_mm_storeu_si128((simde__m128i *)(values + i),
                              simde_mm_add_epi32(simde_mm_unpacklo_epi16(row, zero), more));
        simde_mm_storeu_si128((simde__m128i *)(values + i + LANES / 2),
                              simde_mm_add_epi32(simde_mm_unpackhi_epi16(row, zero), more));
    }
}

bool dense_decode(const struct dense *dense, uint32_t *values)
{
    simde__m128i first = simde_mm_setzero_si128();
    uint16_t found[ONES_WORD * DENSE_WORDS + ONES_STEP], *end = found;

    for (uint32_t w = 0; w < dense->n; w++)
        end = ones_find(dense_word(dense, w), &first, end);
    if (end - found != DENSE_VALUES)
        return false;
    widen(found, dense->first, values);
    return true;
}

void dense_fill(const struct dense *dense, uint32_t from, uint32_t start, uint32_t n,
                uint64_t *bits)
{
    uint32_t skipped = from > dense->first ? from - dense->first : 0, w = skipped / WORD;
    int64_t offset = (int64_t)dense->first - (int64_t)start;
    unsigned shift = (unsigned)((uint64_t)offset % WORD);
    int64_t to = (offset - (int64_t)shift) / WORD + w; /* word in which bit 0 of word w falls */
    uint64_t carry = 0, mask = ~(uint64_t)0 << skipped % WORD; /* carry: what falls behind that */

    for (; w < dense->n && to < (int64_t)n; w++, to++) {
        uint64_t word = dense_word(dense, w) & mask;

        if (to >= 0)
            bits[to] |= word << shift | carry;
        carry = shift ? word >> (WORD - shift) : 0;
        mask = ~(uint64_t)0;
    }
    if (carry && to >= 0 && to < (int64_t)n)
        bits[to] |= carry;
}
