/* SPDX-License-Identifier: MIT */
#include "index/sketch.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "index/radix.h"

enum { SHINGLE = 3, PART_BITS = 5 };

_Static_assert(1 << PART_BITS == SKETCH_PARTS, "a hash's highest bits choose the part");

static bool make_room(struct sketch_words *words, uint32_t n)
{
    uint32_t room = words->n ? words->n : 1024;
    uint64_t *hashes;

    if (n <= words->n)
        return true;
    while (room < n)
        room *= 2;
    if (!(hashes = realloc(words->hashes, room * sizeof *hashes)))
        return false;
    memset(hashes + words->n, 0, (room - words->n) * sizeof *hashes);
    words->hashes = hashes;
    words->n = room;
    return true;
}

static uint64_t hash_of(struct sketch_words *words, const struct analyzer *analyzer, uint32_t form)
{
    uint64_t *hash = &words->hashes[form];

    if (!*hash) {
        const struct form *word = analyzer_form(analyzer, form);

        *hash = XXH3_64bits(word->folded, word->folded_size) | 1;
    }
    return *hash;
}

/** splitmix64's last step: every bit of the result depends on every bit of `x`. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

bool sketch_make(struct sketch_words *words, const struct analyzer *analyzer,
                 const struct token *tokens, size_t n, struct sketch *out)
{
    uint64_t first = 0, second = 0; /* the two words before, turned by their places */
    uint64_t least[SKETCH_PARTS];
    size_t n_words = 0;

    memset(least, 0xff, sizeof least);
    if (!make_room(words, analyzer_n_forms(analyzer)))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t word, hash, *part;

        if (tokens[i].whole)
            continue;
        word = hash_of(words, analyzer, tokens[i].form);
        hash = mix(first + second + word);
        first = (second << 21 | second >> 43) * 5;
        second = (word << 21 | word >> 43) * 5;
        if (++n_words < SHINGLE)
            continue;
        part = &least[hash >> (64 - PART_BITS)];
        *part = hash < *part ? hash : *part;
    }
    for (int i = 0; i < SKETCH_PARTS; i++)
        out->parts[i] = least[i] == UINT64_MAX ? SKETCH_NONE : least[i] % SKETCH_NONE;
    return true;
}

void sketch_words_reset(struct sketch_words *words)
{
    if (words->n)
        memset(words->hashes, 0, words->n * sizeof *words->hashes);
}

void sketch_words_free(struct sketch_words *words)
{
    free(words->hashes);
    *words = (struct sketch_words){ 0 };
}

unsigned sketch_resemblance(const struct sketch *a, uint32_t a_length, const struct sketch *b,
                            uint32_t b_length)
{
    unsigned same = 0, in_a = 0, in_b = 0, either = 0;
    uint32_t shorter = a_length < b_length ? a_length : b_length;
    double shared; /* words */

    for (int i = 0; i < SKETCH_PARTS; i++) {
        bool has_a = a->parts[i] != SKETCH_NONE, has_b = b->parts[i] != SKETCH_NONE;

        in_a += has_a;
        in_b += has_b;
        either += has_a || has_b;
        same += has_a && a->parts[i] == b->parts[i];
    }
    if (in_a < SKETCH_LEAST || in_b < SKETCH_LEAST || 100 * same < SKETCH_ALIKE * either)
        return 0;
    shared = ((double)a_length + b_length) * same / (same + either);
    return 100 * shared < SKETCH_SHARED * (double)shorter ? 0 : 100 * same / either;
}

bool sketch_orders(const struct sketch *sketches, uint32_t n, struct buffer *parts,
                   struct buffer *docs)
{
    uint64_t *records = malloc((2 * (size_t)n + 1) * sizeof *records);

    if (!records || !buffer_reserve(parts, (size_t)n * 2 * SKETCH_ORDERS) ||
        !buffer_reserve(docs, (size_t)n * 4 * SKETCH_ORDERS)) {
        free(records);
        return false;
    }
    for (int part = 0; part < SKETCH_ORDERS; part++) {
        const uint64_t *sorted;

        for (uint32_t i = 0; i < n; i++)
            records[i] = (uint64_t)sketches[i].parts[part] << 32 | i;
        sorted = radix_sort(records, records + n, n, 32, 16);
        for (uint32_t i = 0; i < n; i++) {
            uint16_t value = (uint16_t)(sorted[i] >> 32);

            buffer_append(parts, &value, sizeof value);
            buffer_u32(docs, (uint32_t)sorted[i]);
        }
    }
    free(records);
    return !parts->failed && !docs->failed;
}
