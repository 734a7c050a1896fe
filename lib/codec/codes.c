/* SPDX-License-Identifier: MIT */
#include "codec/codes.h"

#ifdef __AVX2__
#include <simde/x86/avx2.h>
#endif

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are read as they lie");

/* ---- writing */

/** Place of the highest bit of the mean of `n` numbers and 1; `sum`: of all. No division. */
static unsigned mean_height(uint64_t sum, uint32_t n)
{
    unsigned k;

    sum += n;
    k = (unsigned)__builtin_clzll(n) - (unsigned)__builtin_clzll(sum);
    return k - (((uint64_t)n << k) > sum);
}

/** The best order is near the logarithm of the mean: that and the one below are tried. A height is
 *  the same with both, or one more with the higher order, which then takes a bit more of the value
 *  than of those that are the same it saves: so they need only be counted. */
unsigned codes_best_order(const uint32_t *values, uint32_t n, uint64_t sum, unsigned orders)
{
    uint32_t higher = 0; /* values whose height is one more with the higher order */
    unsigned k = n ? mean_height(sum, n) : 0;

    k = k < orders ? k : orders - 1;
    if (!k)
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t at = values[i] + ((uint64_t)1 << k), below = values[i] + ((uint64_t)1 << (k - 1));

        higher += (at ^ below) > below; /* the highest bit is another one */
    }
    return 2 * (uint64_t)higher < n ? k : k - 1;
}

bool codes_start(struct codes_writer *writer, struct buffer *out)
{
    /* a height has at most one bit more than its digits */
    if (!bits_start(&writer->heights, out, 2 * sizeof writer->digits + CODES_MOST / 8))
        return false;
    writer->start = out->size;
    writer->to = writer->digits + sizeof writer->digits;
    writer->window = writer->n = 0;
    return true;
}

/** Store the window, all of it each time, so that there is nothing to ask. */
static inline void store_digits(struct codes_writer *writer)
{
    memcpy(writer->to - sizeof writer->window, &writer->window, sizeof writer->window);
    writer->to -= writer->n / 8;
    writer->window <<= writer->n & ~7U;
    writer->n &= 7;
}

void codes_put(struct codes_writer *writer, const uint32_t *values, uint32_t n, unsigned k)
{
    struct codes_writer *const w = writer;
    struct bits_writer heights = w->heights; /* in registers, whatever bytes are stored */
    uint64_t window = w->window;
    unsigned n_bits = w->n;

    for (uint32_t i = 0; i < n; i++) {
        const uint64_t value = values[i] + ((uint64_t)1 << k);
        const unsigned above = (unsigned)__builtin_clzll(value), size = 63 - above;

        bits_put_height(&heights, size - k);
        if (n_bits + size > 63) {
            w->window = window;
            w->n = n_bits;
            store_digits(w);
            window = w->window;
            n_bits = w->n;
        }
        window |= value << above << 1 >> n_bits;
        n_bits += size;
    }
    w->heights = heights;
    w->window = window;
    w->n = n_bits;
}

void codes_finish(struct codes_writer *writer)
{
    struct buffer *out = writer->heights.out;
    size_t heights, digits, n_digits; /* bits, bits, bytes */
    uint8_t *to;

    store_digits(writer);
    n_digits = (size_t)(writer->digits + sizeof writer->digits - writer->to);
    digits = 8 * n_digits + writer->n;
    if (writer->n) { /* the window was stored before those */
        writer->to--;
        n_digits++;
    }
    heights = 8 * (size_t)(writer->heights.at - out->at - writer->start) + writer->heights.n;
    bits_finish(&writer->heights);
    out->size = writer->start + (heights + digits + 7) / 8;
    if (!n_digits)
        return;
    to = out->at + out->size - n_digits;
    if (heights > 8 * (size_t)(to - out->at - writer->start)) /* the byte has both */
        *to |= *writer->to;
    else
        *to = *writer->to;
    memcpy(to + 1, writer->to + 1, n_digits - 1);
}

/* ---- reading */

/** 1 … 7 bytes, by loads that may overlap. */
static inline uint64_t few_bytes(const uint8_t *at, size_t n)
{
    uint32_t low, high;

    if (n >= sizeof low) {
        memcpy(&low, at, sizeof low);
        memcpy(&high, at + n - sizeof low, sizeof high);
        return low | (uint64_t)high << 8 * (n - sizeof low);
    }
    return at[0] | (uint64_t)at[n / 2] << 8 * (n / 2) | (uint64_t)at[n - 1] << 8 * (n - 1);
}

/** Eight bytes from `at` on, the first one lowest; zeros behind `end`. */
static inline uint64_t word_at(const uint8_t *at, const uint8_t *end)
{
    uint64_t word;

    if (end - at < (ptrdiff_t)sizeof word)
        return at < end ? few_bytes(at, (size_t)(end - at)) : 0;
    memcpy(&word, at, sizeof word);
    return word;
}

/** Find the ends of `n` heights in all, and of more that are in the same words. */
static bool find_heights(struct codes *codes, uint32_t n)
{
    uint32_t n_words = codes->n_words, n_found = codes->n_found;
    const uint8_t *at = codes->at + n_words * sizeof(uint64_t), *end = codes->end;
    uint16_t *ends = codes->ends + 1;
    simde__m128i first = simde_mm_set1_epi16((int16_t)(ONES_WORD * n_words + 1));
    const simde__m128i more = simde_mm_set_epi16(8, 7, 6, 5, 4, 3, 2, 1);

    if (n_found >= n)
        return true;
    for (; n_found < n && at < end; at += sizeof(uint64_t), n_words++)
        n_found = (uint32_t)(ones_find(word_at(at, end), &first, ends + n_found) - ends);
    codes->n_words = n_words;
    codes->n_found = n_found;
    simde_mm_storeu_si128(
        (simde__m128i *)(ends + n_found),
        simde_mm_add_epi16(simde_mm_set1_epi16((int16_t)codes->ends[n_found]), more));
    return n_found >= n;
}

/** Bits of the digits up to the end of a run; more than there are: it is bad. */
static uint32_t digits_of(struct codes *codes, unsigned k, uint32_t n)
{
    const uint16_t *ends = codes->ends + codes->n;
    const uint32_t all = 8 * (uint32_t)(codes->end - codes->at);
    uint32_t digits;

    if (n > CODES_MOST - codes->n || !find_heights(codes, codes->n + n))
        return UINT32_MAX;
    digits = codes->digits + ends[n] - ends[0] - n + n * k;
    return digits + ends[n] <= all ? digits : UINT32_MAX;
}

/** The digits that begin so many bits in: the highest bits of a word. */
static inline uint64_t digits_at(const struct codes *codes, uint32_t digits)
{
    const size_t size = (size_t)(codes->end - codes->at);
    uint64_t word;

    if (size >= sizeof word + digits / 8) {
        memcpy(&word, codes->end - sizeof word - digits / 8, sizeof word);
        return word << digits % 8;
    }
    word = word_at(codes->at, codes->end);
    return size >= sizeof word ? word << (digits - 8 * (size - sizeof word))
                               : word << (8 * (sizeof word - size) + digits);
}

/** One number after the other, whose digits are all there. */
static bool read_each(const struct codes *codes, unsigned k, uint32_t n, uint32_t *values)
{
    const uint16_t *ends = codes->ends + codes->n;
    const uint64_t none = (uint64_t)1 << k; /* what 0 is with its highest bit */
    uint32_t digits = codes->digits, sizes = 0;
    uint64_t all = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t size = ends[i + 1] - ends[i] - 1 + k;
        uint64_t window = digits_at(codes, digits), value;

        value = ((window >> 1 | (uint64_t)1 << 63) >> (~size & 63)) - none;
        all |= value;
        sizes |= size;
        digits += size;
        values[i] = (uint32_t)value;
    }
    return sizes < 64 && all <= UINT32_MAX;
}

#ifdef __AVX2__

enum { EIGHT = 8, DIGITS_MOST = 24 /* of a number of eight that are read at once */ };
enum { NEAR = 25 /* bits that a word of 32 has from any bit of a byte on */ };

static inline simde__m256i all_lanes(uint32_t value)
{
    return simde_mm256_set1_epi32((int32_t)value);
}

static inline simde__m256i load_eight(const uint16_t *at)
{
    return simde_mm256_cvtepu16_epi32(simde_mm_loadu_si128((const simde__m128i *)at));
}

/** Each number of a row and all those before it. */
static inline simde__m256i add_up(simde__m256i row)
{
    simde__m256i low;

    row = simde_mm256_add_epi32(row, simde_mm256_slli_si256(row, 4));
    row = simde_mm256_add_epi32(row, simde_mm256_slli_si256(row, 8));
    low = simde_mm256_permute2x128_si256(row, row, 0x08); /* in the place of the high half */
    return simde_mm256_add_epi32(row, simde_mm256_shuffle_epi32(low, 0xff));
}

/** The digits that begin `at` bits in: the highest of each lane. */
static inline simde__m256i digits_anywhere(const struct codes *codes, simde__m256i at)
{
    const void *last = codes->end - sizeof(int);
    simde__m256i back =
        simde_mm256_sub_epi32(simde_mm256_setzero_si256(), simde_mm256_srli_epi32(at, 3));

    return simde_mm256_sllv_epi32(simde_mm256_i32gather_epi32((const int *)last, back, 1),
                                  simde_mm256_and_si256(at, all_lanes(7)));
}

/** The same, where all are among the NEAR bits that begin `first` bits in. */
static inline simde__m256i digits_near(const struct codes *codes, uint32_t first, simde__m256i at)
{
    uint32_t word;

    memcpy(&word, codes->end - sizeof word - first / 8, sizeof word);
    return simde_mm256_sllv_epi32(all_lanes(word << first % 8),
                                  simde_mm256_sub_epi32(at, all_lanes(first)));
}

/** read_run(), eight numbers at a time. `digits`: up to the end of the run. False: some have too
 *  many digits for that, or are too far in, or they rise too far. Of the last eight some may not
 *  be of the run, and have any place: it is held below `digits`. */
__attribute__((always_inline)) static inline bool read_eights(const struct codes *codes, unsigned k,
                                                              uint32_t n, uint32_t digits,
                                                              bool rising, uint32_t before,
                                                              uint32_t *values)
{
    const size_t far = sizeof(uint32_t) + digits / 8;
    const uint16_t *ends = codes->ends + codes->n;
    const uint32_t less = k - 1, none = (1U << k) - 1;
    const simde__m256i lanes = simde_mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
    simde__m256i sizes = simde_mm256_setzero_si256(), sum = all_lanes(before);
    simde__m256i between = /* from a height's start to its digits */
        simde_mm256_add_epi32(simde_mm256_mullo_epi32(lanes, all_lanes(less)),
                              all_lanes(codes->digits - ends[0]));

    if ((size_t)(codes->end - codes->at) < far)
        return false;
    for (uint32_t i = 0; i < n; i += EIGHT) {
        simde__m256i start = load_eight(ends + i), value;
        simde__m256i size = simde_mm256_add_epi32(
            simde_mm256_sub_epi32(load_eight(ends + i + 1), start), all_lanes(less));
        simde__m256i at =
            simde_mm256_min_epu32(simde_mm256_add_epi32(start, between), all_lanes(digits));

        between = simde_mm256_add_epi32(between, all_lanes(EIGHT * less));
        sizes = simde_mm256_max_epu32(sizes, size);
        if (!rising && ends[i + EIGHT] - ends[i] + EIGHT * less <= NEAR)
            value = digits_near(codes, codes->digits + ends[i] - ends[0] + i * less, at);
        else
            value = digits_anywhere(codes, at);
        value = simde_mm256_srlv_epi32(value, simde_mm256_sub_epi32(all_lanes(32), size));
        value = simde_mm256_add_epi32(value, simde_mm256_sllv_epi32(all_lanes(1), size));
        value = simde_mm256_sub_epi32(value, all_lanes(none));
        if (rising) {
            value = simde_mm256_add_epi32(add_up(value), sum);
            sum = simde_mm256_permutevar8x32_epi32(value, all_lanes(EIGHT - 1));
        }
        simde_mm256_storeu_si256((simde__m256i *)(values + i), value);
    }
    sizes = simde_mm256_cmpgt_epi32(sizes, all_lanes(DIGITS_MOST));
    return simde_mm256_testz_si256(sizes, sizes) &&
           (!rising || values[n - 1] >= (uint32_t)(before + 1));
}
#else

/** There are no vectors for that. */
static inline bool read_eights(const struct codes *codes, unsigned k, uint32_t n, uint32_t digits,
                               bool rising, uint32_t before, uint32_t *values)
{
    (void)codes, (void)k, (void)n, (void)digits, (void)rising, (void)before, (void)values;
    return false;
}
#endif

static void pass(struct codes *codes, uint32_t n, uint32_t digits)
{
    codes->n += n;
    codes->digits = digits;
}

bool codes_skip(struct codes *codes, unsigned k, uint32_t n)
{
    uint32_t digits = digits_of(codes, k, n);

    pass(codes, n, digits);
    return digits != UINT32_MAX;
}

/** A run of numbers and 1, or what these give added up to `before`. */
__attribute__((always_inline)) static inline bool read_run(struct codes *codes, unsigned k,
                                                           uint32_t n, bool rising, uint32_t before,
                                                           uint32_t *values)
{
    uint32_t digits = digits_of(codes, k, n);
    uint64_t next = (uint32_t)(before + 1);

    if (digits == UINT32_MAX)
        return false;
    if (!read_eights(codes, k, n, digits, rising, before, values)) {
        if (!read_each(codes, k, n, values))
            return false;
        for (uint32_t i = 0; i < n; i++) {
            next += values[i];
            values[i] = rising ? (uint32_t)next : values[i] + 1;
            next++;
        }
        if (rising && next > (uint64_t)UINT32_MAX + 1)
            return false;
    }
    pass(codes, n, digits);
    return true;
}

bool codes_read(struct codes *codes, unsigned k, uint32_t n, uint32_t *values)
{
    return read_run(codes, k, n, false, 0, values);
}

bool codes_read_rising(struct codes *codes, unsigned k, uint32_t n, uint32_t before,
                       uint32_t *values)
{
    return read_run(codes, k, n, true, before, values);
}

bool codes_at_end(const struct codes *codes)
{
    const uint32_t height = codes->ends[codes->n];
    const uint32_t left = 8 * (uint32_t)(codes->end - codes->at) - height - codes->digits;
    uint64_t word;

    if (left >= 8)
        return false;
    word = word_at(codes->at + height / 8, codes->end) >> height % 8;
    return !(word & ((1U << left) - 1));
}
