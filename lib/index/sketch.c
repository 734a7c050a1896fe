/* SPDX-License-Identifier: MIT */
#include "index/sketch.h"

#include <simde/x86/sse2.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "index/radix.h"

enum {
    SHINGLE = 3,
    KEPT = 1 << 20, /* hashes: a text of more words than that has most of them once */
};

_Static_assert(sizeof(struct sketch) == 64, "it is written as it stands");

static uint64_t hash_word(const struct analyzer *analyzer, uint32_t number)
{
    const struct form *word = analyzer_form(analyzer, number);

    return XXH3_64bits(form_folded(word), word->folded_size) | 1;
}

/** Hash the forms that were met since, as far as they are kept. */
static bool hash_words(struct sketch_words *words, const struct analyzer *analyzer)
{
    const size_t n_forms = analyzer_n_forms(analyzer), n = n_forms < KEPT ? n_forms : KEPT;

    if (words->hashes.n >= n)
        return true;
    if (!vector_reserve(&words->hashes, n - words->hashes.n))
        return false;
    for (; words->hashes.n < n; words->hashes.n++)
        words->hashes.at[words->hashes.n] = hash_word(analyzer, (uint32_t)words->hashes.n);
    return true;
}

static inline uint64_t hash_of(const struct sketch_draft *draft, uint32_t number)
{
    return number < draft->words->hashes.n ? draft->words->hashes.at[number]
                                           : hash_word(draft->analyzer, number);
}

/** splitmix64's last step: every bit of the result depends on every bit of `x`. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

/** 04 is 4. */
static uint64_t hash_number(const struct form *form)
{
    uint8_t zeros = 0;

    while (zeros < form->folded_size && form_folded(form)[zeros] == '0')
        zeros++;
    return XXH3_64bits(form_folded(form) + zeros, form->folded_size - (size_t)zeros);
}

void sketch_start(struct sketch_draft *draft, struct sketch_words *words,
                  const struct analyzer *analyzer)
{
    *draft = (struct sketch_draft){
        .words = words, .analyzer = analyzer, .title = SKETCH_NONE, .numbers = SKETCH_NONE
    };
    memset(draft->least, 0xff, sizeof draft->least);
}

bool sketch_add(struct sketch_draft *draft, const struct token *tokens, size_t n)
{
    uint64_t first = draft->first, second = draft->second;
    size_t n_words = draft->n_words;

    if (!hash_words(draft->words, draft->analyzer))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t word, hash, *part;

        if (tokens[i].whole)
            continue;
        word = hash_of(draft, tokens[i].form);
        hash = mix(first + second + word);
        first = (second << 21 | second >> 43) * 5;
        second = (word << 21 | word >> 43) * 5;
        if (++n_words < SHINGLE)
            continue;
        part = &draft->least[(hash >> 32) * SKETCH_PARTS >> 32];
        *part = hash < *part ? hash : *part;
    }
    draft->first = first;
    draft->second = second;
    draft->n_words = n_words;
    return true;
}

bool sketch_title(struct sketch_draft *draft, const struct token *tokens, size_t n)
{
    uint64_t hashes[2] = { 0, 0 }; /* words, numbers */

    if (!hash_words(draft->words, draft->analyzer))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!tokens[i].whole) {
            const struct form *form = analyzer_form(draft->analyzer, tokens[i].form);
            bool number = str_has_digit(str_of(form_folded(form), form->folded_size));

            hashes[number] =
                mix(hashes[number] + (number ? hash_number(form) : hash_of(draft, tokens[i].form)));
        }
    draft->title = hashes[0] ? (uint16_t)(hashes[0] % SKETCH_NONE) : SKETCH_NONE;
    draft->numbers = hashes[1] ? (uint16_t)(hashes[1] % SKETCH_NONE) : SKETCH_NONE;
    return true;
}

void sketch_end(const struct sketch_draft *draft, struct sketch *out)
{
    out->title = draft->title;
    out->numbers = draft->numbers;
    for (int i = 0; i < SKETCH_PARTS; i++)
        out->parts[i] = draft->least[i] == UINT64_MAX ? SKETCH_NONE : draft->least[i] % SKETCH_NONE;
}

void sketch_words_reset(struct sketch_words *words)
{
    words->hashes.n = 0;
}

void sketch_words_free(struct sketch_words *words)
{
    vector_free(&words->hashes);
}

/* ---- parts, eight in a row */

enum { ROW = 16 /* bytes */, ROWS = sizeof(struct sketch) / ROW };

static inline simde__m128i row_of(const struct sketch *sketch, int i)
{
    return simde_mm_loadu_si128((const uint8_t *)sketch + (size_t)ROW * (size_t)i);
}

static inline simde__m128i is_none(simde__m128i row)
{
    return simde_mm_cmpeq_epi16(row, simde_mm_set1_epi16(-1));
}

/** A bit for each part, of rows with 0xffff or 0 for each. */
static inline uint32_t bits_of(const simde__m128i rows[ROWS])
{
    int low = simde_mm_movemask_epi8(simde_mm_packs_epi16(rows[0], rows[1]));
    int high = simde_mm_movemask_epi8(simde_mm_packs_epi16(rows[2], rows[3]));

    return ((uint32_t)low | (uint32_t)high << 16) & (((uint32_t)1 << SKETCH_PARTS) - 1);
}

/** The parts that there are. */
static uint32_t parts_of(const struct sketch *sketch)
{
    simde__m128i rows[ROWS];

    for (int i = 0; i < ROWS; i++)
        rows[i] = simde_mm_xor_si128(is_none(row_of(sketch, i)), simde_mm_set1_epi16(-1));
    return bits_of(rows);
}

uint32_t sketch_agreement(const struct sketch *a, const struct sketch *b)
{
    simde__m128i rows[ROWS];

    for (int i = 0; i < ROWS; i++) {
        simde__m128i row = row_of(a, i);

        rows[i] = simde_mm_andnot_si128(is_none(row), simde_mm_cmpeq_epi16(row, row_of(b, i)));
    }
    return bits_of(rows);
}

static unsigned count(uint32_t parts)
{
    return (unsigned)__builtin_popcount(parts);
}

/* ---- what two resemble each other */

bool sketch_is_series(const struct sketch *a, const struct sketch *b)
{
    return a->title == b->title && a->title != SKETCH_NONE && a->numbers != b->numbers;
}

unsigned sketch_resemblance(const struct sketch *a, uint32_t a_length, const struct sketch *b,
                            uint32_t b_length)
{
    const uint32_t has_a = parts_of(a), has_b = parts_of(b);
    const unsigned same = count(sketch_agreement(a, b)), either = count(has_a | has_b);
    const uint32_t shorter = a_length < b_length ? a_length : b_length;
    double shared; /* words */

    if (100 * same < SKETCH_ALIKE * either || count(has_a) < SKETCH_LEAST ||
        count(has_b) < SKETCH_LEAST || sketch_is_series(a, b))
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
