/* SPDX-License-Identifier: MIT */
#include "codec/dense.h"

#include <simde/x86/sse2.h>

_Static_assert(
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
    "words are read as they lie: a big-endian machine has to swap bytes in dense_word()");

enum { WORD = 64, WIDTHS = 32 /* of packs */ };

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
    buffer_byte(out, (uint8_t)((WIDTHS + n) << 2 | flag));
    buffer_append(out, words, n * sizeof *words);
}

bool dense_open(struct dense *dense, const uint8_t *at, const uint8_t *end, uint32_t before)
{
    struct dense opened = { .first = before + 1 };
    uint64_t last, highest;

    if (at >= end || !dense_is(*at) || *at & 2 || dense_size(*at) > (size_t)(end - at))
        return false;
    opened.words = at + 1;
    opened.n = (uint32_t)(*at >> 2) - WIDTHS;
    if (!(last = dense_word(&opened, opened.n - 1)))
        return false;
    highest =
        (uint64_t)opened.first + WORD * (uint64_t)opened.n - 1 - (unsigned)__builtin_clzll(last);
    if (highest > UINT32_MAX)
        return false;
    opened.last = (uint32_t)highest;
    *dense = opened;
    return true;
}

/* The bits of four that are set, lowest first, and how many these are. */
static const struct {
    uint32_t places[4];
    uint32_t n;
} four_bits[16] = {
    { { 0 }, 0 },    { { 0 }, 1 },       { { 1 }, 1 },       { { 0, 1 }, 2 },
    { { 2 }, 1 },    { { 0, 2 }, 2 },    { { 1, 2 }, 2 },    { { 0, 1, 2 }, 3 },
    { { 3 }, 1 },    { { 0, 3 }, 2 },    { { 1, 3 }, 2 },    { { 0, 1, 3 }, 3 },
    { { 2, 3 }, 2 }, { { 0, 2, 3 }, 3 }, { { 1, 2, 3 }, 3 }, { { 0, 1, 2, 3 }, 4 },
};

/* Four bits at a time, whether they are set or not: which are cannot be foreseen, and a branch for
 * each word would cost more than what it spares. */
bool dense_decode(const struct dense *dense, uint32_t *values)
{
    enum { STEP = 4 };
    const simde__m128i step = simde_mm_set1_epi32(STEP);
    simde__m128i first = simde_mm_set1_epi32((int32_t)dense->first);
    uint32_t found[DENSE_VALUES + STEP], n = 0; /* a few behind the last one are written over */

    for (uint32_t w = 0; w < dense->n; w++) {
        uint64_t bits = dense_word(dense, w);

        if (n + count_bits(bits) > DENSE_VALUES)
            return false;
        for (unsigned i = 0; i < WORD; i += STEP, bits >>= STEP) {
            const void *places = four_bits[bits % 16].places;

            simde_mm_storeu_si128((simde__m128i *)(found + n),
                                  simde_mm_add_epi32(first, simde_mm_loadu_si128(places)));
            n += four_bits[bits % 16].n;
            first = simde_mm_add_epi32(first, step);
        }
    }
    memcpy(values, found, DENSE_VALUES * sizeof *values);
    return n == DENSE_VALUES;
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
