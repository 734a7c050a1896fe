/* SPDX-License-Identifier: MIT */
/* Most texts have none of the bytes behind which not every continuing byte may follow, nor any that
 * is in no text: then a text is valid if continuing bytes stand where the two bytes before ask for
 * them and nowhere else, which is asked of 16 bytes at once. All others are read by an automaton
 * whose transitions are shifts: each byte has a word of 64 bits, in which every state has six bits
 * that name the next state by the place of its own six bits. So a byte costs one load, which waits
 * for nothing, and one shift. Method: Per Vognsen, "Shift-based DFAs" (2022). */
#include "text/utf8.h"

#include <pthread.h>
#include <simde/x86/sse2.h>
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

/* ---- 16 bytes at once */

enum common { COMMON_VALID, COMMON_BAD, COMMON_NOT };

static inline simde__m128i load(const uint8_t *at)
{
    return simde_mm_loadu_si128((const void *)at);
}

/** All ones in each byte from `low` on, up to 0xff. */
static inline simde__m128i at_least(simde__m128i bytes, uint8_t low)
{
    simde__m128i least = simde_mm_set1_epi8((int8_t)low);

    return simde_mm_cmpeq_epi8(simde_mm_max_epu8(bytes, least), bytes);
}

static inline simde__m128i equals(simde__m128i bytes, uint8_t byte)
{
    return simde_mm_cmpeq_epi8(bytes, simde_mm_set1_epi8((int8_t)byte));
}

/** Which bytes continue a character but should not, or should but do not; and in `*uncommon` those
 *  that only the automaton judges. The two bytes before `at` are looked at. */
static inline simde__m128i wrong_at(const uint8_t *at, simde__m128i *uncommon)
{
    simde__m128i bytes = load(at);
    simde__m128i lead = at_least(bytes, 0xc0),
                 after =
                     simde_mm_or_si128(at_least(load(at - 1), 0xc0), at_least(load(at - 2), 0xe0));
    simde__m128i continues = simde_mm_andnot_si128(lead, at_least(bytes, 0x80));

    *uncommon = simde_mm_or_si128(
        simde_mm_or_si128(simde_mm_andnot_si128(at_least(bytes, 0xc2), lead), equals(bytes, 0xe0)),
        simde_mm_or_si128(equals(bytes, 0xed), at_least(bytes, 0xf0)));
    return simde_mm_xor_si128(continues, after);
}

/** A text of at least RUNS_FROM bytes. */
static enum common read_common(const uint8_t *bytes, size_t size)
{
    enum { AT_ONCE = 16, BEFORE = 2 };
    uint8_t first[BEFORE + AT_ONCE] = { 0 }, last[BEFORE + AT_ONCE] = { 0 };
    simde__m128i uncommon, uncommon_now, wrong;
    size_t at = AT_ONCE;

    memcpy(first + BEFORE, bytes, AT_ONCE);
    wrong = wrong_at(first + BEFORE, &uncommon);
    for (; size - at >= AT_ONCE; at += AT_ONCE) {
        wrong = simde_mm_or_si128(wrong, wrong_at(bytes + at, &uncommon_now));
        uncommon = simde_mm_or_si128(uncommon, uncommon_now);
    }
    /* the rest and the zeros behind it, which continue nothing: what is cut off is wrong */
    memcpy(last, bytes + at - BEFORE, BEFORE + size - at);
    wrong = simde_mm_or_si128(wrong, wrong_at(last + BEFORE, &uncommon_now));
    uncommon = simde_mm_or_si128(uncommon, uncommon_now);
    if (simde_mm_movemask_epi8(uncommon))
        return COMMON_NOT;
    return simde_mm_movemask_epi8(wrong) ? COMMON_BAD : COMMON_VALID;
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
