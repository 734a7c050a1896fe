/* SPDX-License-Identifier: MIT */
#include "codec/pack.h"

#include <simde/x86/sse2.h>
#include <string.h>

#include "codec/bits.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "lanes are read as they lie: a big-endian machine has to swap bytes in load()");

enum { LANES = 4, ROWS = PACK_VALUES / LANES, LANE_BYTES = 16, EXCEPTIONS_FOLLOW = 2 };
enum { HEIGHT_ROWS = PACK_VALUES / 16, FLOAT_ONE = 127 /* the exponent of 1.0 */ };

bool packed_open(struct packed *packed, const uint8_t *at, const uint8_t *end)
{
    size_t size;

    if (at >= end)
        return false;
    *packed = (struct packed){ .width = *at >> 2, .words = at + 1 };
    if (packed->width > 32)
        return false;
    if (*at & EXCEPTIONS_FOLLOW) {
        if (end - at < 3)
            return false;
        packed->n = at[1];
        packed->extra = at[2];
        packed->words = at + 3;
        if (packed->n == 0 || packed->n >= PACK_VALUES || packed->extra == 0 ||
            packed->extra > 32 - packed->width)
            return false;
    }
    size = LANE_BYTES * packed->width + packed->n + ((size_t)packed->n * packed->extra + 7) / 8;
    if (size > (size_t)(end - packed->words))
        return false;
    packed->places = packed->words + LANE_BYTES * packed->width;
    packed->end = packed->words + size;
    return true;
}

static inline simde__m128i load(const void *at)
{
    return simde_mm_loadu_si128((const simde__m128i *)at);
}

static inline void store(uint32_t *at, simde__m128i row)
{
    simde_mm_storeu_si128((simde__m128i *)at, row);
}

/* ---- encoding */

/** How many bits each of four values has. The exponent of a float is the place of the highest bit;
 *  without the bit below that one it is not rounded up. */
static inline simde__m128i heights_of(simde__m128i values)
{
    simde__m128i rest = simde_mm_andnot_si128(simde_mm_srli_epi32(values, 1), values);
    simde__m128i exponents =
        simde_mm_srli_epi32(simde_mm_castps_si128(simde_mm_cvtepi32_ps(rest)), 23);

    return simde_mm_subs_epu16(exponents, simde_mm_set1_epi32(FLOAT_ONE - 1)); /* 0 has none */
}

/** The same of all values, a byte each; none has bit 31, which floats take for a sign. */
static void heights_of_all(const uint32_t *values, simde__m128i heights[HEIGHT_ROWS])
{
    for (unsigned i = 0; i < HEIGHT_ROWS; i++, values += 16) {
        simde__m128i low =
            simde_mm_packs_epi32(heights_of(load(values)), heights_of(load(values + 4)));
        simde__m128i high =
            simde_mm_packs_epi32(heights_of(load(values + 8)), heights_of(load(values + 12)));

        heights[i] = simde_mm_packus_epi16(low, high);
    }
}

/** How many of the heights are above `width`. */
static unsigned count_above(const simde__m128i heights[HEIGHT_ROWS], unsigned width)
{
    simde__m128i most = simde_mm_set1_epi8((int8_t)width), sums = simde_mm_setzero_si128();

    for (unsigned i = 0; i < HEIGHT_ROWS; i++) /* all ones are -1 */
        sums = simde_mm_sub_epi8(sums, simde_mm_cmpgt_epi8(heights[i], most));
    sums = simde_mm_sad_epu8(sums, simde_mm_setzero_si128());
    return (unsigned)simde_mm_cvtsi128_si32(sums) + (unsigned)simde_mm_extract_epi16(sums, 4);
}

static unsigned widest_of(const uint32_t *values)
{
    uint32_t all = 0;

    for (unsigned i = 0; i < PACK_VALUES; i++)
        all |= values[i];
    return all ? 32 - (unsigned)__builtin_clz(all) : 0;
}

/** The width that gives the smallest pack, with exceptions of what it leaves out: `heights` are
 * filled in where there may be some. Values of 32 bits are too rare to be worth that. */
static struct packed head_choose(const uint32_t *values, simde__m128i heights[HEIGHT_ROWS])
{
    unsigned widest = widest_of(values);
    struct packed best = { .width = widest };
    size_t least = LANE_BYTES * widest;

    if (widest == 32)
        return best;
    heights_of_all(values, heights);
    for (unsigned width = widest; width-- > 0;) {
        unsigned above = count_above(heights, width);
        size_t exceptions = 2 + above + (above * (widest - width) + 7) / 8;

        if (above >= PACK_VALUES || exceptions >= least) /* they only grow from here on */
            break;
        if (LANE_BYTES * width + exceptions < least) {
            best = (struct packed){ .width = width, .n = above, .extra = widest - width };
            least = LANE_BYTES * width + exceptions;
        }
    }
    return best;
}

/** The places of the heights above `width`; returns their number. */
static unsigned places_above(const simde__m128i heights[HEIGHT_ROWS], unsigned width,
                             uint8_t *places)
{
    simde__m128i most = simde_mm_set1_epi8((int8_t)width);
    unsigned n = 0;

    for (unsigned i = 0; i < HEIGHT_ROWS; i++) {
        unsigned above = (unsigned)simde_mm_movemask_epi8(simde_mm_cmpgt_epi8(heights[i], most));

        for (; above; above &= above - 1)
            places[n++] = (uint8_t)(16 * i + (unsigned)__builtin_ctz(above));
    }
    return n;
}

#define TIMES_8(X, i)                                                                              \
    X(i) X((i) + 1) X((i) + 2) X((i) + 3) X((i) + 4) X((i) + 5) X((i) + 6) X((i) + 7)
#define TIMES_32(X, i) TIMES_8(X, i) TIMES_8(X, (i) + 8) TIMES_8(X, (i) + 16) TIMES_8(X, (i) + 24)

/** Row by row, four values at a time: the words of a lane fill up from their lowest bits. Inlined
 *  with constants, so that a row is a mask, a shift or two, and an or. */
__attribute__((always_inline)) static inline void pack_width(const uint32_t *values, unsigned width,
                                                             uint32_t *to)
{
    simde__m128i mask = simde_mm_set1_epi32((int32_t)(uint32_t)(((uint64_t)1 << width) - 1));
    simde__m128i word = simde_mm_setzero_si128();

#define ROW(i)                                                                                     \
    {                                                                                              \
        const unsigned filled = (i)*width % 32; /* bits of each lane's open word */                \
        simde__m128i row = simde_mm_and_si128(load(values + LANES * (i)), mask);                   \
                                                                                                   \
        word = simde_mm_or_si128(word, simde_mm_slli_epi32(row, (int)filled));                     \
        if (filled + width >= 32) {                                                                \
            store(to + (i)*width / 32 * LANES, word);                                              \
            word = simde_mm_srli_epi32(row, (int)(32 - filled));                                   \
        }                                                                                          \
    }
    TIMES_32(ROW, 0)
#undef ROW
}

/** One kernel for each width. */
static void append_words(struct buffer *out, const uint32_t *values, unsigned width)
{
    uint32_t words[PACK_VALUES];

    switch (width) {
    case 0:
        return;
#define CASE(w)                                                                                    \
    case w:                                                                                        \
        pack_width(values, w, words);                                                              \
        break;
        TIMES_32(CASE, 1)
#undef CASE
    }
    buffer_append(out, words, LANE_BYTES * width);
}

void pack_encode(struct buffer *out, const uint32_t *values, uint8_t flag)
{
    simde__m128i heights[HEIGHT_ROWS];
    struct packed head = head_choose(values, heights);
    struct bits_writer high;
    uint8_t places[PACK_VALUES];
    unsigned n;

    buffer_byte(out, (uint8_t)(head.width << 2 | (head.n ? EXCEPTIONS_FOLLOW : 0) | flag));
    if (head.n) {
        buffer_byte(out, (uint8_t)head.n);
        buffer_byte(out, (uint8_t)head.extra);
    }
    append_words(out, values, head.width);
    if (!head.n)
        return;
    n = places_above(heights, head.width, places);
    buffer_append(out, places, n);
    if (!bits_start(&high, out, n * sizeof *values))
        return;
    for (unsigned i = 0; i < n; i++)
        bits_put(&high, values[places[i]] >> head.width, head.extra);
    bits_finish(&high);
}

/* ---- decoding */

/** Row `i` of each lane. Inlined with constants, so that it is at most two loads, two shifts, an or
 * and a mask. */
__attribute__((always_inline)) static inline simde__m128i unpack_row(const uint8_t *words,
                                                                     unsigned width, unsigned i)
{
    const uint8_t *at = words + i * width / 32 * LANE_BYTES;
    unsigned shift = i * width % 32;
    simde__m128i row = simde_mm_srli_epi32(load(at), (int)shift);

    if (shift + width > 32)
        row = simde_mm_or_si128(row, simde_mm_slli_epi32(load(at + LANE_BYTES), (int)(32 - shift)));
    if (shift + width != 32)
        row = simde_mm_and_si128(row, simde_mm_set1_epi32((int32_t)(((uint32_t)1 << width) - 1)));
    return row;
}

__attribute__((always_inline)) static inline void unpack_width(const uint8_t *words, unsigned width,
                                                               simde__m128i more, uint32_t *values)
{
#define ROW(i) store(values + LANES * (i), simde_mm_add_epi32(unpack_row(words, width, i), more));
    TIMES_32(ROW, 0)
#undef ROW
}

/** One kernel for each width: all shifts and masks are constants. */
static void unpack(const uint8_t *words, unsigned width, uint32_t more, uint32_t *values)
{
    simde__m128i all = simde_mm_set1_epi32((int32_t)more);

    switch (width) {
    case 0:
        for (unsigned i = 0; i < PACK_VALUES; i += LANES)
            store(values + i, all);
        break;
#define CASE(w)                                                                                    \
    case w:                                                                                        \
        unpack_width(words, w, all, values);                                                       \
        break;
        TIMES_32(CASE, 1)
#undef CASE
    }
}

/** Eight bytes from `at` on, or the last eight before `end` and how far they begin before. */
static inline uint64_t window(const uint8_t *at, const uint8_t *end, unsigned *bits_before)
{
    const uint8_t *last = end - sizeof(uint64_t);
    uint64_t value;

    *bits_before = at > last ? 8 * (unsigned)(at - last) : 0;
    memcpy(&value, at > last ? last : at, sizeof value);
    return value;
}

/** The places are bytes, bits_at_end() without reading all: the last byte has nothing above. */
static bool is_padded(const struct packed *head)
{
    unsigned used = head->n * head->extra % 8;

    return !used || head->end[-1] >> used == 0;
}

/** Add the exceptions' higher bits: most often all of them are in one word. */
static bool patch(const struct packed *head, uint32_t *values)
{
    const unsigned n = head->n, extra = head->extra, width = head->width; /* not read again */
    const uint8_t *high = head->places + n, *end = head->end, *at = head->places;
    const uint64_t mask = ((uint64_t)1 << extra) - 1;
    uint8_t room[2 * sizeof(uint64_t)] = { 0 };
    unsigned places = 0, before;

    if (end - head->words < (ptrdiff_t)sizeof(uint64_t)) { /* nothing to read before them */
        memcpy(room + sizeof(uint64_t), high, (size_t)(end - high));
        high = room + sizeof(uint64_t);
        end = high + (end - at - n);
    }
    for (unsigned i = 0, bit = 0; i < n; bit %= 8) {
        unsigned fit = (64 - 8 - bit) / extra, to = n - i < fit ? n : i + fit; /* of a window */
        uint64_t more = window(high, end, &before);

        more >>= bit + before; /* a step of its own: it reads what the call sets */
        bit += (to - i) * extra;
        for (; i < to; i++, more >>= extra) {
            unsigned place = at[i];

            places |= place;
            values[place % PACK_VALUES] += (uint32_t)(more & mask) << width;
        }
        high += bit / 8;
    }
    return places < PACK_VALUES && is_padded(head);
}

size_t pack_size(const uint8_t *at, const uint8_t *end)
{
    struct packed head;

    return packed_open(&head, at, end) ? (size_t)(head.end - at) : 0;
}

/** Place of the first of `n` >= 1 rising places that is >= i, or n - 1. */
static unsigned find_place(const uint8_t *places, unsigned n, unsigned i)
{
    unsigned low = 0;

    while (n > 1) {
        unsigned half = n / 2;

        low += half & -(unsigned)(places[low + half - 1] < i);
        n -= half;
    }
    return low;
}

uint32_t packed_value(const struct packed *packed, unsigned i)
{
    unsigned bit = i / LANES * packed->width, shift = bit % 32, place;
    uint32_t low = 0, high = 0;
    uint64_t value, more = 0;
    const uint8_t *at;

    if (packed->width) { /* else there are no words */
        at = packed->words + LANE_BYTES * (bit / 32) + i % LANES * sizeof(uint32_t);
        memcpy(&low, at, sizeof low);
        if (shift + packed->width > 32)
            memcpy(&high, at + LANE_BYTES, sizeof high);
    }
    value = (low | (uint64_t)high << 32) >> shift & (((uint64_t)1 << packed->width) - 1);
    if (!packed->n || packed->places[place = find_place(packed->places, packed->n, i)] != i)
        return (uint32_t)value;
    bit = place * packed->extra;
    at = packed->places + packed->n + bit / 8;
    for (unsigned read = 0; read < bit % 8 + packed->extra; read += 8)
        more |= (uint64_t)*at++ << read;
    more = more >> bit % 8 & (((uint64_t)1 << packed->extra) - 1);
    return (uint32_t)(value + (more << packed->width));
}

size_t pack_decode(const uint8_t *at, const uint8_t *end, uint32_t more, uint32_t *values)
{
    struct packed head;

    if (!packed_open(&head, at, end))
        return 0;
    unpack(head.words, head.width, more, values);
    if (head.n && !patch(&head, values))
        return 0;
    return (size_t)(head.end - at);
}

/** Turn gaps into numbers. */
static void add_up(uint32_t before, uint32_t *values)
{
    simde__m128i last = simde_mm_set1_epi32((int32_t)before);

    for (unsigned i = 0; i < PACK_VALUES; i += LANES) {
        simde__m128i row = load(values + i);

        row = simde_mm_add_epi32(row, simde_mm_slli_si128(row, 4));
        row = simde_mm_add_epi32(row, simde_mm_slli_si128(row, 8));
        store(values + i, simde_mm_add_epi32(row, last));
        last = simde_mm_add_epi32(last, simde_mm_shuffle_epi32(row, 0xff));
    }
}

size_t pack_decode_rising(const uint8_t *at, const uint8_t *end, uint32_t before, uint32_t *values)
{
    struct packed head;

    if (!packed_open(&head, at, end))
        return 0;
    unpack(head.words, head.width, 1, values);
    if (head.n && !patch(&head, values))
        return 0;
    if (head.width + head.extra > 24) { /* the sum may pass 2^32 more than once */
        uint64_t next = (uint32_t)(before + 1);

        for (unsigned i = 0; i < PACK_VALUES; i++)
            next += (uint64_t)(values[i] - 1) + 1;
        if (next - 1 > UINT32_MAX)
            return 0;
    }
    add_up(before, values);
    return values[PACK_VALUES - 1] >= (uint32_t)(before + 1) ? (size_t)(head.end - at) : 0;
}
