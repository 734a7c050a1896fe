/* SPDX-License-Identifier: MIT */
/* Dictionaries as they are written. */
#include <string.h>

#include "base/put.h"
#include "codec/sieve.h"
#include "codec/terms_parts.h"

static uint8_t most_code(uint32_t n)
{
    uint64_t m = n;
    unsigned shift = 0;

    if (n < CODE_EXACT)
        return (uint8_t)n;
    while (m >= 2 * CODE_STEPS) {
        shift++;
        m = ((uint64_t)n + (1U << shift) - 1) >> shift;
    }
    return (uint8_t)(CODE_STEPS * (shift - 1) + CODE_STEPS + m);
}

void terms_builder_start(struct terms_builder *builder, bool with_positions)
{
    buffer_clear(&builder->starts);
    buffer_clear(&builder->mosts);
    buffer_clear(&builder->groups);
    buffer_clear(&builder->firsts);
    buffer_clear(&builder->hashes);
    builder->last_size = builder->shared = 0;
    builder->n = builder->most = 0;
    builder->list_at = builder->positions_at = 0;
    builder->with_positions = with_positions;
}

/** Bytes that both begin with: where that ends cannot be foreseen, so no byte is asked for itself
 *  where there are eight. The last eight are taken together, whatever was seen of them before. */
static size_t shared_bytes(const uint8_t *a, size_t a_size, struct muc_string b)
{
    size_t n = 0, most = a_size < b.size ? a_size : b.size;
    uint64_t x, y;

    while (n < most && most >= sizeof x) {
        size_t at = most - n >= sizeof x ? n : most - sizeof x;

        memcpy(&x, a + at, sizeof x);
        memcpy(&y, b.bytes + at, sizeof y);
        if (x != y)
            return at + (size_t)__builtin_ctzll(x ^ y) / 8;
        n = at + sizeof x;
    }
    while (n < most && a[n] == (uint8_t)b.bytes[n])
        n++;
    return n;
}

/** An entry is written through a pointer, where there is room for the largest. */
enum { ENTRY_MOST = 1 + TERM_MAX + 5 * PUT_VARINT_MOST };

static uint8_t *put_sizes(uint8_t *to, size_t shared, size_t size)
{
    size_t low = shared < NIBBLE ? shared : NIBBLE, high = size < NIBBLE ? size : NIBBLE;

    *to++ = (uint8_t)(low | high << 4);
    if (low == NIBBLE)
        to = put_varint(to, shared - NIBBLE);
    if (high == NIBBLE)
        to = put_varint(to, size - NIBBLE);
    return to;
}

static void close_group(struct terms_builder *builder)
{
    buffer_byte(&builder->mosts, most_code(builder->most));
    builder->most = 0;
}

void terms_builder_add(struct terms_builder *builder, struct muc_string term,
                       const struct terms_entry *entry)
{
    struct buffer *out = &builder->groups;
    uint64_t repeated = entry->occurrences - entry->n_docs;
    size_t shared = shared_bytes(builder->last, builder->last_size, term);
    uint8_t *to;

    if (!builder->n)
        builder->shared = term.size;
    else if (shared < builder->shared) /* terms rise: the first one shares no more with this */
        builder->shared = shared;
    if (builder->n % TERMS_GROUP == 0) {
        buffer_u32(&builder->starts, (uint32_t)out->size);
        buffer_sized(&builder->firsts, term);
        buffer_varint(out, builder->list_at);
        if (builder->with_positions)
            buffer_varint(out, builder->positions_at);
        shared = 0;
    }
    if (!buffer_reserve(out, ENTRY_MOST))
        return;
    to = put_sizes(out->at + out->size, shared, term.size - shared);
    to = put_few(to, term.bytes + shared, term.size - shared);
    put_few(builder->last + shared, term.bytes + shared, term.size - shared);
    to = put_varint(to, (uint64_t)entry->n_docs << 1 | (repeated > 0));
    if (repeated)
        to = put_varint(to, repeated - 1);
    to = put_varint(to, entry->list_size);
    builder->list_at += entry->list_size;
    if (builder->with_positions) {
        to = put_varint(to, entry->positions_size);
        builder->positions_at += entry->positions_size;
    }
    out->size = (size_t)(to - out->at);
    buffer_u64(&builder->hashes, sieve_hash(term));
    builder->last_size = term.size;
    if (entry->n_docs > builder->most)
        builder->most = entry->n_docs;
    if (++builder->n % TERMS_GROUP == 0)
        close_group(builder);
    if (out->size > UINT32_MAX)
        out->failed = true;
}

size_t terms_builder_size(const struct terms_builder *builder)
{
    const size_t n_groups = builder->starts.size / sizeof(uint32_t), word = sizeof(uint64_t);
    const size_t shared = builder->shared;

    return sizeof builder->n + 1 + (shared >= 0x80) + shared + word * sieve_words(builder->n) +
           (word + sizeof(uint32_t) + 1) * n_groups + builder->groups.size;
}

/** Append the sieve of all terms; false: no memory. */
static bool write_sieve(const struct terms_builder *builder, struct buffer *out)
{
    const uint32_t n_words = sieve_words(builder->n);
    uint64_t word, hash;
    uint8_t *words;

    if (!buffer_reserve(out, n_words * sizeof word))
        return false;
    words = out->at + out->size;
    memset(words, 0, n_words * sizeof word);
    out->size += n_words * sizeof word;
    for (uint32_t i = 0; i < builder->n; i++) {
        uint8_t *at;

        memcpy(&hash, builder->hashes.at + i * sizeof hash, sizeof hash);
        at = words + sizeof word * sieve_word(hash, n_words);
        memcpy(&word, at, sizeof word);
        word |= sieve_bits(hash);
        memcpy(at, &word, sizeof word);
    }
    return true;
}

/** Append the heads of the groups. */
static void write_heads(const struct terms_builder *builder, size_t shared, struct buffer *out)
{
    struct bytes in = bytes_of(builder->firsts.at, builder->firsts.size);

    while (bytes_left(&in)) {
        struct muc_string first = bytes_sized(&in);

        buffer_u64(out, head_of(first, shared));
    }
}

bool terms_builder_finish(struct terms_builder *builder, struct buffer *out)
{
    struct muc_string shared = str_of((const char *)builder->last, builder->shared);

    if (builder->n % TERMS_GROUP)
        close_group(builder);
    if (builder->starts.failed || builder->mosts.failed || builder->groups.failed ||
        builder->firsts.failed || builder->hashes.failed)
        return false;
    buffer_u32(out, builder->n);
    buffer_sized(out, shared);
    if (!write_sieve(builder, out))
        return false;
    write_heads(builder, shared.size, out);
    buffer_append(out, builder->starts.at, builder->starts.size);
    buffer_append(out, builder->mosts.at, builder->mosts.size);
    buffer_append(out, builder->groups.at, builder->groups.size);
    return !out->failed;
}

void terms_builder_free(struct terms_builder *builder)
{
    buffer_free(&builder->starts);
    buffer_free(&builder->mosts);
    buffer_free(&builder->groups);
    buffer_free(&builder->firsts);
    buffer_free(&builder->hashes);
}
