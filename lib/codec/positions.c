/* SPDX-License-Identifier: MIT */
/* How a run is packed:
 *
 *   run   := group*                      128 differences - 1 each, fewer in the last
 *   group := pack | bits                 bit 0 of the first byte: 0, 1
 *   bits  := 1, k (4 bits), code(difference - 1)*       codec/bits.h, order k
 *
 * A full group is always a pack and a short one always bits, so that a reader needs to know neither
 * where a group ends nor how many positions the whole run has. */
#include "codec/positions.h"

#include "codec/bits.h"
#include "codec/pack.h"

enum { ORDERS = 16, IS_BITS = 1 };

static void append_bits(struct buffer *out, const uint32_t *values, uint32_t n)
{
    unsigned k = bits_best_order(values, n, ORDERS);
    struct bits_writer writer;

    if (!bits_start(&writer, out, 1 + (size_t)n * CODE_MOST))
        return;
    bits_put(&writer, IS_BITS | k << 1, 5);
    for (uint32_t i = 0; i < n; i++)
        bits_put_code(&writer, values[i], k);
    bits_finish(&writer);
}

void positions_encode(struct buffer *out, const uint32_t *positions, const uint32_t *freqs,
                      uint32_t n_docs)
{
    uint32_t group[PACK_VALUES], n = 0;

    for (uint32_t d = 0; d < n_docs; d++) {
        uint32_t before = UINT32_MAX; /* -1 */

        for (uint32_t i = 0; i < freqs[d]; i++, positions++) {
            group[n++] = *positions - before - 1;
            before = *positions;
            if (n == PACK_VALUES) {
                pack_encode(out, group, 0);
                n = 0;
            }
        }
    }
    if (n)
        append_bits(out, group, n);
}

/** Read values `skip` … `skip` + `n` - 1 of a short group. */
static bool read_bits(const uint8_t *at, const uint8_t *end, uint32_t skip, uint32_t n,
                      uint32_t *out)
{
    struct bits in = bits_of(at, end);
    unsigned k = (unsigned)bits_take(&in, 5) >> 1;

    while (skip--)
        bits_take_code(&in, k);
    for (uint32_t i = 0; i < n; i++)
        out[i] = bits_take_code(&in, k);
    return !in.bad;
}

static bool add_up(uint32_t *values, uint32_t n)
{
    uint64_t next = 0; /* lowest position still allowed */

    for (uint32_t i = 0; i < n; i++) {
        next += values[i];
        values[i] = (uint32_t)next++;
    }
    return next <= (uint64_t)UINT32_MAX + 1;
}

bool positions_decode(const uint8_t *at, size_t size, uint64_t before, uint32_t n, uint32_t *out)
{
    const uint8_t *end = at + size;
    uint32_t group[PACK_VALUES], skip = (uint32_t)(before % PACK_VALUES);

    for (uint64_t i = before / PACK_VALUES; i; i--) {
        size_t bytes = at < end && !(*at & IS_BITS) ? pack_size(at, end) : 0;

        if (bytes == 0)
            return false;
        at += bytes;
    }
    for (uint32_t done = 0, take; done < n; done += take, skip = 0) {
        size_t bytes;

        take = n - done < PACK_VALUES - skip ? n - done : PACK_VALUES - skip;
        if (at >= end)
            return false;
        if (*at & IS_BITS) { /* the last group: all that is left must be in it */
            if (done + take < n || !read_bits(at, end, skip, take, out + done))
                return false;
            continue;
        }
        bytes = pack_decode(at, end, group);
        if (bytes == 0)
            return false;
        at += bytes;
        for (uint32_t i = 0; i < take; i++)
            out[done + i] = group[skip + i];
    }
    return add_up(out, n);
}

size_t positions_size(const uint8_t *at, size_t size, uint64_t total)
{
    const uint8_t *start = at, *end = at + size;
    struct bits in;
    unsigned k;

    for (uint64_t i = total / PACK_VALUES; i; i--) {
        size_t bytes = at < end && !(*at & IS_BITS) ? pack_size(at, end) : 0;

        if (bytes == 0)
            return 0;
        at += bytes;
    }
    if (total % PACK_VALUES == 0)
        return (size_t)(at - start);
    if (at >= end || !(*at & IS_BITS))
        return 0;
    in = bits_of(at, end);
    k = (unsigned)bits_take(&in, 5) >> 1;
    for (uint64_t i = total % PACK_VALUES; i; i--)
        bits_take_code(&in, k);
    return in.bad ? 0 : (size_t)(in.at - start) - in.n / 8;
}
