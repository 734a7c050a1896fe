/* SPDX-License-Identifier: MIT */
#include "codec/dense.h"

#include <simde/x86/sse2.h>

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

/* The places of the bits that are set in a byte, lowest first, a byte each. */
#define BIT_0(v) (v), (v) << 8
#define BIT_1(v) BIT_0(v), BIT_0((v) << 8 | 1)
#define BIT_2(v) BIT_1(v), BIT_1((v) << 8 | 2)
#define BIT_3(v) BIT_2(v), BIT_2((v) << 8 | 3)
#define BIT_4(v) BIT_3(v), BIT_3((v) << 8 | 4)
#define BIT_5(v) BIT_4(v), BIT_4((v) << 8 | 5)
#define BIT_6(v) BIT_5(v), BIT_5((v) << 8 | 6)
static const uint64_t byte_places[256] = { BIT_6((uint64_t)0), BIT_6((uint64_t)7) };

/** Of each byte of a word, how many bits are set in it and in those below. */
static inline uint64_t count_up(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return x * 0x0101010101010101;
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

/* A byte at a time, whether bits are set or not: which are cannot be foreseen, and a branch for
 * each would cost more than what it spares. */
bool dense_decode(const struct dense *dense, uint32_t *values)
{
    enum { STEP = 8 };
    const simde__m128i step = simde_mm_set1_epi16(STEP), zero = simde_mm_setzero_si128();
    simde__m128i first = zero;
    uint16_t found[DENSE_VALUES + STEP]; /* a few behind the last one are written over */
    uint32_t n = 0;

    for (uint32_t w = 0; w < dense->n; w++) {
        uint64_t bits = dense_word(dense, w), up = count_up(bits), before = up << STEP;
        uint32_t all = (uint32_t)(up >> (WORD - STEP));

        if (n + all > DENSE_VALUES)
            return false;
        for (unsigned i = 0; i < WORD; i += STEP) {
            simde__m128i places =
                simde_mm_loadl_epi64((const simde__m128i *)&byte_places[bits >> i & UINT8_MAX]);

            places = simde_mm_add_epi16(simde_mm_unpacklo_epi8(places, zero), first);
            simde_mm_storeu_si128((simde__m128i *)(found + n + (before >> i & UINT8_MAX)), places);
            first = simde_mm_add_epi16(first, step);
        }
        n += all;
    }
    if (n < DENSE_VALUES)
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
