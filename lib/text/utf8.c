/* SPDX-License-Identifier: MIT */
/* An automaton whose transitions are shifts: each byte has a word of 64 bits, in which every state
 * has six bits that name the next state by the place of its own six bits. So a byte costs one load,
 * which waits for nothing, and one shift. Method: Per Vognsen, "Shift-based DFAs" (2022). */
#include "text/utf8.h"

#include <pthread.h>
#include <stdint.h>

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

bool utf8_is_valid(struct muc_string text)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const uint8_t *bytes = (const uint8_t *)text.bytes;

    if (!text.size)
        return true;
    pthread_once(&once, fill_rows);
    return text.size >= RUNS_FROM ? is_valid_in_parts(bytes, text.size)
                                  : run(START, bytes, bytes + text.size) == START;
}
