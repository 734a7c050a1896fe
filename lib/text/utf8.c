/* SPDX-License-Identifier: MIT */
/* Most texts have none of the bytes behind which not every continuing byte may follow, nor any that
 * is in no text: then a text is valid if continuing bytes stand where the two bytes before ask for
 * them and nowhere else, which is asked of 32 bytes at once. All others are read by an automaton
 * whose transitions are shifts: each byte has a word of 64 bits, in which every state has six bits
 * that name the next state by the place of its own six bits. So a byte costs one load, which waits
 * for nothing, and one shift. Method: Per Vognsen, "Shift-based DFAs" (2022). */
#include "text/utf8.h"

#include <pthread.h>
#include <simde/x86/avx2.h>
#include <stdint.h>
#include <string.h>

/* What must come: a whole character; nothing can mend it; 1, 2 or 3 more bytes; or so many of which
 * the first is restricted, behind the lead that the state is named after. */
enum state { START, BAD, ONE, TWO, THREE, AFTER_E0, AFTER_ED, AFTER_F0, AFTER_F4, STATES };

enum { STATE_BITS = 6, STATE_MASK = (1 << STATE_BITS) - 1 };
enum { RUNS = 4, RUNS_FROM = 64 }; /* parts of a text of so many bytes that are read at once */

static uint64_t rows[256];

static bool within(unsigned byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

static enum state after_lead(unsigned byte)
{
    if (byte < 0x80)
        return START;
    if (within(byte, 0xc2, 0xdf))
        return ONE;
    if (within(byte, 0xe0, 0xef))
        return byte == 0xe0 ? AFTER_E0 : byte == 0xed ? AFTER_ED : TWO;
    if (within(byte, 0xf0, 0xf4))
        return byte == 0xf0 ? AFTER_F0 : byte == 0xf4 ? AFTER_F4 : THREE;
    return BAD;
}

static enum state after(enum state state, unsigned byte)
{
    switch (state) {
    case START:
        return after_lead(byte);
    case ONE:
        return within(byte, 0x80, 0xbf) ? START : BAD;
    case TWO:
        return within(byte, 0x80, 0xbf) ? ONE : BAD;
    case THREE:
        return within(byte, 0x80, 0xbf) ? TWO : BAD;
    case AFTER_E0:
        return within(byte, 0xa0, 0xbf) ? ONE : BAD;
    case AFTER_ED:
        return within(byte, 0x80, 0x9f) ? ONE : BAD;
    case AFTER_F0:
        return within(byte, 0x90, 0xbf) ? TWO : BAD;
    case AFTER_F4:
        return within(byte, 0x80, 0x8f) ? TWO : BAD;
    default:
        return BAD;
    }
}

static void fill_rows(void)
{
    for (unsigned byte = 0; byte < 256; byte++)
        for (unsigned state = 0; state < STATES; state++)
            rows[byte] |= (uint64_t)after((enum state)state, byte) * STATE_BITS
                          << state * STATE_BITS;
}

static uint64_t run(uint64_t state, const uint8_t *at, const uint8_t *end)
{
    for (; at < end; at++)
        state = rows[*at] >> (state & STATE_MASK);
    return state & STATE_MASK;
}

/** Where characters begin that cut the text in RUNS parts. Behind three continuing bytes must be a
 *  beginning; if not, the text is bad and the part's first byte says so. */
static void cut(const uint8_t *bytes, size_t size, const uint8_t *parts[RUNS + 1])
{
    for (unsigned i = 0; i <= RUNS; i++) {
        const uint8_t *at = bytes + size / RUNS * i;

        for (unsigned n = 0; n < 3 && i > 0 && at < bytes + size && within(*at, 0x80, 0xbf); n++)
            at++;
        parts[i] = i < RUNS ? at : bytes + size;
    }
}

/** A step waits for the one before it in its own part only: so all parts are read at once. */
static bool is_valid_in_parts(const uint8_t *bytes, size_t size)
{
    const uint8_t *parts[RUNS + 1];
    uint64_t states[RUNS] = { START };
    size_t shortest = size;
    bool valid = true;

    cut(bytes, size, parts);
    for (unsigned k = 0; k < RUNS; k++)
        if ((size_t)(parts[k + 1] - parts[k]) < shortest)
            shortest = (size_t)(parts[k + 1] - parts[k]);
    for (size_t i = 0; i < shortest; i++)
        for (unsigned k = 0; k < RUNS; k++)
            states[k] = rows[parts[k][i]] >> (states[k] & STATE_MASK);
    for (unsigned k = 0; k < RUNS; k++)
        valid = valid && run(states[k], parts[k] + shortest, parts[k + 1]) == START;
    return valid;
}

/* ---- 32 bytes at once */

enum common { COMMON_VALID, COMMON_BAD, COMMON_NOT };

static inline simde__m256i load(const uint8_t *at)
{
    return simde_mm256_loadu_si256((const void *)at);
}

/** Not 0 in each byte above `high`. */
static inline simde__m256i above(simde__m256i bytes, uint8_t high)
{
    return simde_mm256_subs_epu8(bytes, simde_mm256_set1_epi8((int8_t)high));
}

static inline simde__m256i equals(simde__m256i bytes, uint8_t byte)
{
    return simde_mm256_cmpeq_epi8(bytes, simde_mm256_set1_epi8((int8_t)byte));
}

/** What is found out 32 bytes at a time; not 0 where there is one. */
struct judged {
    simde__m256i wrong; /* bytes that continue a character but should not, or should but do not */
    simde__m256i uncommon; /* those that only the automaton judges */
};

/** Judge the bytes from `at` on; the two before are looked at, too. */
static inline void judge(const uint8_t *at, struct judged *judged)
{
    simde__m256i bytes = load(at);
    /* at most 0x40 and 0x20: no sign is set */
    simde__m256i before =
        simde_mm256_or_si256(above(load(at - 1), 0xbf), above(load(at - 2), 0xdf));
    simde__m256i after = simde_mm256_cmpgt_epi8(before, simde_mm256_setzero_si256());
    simde__m256i continues = simde_mm256_cmpgt_epi8(simde_mm256_set1_epi8((int8_t)0xc0), bytes);
    simde__m256i c0_c1 =
        equals(simde_mm256_and_si256(bytes, simde_mm256_set1_epi8((int8_t)0xfe)), 0xc0);
    simde__m256i e0_ed = simde_mm256_or_si256(equals(bytes, 0xe0), equals(bytes, 0xed));

    judged->wrong = simde_mm256_or_si256(judged->wrong, simde_mm256_xor_si256(continues, after));
    judged->uncommon = simde_mm256_or_si256(
        judged->uncommon,
        simde_mm256_or_si256(simde_mm256_or_si256(c0_c1, e0_ed), above(bytes, 0xef)));
}

static bool is_zero(simde__m256i bytes)
{
    return simde_mm256_movemask_epi8(equals(bytes, 0)) == -1;
}

/** A text of at least RUNS_FROM bytes. */
static enum common read_common(const uint8_t *bytes, size_t size)
{
    enum { AT_ONCE = 32, BEFORE = 2 };
    uint8_t first[BEFORE + AT_ONCE] = { 0 }, last[BEFORE + AT_ONCE] = { 0 };
    struct judged judged = { simde_mm256_setzero_si256(), simde_mm256_setzero_si256() };
    size_t at = AT_ONCE;

    memcpy(first + BEFORE, bytes, AT_ONCE);
    judge(first + BEFORE, &judged);
    for (; size - at >= AT_ONCE; at += AT_ONCE)
        judge(bytes + at, &judged);
    /* the rest and the zeros behind it, which continue nothing: what is cut off is wrong */
    memcpy(last, bytes + at - BEFORE, BEFORE + size - at);
    judge(last + BEFORE, &judged);
    if (!is_zero(judged.uncommon))
        return COMMON_NOT;
    return is_zero(judged.wrong) ? COMMON_VALID : COMMON_BAD;
}

bool utf8_is_valid(struct muc_string text)
{
    enum common common =
        text.size >= RUNS_FROM ? read_common((const uint8_t *)text.bytes, text.size) : COMMON_NOT;
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const uint8_t *bytes = (const uint8_t *)text.bytes;

    if (common != COMMON_NOT)
        return common == COMMON_VALID;
    if (!text.size)
        return true;
    pthread_once(&once, fill_rows);
    return text.size >= RUNS_FROM ? is_valid_in_parts(bytes, text.size)
                                  : run(START, bytes, bytes + text.size) == START;
}
